"""Native Excel charts: the outcomes as stacked bars, and an indicator against its target."""

from collections.abc import Sequence
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Literal, NamedTuple, TypeVar

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import Series
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.descriptors.serialisable import Serialisable
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Outcome
from kpi_cli.writing.excel.axes import Axis
from kpi_cli.writing.excel.styles import (
    CHART_LINE,
    FONT,
    GREEN,
    INK,
    LAST_YEAR_LINE,
    OUTCOME_BARS,
    RED,
    TARGET_LINE,
    VALUE_LINE,
)

_LINE_WIDTH, _THIN_LINE_WIDTH = 25_400, 12_700  # EMU: two points, and one
_SIZE, _TITLE_SIZE = 1000, 1200  # hundredths of a point
_LANGUAGE = "en-GB"
_DASH, _SHORT_DASH = 13, 6  # points: as wide as the dash that stands for a target is
_FEW = 12  # periods, whose dashes have room
_UNSAID = dict.fromkeys(("showLegendKey", "showSerName", "showCatName", "showPercent"), False)
_MOST_NAMED = 8  # periods below a chart


class Curve(Enum):
    """What a line of a chart is of: its colour, how it is dashed, its width.

    Each can be told in grey: a value has round marks, last year's is thin, with hollow ones, and a
    target is no line but a dash for each period, so that where it changes it is a step.
    """

    VALUE = (VALUE_LINE, "solid", _LINE_WIDTH)
    LAST_YEAR = (LAST_YEAR_LINE, "sysDash", _THIN_LINE_WIDTH)
    TARGET = (TARGET_LINE, None, _LINE_WIDTH)
    GREEN_LINE = (GREEN, "sysDot", _THIN_LINE_WIDTH)
    RED_LINE = (RED, "sysDash", _THIN_LINE_WIDTH)
    MEAN = (CHART_LINE, "solid", _THIN_LINE_WIDTH)
    LIMIT = (CHART_LINE, "lgDashDot", _THIN_LINE_WIDTH)


class Area(NamedTuple):
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
    chart.y_axis.number_format, chart.y_axis.crosses = "0", "max"
    for column, outcome in zip(range(area.first, area.last + 1), outcomes, strict=True):
        series = _series(sheet, area, column)
        series.graphicalProperties = _bar(outcome)
        rows = range(area.heading_row + 1, area.last_row + 1)
        nil = [place for place, row in enumerate(rows) if not sheet.cell(row, column).value]
        series.dLbls = _counts_inside(outcome, nil)
        series.cat = AxDataSource(strRef=StrRef(f=_labels(sheet, area)))
        chart.series.append(series)
    return chart


def _bar(outcome: Outcome) -> GraphicalProperties:
    """Return the look of a part of a bar: what it is filled with can be told in grey too."""
    fill = OUTCOME_BARS[outcome]
    look = GraphicalProperties()
    if fill.pattern:
        look.pattFill = PatternFillProperties(
            prst=fill.pattern,
            fgClr=_choice(fill.colour),
            bgClr=_choice(fill.paper),
        )
    else:
        look.solidFill = fill.colour
    look.line.solidFill = INK
    return look


def _choice(colour: str) -> ColorChoice:
    return ColorChoice(srgbClr=colour)  # type: ignore[arg-type]


def _counts_inside(outcome: Outcome, nil: Sequence[int]) -> DataLabelList:
    """Return the counts as labels inside the parts of bars; the bars of these places have none."""
    characters = CharacterProperties(
        sz=_SIZE, b=True, solidFill=OUTCOME_BARS[outcome].ink, latin=Font(typeface=FONT)
    )
    labels = DataLabelList(**_UNSAID, numFmt="0", showVal=True, dLblPos="ctr")
    labels.dLbl = [DataLabel(idx=place, **_UNSAID, showVal=False) for place in nil]
    look = ParagraphProperties(defRPr=characters)
    labels.txPr = RichText(p=[Paragraph(pPr=look, endParaRPr=CharacterProperties())])
    return labels


