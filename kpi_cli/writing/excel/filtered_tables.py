"""Excel tables: headings that stay and repeat, filters, rows as tall as their text."""

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.writing.excel.cells import Entry, put
from kpi_cli.writing.excel.pages import set_widths
from kpi_cli.writing.excel.styles import (
    CELL_BORDER,
    CENTRED,
    GROUP_BORDER,
    HEADING,
    HEADING_FILL,
    look_of,
    plain_fill,
)
from kpi_cli.writing.excel.text import height, lines_of

Item = TypeVar("Item")
_INDENT = 1.5  # of a cell, in Excel's unit


class Column(NamedTuple, Generic[Item]):
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
) -> int:
    """Write a table with a filter, and return its last row; without items it is only headings.

    A stronger line stands before each group.
    """
    set_widths(sheet, [column.width for column in columns])
    write_headings(sheet, heading_row, [column.heading for column in columns])
    row = heading_row
    for place, item in enumerate(items):
        row += 1
        before = items[place - 1] if place else None
        starts_group = group_of and (before is None or group_of(before) != group_of(item))
        border = GROUP_BORDER if starts_group else CELL_BORDER
        lines = 1
        for number, column in enumerate(columns, start=1):
            cell = put(sheet, row, number, *column.entry(item), border=border)
            lines = max(lines, lines_in(cell, column.width))
        sheet.row_dimensions[row].height = height(lines)
    if items:
        add_table(sheet, name, heading_row, row, [column.heading for column in columns])
    sheet.freeze_panes = f"A{heading_row + 1}"
    return row


def add_table(
    sheet: Worksheet,
    name: str,
    heading_row: int,
    last_row: int,
    headings: Sequence[str],
    with_filter: bool = True,
) -> None:
    """Make an Excel table of what stands in the columns from A on below its headings."""
    reference = f"A{heading_row}:{get_column_letter(len(headings))}{last_row}"
    table = Table(displayName=name, ref=reference)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    table._initialise_columns()  # type: ignore[attr-defined]
    for column, heading in zip(table.tableColumns, headings, strict=True):
        column.name = heading
    if not with_filter:
        table.autoFilter = None
    sheet.add_table(table)


def headings_height(headings: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row of headings in columns of these widths."""
    room = zip(headings, widths, strict=False)
    return height(max(lines_of(text, width - _INDENT, bold=True) for text, width in room))


def write_headings(
    sheet: Worksheet,
    row: int,
    headings: Sequence[str],
    column: int = 1,
    alignment: Alignment = CENTRED,
) -> None:
    """Write a row of headings."""
    if not headings:
        return
    for number, heading in enumerate(headings, start=column):
        put(sheet, row, number, heading, HEADING, alignment, plain_fill(HEADING_FILL), CELL_BORDER)
    letters = (get_column_letter(number) for number in range(column, column + len(headings)))
    widths = [sheet.column_dimensions[letter].width for letter in letters]
    dimension = sheet.row_dimensions[row]
    dimension.height = max(dimension.height or 0, headings_height(headings, widths))


def lines_in(cell: Cell, width: float) -> int:
    """Return how many lines a cell's content takes."""
    if not isinstance(cell.value, str):
        return 1
    look, alignment = look_of(cell)
    return lines_of(cell.value, width - _INDENT * alignment.indent, bool(look.b))
