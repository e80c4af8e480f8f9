"""The rows of the sheet Detail: its columns, and labels with what stands beside them."""

from collections.abc import Sequence

from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Outcome
from kpi_cli.writing.excel.cells import Content, merge, outcome_text, put
from kpi_cli.writing.excel.styles import BLOCK_FILL, BODY, BOLD, WRAPPED_LEFT, plain_fill
from kpi_cli.writing.excel.text import LINE, height, lines_of

WIDTHS = (16, 10.5, 10.5, 10.5, 10.5, 2, 19, 26, 19, 21)
COLUMNS = len(WIDTHS)
FIGURES = 5  # columns that a table of figures has beside what else is said
RIGHT = 7  # the column in which that begins, and the chart
ROW = 13.0  # points of a row of figures
INDENT = 1.5  # of a cell, in Excel's unit

Pair = tuple[str, Content]


def width(first: int, last: int) -> float:
    """Return the room for text in several columns together."""
    return sum(WIDTHS[first - 1 : last]) - INDENT


def pairs_height(pairs: Sequence[Pair]) -> float:
    """Return the height of labels with their contents, side by side."""
    lines = 1
    for number, (label, content) in enumerate(pairs):
        column = RIGHT + 2 * number
        text = outcome_text(content) if isinstance(content, Outcome) else content
        said = text if isinstance(text, str) else ""
        lines = max(
            lines,
            lines_of(label, width(column, column), bold=True),
            lines_of(said, width(column + 1, column + 1), bold=isinstance(content, Outcome)),
        )
    return max(ROW, lines * LINE)


def write_pairs(sheet: Worksheet, row: int, pairs: Sequence[Pair]) -> None:
    """Write labels, each with its content, side by side, right of the figures."""
    for number, (label, content) in enumerate(pairs):
        column = RIGHT + 2 * number
        write_label(sheet, row, label, column)
        put(sheet, row, column + 1, content, alignment=WRAPPED_LEFT)
    dimension = sheet.row_dimensions[row]
    dimension.height = max(dimension.height or 0, pairs_height(pairs))


def write_label(sheet: Worksheet, row: int, label: str, column: int = 1) -> None:
    """Write a label."""
    put(sheet, row, column, label, BOLD, fill=plain_fill(BLOCK_FILL))


def height_across(
    text: str, first: int, look: Font = BODY, scale: float = 1.0, label: str = ""
) -> float:
    """Return the height of a text from a column to the last, and of the label before it.

    The scale is that of its font.
    """
    lines = lines_of(text, width(first, COLUMNS) / scale, bold=bool(look.b))
    lines = max(lines, lines_of(label, width(1, 1), bold=True))
    return height(lines, LINE * scale)


def write_across(
    sheet: Worksheet,
    row: int,
    first: int,
    text: str,
    look: Font = BODY,
    scale: float = 1.0,
    fill: PatternFill | None = None,
    label: str = "",
) -> None:
    """Write a text from a column to the last; the scale is that of a larger font."""
    merge(sheet, row, first, COLUMNS)
    put(sheet, row, first, text, look, fill=fill)
    sheet.row_dimensions[row].height = height_across(text, first, look, scale, label)
