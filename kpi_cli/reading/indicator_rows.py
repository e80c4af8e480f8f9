"""Rows of a table of indicators → `Indicator`s, and a `Problem` for what can't be read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from kpi_cli.addresses import Place
from kpi_cli.amounts import Band, Value
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Indicator, Polarity, Problem, Severity, UnratedRow
from kpi_cli.reading.problems import error, told_once, warning
from kpi_cli.reading.tables import Table
from kpi_cli.reading.threshold_cells import ThresholdCells
from kpi_cli.reading.values import READERS, read_no_value
from kpi_cli.reading.vocabulary import is_no_code
from kpi_cli.reading.written_targets import is_strict, polarity_of_target
from kpi_cli.sentences import some
from kpi_cli.xlsx.sheet import Cell

_GOOD = {Polarity.MAXIMISE: "higher", Polarity.MINIMISE: "lower", Polarity.GOLDILOCKS: "a band"}
_TARGETS = ("target", "annual_target")
_FIGURES = [key for key, field in INDICATOR_FIELDS.items() if field.kind.is_amount]
_OF_LINES = {key for key, field in INDICATOR_FIELDS.items() if field.kind.makes_lines}
_TOTAL = re.compile(r"\s*+(?:grand\s++|overall\s++|sub[\s-]*+)?total", re.IGNORECASE)
_EMPTY = {  # what to say of a required field that has nothing in it
    "code": ("the code is missing", "Give the indicator its code, such as CP 3.10."),
    "short_name": ("the short name is missing", "Give the indicator a name."),
    "polarity": (
        "the polarity is missing",
        "Write Aim to Maximise, Aim to Minimise or Goldilocks.",
    ),
    "month": ("the month is missing", "Write a date, or a month such as January 2019."),
}


@dataclass
class IndicatorRows:
    """What was read from the tables of indicators."""

    indicators: list[Indicator] = field(default_factory=list)
    unrated: list[UnratedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_indicators(table: Table) -> IndicatorRows:
    """Return the table's indicators, the rows that can't be rated, and every problem met."""
    rows, thresholds = IndicatorRows(), ThresholdCells(table)
    told: list[tuple[str, Problem, str | None]] = []
    for place, cells in table.rows():
        if _is_note(cells):
            told.append(("code", _taken_for_note(cells), None))
            continue
        indicator, problems = _read_row(place, cells, thresholds)
        if isinstance(indicator, Indicator):
            rows.indicators.append(indicator)
        else:
            rows.unrated.append(indicator)
        told += _with_row(problems, indicator)
    rows.problems = told_once(told, "row", _not_rated) + list(thresholds.problems())
    if table.columns and not rows.indicators and not rows.unrated:
        message = "there is no indicator below these headings"
        rows.problems.append(error(table.heading_cell, message, "Add a row for each indicator."))
    return rows


def _is_note(cells: Mapping[str, Cell]) -> bool:
    """Tell notes and totals below a table from indicators that lack something.

    A note has at most one of code, name, polarity and month, and neither value nor target; or a
    text that is no code and another beside it, as in "Red" and "Off target". A total says so in
    place of its code, or of its name where it has no code, and has no polarity.
    """
    filled = [name for name in _EMPTY if not cells[name].is_blank]
    has_figures = any(name in cells and not cells[name].is_blank for name in _FIGURES)
    if filled and "polarity" not in filled and _TOTAL.match(str(cells[filled[0]].value)):
        return True
    is_explained = filled == ["code", "short_name"] and is_no_code(cells["code"].value)
    return (len(filled) <= 1 or is_explained) and not has_figures


def _taken_for_note(cells: Mapping[str, Cell]) -> Problem:
    first = next(cell for cell in cells.values() if not cell.is_blank)
    text = " ".join(str(first.value).split())[:60]
    message = f'the row "{text}" is taken for a note, and is not rated'
    return warning(first, message, "If it is an indicator, complete it.")


def _read_row(
    place: Place, cells: Mapping[str, Cell], thresholds: ThresholdCells
) -> tuple[Indicator | UnratedRow, dict[str, list[Problem]]]:
    """Return a row's indicator, or that it can't be rated, and what is wrong by its field."""
    found = {name: READERS[INDICATOR_FIELDS[name].kind](cell) for name, cell in cells.items()}
    own = {name: result for name, result in found.items() if name not in _OF_LINES}
    problems = {name: result for name, result in own.items() if isinstance(result, Problem)}
    fields = {name: result for name, result in own.items() if name not in problems}
    fields["no_value_text"] = read_no_value(cells["value"])
    stand_ins = (read_no_value(cells[name]) for name in _TARGETS if name in cells)
    fields["no_target_text"] = next(filter(None, stand_ins), None)
    row_lines = thresholds.read(cells, found)
    fields |= row_lines.lines
    if row_lines.polarity:
        fields["polarity"] = row_lines.polarity
    if row_lines.positions:
        place = place._replace(elsewhere={**place.elsewhere, **row_lines.positions})
    problems |= _band_without_goldilocks(cells, fields) | dict(row_lines.problems)
    try:
        indicator = Indicator(**fields, place=place)
    except ValidationError as invalid:
        problems = _missing(cells, invalid) | problems
    told = {name: [problem] for name, problem in problems.items()}
    if not _blocks_rating(problems):
        for name, problem in _doubtful_targets(cells, indicator):
            told.setdefault(name, []).append(problem)
        return indicator, told
    unrated = UnratedRow(code=fields.get("code"), short_name=fields.get("short_name"), place=place)
    return unrated, told


def _doubtful_targets(
    cells: Mapping[str, Cell], indicator: Indicator
) -> Iterator[tuple[str, Problem]]:
    """Yield a warning for a target whose sign contradicts the polarity, or leaves its figure out.

    "≤5" contradicts Aim to Maximise. "<5" is met by what is under 5, and a value of exactly 5
    counts as met all the same: that is told only where the value is just that.
    """
    for name in _TARGETS:
        target, value = getattr(indicator, name), indicator.value
        if not isinstance(target, Value) or not target.written:
            continue
        text = target.written
        told = polarity_of_target(text)
        is_at_target = value is not None and value.number == target.number
        if told and told is not indicator.polarity:
            message = (
                f'the target "{text}" says that {_GOOD[told]} is good, and the polarity in'
                f' {indicator.place.cell("polarity")} is "{indicator.polarity.label}", which counts'
            )
            yield name, warning(cells[name], message, "Correct the one that is wrong.")
        elif is_at_target and target is indicator.target_in_force and is_strict(text):
            message = f'the value is exactly that of the target "{text}", which counts as met'
            hint = f"Write {target.shown(target.number)} as the target, if that is meant."
            yield name, warning(cells[name], message, hint)


def _missing(cells: Mapping[str, Cell], invalid: ValidationError) -> dict[str, Problem]:
    """Return a problem for each required field that the model found to be empty.

    A row in which all of them are empty, such as a note below the table, is one problem.
    """
    names = {str(fault["loc"][0]) for fault in invalid.errors() if fault["loc"]}
    if _EMPTY.keys() <= names and all(cells[name].is_blank for name in _EMPTY):
        message = "the row has no code, no name, no polarity and no month"
        return {"code": error(cells["code"], message, "Complete the row, or clear it.")}
    return {name: error(cells[name], *_EMPTY[name]) for name in _EMPTY if name in names}


def _band_without_goldilocks(
    cells: Mapping[str, Cell], fields: Mapping[str, Any]
) -> dict[str, Problem]:
    """Return a problem for each target that is a band though more, or less, is always better."""
    polarity = fields.get("polarity")
    if polarity in (None, Polarity.GOLDILOCKS):
        return {}
    return {
        name: error(
            cells[name],
            f'the target {fields[name].text} is a band, but the polarity is "{polarity.label}"',
            "Write one number as the target, or Goldilocks as the polarity.",
        )
        for name in _TARGETS
        if isinstance(fields.get(name), Band)
    }


def _blocks_rating(problems: Mapping[str, Problem]) -> bool:
    return any(_is_in_the_way(name, problem) for name, problem in problems.items())


def _is_in_the_way(name: str, problem: Problem) -> bool:
    return INDICATOR_FIELDS[name].decides and problem.severity is Severity.ERROR


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
