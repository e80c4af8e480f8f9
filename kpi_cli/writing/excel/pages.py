"""How a sheet prints: landscape A4, fitted to width, with footer, page breaks and print area."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.writing.excel.cells import put
from kpi_cli.writing.excel.styles import BODY, FONT, ONE_LINE, SIZE, SUBTITLE, TITLE
from kpi_cli.writing.excel.text import safe

POINTS = 28.35  # in a centimetre
SUBTITLE_HEIGHT = 22.0  # points
_MARGIN = 0.4  # inches
_ROW = 12.75  # points of a row that has no height of its own
_MOST_BREAKS = 1_000  # Excel takes 1,026 in a sheet


def set_up_page(
    sheet: Worksheet,
    footer: tuple[str, str],
    columns: int,
    heading_row: int | None = None,
    last_row: int | None = None,
    is_upright: bool = False,
) -> None:
    """Set how a sheet prints; the heading row is repeated on every page.

    The footer has a text on the left and one in the middle. The last row is that of the last cell,
    unless a chart goes further.
    """
    left, middle = map(_in_footer, footer)
    set_up_paper(sheet, left, middle, heading_row)
    if is_upright:
        sheet.page_setup.orientation = "portrait"
    sheet.print_area = f"A1:{get_column_letter(columns)}{last_row or sheet.max_row}"
    sheet.sheet_view.showGridLines = False


def set_up_paper(sheet: Worksheet, left: str, centre: str, heading_row: int | None = None) -> None:
    """Set the paper: landscape A4, fitted to width; the heading row is repeated on every page.

    The texts go into the footer as they are, with the codes that Excel knows there: &F, &A.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = _MARGIN
    margins.bottom, margins.header, margins.footer = 0.6, 0.2, 0.25
    sheet.print_options.horizontalCentered = False
    sheet.oddFooter = HeaderFooterItem(
        left=_footer(left), center=_footer(centre), right=_footer("Page &P of &N")
    )
    if heading_row:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"


def break_before(sheet: Worksheet, row: int) -> None:
    """Start a new page with a row."""
    if len(sheet.row_breaks.brk) < _MOST_BREAKS:
        sheet.row_breaks.append(Break(id=row - 1))


def write_title(sheet: Worksheet, title: str, subtitle: str) -> None:
    """Write the two lines that stand at the top of a sheet."""
    for row, (text, look, tall) in enumerate(((title, TITLE, 26), (subtitle, BODY, 16)), start=1):
        put(sheet, row, 1, text, look, ONE_LINE)
        sheet.row_dimensions[row].height = tall


def write_subtitle(sheet: Worksheet, row: int, text: str) -> None:
    """Write the heading of a part of a sheet."""
    put(sheet, row, 1, text, SUBTITLE, ONE_LINE)
    sheet.row_dimensions[row].height = SUBTITLE_HEIGHT


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Set the widths of the columns from A on, in Excel's unit."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _footer(text: str) -> _HeaderFooterPart:
    return _HeaderFooterPart(text=text, font=f"{FONT},Regular", size=SIZE)


def _in_footer(text: str) -> str:
    """Return a text for a footer, in which an ampersand stands before a code, in one line."""
    return safe(" ".join(text.split())[:80]).replace("&", "&&")


def height_of(sheet: Worksheet, first: int, end: int) -> float:
    """Return the height of the rows from the first up to the end, in points."""
    return sum(sheet.row_dimensions[row].height or _ROW for row in range(first, end))


def row_below(sheet: Worksheet, top: int, end: int, centimetres: float) -> int:
    """Return the first row, the end or a later one, that is wholly below a chart at a top row."""
    while height_of(sheet, top, end) < centimetres * POINTS:
        end += 1
    return end
