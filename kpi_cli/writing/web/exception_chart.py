"""The chart of an exception, and the small one that stands in a list.

It shows this year over last where figures are of the year so far, and else two years.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kpi_cli.amounts import Band, Target, Unit, Value, ends
from kpi_cli.changes import accumulates
from kpi_cli.forecast import Forecast
from kpi_cli.models import Outcome
from kpi_cli.periods import Period
from kpi_cli.sentences import counted, listed, some
from kpi_cli.spc import ControlChart
from kpi_cli.terms import Charted
from kpi_cli.writing.web.charts import (
    SIDE,
    Chart,
    Label,
    Point,
    Scale,
    Shape,
    across,
    areas,
    dots,
    level,
    line,
    percent,
    spread,
    steps,
)
from kpi_cli.writing.web.page_figures import (
    Figure,
    Figures,
    month_name,
    periods_of,
    shortest_name,
)

_FEWEST = 2  # figures that make a chart
_A_CHARACTER, _A_GAP = 4.0, 2.0  # percent of its width, on a phone
_SPARK = 13  # periods
_EVERY = (1, 2, 3, 6, 12)  # of how many periods one is named


def chart_of(figures: Figures, *, spc: bool, forecast: bool) -> Chart | None:
    """Return the chart of an indicator; None where there are too few figures for any."""
    drawn = _OverTheYear if figures.is_over_the_year else _OverTime
    made = drawn(
        figures,
        figures.insight.chart if spc else None,
        figures.insight.forecast if forecast else None,
    )
    return made.chart() if made.has_figures else None


class _Drawing:
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
        return len(list(self._values())) >= _FEWEST

    def _values(self) -> Iterator[Decimal]:
        yield from (each.value.number for each in self.shown if each.value)

    def _numbers(self) -> Iterator[Decimal]:
        """Yield every number that is drawn."""
        yield from self._values()
        yield from (end for each in self.shown if each.target for end in ends(each.target))
        if self.forecast and self.forecast.low and self.forecast.high:
            yield from (self.forecast.low.number, self.forecast.high.number)

    def _measure(self) -> None:
        numbers = list(self._numbers())
        self.scale = Scale(numbers, is_percent=self.indicator.unit is Unit.PERCENT)
        self.shapes.append(
            Shape("grid", "".join(level(self.scale.down(tick)) for tick in self.scale.ticks))
        )

    def _point(self, column: float, value: Value | None) -> Point | None:
        if value is None:
            return None
        return across(column + 0.5, self.columns), self.scale.down(value.number)

    def _name(self, text: str, number: Decimal, kind: str) -> None:
        self.names.append(Label(text, 0, percent(self.scale.down(number)), kind))

    def _draw_forecast(self, column: int) -> None:
        """Draw the range in which the year ends, and the forecast in it."""
        made = self.forecast
        if made is None or not (made.value and made.low and made.high):
            return
        x = across(column + 0.5, self.columns)
        low, high = self.scale.down(made.low.number), self.scale.down(made.high.number)
        self.shapes.append(Shape("range", f"M{x} {low}V{high}"))
        self.shapes.append(Shape("foretold", f"M{x} {self.scale.down(made.value.number)}h0"))
        self._name(f"Forecast {made.value.text}", made.value.number, "is-forecast")

    def _draw_latest(self, outcome: Outcome) -> Label | None:
        """Draw the point of the latest value; return what stands at it."""
        latest = [(n, each) for n, each in enumerate(self.shown) if each.value]
        column, figure = latest[-1]
        point = self._point(column, figure.value)
        assert point
        assert figure.value
        is_own = figure.period == self.figures.own
        self.shapes.append(Shape(f"latest {outcome.key if is_own else ''}".strip(), dots([point])))
        return Label(self._latest_text(figure), percent(point[0]), percent(point[1]))

    def _latest_text(self, figure: Figure) -> str:
        assert figure.value
        return figure.value.text

    def _ticks(self) -> tuple[Label, ...]:
        look = next(each.value for each in reversed(self.shown) if each.value)
        return tuple(
            Label(look.shown(tick, self.scale.decimals), 0, percent(self.scale.down(tick)))
            for tick in self.scale.ticks
        )

    def _met(self) -> Iterator[str]:
        """Yield in how many periods of this year the target was met."""
        year = self.figures.year
        known = [e.is_met for e in self.shown if e.period.financial_year == year]
        rated = [each for each in known if each is not None]
        if len(rated) > 1:
            periods = counted(len(rated), self.figures.own.noun)
            yield f"The target was met in {sum(rated)} of {periods} of {year.label}."

    def _of_scale(self) -> Iterator[str]:
        if self.scale.leaves_out_zero:
            start = self._ticks()[0].text if self._ticks() else ""
            yield f"The scale starts at {start}, not at 0."

    def _gaps(self) -> Iterator[str]:
        """Yield for which periods between others there is no figure."""
        known = [number for number, each in enumerate(self.shown) if each.value]
        between = self.shown[known[0] : known[-1]] if known else []
        missing = [each.period.label for each in between if not each.value]
        if missing:
            yield f"There is no figure for {some(missing)}."


class _OverTheYear(_Drawing):
    """This year over last, from the year's first period to its last."""

    def __init__(
        self, figures: Figures, control: ControlChart | None, forecast: Forecast | None
    ) -> None:
        super().__init__(figures, control, forecast)
        periods = periods_of(figures.year, figures.own.length)
        self.columns = len(periods)
        self.shown = [figures.at(each) for each in periods if each <= figures.own]
        self.last = [figures.at(each.year_before) for each in periods]
        self.end = figures.insight.rating.indicator.with_target_of_year.annual_target
        if self.end and (self.end.unit is Unit.PERCENT) is not (
            figures.indicator.unit is Unit.PERCENT
        ):
            self.end = None

    @property
    def has_figures(self) -> bool:
        return len([*self._values(), *(each for each in self.last if each.value)]) >= _FEWEST and (
            any(each.value for each in self.shown)
        )

    def _numbers(self) -> Iterator[Decimal]:
        yield from super()._numbers()
        yield from (each.value.number for each in self.last if each.value)
        yield from ends(self.end) if self.end else ()

    def chart(self) -> Chart:
        self._measure()
        self._draw_target()
        before = [self._point(n, each.value) for n, each in enumerate(self.last)]
        self.shapes.append(Shape("before", line(before)))
        self.shapes.append(Shape("dot is-before", dots(before)))
        now = [self._point(n, each.value) for n, each in enumerate(self.shown)]
        self.shapes.append(Shape("value", line(now)))
        self.shapes.append(Shape("dot", dots(now)))
        self._draw_forecast(self.columns - 1)
        latest = self._draw_latest(self.figures.insight.rating.outcome)
        if ended := next((each for each in reversed(self.last) if each.value), None):
            assert ended.value
            label = f"{ended.period.financial_year.label}: {ended.value.text}"
            self._name(label, ended.value.number, "is-before")
        return Chart(
            self._title(),
            " ".join(self._said()),
            tuple(each for each in self.shapes if each.path),
            self._ticks(),
            spread(self.names),
            _named(
                [
                    (shortest_name(each), across(n + 0.5, self.columns))
                    for n, each in enumerate(periods_of(self.figures.year, self.figures.own.length))
                ]
            ),
            latest,
        )

    def _title(self) -> str:
        first = month_name(self.figures.year.first)
        last = self.figures.year.year_before.label
        beside = f", beside {last}" if any(each.value for each in self.last) else ""
        return f"Since {first}, {self.figures.year.label}{beside}"

    def _latest_text(self, figure: Figure) -> str:
        return f"{self.figures.year.label}: {super()._latest_text(figure)}"

    def _draw_target(self) -> None:
        """Draw the target of the year so far, and on to that of its end; a band as an area."""
        targets: list[Target | None] = [each.target for each in self.shown]
        targets += [None] * (self.columns - len(targets))
        if self.end:
            targets[-1] = self.end
        if any(isinstance(each, Band) for each in targets):
            pairs = _filled([_pair(each, self.scale) for each in targets])
            self.shapes.append(Shape("band", areas(pairs, self.columns)))
        else:
            known = [
                self._point(n, each) for n, each in enumerate(targets) if isinstance(each, Value)
            ]
            self.shapes.append(Shape("target", line(known)))
            if isinstance(self.end, Value):
                self.shapes.append(Shape("goal", dots(known[-1:])))
        if self.end:
            when = (
                "year-end target" if self.figures.own.last != self.figures.year.last else "target"
            )
            self._name(f"{when.capitalize()} {self.end.text}", _middle(self.end), "is-target")

    def _said(self) -> Iterator[str]:
        now = next(each for each in reversed(self.shown) if each.value)
        assert now.value
        then = self.figures.at(now.period.year_before)
        ended = next((each for each in reversed(self.last) if each.value), None)
        text = f"{now.value.text} in {self.figures.year.label} up to {now.period.label}"
        if then.value:
            text += f"; {then.value.text} a year before"
        if ended and ended.value and ended.period != then.period:
            text += f", and {ended.value.text} by {ended.period.label}"
        yield f"{text}."
        yield from self._met()
        yield from self._gaps()
        yield from self._of_scale()


