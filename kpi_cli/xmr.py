"""XmR arithmetic: from numbers in the order of time to limits, and to the rule each point breaks.

It agrees with the R package NHSRplotthedots 0.2.2, which the NHS uses. Everything is exact: with
binary fractions, points that are exactly on the mean or on a limit fall to either side of it.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple, TypeVar, overload

from kpi_cli.amounts import in_parts
from kpi_cli.terms import Assurance, Polarity, Rule, Variation

FEWEST_FIXED = 12
"""The fewest points that limits may be fixed after."""

_TO_LIMIT = Fraction("2.66")  # average moving ranges from the mean to a limit: three sigma
_TO_NEAR_LIMIT = _TO_LIMIT * 2 / 3  # two sigma
_SCREEN = Fraction("3.267")  # a moving range of so many average ones says nothing of the usual
_RUN = 7  # points of a trend, and of a run on one side of the mean
_IN_ORDER = (Rule.OUTSIDE, Rule.TREND, Rule.TWO_OF_THREE, Rule.ONE_SIDE)  # in which they count

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


Number = Fraction | Decimal
"""A number of a chart, exact either way."""

_Item = TypeVar("_Item")


class Made(Sequence[_Item]):
    """Items that are made when they are looked at: of most charts only the latest point is."""

    def __init__(self, count: int, make: Callable[[int], _Item]) -> None:
        self._count, self._make = count, make
        self._made: dict[int, _Item] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> _Item: ...

    @overload
    def __getitem__(self, at: slice) -> list[_Item]: ...

    def __getitem__(self, at: int | slice) -> _Item | list[_Item]:
        if isinstance(at, slice):
            return [self[each] for each in range(self._count)[at]]
        number = range(self._count)[at]
        if number not in self._made:
            self._made[number] = self._make(number)
        return self._made[number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)


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
        return _outside_and_close([number.numerator], number.denominator, self)[0][0]

    def is_close(self, number: Fraction) -> bool:
        """Whether a number is close to a limit: what is outside is not close."""
        return _outside_and_close([number.numerator], number.denominator, self)[1][0]

    def inside(self, ranges: Fraction, size: int) -> tuple[int, int] | None:
        """Return the first and the last whole number of parts within so many average ranges.

        There are so many parts to 1. None where there are no limits.
        """
        if self.average_moving_range is None:
            return None
        middle, reach, whole = self._in_whole(ranges, self.average_moving_range)
        return -((reach - middle) * size // whole), (middle + reach) * size // whole

    def _at(self, ranges: Fraction) -> Fraction | None:
        if self.average_moving_range is None:
            return None
        middle, reach, whole = self._in_whole(ranges, self.average_moving_range)
        return Fraction(middle + reach, whole)

    def _in_whole(self, ranges: Fraction, average: Fraction) -> tuple[int, int, int]:
        """Return the mean and so many ranges as whole numbers, and how many of these are 1."""
        mean, parts = self.mean.as_integer_ratio()
        reach, of = average.as_integer_ratio()
        more = ranges.denominator
        return mean * of * more, reach * parts * ranges.numerator, parts * of * more


class Signal(NamedTuple):
    """The first rule that holds of a point, and its way: 1 for up, -1 for down."""

    rule: Rule
    way: int

    def means(self, polarity: Polarity) -> Variation:
        """Return whether the signal is good news; Goldilocks doesn't say."""
        return (_UP if self.way > 0 else _DOWN)[polarity]


class Judged(NamedTuple):
    """A number with the facts that the rules are made of; what they mean is the signal."""

    number: Number
    limits: Limits
    is_outside: bool
    is_close: bool
    side: int  # of the mean: 1 above, -1 below, 0 exactly on it
    in_trend: bool
    in_two_of_three: bool
    in_one_side: bool
    signal: Signal | None


def judge(
    numbers: Sequence[Number],
    *,
    rebase: Collection[int] = (),
    fix_after: int | None = None,
    screen: bool = True,
) -> Sequence[Judged]:
    """Return numbers in the order of time as the points of a control chart.

    At each position of `rebase` limits and runs begin anew. With `fix_after` the first so many
    points of a stretch make the limits for all of it: a ValueError for fewer than 12. Screening
    leaves out moving ranges that are unusually large, once.
    """
    if fix_after is not None and fix_after < FEWEST_FIXED:
        raise ValueError(f"limits can be fixed after {FEWEST_FIXED} points or more")
    if numbers and not rebase:
        return _judge_stretch(numbers, fix_after, screen=screen)
    starts = sorted({0, *rebase, len(numbers)})
    stretches = (numbers[start:end] for start, end in pairwise(starts))
    return [
        point
        for stretch in stretches
        for point in _judge_stretch(stretch, fix_after, screen=screen)
    ]


