"""The things that the tool speaks of: values, bands, indicators, settings, ratings, problems.

All amounts are exact decimals in display units: 67.5 for 67.5%. Everything here is immutable. What
there is of every month of every indicator is no model but a dataclass with slots or a named tuple:
it takes a fifth of the time and memory.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, model_validator

from kpi_cli.addresses import Place
from kpi_cli.periods import Month

_EXACT = Context(prec=60)  # room for every digit of the largest value that is read


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Unit(Enum):
    """What a value counts in."""

    PERCENT = "percent"
    NUMBER = "number"
    CURRENCY = "currency"


class Polarity(Enum):
    """Which way is good."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    GOLDILOCKS = "goldilocks"

    @property
    def label(self) -> str:
        """The polarity as a report names it: "Aim to Maximise"."""
        return "Goldilocks" if self is Polarity.GOLDILOCKS else f"Aim to {self.value.title()}"


class Outcome(Enum):
    """The expected outcome: an indicator's rating, worst first."""

    AT_RISK = ("at_risk", "At risk of missing target", "At risk")
    SLIPPAGE = ("slippage", "Some slippage against target", "Some slippage")
    ON_COURSE = ("on_course", "On course to achieve target", "On course")
    NO_VALUE = ("no_value", "No Value", "No value")
    NO_TARGET = ("no_target", "No Target", "No target")

    def __init__(self, key: str, label: str, short_label: str) -> None:
        self.key = key
        self.label = label
        self.short_label = short_label


EXCEPTIONS = (Outcome.AT_RISK, Outcome.SLIPPAGE)
"""The outcomes that make an indicator an exception: red and amber."""


class Direction(Enum):
    """The value against the same month last year; UNKNOWN, "-", where that can't be told."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "-"

    @property
    def label(self) -> str:
        """The direction as a report names it: "Better", or a dash."""
        return self.value.capitalize()

    @property
    def key(self) -> str | None:
        """The direction as the JSON output names it: None where it can't be told."""
        return None if self is Direction.UNKNOWN else self.value


class ToleranceBasis(Enum):
    """What a tolerance is a percentage of."""

    ANNUAL_TARGET = "annual target"
    MONTHS_TARGET = "month's target"


class Severity(Enum):
    """How bad a problem is: with an error, something could not be used as it stands."""

    ERROR = "error"
    WARNING = "warning"


class Problem(_Frozen):
    """Something wrong in a workbook: where, what, and what to do about it."""

    severity: Severity
    cell: str | None  # the A1 address, "Indicators!E14"; None where it is the whole workbook
    message: str
    hint: str
    check: str | None = None  # the name of the check that found it; None where reading did


def decimal_places(number: Decimal) -> int:
    """Return how many decimals a number needs: 1 for 0.50, none for 36.00."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An amount in display units, with the precision and look that the workbook gave it."""

    number: Decimal
    unit: Unit = Unit.NUMBER
    decimals: int = 0
    grouped: bool = False  # thousands separated by commas
    symbol: str = ""  # of a currency

    @property
    def measure(self) -> tuple[Decimal | Unit, ...]:
        """What is compared: 7 and 7.0 are the same amount, 7 and 7% are not."""
        return (self.number, self.unit)

    @property
    def text(self) -> str:
        """The amount as the workbook shows it: "67.5%", "35,852", "£1,234.50"."""
        return self.shown(self.number)

    def shown(self, number: Decimal, decimals: int | None = None) -> str:
        """Return another number in this value's look, with these decimals or this value's."""
        places = self.decimals if decimals is None else decimals
        shown = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=_EXACT)
        digits = f"{shown.copy_abs():{',' if self.grouped else ''}f}"
        sign = "-" if shown < 0 else ""
        return f"{sign}{self.symbol}{digits}{'%' if self.unit is Unit.PERCENT else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A Goldilocks target; both ends are inside."""

    low: Value
    high: Value

    def __post_init__(self) -> None:
        if self.low.number > self.high.number:
            raise ValueError(f"the band {self.text} is the wrong way round")

    @property
    def measure(self) -> tuple[Decimal | Unit, ...]:
        """What is compared: both ends, and their unit."""
        return (self.low.number, self.high.number, self.unit)

    @property
    def text(self) -> str:
        """The band as a report shows it: "38-48"."""
        low, high = self.low.text, self.high.text
        return f"{low} to {high}" if "-" in low + high else f"{low}-{high}"

    @property
    def unit(self) -> Unit:
        """The unit of both ends."""
        return self.high.unit

    @property
    def width(self) -> Decimal:
        """How far apart the ends are."""
        return self.high.number - self.low.number

    @property
    def midpoint(self) -> Decimal:
        """The number in the middle of the band."""
        return (self.low.number + self.high.number) / 2


