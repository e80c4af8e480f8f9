"""The changes between two reports as a page for the terminal, the answer in its first lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TextIO

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kpi_cli.comparison.compared import Compared
from kpi_cli.writing.changes.sections import Item, Section, sections
from kpi_cli.writing.changes.words import (
    answer,
    known_in_both,
    outcome_counts,
    title,
    workbooks,
)
from kpi_cli.writing.screen import cut, paint
from kpi_cli.writing.script import Script
from kpi_cli.writing.symbols import OUTCOME_LOOKS

_GAP = 2
_SHORTEST_NAME = 16  # with less room beside it, the outcome stands below the name
_WIDEST_LINE = 80  # an outcome far from its name is hard to follow
_MOST_SHOWN = 25  # items of a section, unless everything is asked for


def write_table(compared: Compared, stream: TextIO, everything: bool) -> None:
    """Write what differs; colours and the width are those of the stream."""
    paint(stream, partial(_lines, compared, everything))


def _lines(
    compared: Compared, everything: bool, script: Script, width: int
) -> Iterator[RenderableType]:
    return _Page(compared, everything, script, min(width, _WIDEST_LINE)).lines()


@dataclass(frozen=True)
class _Page:
    """What differs between two reports, laid out for a width."""

    compared: Compared
    everything: bool
    script: Script
    width: int

    def lines(self) -> Iterator[RenderableType]:
        """Yield everything from what is compared to the counts of outcomes."""
        yield self._folded(title(self.compared), "bold")
        yield self._folded(workbooks(self.compared))
        yield self._folded(answer(self.compared), "bold")
        for note in self.compared.notes:
            yield self._folded(f"! {note}", "yellow")
        for section in sections(self.compared, self.everything):
            yield from self._section(section)
        if self.compared.pairs:
            yield from self._counts()

    def _section(self, section: Section) -> Iterator[RenderableType]:
        yield Text()
        yield self._text(section.heading, "bold")
        shown = section.items if self.everything else section.items[:_MOST_SHOWN]
        wide = max((self._text(item.key).cell_len for item in shown), default=0)
        wide = min(wide, self.width // 3)
        for item in shown:
            yield from self._item(item, wide)
        if left := len(section.items) - len(shown):
            yield self._text(f"and {left:,} more; --all shows them, or --format csv", "italic")

    def _item(self, item: Item, wide: int) -> Iterator[RenderableType]:
        colour = OUTCOME_LOOKS[item.colour_of].colour if item.colour_of else ""
        outcome = self._text(item.outcomes, "" if colour == "default" else colour)
        indent = wide + _GAP if item.key else 0
        beside = self.width - indent - outcome.cell_len - _GAP
        is_beside = bool(item.outcomes) and beside >= _SHORTEST_NAME
        room = beside if is_beside else self.width - indent
        name = self._text(item.name)
        row = Table.grid(padding=(0, _GAP, 0, 0))
        cells = [self._text(item.key, "bold")] if item.key else []
        if item.key:
            row.add_column(width=wide, overflow="fold")
        row.add_column(width=room, overflow="fold")
        cells.append(cut(name, room, self.script) if item.code else name)
        if is_beside:
            row.add_column(no_wrap=True)
            cells.append(outcome)
        row.add_row(*cells)
        yield row
        below = indent or (_GAP if item.code else 0)
        if item.outcomes and not is_beside:
            yield self._below(outcome, below)
        if said := "; ".join(part for part in (item.figures, item.note) if part):
            yield self._below(self._text(said), below)

    def _counts(self) -> Iterator[RenderableType]:
        rows = outcome_counts(self.compared)
        yield Text()
        grid = Table.grid(padding=(0, _GAP, 0, 0))
        grid.add_column(overflow="fold")
        for _ in rows[0][1:]:
            grid.add_column(justify="right", overflow="fold")
        for row in rows:
            grid.add_row(*self._cells(row))
        yield grid
        yield self._folded(known_in_both(self.compared))

    def _cells(self, row: Sequence[str]) -> list[Text]:
        return [self._text(cell) for cell in row]

    def _below(self, text: Text, indent: int) -> RenderableType:
        return Padding(self._wrapped(text, self.width - indent), (0, 0, 0, indent))

    def _folded(self, text: str, style: str = "") -> RenderableType:
        """Return a line that wraps at the page's width."""
        return self._wrapped(self._text(text, style), self.width)

    def _wrapped(self, text: Text, width: int) -> RenderableType:
        grid = Table.grid()
        grid.add_column(width=width, overflow="fold")
        grid.add_row(text)
        return grid

    def _text(self, text: str, style: str = "") -> Text:
        """Return a text in one line, as the encoding shows it; markup in it means nothing."""
        return Text(self.script.text(" ".join(text.split())), style)
