"""Excel tables: headings that stay and repeat, filters, rows as tall as their text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.writing.excel.cells import Entry, put
from kpi_cli.writing.excel.pages import break_before, set_widths
from kpi_cli.writing.excel.styles import (
    CELL_BORDER,
    CENTRED,
    GROUP_BORDER,
    HEADING,
    HEADING_FILL,
    plain_fill,
)
from kpi_cli.writing.excel.text import height, lines_of

Item = TypeVar("Item")


@dataclass(frozen=True)
class Column(Generic[Item]):
    """A column: its heading, its width in Excel's unit, and what it says of an item."""

    heading: str
    width: float
    entry: Callable[[Item], Entry]


def write_table(
    sheet: Worksheet,
    heading_row: int,
    name: str,
    columns: Sequence[Column[Item]],
    items: Sequence[Item],
    group_of: Callable[[Item], object] | None = None,
    page_of: Callable[[Item], object] | None = None,
) -> int:
    """Write a table with a filter, and return its last row; without items it is only headings.

    A stronger line stands before each group, and a page break before each page.
    """
    set_widths(sheet, [column.width for column in columns])
    write_headings(sheet, heading_row, [column.heading for column in columns])
    row = heading_row
    for place, item in enumerate(items):
        row += 1
        before = items[place - 1] if place else None
        starts_group = before is None or (group_of and group_of(before) != group_of(item))
        if before is not None and page_of and page_of(before) != page_of(item):
            break_before(sheet, row)
        border = GROUP_BORDER if starts_group else CELL_BORDER
        lines = 1
        for number, column in enumerate(columns, start=1):
            cell = put(sheet, row, number, *column.entry(item), border=border)
            lines = max(lines, lines_in(cell, column.width))
        sheet.row_dimensions[row].height = height(lines)
    if items:
        add_table(sheet, name, heading_row, row, len(columns))
    sheet.freeze_panes = f"A{heading_row + 1}"
    return row


def add_table(sheet: Worksheet, name: str, heading_row: int, last_row: int, columns: int) -> None:
    """Make an Excel table, with a filter, of what stands in the columns from A on."""
    reference = f"A{heading_row}:{get_column_letter(columns)}{last_row}"
    table = Table(displayName=name, ref=reference)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(table)


def write_headings(sheet: Worksheet, row: int, headings: Sequence[str], column: int = 1) -> None:
    """Write a row of headings."""
    lines = 1
    for number, heading in enumerate(headings, start=column):
        put(sheet, row, number, heading, HEADING, CENTRED, plain_fill(HEADING_FILL), CELL_BORDER)
        width = sheet.column_dimensions[get_column_letter(number)].width
        lines = max(lines, lines_of(heading, width, bold=True))
    sheet.row_dimensions[row].height = height(lines) + 4


def lines_in(cell: Cell, width: float) -> int:
    """Return how many lines a cell's content takes."""
    if not isinstance(cell.value, str):
        return 1
    return lines_of(cell.value, width - 1.5 * cell.alignment.indent, bool(cell.font.b))
