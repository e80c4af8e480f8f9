"""Forecasts as Markdown: a table for each period that is forecast, and one of what is refused."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from kpi_cli.outlook import Forecasts, Outlook
from kpi_cli.sentences import sentence
from kpi_cli.writing.forecasts.words import (
    BACKTEST,
    NO_BACKTEST,
    RANGE,
    SCORE_HEADINGS,
    groups,
    how,
    refusals,
    score_cells,
    scores,
    total,
)
from kpi_cli.writing.markdown_text import escaped, table_row, title_lines
from kpi_cli.writing.script import Script
from kpi_cli.writing.view import View, unrated

_HEADINGS = (
    "Code", "Short name", "Value", "Forecast", "Range", "Annual target", "Outcome", "How",
)  # fmt: skip
_ALIGNED = ("---", "---", "---:", "---:", "---:", "---:", "---", "---")


def write_markdown(workbooks: Iterable[Forecasts], stream: TextIO, view: View) -> None:
    """Write the forecasts of each workbook, one workbook after the other."""
    script = Script(stream.encoding or "utf-8")
    for number, forecasts in enumerate(workbooks):
        gap = "\n" if number else ""
        stream.write(gap + script.text("\n".join(_lines(forecasts, view)) + "\n"))


def _lines(forecasts: Forecasts, view: View) -> Iterator[str]:
    yield from title_lines(forecasts.report)
    for name, outlooks in groups(forecasts.made).items():
        yield from _table(name, _HEADINGS, _ALIGNED, map(_cells, outlooks))
    if forecasts.refused:
        headings = ("Code", "Short name", "Why")
        yield from _table("No forecast", headings, ["---"] * 3, map(_why_not, forecasts.refused))
    yield ""
    yield f"**{escaped(total(forecasts))}**"
    if forecasts.made:
        yield ""
        yield RANGE
    if rows := unrated(forecasts.report):
        yield ""
        yield escaped(rows)
    if view.backtest:
        yield from _backtest(forecasts)


def _backtest(forecasts: Forecasts) -> Iterator[str]:
    rows = [[name, *score_cells(score)] for name, score in scores(forecasts)]
    aligned = ["---", *["---:"] * len(SCORE_HEADINGS)]
    if rows:
        yield from _table(BACKTEST, ("", *SCORE_HEADINGS), aligned, rows)
    yield ""
    if refused := refusals(forecasts):
        yield escaped(sentence(refused))
    elif not rows:
        yield NO_BACKTEST


def _table(
    name: str, headings: Iterable[str], aligned: Iterable[str], rows: Iterable[Iterable[str]]
) -> Iterator[str]:
    yield ""
    yield f"## {escaped(name)}"
    yield ""
    yield table_row(headings)
    yield table_row(aligned)
    for cells in rows:
        yield table_row(escaped(cell) for cell in cells)


def _cells(outlook: Outlook) -> Iterator[str]:
    forecast, indicator = outlook.forecast, outlook.rating.indicator
    yield indicator.code
    yield indicator.short_name
    yield forecast.from_value.text if forecast.from_value else "-"
    yield forecast.value.text if forecast.value else "-"
    yield forecast.range_text or "-"
    yield forecast.annual_target.text if forecast.annual_target else "-"
    yield forecast.outcome_text or "-"
    yield " ".join([how(forecast), *map(sentence, forecast.notes)])


def _why_not(outlook: Outlook) -> Iterator[str]:
    forecast = outlook.forecast
    yield outlook.rating.indicator.code
    yield outlook.rating.indicator.short_name
    yield " ".join(map(sentence, [forecast.refused or "", *forecast.notes]))
