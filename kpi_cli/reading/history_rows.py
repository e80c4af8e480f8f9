"""Rows of a table of history → `Reading`s, and a `Problem` for each row that can't be read."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kpi_cli.addresses import Place
from kpi_cli.amounts import Target
from kpi_cli.fields import HISTORY_FIELDS
from kpi_cli.history import Reading
from kpi_cli.models import Problem, Severity
from kpi_cli.names import fold
from kpi_cli.reading.problems import WordProblem, error, told_once, warning
from kpi_cli.reading.tables import Table
from kpi_cli.reading.values import READERS
from kpi_cli.reading.vocabulary import is_no_code
from kpi_cli.xlsx.sheet import Cell, Content

_PROBLEMS = {Problem, WordProblem}  # as types: that is faster to ask of very many rows
_EMPTY = {
    "code": ("the code is missing", "Give the code of the indicator that the figure belongs to."),
    "month": ("the month is missing", "Write a date, or a month such as January 2019."),
}


@dataclass
class HistoryRows:
    """What was read from tables of history; the targets are those that stand apart from values."""

    readings: list[Reading] = field(default_factory=list)
    targets: list[Reading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_history(table: Table) -> HistoryRows:
    """Return the table's readings and every problem met; a row with a problem is left out."""
    rows, known = HistoryRows(), _Known()
    told: list[tuple[str, Problem, str | None]] = []
    for place, contents in table.contents():
        found = {field: known.read(place, field, content) for field, content in contents.items()}
        is_bad = not _PROBLEMS.isdisjoint(map(type, found.values()))
        if is_bad or found["code"] is None or found["month"] is None:
            told += _problems_of(place, contents, found)
            continue
        reading = Reading(**found, place=place)
        (rows.readings if "value" in found else rows.targets).append(reading)
    rows.problems = told_once(told, "cell", _unused)
    return rows


def _note(cells: Mapping[str, Cell]) -> Problem | None:
    """Return a warning for a row that has a text in place of its code, and nothing else."""
    filled = [name for name, cell in cells.items() if not cell.is_blank]
    if filled != ["code"] or not is_no_code(cells["code"].value) or cells["code"].fault:
        return None
    text = " ".join(str(cells["code"].value).split())[:60]
    message = f'the row "{text}" is taken for a note, and is not used'
    return warning(cells["code"], message, "If it is a figure, complete it.")


def with_targets(readings: list[Reading], targets: list[Reading]) -> list[Reading]:
    """Return the readings, each with the target of its code and month that stands elsewhere.

    A target that no value goes with is a reading of its own; so is one that contradicts the target
    that stands with the value.
    """
    if not targets:
        return readings
    by_month: defaultdict[object, list[int]] = defaultdict(list)
    for index, reading in enumerate(readings):
        by_month[fold(reading.code), reading.month].append(index)
    joined = list(readings)
    for target in targets:
        same = by_month[fold(target.code), target.month]
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


class _Known(dict[tuple[str, Content], Any]):
    """What cells of a history say, by field, once for all that hold the same."""

    def read(self, place: Place, field: str, content: Content) -> Any:
        """Return what the cell says; a problem is its own, for it has the cell's address."""
        key = field, content
        if key in self:
            return self[key]
        found = READERS[HISTORY_FIELDS[field].kind](_cell(place, field, content))
        if not isinstance(found, Problem):
            self[key] = found
        return found


def _cell(place: Place, field: str, content: Content) -> Cell:
    at = place.position(field)
    return Cell(*at, content.value, content.number_format, content.fault)


def _problems_of(
    place: Place, contents: Mapping[str, Content], found: Mapping[str, Any]
) -> Iterator[tuple[str, Problem, str | None]]:
    """Yield what is wrong in a row by its field, with what isn't used for it: a row, a figure."""
    cells = {name: _cell(place, name, content) for name, content in contents.items()}
    if note := _note(cells):
        yield "code", note, None
        return
    unused = "row" if {"code", "month", "value"} <= place.columns.keys() else "figure"
    for name, result in found.items():
        if isinstance(result, Problem):
            yield name, result, unused
    for name, what in _EMPTY.items():
        if found[name] is None:
            yield name, error(cells[name], *what), unused


def _unused(names: Sequence[str]) -> str:
    return f"these {names[0]}s are not used" if len(names) > 1 else f"this {names[0]} is not used"
