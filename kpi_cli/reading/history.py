"""Rows of a table of history → `Reading`s, and a `Problem` for each row that can't be read."""

from collections.abc import Mapping

from pydantic import ValidationError

from kpi_cli.models import READING, Problem, Reading
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


def read_history(table: Table) -> tuple[list[Reading], list[Problem]]:
    """Return the table's readings and every problem met; a row with a problem is left out."""
    readings: list[Reading] = []
    problems: list[Problem] = []
    for place, cells in table.rows():
        found = _read_row(place, cells)
        if isinstance(found, Reading):
            readings.append(found)
        else:
            problems += found
    return readings, problems


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
    return [
        problem.model_copy(update={"message": f"{problem.message}; this row is not used"})
        for problem in problems
    ]
