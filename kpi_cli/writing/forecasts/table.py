"""Forecasts as a table for the terminal: the range always beside the figure, nothing cut."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TextIO

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kpi_cli.forecast import Forecast
from kpi_cli.models import Outcome
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
from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Script
from kpi_cli.writing.symbols import OUTCOME_LOOKS
from kpi_cli.writing.view import View, titles, unrated

_GAP = 2
_WIDEST_CODE = 20
_FIGURES = ("Value", "Forecast", "Range", "Annual")
_ALWAYS = ("Forecast", "Range")  # however narrow the screen is
_LESS_NEEDED = ("Straight line", "No change")  # of the backtest, on a narrow screen
_OUTCOME_WIDTH = 22  # with less room beside the figures, the outcome stands below them
_INDENT = 10  # the lines under an indicator start here at most


def write_table(workbooks: Iterable[Forecasts], stream: TextIO, view: View) -> None:
    """Write the forecasts of each workbook; colours and the width are those of the stream."""
    for number, forecasts in enumerate(workbooks):
        if number:
            stream.write("\n")
        paint(stream, partial(_lines, forecasts, view))


def _lines(
    forecasts: Forecasts, view: View, script: Script, width: int
) -> Iterator[RenderableType]:
    return _Page(forecasts, view, script, width).lines()


@dataclass(frozen=True)
class _Page:
    """The forecasts of one workbook, laid out for a width."""

    forecasts: Forecasts
    view: View
    script: Script
    width: int

    def lines(self) -> Iterator[RenderableType]:
        """Yield everything from the title to the backtest."""
        title, *others = titles(self.forecasts.report)
        yield self._text(title, "bold")
        yield from (self._text(line) for line in others)
        for name, outlooks in groups(self.forecasts.made).items():
            yield Text()
            yield self._text(name, "bold")
            yield from self._group(outlooks)
        if self.forecasts.refused:
            yield Text()
            yield self._text("No forecast", "bold")
            yield from self._refused()
        yield Text()
        yield self._text(total(self.forecasts), "bold")
        if self.forecasts.made:
            yield self._text(RANGE)
        if rows := unrated(self.forecasts.report):
            yield self._text(rows, "red")
        if self.view.backtest:
            yield from self._backtest()

    def _group(self, outlooks: Sequence[Outlook]) -> Iterator[RenderableType]:
        shown = [self._figures(outlook) for outlook in outlooks]
        widths = {
            name: max(cell_len(name), *(cell_len(figures[name]) for figures in shown))
            for name in _FIGURES
        }
        code = self._code_width(outlooks)
        names = self._fitting(widths, code)
        room = self.width - code - _GAP - sum(widths[name] + _GAP for name in names)
        beside = room >= _OUTCOME_WIDTH
        heading = [Text("Code", "dim"), *(Text(name, "dim") for name in names)]
        columns = [widths[name] for name in names]
        yield self._row(code, columns, [*heading, Text("Outcome", "dim")] if beside else heading)
        for outlook, figures in zip(outlooks, shown, strict=True):
            forecast, indicator = outlook.forecast, outlook.rating.indicator
            cells = [self._text(indicator.code, "bold")]
            cells += [self._text(figures[name]) for name in names]
            outcome = self._outcome(forecast)
            yield self._row(code, columns, [*cells, outcome] if beside else cells)
            if not beside:
                yield self._below(outcome, code)
            if indicator.short_name != indicator.code:
                yield self._below(self._text(indicator.short_name), code)
            yield self._below(self._text(how(forecast), "italic"), code)
            yield from self._notes(forecast, code)

    def _figures(self, outlook: Outlook) -> dict[str, str]:
        forecast = outlook.forecast
        annual = forecast.annual_target
        texts = (
            forecast.from_value.text if forecast.from_value else None,
            forecast.value.text if forecast.value else None,
            forecast.range_text,
            annual.text if annual else None,
        )
        return {n: self._plain(text or "-") for n, text in zip(_FIGURES, texts, strict=True)}

    def _fitting(self, widths: dict[str, int], code: int) -> list[str]:
        """Return the figures that fit: without the annual target or the value, where need be."""
        for names in (_FIGURES, tuple(n for n in _FIGURES if n != "Value")):
            if code + sum(widths[name] + _GAP for name in names) <= self.width:
                return list(names)
        return list(_ALWAYS)

    def _code_width(self, outlooks: Iterable[Outlook]) -> int:
        codes = (cell_len(self._plain(each.rating.indicator.code)) for each in outlooks)
        return min(max([4, *codes]), _WIDEST_CODE, self.width // 3)

    def _row(self, code: int, widths: Sequence[int], cells: Sequence[Text]) -> RenderableType:
        """Return a line: code, figures at the right of their columns, and what is beside them."""
        row = Table.grid(padding=(0, _GAP, 0, 0))
        row.add_column(width=code, overflow="fold")
        for wide in widths:
            row.add_column(width=wide, justify="right", overflow="fold")
        if len(cells) > len(widths) + 1:
            row.add_column(overflow="fold")
        row.add_row(*cells)
        return row

    def _outcome(self, forecast: Forecast) -> Text:
        """Return the outcome with its icon; where the range holds several, each in its colour."""
        outcome, best, worst = forecast.outcome, forecast.best, forecast.worst
        if not outcome or not best or not worst:
            return self._text("-")
        if best is worst:
            look = OUTCOME_LOOKS[outcome]
            return Text(self.script.look(look), look.colour)
        parts = (_coloured(outcome), " (", _coloured(best), " to ", _coloured(worst), ")")
        return Text.assemble(*parts)

    def _refused(self) -> Iterator[RenderableType]:
        code = self._code_width(self.forecasts.refused)
        for outlook in self.forecasts.refused:
            forecast, indicator = outlook.forecast, outlook.rating.indicator
            why = self._text(sentence(forecast.refused or ""))
            row = Table.grid(padding=(0, _GAP, 0, 0))
            row.add_column(width=code, overflow="fold")
            row.add_column(overflow="fold")
            is_named = indicator.short_name == indicator.code
            name = why if is_named else self._text(indicator.short_name)
            row.add_row(self._text(indicator.code, "bold"), name)
            yield row
            if not is_named:
                yield self._below(Text(why.plain, "italic"), code)
            yield from self._notes(forecast, code)

    def _notes(self, forecast: Forecast, code: int) -> Iterator[RenderableType]:
        for note in forecast.notes:
            yield self._below(self._text(f"! {sentence(note)}", "yellow"), code)

    def _backtest(self) -> Iterator[RenderableType]:
        yield Text()
        yield self._text(BACKTEST, "bold")
        lines = [
            (self._plain(name), dict(zip(SCORE_HEADINGS, score_cells(score), strict=True)))
            for name, score in scores(self.forecasts)
        ]
        if not lines:
            yield self._text(NO_BACKTEST)
            return
        wide = min(max(cell_len(name) for name, _ in lines), self.width // 3)
        widths = {
            heading: max(cell_len(heading), *(cell_len(cells[heading]) for _, cells in lines))
            for heading in SCORE_HEADINGS
        }
        shown = list(SCORE_HEADINGS)
        for heading in _LESS_NEEDED:
            if wide + sum(widths[each] + _GAP for each in shown) > self.width:
                shown.remove(heading)
        columns = [widths[heading] for heading in shown]
        yield self._row(wide, columns, [Text(), *(Text(heading, "dim") for heading in shown)])
        for name, cells in lines:
            texts = (self._text(cells[heading]) for heading in shown)
            yield self._row(wide, columns, [self._text(name, "bold"), *texts])
        if refused := refusals(self.forecasts):
            yield self._text(sentence(refused))

    def _below(self, text: Text, code: int) -> RenderableType:
        """Return a line that stands under an indicator's figures, beside its code."""
        return Padding(text, (0, 0, 0, min(code, _INDENT) + _GAP))

    def _plain(self, text: str) -> str:
        return self.script.text(" ".join(text.split()))

    def _text(self, text: str, style: str = "") -> Text:
        """Return a text in one line, as the encoding shows it; markup in it means nothing."""
        return Text(self._plain(text), style)


def _coloured(outcome: Outcome) -> tuple[str, str]:
    look = OUTCOME_LOOKS[outcome]
    return look.word, look.colour
