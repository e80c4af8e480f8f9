"""The accessible data workbook, rule by rule of the Analysis Function's for spreadsheets."""

import re
from pathlib import Path

import pytest
from openpyxl.cell import Cell
from openpyxl.utils import range_boundaries

from kpi_cli import rate
from kpi_cli.models import Workbook
from kpi_cli.writing.exceptions_workbook.plain_document import plain_workbook
from kpi_cli.writing.exceptions_workbook.sections import sections_of
from tests.builders import indicator
from tests.running import SOUTHEND, kpi, kpi_program
from tests.writing.exceptions_workbook.reading_back import (
    MADE,
    NAMESPACES,
    Written,
    figures,
    table,
)

SHEETS = [
    "Cover", "Contents", "Notes", "Data notes", "Counts by aim", "Counts by committee",
    "Exceptions", "All indicators", "Figures",
]  # fmt: skip
TABLES = [name for name in SHEETS if name != "Cover"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Written:
    path = tmp_path_factory.mktemp("plain") / "plain.xlsx"
    made = {"SOURCE_DATE_EPOCH": f"{MADE.timestamp():.0f}"}
    run = kpi_program("exceptions", SOUTHEND, "-o", path, "--plain", env=made)
    assert (run.returncode, run.stderr) == (0, b"")
    return Written(path.read_bytes())


def all_cells(book: Written) -> list[Cell]:
    return [
        cell
        for sheet in book.sheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and cell.value is not None
    ]


def test_a_cover_contents_and_notes_come_first_and_no_two_names_are_alike(plain: Written) -> None:
    assert plain.book.sheetnames == SHEETS
    assert len(set(SHEETS)) == len(SHEETS)


def test_it_opens_on_the_cover_with_the_cursor_in_its_first_cell(plain: Written) -> None:
    assert plain.book.active is plain.sheet("Cover")
    for sheet in plain.sheets:
        assert [each.activeCell for each in sheet.sheet_view.selection] == ["A1"]


@pytest.mark.parametrize("name", SHEETS)
def test_the_title_is_a_heading_in_the_first_cell(plain: Written, name: str) -> None:
    title = plain.sheet(name)["A1"]
    assert title.style == "Heading 1"
    assert title.value == ("Monthly Performance Report, January 2019" if name == "Cover" else name)


@pytest.mark.parametrize("name", TABLES)
def test_each_sheet_has_one_marked_table_of_a_name_that_says_what_it_is(
    plain: Written, name: str
) -> None:
    sheet = plain.sheet(name)
    (marked,) = sheet.tables.values()
    assert marked.displayName.casefold() == name.replace(" ", "").casefold()
    first, top, last, bottom = range_boundaries(marked.ref)
    assert (first, top, last, bottom) == (1, 4, sheet.max_column, sheet.max_row)
    headings = [cell.value for cell in sheet[4]]
    assert [column.name for column in marked.tableColumns] == headings
    assert len(set(headings)) == len(headings)
    assert str(sheet["A2"].value).endswith("This sheet has one table.")


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_table_is_blank(plain: Written, name: str) -> None:
    (marked,) = plain.sheet(name).tables.values()
    blank = [c.coordinate for row in plain.sheet(name)[marked.ref] for c in row if c.value is None]
    assert blank == []


def test_what_stands_in_place_of_a_figure_is_explained(plain: Written) -> None:
    signs = {str(c.value) for c in all_cells(plain) if re.fullmatch(r"\[.\]", str(c.value))}
    assert signs == {"[x]", "[z]"}
    assert signs <= {str(row["Note"].value) for row in table(plain.sheet("Notes"), "Notes")}
    cover = " ".join(str(row[0].value) for row in plain.sheet("Cover").iter_rows())
    assert all(sign in cover for sign in signs)


def test_no_rows_are_left_blank_between_what_is_said(plain: Written) -> None:
    for sheet in plain.sheets:
        said = [row[0].value for row in sheet.iter_rows(max_col=1)]
        assert None not in said


def test_nothing_is_merged_hidden_frozen_filtered_or_floating(plain: Written) -> None:
    for sheet in plain.sheets:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert sheet.freeze_panes is None
        assert [t.autoFilter for t in sheet.tables.values()] == [None] * len(sheet.tables)
        assert not [d for d in sheet.row_dimensions.values() if d.hidden]
        assert not [d for d in sheet.column_dimensions.values() if d.hidden]
    assert not [part for part in plain.parts if "drawing" in part or "comments" in part]


def test_nothing_is_in_headers_and_footers(plain: Written) -> None:
    for sheet in plain.sheets:
        assert plain.sheet_xml(sheet.title).find("s:headerFooter/s:oddFooter", NAMESPACES) is None


def test_there_are_no_fills_and_tables_have_no_style(plain: Written) -> None:
    assert {cell.fill.fill_type for cell in all_cells(plain)} == {None}
    styles = [t.tableStyleInfo for sheet in plain.sheets for t in sheet.tables.values()]
    assert [style for style in styles if style and style.name] == []


def test_text_is_arial_of_at_least_12_points(plain: Written) -> None:
    fonts = {(cell.font.name, cell.font.sz) for cell in all_cells(plain)}
    assert fonts == {("Arial", 12), ("Arial", 16)}


def test_text_is_left_aligned_and_numbers_are_right_aligned(plain: Written) -> None:
    for cell in all_cells(plain):
        if cell.style != "Heading 1":
            assert cell.alignment.horizontal == ("right" if cell.data_type == "n" else "left")


def test_nothing_is_told_by_a_symbol(plain: Written) -> None:
    said = " ".join(str(cell.value) for cell in all_cells(plain))
    assert not re.search("[●⚠✔○□↑↓→]", said)


def test_figures_are_numbers_with_their_look(plain: Written) -> None:
    rows = {
        str(row["Code"].value): row for row in table(plain.sheet("All indicators"), "AllIndicators")
    }
    assert list(rows) == [row["code"] for row in figures("indicators.csv")]
    value = rows["CP 3.2"]["Value"]
    assert (value.value, value.number_format) == (0.675, "0.0%")
    band = rows["CP 1.2"]
    ends = [band[name].value for name in ("Target", "Target, upper end of a band")]
    assert ends == [57, 67]
    assert rows["CP 3.2"]["Target, upper end of a band"].value == "[z]"
    assert rows["CP 3.1"]["Value"].value == "TBC"


def test_links_stay_in_the_workbook_and_say_where_they_lead(plain: Written) -> None:
    links = [cell for cell in all_cells(plain) if cell.hyperlink]
    assert len(links) == 2 + len(TABLES) + len(TABLES) - 1
    for cell in links:
        assert cell.hyperlink
        name, place = str(cell.hyperlink.location).split("!")
        assert name.strip("'") in SHEETS
        assert place == "A1"
        assert str(cell.value).casefold() not in ("here", "link")
    contents = [str(cell.value) for cell in links if cell.parent.title == "Contents"]
    assert contents[1:] == TABLES[1:]


def test_it_has_a_title_and_a_language(plain: Written) -> None:
    properties = plain.book.properties
    assert properties.title == "Monthly Performance Report, January 2019: exceptions"
    assert properties.language == "en-GB"
    assert properties.creator == "Southend-on-Sea Borough Council"


def test_the_same_input_gives_the_same_bytes(plain: Written, tmp_path: Path) -> None:
    path = tmp_path / "again.xlsx"
    made = {
        "SOURCE_DATE_EPOCH": f"{MADE.timestamp():.0f}",
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Tokyo",
    }
    kpi_program("exceptions", SOUTHEND, "-o", path, "--plain", env=made)
    assert path.read_bytes() == plain.content


def test_without_an_exception_it_has_no_sheets_of_them() -> None:
    report = rate(Workbook(name="x.xlsx", indicators=(indicator("95", comment="=1+1"),)))
    book = Written(plain_workbook(sections_of(report, MADE)))
    assert "Exceptions" not in book.book.sheetnames
    assert "Figures" not in book.book.sheetnames
    (row,) = table(book.sheet("All indicators"), "AllIndicators")
    assert (row["Comment"].value, row["Comment"].data_type) == ("=1+1", "s")
    assert row["Aim"].value == "[x]"


def test_with_split_there_is_one_for_each(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run = kpi("exceptions", SOUTHEND, "-o", folder, "--split", "committee", "--plain")
    assert run.exit_code == 0
    book = Written((folder / "people-scrutiny.xlsx").read_bytes())
    assert book.sheet("Cover")["A1"].value == (
        "Monthly Performance Report: People Scrutiny, January 2019"
    )
