"""The sample's workbook as LibreOffice prints it: every page whole, nothing cut."""

from pathlib import Path

import pytest

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
from tests.writing.exceptions_workbook.test_detail_sheet import CODES

pytestmark = needs_libreoffice

# The pages of each sheet; a group, an aim and an exception start a page.
SUMMARY, EXCEPTIONS, ALL_INDICATORS, DETAIL, NOTES = (
    slice(0, 2),
    slice(2, 5),
    slice(5, 11),
    slice(11, 23),
    slice(23, 24),
)


@pytest.fixture(scope="module")
def pages(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    return printed(sample_file, tmp_path_factory.mktemp("printed"))


def test_there_are_24_pages_of_landscape_a4(pages: list[Page]) -> None:
    assert len(pages) == 24
    assert {(round(page.width), round(page.height)) for page in pages} == {(842, 595)}


def test_every_page_has_its_footer(pages: list[Page]) -> None:
    assert [page.footer for page in pages] == [
        f"Monthly Performance Report January 2019 Page {number} of 24" for number in range(1, 25)
    ]


def test_no_figure_is_too_wide_for_its_column(pages: list[Page]) -> None:
    assert [word.text for page in pages for word in page.words if "##" in word.text] == []


def test_where_each_sheet_starts(pages: list[Page]) -> None:
    starts = {
        name: pages[part][0].first_line
        for name, part in (
            ("Summary", SUMMARY),
            ("Exceptions", EXCEPTIONS),
            ("All indicators", ALL_INDICATORS),
            ("Detail", DETAIL),
            ("Data notes", NOTES),
        )
    }
    assert starts == {
        "Summary": "Monthly Performance Report",
        "Exceptions": "Exceptions, January 2019",
        "All indicators": "All indicators, January 2019",
        "Detail": "Detail of the exceptions, January 2019",
        "Data notes": "Data notes",
    }


@pytest.mark.parametrize(
    ("name", "table_name", "part", "sizes"),
    [
        ("Exceptions", "Exceptions", EXCEPTIONS, [6, 6, 5]),
        ("All indicators", "AllIndicators", ALL_INDICATORS, [4, 3, 8, 2, 8, 4]),
        ("Data notes", "DataNotes", NOTES, [2]),
    ],
)
def test_every_cell_of_a_table_is_whole_on_paper(
    sample: Written, pages: list[Page], name: str, table_name: str, part: slice, sizes: list[int]
) -> None:
    sheet = sample.sheet(name)
    rows = table(sheet, table_name)
    headings = list(rows[0])
    on_paper = [table_rows(page, sheet, headings) for page in pages[part]]
    assert [len(page) - 1 for page in on_paper] == sizes
    # the headings are repeated on every page
    repeated = [[together(cell) for cell in page[0]] for page in on_paper]
    assert repeated == [[solid(name) for name in headings]] * len(sizes)
    printed_rows = [row for page in on_paper for row in page[1:]]
    assert [[together(cell) for cell in row] for row in printed_rows] == [
        [cell_text(cell) for cell in row.values()] for row in rows
    ]
    room = [sheet.row_dimensions[row[headings[0]].row].height or 0 for row in rows]
    needed = [max(len(lines(cell)) for cell in row) * 10 * LINE for row in printed_rows]
    assert [row for row in zip(room, needed, strict=True) if row[0] < row[1]] == []


def test_the_summary_is_whole_on_paper(sample: Written, pages: list[Page]) -> None:
    on_paper = together(word for page in pages[SUMMARY] for word in page.body)
    said = [str(cell.value) for (cell,) in sample.sheet("Summary").iter_rows(max_col=1)]
    first, second = (together(page.body) for page in pages[SUMMARY])
    assert len(on_paper) == len(first) + len(second)
    texts = [solid(text) for text in said if text != "None"]
    break_at = texts.index(solid("Expected outcomes by scrutiny committee"))
    assert [text for text in texts[:break_at] if text not in first] == []
    assert [text for text in texts[break_at:] if text not in second] == []


def test_each_exception_is_on_a_page_of_its_own(
    sample: Written, pages: list[Page], by_code: dict[str, Block]
) -> None:
    assert list(by_code) == CODES
    sheet = sample.sheet("Detail")
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    for page, (code, block) in zip(pages[DETAIL], by_code.items(), strict=True):
        words = together(page.body)
        headings = [other for other in by_code.values() if solid(other.heading) in words]
        assert headings == [block]
        assert solid(block.said["Reason"]) in words
        assert solid(block.comment[0]) in words
        heading, comment = (
            sheet.row_dimensions[row].height for row in (block.first_row, block.comment_rows[0])
        )
        assert heading
        assert heading >= _lines_between(page, "CP", "Expected") * 12 * LINE
        assert comment
        assert comment >= _lines_between(page, "Comment", "Month") * 10 * LINE
        assert solid(f"{code}: value and target") in words  # the chart
        assert _months(page, widths) == [
            [text for text in _in_short(month) if text] for month in block.shown_months
        ]


def test_with_control_charts_and_forecasts_it_is_whole_too(
    full: Written, full_file: Path, full_by_code: dict[str, Block], tmp_path: Path
) -> None:
    pages = printed(full_file, tmp_path)
    assert [word.text for page in pages for word in page.words if "##" in word.text] == []
    sheet = full.sheet("All indicators")
    rows = table(sheet, "AllIndicators")
    headings = list(rows[0])
    starts = [page.first_line for page in pages]
    first, end = (
        starts.index(name)
        for name in ("All indicators, January 2019", "Detail of the exceptions, January 2019")
    )
    on_paper = [row for page in pages[first:end] for row in table_rows(page, sheet, headings)[1:]]
    assert [[together(cell) for cell in row] for row in on_paper] == [
        [cell_text(cell) for cell in row.values()] for row in rows
    ]
    room = [sheet.row_dimensions[row[headings[0]].row].height or 0 for row in rows]
    needed = [max(len(lines(cell)) for cell in row) * 10 * LINE for row in on_paper]
    assert [each for each in zip(room, needed, strict=True) if each[0] < each[1]] == []
    for page, block in zip(pages[end : end + 12], full_by_code.values(), strict=True):
        words = together(word for word in page.body if word.x > page.width / 3)
        assert [text for row in block.found for text in row if solid(text) not in words] == []
    assert pages[end + 12].first_line == "Data notes"


def _lines_between(page: Page, first: str, next_first: str) -> int:
    """Return how many lines there are from one to another, which have these first words."""
    firsts = [line[0].text for line in lines(page.body)]
    return firsts.index(next_first) - firsts.index(first)


def _in_short(month: list[str]) -> list[str]:
    name, year = month[0].split()
    return [name[:3], year, *month[1:]]


def _months(page: Page, widths: list[float]) -> list[list[str]]:
    """Return the lines of the months: those below the heading "Month", left of the chart."""
    headings = next(
        line for line in lines(page.body) if [w.text for w in line[:2]] == ["Month", "Value"]
    )
    month, value = headings[:2]
    edge = month.left + (value.left - month.left) * (sum(widths) / widths[0])
    left = [word for word in page.body if word.x < edge and word.y > month.y + 5]
    return [[word.text for word in line] for line in lines(left)]