def curves_over_periods(
    sheet: Worksheet,
    area: Area,
    drawn: Sequence[Drawn],
    noun: str,
    title: str,
    axis_title: str,
    axis: Axis,
    number_format: str,
    are_dates: bool,
) -> LineChart:
    """Return lines of the value, its target and lines of its own over the periods.

    Of a band there are two curves. Periods without a figure are gaps. The noun is that of the
    periods, which are dates or words.
    """
    chart = LineChart()
    if axis.starts_at:
        axis_title += f" (the axis starts at {axis.starts_at})"
    _set_frame(chart, title, x_title=noun.capitalize(), y_title=axis_title)
    chart.y_axis.number_format = number_format
    scale = chart.y_axis.scaling
    scale.min, scale.max, chart.y_axis.majorUnit = axis.low, axis.high, axis.step
    labels = _labels(sheet, area)
    if are_dates:
        chart.x_axis.number_format = "mmm yy"
        periods = AxDataSource(numRef=NumRef(f=labels))
    else:
        periods = AxDataSource(strRef=StrRef(f=labels))
    made_once(periods)  # for all its curves
    chart.x_axis.tickLblPos = "low"
    number = area.last_row - area.heading_row
    skip = 1 if number <= _FEW else -(-number // _MOST_NAMED)
    chart.x_axis.tickLblSkip = skip  # type: ignore[attr-defined]
    chart.x_axis.txPr = text_body(is_level=number <= _FEW)
    chart.display_blanks = "gap"
    for column, curve, alone in drawn:
        series = _series(sheet, area, column)
        series.cat = periods
        series.smooth = False
        _set_look(series, curve, alone, _DASH if number <= _FEW else _SHORT_DASH)
        chart.series.append(series)
    return chart


def _set_look(series: Series, curve: Curve, alone: Sequence[int], dash: int) -> None:
    """Give a curve its line and its marks; a figure of a line that stands alone has a dash."""
    series.graphicalProperties = _stroke(curve)
    colour = curve.value[0]
    if curve is Curve.TARGET:
        series.marker = _marker("dash", dash, colour)
    elif curve is Curve.VALUE:
        series.marker = _marker("circle", 6, colour)
    elif curve is Curve.LAST_YEAR:
        series.marker = _marker("diamond", 6, colour, inside="FFFFFF")
    else:
        series.marker = no_marker()
        series.dPt = [_point(place, colour) for place in alone]


@cache
def _stroke(curve: Curve) -> GraphicalProperties:
    colour, dashes, width = curve.value
    line = LineProperties(w=width)
    if curve is Curve.TARGET:
        line.noFill = True
    else:
        line.solidFill, line.dashStyle = colour, dashes
    return made_once(GraphicalProperties(ln=line))


@cache
def _marker(
    symbol: Literal["circle", "dash", "diamond"], size: int, colour: str, inside: str | None = None
) -> Marker:
    return made_once(Marker(symbol=symbol, size=size, spPr=_plain(colour, inside)))


@cache
def no_marker() -> Marker:
    """Return what a line without marks has in their place."""
    return made_once(Marker(symbol="none"))


def _point(place: int, colour: str) -> DataPoint:
    """Return a mark for one figure; LibreOffice takes its colour from the point, not the mark."""
    return DataPoint(idx=place, marker=_marker("dash", _DASH, colour), spPr=_plain(colour))


def _plain(colour: str, inside: str | None = None) -> GraphicalProperties:
    look = GraphicalProperties(solidFill=inside or colour)
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
    chart.x_axis.title = _axis_title(x_title) if x_title else None
    chart.y_axis.title = _axis_title(y_title)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.roundedCorners = False
    chart.y_axis.majorGridlines = _grid()
    chart.legend = _legend()
    chart.x_axis.txPr = chart.y_axis.txPr = text_body()


# What is alike in every chart is made once, and becomes XML once: with two charts for each
# exception it counts.

_Part = TypeVar("_Part", bound=Serialisable)


def made_once(part: _Part) -> _Part:
    """Return a part of charts that becomes XML once, however many have it; it stays as it is."""
    made: dict[str | None, Any] = {}
    make = part.to_tree

    def to_tree(tagname: str | None = None, *others: Any, **named: Any) -> Any:
        if tagname not in made:
            made[tagname] = make(tagname, *others, **named)
        return made[tagname]

    part.to_tree = to_tree  # type: ignore[method-assign]
    return part


@cache
def _grid() -> ChartLines:
    line = LineProperties(solidFill="D9D9D9")
    return made_once(ChartLines(spPr=GraphicalProperties(ln=line)))


@cache
def _legend() -> Legend:
    legend = Legend()
    legend.position = "b"
    legend.txPr = text_body()
    return made_once(legend)


class _Unbroken(RichTextProperties):
    """Text in one line; openpyxl takes the word for it, "none", as nothing said."""

    def to_tree(self, *args: Any, **kwargs: Any) -> Any:
        """Return it as XML."""
        tree = super().to_tree(*args, **kwargs)
        tree.set("wrap", "none")
        return tree


@cache
def text_body(is_level: bool = False, is_whole: bool = False, ink: str = INK) -> RichText:
    """Return the look of an axis, a legend or a label.

    Names that are level aren't turned to find room, and whole ones aren't broken.
    """
    body = RichTextProperties(rot=0) if is_level else None
    body = _Unbroken() if is_whole else body
    paragraph = Paragraph(pPr=_look(_SIZE, ink), endParaRPr=CharacterProperties())
    return made_once(RichText(body, p=[paragraph]))


@cache
def _look(size: int, ink: str = INK) -> ParagraphProperties:
    return made_once(ParagraphProperties(defRPr=_characters(size, ink)))


@cache
def _characters(size: int, ink: str = INK) -> CharacterProperties:
    look = CharacterProperties(
        sz=size, b=size > _SIZE, solidFill=ink, latin=Font(typeface=FONT), lang=_LANGUAGE
    )
    return made_once(look)


@lru_cache(maxsize=128)  # "Month" and "Value" are those of most; few say where the axis starts
def _axis_title(text: str) -> Title:
    return made_once(_title(text, _SIZE))


def _title(text: str, size: int) -> Title:
    run = RegularTextRun(t=text, rPr=_characters(size))
    paragraph = Paragraph(pPr=_look(size), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)
