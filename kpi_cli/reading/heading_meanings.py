"""What a heading means: a field, or a month, alone or in two lines."""

from datetime import date
from typing import NamedTuple

from kpi_cli.months import Month, month_of
from kpi_cli.reading.cells import Cell
from kpi_cli.reading.headings import (
    LONGEST_HEADING,
    SERIES,
    known_field,
    month_and_series,
    series_of,
)


class Heading(NamedTuple):
    """What stands above a column: the cell with all of its text, and what that means."""

    cell: Cell
    field: str | None = None
    month: Month | None = None
    series: str | None = None  # of a month: "value" or "target", where the heading says it


def heading_of(cell: Cell) -> Heading:
    """Return what a cell means as a heading of one line."""
    if isinstance(cell.value, date):
        return Heading(cell, month=month_of(cell.value))
    if not isinstance(cell.value, str) or cell.fault:
        return Heading(cell)
    if field := known_field(cell.value):
        return Heading(cell, field)
    month, series = month_and_series(cell.value)
    return Heading(cell, None, month, series) if month else Heading(cell)


def heading_under(over: Cell | None, carried: Cell | None, cell: Cell) -> Heading:
    """Return what a heading's second line means under the first: above it, or further left.

    "Target" over "Annual" is the annual target, "Apr-17" over "Target" a target of that month;
    "Apr-17" over "Month" is that month's value, as it may stand beside "YTD".
    """
    alone = heading_of(cell)
    if over and (joined := _joined(over, cell)):
        return joined
    if carried and alone.month and not alone.series:
        return alone._replace(series=series_of(str(carried.value)))
    series = _series_under_a_month(cell, alone.field)
    if carried and series and (month := heading_of(carried).month):
        return Heading(cell, None, month, series)
    if carried and not alone.field and not alone.month:
        return _joined(carried, cell) or alone
    return alone


def _series_under_a_month(cell: Cell, field: str | None) -> str | None:
    if field == "month":
        return "value"
    return series_of(str(cell.value)) or (field if field in SERIES else None)


def _joined(over: Cell, cell: Cell) -> Heading | None:
    """Return the field that two lines mean together, in either order."""
    if not isinstance(over.value, str) or len(over.value) > LONGEST_HEADING:
        return None
    for text in (f"{over.value} {cell.value}", f"{cell.value} {over.value}"):
        if field := known_field(text):
            return Heading(cell._replace(value=text), field)
    return None


def with_fields_for_one_month(headings: list[Heading]) -> list[Heading]:
    """Read "Actual" over "January 2019" as the value, where indicators have no other month."""
    months = {heading.month for heading in headings if heading.month}
    fields = {heading.field for heading in headings}
    if len(months) != 1 or "polarity" not in fields:
        return headings
    return [
        Heading(h.cell, h.series) if h.series and h.series not in fields else h for h in headings
    ]
