"""Charts as SVG: paths in a square of 1,000 by 1,000 that is stretched, and texts that stay as set.

Whoever draws gives numbers; nothing that stands in a workbook gets into a path.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import groupby
from typing import NamedTuple

from kpi_cli.amounts import decimal_places

SIDE = 1000
_MOST_TICKS = 7
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
_WHOLE = Decimal(100)  # percent
_LINE = 8.6  # percent of a chart's height that a line of text takes
_ACROSS = 14  # characters that a line beside a chart has room for

Point = tuple[int, int]  # across and down, in the square


class Shape(NamedTuple):
    """A path, and what it is: the name under which the style sheet has its look."""

    kind: str
    path: str


class Label(NamedTuple):
    """A text over a chart, and where: in percent from the left and from the top."""

    text: str
    left: float = 0
    top: float = 0
    kind: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart: its shapes, the texts around it, and the same in words."""

    title: str
    said: str
    shapes: tuple[Shape, ...]
    ticks: tuple[Label, ...] = ()  # numbers, left of it
    names: tuple[Label, ...] = ()  # of lines, right of it
    periods: tuple[Label, ...] = ()  # below it
    latest: Label | None = None  # at its point


class Scale:
    """An axis: where it begins and ends, and at most seven round numbers on it.

    It begins at 0 unless that leaves more than half of it empty. What is a percentage of a whole
    has no axis past 100.
    """

    def __init__(
        self, numbers: Iterable[Decimal], *, is_percent: bool = False, is_close: bool = False
    ) -> None:
        """Make the axis for these numbers; a close one is only as long as they need."""
        found = list(numbers)
        low, high = min(found), max(found)
        self.is_whole = is_percent and high <= _WHOLE and low >= 0
        low, high = (low, high) if is_close else _with_zero(low, high)
        if low == high:
            low, high = low - abs(low) / 10, high + (abs(high) / 10 or Decimal(1))
        self.step, self.low, self.high = _in_steps(low, high)
        if self.is_whole:
            self.low, self.high = max(self.low, Decimal(0)), min(self.high, _WHOLE)

    @property
    def ticks(self) -> list[Decimal]:
        """The round numbers, from the lowest."""
        first = (self.low / self.step).to_integral_value(ROUND_CEILING)
        numbers = (self.step * (first + number) for number in range(_MOST_TICKS + 1))
        return [number for number in numbers if number <= self.high]

    @property
    def decimals(self) -> int:
        """How many decimals its numbers need."""
        return decimal_places(self.step)

    @property
    def leaves_out_zero(self) -> bool:
        """Whether it doesn't begin at 0, which readers should know."""
        return not self.low <= 0 <= self.high

    def down(self, number: Decimal) -> int:
        """Return how far down a number is in the square."""
        share = (self.high - number) / (self.high - self.low)
        return min(max(round(share * SIDE), 0), SIDE)


def _with_zero(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """Return the ends with 0 among them, unless more than half would be empty for it."""
    if low > 0 and low <= high / 2:
        return Decimal(0), high
    if high < 0 and high >= low / 2:
        return low, Decimal(0)
    return low, high


def _in_steps(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Return the least step that makes few ticks, and the ends moved outwards to steps."""
    power = ((high - low) / _MOST_TICKS).adjusted()
    for step in (each.scaleb(power + more) for more in (0, 1, 2) for each in _STEPS):
        start = (low / step).to_integral_value(ROUND_FLOOR)
        end = (high / step).to_integral_value(ROUND_CEILING)
        if end - start < _MOST_TICKS:
            return step, start * step, end * step
    raise AssertionError  # a step of a hundred times a seventh is enough for all


def across(column: float, columns: int) -> int:
    """Return how far from the left a column's place is: 0.5 is the middle of the first."""
    return round(column * SIDE / columns)


def percent(place: int) -> float:
    """Return a place in the square as a percentage of its side."""
    return place * 100 / SIDE


def line(points: Sequence[Point | None]) -> str:
    """Return the path through points, with a gap where there is none."""
    return "".join(
        "".join(f"{'L' if number else 'M'}{x} {y}" for number, (x, y) in enumerate(run))
        for run in _runs(points)
        if len(run) > 1
    )


def dots(points: Iterable[Point | None]) -> str:
    """Return the path that is a dot at each point: no line, whose round ends are seen."""
    return "".join(f"M{x} {y}h0" for x, y in filter(None, points))


def steps(heights: Sequence[int | None], columns: int) -> str:
    """Return the path of steps, one for each column, with gaps where there is none."""
    path, before = "", None
    for number, height in enumerate(heights):
        if height is not None:
            start = "" if before is not None else f"M{across(number, columns)} {height}"
            path += f"{start}V{height}H{across(number + 1, columns)}"
        before = height
    return path


def areas(ends: Sequence[tuple[int, int] | None], columns: int) -> str:
    """Return the path of areas between two heights, one for each column that has any."""
    path, first = "", 0
    for pair, run in groupby(ends):
        last = first + len(list(run))
        if pair:
            left, right = across(first, columns), across(last, columns)
            path += f"M{left} {pair[0]}H{right}V{pair[1]}H{left}Z"
        first = last
    return path


def level(down: int) -> str:
    """Return the path from side to side at one height."""
    return f"M0 {down}H{SIDE}"


def spread(labels: Iterable[Label]) -> tuple[Label, ...]:
    """Return labels at one side of a chart, moved so that none stands on another."""
    placed: list[Label] = []
    for each in sorted(labels, key=lambda label: label.top):
        least = placed[-1].top + _apart(placed[-1], each) if placed else 0.0
        placed.append(each._replace(top=max(each.top, least)))
    for number in reversed(range(len(placed))):
        each = placed[number]
        after = placed[number + 1] if number + 1 < len(placed) else None
        most = after.top - _apart(each, after) if after else 100.0
        placed[number] = each._replace(top=round(min(each.top, most), 1))
    return tuple(placed)


def _apart(one: Label, two: Label) -> float:
    """Return how far the middles of two labels are apart, in percent of the chart's height."""
    return (_lines(one) + _lines(two)) * _LINE / 2


def _lines(label: Label) -> int:
    """Return how many lines a label takes, a word that is too long having one of its own."""
    lines, room = 1, _ACROSS
    for word in label.text.split():
        if len(word) > room and room < _ACROSS:
            lines, room = lines + 1, _ACROSS
        room -= len(word) + 1
    return lines


def _runs(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    run: list[Point] = []
    for point in points:
        if point:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run
