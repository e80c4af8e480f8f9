"""One indicator on a screen: how it is, where it is heading, whether that means anything."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from kpi_cli.changes import accumulates, figures_text
from kpi_cli.gauge import gauge_of
from kpi_cli.insight import Insight, Past, insights
from kpi_cli.models import Direction, Polarity, Report
from kpi_cli.rating import outturn_text
from kpi_cli.sentences import counted, sentence
from kpi_cli.terms import Charted
from kpi_cli.writing.one_indicator.plot import DOTS, Plot, plotted
from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Look, Script
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS
from kpi_cli.writing.view import (
    EVERYTHING,
    View,
    chart_lines,
    forecast_line,
    forecast_notes,
    lag,
    titles,
    value_note,
)

_GOOD = {
    Polarity.MAXIMISE: "higher is better",
    Polarity.MINIMISE: "lower is better",
    Polarity.GOLDILOCKS: "inside the band is good",
}
_SCREEN = 40  # lines
_AROUND_PLOT = 5  # lines: a blank one, the axis with its names and years, what the marks mean
_LEAST_PLOT, _MOST_PLOT = 6, 14
_MEASURE = Console()
_WIDEST = 100  # a plot as wide as a large screen says no more
_MOST_PERIODS, _FEWEST_PERIODS = 24, 12
_YEAR = 12  # months


def write_table(reports: Iterable[Report], stream: TextIO, view: View = EVERYTHING) -> None:
    """Write the indicators of the reports one below the other, each as one screen."""
    first = True
    for report in reports:
        for insight in insights(report):
            if not first:
                stream.write("\n")
            first = False
            paint(stream, partial(_lines, insight, view))


def _lines(insight: Insight, view: View, script: Script, width: int) -> Iterator[RenderableType]:
    return _Screen(insight, view, script, min(width, _WIDEST)).lines()


class _Screen:
    """One indicator, laid out for a width."""

    def __init__(self, insight: Insight, view: View, script: Script, width: int) -> None:
        self.insight, self.view, self.script, self.width = insight, view, script, width
        self.rating = insight.rating
        self.indicator = insight.rating.indicator

    def lines(self) -> Iterator[RenderableType]:
        """Yield everything from the name to the figures of all periods.

        Where a screen has no room for that, the zones go first, and then the earlier periods.
        """
        for zones, most in ((True, _MOST_PERIODS), (False, _MOST_PERIODS), (True, _FEWEST_PERIODS)):
            above = [*self._head(), *self._how(zones), *self._where(), *self._meaning()]
            room = _SCREEN - sum(map(self._height, above)) - _AROUND_PLOT
            below = list(self._periods(most))
            if room - len(below) >= _LEAST_PLOT:
                break
        yield from above
        yield from self._plot(min(max(room - len(below), _LEAST_PLOT), _MOST_PLOT))
        yield from below

    def _height(self, line: RenderableType) -> int:
        text, indent = line, 0
        if isinstance(line, Padding):
            text, indent = line.renderable, line.left
        assert isinstance(text, Text)
        return len(text.wrap(_MEASURE, self.width - indent))

    def _head(self) -> Iterator[RenderableType]:
        indicator = self.indicator
        name = "" if indicator.code == indicator.short_name else f"  {indicator.short_name}"
        yield self._text(f"{indicator.code}{name}", "bold")
        report = self.insight.report
        about = [indicator.aim, indicator.committee, _GOOD[indicator.polarity]]
        yield self._text(" · ".join([report.workbook, *filter(None, about)]), "dim")
        inferred = [line for line in titles(report) if line.startswith("Read as: ")]
        yield from (self._text(line, "dim") for line in inferred)

    def _how(self, with_zones: bool) -> Iterator[RenderableType]:
        indicator, rating = self.indicator, self.rating
        yield self._heading("How is it?")
        value = indicator.value_text or "no value"
        targets = [f"{value} in {indicator.period.label}"]
        targets += [f"target {indicator.target.text}"] if indicator.target else []
        annual = indicator.annual_target
        if annual and (not indicator.target or annual.measure != indicator.target.measure):
            targets.append(f"annual target {annual.text}")
        targets += [f"{name} {line.named}" for name, line in indicator.lines.items()]
        yield self._looked(OUTCOME_LOOKS[rating.outcome], f": {', '.join(targets)}")
        yield self._inside(sentence(rating.reason))
        gauge = gauge_of(rating, self.insight.report.settings) if with_zones else None
        if gauge:
            yield self._inside(gauge.said)
        if note := value_note(rating):
            yield self._inside(sentence(note))
        if note := lag(self.insight.report, rating):
            yield self._inside(f"! {note}", "yellow")

    def _where(self) -> Iterator[RenderableType]:
        yield self._heading("Where is it heading?")
        is_of_years = self.indicator.period.length == _YEAR  # the one before is that a year ago
        if self.insight.previous or not is_of_years:
            yield self._against_before()
        if not (self.insight.previous and is_of_years):
            yield self._against_year_ago()
        if self.view.forecast:
            forecast = self.insight.forecast
            yield self._inside(forecast_line(forecast))
            yield from (self._inside(each, "dim") for each in forecast_notes(forecast))

    def _against_before(self) -> RenderableType:
        before, previous = self.indicator.period.before, self.insight.previous
        if previous is None:
            return self._inside(f"Against {before.label}: not known")
        then = previous.indicator
        how = f"{figures_text(then)} → {figures_text(self.indicator)}"
        was = f" (was {previous.outcome.short_label})" if previous.outcome else ""
        return self._against(before.label, previous.change, how + was)

    def _against_year_ago(self) -> RenderableType:
        year_ago, last_year = self.rating.last_year_of, self.rating.last_year
        if last_year and self.indicator.value:
            how = f"{last_year.text} → {self.indicator.value_text}"
            return self._against(year_ago.label, self.rating.direction, how)
        outturn = outturn_text(self.rating.series, self.indicator)
        only = f", only {outturn}" if outturn else ""
        return self._inside(f"Against {year_ago.label}: not known{only}")

    def _against(self, period: str, direction: Direction, how: str) -> RenderableType:
        if direction is Direction.UNKNOWN:
            is_measured = self.indicator.value and accumulates(self.indicator)
            why = ", as there is no target to set it against" if is_measured else ""
            return self._inside(f"Against {period}: can't be told{why}: {how}")
        look = self._look(DIRECTION_LOOKS[direction])
        line = Text.assemble(self._text(f"Against {period}: "), look, self._text(f", {how}"))
        return Padding(line, (0, 0, 0, 2))

    def _meaning(self) -> Iterator[RenderableType]:
        if not self.view.spc:
            return
        chart = self.insight.chart
        yield self._heading("Does it mean anything?")
        yield from (self._inside(line) for line in chart_lines(chart))
        if chart.caution:
            yield self._inside(f"! {sentence(chart.caution)}", "yellow")
        limits = (chart.lower_limit, chart.upper_limit)
        if chart.variation and chart.charted is Charted.AMOUNT and limits[0] is not None:
            low, high = (chart.shown(each) for each in limits if each is not None)
            noun = self.indicator.period.noun
            yield self._inside(f"The limits, {low} and {high}, are of the amount of each {noun}.")

    def _plot(self, height: int) -> Iterator[RenderableType]:
        if not plotted(self.insight):
            return
        if not self.script.shows(DOTS):
            yield Text()
            yield self._text("The plot is left out: it takes an output in UTF-8.", "dim")
            return
        yield Text()
        yield from Plot(self.insight, self.width - 1, height, with_limits=self.view.spc).rows()

    def _periods(self, most: int) -> Iterator[RenderableType]:
        """Yield the figures of periods, as many to a line as fit: whole years, or even parts."""
        periods = self.insight.periods
        if len(periods) < 2:
            return
        yield Text()
        shown = periods[-most:]
        cells = [self._cell(each) for each in shown]
        wide = max(cell.cell_len for cell in cells) + 2
        a_year = _YEAR // self.indicator.period.length
        fit = max(self.width // wide, 1)
        columns = next(n for n in range(fit, 0, -1) if a_year % n == 0 or n % a_year == 0)
        for start in range(0, len(cells), columns):
            line = Text()
            for cell in cells[start : start + columns]:
                line.append_text(cell)
                line.append(" " * (wide - cell.cell_len))
            line.rstrip()
            yield line
        if hidden := len(periods) - len(shown):
            noun = self.indicator.period.noun
            yield self._text(f"{counted(hidden, f'earlier {noun}')}: see --format csv", "dim")

    def _cell(self, past: Past) -> Text:
        period, value = past.reading.period, past.reading.value
        label = period.label
        if period.length == 1:
            label = f"{label[:3]} {period.last.year % 100:02}"
        text = self._text(f"{label} {value.text if value else '-'}")
        if value and past.rating:
            look = OUTCOME_LOOKS[past.rating.outcome]
            icon = look.icon if self.script.shows(look.icon) else look.word
            text.append_text(Text(f" {icon}", look.colour))
        return text

    def _heading(self, text: str) -> Text:
        return self._text(text, "bold")

    def _inside(self, text: str, style: str = "") -> Padding:
        return Padding(self._text(text, style), (0, 0, 0, 2))

    def _looked(self, look: Look, text: str) -> Padding:
        return Padding(Text.assemble(self._look(look), self._text(text)), (0, 0, 0, 2))

    def _look(self, look: Look) -> Text:
        return Text(self.script.look(look), look.colour)

    def _text(self, text: str, style: str = "") -> Text:
        """Return a text in one line, as the encoding shows it; markup in it means nothing."""
        return Text(self.script.text(" ".join(text.splitlines())), style)
