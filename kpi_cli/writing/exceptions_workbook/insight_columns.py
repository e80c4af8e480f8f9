"""The columns that other periods fill: what it was, what its control chart says, its outturn."""

from collections.abc import Callable, Sequence

from kpi_cli.insight import Insight
from kpi_cli.models import Rating
from kpi_cli.sentences import sentence
from kpi_cli.writing.excel.cells import Content, Entry
from kpi_cli.writing.excel.filtered_tables import Column
from kpi_cli.writing.excel.styles import FIGURE, RATED
from kpi_cli.writing.exceptions_workbook.column_key import (
    FORECAST,
    OUTTURN,
    RANGE,
    TARGET_MET,
    VARIATION,
    WAS,
)
from kpi_cli.writing.exceptions_workbook.sections import Sections

_MARGINS, _INDENT = 4, 1.5  # of a cell, in Excel's unit


def was_column(sections: Sections) -> Column[Rating]:
    """Return the column of what the expected outcome was in the period before."""

    def was(insight: Insight) -> Entry:
        return Entry((insight.previous and insight.previous.outcome) or "-")

    return _column(sections, WAS, 17, was)


def chart_columns(sections: Sections) -> list[Column[Rating]]:
    """Return the columns of what control charts say."""
    return [
        _column(sections, VARIATION, 13, lambda x: Entry(x.chart.variation or "-")),
        _column(sections, TARGET_MET, 15, lambda x: Entry(target_met(x))),
    ]


def forecast_columns(sections: Sections) -> list[Column[Rating]]:
    """Return the columns of where the year ends."""
    forecasts = [insight.forecast for insight in sections.insights]
    values = [forecast.value.text for forecast in forecasts if forecast.value]
    ends = [end.text for each in forecasts for end in (each.low, each.high) if end]
    return [
        _column(sections, FORECAST, _wide(values, 10), _forecast),
        _column(sections, RANGE, _wide(ends, 11) + _INDENT, _range),
        _column(sections, OUTTURN, 15, lambda x: _or_dash(x.forecast.outcome_text)),
    ]


def target_met(insight: Insight) -> str:
    """Return whether a target is met as figures vary, with the caution that goes with it.

    Limits of better times say "Consistently passes" of what is at risk now.
    """
    chart = insight.chart
    met = chart.assurance.label if chart.assurance else "-"
    if not chart.caution:
        return met
    return f"{met}. {sentence(chart.caution)}" if chart.assurance else sentence(chart.caution)


def _forecast(insight: Insight) -> Entry:
    return Entry(insight.forecast.value or "-", alignment=FIGURE)


def _range(insight: Insight) -> Entry:
    return Entry(insight.forecast.range_text or "-", alignment=RATED)


def _or_dash(content: Content) -> Entry:
    return Entry(content or "-")


def _wide(texts: Sequence[str], least: float) -> float:
    """Return the width in which the widest of these is whole."""
    return max([least, *(len(text) + _MARGINS for text in texts)])


def _column(
    sections: Sections, heading: str, width: float, entry: Callable[[Insight], Entry]
) -> Column[Rating]:
    return Column(heading, width, lambda rating: entry(sections.insight(rating)))
