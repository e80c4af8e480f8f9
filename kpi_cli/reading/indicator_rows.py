"""Rows of a table of indicators → `Indicator`s, and a `Problem` for what can't be read."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pydantic import ValidationError

from kpi_cli.addresses import Place
from kpi_cli.amounts import Tolerance, Unit, Value
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Indicator, Polarity, Problem, Severity, UnratedRow
from kpi_cli.names import fold
from kpi_cli.reading.heading_words import is_of_same_period
from kpi_cli.reading.indicator_tables import IndicatorTable
from kpi_cli.reading.problems import WordProblem, error, taken_for_note, told_once, warning
from kpi_cli.reading.row_problems import (
    REQUIRED,
    TARGETS,
    band_without_goldilocks,
    doubtful_targets,
    later_targets,
    missing,
    period_told_elsewhere,
    period_without_values,
)
from kpi_cli.reading.tables import Table
from kpi_cli.reading.threshold_cells import ThresholdCells
from kpi_cli.reading.values import (
    READERS,
    read_code,
    read_no_value,
    read_period,
    unseen_in_code,
)
from kpi_cli.reading.vocabulary import is_no_code
from kpi_cli.sentences import some
from kpi_cli.thresholds import Told
from kpi_cli.unit_words import measured_in
from kpi_cli.xlsx.sheet import Cell

_OF_WORDS = {"polarity", "published_outcome", "published_direction"}
_FIGURES = [key for key, field in INDICATOR_FIELDS.items() if field.kind.is_amount]
_OF_LINES = {key for key, field in INDICATOR_FIELDS.items() if field.kind.makes_lines}
_READERS = {key: READERS[field.kind] for key, field in INDICATOR_FIELDS.items()}
_TOTAL = r"(?i)\s*+(?:grand\s++|overall\s++|sub[\s-]*+)?total"


_UNTOLD = {  # of a whole table that has no such column, once
    "no polarity": (
        "no column says which way is good",
        'Name a column "Polarity" that says so, give it in --definitions, or say it for all:'
        " --polarity maximise.",
    ),
    "no period": (
        "nothing says which period the figures are of",
        'Name a column "Latest Month", write it above the table, such as Quarter 3 2018/19, or add'
        ' --period "Q3 2018/19".',
    ),
}


class Default(NamedTuple):
    """The polarity of what nothing else tells it of, and what says so."""

    polarity: Polarity
    name: str


@dataclass(eq=False)
class _Untold:
    """What no column tells, told once for a table with the rows that it concerns."""

    table: Table
    _rows: dict[str, list[str]] = field(default_factory=dict)
    _outturns: list[tuple[Cell, Indicator]] = field(default_factory=list)

    def takes(self, problem: Problem, row: str | None) -> bool:
        """Whether a problem of a row is one of these; it is kept."""
        if problem.message not in _UNTOLD:
            return False
        self._rows.setdefault(problem.message, []).append(row or "this row")
        return True

    def note(self, cells: Mapping[str, Cell], indicator: Indicator) -> None:
        """Keep an indicator that has a figure for last year, which was left out."""
        cell = cells.get("last_year")
        if cell and isinstance(_READERS["last_year"](cell), Value):
            self._outturns.append((cell, indicator))

    def problems(self, count: int) -> Iterator[Problem]:
        """Yield what is to be told, of a table with so many rows."""
        for message, rows in self._rows.items():
            what, hint = _UNTOLD[message]
            is_all = 1 < len(rows) == count
            none = f"none of the {count} rows below is rated" if is_all else _not_rated(rows)
            yield error(self.table.heading_cell, f"{what}; {none}", hint)
        if self._outturns:
            cell, first = self._outturns[0]
            codes = [indicator.code for _, indicator in self._outturns]
            add_up = "adds up" if len(codes) == 1 else "add up"
            message = (
                f"{some(codes)} {add_up} over the year, and this may be all of last year's figure:"
                f" it is not compared with that of {first.period.label}"
            )
            same = f"Same {first.period.noun} last year"
            yield warning(
                cell, message, f'If it is of the same {first.period.noun}, head it "{same}".'
            )


@dataclass(eq=False)
class IndicatorRows:
    """What was read from the tables of indicators."""

    indicators: list[Indicator] = field(default_factory=list)
    unrated: list[UnratedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    polarity_from: Counter[str] = field(default_factory=Counter)  # by what told it
    defined: Counter[str] = field(default_factory=Counter)  # fields that definitions gave
    unknown_words: dict[str, dict[str, None]] = field(default_factory=dict)  # by their field
    aims: dict[str, str] = field(default_factory=dict)  # of all rows, rated or not, by their folds

    def note_words(
        self, problems: Mapping[str, Sequence[Problem]], cells: Mapping[str, Cell]
    ) -> None:
        """Keep a row's aim, and its words that are not known, which a profile can explain."""
        if (aim := cells.get("aim")) and isinstance(aim.value, str):
            self.aims.setdefault(fold(aim.value), _line(aim))
        for name in _OF_WORDS & problems.keys():
            if any(isinstance(problem, WordProblem) for problem in problems[name]):
                self.unknown_words.setdefault(name, {})[_line(cells[name])] = None


