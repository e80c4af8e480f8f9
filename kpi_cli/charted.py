"""What of an indicator a control chart is of: its values, or the amounts that a total grows by.

Points of a chart have to be figures of one period each. Values of a snapshot are; a total that
accumulates over the year grows by one amount a period; of a cumulative percentage nobody can say.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby, pairwise
from operator import sub

from kpi_cli.amounts import EXACT, Band, Target, Unit, Value, decimal_places, ends
from kpi_cli.history import Reading, Series
from kpi_cli.models import Indicator
from kpi_cli.periods import Period
from kpi_cli.terms import Charted

PER = {1: "monthly", 3: "quarterly", 6: "half-yearly", 12: "yearly"}
"""What figures of periods of so many months are called."""

_ROUNDED = Context(prec=60)
_MONTHS = 12
_WHOLE = Fraction(1)


@dataclass(frozen=True)
class Figures:
    """What is charted, a value a period in the order of time; or why nothing is.

    The target is for one period of what is charted, its ends exact where it is rounded.
    """

    charted: Charted
    values: dict[Period, Value]
    known: int  # periods that the workbook has a value for
    target: Target | None = None
    target_ends: tuple[Fraction, Fraction] | None = None
    notes: tuple[str, ...] = ()
    reason: str | None = None  # why there is nothing to chart
    step: int | None = None  # months from one period to the next, where that is known

    @cached_property
    def missing(self) -> tuple[Period, ...]:
        """The periods without a figure between those that have one; overlapping ones are closer."""
        step, periods = self.step or _spacing(self.values), list(self.values)
        if not periods or periods[-1].last.months_after(periods[0].last) < step * len(periods):
            return ()
        return tuple(
            before._replace(last=before.last.after(step * number))
            for before, after in pairwise(self.values)
            for number in range(1, after.last.months_after(before.last) // step)
        )


def figures_of(indicator: Indicator, series: Series) -> Figures:
    """Return what of an indicator is charted, up to its own period, and the target for that.

    Snapshots and rolling figures are charted as they are, against the target in force; totals as
    the amounts that they grow by, against the annual target's share of one period. What names no
    basis is taken as it is.
    """
    readings = series.up_to(indicator.period)
    values = {reading.period: reading.value for reading in readings if reading.value}
    basis, length = (indicator.reporting_basis or "").casefold(), indicator.period.length
    is_to_date = "cumulative" in basis or basis in ("ytd", "year to date")
    if is_to_date and length < _MONTHS:  # of a whole year the figure to date is the year's own
        return _amounts(indicator, readings, values)
    notes = []
    step = _spacing(values)
    if "rolling" in basis or step < length:
        notes.append("rolling figures overlap, so this chart signals too often")
    if not basis and _grows(values):
        notes.append(
            "the figures only grow within a year: where they are totals to date, name them"
            f" [Cumulative YTD], and their {PER[length]} amounts are charted"
        )
    figures = Figures(
        Charted.VALUE,
        values,
        len(values),
        notes=tuple(notes),
        reason=_mixed_units(values),
        step=step,
    )
    return _against(figures, indicator.target_in_force)


def _against(figures: Figures, target: Target | None, share: Fraction = _WHOLE) -> Figures:
    """Return figures with a target, or with this share of it, where their unit is the same."""
    latest = next(reversed(figures.values.values()), None)
    if target is None or latest is None:
        return figures
    if (target.unit is Unit.PERCENT) is not (latest.unit is Unit.PERCENT):
        note = f"the target of {target.text} has another unit than the figures, and is not used"
        return replace(figures, notes=(*figures.notes, note))
    low, high = (Fraction(end) for end in ends(target))
    if share != _WHOLE:
        low, high = low * share, high * share
    return replace(figures, target=_share_of(target, share), target_ends=(low, high))


def _share_of(target: Target, share: Fraction) -> Target:
    """Return a share of a target as it is shown, with one decimal more than it where needed."""
    if isinstance(target, Band):
        low, high = _share_of_value(target.low, share), _share_of_value(target.high, share)
        return Band(low=low, high=high)
    return _share_of_value(target, share)


def _share_of_value(value: Value, share: Fraction) -> Value:
    if share == _WHOLE:
        return value
    whole = EXACT.multiply(value.number, Decimal(share.numerator))
    number = _ROUNDED.divide(whole, Decimal(share.denominator))
    decimals = value.decimals + (decimal_places(number) > value.decimals)
    return replace(value, number=number, decimals=decimals, written="", note="")


def _spacing(periods: Iterable[Period]) -> int:
    """Return how many months there are from one period to the next; fewer where they overlap."""
    known = list(periods)
    ends = [period.last.ordinal for period in known]
    return min([known[-1].length, *map(sub, ends[1:], ends)]) if known else _MONTHS


def _amounts(
    indicator: Indicator, readings: Sequence[Reading], values: Mapping[Period, Value]
) -> Figures:
    """Return the amounts of a total; a period whose predecessor isn't known has none."""
    goes_on = _goes_on(indicator, readings, values)
    reason = (
        _mixed_units(values)
        or _no_amounts(indicator, readings, values)
        or _fall(values, across_years=goes_on)
    )
    if reason:
        return Figures(Charted.AMOUNT, {}, known=len(values), reason=reason)
    amounts: dict[Period, Value] = {}
    for period, value in values.items():
        before = values.get(period.before)
        if _is_first_of_year(period) and not goes_on:
            amounts[period] = replace(value, written="", note="")
        elif before:
            number = EXACT.subtract(value.number, before.number)
            decimals = max(value.decimals, before.decimals)
            amounts[period] = replace(value, number=number, decimals=decimals, written="", note="")
    figures = Figures(Charted.AMOUNT, amounts, len(values))
    return _against_annual(figures, indicator, goes_on=goes_on)


