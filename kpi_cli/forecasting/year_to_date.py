"""What is known of a financial year while it runs: its figures by their number, and those before.

Periods are numbered: 1 is the first of the year that is looked at, 0 the last of the year before.
Figures are exact fractions in display units (67.5 for 67.5%); of a band the midpoint counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from kpi_cli.amounts import Band, Target, Unit, Value
from kpi_cli.history import Reading, Series
from kpi_cli.models import Indicator
from kpi_cli.periods import Period

YEAR = 12  # months


@dataclass(frozen=True)
class YearToDate:
    """A financial year as it was known in one of its periods; nothing of later is in it."""

    readings: Mapping[int, Reading]  # by the period's number; those with a value or a target
    annual: Fraction | None  # the annual target
    final: Fraction | None  # the target of the period that is forecast; the annual one at year end
    length: int  # periods in a year: 12 months, 4 quarters, 2 halves
    now: int  # the last period that has a value
    end: int  # the period that is forecast

    @property
    def left(self) -> int:
        """How many periods are still to come up to the one that is forecast."""
        return self.end - self.now

    @property
    def quarter(self) -> Fraction:
        """A quarter of a year, in periods: 3 months, 1 quarter, half a half-year."""
        return Fraction(self.length, 4)

    @property
    def step(self) -> int:
        """How many periods the pace is taken over: 3 months, else one period."""
        return max(1, self.length // 4)

    @property
    def noun(self) -> str:
        """What one of the periods is called: "month"."""
        return self.latest.period.noun

    @property
    def latest(self) -> Reading:
        """The reading of the last period that has a value."""
        return self.readings[self.now]

    @cached_property
    def values(self) -> Mapping[int, Fraction]:
        """The values of all years by their numbers, in the order of time."""
        return {number: Fraction(value) for number, value in self.decimals.items()}

    @cached_property
    def decimals(self) -> Mapping[int, Decimal]:
        """The values of all years as the workbook has them: where no fraction of one is needed."""
        return {
            number: reading.value.number
            for number, reading in sorted(self.readings.items())
            if reading.value
        }

    @cached_property
    def this_year(self) -> Mapping[int, Fraction]:
        """This year's values by their numbers."""
        return self._values_of_year(0)

    @cached_property
    def last_year(self) -> Mapping[int, Fraction]:
        """Last year's values, numbered from 1."""
        return self._values_of_year(1)

    @cached_property
    def targets(self) -> Mapping[int, Fraction]:
        """The own targets of this year's periods by their numbers, in the order of time."""
        return self._targets_of_year(0)

    @cached_property
    def last_targets(self) -> Mapping[int, Fraction]:
        """The own targets of last year's periods, numbered from 1."""
        return self._targets_of_year(1)

    def _values_of_year(self, years_ago: int) -> Mapping[int, Fraction]:
        of_year = self._readings_of_year(years_ago)
        return {n: amount_of(reading.value) for n, reading in of_year if reading.value}

    def _targets_of_year(self, years_ago: int) -> Mapping[int, Fraction]:
        of_year = [(n, r.target) for n, r in self._readings_of_year(years_ago) if r.target]
        amounts = {id(t): amount_of(t) for t in {id(t): t for _, t in of_year}.values()}
        return {number: amounts[id(target)] for number, target in of_year}

    def _readings_of_year(self, years_ago: int) -> Iterator[tuple[int, Reading]]:
        """Yield a year's readings in the order of time, numbered from 1 in that year."""
        back = years_ago * self.length
        for number in range(1, self.length + 1):
            if reading := self.readings.get(number - back):
                yield number, reading

    def falls(self, after: int) -> Iterator[tuple[Reading, Reading]]:
        """Yield what a value fell from and to, for each fall to a period after this number."""
        for before, number in pairwise(self.decimals):
            if number > after and self.decimals[number] < self.decimals[before]:
                yield self.readings[before], self.readings[number]

    @property
    def ceiling(self) -> int | None:
        """The 100 that percentages end at; None for others, and where one has been above it."""
        is_percent = self.latest.value is not None and self.latest.value.unit is Unit.PERCENT
        return 100 if is_percent and max(self.decimals.values()) <= 100 else None

    @property
    def floor(self) -> int | None:
        """The 0 that figures end at; None where one has been below it."""
        return 0 if min(self.decimals.values()) >= 0 else None


