"""Comments longer than a row can be: cut where that is said, and whole in one place."""

import pytest

from kpi_cli import read_workbook
from kpi_cli.models import Indicator
from tests.builders import indicator
from tests.running import SOUTHEND
from tests.writing.exceptions_workbook.blocks import Block, blocks
from tests.writing.exceptions_workbook.libreoffice import (
    Page,
    cell_text,
    lines,
    needs_libreoffice,
    printed,
    solid,
    table_rows,
    together,
)
from tests.writing.exceptions_workbook.reading_back import (
    Written,
    heights_between_breaks,
    room_of_a_page,
    shown,
    table,
    written,
)
from tests.writing.exceptions_workbook.test_detail_sheet import CODES

EXCELS_TALLEST_ROW = 409
ON_DETAIL, ON_NOTES = (f" … (the whole of it is on {name})" for name in ("Detail", "Data notes"))


def comment(length: int) -> str:
    """Return a text of this length, in which no two words are alike."""
    words = " ".join(f"reason-{number}" for number in range(length // 6))
    return words[:length].strip()


def on_exceptions(book: Written) -> list[str]:
    rows = table(book.sheet("Exceptions"), "Exceptions")
    return [shown(row["Comment"]) for row in rows]


@pytest.mark.parametrize(("length", "is_cut"), [(800, False), (3_000, True), (40_000, True)])
def test_a_comment_is_cut_on_exceptions_where_a_row_can_not_show_it(
    length: int, is_cut: bool
) -> None:
    text = comment(length)
    book = written(indicator("50", comment=text))
    (found,) = on_exceptions(book)
    assert found.endswith(ON_DETAIL) is is_cut
    beginning = found.removesuffix(ON_DETAIL)
    assert text.startswith(beginning)
    assert len(beginning) == len(text) if not is_cut else len(beginning) > 800
    (block,) = blocks(book)
    assert " ".join(block.comment) == text


def test_the_whole_comment_of_a_green_is_on_the_data_notes() -> None:
    text = comment(5_000)
    book = written(indicator("95", comment=text), indicator("50", code="CP 2", comment="Rain."))
    _, found = on_exceptions(book)
    assert found.endswith(ON_NOTES)
    assert text.startswith(found.removesuffix(ON_NOTES))
    notes = [
        shown(row["What readers should know"])
        for row in table(book.sheet("Data notes"), "DataNotes")
    ]
    assert len(notes) > 1
    parts = [note.removeprefix("Comment of CP 1.1: ") for note in notes]
    assert " ".join(parts) == text


@pytest.mark.parametrize("length", [1_000, 10_000, 40_000])
def test_no_row_is_at_the_height_at_which_excel_cuts(length: int) -> None:
    text = comment(length)
    book = written(indicator("50", comment=text), indicator("95", code="CP 1.2", comment=text))
    heights = [
        sheet.row_dimensions[row].height or 0
        for sheet in book.sheets
        for row in range(1, sheet.max_row + 1)
    ]
    assert 100 < max(heights) < EXCELS_TALLEST_ROW


LENGTHS = (200, *range(1_300, 2_900, 200), 3_000, 6_000, 9_000)  # a page is full at some 1,700


@pytest.fixture(scope="module")
def long_winded() -> Written:
    """Return the sample's workbook with comments of all lengths."""
    lengths = dict(zip(CODES, LENGTHS, strict=True))

    def commented(one: Indicator) -> Indicator:
        text = comment(lengths.get(one.code, 2_500)) if one.comment else None
        return one.model_copy(update={"comment": text})

    workbook = read_workbook(SOUTHEND)
    return written(*map(commented, workbook.indicators), history=workbook.history)


@pytest.fixture(scope="module")
def pages(long_winded: Written, tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    folder = tmp_path_factory.mktemp("long")
    path = folder / "long.xlsx"
    path.write_bytes(long_winded.content)
    return printed(path, folder)


def test_months_and_chart_are_on_one_page_in_excel_too(long_winded: Written) -> None:
    sheet = long_winded.sheet("Detail")
    heights, room = heights_between_breaks(sheet), room_of_a_page(sheet)
    of_months = [
        max(start for start in heights if start <= block.heading_row)
        for block in blocks(long_winded)
    ]
    assert len(set(of_months)) >= 9
    assert [start for start in of_months if heights[start] > room] == []


def pages_of(pages: list[Page], first_line: str) -> int:
    """Return the place of the page that begins with a line."""
    (place,) = [n for n, page in enumerate(pages) if page.first_line == first_line]
    return place


@needs_libreoffice
@pytest.mark.parametrize(
    ("name", "table_name", "until"),
    [
        ("Exceptions", "Exceptions", "All indicators, January 2019"),
        ("Data notes", "DataNotes", None),
    ],
)
def test_every_cell_of_a_table_is_whole_on_paper(
    long_winded: Written, pages: list[Page], name: str, table_name: str, until: str | None
) -> None:
    sheet = long_winded.sheet(name)
    rows = table(sheet, table_name)
    start = f"{name}, January 2019"
    part = pages[pages_of(pages, start) : pages_of(pages, until) if until else None]
    on_paper = [row for page in part for row in table_rows(page, sheet, list(rows[0]))[1:]]
    assert [[together(cell) for cell in row] for row in on_paper] == [
        [cell_text(cell) for cell in row.values()] for row in rows
    ]


@needs_libreoffice
def test_months_and_chart_are_on_one_page_and_the_comment_is_whole(
    long_winded: Written, pages: list[Page]
) -> None:
    start = pages_of(pages, "Detail of the exceptions, January 2019")
    of_detail = pages[start : pages_of(pages, "Data notes, January 2019")]
    found = blocks(long_winded)
    tops = [_page_of(of_detail, block) for block in found]
    assert tops == sorted(tops)
    bodies = [together(page.body) for page in of_detail]
    for block, top in zip(found, tops, strict=True):
        assert solid("".join(block.comment)) in "".join(bodies[top : top + 2])
        code = block.heading.split("  ")[0]
        (place,) = [n for n, body in enumerate(bodies) if solid(f"{code}: value") in body]
        assert place in (top, top + 1)
        first_words = [
            solid("".join(word.text for word in line)) for line in lines(of_detail[place].body)
        ]
        for month, *_ in block.shown_months:
            assert any(words.startswith(month[:3]) for words in first_words)


def _page_of(pages: list[Page], block: Block) -> int:
    (place,) = [n for n, page in enumerate(pages) if solid(block.heading) in together(page.body)]
    return place
