"""A sheet as the reading sees it: rows of cells, each with its value, number format and address."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from kpi_cli.addresses import Position, address
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError


class Fault(Enum):
    """A cell that holds no usable value, though it isn't empty."""

    ERROR = "error"  # #DIV/0! and its like
    NO_RESULT = "no result"  # a formula that was saved without its result


CellValue = str | int | float | bool | date | time | timedelta | None


class Content:
    """What a cell holds, wherever it stands: cells that hold the same share it.

    It never changes. Two are the same only if they are one, which makes it a fast key.
    """

    __slots__ = ("characters", "fault", "number_format", "value")

    def __init__(
        self, value: CellValue = None, number_format: str = "General", fault: Fault | None = None
    ) -> None:
        self.value = value
        self.number_format = number_format
        self.fault = fault
        self.characters = len(value) if isinstance(value, str) else 0


BLANK = Content()


class Cell(NamedTuple):
    """One cell; row and column count from 1."""

    sheet: str
    row: int
    column: int
    value: CellValue = None
    number_format: str = "General"
    fault: Fault | None = None

    @property
    def position(self) -> Position:
        """Where the cell is."""
        return Position(self.sheet, self.row, self.column)

    @property
    def address(self) -> str:
        """The A1 address that Excel shows: "Indicators!E14"."""
        return address(self.sheet, self.row, self.column)

    @property
    def is_blank(self) -> bool:
        """Whether nobody would see anything in the cell."""
        if isinstance(self.value, str):
            return not self.value.strip()
        return self.value is None and self.fault is None


class Area(NamedTuple):
    """A rectangle of cells, such as those merged into one; rows and columns count from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Overlaid(NamedTuple):
    """A cell that a merged one covers, so that nobody sees what it holds."""

    cell: Cell
    by: Position


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its rows in order, by number, each with what its cells hold, by column.

    Blank cells are left out. Of merged cells the first one holds what they show, and the others
    are blank: `overlaid` has those that hold something else all the same. What Excel hides is there
    like the rest; `unseen` has the rows and columns of cells whose number format hides them. What
    is struck out of a text is no part of it: `struck_out` has it, by the cell's row and column.

    In a sheet that is `filled_down` a merged cell stands in each row that it covers, as people see
    it. `cell` then answers with the cell that covers, whose row is another than the one asked for;
    `covered` has the row of that cell, by row and column of the place that it covers.

    The first number whose style the workbook doesn't have is `unstyled`. Of a sheet with `damage`
    the rows are those that could be read before it.
    """

    name: str
    rows: Mapping[int, Mapping[int, Content]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_hidden: bool = False
    covered: Mapping[tuple[int, int], int] = field(default_factory=dict)
    unstyled: tuple[int, int] | None = None
    damage: UnreadableWorkbookError | None = None
    hidden_columns: frozenset[int] = frozenset()
    unseen: frozenset[tuple[int, int]] = frozenset()
    overlaid: tuple[Overlaid, ...] = ()
    struck_out: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; where it is covered, the one that covers it."""
        cells = self.rows.get(row)
        content = cells.get(column, BLANK) if cells else BLANK
        if self.covered:
            row = self.covered.get((row, column), row)
        return Cell(self.name, row, column, content.value, content.number_format, content.fault)

    def numbers_between(self, first: int, last: int) -> Sequence[int]:
        """Return the numbers of the rows from the first to the last, in order."""
        numbers = self._numbers
        return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]

    @cached_property
    def _numbers(self) -> Sequence[int]:
        return list(self.rows)

    def cells(self, row: int) -> list[Cell]:
        """Return a row's cells that aren't blank, from the left."""
        return [self.cell(row, column) for column in sorted(self.rows.get(row, ()))]

    def areas(self) -> dict[tuple[int, int], Area]:
        """Return the merged areas by row and column of their first cell."""
        return {(area.first_row, area.first_column): area for area in self.merged}

    def filled_down(self) -> "Sheet":
        """Return the sheet with a cell that is merged down standing in each row that it covers.

        Rows that have no cell of their own stay away.
        """
        rows = dict(self.rows)
        covered: dict[tuple[int, int], int] = {}
        covered_to: dict[int, int] = {}  # by column, so that areas that overlap take no longer
        for area in sorted(self.merged, key=lambda area: (area.first_column, area.first_row)):
            content = self.rows.get(area.first_row, {}).get(area.first_column)
            column = area.first_column
            first = max(area.first_row + 1, covered_to.get(column, 0) + 1)
            if content is None or first > area.last_row:
                continue
            covered_to[column] = area.last_row
            for number in self.numbers_between(first, area.last_row):
                if column not in rows[number]:
                    rows[number] = {column: content, **rows[number]}
                    covered[number, column] = area.first_row
        return replace(self, rows=rows, covered=covered) if covered else self