def limits_of(numbers: Sequence[Number], *, screen: bool = True) -> Limits:
    """Return the limits that numbers in the order of time make."""
    return _limits_of(*in_parts(numbers), screen=screen)


def _limits_of(parts: Sequence[int], size: int, *, screen: bool) -> Limits:
    ranges = [abs(after - before) for before, after in pairwise(parts)]
    if screen and ranges:
        # Strictly less: of equal numbers no range stays, as each is 0 and so is the cut.
        cut = ceil(_SCREEN * sum(ranges) / len(ranges))
        ranges = [each for each in ranges if each < cut]
    average = Fraction(sum(ranges), len(ranges) * size) if ranges else None
    return Limits(Fraction(sum(parts), len(parts) * size), average)


def assurance_of(limits: Limits, low: Fraction, high: Fraction, polarity: Polarity) -> Assurance:
    """Return whether a target is met as figures vary: its ends against the limits, strictly.

    Maximise: at least the low end; minimise: at most the high end. Goldilocks, which the R package
    says nothing of, is both: either that fails is enough to fail, and passing needs both.
    """
    lower, upper = limits.lower, limits.upper
    if lower is None or upper is None:
        return Assurance.HIT_AND_MISS
    verdicts = []
    if polarity is not Polarity.MINIMISE:
        verdicts.append(_verdict(is_met=low < lower, is_missed=low > upper))
    if polarity is not Polarity.MAXIMISE:
        verdicts.append(_verdict(is_met=high > upper, is_missed=high < lower))
    if Assurance.FAILS in verdicts:
        return Assurance.FAILS
    return verdicts[0] if verdicts[0] is verdicts[-1] else Assurance.HIT_AND_MISS


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


def _judge_stretch(
    numbers: Sequence[Number], fix_after: int | None, *, screen: bool
) -> Sequence[Judged]:
    parts, size = in_parts(numbers)
    limits = _limits_of(parts[:fix_after], size, screen=screen)
    steps = [0] + [(after > before) - (after < before) for before, after in pairwise(parts)]
    sides = _sides(parts, size, limits)
    outside, close = _outside_and_close(parts, size, limits)
    in_trend = {i for run in _runs(steps, _RUN - 1) for i in (run.start - 1, *run)}
    in_run = {i for run in _runs(sides, _RUN) for i in run}
    near = _near_in_three(sides, close)

    def judged(i: int) -> Judged:
        facts = outside[i], i in in_trend, close[i] and i in near, i in in_run
        # A point between two trends is as the step to the next one is: the package's way.
        step = steps[i + 1] if i + 1 in in_trend else steps[i]
        signal = _first_signal(facts, (sides[i], step, sides[i], sides[i]))
        return Judged(numbers[i], limits, facts[0], close[i], sides[i], *facts[1:], signal)

    return Made(len(numbers), judged)


def _first_signal(facts: Sequence[bool], ways: Sequence[int]) -> Signal | None:
    """Return the first of the rules that holds, in the order in which they count."""
    if True not in facts:
        return None
    first = facts.index(True)
    return Signal(_IN_ORDER[first], ways[first] or -1)


def _runs(signs: Sequence[int], fewest: int) -> Iterator[range]:
    """Yield the positions of so many or more signs in a row that are the same, and not 0."""
    start, last = 0, 0
    for at, sign in enumerate([*signs, None]):
        if sign != last:
            if last and at - start >= fewest:
                yield range(start, at)
            start, last = at, sign or 0


def _near_in_three(sides: Sequence[int], close: Sequence[bool]) -> set[int]:
    """Return the positions in all threes on one side of the mean of which two or more are close."""
    if close.count(True) < 2:
        return set()
    threes = enumerate(zip(close, close[1:], close[2:], strict=False))
    return {
        position
        for start, three in threes
        if sum(three) >= 2 and len(set(sides[start : start + 3])) == 1
        for position in range(start, start + 3)
    }


def _sides(parts: Sequence[int], size: int, limits: Limits) -> list[int]:
    """Return 1 for each number above the mean, -1 for one below, 0 for one exactly on it."""
    mean = limits.mean * size
    above, below = floor(mean), ceil(mean)  # of whole numbers, those past the mean are past these
    return [(part > above) - (part < below) for part in parts]


def _outside_and_close(
    parts: Sequence[int], size: int, limits: Limits
) -> tuple[list[bool], list[bool]]:
    """Return of each number whether it is outside the limits, and whether it is close to one."""
    outside = _beyond(parts, limits.inside(_TO_LIMIT, size))
    near = _beyond(parts, limits.inside(_TO_NEAR_LIMIT, size))
    return outside, [is_near and not is_out for is_near, is_out in zip(near, outside, strict=True)]


def _beyond(parts: Sequence[int], inside: tuple[int, int] | None) -> list[bool]:
    if inside is None:
        return [False] * len(parts)
    least, most = inside
    return [not least <= part <= most for part in parts]