@dataclass(frozen=True)
class Figures:
    """An indicator's figures up to its own period, in periods as long as its own."""

    year: Period  # the financial year that its own period is in
    readings: Mapping[int, Reading]  # by number; 1 is the first period of that year
    annual: Target | None  # that year's target
    length: int  # periods in a year
    other_units: Sequence[Reading] = ()  # whose values aren't used
    other_targets: Sequence[Reading] = ()  # whose targets aren't used

    @property
    def now(self) -> int | None:
        """The number of the last period with a value; None where this year has none."""
        numbers = range(self.length, 0, -1)
        return next((n for n in numbers if n in self.readings and self.readings[n].value), None)

    @property
    def years(self) -> list[int]:
        """How many years ago each of the years is that has a value, the earliest first."""
        numbers = [number for number, reading in self.readings.items() if reading.value]
        return sorted({-((number - 1) // self.length) for number in numbers}, reverse=True)

    def known_in(self, now: int, end: int, years_ago: int = 0) -> YearToDate:
        """Return what was known in a period of a year, of which another period is forecast.

        Both are numbers within that year. The annual target of a past year is its last period's,
        for that is all that a history says of it. The target of the period that is forecast is
        known beforehand: targets are set before the year begins.
        """
        back = years_ago * self.length
        annual = self._annual(years_ago)
        forecast = self.readings.get(end - back)
        final = amount_of(forecast.target) if forecast and forecast.target else None
        return YearToDate(
            readings={n + back: r for n, r in self.readings.items() if n + back <= now},
            annual=annual,
            final=annual if end == self.length else final,
            length=self.length,
            now=now,
            end=end,
        )

    def _annual(self, years_ago: int) -> Fraction | None:
        if not years_ago:
            return amount_of(self.annual) if self.annual else None
        last = self.readings.get((1 - years_ago) * self.length)
        return amount_of(last.target) if last and last.target else None


def figures_of(indicator: Indicator, series: Series) -> Figures:
    """Return an indicator's figures, without those after its own period.

    Left out are periods of another length, those that are none of the financial year's quarters
    or halves, and amounts in another unit than the last value's: percentages among numbers, or
    another currency.
    """
    own = indicator.period
    year = own.financial_year
    start = year.first.ordinal - 1
    alike = series.up_to(own)
    if own.length > 1:  # any month is a month of the year
        alike = [reading for reading in alike if is_part_of_year(reading.period)]
    look = next((reading.value for reading in reversed(alike) if reading.value), None)
    numbered = {(each.period.last.ordinal - start) // own.length: each for each in alike}
    other_units = _others({n: each.value for n, each in numbered.items() if each.value}, look)
    other_targets = _others({n: each.target for n, each in numbered.items() if each.target}, look)
    readings = dict(numbered)
    for number in other_units:
        readings[number] = readings[number]._replace(value=None)
    for number in other_targets:
        readings[number] = readings[number]._replace(target=None)
    annual = indicator.annual_target
    return Figures(
        year=year,
        readings=readings,
        annual=annual if _is_alike(annual, look) else None,
        length=YEAR // own.length,
        other_units=[numbered[number] for number in other_units],
        other_targets=[numbered[number] for number in other_targets],
    )


def is_part_of_year(period: Period) -> bool:
    """Whether a period is a month, quarter, half or year of the financial year, and no other."""
    return (period.last.number + 1 - period.year_starts) % period.length == 0


def amount_of(target: Target) -> Fraction:
    """Return a target as one exact number in display units: of a band the midpoint."""
    return Fraction(target.midpoint if isinstance(target, Band) else target.number)


def _others(amounts: Mapping[int, Target], look: Value | None) -> list[int]:
    """Return the numbers of the amounts that can't be compared with one."""
    units = [amount.unit for amount in amounts.values()]
    if look is None or (look.unit is not Unit.CURRENCY and units.count(look.unit) == len(units)):
        return []  # as mostly
    return [number for number, amount in amounts.items() if not _is_alike(amount, look)]


def _is_alike(amount: Target | None, look: Value | None) -> bool:
    """Whether two amounts can be compared; a number may stand for pounds, but not for percent."""
    if amount is None or look is None:
        return True
    one = amount.high if isinstance(amount, Band) else amount
    if (one.unit is Unit.PERCENT) is not (look.unit is Unit.PERCENT):
        return False
    return one.symbol == look.symbol or not (one.symbol and look.symbol)
