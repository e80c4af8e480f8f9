"""What is wrong with a row of indicators though each of its cells can be read: they don't agree.

Required fields that have nothing in them are told here, too.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from kpi_cli.addresses import Place
from kpi_cli.amounts import Band, Value
from kpi_cli.models import Indicator, Polarity, Problem
from kpi_cli.period_words import noun_named
from kpi_cli.reading.indicator_tables import IndicatorTable
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.tables import Table
from kpi_cli.reading.values import no_period
from kpi_cli.reading.written_targets import is_strict, polarity_of_target
from kpi_cli.xlsx.sheet import Cell

TARGETS = ("target", "annual_target")
REQUIRED = {  # what to say of a required field that has nothing in it
    "code": ("the code is missing", "Give the indicator its code, such as CP 3.10."),
    "short_name": ("the short name is missing", "Give the indicator a name."),
    "polarity": (
        "the polarity is missing",
        "Write Aim to Maximise, Aim to Minimise or Goldilocks.",
    ),
    "period": no_period(None),
}
_GOOD = {Polarity.MAXIMISE: "higher", Polarity.MINIMISE: "lower", Polarity.GOLDILOCKS: "a band"}


def missing(
    cells: Mapping[str, Cell], invalid: ValidationError, table: Table
) -> dict[str, Problem]:
    """Return a problem for each required field that the model found to be empty.

    A row in which all of them are empty, such as a note below the table, is one problem.
    """
    names = {str(fault["loc"][0]) for fault in invalid.errors() if fault["loc"]}
    known = {name: cells[name] for name in REQUIRED if name in cells}
    if REQUIRED.keys() <= names and all(cell.is_blank for cell in known.values()):
        noun = noun_named(_heading_of_period(table))
        message = f"the row has no code, no name, no polarity and no {noun}"
        return {
            "code": error(next(iter(known.values())), message, "Complete the row, or clear it.")
        }
    empty = {**REQUIRED, "period": no_period(_heading_of_period(table))}
    found = {name: error(cell, *empty[name]) for name, cell in known.items() if name in names}
    for name in ("polarity", "period"):
        if name in found and name not in table.columns:
            found[name] = error(cells[name], f"no {name}", "")
    return found


def period_told_elsewhere(place: Place, table: Table) -> dict[str, Problem]:
    """Return a warning where a row has no period in the column that the others have it in."""
    if "period" not in table.columns or "period" not in place.elsewhere:
        return {}
    told = table.told_in(place.row) if isinstance(table, IndicatorTable) else None
    if told is None or told.cell.position != place.elsewhere["period"]:
        return {}
    own = Cell(place.sheet, place.row, table.columns["period"])
    message = f"the period is missing; {told.period.label}, from {told.where}, counts"
    return {"period told": warning(own, message, "Write the row's own period.")}


def period_without_values(cells: Mapping[str, Cell], table: Table) -> dict[str, Problem]:
    """Return an error where a row's own period is that of no column of values."""
    if not isinstance(table, IndicatorTable) or "value" in table.columns:
        return {}
    own, columns = table.period_of(cells["period"]), table.value_columns
    if own is None or not columns or any(column.period == own for column in columns):
        return {}
    latest = max(columns, key=lambda column: column.period)
    message = (
        f"the period is {own.label} here, and of the values the latest is of {latest.period.label},"
        f" in {latest.heading.address}"
    )
    return {"value": error(cells["period"], message, "Correct the one that is wrong.")}


def band_without_goldilocks(
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
        for name in TARGETS
        if isinstance(fields.get(name), Band)
    }


def doubtful_targets(
    cells: Mapping[str, Cell], indicator: Indicator
) -> Iterator[tuple[str, Problem]]:
    """Yield a warning for a target whose sign contradicts the polarity, or leaves its figure out.

    "≤5" contradicts Aim to Maximise. "<5" is met by what is under 5, and a value of exactly 5
    counts as met all the same: that is told only where the value is just that.
    """
    for name in TARGETS:
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


def later_targets(
    cells: Mapping[str, Cell], indicator: Indicator, table: Table
) -> Iterator[tuple[str, Problem]]:
    """Yield a warning where a late value that adds up stands beside a target without a period."""
    if not isinstance(table, IndicatorTable) or not table.value_columns or table.report is None:
        return
    of, report = indicator.period, table.report
    if "target" in table.columns and indicator.target and indicator.adds_up and of < report:
        message = (
            f"the value of {indicator.code} is of {of.label}, and this target may be of"
            f" {report.label}: the rating may be wrong"
        )
        hint = f"Give {report.label} its value, or head the target with its period."
        yield "target", warning(cells["target"], message, hint)


def _heading_of_period(table: Table) -> str | None:
    return table.heading_text("period") if "period" in table.columns else None
