"""Histories → `Reading`s, from a row for each month or a column for each, and what is wrong."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NamedTuple

from kpi_cli.addresses import Place
from kpi_cli.amounts import Target
from kpi_cli.fields import HISTORY_FIELDS
from kpi_cli.history import Reading
from kpi_cli.models import Problem, Severity
from kpi_cli.names import fold
from kpi_cli.periods import Period
from kpi_cli.reading.headings import SERIES, series_of
from kpi_cli.reading.problems import WordProblem, error, taken_for_note, told_once, warning
from kpi_cli.reading.tables import Table
from kpi_cli.reading.values import READERS, no_period, read_period, unseen_in_code
from kpi_cli.reading.vocabulary import is_no_code
from kpi_cli.xlsx.sheet import BLANK, Cell, Content

_PROBLEMS = {Problem, WordProblem}  # as types: that is faster to ask of very many figures
_NO_CODE = ("the code is missing", "Give the code of the indicator that the figure belongs to.")


@dataclass(eq=False)
class HistoryRows:
    """What was read from tables of history; the targets are those that stand apart from values."""

    readings: list[Reading] = field(default_factory=list)
    targets: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_history(table: Table) -> HistoryRows:
    """Return the table's readings and every problem met; a row with a problem is left out."""
    rows, bad = HistoryRows(), set[Content]()
    codes, periods, values, targets = (_Said(field, table.year_starts, bad) for field in _FIELDS)
    heading = table.heading_text("period") if "period" in table.columns else None
    empty = {"code": _NO_CODE, "period": no_period(heading)}
    told: list[tuple[str, Problem, str | None]] = []
    for place, contents in table.contents(_FIELDS):
        code, period, value, target = contents
        found = codes[code], periods[period], place, values[value], targets[target]
        if found[0] is None or found[1] is None or (bad and not bad.isdisjoint(contents)):
            problems = list(_problems_of(place, contents, found, empty))
            if problems:
                told += problems
                continue
        (rows.readings if "value" in place.columns else rows.targets).append(Reading(*found))
    rows.problems = [*told_once(told, "cell", _unused), *_doubtful_codes(table, codes)]
    return rows


def _doubtful_codes(table: Table, codes: Collection[Content]) -> Iterator[Problem]:
    """Yield a warning at the first cell of each code with characters that nobody sees."""
    doubtful = {each for each in codes if unseen_in_code(_cell_of(each))}
    if not doubtful:
        return
    for place, (code, *_) in table.contents(_FIELDS):
        if code in doubtful and (doubt := unseen_in_code(_cell(place, "code", code))):
            doubtful.remove(code)
            yield doubt


def _note(cells: Mapping[str, Cell]) -> Problem | None:
    """Return a warning for a row that has a text in place of its code, and nothing else."""
    filled = [name for name, cell in cells.items() if not cell.is_blank]
    if filled != ["code"] or not is_no_code(cells["code"].value) or cells["code"].fault:
        return None
    return taken_for_note(cells["code"], "is not used", "If it is a figure, complete it.")


def with_targets(readings: list[Reading], targets: list[Reading]) -> list[Reading]:
    """Return the readings, each with the target of its code and month that stands elsewhere.

    A target that no value goes with is a reading of its own; so is one that contradicts the target
    that stands with the value.
    """
    if not targets:
        return readings
    by_period: defaultdict[object, list[int]] = defaultdict(list)
    for index, reading in enumerate(readings):
        by_period[fold(reading.code), reading.period].append(index)
    joined = list(readings)
    for target in targets:
        same = by_period[fold(target.code), target.period]
        lacking = next((index for index in same if joined[index].target is None), None)
        if lacking is not None:
            joined[lacking] = _joined(joined[lacking], target)
        elif not any(_has_target(joined[index], target.target) for index in same):
            same.append(len(joined))
            joined.append(target)
    return joined


def targets_alone(history: HistoryRows) -> Iterator[Problem]:
    """Yield a warning where figures are taken for targets, and there is no value anywhere."""
    if history.targets and all(reading.value is None for reading in history.readings):
        yield Problem(
            severity=Severity.WARNING,
            cell=history.targets[0].place.cell("target"),
            message="these figures are taken for targets, as their sheet, title or marks say,"
            " and the history has no values",
            hint='If they are values, name the sheet or the title "History".',
        )


def _has_target(reading: Reading, target: Target | None) -> bool:
    return bool(reading.target and target and reading.target.measure == target.measure)


def _joined(reading: Reading, target: Reading) -> Reading:
    elsewhere = {**reading.place.elsewhere, "target": target.place.position("target")}
    place = reading.place._replace(elsewhere=elsewhere)
    return reading._replace(target=target.target, place=place)


_FIELDS = ("code", "period", "value", "target")
_READERS = {key: READERS[HISTORY_FIELDS[key].kind] for key in _FIELDS}


class _Said(dict[Content, Any]):
    """What the cells of a field of a history say, once for all that hold the same.

    A problem has the address of none of them. The contents that it is of are among the bad ones.
    """

    def __init__(self, field: str, year_starts: int, bad: set[Content]) -> None:
        self._bad = bad
        is_period = field == "period"
        self._read = partial(read_period, year_starts=year_starts) if is_period else _READERS[field]

    def __missing__(self, content: Content) -> Any:
        found = self[content] = self._read(_cell_of(content))
        if type(found) in _PROBLEMS:
            self._bad.add(content)
        return found


