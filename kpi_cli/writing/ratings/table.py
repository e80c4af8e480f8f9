"""Reports as tables for the terminal: grouped by aim, fitted to its width, nothing cut."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TextIO

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kpi_cli.amounts import Target
from kpi_cli.models import Direction, Rating, Report
from kpi_cli.published import compare_published
from kpi_cli.rating import direction_reason
from kpi_cli.sentences import sentence
from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Look, Script
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS, POLARITY_WORDS
from kpi_cli.writing.view import (
    View,
    by_aim,
    lag,
    other_period,
    summary,
    tally,
    titles,
    total,
    unrated,
    value_note,
)

_GAP = 2
_CORE = 7  # columns of this importance and above are shown before the name gets a column
_NAME_WIDTH = 28  # with less room beside the figures, the name stands below them
_FIGURES = 54  # characters that value, target, outcome and direction take beside a name
_ROOMY_NAME_WIDTH = 40  # with less, columns past the core are dropped
_NEEDED = 2  # columns of this importance and above are always shown
_WIDEST = 30  # names of services and committees wrap at this width
_WIDEST_FIGURE = 24  # a figure alone is shorter; what is said with it or instead of it wraps
_WIDEST_CODE = 20  # a code is on one line, unless it is longer than any code should be
_INDENT = 10  # the lines under an indicator start here at most


def write_table(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write the reports one after the other; colours and the width are those of the stream."""
    for number, report in enumerate(reports):
        if number:
            stream.write("\n")
        paint(stream, partial(_lines, report, view))


def _lines(report: Report, view: View, script: Script, width: int) -> Iterator[RenderableType]:
    return _Page(report, view, script, width).lines()


@dataclass(frozen=True)
class _Column:
    """A column: its heading, what it shows of a rating, and its importance; 1 is kept longest."""

    heading: str
    importance: int
    cell: Callable[[Rating], Text]
    is_figure: bool = False
    widest: int | None = None  # what is longer wraps

    def width(self, ratings: Sequence[Rating]) -> int:
        widest = max([cell_len(self.heading), *(self.cell(rating).cell_len for rating in ratings)])
        return min(widest, self.widest or widest)


