"""The figures of an indicator as the page shows them: in a table, and as numbers for charts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from kpi_cli.amounts import Target, Unit, Value
from kpi_cli.changes import accumulates, is_cumulative
from kpi_cli.history import Reading
from kpi_cli.insight import Insight
from kpi_cli.models import Indicator, Outcome, Rating
from kpi_cli.periods import NAMES, Month, Period

_YEAR = 12
_MOST_YEARS = 8


@dataclass(frozen=True)
class Figure:
    """A period: its value, the target that it is measured by, and how it was rated then."""

    period: Period
    value: Value | None = None
    target: Target | None = None
    rating: Rating | None = None

    @property
    def is_met(self) -> bool | None:
        """Whether the target was met; None where that isn't known."""
        if self.value is None or self.rating is None or self.rating.outcome is Outcome.NO_TARGET:
            return None
        return self.rating.outcome is Outcome.ON_COURSE


class Figures:
    """An indicator's figures up to its own period, since the start of last financial year."""

    def __init__(self, insight: Insight) -> None:
        self.insight, self.indicator = insight, insight.rating.indicator
        self.own = self.indicator.period
        self.since_last_year = [
            _figure(reading, insight.as_it_stood(reading), self.indicator)
            for reading in insight.rating.series.since(self._first)
        ]
        self._known = {each.period: each for each in self.since_last_year}

    def at(self, period: Period) -> Figure:
        """Return the figures of a period, which may have none."""
        return self._known.get(period) or Figure(period)

    @property
    def year(self) -> Period:
        """The financial year of its own period."""
        return self.own.financial_year

    @property
    def is_of_years(self) -> bool:
        """Whether each figure is of a whole year."""
        return self.own.length == _YEAR

    @property
    def is_over_the_year(self) -> bool:
        """Whether it is drawn as this year over last: figures that are of the year so far."""
        return is_cumulative(self.indicator) and self.is_in_years

    @property
    def is_in_years(self) -> bool:
        """Whether its periods are parts of financial years."""
        return not self.is_of_years and self.own in periods_of(self.year, self.own.length)

    @property
    def _first(self) -> Month:
        """The first month: that of last financial year or, of figures of years, some years more."""
        first = self.year.year_before.first
        return first.after(-_YEAR * (_MOST_YEARS - 2)) if self.is_of_years else first


def _figure(reading: Reading, rating: Rating | None, own: Indicator) -> Figure:
    """Return a period's figures; those in another unit than its own can't stand beside it.

    The year's target is also that of its periods, but of figures that accumulate it is not.
    """
    value, target = reading.value, reading.target
    is_levels = not accumulates(own)
    if is_levels and target is None and rating:
        target = rating.indicator.target_in_force
    if is_levels and target is None and reading.period.financial_year == own.period.financial_year:
        target = own.annual_target
    return Figure(
        reading.period,
        value if value and _is_alike(value, own) else None,
        target if target and _is_alike(target, own) else None,
        rating,
    )


def _is_alike(amount: Target, own: Indicator) -> bool:
    return (amount.unit is Unit.PERCENT) is (own.unit is Unit.PERCENT)


def periods_of(year: Period, length: int) -> list[Period]:
    """Return the periods of this length that a financial year has, in order."""
    first = year._replace(last=year.first.after(length - 1), length=length)
    return [first.after(number) for number in range(_YEAR // length)]


class Row(NamedTuple):
    """A row of the table of figures: a period, and the texts beside it."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The figures in a table: each year's stand side by side."""

    noun: str
    years: tuple[str, ...]  # one, where the periods themselves are told with their years
    rows: tuple[Row, ...]


def table_of(figures: Figures) -> Table:
    """Return the table of an indicator's figures, this year's beside last year's."""
    noun = figures.own.noun.capitalize()
    if not figures.is_in_years:
        rows = [Row(each.period.label, _texts([each])) for each in figures.since_last_year]
        return Table(noun, (), tuple(rows))
    this = [figures.at(period) for period in periods_of(figures.year, figures.own.length)]
    last = [figures.at(each.period.year_before) for each in this]
    years = [this] if not any(each.value or each.target for each in last) else [last, this]
    rows = [
        Row(short_name(columns[-1].period), _texts(columns))
        for columns in zip(*years, strict=True)
        if any(each.value or each.target for each in columns)
    ]
    labels = tuple(each[0].period.financial_year.label for each in years)
    return Table(noun, labels, tuple(rows))


def _texts(columns: Iterable[Figure]) -> tuple[str, ...]:
    return tuple(
        text
        for each in columns
        for text in (
            each.value.text if each.value else "",
            each.target.text if each.target else "",
        )
    )


def short_name(period: Period) -> str:
    """Return what a period of a financial year is called within it: "April", "Q1"."""
    return NAMES[period.last.number - 1] if period.length == 1 else period.label.split()[0]


def shortest_name(period: Period) -> str:
    """Return it as a chart has room for it: "Apr", "Q1"."""
    return short_name(period)[:3] if period.length == 1 else short_name(period)


def month_name(month: Month) -> str:
    """Return a month's name without its year."""
    return NAMES[month.number - 1]
