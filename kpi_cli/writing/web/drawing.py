"""What the charts of an exception on the page are drawn with: periods, one scale, lines, names."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kpi_cli.amounts import Band, Target, Unit, Value, ends
from kpi_cli.forecast import Forecast
from kpi_cli.models import Outcome
from kpi_cli.sentences import counted, some
from kpi_cli.spc import ControlChart
from kpi_cli.writing.web.charts import Label, Point, Scale, Shape, across, dots, level, percent
from kpi_cli.writing.web.page_figures import Figure, Figures

FEWEST = 2  # figures that make a chart
_A_CHARACTER, _A_GAP = 4.0, 2.0  # percent of its width, on a phone
_EVERY = (1, 2, 3, 6, 12)  # of how many periods one is named


class Drawing:
    """What both kinds of charts have: columns of periods, one scale, lines and their names."""

    shown: list[Figure]  # the columns whose values are drawn, in order
    columns: int

    def __init__(
        self, figures: Figures, control: ControlChart | None, forecast: Forecast | None
    ) -> None:
        self.figures, self.indicator = figures, figures.indicator
        self.control = control
        self.forecast = forecast if forecast and forecast.value else None
        self.shapes: list[Shape] = []
        self.names: list[Label] = []

    @property
    def has_figures(self) -> bool:
        """Whether there are enough figures for a chart."""
        return len(list(self.values())) >= FEWEST

    def values(self) -> Iterator[Decimal]:
        """Yield the values that are drawn, in display units."""
        yield from (each.value.number for each in self.shown if each.value)

    def numbers(self) -> Iterator[Decimal]:
        """Yield every number that is drawn."""
        yield from self.values()
        yield from (end for each in self.shown if each.target for end in ends(each.target))
        if self.forecast and self.forecast.low and self.forecast.high:
            yield from (self.forecast.low.number, self.forecast.high.number)

    def measure(self) -> None:
        """Set the scale by all that is drawn, and draw its grid."""
        numbers = list(self.numbers())
        self.scale = Scale(numbers, is_percent=self.indicator.unit is Unit.PERCENT)
        self.shapes.append(
            Shape("grid", "".join(level(self.scale.down(tick)) for tick in self.scale.ticks))
        )

    def point(self, column: float, value: Value | None) -> Point | None:
        """Return where a value stands in a column, counted from 0."""
        if value is None:
            return None
        return across(column + 0.5, self.columns), self.scale.down(value.number)

    def name(self, text: str, number: Decimal, kind: str) -> None:
        """Name what is drawn at the height of a number."""
        self.names.append(Label(text, 0, percent(self.scale.down(number)), kind))

    def draw_forecast(self, column: int) -> None:
        """Draw the range in which the year ends, and the forecast in it."""
        made = self.forecast
        if made is None or not (made.value and made.low and made.high):
            return
        x = across(column + 0.5, self.columns)
        low, high = self.scale.down(made.low.number), self.scale.down(made.high.number)
        self.shapes.append(Shape("range", f"M{x} {low}V{high}"))
        self.shapes.append(Shape("foretold", f"M{x} {self.scale.down(made.value.number)}h0"))
        self.name(f"Forecast {made.value.text}", made.value.number, "is-forecast")

    def draw_latest(self, outcome: Outcome) -> Label | None:
        """Draw the point of the latest value; return what stands at it."""
        latest = [(n, each) for n, each in enumerate(self.shown) if each.value]
        column, figure = latest[-1]
        point = self.point(column, figure.value)
        assert point
        assert figure.value
        is_own = figure.period == self.figures.own
        self.shapes.append(Shape(f"latest {outcome.key if is_own else ''}".strip(), dots([point])))
        return Label(self.latest_text(figure), percent(point[0]), percent(point[1]))

    def latest_text(self, figure: Figure) -> str:
        """Return what stands at the latest value."""
        assert figure.value
        return figure.value.text

    def ticks(self) -> tuple[Label, ...]:
        """Return the numbers beside the scale, in the look of the values."""
        look = next(each.value for each in reversed(self.shown) if each.value)
        return tuple(
            Label(look.shown(tick, self.scale.decimals), 0, percent(self.scale.down(tick)))
            for tick in self.scale.ticks
        )

    def met(self) -> Iterator[str]:
        """Yield in how many periods of this year the target was met."""
        year = self.figures.year
        known = [e.is_met for e in self.shown if e.period.financial_year == year]
        rated = [each for each in known if each is not None]
        if len(rated) > 1:
            periods = counted(len(rated), self.figures.own.noun)
            yield f"The target was met in {sum(rated)} of {periods} of {year.label}."

    def of_scale(self) -> Iterator[str]:
        """Yield where the scale starts, if not at 0."""
        if self.scale.leaves_out_zero:
            start = self.ticks()[0].text if self.ticks() else ""
            yield f"The scale starts at {start}, not at 0."

    def gaps(self) -> Iterator[str]:
        """Yield for which periods between others there is no figure."""
        known = [number for number, each in enumerate(self.shown) if each.value]
        between = self.shown[known[0] : known[-1]] if known else []
        missing = [each.period.label for each in between if not each.value]
        if missing:
            yield f"There is no figure for {some(missing)}."


def period_names(columns: list[tuple[str, int]]) -> tuple[Label, ...]:
    """Return names of periods as far as they have room: the last, and of the others each nth."""
    for every in _EVERY:
        chosen = [each for number, each in enumerate(columns) if number % every == 0]
        if all(_has_room(one, two) for one, two in pairwise(chosen)):
            break
    last = columns[-1]
    while len(chosen) > 1 and chosen[-1] != last and not _has_room(chosen[-1], last):
        chosen.pop()
    chosen += [last] if chosen[-1] != last else []
    return tuple(Label(text, percent(place)) for text, place in chosen)


def _has_room(one: tuple[str, int], two: tuple[str, int]) -> bool:
    wide = [max(map(len, text.split())) * _A_CHARACTER for text, _ in (one, two)]
    return percent(two[1] - one[1]) >= sum(wide) / 2 + _A_GAP


def ends_down(target: Target | None, scale: Scale) -> tuple[int, int] | None:
    """Return how far down both ends of a target are."""
    if target is None:
        return None
    low, high = ends(target)
    return scale.down(high), scale.down(low)


def middle(target: Target) -> Decimal:
    """Return the number at which a target is named: of a band its midpoint."""
    return target.midpoint if isinstance(target, Band) else target.number