class _OverTime(_Drawing):
    """Two years, period by period; of figures of whole years several."""

    def __init__(
        self, figures: Figures, control: ControlChart | None, forecast: Forecast | None
    ) -> None:
        super().__init__(figures, control, forecast)
        self.shown = figures.since_last_year
        left = figures.year.last.months_after(figures.own.last) // figures.own.length
        self.columns = len(self.shown) + (left if self.forecast else 0)
        self.levels = list(_levels(control))

    def _numbers(self) -> Iterator[Decimal]:
        yield from super()._numbers()
        yield from (number for _, number, _ in self.levels)
        yield from (end for each in self.indicator.lines.values() for end in ends(each.amount))

    def chart(self) -> Chart:
        self._measure()
        self._draw_years()
        self._draw_target()
        self._draw_levels()
        points = [self._point(n, each.value) for n, each in enumerate(self.shown)]
        self.shapes.append(Shape("value", "".join(line(run) for run in self._runs(points))))
        self.shapes.append(Shape("dot", dots(points)))
        self._draw_forecast(self.columns - 1)
        latest = self._draw_latest(self.figures.insight.rating.outcome)
        return Chart(
            self._title(),
            " ".join(self._said()),
            tuple(each for each in self.shapes if each.path),
            self._ticks(),
            spread(self.names),
            _named(list(self._period_names())),
            latest,
        )

    def _title(self) -> str:
        first, last = self.shown[0].period, self.shown[-1].period
        has_target = any(each.target for each in self.shown)
        what = "Each result, and its target" if has_target else "Each result"
        return f"{what}, {first.label} to {last.label}"

    def _draw_years(self) -> None:
        starts = [n for n, each in enumerate(self.shown) if n and _starts_year(each.period)]
        if not self.figures.is_of_years:
            path = "".join(f"M{across(n, self.columns)} 0V{SIDE}" for n in starts)
            self.shapes.append(Shape("year", path))

    def _draw_target(self) -> None:
        targets = [each.target for each in self.shown]
        pairs = [_pair(each, self.scale) if isinstance(each, Band) else None for each in targets]
        heights = [
            self.scale.down(each.number) if isinstance(each, Value) else None for each in targets
        ]
        self.shapes.append(Shape("band", areas(pairs, self.columns)))
        self.shapes.append(Shape("target", steps(heights, self.columns)))
        if latest := next((each for each in reversed(targets) if each), None):
            self._name(f"Target {latest.text}", _middle(latest), "is-target")

    def _draw_levels(self) -> None:
        for text, number, kind in self.levels:
            self.shapes.append(Shape(kind, level(self.scale.down(number))))
            self._name(text, number, f"is-{kind}")
        for name, each in self.indicator.lines.items():
            path = "".join(level(self.scale.down(end)) for end in sorted(set(ends(each.amount))))
            self.shapes.append(Shape("own-line", path))
            self._name(f"{name.capitalize()} {each.text}", _middle(each.amount), "is-line")

    def _runs(self, points: Sequence[Point | None]) -> Iterator[Sequence[Point | None]]:
        """Yield the stretches between whose points a line is drawn: of counts, each year's own."""
        if not accumulates(self.indicator) or self.figures.is_of_years:
            yield points
            return
        first = 0
        for number, each in enumerate(self.shown):
            if number and _starts_year(each.period):
                yield points[first:number]
                first = number
        yield points[first:]

    def _period_names(self) -> Iterator[tuple[str, int]]:
        for number in range(self.columns):
            period = self.shown[0].period.after(number)
            yield _name_of(period, self.figures), across(number + 0.5, self.columns)

    def _said(self) -> Iterator[str]:
        values = [each for each in self.shown if each.value]
        first, last = values[0], values[-1]
        by_number = sorted(values, key=_number)
        low, high = by_number[0], by_number[-1]
        ways = (("lowest", low), ("highest", high)) if _number(low) != _number(high) else ()
        parts = [f"{_value(first)} in {first.period.label}"]
        parts += [f"{way} {_value(each)} ({each.period.label})" for way, each in ways]
        yield f"{listed(parts, last='and')}; the latest is {_value(last)} ({last.period.label})."
        yield from self._met()
        yield from self._gaps()
        yield from self._of_scale()


