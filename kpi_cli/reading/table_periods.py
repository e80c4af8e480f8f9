"""The period of a table's figures, from all that stands in it and around it."""

from collections.abc import Mapping

from kpi_cli.models import Problem
from kpi_cli.periods import Month, Period, YearlessPeriod
from kpi_cli.reading.found_tables import (
    FoundTable,
    lead_cells,
)
from kpi_cli.reading.guide import Guide
from kpi_cli.reading.report_period import (
    Told,
    asked_otherwise,
    contradictions,
    headed_otherwise,
    part_named,
    told_by_lines,
    told_by_name,
    with_parts,
)
from kpi_cli.reading.tables import rows_between
from kpi_cli.reading.values import named_period
from kpi_cli.xlsx.sheet import Content, Sheet

_NEVER = Period(Month(1, 1))


def told_of(
    sheet: Sheet, found: FoundTable, rows: list[Mapping[int, Content]], guide: Guide
) -> tuple[Told | None, list[Problem]]:
    """Return the period of rows that don't tell their own, and what contradicts it.

    It is the first of what was asked for, the heading of the value, a line above, the names of the
    sheet and the file, and the last period that has values.
    """
    told = sources_of(sheet, found, guide)
    valued = [] if "value" in found.headings.known else found.headings.periods
    headed = {h.period for h in valued if h.series != "target"}
    is_dated = bool(headed) and all(isinstance(period, Period) for period in headed)
    if (asked := _asked(found, guide)) and not is_dated:  # columns with years say it themselves
        is_untold = "period" not in found.headings.known
        return asked, list(asked_otherwise(asked, told)) if is_untold else []
    only = next(iter(headed)) if len(headed) == 1 else None
    if told and isinstance(only, YearlessPeriod):
        only = only.with_year(told[0].period)
    is_running = isinstance(only, Period) and any(
        only.last > t.period.last and only.contains(t.period.last) for t in told
    )
    if isinstance(only, Period) and not is_running:
        cell = next(h.cell for h in found.headings.periods if h.series != "target")
        headed_by = Told(only, cell, f"the heading in {cell.address.rpartition('!')[2]}")
        return headed_by, list(headed_otherwise(headed_by, told))
    if not told and headed:
        return _last_filled(found, rows), []
    return (told[0] if told else None), list(contradictions(told))


def _asked(found: FoundTable, guide: Guide) -> Told | None:
    """Return the period that was asked for, or that a profile gives."""
    period = guide.asked()
    if period is None:
        return None
    is_of_profile = guide.profile and guide.profile.profile.period == guide.period
    where = guide.profile.name if guide.profile and is_of_profile else "--period"
    return Told(period, found.headings.headings[0].cell, where)


def sources_of(sheet: Sheet, found: FoundTable, guide: Guide) -> list[Told]:
    """Return what a title, the sheet's name and the file's say of the period, in that order."""
    first = found.headings.headings[0].cell
    starts = guide.year_starts
    lines = lead_cells(sheet, found.sections[0], found.width)
    sources = (
        told_by_lines(lines, starts) or found.told_above,
        told_by_name(sheet.name, "sheet", first, starts),
        told_by_name(guide.name, "file", first, starts),
    )
    parts = (
        part_named(sheet.name, "sheet", first, starts),
        part_named(guide.name, "file", first, starts),
    )
    return with_parts([source for source in sources if source], parts)


def told_in_sections(sheet: Sheet, found: FoundTable, guide: Guide) -> dict[int, Told]:
    """Return the period that a title above a later section of a table names, by its number."""
    told = {
        number: told_by_lines(lead_cells(sheet, section, found.width), guide.year_starts)
        for number, section in enumerate(found.sections)
        if number
    }
    return {number: each for number, each in told.items() if each}


def lead_period(sheet: Sheet, found: FoundTable, guide: Guide) -> Period | None:
    """Return the period that the lines above a table name, or None."""
    lines = lead_cells(sheet, found.sections[0], found.width)
    told = told_by_lines(lines, guide.year_starts)
    return told.period if told else None


def latest_in_rows(
    sheet: Sheet, found: FoundTable, guide: Guide, told: Told | None
) -> Period | None:
    """Return the latest period of a table's own column of periods, or None."""
    cells = found.headings.known.get("period", [])
    if len(cells) != 1:
        return None
    periods = []
    around = told.period if told else None
    for section in found.sections:
        for number, row in rows_between(sheet, section.first_row, section.last_row):
            if cells[0].column in row:
                period = named_period(
                    sheet.cell(number, cells[0].column), guide.year_starts, around
                )
                periods += [period] if period else []
    return max(periods, default=None)


def _last_filled(found: FoundTable, rows: list[Mapping[int, Content]]) -> Told | None:
    """Return the latest period that has a value below its heading, or None."""
    filled = [
        heading
        for heading in found.headings.periods
        if isinstance(heading.period, Period)
        and heading.series != "target"
        and any(heading.cell.column in row for row in rows)
    ]
    if not filled:
        return None
    last = max(filled, key=lambda h: h.period if isinstance(h.period, Period) else _NEVER)
    assert isinstance(last.period, Period)
    return Told(last.period, last.cell, f"the heading in {last.cell.address.rpartition('!')[2]}")
