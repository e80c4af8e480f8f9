"""A bullet bar as a native chart: zones along one bar, each named, and the value across it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Literal

from openpyxl.chart import ScatterChart
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumVal
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.series import SeriesLabel, XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

from kpi_cli.gauge import Gauge, Zone
from kpi_cli.writing.excel.charts import made_once, no_marker, text_body
from kpi_cli.writing.excel.styles import INK, OUTCOME_BARS

HEIGHT = 1.8  # centimetres
_THICK, _FRAME, _EDGE, _NEEDLE = 180_000, 205_400, 9_525, 38_100  # EMU
_MIDDLE, _ACROSS = Decimal("0.5"), (Decimal("0.25"), Decimal("0.75"))  # of the chart's height
_CHARACTER = Decimal("0.016")  # of the bar's length
_UNSAID = dict.fromkeys(("showLegendKey", "showVal", "showCatName", "showPercent"), False)


def bullet_bar(gauge: Gauge) -> ScatterChart:
    """Return a gauge as a chart; its figures stand in the chart itself.

    Names and numbers that have no room are left out: what is said beside it has them all.
    """
    chart = ScatterChart()
    chart.style, chart.scatterStyle, chart.legend = None, "lineMarker", None
    chart.roundedCorners = False
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete, axis.majorGridlines = True, None
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1
    chart.x_axis.scaling.min, chart.x_axis.scaling.max = float(gauge.low), float(gauge.high)
    value, whole = gauge.value, [(gauge.low, _MIDDLE), (gauge.high, _MIDDLE)]
    chart.series = [
        _line("", whole, INK, _FRAME, None),  # an outline, for zones as light as the paper
        *(_zone(zone, gauge) for zone in gauge.zones),
        *(_edge(edge, text) for edge, text in _with_room(gauge)),
        _across(value.number, f"Result {value.text}", _NEEDLE, _label(1, "t")),
    ]
    return chart


def _zone(zone: Zone, gauge: Gauge) -> XYSeries:
    """Return a stretch of the bar, with its name in the middle where that has room."""
    middle = (zone.low + zone.high) / 2
    points = [(x, _MIDDLE) for x in (zone.low, middle, zone.high)]
    bar = OUTCOME_BARS[zone.outcome]
    name = zone.outcome.short_label
    label = _label(1, "ctr", bar.ink) if zone.high - zone.low >= _length(name, gauge) else None
    return _line(name, points, bar.colour, _THICK, label)


def _with_room(gauge: Gauge) -> Iterator[tuple[Decimal, str]]:
    """Yield the numbers between zones; the texts of those too close to the one before are empty."""
    free = gauge.low
    for edge, text in zip(gauge.edges, gauge.texts, strict=True):
        half = _length(text, gauge) / 2
        has_room = edge - half >= free
        free = edge + half if has_room else free
        yield edge, text if has_room else ""


def _length(text: str, gauge: Gauge) -> Decimal:
    """Return what a text takes of the gauge, with a gap."""
    return (gauge.high - gauge.low) * _CHARACTER * (len(text) + 1)


def _edge(number: Decimal, text: str) -> XYSeries:
    return _across(number, text, _EDGE, _label(0, "b") if text else None)


def _across(number: Decimal, name: str, width: int, label: DataLabel | None) -> XYSeries:
    """Return a line across the bar, with its name."""
    return _line(name, [(number, y) for y in _ACROSS], INK, width, label)


def _label(point: int, place: Literal["t", "b", "ctr"], ink: str = INK) -> DataLabel:
    """Return the name of a line as the label of one of its points."""
    label = DataLabel(idx=point, **_UNSAID, showSerName=True, dLblPos=place)
    label.txPr = text_body(is_whole=True, ink=ink)
    return label


def _line(
    name: str,
    points: Sequence[tuple[Decimal, Decimal]],
    colour: str,
    width: int,
    label: DataLabel | None,
) -> XYSeries:
    series = XYSeries(
        xVal=AxDataSource(numLit=_literal([x for x, _ in points])),
        yVal=NumDataSource(numLit=_literal([y for _, y in points])),
    )
    series.tx = SeriesLabel(v=name)
    series.marker = no_marker()
    series.spPr = _stroke(colour, width)
    series.smooth = False
    if label:
        series.dLbls = DataLabelList(dLbl=[label], **_UNSAID, showSerName=False)
        series.dLbls.txPr = label.txPr
    return series


@cache
def _stroke(colour: str, width: int) -> GraphicalProperties:
    line = LineProperties(w=width, cap="flat", solidFill=colour)
    return made_once(GraphicalProperties(ln=line))


def _literal(numbers: Sequence[Decimal]) -> NumData:
    points = [NumVal(idx=place, v=float(number)) for place, number in enumerate(numbers)]
    return NumData(formatCode="General", ptCount=len(points), pt=points)
