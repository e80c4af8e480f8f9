"""What may be typed into a cell or a column, and the look that it takes there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.fields import Kind
from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.sentences import listed
from kpi_cli.writing.excel.styles import FIGURE, WRAPPED, WRAPPED_LEFT


@dataclass(frozen=True)
class Allowed:
    """What Excel takes in a cell, and what it says to anything else; empty is always allowed."""

    kind: Literal["list", "date", "decimal"]
    first: str  # the formula of the answers, or the lowest that is allowed
    last: str | None  # the highest
    title: str
    message: str

    def apply(self, sheet: Worksheet, cells: str) -> None:
        """Allow only this in these cells; a list is offered as a drop-down."""
        validation = DataValidation(
            type=self.kind,
            operator="between",
            formula1=self.first,
            formula2=self.last,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle="stop",
            errorTitle=self.title,
            error=self.message,
            sqref=cells,
        )
        sheet.add_data_validation(validation)


def one_of(answers: Sequence[str]) -> Allowed:
    """Allow one of these answers."""
    message = f"Choose {listed(answers)}."
    return Allowed("list", f'"{",".join(answers)}"', None, "Choose from the list", message)


MONTH = Allowed(
    "date",
    "DATE(1990,1,1)",
    "DATE(2099,12,31)",
    "Not a month",
    "Type the month with its year, such as January 2019.",
)
PERCENTAGE = Allowed("decimal", "0", "1", "Not a percentage", "Type a percentage, such as 5%.")

_AS_TYPED = "@"  # Excel would make a date of a code such as 3-10, and 3.1 of 3.10


@dataclass(frozen=True)
class Column:
    """What may be typed into a column, and the format and alignment that it takes there."""

    allowed: Allowed | None = None
    number_format: str = "General"
    alignment: Alignment = WRAPPED


_FIGURE = Column(alignment=FIGURE)
COLUMNS: Mapping[Kind, Column] = {
    Kind.CODE: Column(number_format=_AS_TYPED),
    Kind.TEXT: Column(),
    Kind.NAME: Column(),
    Kind.NAMES: Column(),
    Kind.YEAR: Column(None, _AS_TYPED, WRAPPED_LEFT),
    Kind.POLARITY: Column(one_of([polarity.label for polarity in Polarity])),
    Kind.MONTH: Column(MONTH, "mmmm yyyy", WRAPPED_LEFT),
    Kind.VALUE: _FIGURE,
    Kind.TARGET: _FIGURE,
    Kind.TOLERANCE: _FIGURE,
    Kind.THRESHOLD: _FIGURE,
    Kind.CONDITION: _FIGURE,
    Kind.TOLERANCE_END: _FIGURE,
    Kind.SCALE: _FIGURE,
    Kind.OUTCOME: Column(one_of([outcome.label for outcome in Outcome])),
    Kind.DIRECTION: Column(one_of([direction.label for direction in Direction])),
}
"""The columns by what their cells hold."""
