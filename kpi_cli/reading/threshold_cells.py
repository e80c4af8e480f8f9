"""The cells of a row's thresholds → its two lines, and its polarity where no cell says it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kpi_cli.addresses import Position
from kpi_cli.amounts import Band, Line, Value
from kpi_cli.conditions import Condition
from kpi_cli.contradictions import Contradiction, Facts
from kpi_cli.fields import INDICATOR_FIELDS, Kind
from kpi_cli.models import Polarity, Problem
from kpi_cli.own_lines import lines_from
from kpi_cli.reading.indicator_tables import IndicatorTable
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.tables import Table
from kpi_cli.reading.values import read_text
from kpi_cli.reading.written_targets import polarity_of_target
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
    told: Told | None = None  # the polarity, where no other cell says it
    problems: Mapping[str, Problem] = {}


@dataclass(eq=False)
class ThresholdCells:
    """Reads the thresholds of the rows of a table."""

    table: Table
    headings: Mapping[str, str] = field(init=False)
    _no_conditions: list[Cell] = field(default_factory=list)

    def __post_init__(self) -> None:
        defined = self._defined_headings()
        self.headings = {
            key: self.table.heading_text(key) or known.heading
            if key in self.table.columns
            else defined[key]
            for key, known in _FIELDS.items()
            if key in self.table.columns or key in defined
        }

    def _defined_headings(self) -> Mapping[str, str]:
        """Return the headings of a workbook of definitions, by field."""
        table = self.table
        if not isinstance(table, IndicatorTable) or table.definitions is None:
            return {}
        return table.definitions.by_report[table.report].headings

    def read(self, cells: Mapping[str, Cell], found: Mapping[str, Any]) -> RowLines:
        """Return what a row's thresholds make of it; found is what its cells hold, or a Problem."""
        held = {key: found[key] for key in self.headings if found.get(key) is not None}
        if not self._has_conditions(held):
            self._note(cells, held)
            held = {key: what for key, what in held.items() if key not in _CONDITIONS}
        problems = {key: what for key, what in held.items() if isinstance(what, Problem)}
        said = {key: what for key, what in held.items() if key not in problems}
        thresholds = Thresholds(said, self._headings_of(cells))
        told = None if found.get("polarity") else _told_by(thresholds, found)
        decisive = (*_TARGETS, "value", "polarity")
        if problems or any(isinstance(found.get(key), Problem) for key in decisive):
            return RowLines(told=told, problems=problems)
        return self._lines(thresholds, cells, found, told)

    def _headings_of(self, cells: Mapping[str, Cell]) -> Mapping[str, str]:
        """Return the headings of a row's thresholds: those of the workbook that each stands in."""
        table = self.table
        definitions = table.definitions if isinstance(table, IndicatorTable) else None
        if definitions is None:
            return self.headings
        defined = (
            definitions.by_report[table.report].headings
            if isinstance(table, IndicatorTable)
            else {}
        )
        return {
            key: f"{defined.get(key, heading)} in {definitions.name}"
            if key in cells and definitions.has(cells[key].sheet)
            else heading
            for key, heading in self.headings.items()
        }

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

    def _untold(self, told: Told, cells: Mapping[str, Cell]) -> dict[str, Problem]:
        """Return a warning where there is a column for the polarity, and nothing in it."""
        if "polarity" not in self.table.columns:
            return {}
        is_taken = f'is taken to be "{told.polarity.label}": {told.words}'
        hint = f"Write {told.polarity.label}, or which it is."
        message = f"the polarity is missing, and {is_taken}"
        return {"polarity": warning(cells["polarity"], message, hint)}

    def _lines(
        self,
        thresholds: Thresholds,
        cells: Mapping[str, Cell],
        found: Mapping[str, Any],
        told: Told | None,
    ) -> RowLines:
        target_field = _target_field(found)
        target = found.get(target_field)
        polarity = told.polarity if told else found.get("polarity")
        if polarity is None:
            return RowLines()
        problems = self._untold(told, cells) if told else {}
        if not thresholds.said:  # as in most rows
            return RowLines(told=told, problems=problems)
        if isinstance(target, Band) and polarity is not Polarity.GOLDILOCKS:  # an error of its own
            return RowLines(told=told, problems=problems)
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
            return RowLines(told=told, problems=problems)
        made = {"green_line": lines.green, "red_line": lines.red}
        return RowLines(
            lines={name: each.line for name, each in made.items() if each},
            positions={name: cells[each.field].position for name, each in made.items() if each},
            told=told,
            problems=problems,
        )


def _target_field(found: Mapping[str, Any]) -> str:
    return next((key for key in _TARGETS if found.get(key)), _TARGETS[0])


def _told_by(thresholds: Thresholds, found: Mapping[str, Any]) -> Told | None:
    """Return which way is good by a row's thresholds, or else by the sign of its target."""
    targets = {key: found[key] for key in _TARGETS if isinstance(found.get(key), Value | Band)}
    if told := polarity_told_by(thresholds, next(iter(targets.values()), None)):
        return told
    for key, target in targets.items():
        if isinstance(target, Band):
            return Told(Polarity.GOLDILOCKS, key, f"the target of {target.text} is a band")
        if polarity := polarity_of_target(target.written or ""):
            return Told(polarity, key, f'the target is "{target.written}"')
    return None


def _contradiction(found: Contradiction, cells: Mapping[str, Cell]) -> Problem:
    other = cells.get(found.other)
    message = f"{found.words}, in {other.address}" if other else found.words
    return error(cells[found.field], message, found.hint)
