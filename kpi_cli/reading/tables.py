"""A table in a sheet: what it holds, the column of each field, and the rows below its headings."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from kpi_cli.addresses import Place, address, column_letters
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Problem
from kpi_cli.reading.heading_words import unit_of
from kpi_cli.reading.problems import warning
from kpi_cli.sentences import counted, listed
from kpi_cli.xlsx.sheet import BLANK, Cell, Content, Sheet

LAST_ROW = LAST_COLUMN = 2**31
_AMOUNTS = {key for key, field in INDICATOR_FIELDS.items() if field.kind.is_amount}
_MOST_RANGES = 5  # of hidden rows or columns, that a message lists
_SHOW_THEM = "Show them to check that they should count, or delete them."


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

    @cached_property
    def units(self) -> dict[str, str]:
        """The units that headings tell of their figures, by field: "days" of "Actual (days)"."""
        texts = {field: self.heading_text(field) for field in self.columns if field in _AMOUNTS}
        return {field: unit for field, text in texts.items() if (unit := unit_of(text or ""))}

    def rows(self) -> Iterator[tuple[Place, dict[str, Cell]]]:
        """Yield the rows that have content: the place, and the cell by field."""
        for number, _ in self.body():
            cells = {f: self.sheet.cell(number, column) for f, column in self.columns.items()}
            yield self._place(number), cells

    def contents(self, fields: Sequence[str]) -> Iterator[tuple[Place, Sequence[Content]]]:
        """Yield the rows that have content: the place, and what the cells of these fields hold."""
        columns = [self.columns.get(field, 0) for field in fields]  # no cell is in a column 0
        for number, row in self.body():
            yield self._place(number), [row.get(column, BLANK) for column in columns]

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
                first = Cell(self.sheet.name, rows[0], min(self.columns.values()))
                yield warning(first, _are_hidden("row", rows), _SHOW_THEM)
        if columns := sorted(self.sheet.hidden_columns.intersection(self.columns_read)):
            first = Cell(self.sheet.name, self.sections[0].heading_row, columns[0])
            letters = {column: column_letters(column) for column in columns}
            yield warning(first, _are_hidden("column", columns, letters), _SHOW_THEM)
        yield from self._unseen()
        yield from self._overlaid()
        yield from self._struck_out()

    def _unseen(self) -> Iterator[Problem]:
        """Yield a warning of the cells that their number format hides."""
        reads = self._reads()
        cells = [self.sheet.cell(*each) for each in sorted(self.sheet.unseen) if reads(*each)]
        if cells:
            first, more = cells[0], len(cells) - 1
            message = (
                f'the number format "{first.number_format}" hides what the cell holds,'
                f" {_in_short(first.value)}, which is read"
            )
            if more:
                message += f"; so it is in {counted(more, 'more cell')}"
            yield warning(first, message, "Give it another format, or clear the cell.")

    def _overlaid(self) -> Iterator[Problem]:
        """Yield a warning for each cell that a merged one covers, and that says something else."""
        reads = self._reads()
        for cell, by in self.sheet.overlaid:
            if reads(cell.row, cell.column):
                message = (
                    f"the cell holds {_in_short(cell.value)}, and is covered by the merged cell"
                    f" {address(*by)}, which counts"
                )
                hint = "Unmerge the cells to see both, and leave what is right."
                yield warning(cell, message, hint)

    def _struck_out(self) -> Iterator[Problem]:
        """Yield a warning for each text of which a part is struck out, also above the rows."""
        reads = self._reads()
        for at, struck_out in sorted(self.sheet.struck_out.items()):
            if reads(*at) or self._leads(at[0]):
                text = f'the text "{_in_short(struck_out)}" in the cell'
                hint = "Delete it, or take the line through it away if it should count."
                message = f"{text} is struck out, and does not count"
                yield warning(self.sheet.cell(*at), message, hint)

    def _leads(self, row: int) -> bool:
        """Whether a row is one of headings, or of what stands above them."""
        return any(each.first_lead_row <= row < each.first_row for each in self.sections)

    def _reads(self) -> Callable[[int, int], bool]:
        """Return what tells whether the table is read from a row and column, filled or not."""
        columns = frozenset(self.columns_read)

        def reads(row: int, column: int) -> bool:
            at = bisect_right(self.sections, row, key=lambda section: section.first_row) - 1
            return at >= 0 and row <= self.sections[at].last_row and column in columns

        return reads


def rows_between(
    sheet: Sheet, first: int, last: int
) -> Iterator[tuple[int, Mapping[int, Content]]]:
    """Yield a sheet's rows from the first to the last, with their numbers."""
    for number in sheet.numbers_between(first, last):
        yield number, sheet.rows[number]


def _in_short(value: object) -> str:
    return " ".join(str(value).split())[:60]


def _are_hidden(noun: str, numbers: list[int], names: Mapping[int, str] = {}) -> str:
    """Return that rows or columns are hidden: "rows 5 to 7 and 9 are hidden, and are read"."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    ends = [[names.get(end, f"{end}") for end in each] for each in ranges[:_MOST_RANGES]]
    named = [first if first == last else f"{first} to {last}" for first, last in ends]
    if len(ranges) > _MOST_RANGES:
        named.append(f"others, {len(numbers)} in all,")
    if len(numbers) == 1:
        return f"{noun} {named[0]} is hidden, and is read"
    return f"{noun}s {listed(named, last='and')} are hidden, and are read"
