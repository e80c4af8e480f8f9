"""The figures of all periods as a table for the terminal: an indicator after the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TextIO

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Span, Text

from kpi_cli.all_periods import AllPeriods, CodeHistory, Figures
from kpi_cli.writing.all_periods.words import title_of, total
from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Look, Script
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS
from kpi_cli.writing.view import View, titles, unrated

_GAP = 2
_NEEDED = 3  # columns of this importance and above are always shown
_NOT_RATED = Look("", "default", "-")


def write_table(workbooks: Iterable[AllPeriods], stream: TextIO, view: View) -> None:
    """Write the histories of each workbook; colours and the width are those of the stream."""
    for number, periods in enumerate(workbooks):
        if number:
            stream.write("\n")
        paint(stream, partial(_lines, periods))


def _lines(periods: AllPeriods, script: Script, width: int) -> Iterator[RenderableType]:
    return _Page(periods, script, width).lines()


@dataclass(frozen=True)
class _Column:
    """A column: its heading, what it shows of figures, and its importance; 1 is kept longest."""

    heading: str
    importance: int
    cell: Callable[[Figures], Look]
    is_figure: bool = False


@dataclass(frozen=True)
class _Page:
    """The histories of one workbook, laid out for a width."""

    periods: AllPeriods
    script: Script
    width: int

    def lines(self) -> Iterator[RenderableType]:
        """Yield everything from the title to the last count."""
        title, *others = titles(self.periods.report)
        yield self._text(title, "bold")
        yield from (self._text(line) for line in others)
        columns = self._fitting()
        for history in self.periods.histories:
            yield from self._history(history, columns)
        yield Text()
        yield self._text(total(self.periods), "bold")
        if rows := unrated(self.periods.report):
            yield self._text(rows, "red")

    def _history(
        self, history: CodeHistory, columns: Sequence[tuple[_Column, int]]
    ) -> Iterator[RenderableType]:
        yield Text()
        heading = Table.grid(padding=(0, _GAP, 0, 0))
        heading.add_column(width=min(cell_len(history.code), self.width // 3), overflow="fold")
        heading.add_column(overflow="fold")
        heading.add_row(self._text(history.code, "bold"), self._text(title_of(history)))
        yield heading
        rows = [[Look("", "dim", column.heading) for column, _ in columns]]
        rows += [[self._shown(column, each) for column, _ in columns] for each in history.figures]
        yield _block(rows, columns)

    def _fitting(self) -> list[tuple[_Column, int]]:
        """Return the columns that fit with their widths, by importance up to one that doesn't."""
        figures = self.periods.figures
        chosen: list[tuple[_Column, int]] = []
        used = 0
        for column in sorted(_COLUMNS, key=lambda column: column.importance):
            widths = (cell_len(self._shown(column, each).word) for each in figures)
            wide = max(widths, default=0)
            wide = max(wide, len(column.heading))
            if used + wide > self.width and column.importance > _NEEDED:
                break
            chosen.append((column, wide))
            used += wide + _GAP
        return sorted(chosen, key=lambda pair: _COLUMNS.index(pair[0]))

    def _shown(self, column: _Column, figures: Figures) -> Look:
        """Return what a column shows: its words as the encoding has them, in its colour."""
        look = column.cell(figures)
        word = self.script.text(" ".join(self.script.look(look).split()))
        return Look("", look.colour, word)

    def _text(self, text: str, style: str = "") -> Text:
        """Return a text in one line, as the encoding shows it; markup in it means nothing."""
        return Text(self.script.text(" ".join(text.split())), style)


def _block(rows: Iterable[Sequence[Look]], columns: Sequence[tuple[_Column, int]]) -> Text:
    """Return lines of cells beside each other; figures stand at the right of their columns.

    It is one text, for a text for each line would take most of the time of a long history.
    """
    lines: list[str] = []
    spans: list[Span] = []
    start = 0
    for row in rows:
        line = ""
        for look, (column, wide) in zip(row, columns, strict=True):
            space = " " * (wide - cell_len(look.word))
            line += space if column.is_figure else ""
            if look.colour != "default":
                begin = start + len(line)
                spans.append(Span(begin, begin + len(look.word), look.colour))
            line += look.word + ("" if column.is_figure else space) + " " * _GAP
        lines.append(line.rstrip())
        start += len(lines[-1]) + 1
    return Text("\n".join(lines), spans=spans, no_wrap=True, overflow="fold")


def _plain(text: str | None) -> Look:
    return Look("", "default", text or "-")


_COLUMNS = (
    _Column("Period", 1, lambda f: _plain(f.period.label)),
    _Column("Value", 2, lambda f: _plain(f.value_text), is_figure=True),
    _Column("Target", 4, lambda f: _plain(f.target.text if f.target else None), is_figure=True),
    _Column("Outcome", 3, lambda f: OUTCOME_LOOKS[f.rating.outcome] if f.rating else _NOT_RATED),
    _Column(
        "Direction", 5, lambda f: DIRECTION_LOOKS[f.rating.direction] if f.rating else _NOT_RATED
    ),
    _Column("Cell", 6, lambda f: _plain(f.place.cell("code"))),
)
