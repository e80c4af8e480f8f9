"""A sheet as the reading sees it: rows of cells, each with its value, number format and address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import Enum
from typing import NamedTuple

from kpi_cli.addresses import address


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


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: its rows in order, by number, each with what its cells hold, by column.

    Blank cells are left out. Of merged cells the first one holds what they show, and the others
    are blank, but for those below it that are covered by it: these hold the same, and the row
    that it stands in is kept by their row and column. What Excel hides is there like the rest.
    """

    name: str
    rows: Mapping[int, Mapping[int, Content]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_hidden: bool = False
    covered: Mapping[tuple[int, int], int] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; where it is covered, the one that covers it."""
        content = self.rows.get(row, {}).get(column, BLANK)
        own_row = self.covered.get((row, column), row)
        return Cell(self.name, own_row, column, content.value, content.number_format, content.fault)

    def cells(self, row: int) -> list[Cell]:
        """Return a row's cells that aren't blank, from the left."""
        return [self.cell(row, column) for column in sorted(self.rows.get(row, ()))]