Target = Value | Band


class Tolerance(_Frozen):
    """An indicator's own amber tolerance: a percentage of the basis, or its own units."""

    amount: Annotated[Decimal, Field(ge=0)]
    is_percent: bool


_Name = Annotated[str, Field(min_length=1)]


class Indicator(_Frozen):
    """One performance measure, with what the workbook says of it for its latest month."""

    code: _Name
    short_name: _Name
    polarity: Polarity
    month: InstanceOf[Month]
    value: Value | None
    no_value_text: str | None = None  # what stands in place of a value: "TBC"
    target: Target | None = None
    annual_target: Target | None = None
    tolerance: Tolerance | None = None
    last_year: Value | None = None  # the column Same Month Last Year
    aim: str | None = None
    responsible_ous: tuple[str, ...] = ()
    committee: str | None = None
    managed_by: str | None = None
    year_introduced: str | None = None
    published_outcome: Outcome | None = None
    published_direction: Direction | None = None
    comment: str | None = None
    place: InstanceOf[Place]

    @model_validator(mode="after")
    def _band_is_for_goldilocks(self) -> Self:
        band = next((t for t in (self.target, self.annual_target) if isinstance(t, Band)), None)
        if band and self.polarity is not Polarity.GOLDILOCKS:
            raise ValueError(
                f'the target is a band, {band.text}, but the polarity is "{self.polarity.label}"'
            )
        return self

    @property
    def reporting_basis(self) -> str | None:
        """What the short name's last square bracket says: "Cumulative YTD"."""
        brackets = re.findall(r"\[([^\[\]]+)\]", self.short_name)
        return brackets[-1].strip() if brackets else None

    @property
    def value_text(self) -> str | None:
        """The value as the workbook shows it, or what stands in its place."""
        return self.value.text if self.value else self.no_value_text

    @property
    def target_in_force(self) -> Target | None:
        """The target that the value is rated against: the month's, or else the annual one."""
        return self.target or self.annual_target

    @property
    def unit(self) -> Unit | None:
        """The unit of the value or, where there is none, of its target."""
        amounts = (self.value, self.target, self.annual_target)
        return next((amount.unit for amount in amounts if amount), None)


class Reading(NamedTuple):
    """One row of the history: an indicator's value and target in one month."""

    code: str
    month: Month
    place: Place
    value: Value | None = None
    target: Target | None = None


class Settings(_Frozen):
    """What the workbook sets for all its indicators; tolerances are percentages."""

    organisation: str | None = None
    report_title: str | None = None
    financial_year_starts: Annotated[int, Field(ge=1, le=12)] = 4
    amber_tolerance: Annotated[Decimal, Field(ge=0)] = Decimal(5)
    green_tolerance: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    tolerance_basis: ToleranceBasis = ToleranceBasis.ANNUAL_TARGET
    improving_is_amber: bool = False

    @property
    def title(self) -> str:
        """What stands above the report, where no title is set too."""
        return self.report_title or "Performance indicators"


class UnratedRow(_Frozen):
    """An indicator's row that can't be rated, because something in it can't be read."""

    code: str | None
    short_name: str | None
    place: InstanceOf[Place]


class Workbook(_Frozen):
    """What was read from a workbook; the problems are all that were met on the way."""

    name: str
    indicators: tuple[Indicator, ...]
    history: tuple[InstanceOf[Reading], ...] = ()
    settings: Settings = Settings()
    unrated: tuple[UnratedRow, ...] = ()
    problems: tuple[Problem, ...] = ()


class Rating(_Frozen):
    """An indicator's expected outcome and direction, and the reason in one sentence."""

    indicator: Indicator
    outcome: Outcome
    direction: Direction
    last_year: Value | None
    reason: str


class Report(_Frozen):
    """A workbook's ratings for one month, in the workbook's order."""

    workbook: str
    settings: Settings
    month: InstanceOf[Month] | None  # the reporting month; None where there is no indicator
    ratings: tuple[Rating, ...]
    left_out: int = 0  # how many ratings a selection left out
    unrated: tuple[UnratedRow, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any problem is an error."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def months_behind(self, indicator: Indicator) -> int:
        """Return how many months the indicator's latest month is behind the report's."""
        return self.month.months_after(indicator.month) if self.month else 0


def count_outcomes(ratings: tuple[Rating, ...] | list[Rating]) -> dict[Outcome, int]:
    """Return how many of the ratings have each outcome, every outcome being counted."""
    counts = dict.fromkeys(Outcome, 0)
    for rating in ratings:
        counts[rating.outcome] += 1
    return counts