def _against_annual(figures: Figures, indicator: Indicator, *, goes_on: bool) -> Figures:
    """Return amounts with the annual target's share of a period, where it has one."""
    annual, per = _annual_target(indicator), PER[indicator.period.length]
    if goes_on and annual:
        note = f"the total goes on from year to year, so its annual target has no {per} share"
        return replace(figures, notes=(note,))
    if indicator.annual_target and not annual:
        note = f"the annual target is not known, only that of the {indicator.period.noun}"
        return replace(figures, notes=(note,))
    return _against(figures, annual, Fraction(indicator.period.length, _MONTHS))


def _mixed_units(values: Mapping[Period, Value]) -> str | None:
    """Return that percentages and numbers are mixed, and where they first are."""
    units = [value.unit for value in values.values()]
    if units.count(Unit.PERCENT) in (0, len(units)):
        return None
    for (before, earlier), (after, later) in pairwise(values.items()):
        if (earlier.unit is Unit.PERCENT) is not (later.unit is Unit.PERCENT):
            return (
                f"percentages and numbers don't make one chart: {earlier.text} in {before.label},"
                f" {later.text} in {after.label}"
            )
    return None


def _no_amounts(
    indicator: Indicator, readings: Sequence[Reading], values: Mapping[Period, Value]
) -> str | None:
    """Return why what accumulates has no amounts: it is a percentage, or another rate."""
    per = PER[indicator.period.length]
    first = next(iter(values.values()), None)
    if (first.unit if first else indicator.unit) is Unit.PERCENT:
        return f"a cumulative percentage has no {per} figure"
    if _is_rate(indicator, readings):
        return (
            f"the target is the annual one all year, as a rate's is, and a cumulative rate has no"
            f" {per} figure"
        )
    return None