def _levels(control: ControlChart | None) -> Iterator[tuple[str, Decimal, str]]:
    """Yield the mean and the limits with their names, where the values themselves are charted."""
    if control is None or control.variation is None or control.charted is not Charted.VALUE:
        return
    for name, number, kind in (
        ("Upper limit", control.upper_limit, "limit"),
        ("Mean", control.mean, "mean"),
        ("Lower limit", control.lower_limit, "limit"),
    ):
        if number is not None:
            yield f"{name} {control.shown(number)}", number, kind


def _named(columns: list[tuple[str, int]]) -> tuple[Label, ...]:
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


def _name_of(period: Period, figures: Figures) -> str:
    """Return what stands below a column: "Apr 2018", "Q1 2018/19", "2018/19"."""
    if period.length == 1:
        return f"{shortest_name(period)} {period.last.year}"
    return period.label if figures.is_in_years or figures.is_of_years else str(period.last)


def _starts_year(period: Period) -> bool:
    return period.first == period.financial_year.first


def _pair(target: Target | None, scale: Scale) -> tuple[int, int] | None:
    """Return how far down both ends of a target are."""
    if target is None:
        return None
    low, high = ends(target)
    return scale.down(high), scale.down(low)


def _filled(pairs: list[tuple[int, int] | None]) -> list[tuple[int, int] | None]:
    """Return the bands with those of the periods to come, which are that of the year's end."""
    known = [number for number, pair in enumerate(pairs[:-1]) if pair]
    after = known[-1] + 1 if known else 0
    return [*pairs[:after], *[pairs[-1]] * (len(pairs) - after)]


