"""What changed since the period before: the value, and the expected outcome, as both stood then."""

from decimal import Decimal
from typing import NamedTuple

from kpi_cli.amounts import EXACT, Band, Target, Unit, Value
from kpi_cli.history import Series
from kpi_cli.models import Direction, Indicator, Outcome, Polarity, Rating, Settings
from kpi_cli.rating import outcome_of, shortfall

_RANKED = (Outcome.AT_RISK, Outcome.SLIPPAGE, Outcome.ON_COURSE)  # worst first


class Previous(NamedTuple):
    """An indicator in the period before, and how that compares with what it is now."""

    indicator: Indicator  # as it stood then; its value is never None
    change: Direction  # of the value since then; UNKNOWN where the two can't be compared
    outcome_change: Direction  # of the expected outcome; UNKNOWN where either has no colour
    outcome: Outcome | None = None  # then; None where the history has no target to rate it against

    @property
    def worsened(self) -> bool:
        """Whether the expected outcome is worse than it was."""
        return self.outcome_change is Direction.WORSE


def previous(rating: Rating, settings: Settings) -> Previous | None:
    """Return how an indicator stood in the period just before its own, which is as long.

    None where its history has no value for that period, or none that can be rated: what isn't
    known is no outcome.
    """
    now, past = rating.indicator, rating.series.of_history
    period = now.period.before
    reading = past.by_period.get(period)
    if reading is None or reading.value is None:
        return None
    try:
        then = now.as_it_stood(period, past)
    except ValueError:
        return None
    before = outcome_of(then, settings, Series(then.reading, past))
    is_known = before is not Outcome.NO_TARGET or rating.outcome is Outcome.NO_TARGET
    return Previous(
        then,
        value_change(then, now),
        outcome_change(before, rating.outcome),
        before if is_known else None,
    )


def outcome_change(before: Outcome, after: Outcome) -> Direction:
    """Return whether an expected outcome is better or worse than one before: red, amber, green."""
    if before not in _RANKED or after not in _RANKED:
        return Direction.UNKNOWN
    return _direction(Decimal(_RANKED.index(after) - _RANKED.index(before)))


def value_change(before: Indicator, after: Indicator) -> Direction:
    """Return whether an indicator's value moved to the better from one period to another.

    What accumulates over the year, or may do so, is compared by its share of the target of each
    period, never by its value. Goldilocks: closer to the band of each period is better.
    """
    if before.value is None or after.value is None:
        return Direction.UNKNOWN
    if (before.value.unit is Unit.PERCENT) is not (after.value.unit is Unit.PERCENT):
        return Direction.UNKNOWN
    if accumulates(after):
        return _by_share(before, after, before.value, after.value)
    if after.polarity is not Polarity.GOLDILOCKS:
        gain = after.value.number - before.value.number
        return _direction(gain if after.polarity is Polarity.MAXIMISE else -gain)
    then, now = before.yardstick, after.yardstick
    if then is None or now is None:
        return Direction.UNKNOWN
    missed = shortfall(before.value, then, before.polarity)
    return _direction(missed - shortfall(after.value, now, after.polarity))


def accumulates(indicator: Indicator) -> bool:
    """Whether the value of the period before is no comparison, as a new one comes on top of it."""
    return is_cumulative(indicator) or indicator.adds_up


def is_cumulative(indicator: Indicator) -> bool:
    """Whether an indicator's name says that its value is of the year so far."""
    return "cumulative" in (indicator.reporting_basis or "").casefold()


def _by_share(before: Indicator, after: Indicator, then: Value, now: Value) -> Direction:
    targets = _target_so_far(before), _target_so_far(after)
    if targets[0] is None or targets[1] is None:
        return Direction.UNKNOWN
    scales = _scale(targets[0]), _scale(targets[1])
    missed = (
        shortfall(then, targets[0], before.polarity),
        shortfall(now, targets[1], after.polarity),
    )
    if all(scales):  # how far they miss their targets, as shares of these
        crosswise = EXACT.multiply(missed[0], scales[1]), EXACT.multiply(missed[1], scales[0])
        return _direction(EXACT.subtract(*crosswise))
    is_one_year = before.period.financial_year == after.period.financial_year
    return _direction(missed[0] - missed[1]) if is_one_year else Direction.UNKNOWN


def _target_so_far(indicator: Indicator) -> Target | None:
    """Return the target for the year up to the period's end.

    The annual one is no measure of a count before the year is over: of that the share only grows.
    """
    if indicator.adds_up and indicator.period.length < 12:
        return indicator.target
    return indicator.target_in_force


def _scale(target: Target) -> Decimal:
    return (target.midpoint if isinstance(target, Band) else target.number).copy_abs()


def _direction(gain: Decimal) -> Direction:
    if gain == 0:
        return Direction.SAME
    return Direction.BETTER if gain > 0 else Direction.WORSE


def was_text(previous: Previous) -> str:
    """Return what the outcome was, for readers: "was On course in December 2018".

    Where the history has no target for it that is said, for what isn't known is no outcome.
    """
    label = previous.indicator.period.label
    if previous.outcome is None:
        return f"the history has no target for {label}"
    return f"was {previous.outcome.short_label} in {label}"


def change_reason(previous: Previous) -> str:
    """Return what the value is compared with: "1.94% in December 2018".

    Of what accumulates it is the value and its target: "570 of 546 in December 2018".
    """
    then = previous.indicator
    return f"{figures_text(then)} in {then.period.label}"


def figures_text(indicator: Indicator) -> str:
    """Return an indicator's value, or what stands in its place; of a count "570 of 546"."""
    value = indicator.value_text or "no value"
    target = _target_so_far(indicator)
    if indicator.value is None or target is None or not accumulates(indicator):
        return value
    return f"{value} of {target.text}"
