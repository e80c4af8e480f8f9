"""The things that the tool speaks of: indicators, settings, workbooks, problems, ratings, reports.

Everything here is immutable. What comes from a workbook is a pydantic model, which validates it;
what is computed from that is a dataclass.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, InstanceOf, field_validator, model_validator

from kpi_cli.addresses import Place
from kpi_cli.amounts import Band, Line, Target, Tolerance, Unit, Value
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.history import History, Reading, Readings, Series
from kpi_cli.periods import Month, Period
from kpi_cli.sentences import counted, listed
from kpi_cli.terms import EXCEPTIONS, Direction, Outcome, Polarity, Severity, ToleranceBasis

__all__ = [
    "EXCEPTIONS", "Direction", "Indicator", "Outcome", "Polarity", "Problem", "Rating", "ReadAs",
    "Report", "Settings", "Severity", "ToleranceBasis", "UnratedRow", "Workbook", "count_errors",
    "count_outcomes",
]  # fmt: skip


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Problem(_Frozen):
    """Something wrong in a workbook: where, what, and what to do about it."""

    severity: Severity
    cell: str | None  # the A1 address, "Indicators!E14"; None where it is the whole workbook
    message: str
    hint: str
    check: str | None = None  # the name of the check that found it; None where reading did


_Name = Annotated[str, Field(min_length=1)]


_RATE = (  # what is told as a rate doesn't add up over a year
    r"(?i)%|\b(rate|ratio|average|mean|median|score|index|percentage|proportion|per|days to|time)\b"
)


class Indicator(_Frozen):
    """One performance measure, with what the workbook says of it for its latest period."""

    code: _Name
    short_name: _Name
    polarity: Polarity
    period: InstanceOf[Period]
    value: Value | None
    no_value_text: str | None = None  # what stands in place of a value: "TBC"
    target: Target | None = None
    annual_target: Target | None = None
    target_of_year: Target | None = None  # the row's annual target, where it stood otherwise then
    no_target_text: str | None = None  # what stands in place of a target: "Monitor"
    green_line: Line | None = None  # at it or better is green
    red_line: Line | None = None  # worse than it is red
    scale_from: Value | None = None  # for pictures alone
    scale_to: Value | None = None
    tolerance: Tolerance | None = None
    last_year: Value | None = None  # the column Same Month Last Year
    aim: str | None = None
    responsible_ous: tuple[str, ...] = ()
    committee: str | None = None
    managed_by: str | None = None
    year_introduced: str | None = None
    data_source: str | None = None
    published_outcome: Outcome | None = None
    published_direction: Direction | None = None
    comment: str | None = None
    place: InstanceOf[Place]

    @model_validator(mode="after")
    def _is_valid(self) -> Self:
        return self._with_bands_for_goldilocks()

    def _with_bands_for_goldilocks(self) -> Self:
        if self.polarity is Polarity.GOLDILOCKS:
            return self
        lines = ((name, line.amount) for name, line in self.lines.items())
        for name, amount in (("target", self.target), ("target", self.annual_target), *lines):
            if isinstance(amount, Band):
                raise ValueError(
                    f'the {name} is a band, {amount.text}, but the polarity is "'
                    f'{self.polarity.label}"'
                )
        return self

    def as_it_stood(self, period: Period, past: Readings) -> Self:
        """Return the indicator with the figures of an earlier period; past is its history.

        They are the history's, with the target of the financial year's last period as the annual
        target (the period's own where there is none). The row of the indicator is the record of
        its own period. Comment and published rating belong to that period, and to no other; and so
        do the lines where the target was another, as they were drawn beside that of the row. Raises
        ValueError where the history's target does not go with the polarity.
        """
        if period == self.period:
            return self
        reading = past.by_period.get(period)
        year_end = past.by_period.get(period._replace(last=period.financial_year.last))
        target = reading.target if reading else None
        annual = (year_end and year_end.target) or target
        is_own_year = period.financial_year == self.period.financial_year
        lines = {} if self._is_beside(target or annual) else _NO_LINES
        figures = {
            "period": period,
            "value": reading.value if reading else None,
            "target": target,
            "annual_target": annual,
            "target_of_year": self.annual_target if is_own_year else None,
            "place": reading.place if reading else self.place,
        }
        # What is copied was validated when it was read; only a target can be at odds with the rest.
        stood = self.model_copy(update=_OF_ITS_PERIOD | lines | figures)
        return stood._with_bands_for_goldilocks()

    def _is_beside(self, target: Target | None) -> bool:
        """Whether its lines are beside a target: the one in force in its own period, or none."""
        own = self.target_in_force
        return target is None or (own is not None and target.measure == own.measure)

    @property
    def month(self) -> Month:
        """The last month of the period."""
        return self.period.last

    @property
    def reading(self) -> Reading:
        """The row as the record of its own period, among those of the history."""
        return Reading(self.code, self.period, self.place, self.value, self.target)

    @property
    def reporting_basis(self) -> str | None:
        """What the short name's last square bracket says: "Cumulative YTD"."""
        brackets = re.findall(r"\[([^\[\]]+)\]", self.short_name)
        return brackets[-1].strip() if brackets else None

    @property
    def adds_up(self) -> bool:
        """Whether figures add up over a year: counts and amounts, unless they are told as a rate.

        A percentage never does, what is reported as cumulative does whatever it is called, and a
        snapshot does not.
        """
        basis = (self.reporting_basis or "").casefold()
        if self.unit is Unit.PERCENT or "cumulative" in basis:
            return self.unit is not Unit.PERCENT
        return "snapshot" not in basis and not re.search(_RATE, self.short_name)

    @property
    def value_text(self) -> str | None:
        """The value as the workbook shows it, or what stands in its place."""
        return self.value.text if self.value else self.no_value_text

    @property
    def value_note(self) -> str | None:
        """What the workbook says with the value: its unit, or a mark ("kg", "prov", "*")."""
        return self.value.note or None if self.value else None

    @property
    def target_in_force(self) -> Target | None:
        """The target that the value is rated against: the month's, or else the annual one."""
        return self.target or self.annual_target

    @property
    def lines(self) -> dict[str, Line]:
        """The lines of its own by their names: "green line", "red line"."""
        lines = {"green line": self.green_line, "red line": self.red_line}
        return {name: line for name, line in lines.items() if line}

    @property
    def with_target_of_year(self) -> Self:
        """The indicator with the annual target that its row has for the whole of its year.

        How it stood earlier in the year is rated without, but where the year ends is a matter of
        the target that it ends with.
        """
        if self.target_of_year is None:
            return self
        return self.model_copy(update={"annual_target": self.target_of_year})

    @property
    def yardstick(self) -> Target | None:
        """What tolerances and directions are measured from: the target, or else its green line."""
        return self.target_in_force or (self.green_line.amount if self.green_line else None)

    @property
    def unit(self) -> Unit | None:
        """The unit of the value or, where there is none, of its target."""
        amounts = (self.value, self.target, self.annual_target)
        return next((amount.unit for amount in amounts if amount), None)


_NO_LINES = dict.fromkeys(("green_line", "red_line"))
_OF_ITS_PERIOD = dict.fromkeys(  # what the row says of its own period alone
    ("no_value_text", "no_target_text", "last_year", "published_outcome", "published_direction",
     "comment")
)  # fmt: skip


class Settings(_Frozen):
    """What the workbook sets for all its indicators; tolerances are percentages.

    At the limit is what a value exactly at a tolerance or a red line is. Where it isn't set, it is
    red at a tolerance and amber at a line.
    """

    organisation: str | None = None
    report_title: str | None = None
    financial_year_starts: Annotated[int, Field(ge=1, le=12)] = 4
    amber_tolerance: Annotated[Decimal, Field(ge=0)] = Decimal(5)
    green_tolerance: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    tolerance_basis: ToleranceBasis = ToleranceBasis.ANNUAL_TARGET
    improving_is_amber: bool = False
    at_the_limit: Outcome | None = None

    @field_validator("at_the_limit")
    @classmethod
    def _is_an_exception(cls, outcome: Outcome | None) -> Outcome | None:
        if outcome not in (None, *EXCEPTIONS):
            raise ValueError("what is exactly at a limit is red or amber")
        return outcome

    @property
    def title(self) -> str:
        """What stands above the report, where no title is set too."""
        return self.report_title or "Performance indicators"


@dataclass(frozen=True)
class ReadAs:
    """What was understood of a table of indicators: nothing that decides is taken in silence."""

    cell: str  # the first of its headings
    period: str | None = None  # of the rows that don't tell their own, in words
    period_from: str | None = None  # where it was found: "the title in A1"
    # By the key of the field, the heading taken for it.
    fields: dict[str, str] = field(default_factory=dict)
    periods: tuple[str, ...] = ()  # the columns of periods, by their headings
    not_read: tuple[str, ...] = ()  # the headings of the columns that aren't read
    # By the key of the field: by its "name", "words" or "profile".
    how: dict[str, str] = field(default_factory=dict)
    dated: tuple[str, ...] = ()  # the fields whose headings name a period
    # By the key of the field that they stand in.
    unknown_words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: int = 0  # indicators, rated or not
    # By what told it, of how many indicators.
    polarity_from: dict[str, int] = field(default_factory=dict)
    definitions: str | None = None  # the workbook of definitions that was used
    # By the key of a field, of how many indicators it gave it.
    defined: dict[str, int] = field(default_factory=dict)
    profile: str | None = None  # the profile that was used
    settings_from: str | None = None  # where the settings are; None: kpi's own count
    priorities_from: str | None = None  # where the aims' priorities are, if anywhere
    earlier: int = 0  # rows of earlier periods beside an indicator's own, which are history

    @property
    def inferred(self) -> str | None:
        """What its own columns don't say, in a line; None where they say all that decides."""
        parts = [f"{self.period}, from {self.period_from}"] if self.period_from else []
        own = self.fields.get("polarity")
        told = [f"{what} for {n}" for what, n in self.polarity_from.items() if what != own]
        parts += [f"polarity from {listed(told, last='and')}"] if told else []
        others = [
            f"{INDICATOR_FIELDS[key].name or key.replace('_', ' ')} for {n}"
            for key, n in self.defined.items()
            if key != "polarity"
        ]
        parts += [f"from {self.definitions} {listed(others, last='and')}"] if others else []
        parts += [f"with {self.profile}"] if self.profile else []
        rows = counted(self.earlier, "row")
        parts += [f"{rows} of earlier periods as history"] if self.earlier else []
        return "; ".join(parts) or None


class UnratedRow(_Frozen):
    """An indicator's row that can't be rated, because something in it can't be read."""

    model_config = ConfigDict(defer_build=True)  # most workbooks have none

    code: str | None
    short_name: str | None
    place: InstanceOf[Place]


class Workbook(_Frozen):
    """What was read from a workbook; the problems are all that were met on the way."""

    model_config = ConfigDict(defer_build=True)  # only who loads one from JSON needs the validator

    name: str
    indicators: tuple[Indicator, ...]
    history: History = History()
    settings: Settings = Settings()
    unrated: tuple[UnratedRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    read_as: tuple[ReadAs, ...] = ()  # a table of indicators each
    priorities: dict[str, tuple[str, ...]] = {}  # of an aim, by its name folded


@dataclass(frozen=True)
class Rating:
    """An indicator's expected outcome and direction, and the reason in one sentence."""

    indicator: Indicator
    outcome: Outcome
    direction: Direction
    last_year: Value | None
    last_year_of: Period  # that last year's value is of, or would be
    reason: str
    series: Series


@dataclass(frozen=True)
class Report:
    """A workbook's ratings for one period, in the workbook's order."""

    workbook: str
    settings: Settings
    period: Period | None  # the reporting period; None where there is no indicator
    ratings: tuple[Rating, ...]
    left_out: int = 0  # how many ratings a selection left out
    unrated: tuple[UnratedRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    read_as: tuple[ReadAs, ...] = ()
    # Of an aim, by its name folded.
    priorities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_errors(self) -> bool:
        """Whether any problem is an error."""
        return count_errors(self.problems) > 0

    def periods_behind(self, indicator: Indicator) -> int:
        """Return how many periods as long as its own an indicator is behind the report."""
        return indicator.period.behind(self.period) if self.period else 0


def count_errors(problems: Iterable[Problem]) -> int:
    """Return how many problems are errors."""
    return sum(problem.severity is Severity.ERROR for problem in problems)


def count_outcomes(ratings: Iterable[Rating]) -> dict[Outcome, int]:
    """Return how many of the ratings have each outcome, every outcome being counted."""
    counts = dict.fromkeys(Outcome, 0)
    for rating in ratings:
        counts[rating.outcome] += 1
    return counts
