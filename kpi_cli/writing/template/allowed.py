"""What may be typed into a cell: one of some answers, a month, or a percentage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.names import listed


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
