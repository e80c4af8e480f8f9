"""Native Excel charts: the outcomes as stacked bars, and an indicator against its target."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Literal, NamedTuple

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumRef, StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
)
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Outcome
from kpi_cli.writing.excel.styles import (
    CHART_LINE,
    FONT,
    INK,
    OUTCOME_BARS,
    TARGET_LINE,
    VALUE_LINE,
)

_LINE_WIDTH, _THIN_LINE_WIDTH = 25_400, 12_700  # EMU: two points, and one
_SIZE, _TITLE_SIZE = 1000, 1200  # hundredths of a point


class Curve(Enum):
    """What a line of a chart is of: its colour, how it is dashed, its width."""

    VALUE = (VALUE_LINE, "solid", _LINE_WIDTH)
    TARGET = (TARGET_LINE, "dash", _LINE_WIDTH)
    GREEN_LINE = (OUTCOME_BARS[Outcome.ON_COURSE], "sysDot", _THIN_LINE_WIDTH)
    RED_LINE = (OUTCOME_BARS[Outcome.AT_RISK], "sysDash", _THIN_LINE_WIDTH)
    MEAN = (CHART_LINE, "solid", _THIN_LINE_WIDTH)
    LIMIT = (CHART_LINE, "lgDashDot", _THIN_LINE_WIDTH)


@dataclass(frozen=True)
class Area:
    """Where a chart's figures stand in its sheet: heading row, last row, columns from 1."""

    heading_row: int
    last_row: int
    labels: int
    first: int
    last: int


class Drawn(NamedTuple):
    """A column that a chart draws: which, as what, and which of its figures stand alone."""

    column: int
    curve: Curve
    alone: Sequence[int] = ()  # places, from 0, of figures that no line leads to or from


def outcome_bars(sheet: Worksheet, area: Area, outcomes: Sequence[Outcome], title: str) -> BarChart:
    """Return stacked bars: one for each group, with a part for each outcome."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "stacked", 100, 60
    _set_frame(chart, title, x_title=None, y_title="Indicators")
    chart.x_axis.scaling.orientation = "maxMin"  # the first group at the top
    chart.x_axis.tickLblSkip = 1
    chart.legend.position = "r"
    chart.y_axis.number_format, chart.y_axis.crosses = "0", "max"
    for column, outcome in zip(range(area.first, area.last + 1), outcomes, strict=True):
        series = _series(sheet, area, column)
        series.graphicalProperties = GraphicalProperties(solidFill=OUTCOME_BARS[outcome])
        series.graphicalProperties.line.solidFill = "FFFFFF"
        series.cat = AxDataSource(strRef=StrRef(f=_labels(sheet, area)))
        chart.series.append(series)
    return chart


def curves_over_periods(
    sheet: Worksheet,
    area: Area,
    drawn: Sequence[Drawn],
    noun: str,
    title: str,
    axis: str,
    number_format: str,
) -> LineChart:
    """Return lines of the value, its target and lines of its own over the periods.

    Of a band there are two curves. Periods without a figure are gaps. The value is a solid line
    with markers, a target is dashed, and the lines are thin. The noun is that of the periods:
    months are dates, and any others words.
    """
    chart = LineChart()
    _set_frame(chart, title, x_title=noun.capitalize(), y_title=axis)
    chart.y_axis.number_format = number_format
    labels = _labels(sheet, area)
    if noun == "month":
        chart.x_axis.number_format = "mmm yy"
        periods = AxDataSource(numRef=NumRef(f=labels))
    else:
        periods = AxDataSource(strRef=StrRef(f=labels))
    chart.x_axis.tickLblPos = "low"
    chart.display_blanks = "gap"
    for column, curve, alone in drawn:
        series = _series(sheet, area, column)
        series.cat = periods
        series.smooth = False
        line = series.graphicalProperties.line
        line.solidFill, dashes, line.width = curve.value
        line.dashStyle = dashes
        if curve is Curve.VALUE:
            series.marker = _marker("circle", 6, VALUE_LINE)
        else:
            series.marker = Marker(symbol="none")
            colour, *_ = curve.value
            series.dPt = [_point(place, colour) for place in alone]
        chart.series.append(series)
    return chart


def _marker(symbol: Literal["circle", "dash"], size: int, colour: str) -> Marker:
    return Marker(symbol=symbol, size=size, spPr=_plain(colour))


def _point(place: int, colour: str) -> DataPoint:
    """Return a mark for one figure; LibreOffice takes its colour from the point, not the mark."""
    return DataPoint(idx=place, marker=_marker("dash", 12, colour), spPr=_plain(colour))


def _plain(colour: str) -> GraphicalProperties:
    look = GraphicalProperties(solidFill=colour)
    look.line.solidFill = colour
    return look


def _series(sheet: Worksheet, area: Area, column: int) -> Series:
    values = Reference(sheet, min_col=column, min_row=area.heading_row, max_row=area.last_row)
    series: Series = SeriesFactory(values, title_from_data=True)
    return series


def _labels(sheet: Worksheet, area: Area) -> str:
    labels = Reference(
        sheet, min_col=area.labels, min_row=area.heading_row + 1, max_row=area.last_row
    )
    return str(labels)


def _set_frame(chart: BarChart | LineChart, title: str, x_title: str | None, y_title: str) -> None:
    chart.title = _title(title, _TITLE_SIZE)
    chart.x_axis.title = _title(x_title, _SIZE) if x_title else None
    chart.y_axis.title = _title(y_title, _SIZE)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.roundedCorners = False
    chart.y_axis.majorGridlines = _grid()
    chart.legend = Legend()
    chart.legend.position = "b"
    chart.x_axis.txPr = chart.y_axis.txPr = chart.legend.txPr = _body()


# What is alike in every chart is made once: with a chart for each exception it counts.


@cache
def _grid() -> ChartLines:
    return ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill="D9D9D9")))


@cache
def _body() -> RichText:
    return RichText(p=[Paragraph(pPr=_look(_SIZE), endParaRPr=CharacterProperties())])


@cache
def _look(size: int) -> ParagraphProperties:
    return ParagraphProperties(defRPr=_characters(size))


@cache
def _characters(size: int) -> CharacterProperties:
    return CharacterProperties(sz=size, b=size > _SIZE, solidFill=INK, latin=Font(typeface=FONT))


def _title(text: str, size: int) -> Title:
    run = RegularTextRun(t=text, rPr=_characters(size))
    paragraph = Paragraph(pPr=_look(size), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
