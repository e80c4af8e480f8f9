"""Rows of a table of history → `Reading`s, and a `Problem` for each row that can't be read."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from kpi_cli.models import READING, Problem, Reading, Target
from kpi_cli.names import fold
from kpi_cli.places import Place
from kpi_cli.reading.cells import Cell
from kpi_cli.reading.problems import error
from kpi_cli.reading.tables import Table
from kpi_cli.reading.values import read_code, read_month, read_target, read_value

_READERS = {"code": read_code, "month": read_month, "value": read_value, "target": read_target}
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
    rows = HistoryRows()
    for place, cells in table.rows():
        found = _read_row(place, cells)
        if not isinstance(found, Reading):
            rows.problems += found
        elif "value" in cells:
            rows.readings.append(found)
        else:
            rows.targets.append(found)
    return rows


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


def _has_target(reading: Reading, target: Target | None) -> bool:
    return bool(reading.target and target and reading.target.measure == target.measure)


def _joined(reading: Reading, target: Reading) -> Reading:
    elsewhere = {**reading.place.elsewhere, "target": target.place.cell("target")}
    place = replace(reading.place, elsewhere=elsewhere)
    return replace(reading, target=target.target, place=place)


def _read_row(place: Place, cells: Mapping[str, Cell]) -> Reading | list[Problem]:
    found = {name: _READERS[name](cell) for name, cell in cells.items()}
    problems = [result for result in found.values() if isinstance(result, Problem)]
    fields = {k: None if isinstance(result, Problem) else result for k, result in found.items()}
    try:
        reading = READING.validate_python({**fields, "place": place})
    except ValidationError as invalid:
        empty = {str(fault["loc"][0]) for fault in invalid.errors()} & _EMPTY.keys()
        problems += [
            error(cells[name], *_EMPTY[name])
            for name in sorted(empty)
            if not isinstance(found[name], Problem)
        ]
    if not problems:
        return reading
    unused = "row" if {"code", "month", "value"} <= place.columns.keys() else "figure"
    return [
        problem.model_copy(update={"message": f"{problem.message}; this {unused} is not used"})
        for problem in problems
    ]
