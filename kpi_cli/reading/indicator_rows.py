"""Rows of a table of indicators → `Indicator`s, and a `Problem` for what can't be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from kpi_cli.addresses import Place
from kpi_cli.amounts import Band
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Indicator, Polarity, Problem, Severity, UnratedRow
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.tables import Table
from kpi_cli.reading.threshold_cells import ThresholdCells
from kpi_cli.reading.values import READERS, read_no_value
from kpi_cli.reading.vocabulary import is_no_code
from kpi_cli.xlsx.sheet import Cell

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
    for place, cells in table.rows():
        if _is_note(cells):
            rows.problems.append(_taken_for_note(cells))
            continue
        indicator, problems = _read_row(place, cells, thresholds)
        rows.problems += problems
        if isinstance(indicator, Indicator):
            rows.indicators.append(indicator)
        else:
            rows.unrated.append(indicator)
    rows.problems += thresholds.problems()
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
) -> tuple[Indicator | UnratedRow, list[Problem]]:
    found = {name: READERS[INDICATOR_FIELDS[name].kind](cell) for name, cell in cells.items()}
    own = {name: result for name, result in found.items() if name not in _OF_LINES}
    problems = {name: result for name, result in own.items() if isinstance(result, Problem)}
    fields = {name: result for name, result in own.items() if name not in problems}
    fields["no_value_text"] = read_no_value(cells["value"])
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
    if not _blocks_rating(problems):
        return indicator, list(problems.values())
    unrated = UnratedRow(code=fields.get("code"), short_name=fields.get("short_name"), place=place)
    return unrated, [
        _naming_row(problem, unrated) if _is_in_the_way(name, problem) else problem
        for name, problem in problems.items()
    ]


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
        for name in ("target", "annual_target")
        if isinstance(fields.get(name), Band)
    }


def _blocks_rating(problems: Mapping[str, Problem]) -> bool:
    return any(_is_in_the_way(name, problem) for name, problem in problems.items())


def _is_in_the_way(name: str, problem: Problem) -> bool:
    return INDICATOR_FIELDS[name].decides and problem.severity is Severity.ERROR


def _naming_row(problem: Problem, row: UnratedRow) -> Problem:
    """Return the problem with the row that it keeps from being rated."""
    name = row.code or "this row"
    return problem.model_copy(update={"message": f"{problem.message}; {name} is not rated"})
