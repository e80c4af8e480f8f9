"""The chart of an exception, and the small one that stands in a list.

It shows this year over last where figures are of the year so far, and else two years.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpi_cli.amounts import Band, Target, Unit, Value, ends
from kpi_cli.changes import accumulates
from kpi_cli.forecast import Forecast
from kpi_cli.periods import Period
from kpi_cli.sentences import listed
from kpi_cli.spc import ControlChart
from kpi_cli.terms import Charted
from kpi_cli.writing.web.charts import (
    SIDE,
    Chart,
    Point,
    Scale,
    Shape,
    across,
    areas,
    dots,
    level,
    line,
    spread,
    steps,
)
from kpi_cli.writing.web.drawing import FEWEST, Drawing, ends_down, middle, period_names
from kpi_cli.writing.web.page_figures import (
    Figure,
    Figures,
    month_name,
    periods_of,
    shortest_name,
)

_SPARK = 13  # periods


def chart_of(figures: Figures, *, spc: bool, forecast: bool) -> Chart | None:
    """Return the chart of an indicator; None where there are too few figures for any."""
    drawn = _OverTheYear if figures.is_over_the_year else _OverTime
    made = drawn(
        figures,
        figures.insight.chart if spc else None,
        figures.insight.forecast if forecast else None,
    )
    return made.chart() if made.has_figures else None


class _OverTheYear(Drawing):
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
        return len([*self.values(), *(each for each in self.last if each.value)]) >= FEWEST and (
            any(each.value for each in self.shown)
        )

    def numbers(self) -> Iterator[Decimal]:
        yield from super().numbers()
        yield from (each.value.number for each in self.last if each.value)
        yield from ends(self.end) if self.end else ()

    def chart(self) -> Chart:
        self.measure()
        self._draw_target()
        before = [self.point(n, each.value) for n, each in enumerate(self.last)]
        self.shapes.append(Shape("before", line(before)))
        self.shapes.append(Shape("dot is-before", dots(before)))
        now = [self.point(n, each.value) for n, each in enumerate(self.shown)]
        self.shapes.append(Shape("value", line(now)))
        self.shapes.append(Shape("dot", dots(now)))
        self.draw_forecast(self.columns - 1)
        latest = self.draw_latest(self.figures.insight.rating.outcome)
        if ended := next((each for each in reversed(self.last) if each.value), None):
            assert ended.value
            label = f"{ended.period.financial_year.label}: {ended.value.text}"
            self.name(label, ended.value.number, "is-before")
        return Chart(
            self._title(),
            " ".join(self._said()),
            tuple(each for each in self.shapes if each.path),
            self.ticks(),
            spread(self.names),
            period_names(
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

    def latest_text(self, figure: Figure) -> str:
        return f"{self.figures.year.label}: {super().latest_text(figure)}"

    def _draw_target(self) -> None:
        """Draw the target of the year so far, and on to that of its end; a band as an area."""
        targets: list[Target | None] = [each.target for each in self.shown]
        targets += [None] * (self.columns - len(targets))
        if self.end:
            targets[-1] = self.end
        if any(isinstance(each, Band) for each in targets):
            pairs = _filled([ends_down(each, self.scale) for each in targets])
            self.shapes.append(Shape("band", areas(pairs, self.columns)))
        else:
            known = [
                self.point(n, each) for n, each in enumerate(targets) if isinstance(each, Value)
            ]
            self.shapes.append(Shape("target", line(known)))
            if isinstance(self.end, Value):
                self.shapes.append(Shape("goal", dots(known[-1:])))
        if self.end:
            when = (
                "year-end target" if self.figures.own.last != self.figures.year.last else "target"
            )
            self.name(f"{when.capitalize()} {self.end.text}", middle(self.end), "is-target")

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
        yield from self.met()
        yield from self.gaps()
        yield from self.of_scale()


class _OverTime(Drawing):
    """Two years, period by period; of figures of whole years several."""

    def __init__(
        self, figures: Figures, control: ControlChart | None, forecast: Forecast | None
    ) -> None:
        super().__init__(figures, control, forecast)
        self.shown = figures.since_last_year
        left = figures.year.last.months_after(figures.own.last) // figures.own.length
        self.columns = len(self.shown) + (left if self.forecast else 0)
        self.levels = list(_levels(control))

    def numbers(self) -> Iterator[Decimal]:
        yield from super().numbers()
        yield from (number for _, number, _ in self.levels)
        yield from (end for each in self.indicator.lines.values() for end in ends(each.amount))

    def chart(self) -> Chart:
        self.measure()
        self._draw_years()
        self._draw_target()
        self._draw_levels()
        points = [self.point(n, each.value) for n, each in enumerate(self.shown)]
        self.shapes.append(Shape("value", "".join(line(run) for run in self._runs(points))))
        self.shapes.append(Shape("dot", dots(points)))
        self.draw_forecast(self.columns - 1)
        latest = self.draw_latest(self.figures.insight.rating.outcome)
        return Chart(
            self._title(),
            " ".join(self._said()),
            tuple(each for each in self.shapes if each.path),
            self.ticks(),
            spread(self.names),
            period_names(list(self._period_names())),
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
        pairs = [
            ends_down(each, self.scale) if isinstance(each, Band) else None for each in targets
        ]
        heights = [
            self.scale.down(each.number) if isinstance(each, Value) else None for each in targets
        ]
        self.shapes.append(Shape("band", areas(pairs, self.columns)))
        self.shapes.append(Shape("target", steps(heights, self.columns)))
        if latest := next((each for each in reversed(targets) if each), None):
            self.name(f"Target {latest.text}", middle(latest), "is-target")

    def _draw_levels(self) -> None:
        for text, number, kind in self.levels:
            self.shapes.append(Shape(kind, level(self.scale.down(number))))
            self.name(text, number, f"is-{kind}")
        for name, each in self.indicator.lines.items():
            path = "".join(level(self.scale.down(end)) for end in sorted(set(ends(each.amount))))
            self.shapes.append(Shape("own-line", path))
            self.name(f"{name.capitalize()} {each.text}", middle(each.amount), "is-line")

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
        yield from self.met()
        yield from self.gaps()
        yield from self.of_scale()


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


def _name_of(period: Period, figures: Figures) -> str:
    """Return what stands below a column: "Apr 2018", "Q1 2018/19", "2018/19"."""
    if period.length == 1:
        return f"{shortest_name(period)} {period.last.year}"
    return period.label if figures.is_in_years or figures.is_of_years else str(period.last)


def _starts_year(period: Period) -> bool:
    return period.first == period.financial_year.first


def _filled(pairs: list[tuple[int, int] | None]) -> list[tuple[int, int] | None]:
    """Return the bands with those of the periods to come, which are that of the year's end."""
    known = [number for number, pair in enumerate(pairs[:-1]) if pair]
    after = known[-1] + 1 if known else 0
    return [*pairs[:after], *[pairs[-1]] * (len(pairs) - after)]


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
    if len(values) < FEWEST:
        return None
    targets = [each.target for each in shown]
    numbers = [_number(each) for each in values]
    numbers += [end for each in targets if each for end in ends(each)]
    scale, columns = Scale(numbers, is_close=True), len(shown)
    points = [
        (across(n + 0.5, columns), scale.down(each.value.number)) if each.value else None
        for n, each in enumerate(shown)
    ]
    bands = [ends_down(each, scale) if isinstance(each, Band) else None for each in targets]
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