def read_indicators(table: Table, default: Default | None = None) -> IndicatorRows:
    """Return the table's indicators, the rows that can't be rated, and every problem met.

    The default is the polarity of what nothing else tells it of.
    """
    rows, thresholds = IndicatorRows(), ThresholdCells(table)
    told: list[tuple[str, Problem, str | None]] = []
    untold = _Untold(table)
    for place, cells in table.rows():
        if _is_note(place, cells):
            told.append(("code", _note(place, cells, table), None))
            continue
        indicator, problems, polarity_from = _read_row(place, cells, thresholds, default)
        if isinstance(indicator, Indicator):
            rows.indicators.append(indicator)
            rows.polarity_from[polarity_from] += 1
            rows.defined.update(_defined(indicator.place, cells, table))
        else:
            rows.unrated.append(indicator)
        rows.note_words(problems, cells)
        for name, problem, row in _with_row(problems, indicator):
            if not untold.takes(problem, row):
                told.append((name, problem, row))
        if isinstance(indicator, Indicator) and indicator.last_year is None:
            untold.note(cells, indicator)
    rows.problems = told_once(told, "row", _not_rated) + list(thresholds.problems())
    rows.problems += untold.problems(len(rows.indicators) + len(rows.unrated))
    if table.columns and not rows.indicators and not rows.unrated:
        message = "there is no indicator below these headings"
        rows.problems.append(error(table.heading_cell, message, "Add a row for each indicator."))
    return rows


def _is_note(place: Place, cells: Mapping[str, Cell]) -> bool:
    """Tell notes and totals below a table from indicators that lack something.

    A note has at most one of code, name, polarity and month, and neither value nor target; or a
    text that is no code and another beside it, as in "Red" and "Off target". A total says so in
    place of its code, or of its name where it has no code, and has no polarity.
    """
    filled = [name for name in REQUIRED if name in cells and not cells[name].is_blank]
    if "period" in place.elsewhere and "period" in filled:
        filled.remove("period")  # told around the table, or in a heading
    has_figures = any(name in cells and not cells[name].is_blank for name in _FIGURES)
    if filled and "polarity" not in filled and re.match(_TOTAL, str(cells[filled[0]].value)):
        return True
    is_explained = filled == ["code", "short_name"] and is_no_code(cells["code"].value)
    return (len(filled) <= 1 or is_explained) and not has_figures


def _note(place: Place, cells: Mapping[str, Cell], table: Table) -> Problem:
    """Return a warning of a row that isn't rated, at the first cell of its own.

    That may be in a column of periods which none of its fields is taken from.
    """
    of_fields = (cells[name] for name in cells if name not in place.elsewhere)
    of_row = (c for c in table.sheet.cells(place.row) if c.column in table.columns_read)
    first = next(cell for cell in (*of_fields, *of_row) if not cell.is_blank)
    return taken_for_note(first, "is not rated", "If it is an indicator, complete it.")


class _ReadRow(NamedTuple):
    """A row's indicator, or that it can't be rated, and what is wrong by its field."""

    row: Indicator | UnratedRow
    problems: dict[str, list[Problem]]
    polarity_from: str  # what tells it


def _read_row(
    place: Place,
    cells: Mapping[str, Cell],
    thresholds: ThresholdCells,
    default: Default | None,
) -> _ReadRow:
    table = thresholds.table
    found = _read_cells(cells, table)
    own = {name: result for name, result in found.items() if name not in _OF_LINES}
    problems = {name: result for name, result in own.items() if isinstance(result, Problem)}
    fields = {name: result for name, result in own.items() if name not in problems}
    fields["no_value_text"] = read_no_value(cells["value"])
    stand_ins = (read_no_value(cells[name]) for name in TARGETS if name in cells)
    fields["no_target_text"] = next(filter(None, stand_ins), None)
    row_lines = thresholds.read(cells, found)
    fields |= row_lines.lines
    told_by = _cell_source(cells["polarity"], table)
    if row_lines.told:
        fields["polarity"], told_by = row_lines.told.polarity, _source(row_lines.told)
    elif default and "polarity" in fields and fields["polarity"] is None:
        fields["polarity"], told_by = default
    if row_lines.positions:
        place = place._replace(elsewhere={**place.elsewhere, **row_lines.positions})
    problems |= band_without_goldilocks(cells, fields) | dict(row_lines.problems)
    problems |= period_told_elsewhere(place, table) | period_without_values(cells, table)
    try:
        indicator = _without_outturn(Indicator(**fields, place=place), table)
    except ValidationError as invalid:
        problems = missing(cells, invalid, table) | problems
    told = {name: [problem] for name, problem in problems.items()}
    if unseen := unseen_in_code(cells["code"] if "code" in cells else cells["short_name"]):
        told.setdefault("code", []).append(unseen)
    if not _blocks_rating(problems):
        doubts = [*doubtful_targets(cells, indicator), *later_targets(cells, indicator, table)]
        for name, problem in doubts:
            told.setdefault(name, []).append(problem)
        return _ReadRow(indicator, told, told_by)
    unrated = UnratedRow(code=fields.get("code"), short_name=fields.get("short_name"), place=place)
    return _ReadRow(unrated, told, told_by)


