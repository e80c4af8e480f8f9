"""XmR arithmetic: from numbers in the order of time to limits, and to the rule each point breaks.

It agrees with the R package NHSRplotthedots 0.2.2, which the NHS uses. Everything is exact: with
binary fractions, points that are exactly on the mean or on a limit fall to either side of it.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from kpi_cli.terms import Assurance, Polarity, Rule, Variation

FEWEST_FIXED = 12
"""The fewest points that limits may be fixed after."""

_TO_LIMIT = Fraction("2.66")  # average moving ranges from the mean to a limit: three sigma
_TO_NEAR_LIMIT = _TO_LIMIT * 2 / 3  # two sigma
_SCREEN = Fraction("3.267")  # a moving range of so many average ones says nothing of the usual
_RUN = 7  # points of a trend, and of a run on one side of the mean

_UP: dict[Polarity, Variation] = {
    Polarity.MAXIMISE: Variation.IMPROVEMENT,
    Polarity.MINIMISE: Variation.CONCERN,
    Polarity.GOLDILOCKS: Variation.HIGH,
}
_DOWN: dict[Polarity, Variation] = {
    Polarity.MAXIMISE: Variation.CONCERN,
    Polarity.MINIMISE: Variation.IMPROVEMENT,
    Polarity.GOLDILOCKS: Variation.LOW,
}


@dataclass(frozen=True)
class Limits:
    """The mean of a stretch of points, and how far its points usually are from it.

    Without an average moving range, where no two points differ, there are no limits.
    """

    mean: Fraction
    average_moving_range: Fraction | None

    @cached_property
    def lower(self) -> Fraction | None:
        """The lower limit, which may be below zero."""
        return self._at(-_TO_LIMIT)

    @cached_property
    def upper(self) -> Fraction | None:
        """The upper limit, which may be over 100%."""
        return self._at(_TO_LIMIT)

    @cached_property
    def near_lower(self) -> Fraction | None:
        """Below it, a point is close to the lower limit."""
        return self._at(-_TO_NEAR_LIMIT)

    @cached_property
    def near_upper(self) -> Fraction | None:
        """Above it, a point is close to the upper limit."""
        return self._at(_TO_NEAR_LIMIT)

    def is_outside(self, number: Fraction) -> bool:
        """Whether a number is outside the limits; on a limit is inside."""
        return _is_beyond(number, self.lower, self.upper)

    def is_close(self, number: Fraction) -> bool:
        """Whether a number is close to a limit: what is outside is not close."""
        return not self.is_outside(number) and _is_beyond(number, self.near_lower, self.near_upper)

    def side(self, number: Fraction) -> int:
        """Return 1 for a number above the mean, -1 for one below, 0 for one exactly on it."""
        return _sign(number - self.mean)

    def _at(self, ranges: Fraction) -> Fraction | None:
        average = self.average_moving_range
        return None if average is None else self.mean + ranges * average


class Signal(NamedTuple):
    """The first rule that holds of a point, and its way: 1 for up, -1 for down."""

    rule: Rule
    way: int

    def means(self, polarity: Polarity) -> Variation:
        """Return whether the signal is good news; Goldilocks doesn't say."""
        return (_UP if self.way > 0 else _DOWN)[polarity]


@dataclass(frozen=True, slots=True)
class Judged:
    """A number with the facts that the rules are made of; what they mean is the signal."""

    number: Fraction
    limits: Limits
    is_outside: bool
    is_close: bool
    side: int  # of the mean: 1 above, -1 below, 0 exactly on it
    in_trend: bool
    in_two_of_three: bool
    in_one_side: bool
    signal: Signal | None


def judge(
    numbers: Sequence[Fraction],
    *,
    rebase: Collection[int] = (),
    fix_after: int | None = None,
    screen: bool = True,
) -> list[Judged]:
    """Return numbers in the order of time as the points of a control chart.

    At each position of `rebase` limits and runs begin anew. With `fix_after` the first so many
    points of a stretch make the limits for all of it: a ValueError for fewer than 12. Screening
    leaves out moving ranges that are unusually large, once.
    """
    if fix_after is not None and fix_after < FEWEST_FIXED:
        raise ValueError(f"limits can be fixed after {FEWEST_FIXED} points or more")
    starts = sorted({0, *rebase, len(numbers)})
    stretches = (numbers[start:end] for start, end in pairwise(starts))
    return [
        point
        for stretch in stretches
        for point in _judge_stretch(stretch, limits_of(stretch[:fix_after], screen=screen))
    ]