def _is_rate(indicator: Indicator, readings: Sequence[Reading]) -> bool:
    """Whether targets are the annual one all year, in every year that tells.

    The year's last period can't tell, nor can a target of zero, which a count has all year too.
    """
    flat = []
    for year, group in _years(readings):
        targets = {each.period: ends(each.target) for each in group if each.target}
        at_end = [target for period, target in targets.items() if period.last == year.last]
        during = [target for period, target in targets.items() if period.last != year.last]
        if indicator.annual_target and year == indicator.period.financial_year:
            at_end = [ends(indicator.annual_target)]
        told = during + at_end
        if during and at_end and any(map(any, told)):
            flat.append(len(set(told)) == 1)
    return bool(flat) and all(flat)


def _goes_on(
    indicator: Indicator, readings: Sequence[Reading], values: Mapping[Period, Value]
) -> bool:
    """Whether a total doesn't start again each year, as its targets tell.

    Without them, the first value of a year is then no less than the last of the year before. One
    that is less than half of it does start again, whatever targets tell.
    """
    starts = [
        (value.number, values[period.before].number)
        for period, value in values.items()
        if _is_first_of_year(period) and period.before in values
    ]
    told = _targets_go_on(indicator, readings)
    if told is None:
        return bool(starts) and starts[-1][0] >= starts[-1][1]
    return told and not any(first < last / 2 for first, last in starts)


def _targets_go_on(indicator: Indicator, readings: Sequence[Reading]) -> bool | None:
    """Whether the latest year whose targets tell begins with much of the annual target.

    That is more than a third of it after one month; after a quarter, more than half. All of it
    tells nothing, as the annual target may stand there all year.
    """
    for year, group in reversed(_years(readings)):
        is_own = year == indicator.period.financial_year
        at_end = (each.target for each in group if each.period.last == year.last)
        annual = _annual_target(indicator) if is_own else next(at_end, None)
        first, gone = next(
            ((each.target, _months_gone(each.period)) for each in group if each.target), (None, 0)
        )
        if annual and first and first.measure != annual.measure and gone <= _MONTHS / 2:
            share = Fraction(gone + 3, _MONTHS)
            return abs(Fraction(ends(first)[1])) > abs(Fraction(ends(annual)[1])) * share
    return None


def _annual_target(indicator: Indicator) -> Target | None:
    """Return the annual target: the period's own target is, at the end of the year.

    Before that, one that is equal to the period's own only stands in for one that isn't known,
    unless it is zero: a target to date of a total has still to grow.
    """
    annual, own = indicator.annual_target, indicator.target
    if indicator.period.last == indicator.period.financial_year.last:
        return annual or own
    is_own = annual is not None and own is not None and annual.measure == own.measure
    return None if annual and is_own and any(ends(annual)) else annual


def _fall(values: Mapping[Period, Value], *, across_years: bool) -> str | None:
    """Return where a total falls, which no count does that only adds up."""
    for (before, earlier), (after, later) in pairwise(values.items()):
        is_one_total = across_years or before.financial_year == after.financial_year
        if is_one_total and later.number < earlier.number:
            return (
                f"it falls from {earlier.text} to {later.text} in {after.label},"
                " so it is no running count"
            )
    return None


def _grows(values: Mapping[Period, Value]) -> bool:
    """Whether values only grow within a year, and are less again when the next one starts."""
    steps = [
        (before.financial_year == after.financial_year, later.number > earlier.number)
        for (before, earlier), (after, later) in pairwise(values.items())
    ]
    return set(steps) == {(True, True), (False, False)}


def _years(readings: Sequence[Reading]) -> list[tuple[Period, list[Reading]]]:
    """Return the readings of each financial year, in the order of time."""
    groups = groupby(readings, key=lambda reading: reading.period.financial_year)
    return [(year, list(group)) for year, group in groups]


def _is_first_of_year(period: Period) -> bool:
    return _months_gone(period) <= period.length


def _months_gone(period: Period) -> int:
    """Return how many months of the financial year have gone at a period's end: 1 to 12."""
    return _MONTHS - period.financial_year.last.months_after(period.last)
