"""The blocks of the sheet Detail, read back: one for each exception."""

from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.writing.exceptions_workbook.reading_back import Chart, Written, cells, shown

_LABEL_COLUMNS = (1, 6, 10)
_PERIODS = ("Month", "Quarter", "Half-year", "Year")


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
    charts: list[Chart]
    found: list[list[str]]  # what stands below the chart: labels with what is beside them

    @property
    def shown_months(self) -> list[list[str]]:
        """The months as they are shown."""
        return [[shown(cell) for cell in row] for row in self.months]


def blocks(book: Written) -> list[Block]:
    """Return the blocks of Detail; each starts with its heading, in 12 points."""
    sheet, charts = book.sheet("Detail"), book.charts("Detail")
    starts = [c.row for c in cells(sheet) if c.column == 1 and c.font.sz == 12]
    ends = [*(start - 1 for start in starts[1:]), sheet.max_row]
    return [
        _block(
            sheet, first, min(last, sheet.max_row), [c for c in charts if first <= c.row <= last]
        )
        for first, last in zip(starts, ends, strict=True)
    ]


def _block(sheet: Worksheet, first: int, last: int, charts: list[Chart]) -> Block:
    labels = {_text(sheet, row, 1): row for row in range(first + 1, last + 1)}
    comment_rows = [labels["Comment"]]
    while (below := comment_rows[-1] + 1) <= last and not _text(sheet, below, 1):
        if not _text(sheet, below, 2):
            break
        comment_rows.append(below)
    heading_row = max(labels.get(name, 0) for name in _PERIODS)
    headings = [_text(sheet, heading_row, column) for column in range(1, 9)]
    headings = [heading for heading in headings if heading]
    return Block(
        first_row=first,
        last_row=last,
        heading=_text(sheet, first, 1),
        said=_said(sheet, [row for row in range(first + 1, last + 1) if row < heading_row]),
        comment_rows=comment_rows,
        comment=[_text(sheet, row, 2) for row in comment_rows],
        month_headings=headings,
        heading_row=heading_row,
        months=_months(sheet, heading_row + 1, len(headings)),
        charts=charts,
        found=_found(sheet, heading_row, last),
    )


def _found(sheet: Worksheet, heading_row: int, last: int) -> list[list[str]]:
    """Return what stands in the columns of the chart, row by row, where anything does."""
    rows = range(heading_row, last + 1)
    columns = (6, 7, 10, 11)
    found = [[_text(sheet, row, column) for column in columns] for row in rows]
    return [[text for text in row if text] for row in found if row[1]]


def _said(sheet: Worksheet, rows: list[int]) -> dict[str, str]:
    """Return what stands beside each label in some rows, but for the comment."""
    pairs = {
        _text(sheet, row, column): _text(sheet, row, column + 1)
        for row in rows
        for column in _LABEL_COLUMNS
    }
    return {label: text for label, text in pairs.items() if label not in ("", "Comment")}


def _months(sheet: Worksheet, first: int, columns: int) -> list[list[Cell]]:
    rows = []
    for row in sheet.iter_rows(min_row=first, max_col=columns):
        if row[0].value is None:
            break
        rows.append([cell for cell in row if isinstance(cell, Cell)])
    return rows


def _text(sheet: Worksheet, row: int, column: int) -> str:
    cell = sheet.cell(row, column)
    return shown(cell) if isinstance(cell, Cell) else ""