def _middle(target: Target) -> Decimal:
    return target.midpoint if isinstance(target, Band) else target.number


def _number(figure: Figure) -> Decimal:
    assert figure.value
    return figure.value.number


def _value(figure: Figure) -> str:
    assert figure.value
    return figure.value.text


def sparkline_of(figures: Figures) -> Chart | None:
    """Return the small chart: the year so far of what accumulates, else the last 13 periods."""
    if figures.is_over_the_year:
        periods = periods_of(figures.year, figures.own.length)
        shown = [figures.at(each) for each in periods if each <= figures.own]
    else:
        shown = figures.since_last_year[-_SPARK:]
    while len(shown) > 1 and not (shown[0].value and shown[1].value):
        shown = shown[1:]  # a figure that stands alone there would not be seen
    values = [each for each in shown if each.value]
    if len(values) < _FEWEST:
        return None
    targets = [each.target for each in shown]
    numbers = [_number(each) for each in values]
    numbers += [end for each in targets if each for end in ends(each)]
    scale, columns = Scale(numbers, is_close=True), len(shown)
    points = [
        (across(n + 0.5, columns), scale.down(each.value.number)) if each.value else None
        for n, each in enumerate(shown)
    ]
    bands = [_pair(each, scale) if isinstance(each, Band) else None for each in targets]
    heights = [scale.down(each.number) if isinstance(each, Value) else None for each in targets]
    shapes = (
        Shape("band", areas(bands, columns)),
        Shape("target", steps(heights, columns)),
        Shape("value", line(points)),
        Shape(f"latest {figures.insight.rating.outcome.key}", dots([points[-1]])),
    )
    first, last = values[0], values[-1]
    said = f"From {_value(first)} in {first.period.label} to {_value(last)} in {last.period.label}"
    return Chart("", said, tuple(each for each in shapes if each.path))
