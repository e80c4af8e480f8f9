"""A history with a column for each month, read as the canonical one: a row for each month."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from kpi_cli.models import Problem
from kpi_cli.months import Month
from kpi_cli.places import Place
from kpi_cli.reading.cells import BLANK, Cell, Content
from kpi_cli.reading.headings import SERIES, series_of
from kpi_cli.reading.problems import warning
from kpi_cli.reading.tables import Table

_TOTAL = re.compile(r"\s*+total", re.IGNORECASE)


class MonthColumn(NamedTuple):
    """A column of one month: its heading, and whether it has values or targets."""

    heading: Cell
    month: Month
    series: str | None  # None: what the row is marked, or what the table is named


class _Row(NamedTuple):
    number: int
    code: Cell | None  # of the row itself, or further up
    series: str | None  # what the row is marked
    figures: list[tuple[MonthColumn, Content]]


@dataclass(frozen=True)
class WideHistory(Table):
    """A table with a row for each indicator, or one for its values and one for its targets.

    The series is that of what is marked neither in its row nor in its heading.
    """

    months: tuple[MonthColumn, ...] = ()
    series: str = "value"

    def contents(self) -> Iterator[tuple[Place, Mapping[str, Content]]]:
        """Yield a row for each cell under a month: its code, its month, and a value or a target."""
        code_column = self.columns.get("code", 0)
        months = {
            column: Content(date(column.month.year, column.month.number, 1))
            for column in self.months
        }
        for row in self._rows():
            if isinstance(row, Problem):
                continue
            code = self.sheet.rows[row.code.row][code_column] if row.code else BLANK
            for column, figure in row.figures:
                series = column.series or row.series or self.series
                places = {"code": code_column, series: column.heading.column}
                elsewhere = {"month": column.heading.address}
                if row.code and row.code.row != row.number:
                    elsewhere["code"] = row.code.address
                contents = {"code": code, "month": months[column], series: figure}
                yield Place(self.sheet.name, row.number, places, elsewhere), contents

    @property
    def columns_read(self) -> Collection[int]:
        """The columns of the code and of the months."""
        return {*self.columns.values(), *self._month_columns}

    def unread(self) -> Iterator[Problem]:
        """Yield a warning for each row whose figures are neither values nor targets."""
        return (row for row in self._rows() if isinstance(row, Problem))

    def _rows(self) -> Iterator[_Row | Problem]:
        label_column, has_both = self._labels()
        above: Cell | None = None  # the code in the first row of the same indicator
        for number, row in self.body():
            cells = {cell.column: cell for cell in self.sheet.cells(number)}
            code, label = cells.get(self.columns["code"]), cells.get(label_column)
            if code and _series_of(code):  # "Target" in place of the code
                code, label = None, code
            series = _series_of(label)
            figures = self._figures(number, row)
            if figures and (other := self._other(cells, code, label, has_both)):
                yield _not_read(other)
                continue
            if code is None and series and figures:
                code = above
            above = code
            if figures:
                yield _Row(number, code, series, figures)

    def _figures(
        self, number: int, row: Mapping[int, Content]
    ) -> list[tuple[MonthColumn, Content]]:
        found = ((month, month.heading.column) for month in self.months)
        covered = self.sheet.covered
        return [(m, row[c]) for m, c in found if c in row and (number, c) not in covered]

    def _labels(self) -> tuple[int, bool]:
        """Return the column that marks rows as Actual or Target, and whether it marks both.

        The column is 0 where there is none. Where it marks both, a row with another mark is
        neither; where it only marks the targets, the other rows may say anything there.
        """
        marked: Counter[tuple[int, str]] = Counter()
        for _, row in self.body():
            for column, content in row.items():
                if column not in self.columns_read and (series := _series_of(content)):
                    marked[column, series] += 1
        if not marked:
            return 0, False
        (column, _), _ = marked.most_common(1)[0]
        return column, all((column, series) in marked for series in SERIES)

    def _other(
        self, cells: Mapping[int, Cell], code: Cell | None, label: Cell | None, has_both: bool
    ) -> Cell | None:
        """Return the cell that marks a row's figures as totals, or as something else."""
        for column, cell in cells.items():
            is_text = column not in self._month_columns and isinstance(cell.value, str)
            if is_text and _TOTAL.match(str(cell.value)):
                return cell
        return label if label and not _series_of(label) and (has_both or not code) else None

    @cached_property
    def _month_columns(self) -> Collection[int]:
        return {month.heading.column for month in self.months}


def _series_of(cell: Cell | Content | None) -> str | None:
    return series_of(cell.value) if cell and isinstance(cell.value, str) else None


def _not_read(cell: Cell) -> Problem:
    text = " ".join(str(cell.value).split())[:60]
    message = f'the row "{text}" has neither values nor targets, and is not read'
    return warning(cell, message, "Mark the row Actual or Target if it is one of them.")