def _cell_of(content: Content) -> Cell:
    """Return a cell with this content, wherever it stands."""
    return Cell("", 0, 0, content.value, content.number_format, content.fault)


def _cell(place: Place, field: str, content: Content) -> Cell:
    at = place.position(field)
    return Cell(*at, content.value, content.number_format, content.fault)


def _problems_of(
    place: Place,
    contents: Sequence[Content],
    found: Sequence[Any],
    empty: Mapping[str, tuple[str, str]],
) -> Iterator[tuple[str, Problem, str | None]]:
    """Yield what is wrong in a row by its field, with what isn't used for it: a row, a figure."""
    results = dict(zip(Reading._fields, found, strict=True))
    held = dict(zip(_FIELDS, contents, strict=True))
    cells = {name: _cell(place, name, content) for name, content in held.items()}
    if note := _note(cells):
        yield "code", note, None
        return
    unused = "row" if {"code", "period", "value"} <= place.columns.keys() else "figure"
    for name in _FIELDS:
        if isinstance(result := results[name], Problem):
            yield name, result.model_copy(update={"cell": cells[name].address}), unused
    for name, what in empty.items():
        if results[name] is None:
            yield name, error(cells[name], *what), unused


def _unused(names: Sequence[str]) -> str:
    return f"these {names[0]}s are not used" if len(names) > 1 else f"this {names[0]} is not used"


_TOTAL = r"(?i)\s*+total"


class PeriodColumn(NamedTuple):
    """A column of one period: its heading, and whether it has values or targets."""

    heading: Cell
    period: Period
    series: str | None  # None: what the row is marked, or what the table is named


class _Row(NamedTuple):
    number: int
    code: Cell | None  # of the row itself, or further up
    series: str | None  # what the row is marked
    figures: list[tuple[PeriodColumn, Content]]


@dataclass(frozen=True, eq=False)
class WideHistory(Table):
    """A table with a row for each indicator, or one for its values and one for its targets.

    The series is that of what is marked neither in its row nor in its heading.
    """

    periods: tuple[PeriodColumn, ...] = ()
    series: str = "value"
    is_marked: bool = True  # rows may be marked as Actual or Target

    def contents(self, fields: Sequence[str]) -> Iterator[tuple[Place, Sequence[Content]]]:
        """Yield a row for each cell under a month: its code, its month, and a value or a target."""
        code_column = self.columns.get("code", 0)
        labels = {column: Content(column.period.label) for column in self.periods}
        for row in self._rows():
            if isinstance(row, Problem):
                continue
            code = self.sheet.rows[row.code.row][code_column] if row.code else BLANK
            for column, figure in row.figures:
                series = column.series or row.series or self.series
                places = {"code": code_column, series: column.heading.column}
                elsewhere = {"period": column.heading.position}
                if row.code and row.code.row != row.number:
                    elsewhere["code"] = row.code.position
                held = {"code": code, "period": labels[column], series: figure}
                contents = [held.get(field, BLANK) for field in fields]
                yield Place(self.sheet.name, row.number, places, elsewhere), contents

    @property
    def columns_read(self) -> Collection[int]:
        """The columns of the code and of the periods."""
        return {*self.columns.values(), *self._by_column}

    def unread(self) -> Iterator[Problem]:
        """Yield a warning for each row whose figures are neither values nor targets."""
        return (row for row in self._rows() if isinstance(row, Problem))

    def _rows(self) -> Iterator[_Row | Problem]:
        label_column, has_both = self._labels() if self.is_marked else (0, False)
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
    ) -> list[tuple[PeriodColumn, Content]]:
        known, covered = self._by_column, self.sheet.covered
        columns = [c for c in sorted(row) if c in known and (number, c) not in covered]
        return [(known[column], row[column]) for column in columns]

    def rows_marked(self) -> Problem | None:
        """Return what to say of rows marked Actual, and others marked Target; None without."""
        column, has_both = self._labels() if self.periods else (0, False)
        if not has_both:
            return None
        row = next(number for number, row in self.body() if _series_of(row.get(column)))
        message = "rows are marked Target and Actual: no row of this table is rated"
        hint = "Give each indicator one row, with its targets in columns of their own."
        return error(self.sheet.cell(row, column), message, hint)

    def _labels(self) -> tuple[int, bool]:
        """Return the column that marks rows as Actual or Target, and whether it marks both.

        The column is 0 where there is none. Where it marks both, a row with another mark is
        neither; where it only marks the targets, the other rows may say anything there.
        """
        marked: Counter[tuple[int, str]] = Counter()
        read = self.columns_read
        for _, row in self.body():
            for column, content in row.items():
                if column not in read and (series := _series_of(content)):
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
            is_text = column not in self._by_column and isinstance(cell.value, str)
            if is_text and re.match(_TOTAL, str(cell.value)):
                return cell
        return label if label and not _series_of(label) and (has_both or not code) else None

    @cached_property
    def _by_column(self) -> Mapping[int, PeriodColumn]:
        return {each.heading.column: each for each in self.periods}


def _series_of(cell: Cell | Content | None) -> str | None:
    return series_of(cell.value) if cell and isinstance(cell.value, str) else None


def _not_read(cell: Cell) -> Problem:
    text = " ".join(str(cell.value).split())[:60]
    message = f'the row "{text}" has neither values nor targets, and is not read'
    return warning(cell, message, "Mark the row Actual or Target if it is one of them.")
