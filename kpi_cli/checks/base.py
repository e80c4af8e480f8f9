"""What a check is, what it looks at, and what it finds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from kpi_cli.amounts import Band, Line, Target, Unit, ends
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.history import History, Reading, Series
from kpi_cli.models import Indicator, Problem, Report, Severity, Workbook
from kpi_cli.names import fold
from kpi_cli.periods import Month, Period

_NOTHING = {"", "-", "–", "—", "n/a", "na", "none", "no data", "tba", "tbc", "unknown"}

AMOUNTS = {
    **{k: f.name for k, f in INDICATOR_FIELDS.items() if f.kind.is_amount},
    "green_line": "green line",
    "red_line": "red line",
}
"""What an indicator is given in amounts, by the key of the field."""

FEW = 3
"""More periods than these with one fault are one problem."""


class IndicatorSeries(NamedTuple):
    """An indicator and its figures in the order of time, its own row among them.

    They are of periods as long as its own.
    """

    indicator: Indicator
    readings: Sequence[Reading]


@dataclass(frozen=True, eq=False)
class Data:
    """What the checks look at."""

    workbook: Workbook
    report: Report  # its ratings; it has no problems yet
    today: Month  # the month that it is now

    @property
    def history(self) -> History:
        """The workbook's history."""
        return self.workbook.history

    @cached_property
    def rows(self) -> dict[str, list[Indicator]]:
        """The indicators of every code; several only where a code is used twice."""
        rows: dict[str, list[Indicator]] = {}
        for indicator in self.workbook.indicators:
            rows.setdefault(fold(indicator.code), []).append(indicator)
        return rows

    @cached_property
    def series(self) -> list[IndicatorSeries]:
        """The series of every code."""
        return [_series(indicators, self.history) for indicators in self.rows.values()]

    def past(self) -> Iterator[tuple[Indicator, Sequence[Reading]]]:
        """Yield the indicator of every code with its rows of history, in their order there."""
        for code, indicators in self.rows.items():
            if readings := self.history.of(code):
                yield indicators[0], readings


class Finding(NamedTuple):
    """What a check found: where, what it is, and what to do about it."""

    cell: str
    message: str
    hint: str


class Check(NamedTuple):
    """A check by its name; its description is the docstring of the function that finds."""

    name: str
    severity: Severity
    find: Callable[[Data], Iterator[Finding]]
    bears_on_rating: bool = False  # then it runs whenever a workbook is rated

    @property
    def description(self) -> str:
        """What the check finds, in a sentence or two."""
        return " ".join((self.find.__doc__ or "").split())

    def problems(self, data: Data) -> Iterator[Problem]:
        """Yield what the check finds as problems that carry its name."""
        for finding in self.find(data):
            yield Problem(severity=self.severity, check=self.name, **finding._asdict())


def says_nothing(text: str | None) -> bool:
    """Whether a text is blank, or a dash or a word that stands for nothing."""
    return text is None or fold(text) in _NOTHING


def middle(amount: Target) -> float:
    """Return about where an amount lies, for telling likely readings from unlikely ones."""
    return float(amount.midpoint if isinstance(amount, Band) else amount.number)


def amounts_of(indicator: Indicator) -> dict[str, Target | None]:
    """Return what an indicator's row has of each of the `AMOUNTS`."""
    held: dict[str, Target | Line | None] = {key: getattr(indicator, key) for key in AMOUNTS}
    return {key: each.amount if isinstance(each, Line) else each for key, each in held.items()}


def as_percentage(amount: Target, times: Decimal = Decimal(1)) -> str:
    """Return an amount times a factor as a percentage: "67.5%", or "38%-48%" for a band."""
    texts = (f"{(end * times).normalize():f}%" for end in ends(amount))
    return "-".join(dict.fromkeys(texts))


def is_percent(amount: Target) -> bool:
    """Whether an amount is a percentage."""
    return amount.unit is Unit.PERCENT


def span(periods: Iterable[Period]) -> str:
    """Return consecutive periods in words: "May 2018", or "May 2018 to July 2018"."""
    first, *others = periods
    return f"{first.label} to {others[-1].label}" if others else first.label


def _series(indicators: list[Indicator], history: History) -> IndicatorSeries:
    """Return the series of a code, that of the latest of its rows; the others count as history."""
    latest = max(indicators, key=lambda indicator: indicator.period)
    past = (*history.of(latest.code), *(indicator.reading for indicator in indicators))
    return IndicatorSeries(latest, Series(latest.reading, past).alike)
