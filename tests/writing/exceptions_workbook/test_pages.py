"""How the sheets print and scroll: paper, footers, repeated headings, page breaks, print areas."""

from typing import Any

import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Settings
from tests.builders import indicator
from tests.writing.exceptions_workbook.reading_back import (
    NAMESPACES,
    SHEETS,
    Chart,
    Written,
    cells,
    heights_between_breaks,
    room_of_a_page,
    table,
    written,
)

Area = tuple[Any, Any, Any, Any]  # first column, first row, last column, last row


def area_of(reference: str) -> Area:
    """Return the corners of an area such as 'Exceptions'!$A$1:$L$21."""
    first, top, last, bottom = range_boundaries(reference.split("!")[-1])
    assert None not in (first, top, last, bottom)
    return first, top, last, bottom


def area_under(sheet: Worksheet, chart: Chart) -> Area:
    """Return the cells that a chart covers, measured by heights and widths."""
    row, column, room = chart.row, chart.column, chart.height
    while (room := room - (sheet.row_dimensions[row].height or 15)) > 0:
        row += 1
    room = chart.width * 4 / 3  # pixels; Excel's unit of width is 7 of them
    while (room := room - 7 * sheet.column_dimensions[get_column_letter(column)].width) > 0:
        column += 1
    return chart.column, chart.row, column, row


def footers(book: Written) -> set[str | None]:
    """Return the footers of all sheets, as Excel codes them."""
    path = "s:headerFooter/s:oddFooter"
    return {book.sheet_xml(name).findtext(path, None, NAMESPACES) for name in book.book.sheetnames}


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_is_a4_and_fits_the_width(sample: Written, name: str) -> None:
    sheet = sample.sheet(name)
    assert sheet.page_setup.orientation == ("portrait" if name == "Detail" else "landscape")
    assert sheet.page_setup.paperSize == 9  # A4
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


@pytest.mark.parametrize("name", SHEETS)
def test_the_footer_does_not_run_into_the_page(sample: Written, name: str) -> None:
    margins = sample.sheet(name).page_margins
    assert margins.bottom * 72 - margins.footer * 72 >= 10  # points: a line of the footer


def test_title_month_and_page_numbers_are_in_the_footer(sample: Written) -> None:
    font = '&"Arial,Regular"&10 '
    assert footers(sample) == {
        f"&L{font}Monthly Performance Report&C{font}January 2019&R{font}Page &P of &N"
    }


@pytest.mark.parametrize(
    ("title", "in_footer"),
    [
        ("Policy & Resources", "Policy && Resources"),  # one would start a code
        ("Q&A\n report", "Q&&A report"),
        ("&P", "&&P"),
    ],
)
def test_an_ampersand_of_the_title_is_one_in_the_footer(title: str, in_footer: str) -> None:
    (footer,) = footers(written(indicator(), settings=Settings(report_title=title)))
    assert footer
    assert footer.split(" ", 1)[1].split("&C")[0] == in_footer


def test_a_long_title_leaves_the_footer_within_excels_limit() -> None:
    (footer,) = footers(written(indicator(), settings=Settings(report_title="Report " * 100)))
    assert footer
    assert len(footer) <= 255
    assert footer.endswith("Page &P of &N")


def test_headings_stay_on_the_screen_and_repeat_on_paper(sample: Written) -> None:
    frozen = {name: sample.sheet(name).freeze_panes for name in SHEETS}
    repeated = {name: sample.sheet(name).print_title_rows or None for name in SHEETS}
    assert frozen == {
        "Summary": None,
        "Exceptions": "A4",
        "All indicators": "A4",
        "Detail": None,
        "Data notes": "A4",
    }
    assert repeated == {
        "Summary": None,
        "Exceptions": "$3:$3",
        "All indicators": "$3:$3",
        "Detail": None,
        "Data notes": "$3:$3",
    }


@pytest.mark.parametrize("name", SHEETS)
def test_the_print_area_has_every_cell(sample: Written, name: str) -> None:
    sheet = sample.sheet(name)
    first, top, last, bottom = area_of(sheet.print_area)
    assert (first, top) == (1, 1)
    assert last >= max(cell.column for cell in cells(sheet))
    assert bottom >= max(cell.row for cell in cells(sheet))


@pytest.mark.parametrize("name", ["Summary", "Detail"])
def test_the_print_area_has_every_chart(sample: Written, name: str) -> None:
    sheet = sample.sheet(name)
    _, _, last, bottom = area_of(sheet.print_area)
    corners = [area_under(sheet, chart)[2:] for chart in sample.charts(name)]
    assert corners
    assert [corner for corner in corners if corner[0] > last or corner[1] > bottom] == []


@pytest.mark.parametrize(("name", "charts"), [("Summary", 2), ("Detail", 24)])
def test_no_chart_covers_a_cell_or_another_chart(sample: Written, name: str, charts: int) -> None:
    sheet = sample.sheet(name)
    places = {(cell.column, cell.row) for cell in cells(sheet)}
    areas = [area_under(sheet, chart) for chart in sample.charts(name)]
    for first, top, last, bottom in areas:
        covered = {(c, r) for c in range(first, last + 1) for r in range(top, bottom + 1)}
        assert covered & places == set()
        places |= covered
    assert len(areas) == charts


@pytest.mark.parametrize("name", ["Exceptions", "All indicators", "Data notes"])
def test_what_stays_on_the_screen_leaves_room_for_the_rest(sample: Written, name: str) -> None:
    sheet = sample.sheet(name)
    frozen = [sheet.row_dimensions[row].height or 15 for row in (1, 2, 3)]
    assert sum(frozen) < 110  # points: of some 600


def test_groups_share_pages_and_exceptions_stand_two_on_a_page(sample: Written) -> None:
    starts = {
        name: [int(page_break.id) + 1 for page_break in sample.sheet(name).row_breaks.brk]
        for name in SHEETS
    }
    detail = sample.sheet("Detail")
    headings = [c.row for c in cells(detail) if c.column == 1 and str(c.value).startswith("CP ")]
    assert len(headings) == 12
    aims = {c.row + 1 for c in cells(detail) if c.column == 1 and c.font.sz == 13}
    assert starts["Detail"] == [row - (row in aims) for row in headings[2::2]]
    by_aim = "Expected outcomes by aim"
    (row,) = [c.row for c in cells(sample.sheet("Summary")) if c.value == by_aim]
    assert starts["Summary"] == [row]
    assert [starts[name] for name in ("Exceptions", "All indicators", "Data notes")] == [[]] * 3


def test_two_exceptions_fit_their_page_in_excel_too(sample: Written) -> None:
    sheet = sample.sheet("Detail")
    heights = heights_between_breaks(sheet)
    assert len(heights) == 6
    room = room_of_a_page(sheet)
    assert [start for start, height in heights.items() if height > room] == []


def test_a_group_starts_with_a_stronger_line(sample: Written) -> None:
    rows = table(sample.sheet("Exceptions"), "Exceptions")
    lined = [row["MPR Code"].value for row in rows if row["MPR Code"].border.top.style == "medium"]
    assert lined == ["CP 1.2", "CP 5.4", "CP 1.1", "CP 3.9", "CP 4.3", "CP 1.5", "CP 2.4"]
