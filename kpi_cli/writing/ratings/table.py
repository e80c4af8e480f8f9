"""Reports as tables for the terminal: in groups, fitted to its width, nothing cut."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TextIO

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kpi_cli.insight import Insight, by_reason, insights
from kpi_cli.models import Direction, Rating, Report
from kpi_cli.published import compare_published
from kpi_cli.rating import direction_reason
from kpi_cli.sentences import sentence, some
from kpi_cli.writing.ratings.brief import BriefLines
from kpi_cli.writing.ratings.table_columns import (
    GAP,
    NAME_WIDTH,
    Columns,
    fitted,
    fitting,
    side_by_side,
)
from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Script
from kpi_cli.writing.view import (
    View,
    chart_lines,
    forecast_line,
    forecast_notes,
    group_summary,
    in_groups,
    lag,
    other_period,
    since_last_period,
    tally,
    titles,
    total,
    unrated,
    value_note,
)

_INDENT = 10  # the lines under an indicator start here at most


def write_table(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write the reports one after the other; colours and the width are those of the stream."""
    for number, report in enumerate(reports):
        if number:
            stream.write("\n")
        paint(stream, partial(_lines, report, view))


def _lines(report: Report, view: View, script: Script, width: int) -> Iterator[RenderableType]:
    return _Page(report, view, script, width).lines()


class _Page:
    """One report, laid out for a width."""

    def __init__(self, report: Report, view: View, script: Script, width: int) -> None:
        self.report, self.view, self.script, self.width = report, view, script, width
        # Where there are no codes, the names are the keys, and stand once.
        self.is_named = all(r.indicator.code == r.indicator.short_name for r in report.ratings)
        self.cells = Columns(script, self.is_named, view.spc)
        self.insights = {id(each.rating): each for each in insights(report)}
        shown = list(self.insights.values())
        widths = [(each, each.width(shown)) for each in self.cells.all(shown, width)]
        self.columns = fitting(widths, width)
        self.name_width = width - sum(wide + GAP for _, wide in self.columns)

    def lines(self) -> Iterator[RenderableType]:
        """Yield everything from the title to the last count."""
        title, *others = titles(self.report)
        yield self._text(title, "bold")
        yield from (self._text(line) for line in others)
        if self.view.brief:
            yield from BriefLines(self.report, self.script, self.width, self.is_named).lines()
        else:
            yield from self._groups()
        if not self.view.explain:
            yield from self._refusals()
        yield Text()
        yield self._text(total(self.report), "bold")
        if rows := unrated(self.report):
            yield self._text(rows, "red")
        if self.view.compare:
            yield from self._comparison()

    def _refusals(self) -> Iterator[RenderableType]:
        """Yield why indicators have no control chart or forecast: a line for each reason."""
        shown = list(self.insights.values())
        for is_asked, what, why_not in (
            (self.view.spc, "control chart", lambda each: each.without_chart),
            (self.view.forecast, "forecast", lambda each: each.without_forecast),
        ):
            codes = by_reason(shown if is_asked else (), why_not)
            if codes:
                yield Text()
            for why, those in codes.items():
                yield self._text(f"No {what} for {some(those)}: {why}")

    def _groups(self) -> Iterator[RenderableType]:
        for group, ratings in in_groups(self.report, self.view.order).items():
            yield Text()
            yield self._heading(group, ratings)
            yield self._row([Text(column.heading) for column, _ in self.columns], "Short name")
            yield self._text("─" * self.width, "dim")
            for rating in ratings:
                yield from self._indicator(self.insights[id(rating)])

    def _heading(self, group: str, ratings: list[Rating]) -> Text:
        counts = group_summary(ratings, self.view.order)
        return Text.assemble(self._text(f"{group}:", "bold"), " ", self._text(counts))

    def _indicator(self, insight: Insight) -> Iterator[RenderableType]:
        rating = insight.rating
        cells = [column.cell(insight) for column, _ in self.columns]
        yield self._row(cells, rating.indicator.short_name)
        if note := lag(self.report, rating):
            yield self._below(self._text(f"! {note}", "yellow"))
        elif period := other_period(self.report, rating):
            yield self._below(self._text(period, "italic"))
        if self.view.spc and insight.chart.caution:
            yield self._below(self._text(f"! {insight.chart.caution}", "yellow"))
        if self.view.forecast and (self.view.explain or not insight.forecast.refused):
            yield self._below(self._text(forecast_line(insight.forecast)))
        if self.view.explain:
            yield from (self._below(self._text(each, "italic")) for each in self._why(insight))

    def _why(self, insight: Insight) -> Iterator[str]:
        rating = insight.rating
        yield f"Why: {rating.reason}"
        if note := value_note(rating):
            yield sentence(note)
        if rating.direction is not Direction.UNKNOWN:
            yield f"{rating.direction.label}: {direction_reason(rating)}"
        if previous := insight.previous:
            yield sentence(since_last_period(previous))
        if self.view.spc:
            yield from chart_lines(insight.chart)
        if self.view.forecast:
            yield from forecast_notes(insight.forecast)

    def _row(self, cells: Sequence[Text], name: str) -> RenderableType:
        """Return a line of figures, with the name in a column of its own or on the lines below."""
        columns: list[list[Text]] = []
        has_name_column = self.name_width >= NAME_WIDTH and not self.is_named
        for (column, wide), cell in zip(self.columns, cells, strict=True):
            columns.append(fitted(cell, wide, column.justify, wraps=bool(column.widest)))
            if column.importance == 1 and has_name_column:
                columns.append(fitted(self._text(name), self.name_width, "left", wraps=True))
        row = side_by_side(columns)
        return (
            row if has_name_column or self.is_named else Group(row, self._below(self._text(name)))
        )

    def _below(self, text: Text) -> RenderableType:
        """Return a line that stands under an indicator's figures, beside its code."""
        return Padding(text, (0, 0, 0, min(self.columns[0][1], _INDENT) + GAP))

    def _comparison(self) -> Iterator[RenderableType]:
        comparison = compare_published(self.report)
        yield Text()
        yield self._text("Compared with what was published", "bold")
        yield self._text(tally(comparison.outcomes, "Expected outcome", ""))
        yield self._text(tally(comparison.directions, "Direction", "no value a year ago"))
        for pair in comparison.differences:
            code = pair.rating.indicator.code
            published, computed = pair.published.label, pair.computed.label
            differs = f'{code}: the {pair.what} is "{computed}", published "{published}"'
            yield self._text(differs, "red")
            yield self._below(self._text(f"Why: {pair.reason}", "italic"))

    def _text(self, text: str | None, style: str = "") -> Text:
        return self.cells.text(text, style)
