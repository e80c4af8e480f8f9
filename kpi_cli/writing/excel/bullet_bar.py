"""A bullet bar as a native chart: zones along one bar, each named, and the value across it.

There is one for each exception, and most of it is alike in all: that is made by openpyxl, becomes
XML once, and only names and numbers are put into copies of it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import starmap
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element, tostring

from openpyxl.chart import ScatterChart
from openpyxl.chart._chart import ChartBase
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.series import SeriesLabel, XYSeries
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.compat import safe_string
from openpyxl.drawing.line import LineProperties

from kpi_cli.gauge import Gauge, Zone
from kpi_cli.writing.excel.charts import no_marker, text_body
from kpi_cli.writing.excel.styles import INK, OUTCOME_BARS

GAUGE_HEIGHT = 1.8  # centimetres
_THICK, _FRAME, _EDGE, _NEEDLE = 180_000, 205_400, 9_525, 38_100  # EMU
_MIDDLE, _ACROSS = Decimal("0.5"), (Decimal("0.25"), Decimal("0.75"))  # of the chart's height
_STYLE = '<scatterStyle val="lineMarker" />'
_CHARACTER = Decimal("0.016")  # of the bar's length
_UNSAID = dict.fromkeys(("showLegendKey", "showVal", "showCatName", "showPercent"), False)


class _Label(NamedTuple):
    """The name of a line as the label of one of its points."""

    point: int
    place: Literal["t", "b", "ctr"]
    ink: str = INK


class _Look(NamedTuple):
    """How a line is drawn, and where it is named, if anywhere."""

    colour: str
    width: int
    label: _Label | None = None


class _Line(NamedTuple):
    name: str
    points: Sequence[tuple[Decimal, Decimal]]
    look: _Look


class BulletBar(ChartBase):
    """A gauge as a chart; its figures stand in the chart itself.

    Names and numbers that have no room are left out: what is said beside it has them all.
    """

    def __init__(self, gauge: Gauge) -> None:
        self.gauge = gauge  # and nothing of what a chart begins with: the bare chart has it

    def as_xml(self) -> str:
        """Return it as XML."""
        gauge = self.gauge
        return _bare_chart().format(
            series="".join(starmap(_series, enumerate(_lines(gauge)))),
            low=safe_string(float(gauge.low)),
            high=safe_string(float(gauge.high)),
        )


def _lines(gauge: Gauge) -> Iterator[_Line]:
    whole = [(gauge.low, _MIDDLE), (gauge.high, _MIDDLE)]
    yield _Line("", whole, _Look(INK, _FRAME))  # an outline, for zones as light as the paper
    yield from (_zone(zone, gauge) for zone in gauge.zones)
    yield from (_edge(edge, text) for edge, text in _with_room(gauge))
    value = gauge.value
    yield _across(value.number, f"Result {value.text}", _Look(INK, _NEEDLE, _Label(1, "t")))


def _zone(zone: Zone, gauge: Gauge) -> _Line:
    """Return a stretch of the bar, with its name in the middle where that has room."""
    middle = (zone.low + zone.high) / 2
    points = [(x, _MIDDLE) for x in (zone.low, middle, zone.high)]
    bar = OUTCOME_BARS[zone.outcome]
    name = zone.outcome.short_label
    has_room = zone.high - zone.low >= _length(name, gauge)
    label = _Label(1, "ctr", bar.ink) if has_room else None
    return _Line(name, points, _Look(bar.colour, _THICK, label))


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


def _edge(number: Decimal, text: str) -> _Line:
    return _across(number, text, _Look(INK, _EDGE, _Label(0, "b") if text else None))


def _across(number: Decimal, name: str, look: _Look) -> _Line:
    """Return a line across the bar, with its name."""
    return _Line(name, [(number, y) for y in _ACROSS], look)


@cache
def _bare_chart() -> str:
    """Return a chart without lines, as XML that all gauges share; what differs is in braces."""
    before, _, after = _divided(_Look(INK, _FRAME))
    low, high = '<min val="0" />', '<max val="2" />'
    for end, name in ((low, "{low}"), (high, "{high}")):  # the first axis is that of the values
        after = after.replace(end, end.replace(end[10], name), 1)
    return before + "{series}" + after


@cache
def _bare_series(look: _Look) -> str:
    """Return a line without a name or points, as XML that all that look so share."""
    text = _divided(look)[1]
    for part in ("idx", "order"):
        text = text.replace(f'<{part} val="0" />', f'<{part} val="{{place}}" />', 1)
    text = text.replace("<tx><v /></tx>", "<tx>{name}</tx>")
    for axis in ("x", "y"):
        text = text.replace('<ptCount val="0" />', f"{{{axis}}}", 1)
    return text


def _divided(look: _Look) -> tuple[str, str, str]:
    """Return a chart of one line as XML: what is before the line, the line, what is behind it."""
    chart = ScatterChart()
    chart.style, chart.scatterStyle, chart.legend = None, "lineMarker", None
    chart.roundedCorners = False
    for axis, high in ((chart.x_axis, 2), (chart.y_axis, 1)):
        axis.delete, axis.majorGridlines = True, None
        axis.scaling.min, axis.scaling.max = 0, high
    chart.series = [_bare_line(look)]
    text = tostring(chart._write(), encoding="unicode")  # type: ignore[attr-defined]
    before, style, rest = text.partition(_STYLE)
    series, axes, after = rest.partition("<axId")
    return before + style, series, axes + after


def _bare_line(look: _Look) -> XYSeries:
    series = XYSeries(xVal=AxDataSource(numLit=_literal()), yVal=NumDataSource(numLit=_literal()))
    series.tx = SeriesLabel(v="")
    series.marker = no_marker()
    line = LineProperties(w=look.width, cap="flat", solidFill=look.colour)
    series.spPr = GraphicalProperties(ln=line)
    series.smooth = False
    if look.label:
        point, place, ink = look.label
        label = DataLabel(idx=point, **_UNSAID, showSerName=True, dLblPos=place)
        label.txPr = text_body(is_whole=True, ink=ink)
        series.dLbls = DataLabelList(dLbl=[label], **_UNSAID, showSerName=False)
        series.dLbls.txPr = label.txPr
    return series


def _series(place: int, line: _Line) -> str:
    """Return a line as XML, at its place among those of the chart."""
    x, y = (_points(numbers) for numbers in zip(*line.points, strict=True))
    name = Element("v")
    name.text = line.name
    return _bare_series(line.look).format(
        place=place, name=tostring(name, encoding="unicode"), x=x, y=y
    )


def _points(numbers: Sequence[Decimal]) -> str:
    points = (
        f'<pt idx="{place}"><v>{safe_string(float(number))}</v></pt>'
        for place, number in enumerate(numbers)
    )
    return f'<ptCount val="{len(numbers)}" />{"".join(points)}'


def _literal() -> NumData:
    return NumData(formatCode="General", ptCount=0)
