"""What may be typed into a cell or a column, and the look that it takes there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from openpyxl.styles import Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.fields import SETTINGS, Kind, SettingKind
from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.periods import Period
from kpi_cli.sentences import listed
from kpi_cli.writing.excel.styles import PROSE, TYPED_FIGURE, TYPED_LEFT
from kpi_cli.writing.template.rhythm import Rhythm


@dataclass(frozen=True)
class Allowed:
    """What Excel takes in a cell, and what it says to anything else; empty is always allowed."""

    kind: Literal["list", "date", "decimal", "custom"]
    first: str  # the formula of the answers, the lowest, or what has to be true of {cell}
    last: str | None  # the highest
    title: str
    message: str
    style: Literal["stop", "warning"] = "stop"  # at a warning Excel asks, and takes it after all

    def apply(self, sheet: Worksheet, cells: str) -> None:
        """Allow only this in these cells; a list is offered as a drop-down."""
        validation = DataValidation(
            type=self.kind,
            operator="between",
            formula1=self.first.replace("{cell}", cells.partition(":")[0]),
            formula2=self.last,
            allow_blank=True,
            showErrorMessage=True,
            errorStyle=self.style,
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

_FIRST_MONTH_CELL = next(
    f"Settings!$B${row}"
    for row, setting in enumerate(SETTINGS, start=2)
    if setting.kind is SettingKind.MONTH
)
_LETTERS = {3: ("Q", "1234"), 6: ("H", "12"), 12: ("", "")}
_AS_TYPED = "@"  # Excel would make a date of a code such as 3-10, and 3.1 of 3.10


@dataclass(frozen=True)
class Column:
    """What may be typed into a column, and the format and alignment that it takes there."""

    allowed: Allowed | None = None
    number_format: str = "General"
    alignment: Alignment = PROSE


_FIGURE = Column(alignment=TYPED_FIGURE)
COLUMNS: Mapping[Kind, Column] = {
    Kind.CODE: Column(number_format=_AS_TYPED),
    Kind.TEXT: Column(),
    Kind.NAME: Column(),
    Kind.NAMES: Column(),
    Kind.YEAR: Column(None, _AS_TYPED, TYPED_LEFT),
    Kind.POLARITY: Column(one_of([polarity.label for polarity in Polarity])),
    Kind.PERIOD: Column(MONTH, "mmmm yyyy", TYPED_LEFT),
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
"""The columns by what their cells hold, in a workbook of months."""


def columns_of(rhythm: Rhythm, example: Period) -> Mapping[Kind, Column]:
    """Return the columns by what their cells hold; of longer periods the words are text.

    Excel would make a date of 2010/11.
    """
    if rhythm is Rhythm.MONTHLY:
        return COLUMNS
    return {**COLUMNS, Kind.PERIOD: Column(_period_like(example), _AS_TYPED, TYPED_LEFT)}


def _period_like(example: Period) -> Allowed:
    """Allow what names a period of this length, as the year's first month in Settings has it.

    It is "Q3 2018/19", and "Q3 2018" where the year starts in January; H1 and H2 for half-years.
    Anything else is doubted, not refused: a year's figure may well stand beside those of quarters.
    """
    letter, numbers = _LETTERS[example.length]
    year = f"MID({{cell}},{4 if letter else 1},4)"
    second = f'IF({_FIRST_MONTH_CELL}="January","","/"&TEXT(MOD({year}+1,100),"00"))'
    words, true = f"{year}&{second}", f"{year}+0>=1990,{year}+0<=2099"
    if letter:
        words = f'"{letter}"&MID({{cell}},2,1)&" "&{words}'
        true = f'ISNUMBER(FIND(MID({{cell}},2,1),"{numbers}")),{true}'
    return Allowed(
        "custom",
        f'AND({true},{{cell}}&""={words})',
        None,
        f"Not a {example.noun}",
        f"Type the {example.noun} {'with its year, such as' if letter else 'as'} {example.label}.",
        "warning",
    )
