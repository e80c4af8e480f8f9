"""Checks of targets and tolerances: missing, changed in kind, or a hundred times as much."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from kpi_cli.amounts import Band, Target, Tolerance
from kpi_cli.checks.base import Data, Finding, IndicatorSeries, is_percent, middle, span
from kpi_cli.history import Reading
from kpi_cli.models import Indicator
from kpi_cli.tolerances import is_annual

_LARGEST_FRACTION = Decimal("0.5")  # 50%, kept as 0.5
_NEXT_TO_NOTHING = 0.005  # of the target
_WHOLE = Decimal(100)
_TOLERANCE_HINT = (
    "Write a percentage with its sign, such as 5%, or a number of the indicator's units."
)


def target_missing(data: Data) -> Iterator[Finding]:
    """An indicator without a target and a green line, or a period without a target in a series.

    Periods are named where there are targets before and after, and the indicator's own where the
    year has had targets before.
    """
    for indicator in data.workbook.indicators:
        if indicator.yardstick is None:
            text = indicator.no_target_text
            said = f': the cell says "{text}"' if text else ""
            yield Finding(
                indicator.place.cell("target"),
                f"{indicator.code} has {_no_target(indicator)}{said}",
                "Give a target, without which there is no rating.",
            )
    for series in data.series:
        yield from _missing_in(series)


def target_changes(data: Data) -> Iterator[Finding]:
    """A target that turns from a number into a band, from a percentage into a number, or back.

    It does so from one period to the next, or between the period's target and the annual one.
    """
    for series in data.series:
        targets = [reading for reading in series.readings if reading.target]
        for earlier, later in pairwise(targets):
            assert earlier.target
            assert later.target
            if _changes(earlier.target, later.target) and not _is_told(series, earlier, later):
                yield Finding(
                    later.place.cell("target"),
                    f"the target of {series.indicator.code} changes from"
                    f" {_kind(earlier.target)}, {earlier.target.text} ({earlier.period.label}), to"
                    f" {_kind(later.target)}, {later.target.text} ({later.period.label})",
                    "Correct it, if it was not meant to change.",
                )
    for indicator in data.workbook.indicators:
        yield from _annual_differs(indicator)


def tolerance_doubtful(data: Data) -> Iterator[Finding]:
    """A tolerance that is next to nothing, such as a bare 0.05, or over 100%, such as 500%.

    They are used as they stand; 5% may be meant, and both readings are shown.
    """
    for indicator in data.workbook.indicators:
        tolerance = indicator.tolerance
        if tolerance and (likely := _likely(indicator, tolerance)):
            text = f"{tolerance.amount:f}{'%' if tolerance.is_percent else ''}"
            counts = "of the target" if tolerance.is_percent else "of its own units"
            yield Finding(
                indicator.place.cell("tolerance"),
                f"the tolerance of {indicator.code} is {text}: it counts as {text} {counts},"
                f" and may mean {likely.normalize():f}%",
                _TOLERANCE_HINT,
            )


def lines_and_tolerance(data: Data) -> Iterator[Finding]:
    """An indicator that has a red line and a tolerance of its own: the line counts."""
    for indicator in data.workbook.indicators:
        if indicator.red_line and indicator.tolerance:
            yield Finding(
                indicator.place.cell("tolerance"),
                f"{indicator.code} has a tolerance of {indicator.tolerance.text}, and a red line of"
                f" {indicator.red_line.named} in {indicator.place.cell('red_line')}, which counts",
                "Leave the one that is meant.",
            )


def red_line_far(data: Data) -> Iterator[Finding]:
    """A red line near nothing, such as 5% beside a target of 80%: it may be a tolerance.

    It is used as it stands.
    """
    for indicator in data.workbook.indicators:
        line, target = indicator.red_line, indicator.target_in_force
        if not line or not target or is_percent(line.amount) is not is_percent(target):
            continue  # of mixed units another check tells
        if 0 < 5 * abs(middle(line.amount)) < abs(middle(target)):
            yield Finding(
                indicator.place.cell("red_line"),
                f"the red line of {indicator.code} is {line.named}, far from the target of"
                f" {target.text}: it counts as the value itself",
                "If it is how far off the target is still amber, name the column Tolerance.",
            )


def _no_target(indicator: Indicator) -> str:
    if is_annual(indicator):
        return "no target for the year"
    return f"neither a {indicator.period.noun}'s target nor an annual one"


def _missing_in(series: IndicatorSeries) -> Iterator[Finding]:
    """Yield the periods without a target between those with one, a line for each run of them.

    At the end only the indicator's own period counts, and only where the year had targets before.
    """
    code = series.indicator.code
    runs = [(has, list(run)) for has, run in groupby(series.readings, lambda e: bool(e.target))]
    for number, (has_target, run) in enumerate(runs):
        valued = [reading for reading in run if reading.value]
        if has_target or number == 0 or not valued:
            continue
        before, annual = runs[number - 1][1][-1], series.indicator.annual_target
        if number < len(runs) - 1:
            message = f"{code} has a value and no target for {_periods(valued)}"
            yield Finding(valued[0].place.cell("target"), message, "Give the target.")
        elif _is_own(series, valued) and annual and _same_year(before, valued[-1]):
            assert before.target
            yield Finding(
                valued[-1].place.cell("target"),
                f"{code} has no target for {valued[-1].period.label}, and had {before.target.text}"
                f" for {before.period.label}: the annual target of {annual.text} counts",
                f"Give the {valued[-1].period.noun}'s target.",
            )


def _annual_differs(indicator: Indicator) -> Iterator[Finding]:
    """Yield that the two targets of a row are unlike, where no other check says it."""
    target, annual = indicator.target, indicator.annual_target
    if not target or not annual:
        return
    is_told = indicator.value is not None and is_percent(target) != is_percent(annual)
    if _changes(target, annual) and not is_told:
        yield Finding(
            indicator.place.cell("target"),
            f"the {indicator.period.noun}'s target of {indicator.code} is {_kind(target)},"
            f" {target.text}, and the annual one {_kind(annual)}, {annual.text}",
            "Correct the one that is wrong.",
        )


def _changes(target: Target, other: Target) -> bool:
    return _kind(target) != _kind(other)


def _kind(target: Target) -> str:
    if isinstance(target, Band):
        return "a band of percentages" if is_percent(target) else "a band"
    return "a percentage" if is_percent(target) else "a number"


def _is_told(series: IndicatorSeries, earlier: Reading, later: Reading) -> bool:
    """Whether another check tells of it: the values change their unit too, or the row mixes two."""
    value, target = later.value, later.target
    if not value or not target or isinstance(earlier.target, Band) != isinstance(target, Band):
        return False
    if later.place is series.indicator.place and is_percent(value) != is_percent(target):
        return True
    before = earlier.value
    return before is not None and is_percent(before) != is_percent(value)


def _is_own(series: IndicatorSeries, readings: Sequence[Reading]) -> bool:
    return readings[-1].place is series.indicator.place


def _same_year(reading: Reading, other: Reading) -> bool:
    return reading.period.financial_year == other.period.financial_year


def _periods(readings: Sequence[Reading]) -> str:
    return span([reading.period for reading in readings])


def _likely(indicator: Indicator, tolerance: Tolerance) -> Decimal | None:
    """Return the percentage that a tolerance may mean; None where it is likely enough."""
    amount, target = tolerance.amount, indicator.annual_target or indicator.target
    if tolerance.is_percent:
        return amount / _WHOLE if amount > _WHOLE else None
    if target is None or not 0 < amount <= _LARGEST_FRACTION:
        return None
    is_next_to_nothing = float(amount) < _NEXT_TO_NOTHING * abs(middle(target))
    return amount * _WHOLE if is_next_to_nothing else None
