"""A plot of an indicator's figures in the terminal, in Braille dots: values, target, limits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from plotille import Canvas
from rich.text import Text

from kpi_cli.amounts import Value, decimal_places, ends
from kpi_cli.changes import accumulates
from kpi_cli.insight import Insight, Past
from kpi_cli.periods import NAMES, Period
from kpi_cli.terms import Charted, Variation

DOTS = "⣿•◆│└─"
"""What an encoding must have for a plot to be drawn."""
_POINT, _SIGNAL = "•", "◆"
_ACROSS, _UP = 2, 4  # the dots of a character
_TARGET, _LIMITS = "cyan", "magenta"
_MARGIN = Decimal("0.06")  # of the height, above and below what is drawn
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_ROWS_A_TICK = 3
_YEAR_EVERY = 6  # dots
_YEAR = 12  # months
_NAMED_EVERY = (1, 2, 3, 4, 6, 12)  # periods, as far as these divide a year; of years any
_FEWEST = 2  # figures that make a plot
_LEAST_WIDTH = 20  # with less room beside the lines' names, these stand below


@dataclass(frozen=True)
class _Line:
    """A dotted line with a height in each period, and what stands at its right end."""

    name: str
    heights: Sequence[Decimal | None]
    colour: str
    every: int  # how many dots apart its dots are

    @property
    def at_the_end(self) -> Decimal:
        """The height at the right end, or the last one before it."""
        return next(height for height in reversed(self.heights) if height is not None)


def plotted(insight: Insight) -> bool:
    """Whether there are enough figures for a plot, all in one unit."""
    values = [each.reading.value for each in insight.periods if each.reading.value]
    return len(values) >= _FEWEST and len({value.unit for value in values}) == 1


class Plot:
    """The plot of an indicator, for a width and a height in characters."""

    def __init__(
        self, insight: Insight, width: int, height: int, *, with_limits: bool = True
    ) -> None:
        self.insight, self.height, self.with_limits = insight, height, with_limits
        self.periods = insight.periods
        self.lines = list(_lines(insight, with_limits))
        heights = [each.reading.value.number for each in self.periods if each.reading.value]
        heights += [high for line in self.lines for high in line.heights if high is not None]
        low, high = min(heights), max(heights)
        margin = ((high - low) or abs(high) or Decimal(1)) * _MARGIN
        self.low, self.high = low - margin, high + margin
        self.ticks = self._ticks()
        self.left = max(map(len, self.ticks.values()), default=0) + 1
        right = max((len(line.name) for line in self.lines), default=0) + 1
        self.is_wide = width - self.left - right - 1 >= _LEAST_WIDTH
        self.width = max(width - self.left - 1 - right * self.is_wide, _LEAST_WIDTH // 2)

    def rows(self) -> Iterator[Text]:
        """Yield the rows of the plot from the top, the axis below, and what its marks mean."""
        names = self._names()
        beside = names if self.is_wide else {}
        rows = self._drawn().plot("\n").split("\n")
        for number, row in zip(reversed(range(self.height)), rows, strict=True):
            line = Text(f"{self.ticks.get(number, ''):>{self.left - 1}} │")
            line.append_text(Text.from_ansi(row))
            name, colour = beside.get(number, ("", ""))
            yield line.append(f" {name}" if name else "", colour)
        yield Text(f"{' ' * self.left}└{'─' * self.width}")
        yield from (Text(f"{' ' * self.left} {row}") for row in self._axis())
        signals = any(map(self._is_signal, self.periods))
        marks = [f"{_POINT} value", f"{_SIGNAL} a signal"][: 1 + signals]
        yield Text(f"{' ' * self.left} {'   '.join(marks)}", "dim")
        if names and not self.is_wide:
            from_the_top = [name for _, (name, _) in sorted(names.items(), reverse=True)]
            yield Text(f"Lines from the top: {', '.join(from_the_top)}", "dim")

    def _drawn(self) -> Canvas:
        canvas = Canvas(self.width, self.height, 0, 0, self.width * _ACROSS, self.height * _UP)
        self._draw_years(canvas)
        for line in self.lines:
            self._draw_dotted(canvas, line)
        self._draw_values(canvas)
        return canvas

    def _draw_years(self, canvas: Canvas) -> None:
        """Draw where a financial year starts."""
        for number, each in enumerate(self.periods):
            if number and _starts_year(each.reading.period):
                for dot in range(0, self.height * _UP, _YEAR_EVERY):
                    canvas.point(self._left_of(number), dot)

    def _draw_dotted(self, canvas: Canvas, line: _Line) -> None:
        across = self.width * _ACROSS
        for dot in range(0, across, line.every):
            height = line.heights[dot * len(self.periods) // across]
            if height is not None:
                canvas.point(dot, self._up(height), color=line.colour)

    def _draw_values(self, canvas: Canvas) -> None:
        """Draw the values and lines between neighbours; over a gap there is no line.

        Nor is there one from a year's last total to the first one of the next year.
        """
        adds_up = accumulates(self.insight.rating.indicator)
        values = [each.reading.value for each in self.periods]
        for number, (one, two) in enumerate(pairwise(values)):
            goes_on = not (adds_up and _starts_year(self.periods[number + 1].reading.period))
            if one and two and goes_on:
                start, end = self._middle_of(number), self._middle_of(number + 1)
                canvas.line(start, self._up(one.number), end, self._up(two.number))
        for number, value in enumerate(values):
            if value:
                marker = _SIGNAL if self._is_signal(self.periods[number]) else _POINT
                canvas.point(self._middle_of(number), self._up(value.number), marker=marker)

    def _is_signal(self, past: Past) -> bool:
        """Whether the value is one on the control chart; an amount that is one can't be seen."""
        point = past.point
        is_value = self.with_limits and self.insight.chart.charted is Charted.VALUE
        return is_value and point is not None and point.variation is not Variation.COMMON_CAUSE

    def _left_of(self, number: int) -> int:
        return number * self.width * _ACROSS // len(self.periods)

    def _middle_of(self, number: int) -> int:
        return (2 * number + 1) * self.width * _ACROSS // (2 * len(self.periods))

    def _up(self, number: Decimal) -> int:
        """Return how many dots up a number is."""
        return int((number - self.low) / (self.high - self.low) * (self.height * _UP - 1))

    def _ticks(self) -> dict[int, str]:
        """Return round numbers by the row that they stand in, in the look of the values."""
        look = next(each.reading.value for each in reversed(self.periods) if each.reading.value)
        rough = (self.high - self.low) * _ROWS_A_TICK / self.height
        unit = Decimal(1).scaleb(rough.adjusted())
        step = next(step * unit for step in _STEPS if step * unit >= rough)
        first = int(self.low / step) - 1
        numbers = (step * number for number in range(first, first + 2 * self.height))
        return {
            self._up(number) // _UP: look.shown(number, decimal_places(step))
            for number in numbers
            if self.low <= number <= self.high
        }

    def _names(self) -> dict[int, tuple[str, str]]:
        """Return what stands at the right, and its colour, by row, in the order of the lines."""
        named = sorted((line for line in self.lines if line.name), key=lambda line: line.at_the_end)
        rows = [self._up(line.at_the_end) // _UP for line in named]
        for number in range(1, len(rows)):
            rows[number] = max(rows[number], rows[number - 1] + 1)
        above = self.height
        for number in reversed(range(len(rows))):
            above = rows[number] = min(rows[number], above - 1)
        return {row: (line.name, line.colour) for row, line in zip(rows, named, strict=True)}

    def _names_every(self) -> int:
        """Return of how many periods one can be named, the same ones in every year."""
        wide = max(len(_name(each.reading.period)) for each in self.periods) + 1
        length = self.periods[0].reading.period.length
        steps = [n for n in _NAMED_EVERY if length == _YEAR or _YEAR // length % n == 0]
        each = self.width / len(self.periods)
        return next((n for n in steps if n * each >= wide), steps[-1])

    def _axis(self) -> Iterator[str]:
        """Yield the line of the periods' names, and that of the years below."""
        names: dict[int, str] = {}
        years: dict[int, str] = {}
        every = self._names_every()
        for number, each in enumerate(self.periods):
            period, at = each.reading.period, self._left_of(number) // _ACROSS
            if _number_in_year(period) % every == 0:
                names[at] = _name(period)
            if period.length < _YEAR and (number == 0 or _starts_year(period)):
                years[at] = period.last.financial_year(period.year_starts)
        yield self._written(names)
        if years:
            yield self._written(years)

    def _written(self, texts: Mapping[int, str]) -> str:
        """Return texts in a line, each at its place; what would run into the next is left out."""
        line = ""
        nexts = [*list(texts)[1:], self.width + 1]
        for (at, text), following in zip(texts.items(), nexts, strict=True):
            if at + len(text) < following:
                line = f"{line:<{at}}{text}"
        return line


def _lines(insight: Insight, with_limits: bool) -> Iterator[_Line]:
    """Yield the lines of a plot: the target, or the ends of its band; the limits of a verdict."""
    targets = [
        each.rating.indicator.target_in_force if each.rating else None for each in insight.periods
    ]
    chart = insight.chart
    unit = insight.rating.indicator.unit
    bands = [ends(each) if each and each.unit is unit else None for each in targets]
    last = next((target for target in reversed(targets) if target), None)
    if last and any(bands):
        low, high = [each and each[0] for each in bands], [each and each[1] for each in bands]
        name = last.text if isinstance(last, Value) else f"band {last.text}"
        yield _Line(f"target {name}" if isinstance(last, Value) else name, high, _TARGET, 2)
        if low != high:
            yield _Line("", low, _TARGET, 2)
    if not with_limits or chart.variation is None or chart.charted is not Charted.VALUE:
        return
    for name, number in (("upper limit", chart.upper_limit), ("lower limit", chart.lower_limit)):
        if number is not None:
            heights = [number] * len(insight.periods)
            yield _Line(f"{name} {chart.shown(number)}", heights, _LIMITS, 5)


def _starts_year(period: Period) -> bool:
    return period.first == period.financial_year.first


def _number_in_year(period: Period) -> int:
    """Return how many periods of its length come before it in its year; of years, since 0."""
    if period.length == _YEAR:
        return period.last.year
    return period.first.months_after(period.financial_year.first) // period.length


def _name(period: Period) -> str:
    if period.length == 1:
        return NAMES[period.last.number - 1][:3]
    return period.label.split()[0]