class _Page:
    """One report, laid out for a width."""

    def __init__(self, report: Report, view: View, script: Script, width: int) -> None:
        self.report, self.view, self.script, self.width = report, view, script, width
        # Where there are no codes, the names are the keys, and stand once.
        self.is_named = all(r.indicator.code == r.indicator.short_name for r in report.ratings)
        widths = [(column, column.width(report.ratings)) for column in self._columns()]
        self.columns = _fitting(widths, width)
        self.name_width = width - sum(wide + _GAP for _, wide in self.columns)

    def lines(self) -> Iterator[RenderableType]:
        """Yield everything from the title to the last count."""
        title, *others = titles(self.report)
        yield self._text(title, "bold")
        yield from (self._text(line) for line in others)
        for aim, ratings in by_aim(self.report.ratings).items():
            yield Text()
            heading = Text.assemble(
                self._text(f"{aim}:", "bold"), " ", self._text(summary(ratings))
            )
            yield heading
            yield self._row([Text(column.heading) for column, _ in self.columns], "Short name")
            yield self._text("─" * self.width, "dim")
            for rating in ratings:
                yield from self._indicator(rating)
        yield Text()
        yield self._text(total(self.report), "bold")
        if rows := unrated(self.report):
            yield self._text(rows, "red")
        if self.view.compare:
            yield from self._comparison()

    def _columns(self) -> list[_Column]:
        """Return every column there is, in the order in which they stand."""
        name = min(self.width // 2, max(self.width - _FIGURES, _NAME_WIDTH))
        widest = name if self.is_named else min(_WIDEST_CODE, self.width // 3)
        key = "Indicator" if self.is_named else "Code"
        return [
            _Column(key, 1, lambda r: self._text(r.indicator.code, "bold"), widest=widest),
            self._figure("Value", 2, lambda r: self._text(r.indicator.value_text)),
            self._figure("Target", 4, lambda r: self._amount(r.indicator.target)),
            self._figure("Annual", 7, lambda r: self._amount(r.indicator.annual_target)),
            _Column("Outcome", 3, lambda r: self._look(OUTCOME_LOOKS[r.outcome])),
            _Column("Direction", 5, lambda r: self._look(DIRECTION_LOOKS[r.direction])),
            _Column("Polarity", 6, lambda r: self._text(POLARITY_WORDS[r.indicator.polarity])),
            self._figure("Year ago", 8, lambda r: self._amount(r.last_year)),
            _Column("Managed by", 9, lambda r: self._text(r.indicator.managed_by), widest=_WIDEST),
            _Column("Committee", 10, lambda r: self._text(r.indicator.committee), widest=_WIDEST),
        ]

    def _figure(self, heading: str, importance: int, cell: Callable[[Rating], Text]) -> _Column:
        return _Column(heading, importance, cell, is_figure=True, widest=_WIDEST_FIGURE)

    def _indicator(self, rating: Rating) -> Iterator[RenderableType]:
        cells = [column.cell(rating) for column, _ in self.columns]
        yield self._row(cells, rating.indicator.short_name)
        if note := lag(self.report, rating):
            yield self._below(self._text(f"! {note}", "yellow"))
        elif period := other_period(self.report, rating):
            yield self._below(self._text(period, "italic"))
        if self.view.explain:
            yield self._below(self._text(f"Why: {rating.reason}", "italic"))
            if note := value_note(rating):
                yield self._below(self._text(sentence(note), "italic"))
            if rating.direction is not Direction.UNKNOWN:
                why = f"{rating.direction.label}: {direction_reason(rating)}"
                yield self._below(self._text(why, "italic"))

    def _row(self, cells: Sequence[Text], name: str) -> RenderableType:
        """Return a line of figures, with the name in a column of its own or on the lines below."""
        row = Table.grid(padding=(0, _GAP, 0, 0))
        row_cells = list(cells)
        for column, wide in self.columns:
            row.add_column(
                width=wide,
                justify="right" if column.is_figure else "left",
                no_wrap=not column.widest,
                overflow="fold",
            )
            if column.importance == 1 and self.name_width >= _NAME_WIDTH and not self.is_named:
                row.add_column(width=self.name_width, overflow="fold")
                row_cells.insert(1, self._text(name))
        row.add_row(*row_cells)
        if self.name_width >= _NAME_WIDTH or self.is_named:
            return row
        return Group(row, self._below(self._text(name)))

    def _below(self, text: Text) -> RenderableType:
        """Return a line that stands under an indicator's figures, beside its code."""
        return Padding(text, (0, 0, 0, min(self.columns[0][1], _INDENT) + _GAP))

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

    def _amount(self, amount: Target | None) -> Text:
        return self._text(amount.text if amount else None)

    def _look(self, look: Look) -> Text:
        return Text(self.script.look(look), look.colour)

    def _text(self, text: str | None, style: str = "") -> Text:
        """Return a text in one line, as the encoding shows it; markup in it means nothing."""
        return Text(self.script.text(" ".join((text or "-").split())), style)


def _fitting(widths: Sequence[tuple[_Column, int]], room: int) -> list[tuple[_Column, int]]:
    """Return the columns that fit, by their importance up to the first that doesn't.

    Columns past the core need room for a name beside them too.
    """
    chosen: list[_Column] = []
    used = 0
    for column, wide in sorted(widths, key=lambda pair: pair[0].importance):
        spare = 0 if column.importance <= _CORE else _GAP + _ROOMY_NAME_WIDTH
        if used + wide + spare > room and column.importance > _NEEDED:
            break
        chosen.append(column)
        used += wide + _GAP
    return [pair for pair in widths if pair[0] in chosen]
