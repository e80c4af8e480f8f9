"""A sheet as the reading sees it: rows of cells, each with its value, number format and address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import NamedTuple

from kpi_cli.places import address


class Fault(Enum):
    """A cell that holds no usable value, though it isn't empty."""

    ERROR = "error"  # #DIV/0! and its like
    NO_RESULT = "no result"  # a formula that was saved without its result


CellValue = str | int | float | bool | date | time | timedelta | None


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
    """A worksheet: its rows in order, by number, each with the cells that aren't blank.

    Of merged cells the first one holds what they show, and the others are blank. What Excel
    hides is there like the rest.
    """

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    is_hidden: bool = False