def _read_cells(cells: Mapping[str, Cell], table: Table) -> dict[str, Any]:
    """Return what each cell of a row holds, or what is wrong with it, by its field."""
    found = {
        name: _READERS[name](_in_known_words(name, cell, table)) for name, cell in cells.items()
    }
    if isinstance(found.get("tolerance"), Tolerance) and "%" in _heading(table, "tolerance"):
        found["tolerance"] = replace(found["tolerance"], is_percent=True)
    for name, unit in table.units.items():
        value = found.get(name)
        if isinstance(value, Value) and value.unit is Unit.NUMBER and not measured_in(value.note):
            found[name] = replace(value, note=", ".join(filter(None, (unit, value.note))))
    found["period"] = read_period(cells["period"], table.year_starts)
    if "code" not in cells:
        found["code"] = read_code(cells["short_name"])  # the name is the key
    if "short_name" not in table.columns and found["short_name"] is None:
        found["short_name"] = found["code"]
    return found


def _line(cell: Cell) -> str:
    return " ".join(str(cell.value).split())


def _cell_source(cell: Cell, table: Table) -> str:
    """Return what tells a polarity that stands in a cell: a heading, or a workbook."""
    definitions = table.definitions if isinstance(table, IndicatorTable) else None
    if definitions and definitions.has(cell.sheet):
        return definitions.name
    column = table.columns.get("polarity")
    read_as = table.read_as if isinstance(table, IndicatorTable) else None
    return read_as.fields.get("polarity", "a column") if column and read_as else "a group"


def _source(told: Told) -> str:
    return "the signs of targets" if told.field in TARGETS else "thresholds"


def _defined(place: Place, cells: Mapping[str, Cell], table: Table) -> Iterator[str]:
    """Yield the fields of a row that definitions gave."""
    definitions = table.definitions if isinstance(table, IndicatorTable) else None
    if definitions:
        yield from (name for name in cells if definitions.has(place.position(name).sheet))


def _heading(table: Table, field: str) -> str:
    return (table.heading_text(field) or "") if field in table.columns else ""


def _in_known_words(field: str, cell: Cell, table: Table) -> Cell:
    """Return a cell in which a word that a profile explains is replaced by what it means."""
    words = table.words.get(field)
    if not words or not isinstance(cell.value, str):
        return cell
    return cell._replace(value=words.get(fold(cell.value), cell.value))


def _without_outturn(indicator: Indicator, table: Table) -> Indicator:
    """Return an indicator without what may be all of last year's figure, while this year goes on.

    Of what adds up a part would be compared with the whole.
    """
    period = indicator.period
    is_over = period.last == period.financial_year.last
    if indicator.last_year is None or is_over or not indicator.adds_up:
        return indicator
    if is_of_same_period(table.heading_text("last_year") or ""):
        return indicator
    return indicator.model_copy(update={"last_year": None})


def _blocks_rating(problems: Mapping[str, Problem]) -> bool:
    return any(_is_in_the_way(name, problem) for name, problem in problems.items())


def _is_in_the_way(name: str, problem: Problem) -> bool:
    field = INDICATOR_FIELDS.get(name)
    return field is not None and field.decides and problem.severity is Severity.ERROR


def _with_row(
    problems: Mapping[str, Sequence[Problem]], row: Indicator | UnratedRow
) -> Iterator[tuple[str, Problem, str | None]]:
    """Yield what is wrong in a row, with the row's name where it is not rated for it."""
    for name, of_field in problems.items():
        for problem in of_field:
            is_cause = isinstance(row, UnratedRow) and _is_in_the_way(name, problem)
            yield name, problem, (row.code or "this row") if is_cause else None


def _not_rated(names: Sequence[str]) -> str:
    return f"{some(names)} {'is' if len(names) == 1 else 'are'} not rated"
