"""The figures of an exception's periods: their columns, and the chart that shows these."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from openpyxl.chart import LineChart
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.amounts import Band, Target, Unit, Value
from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Rating
from kpi_cli.sentences import listed
from kpi_cli.spc import ControlChart
from kpi_cli.terms import Charted
from kpi_cli.writing.excel.charts import Area, Curve, Drawn, curves_over_periods
from kpi_cli.writing.excel.styles import excel_number, number_format

_FIRST_COLUMN = 2  # of the figures; the periods stand in the one before
LEVELS_COLUMN = 15  # of the mean and the limits: outside what is printed


class FigureColumn(NamedTuple):
    """A column of the periods: its heading, what it has of each, and the curve that shows it."""

    heading: str
    figure: Callable[[Reading], Value | None]
    curve: Curve


def figure_columns(indicator: Indicator, periods: Sequence[Reading]) -> Iterator[FigureColumn]:
    """Yield the columns of the periods: value, target, and lines; of a band both ends."""
    yield FigureColumn("Value", lambda reading: reading.value, Curve.VALUE)
    has_band = any(isinstance(reading.target, Band) for reading in periods)
    yield from _columns_of("Target", lambda reading: reading.target, Curve.TARGET, has_band)
    for name, line, curve in (
        ("Green line", indicator.green_line, Curve.GREEN_LINE),
        ("Red line", indicator.red_line, Curve.RED_LINE),
    ):
        if line:
            amount = line.amount
            yield from _columns_of(name, _always(amount), curve, isinstance(amount, Band))


def _columns_of(
    name: str, amount: Callable[[Reading], Target | None], curve: Curve, has_band: bool
) -> Iterator[FigureColumn]:
    """Yield the column of an amount, or those of both its ends where it may be a band."""

    def end(reading: Reading, which: int) -> Value | None:
        found = amount(reading)
        return (found.low, found.high)[which] if isinstance(found, Band) else found

    if not has_band:
        yield FigureColumn(name, lambda reading: end(reading, 0), curve)
        return
    yield FigureColumn(f"{name} from", lambda reading: end(reading, 0), curve)
    yield FigureColumn(f"{name} to", lambda reading: end(reading, 1), curve)


def _always(amount: Target) -> Callable[[Reading], Target]:
    return lambda _: amount


def chart_of_figures(
    sheet: Worksheet,
    heading_row: int,
    rating: Rating,
    periods: Sequence[Reading],
    columns: Sequence[FigureColumn],
    levels: Sequence[FigureColumn] = (),
) -> LineChart:
    """Return the chart of the columns that have any figure; its headings stand in this row.

    The levels stand out of the way, right of what is printed.
    """
    indicator = rating.indicator
    shown = next(reading.value for reading in reversed(periods) if reading.value)
    drawn = [*_drawn(periods, columns, _FIRST_COLUMN), *_drawn(periods, levels, LEVELS_COLUMN)]
    curves = {each.curve for each in drawn}
    what = ["value"] + ["target"] * (Curve.TARGET in curves) + ["lines"] * bool(indicator.lines)
    what += ["mean", "limits"] * bool(levels)
    chart = curves_over_periods(
        sheet,
        Area(
            heading_row,
            heading_row + len(periods),
            labels=_FIRST_COLUMN - 1,
            first=_FIRST_COLUMN,
            last=len(columns) + 1,
        ),
        drawn,
        noun=indicator.period.noun,
        title=f"{indicator.code}: {listed(what, last='and')}",
        axis="Percent" if shown.unit is Unit.PERCENT else "Value",
        number_format=number_format(shown),
    )
    scale = chart.y_axis.scaling
    scale.min, scale.max = (
        _on_axis(end, shown) for end in (indicator.scale_from, indicator.scale_to)
    )
    return chart


def _drawn(
    periods: Sequence[Reading], columns: Sequence[FigureColumn], first: int
) -> Iterator[Drawn]:
    """Yield what the chart draws of the columns: one without any figure would only be named."""
    for number, column in enumerate(columns, start=first):
        figures = {n for n, reading in enumerate(periods) if column.figure(reading) is not None}
        if figures:
            alone = sorted(n for n in figures if not {n - 1, n + 1} & figures)
            yield Drawn(number, column.curve, alone)


def levels_of(chart: ControlChart | None) -> list[FigureColumn]:
    """Return the mean and the limits as a chart of the values draws them, with their figures.

    There are none without a verdict, which they would belie, and none of amounts: the values that
    are drawn are totals then.
    """
    if chart is None or chart.variation is None or chart.charted is not Charted.VALUE:
        return []
    lines = (
        ("Upper limit", chart.upper_limit, Curve.LIMIT),
        ("Mean", chart.mean, Curve.MEAN),
        ("Lower limit", chart.lower_limit, Curve.LIMIT),
    )
    look = chart.points[-1].value
    return [
        FigureColumn(f"{name} {chart.shown(at)}", _level(replace(look, number=at)), curve)
        for name, at, curve in lines
        if at is not None
    ]


def _level(value: Value) -> Callable[[Reading], Value]:
    return lambda _: value


def said_of_chart(
    rating: Rating, periods: Sequence[Reading], levels: Sequence[FigureColumn] = ()
) -> str:
    """Return the alternative text of an exception's chart."""
    indicator = rating.indicator
    span = f"{periods[0].period.label} to {periods[-1].period.label}"
    beside = {"target": indicator.target, **indicator.lines}
    said = "".join(f", {name} {amount.text}" for name, amount in beside.items() if amount)
    said += "".join(f", {level.heading.lower()}" for level in levels)
    latest = f"{indicator.value_text or 'no value'} in {indicator.period.label}{said}"
    return f"Line chart of {indicator.code}, {span}: {latest}. {rating.outcome.label}."


def _on_axis(end: Value | None, shown: Value) -> float | None:
    """Return an end of the scale as the axis has it: a bare 80 beside percentages is 80%."""
    if end is None:
        return None
    if shown.unit is Unit.PERCENT and abs(end.number) > 1:
        return float(end.number / 100)
    return float(excel_number(end))
