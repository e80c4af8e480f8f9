"""A table in a sheet: what it holds, the column of each field, and the rows below its headings."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from kpi_cli.addresses import Place
from kpi_cli.models import Problem
from kpi_cli.reading.problems import warning
from kpi_cli.sentences import listed
from kpi_cli.xlsx.sheet import BLANK, Cell, Content, Sheet

LAST_ROW = LAST_COLUMN = 2**31
_MOST_RANGES = 5  # of hidden rows, that a message lists


class TableKind(Enum):
    """What a table holds."""

    INDICATORS = "indicators"
    HISTORY = "history"
    SETTINGS = "settings"
    AIMS = "aims"


class Section(NamedTuple):
    """A part of a table below headings, which may be repeated: its rows, and the rows above.

    The lead is what stands above the headings: titles, and the rows that name a group.
    """

    first_lead_row: int
    heading_row: int
    first_row: int
    last_row: int


@dataclass(frozen=True, eq=False)
class Table:
    """A table in a sheet: its sections in order, and the column of each field.

    The width are the first and the last column in which nothing else stands. The problems are
    those of the headings. A table that can't be read for them has no columns.
    """

    kind: TableKind
    sheet: Sheet
    sections: tuple[Section, ...]
    width: tuple[int, int]
    columns: Mapping[str, int]
    problems: tuple[Problem, ...] = ()
    year_starts: int = 4  # the month that the financial year starts with
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a profile says that words mean, as they fold, by the field that they stand in."""

    @property
    def heading_cell(self) -> Cell:
        """The first cell of the headings, for a problem of the whole table."""
        row = self.sections[0].heading_row
        first, last = self.width
        within = (cell for cell in self.sheet.cells(row) if first <= cell.column <= last)
        return next(within, Cell(self.sheet.name, row, min(self.columns.values(), default=1)))

    def heading_text(self, field: str) -> str | None:
        """Return what stands above a field's column, on the lowest line of its headings."""
        section = self.sections[0]
        rows = range(section.first_row - 1, section.heading_row - 1, -1)
        texts = (self.sheet.cell(row, self.columns[field]).value for row in rows)
        return next((" ".join(t.split()) for t in texts if isinstance(t, str) and t.strip()), None)

    def rows(self) -> Iterator[tuple[Place, dict[str, Cell]]]:
        """Yield the rows that have content: the place, and the cell by field."""
        for number, _ in self.body():
            cells = {f: self.sheet.cell(number, column) for f, column in self.columns.items()}
            yield self._place(number), cells

    def contents(self) -> Iterator[tuple[Place, Mapping[str, Content]]]:
        """Yield the rows that have content: the place, and what the cells hold by field."""
        columns = self.columns.items()
        for number, row in self.body():
            yield self._place(number), {field: row.get(c, BLANK) for field, c in columns}

    def _place(self, number: int) -> Place:
        covered = self.sheet.covered
        if not covered:
            return Place(self.sheet.name, number, self.columns)
        merged = {
            field: self.sheet.cell(number, column).position
            for field, column in self.columns.items()
            if (number, column) in covered
        }
        return Place(self.sheet.name, number, self.columns, merged)

    @property
    def columns_read(self) -> Collection[int]:
        """The columns that something is read from."""
        return self.columns.values()

    def body(self) -> Iterator[tuple[int, Mapping[int, Content]]]:
        """Yield the rows below the headings that have content of their own in a column read."""
        columns, covered = frozenset(self.columns_read), self.sheet.covered
        for section in self.sections:
            for number, row in rows_between(self.sheet, section.first_row, section.last_row):
                if columns.isdisjoint(row):
                    continue
                if not covered or any((number, c) not in covered for c in columns & row.keys()):
                    yield number, row

    def section_of(self, row: int) -> int:
        """Return which section a row is in, counted from 0."""
        return max(0, bisect_right(self._heading_rows, row) - 1)

    @cached_property
    def _heading_rows(self) -> list[int]:
        return [section.heading_row for section in self.sections]

    def hidden(self) -> Iterator[Problem]:
        """Yield a warning where the table is read from what Excel hides."""
        if not self.columns:
            return
        if self.sheet.is_hidden:
            hint = "Delete the sheet, or its table, if it should not count."
            yield warning(self.heading_cell, "the sheet is hidden, and is read", hint)
        if self.sheet.hidden_rows:
            rows = [number for number, _ in self.body() if number in self.sheet.hidden_rows]
            if rows:
                column = min(self.columns.values())
                first = Cell(self.sheet.name, rows[0], column)
                hint = "Show them to check that they should count, or delete them."
                yield warning(first, _hidden_rows(rows), hint)


def rows_between(
    sheet: Sheet, first: int, last: int
) -> Iterator[tuple[int, Mapping[int, Content]]]:
    """Yield a sheet's rows from the first to the last, with their numbers."""
    for number in sheet.numbers_between(first, last):
        yield number, sheet.rows[number]


def _hidden_rows(rows: list[int]) -> str:
    """Return that rows are hidden: "rows 5 to 7 and 9 are hidden, and are read"."""
    ranges: list[list[int]] = []
    for row in rows:
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1][1] = row
        else:
            ranges.append([row, row])
    names = [f"{a}" if a == b else f"{a} to {b}" for a, b in ranges[:_MOST_RANGES]]
    if len(ranges) > _MOST_RANGES:
        names.append(f"others, {len(rows)} in all,")
    if len(rows) == 1:
        return f"row {rows[0]} is hidden, and is read"
    return f"rows {listed(names, last='and')} are hidden, and are read"
