"""The blocks of the sheet Detail, read back: one for each exception."""

from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from tests.writing.exceptions_workbook.reading_back import Chart, Written, cells, shown


@dataclass(frozen=True)
class Block:
    """An exception's part of the sheet: its rows, what is said of it, and its months."""

    first_row: int
    last_row: int
    heading: str
    said: dict[str, str]  # what stands beside each label, as it is shown
    comment_rows: list[int]
    comment: list[str]
    month_headings: list[str]
    heading_row: int  # of the months
    months: list[list[Cell]]
    charts: list[Chart]  # of its months
    gauges: list[Chart]
    found: list[list[str]]  # what stands below the chart: labels with what is beside them

    @property
    def shown_months(self) -> list[list[str]]:
        """The months as they are shown."""
        return [[shown(cell) for cell in row] for row in self.months]


def blocks(book: Written) -> list[Block]:
    """Return the blocks of Detail; each starts with its heading, in 12 points."""
    sheet, charts = book.sheet("Detail"), book.charts("Detail")
    starts = [c.row for c in cells(sheet) if c.column == 1 and c.font.sz == 12]
    ends = [*(start - 1 for start in starts[1:]), sheet.max_row + 100]  # with charts below
    return [
        _block(
            sheet, first, min(last, sheet.max_row), [c for c in charts if first <= c.row <= last]
        )
        for first, last in zip(starts, ends, strict=True)
    ]


def _block(sheet: Worksheet, first: int, last: int, charts: list[Chart]) -> Block:
    labels = {_text(sheet, row, 1): row for row in range(first + 1, last + 1)}
    comment_rows = [labels["Comment"]]
    heading_row, bottom, columns = next(
        area for area in map(_area, sheet.tables.values()) if first < area[0] <= last
    )
    while (below := comment_rows[-1] + 1) < heading_row and not _text(sheet, below, 1):
        if not _text(sheet, below, 2):
            break
        comment_rows.append(below)
    comment = [_text(sheet, row, 2) for row in comment_rows]
    after = comment_rows[-1] + 1
    beside = range(after, heading_row if columns > 5 else last + 1)
    named = {"Variation", "Target Met", "Control Chart", "Caution", "Note", "Forecast"}
    start = next((r for r in range(heading_row, last + 1) if _text(sheet, r, 7) in named), last + 1)
    return Block(
        first_row=first,
        last_row=last,
        heading=_text(sheet, first, 1),
        said=_said(sheet, first, [row for row in beside if row < start and _text(sheet, row, 7)]),
        comment_rows=comment_rows,
        comment=comment,
        month_headings=[_text(sheet, heading_row, column) for column in range(1, columns + 1)],
        heading_row=heading_row,
        months=[
            [cell for cell in row if isinstance(cell, Cell)]
            for row in sheet.iter_rows(heading_row + 1, bottom, 1, columns)
        ],
        charts=[chart for chart in charts if not chart.is_gauge],
        gauges=[chart for chart in charts if chart.is_gauge],
        found=_found(sheet, start, last),
    )


def _area(table: Table) -> tuple[int, int, int]:
    """Return the first and the last row of a table, and how many columns it has."""
    _, top, last, bottom = range_boundaries(table.ref)
    assert None not in (top, last, bottom)
    return int(top or 0), int(bottom or 0), int(last or 0)


def _found(sheet: Worksheet, start: int, last: int) -> list[list[str]]:
    """Return what stands below the chart, row by row, where anything does."""
    found = [
        [_text(sheet, row, column) for column in (7, 8, 9, 10)] for row in range(start, last + 1)
    ]
    return [[text for text in row if text] for row in found if row[1]]


def _said(sheet: Worksheet, first: int, rows: list[int]) -> dict[str, str]:
    """Return what stands beside each label, but for the comment."""
    pairs = {_text(sheet, row, 1): _text(sheet, row, 2) for row in range(first + 1, first + 4)}
    pairs.pop("Comment", None)
    for row in rows:
        pairs |= {_text(sheet, row, column): _text(sheet, row, column + 1) for column in (7, 9)}
    return {label: text for label, text in pairs.items() if label}


def _text(sheet: Worksheet, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    return shown(cell) if isinstance(cell, Cell) else ""
