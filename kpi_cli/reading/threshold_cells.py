"""The cells of a row's thresholds → its two lines, and its polarity where no cell says it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kpi_cli.addresses import Position
from kpi_cli.amounts import Band, Line
from kpi_cli.conditions import Condition
from kpi_cli.contradictions import Contradiction, Facts
from kpi_cli.fields import INDICATOR_FIELDS, Kind
from kpi_cli.models import Polarity, Problem
from kpi_cli.own_lines import lines_from
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.tables import Table
from kpi_cli.reading.values import read_text
from kpi_cli.sentences import counted
from kpi_cli.thresholds import Thresholds, Told, polarity_told_by
from kpi_cli.xlsx.sheet import Cell

_FIELDS = {key: known for key, known in INDICATOR_FIELDS.items() if known.kind.makes_lines}
_CONDITIONS = [key for key, known in _FIELDS.items() if known.kind is Kind.CONDITION]
_TARGETS = ("target", "annual_target")


class RowLines(NamedTuple):
    """What a row's thresholds make of it, and what is wrong with them, by field."""

    lines: Mapping[str, Line] = {}  # by the attributes of an indicator
    positions: Mapping[str, Position] = {}  # of these
    polarity: Polarity | None = None  # where no other cell says it
    problems: Mapping[str, Problem] = {}


@dataclass
class ThresholdCells:
    """Reads the thresholds of the rows of a table."""

    table: Table
    headings: Mapping[str, str] = field(init=False)
    _no_conditions: list[Cell] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.headings = {
            key: self.table.heading_text(key) or known.heading
            for key, known in _FIELDS.items()
            if key in self.table.columns
        }

    def read(self, cells: Mapping[str, Cell], found: Mapping[str, Any]) -> RowLines:
        """Return what a row's thresholds make of it; found is what its cells hold, or a Problem."""
        if not self.headings:
            return RowLines()
        held = {key: found[key] for key in self.headings if found[key] is not None}
        if not self._has_conditions(held):
            self._note(cells, held)
            held = {key: what for key, what in held.items() if key not in _CONDITIONS}
        problems = {key: what for key, what in held.items() if isinstance(what, Problem)}
        said = {key: what for key, what in held.items() if key not in problems}
        decisive = (*_TARGETS, "value", "polarity")
        if problems or any(isinstance(found.get(key), Problem) for key in decisive):
            return RowLines(problems=problems)
        return self._lines(Thresholds(said, self.headings), cells, found)

    def problems(self) -> Iterator[Problem]:
        """Yield a warning where columns headed Green, Amber and Red hold no conditions."""
        if not self._no_conditions:
            return
        first, *others = self._no_conditions
        shown = read_text(first)
        text = " ".join(shown.split())[:60] if isinstance(shown, str) else str(first.value)
        more = f", nor is what {counted(len(others), 'more row')} have there" if others else ""
        yield warning(
            first,
            f'"{text}" is no condition such as ">=95%", and is not used{more}; if it is one, the'
            " ratings may be wrong",
            "Write conditions such as >=95%, 90-95% and <90%; or rename the column, if it holds"
            " something else.",
        )

    def _has_conditions(self, held: Mapping[str, Any]) -> bool:
        conditions = (held.get(key) for key in _CONDITIONS)
        return any(isinstance(each, Condition) and not each.is_bare for each in conditions)

    def _note(self, cells: Mapping[str, Cell], held: Mapping[str, Any]) -> None:
        odd = [cells[key] for key in _CONDITIONS if key in held]
        self._no_conditions += odd[:1]

    def _lines(
        self, thresholds: Thresholds, cells: Mapping[str, Cell], found: Mapping[str, Any]
    ) -> RowLines:
        target_field = next((key for key in _TARGETS if found.get(key)), _TARGETS[0])
        target, polarity = found.get(target_field), found.get("polarity")
        told = None if polarity else polarity_told_by(thresholds, target)
        polarity = told.polarity if told else polarity
        if polarity is None:
            return RowLines()
        problems = _told(told, cells) if told else {}
        if isinstance(target, Band) and polarity is not Polarity.GOLDILOCKS:  # an error of its own
            return RowLines(polarity=told and told.polarity, problems=problems)
        facts = Facts(
            polarity=polarity,
            target=target,
            value=found.get("value"),
            polarity_field=told.field if told else "polarity",
            target_field=target_field,
        )
        lines = lines_from(thresholds, facts)
        if isinstance(lines, Contradiction):
            problems = {**problems, lines.field: _contradiction(lines, cells)}
            return RowLines(polarity=told and told.polarity, problems=problems)
        made = {"green_line": lines.green, "red_line": lines.red}
        return RowLines(
            lines={name: each.line for name, each in made.items() if each},
            positions={name: cells[each.field].position for name, each in made.items() if each},
            polarity=told and told.polarity,
            problems=problems,
        )


def _told(told: Told, cells: Mapping[str, Cell]) -> dict[str, Problem]:
    """Return a warning where there is a cell for the polarity, and nothing in it."""
    if "polarity" not in cells:
        return {}
    message = f'the polarity is missing, and is taken to be "{told.polarity.label}": {told.words}'
    hint = f"Write {told.polarity.label}, or which it is."
    return {"polarity": warning(cells["polarity"], message, hint)}


def _contradiction(found: Contradiction, cells: Mapping[str, Cell]) -> Problem:
    other = cells.get(found.other)
    message = f"{found.words}, in {other.address}" if other else found.words
    return error(cells[found.field], message, found.hint)
