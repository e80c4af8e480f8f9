"""The rows of the sheet Detail: its columns, and labels with what stands beside them."""

from collections.abc import Sequence

from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.writing.excel.cells import Content, merge, put
from kpi_cli.writing.excel.styles import BLOCK_FILL, BODY, BOLD, WRAPPED_LEFT, plain_fill
from kpi_cli.writing.excel.text import LINE, height, lines_of

WIDTHS = (19, 13, 13, 13, 3, 18, 13, 13, 13, 18, 13, 13, 13)
COLUMNS = len(WIDTHS)
_PAIRS = ((1, 2, 4), (6, 7, 9), (10, 11, 13))  # columns of a label, and of its content


def width(first: int, last: int) -> float:
    """Return the width of several columns together."""
    return sum(WIDTHS[first - 1 : last])


def write_pairs(sheet: Worksheet, row: int, pairs: Sequence[tuple[str, Content]]) -> None:
    """Write labels, each with its content, side by side."""
    tallest = 1
    for (label_column, first, last), (label, content) in zip(_PAIRS, pairs, strict=False):
        write_label(sheet, row, label, label_column)
        merge(sheet, row, first, last)
        cell = put(sheet, row, first, content, alignment=WRAPPED_LEFT)
        if isinstance(cell.value, str):
            tallest = max(tallest, lines_of(cell.value, width(first, last), bold=True))
    sheet.row_dimensions[row].height = height(tallest)


def write_label(sheet: Worksheet, row: int, label: str, column: int = 1) -> None:
    """Write a label."""
    put(sheet, row, column, label, BOLD, fill=plain_fill(BLOCK_FILL))


def write_across(
    sheet: Worksheet,
    row: int,
    first: int,
    last: int,
    text: str,
    look: Font = BODY,
    scale: float = 1.0,
    fill: PatternFill | None = None,
) -> None:
    """Write a text over several columns; the scale is that of a larger font."""
    merge(sheet, row, first, last)
    put(sheet, row, first, text, look, fill=fill)
    lines = lines_of(text, width(first, last) / scale, bold=bool(look.b))
    sheet.row_dimensions[row].height = height(lines, LINE * scale)
