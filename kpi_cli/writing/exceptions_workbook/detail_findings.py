"""What stands below an exception's chart on Detail: its control chart in words, its outturn."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Outcome, Rating
from kpi_cli.sentences import sentence
from kpi_cli.terms import Charted
from kpi_cli.writing.excel.cells import Content, merge, outcome_text, put
from kpi_cli.writing.excel.styles import BODY, BOLD, WRAPPED_LEFT
from kpi_cli.writing.excel.text import LINE, lines_of
from kpi_cli.writing.exceptions_workbook.column_key import FORECAST, TARGET_MET, VARIATION
from kpi_cli.writing.exceptions_workbook.detail_rows import ROW, width, write_label
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import chart_lines, forecast_line, forecast_notes

if TYPE_CHECKING:  # what is in these is loaded for those who ask for it
    from kpi_cli.forecast import Forecast
    from kpi_cli.spc import ControlChart

_WHOLE = ((7, 8, 10),)  # columns of a label, and of what stands beside it
_HALVES = ((7, 8, 8), (9, 10, 10))


class Finding(NamedTuple):
    """A label, and what is said beside it."""

    label: str
    content: Content
    look: Font = BODY


Line = Sequence[Finding]  # one, or two side by side


def findings_of(rating: Rating, sections: Sections) -> list[Line]:
    """Return what is said below an exception's chart, as far as that is asked for."""
    insight = sections.insight(rating)
    lines: list[Line] = []
    if sections.with_spc:
        lines += ([each] for each in _of_chart(insight.chart))
    if sections.with_forecast:
        lines += _of_forecast(insight.forecast)
    return lines


def height_of_findings(lines: Sequence[Line]) -> float:
    """Return the height that they take, in points."""
    return sum(map(_height, lines))


def write_findings(sheet: Worksheet, row: int, lines: Sequence[Line]) -> int:
    """Write them from a row on, right of the figures; return the first row below."""
    for line in lines:
        end = rows_for(sheet, row, _height(line))
        for (label, first, last), finding in zip(_columns(line), line, strict=True):
            write_label(sheet, row, finding.label, label)
            if end - 1 > row:
                merge(sheet, row, label, label, end - 1)
            if end - 1 > row or last > first:
                merge(sheet, row, first, last, end - 1)
            put(sheet, row, first, finding.content, finding.look, WRAPPED_LEFT)
        row = end
    return row


def rows_for(sheet: Worksheet, row: int, points: float) -> int:
    """Return the first row below what stands beside figures, whose rows have their heights."""
    end, tall = row, 0.0
    while tall < points:
        dimension = sheet.row_dimensions[end]
        dimension.height = dimension.height or ROW
        tall += dimension.height
        end += 1
    return end


def _of_chart(chart: "ControlChart") -> Iterator[Finding]:
    """Yield the verdict, the assurance, the caution that goes with them, and the notes."""
    if chart.reason:
        yield Finding("Control Chart", sentence(chart_lines(chart)[0]))
        return
    verdict, *others = chart_lines(chart)
    yield Finding(VARIATION, sentence(verdict))
    if chart.assurance:
        yield Finding(TARGET_MET.title(), sentence(others.pop(0)))
    if chart.caution:
        yield Finding("Caution", sentence(chart.caution), BOLD)
    if chart.charted is Charted.AMOUNT:
        others.insert(0, _of_amounts(chart))
    if others:
        yield Finding("Note", " ".join(others))


def _of_amounts(chart: "ControlChart") -> str:
    noun = chart.points[-1].period.noun
    return (
        f"It is of what each {noun} adds to the total; its limits are not drawn, as the plot shows"
        " the totals."
    )


def _of_forecast(forecast: "Forecast") -> Iterator[Line]:
    """Yield the forecast with its range, how both ends are rated, and how it was made."""
    yield [Finding(FORECAST, sentence(forecast_line(forecast)))]
    ends = ((forecast.low, forecast.outcome_low), (forecast.high, forecast.outcome_high))
    rated = [Finding(f"At {end.text}", outcome) for end, outcome in ends if end and outcome]
    if rated:
        yield rated
    if notes := forecast_notes(forecast):
        yield [Finding("", " ".join(notes))]


def _columns(line: Line) -> Sequence[tuple[int, int, int]]:
    return _WHOLE if len(line) == 1 else _HALVES


def _height(line: Line) -> float:
    """Return the height of what stands side by side: that of the tallest, in whole rows."""
    most = 1
    for (label, first, last), (name, content, look) in zip(_columns(line), line, strict=True):
        is_outcome = isinstance(content, Outcome)
        text = outcome_text(content) if isinstance(content, Outcome) else content
        most = max(
            most,
            lines_of(name, width(label, label), bold=True),
            lines_of(text, width(first, last), bold=bool(look.b) or is_outcome)
            if isinstance(text, str)
            else 1,
        )
    return max(ROW, most * LINE)