def limits_of(numbers: Sequence[Fraction], *, screen: bool = True) -> Limits:
    """Return the limits that numbers in the order of time make."""
    ranges = [abs(after - before) for before, after in pairwise(numbers)]
    average = _mean(ranges)
    if screen and average is not None:
        # Strictly less: of equal numbers no range stays, as each is 0 and so is the cut.
        average = _mean([each for each in ranges if each < _SCREEN * average])
    return Limits(sum(numbers, Fraction(0)) / len(numbers), average)


def assurance_of(limits: Limits, low: Fraction, high: Fraction, polarity: Polarity) -> Assurance:
    """Return whether a target is met as figures vary: its ends against the limits, strictly.

    Maximise: at least the low end; minimise: at most the high end. Goldilocks, which the R package
    says nothing of, is both: either that fails is enough to fail, and passing needs both.
    """
    lower, upper = limits.lower, limits.upper
    if lower is None or upper is None:
        return Assurance.HIT_AND_MISS
    verdicts = set()
    if polarity is not Polarity.MINIMISE:
        verdicts.add(_verdict(is_met=low < lower, is_missed=low > upper))
    if polarity is not Polarity.MAXIMISE:
        verdicts.add(_verdict(is_met=high > upper, is_missed=high < lower))
    if Assurance.FAILS in verdicts:
        return Assurance.FAILS
    return verdicts.pop() if len(verdicts) == 1 else Assurance.HIT_AND_MISS


def _verdict(*, is_met: bool, is_missed: bool) -> Assurance:
    if is_met:
        return Assurance.PASSES
    return Assurance.FAILS if is_missed else Assurance.HIT_AND_MISS


def icon_of(variation: Variation, polarity: Polarity) -> str:
    """Return the name of the package's icon: "concern_high".

    High or low is the polarity's, not the rule's: a concern is low where more is better.
    """
    name = variation.key.removeprefix("special_cause_")
    if variation not in (Variation.IMPROVEMENT, Variation.CONCERN):
        return name
    return f"{name}_{'high' if _UP[polarity] is variation else 'low'}"


def _judge_stretch(numbers: Sequence[Fraction], limits: Limits) -> list[Judged]:
    steps = [0, *(_sign(after - before) for before, after in pairwise(numbers))]
    sides = [limits.side(number) for number in numbers]
    outside = [limits.is_outside(number) for number in numbers]
    close = [limits.is_close(number) for number in numbers]
    in_trend = _in_windows(len(numbers), _RUN, lambda window: _are_alike(steps[window][1:]))
    in_run = _in_windows(len(numbers), _RUN, lambda window: _are_alike(sides[window]))
    near = _in_windows(
        len(numbers), 3, lambda window: _are_alike(sides[window]) and sum(close[window]) >= 2
    )
    points = []
    for i, number in enumerate(numbers):
        holding: dict[Rule, tuple[bool, int]] = {  # in the order in which they count
            Rule.OUTSIDE: (outside[i], sides[i]),
            # A point between two trends is as the step to the next one is: the package's way.
            Rule.TREND: (i in in_trend, steps[i + 1] if i + 1 in in_trend else steps[i]),
            Rule.TWO_OF_THREE: (i in near and close[i], sides[i]),
            Rule.ONE_SIDE: (i in in_run, sides[i]),
        }
        signals = (Signal(rule, way or -1) for rule, (holds, way) in holding.items() if holds)
        points.append(
            Judged(
                number=number,
                limits=limits,
                is_outside=outside[i],
                is_close=close[i],
                side=sides[i],
                in_trend=i in in_trend,
                in_two_of_three=holding[Rule.TWO_OF_THREE][0],
                in_one_side=i in in_run,
                signal=next(signals, None),
            )
        )
    return points


def _in_windows(count: int, size: int, holds: Callable[[slice], bool]) -> set[int]:
    """Return the positions of all points of the windows of this size of which something holds."""
    starts = range(count - size + 1)
    windows = (range(start, start + size) for start in starts if holds(slice(start, start + size)))
    return {position for window in windows for position in window}


def _are_alike(signs: Sequence[int]) -> bool:
    """Whether all signs are the same, and none is 0."""
    return signs[0] != 0 and len(set(signs)) == 1


def _is_beyond(number: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    return low is not None and high is not None and not low <= number <= high


def _mean(numbers: Sequence[Fraction]) -> Fraction | None:
    return sum(numbers, Fraction(0)) / len(numbers) if numbers else None


def _sign(number: Fraction) -> int:
    return (number > 0) - (number < 0)
