"""The sample's workbook as LibreOffice prints it: every page whole, nothing cut."""

from pathlib import Path

import pytest

from tests.running import SOUTHEND, kpi_program
from tests.writing.exceptions_workbook.blocks import Block
from tests.writing.exceptions_workbook.libreoffice import (
    LINE,
    Page,
    cell_text,
    lines,
    needs_libreoffice,
    printed,
    solid,
    table_rows,
    together,
)
from tests.writing.exceptions_workbook.reading_back import Written, table

pytestmark = needs_libreoffice

SHEETS = {
    "Summary": "Monthly Performance Report",
    "Exceptions": "Exceptions, January 2019",
    "All indicators": "All indicators, January 2019",
    "Detail": "Detail of the exceptions, January 2019",
    "Data notes": "Data notes, January 2019",
}
"""The first line of each sheet."""
PAGES = {"Summary": 2, "Exceptions": 2, "All indicators": 3, "Detail": 6, "Data notes": 1}
MOST_PAGES = 16


@pytest.fixture(scope="module")
def pages(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return printed(sample_file, tmp_path_factory.mktemp("printed"))


def pages_of(pages: list[Page], name: str) -> list[Page]:
    """Return the pages of a sheet."""
    starts = [page.first_line for page in pages]
    first = starts.index(SHEETS[name])
    later = [starts.index(line) for line in SHEETS.values() if line in starts[first + 1 :]]
    return pages[first : min(later, default=len(pages))]


def test_how_many_pages_there_are(pages: list[Page]) -> None:
    assert {name: len(pages_of(pages, name)) for name in SHEETS} == PAGES
    assert len(pages) == sum(PAGES.values()) <= MOST_PAGES


def test_pages_are_a4_and_those_of_detail_upright(pages: list[Page]) -> None:
    upright = pages_of(pages, "Detail")
    for page in pages:
        size = (595, 842) if page in upright else (842, 595)
        assert (round(page.width), round(page.height)) == size


def test_every_page_has_its_footer(pages: list[Page]) -> None:
    assert [page.footer for page in pages] == [
        f"Monthly Performance Report January 2019 Page {number} of {len(pages)}"
        for number in range(1, len(pages) + 1)
    ]


def test_a_committee_without_exceptions_has_two_pages(tmp_path: Path) -> None:
    path = tmp_path / "place.xlsx"
    run = kpi_program("exceptions", SOUTHEND, "-o", path, "--committee", "Place Scrutiny")
    assert run.returncode == 0
    found = printed(path, tmp_path)
    assert [page.first_line for page in found] == [
        "Monthly Performance Report: Place Scrutiny",
        "All indicators, January 2019: Place Scrutiny",
    ]


def test_no_figure_is_too_wide_for_its_column(pages: list[Page]) -> None:
    assert [word.text for page in pages for word in page.words if "##" in word.text] == []


@pytest.mark.parametrize(
    ("name", "table_name"),
    [
        ("Exceptions", "Exceptions"),
        ("All indicators", "AllIndicators"),
        ("Data notes", "DataNotes"),
    ],
)
def test_every_cell_of_a_table_is_whole_on_paper(
    sample: Written, pages: list[Page], name: str, table_name: str
) -> None:
    sheet = sample.sheet(name)
    rows = table(sheet, table_name)
    headings = list(rows[0])
    on_paper = [table_rows(page, sheet, headings) for page in pages_of(pages, name)]
    # the headings are repeated on every page
    repeated = [[together(cell) for cell in page[0]] for page in on_paper]
    assert repeated[1:] == [[solid(name) for name in headings]] * (len(on_paper) - 1)
    for found, name in zip(repeated[0], headings, strict=True):
        assert found.endswith(solid(name))  # a line above may reach into the band
    printed_rows = [row for page in on_paper for row in page[1:]][: len(rows)]
    assert [[together(cell) for cell in row] for row in printed_rows] == [
        [cell_text(cell) for cell in row.values()] for row in rows
    ]
    room = [sheet.row_dimensions[row[headings[0]].row].height or 0 for row in rows]
    needed = [max(len(lines(cell)) for cell in row) * 10 * LINE for row in printed_rows]
    assert [row for row in zip(room, needed, strict=True) if row[0] < row[1]] == []


def test_the_summary_is_whole_on_paper(sample: Written, pages: list[Page]) -> None:
    first, second = (together(page.body) for page in pages_of(pages, "Summary"))
    said = [str(cell.value) for (cell,) in sample.sheet("Summary").iter_rows(max_col=1)]
    texts = [solid(text) for text in said if text != "None" and not text.startswith("CP ")]
    break_at = texts.index(solid("Expected outcomes by aim"))
    assert [text for text in texts[:break_at] if text not in first] == []
    assert [text for text in texts[break_at:] if text not in second] == []


def test_exceptions_are_whole_two_on_a_page(
    sample: Written, pages: list[Page], by_code: dict[str, Block]
) -> None:
    codes_of_pages = list(by_code)
    pairs = list(zip(codes_of_pages[::2], codes_of_pages[1::2], strict=True))
    for page, codes in zip(pages_of(pages, "Detail"), pairs, strict=True):
        words = together(page.body)
        headings = [code for code, block in by_code.items() if solid(block.heading) in words]
        assert headings == list(codes)
        for code in codes:
            block = by_code[code]
            assert solid(block.said["Reason"]) in words
            assert solid(block.comment[0]) in words
            assert solid(f"{code}: value") in words  # the chart
            assert solid(block.said["Gauge"]) in words
            for month in block.shown_months:
                assert solid("".join(_in_short(month))) in words


def test_with_control_charts_and_forecasts_it_is_whole_too(
    full: Written, full_file: Path, full_by_code: dict[str, Block], tmp_path: Path
) -> None:
    pages = printed(full_file, tmp_path)
    assert [word.text for page in pages for word in page.words if "##" in word.text] == []
    sheet = full.sheet("All indicators")
    rows = table(sheet, "AllIndicators")
    headings = list(rows[0])
    of_table = pages_of(pages, "All indicators")
    on_paper = [row for page in of_table for row in table_rows(page, sheet, headings)[1:]]
    on_paper = on_paper[: len(rows)]
    assert [[together(cell) for cell in row] for row in on_paper] == [
        [cell_text(cell) for cell in row.values()] for row in rows
    ]
    room = [sheet.row_dimensions[row[headings[0]].row].height or 0 for row in rows]
    needed = [max(len(lines(cell)) for cell in row) * 10 * LINE for row in on_paper]
    assert [each for each in zip(room, needed, strict=True) if each[0] < each[1]] == []
    words = "".join(
        together(word for word in page.body if word.x > page.width * 0.42)
        for page in pages_of(pages, "Detail")
    )
    for block in full_by_code.values():
        assert [text for row in block.found for text in row if solid(text) not in words] == []


def _in_short(month: list[str]) -> list[str]:
    name, *year = month[0].split()
    return [name[:3], *year, *month[1:]]
