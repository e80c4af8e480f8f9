"""Where the tables of a sheet stand: each below its headings, and up to where others stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kpi_cli.reading.heading_rows import Headings
from kpi_cli.reading.indicator_tables import cells_within, first_lead_row, groups_named
from kpi_cli.reading.priorities import AimRow
from kpi_cli.reading.tables import LAST_COLUMN, LAST_ROW, Section, rows_between
from kpi_cli.xlsx.sheet import Cell, Content, Sheet

_TARGETS = re.compile(r"\btargets?\b", re.IGNORECASE)
_VALUES = re.compile(r"\b(actuals?|values?|results?|performance|history)\b", re.IGNORECASE)


@dataclass(eq=False)
class FoundTable:
    """The headings of a table, and its sections, each below headings that repeat them."""

    headings: Headings
    width: tuple[int, int]
    sections: list[Section]
    series: str | None  # that a title names: "value", "target", or neither
    title: Section | None = None  # the first of the sheet, above which its titles stand

    def end(self, row: int) -> None:
        """Let the last section end with this row."""
        self.sections[-1] = self.sections[-1]._replace(last_row=row)


def sections_of(sheet: Sheet, headings: list[Headings]) -> list[FoundTable]:
    """Return the tables below headings: each ends where other headings stand in its columns."""
    found: list[FoundTable] = []
    still_open: list[FoundTable] = []
    spans = {each.columns for each in headings}
    for each in headings:
        width = _width(each, spans)
        over = [table for table in still_open if table.headings.overlaps(each)]
        lead = _first_lead_row(sheet, each, width, over)
        section = Section(lead, each.first_row, each.last_row + 1, LAST_ROW)
        series = series_named(_titles(sheet, section, width))
        for table in over:
            table.end(lead - 1)
        if len(over) == 1 and _goes_on(over[0], each, series):
            over[0].sections.append(section)
            continue
        still_open = [table for table in still_open if table not in over]
        title = found[0].sections[0] if found else None
        table = FoundTable(each, width, [section], series, title)
        found.append(table)
        still_open.append(table)
    return found


def _width(headings: Headings, spans: set[tuple[int, int]]) -> tuple[int, int]:
    """Return the columns in which no other table of the sheet stands."""
    first, last = headings.columns
    left = max((end + 1 for _, end in spans if end < first), default=1)
    right = min((start - 1 for start, _ in spans if start > last), default=LAST_COLUMN)
    return left, right


def _first_lead_row(
    sheet: Sheet, headings: Headings, width: tuple[int, int], over: list[FoundTable]
) -> int:
    if not over:
        return 1
    after = max(table.sections[-1].first_row - 1 for table in over)
    kept = {
        cell.column
        for table in over
        for field in ("comment", "short_name")
        for cell in table.headings.known.get(field, [])
        if cell.column > table.headings.columns[0]
    }
    return first_lead_row(sheet, after, headings.first_row, width, kept)


def _goes_on(table: FoundTable, headings: Headings, series: str | None) -> bool:
    """Whether headings are a table's own, repeated; below another title they may be of targets."""
    is_renamed = bool(headings.periods) and series not in (None, table.series)
    return headings.repeats(table.headings) and not is_renamed


def lead_cells(sheet: Sheet, section: Section, width: tuple[int, int]) -> list[Cell]:
    """Return the lines above a section's headings that stand alone in their rows, from the top."""
    lead = rows_between(sheet, section.first_lead_row, section.heading_row - 1)
    rows = (cells_within(sheet, number, width) for number, _ in lead)
    return list(_without_priorities(own[0] for own in rows if len(own) == 1))


def _without_priorities(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Yield lines; of one that names an aim its name, without the periods in its priorities."""
    aim: AimRow | None = None
    for cell in cells:
        if aim and aim.takes([cell]):
            continue
        named = groups_named([cell]) or {}
        aim = AimRow(named["aim"], frozenset({cell.column}), cell.row) if "aim" in named else None
        yield cell._replace(value=aim.name) if aim and aim.lists else cell


def rows_below(sheet: Sheet, found: FoundTable) -> list[Mapping[int, Content]]:
    """Return what stands below a table's headings, row by row."""
    return [
        row
        for section in found.sections
        for _, row in rows_between(sheet, section.first_row, section.last_row)
    ]


def _titles(sheet: Sheet, section: Section, width: tuple[int, int]) -> list[str]:
    """Return the titles above a section's headings, the nearest first."""
    lead = list(rows_between(sheet, section.first_lead_row, section.heading_row - 1))
    rows = (cells_within(sheet, number, width) for number, _ in reversed(lead))
    return [str(own[0].value) for own in rows if len(own) == 1]


def series_named(titles: Iterable[str]) -> str | None:
    """Return whether the first title that says so names targets, or values."""
    for text in titles:
        has_targets, has_values = bool(_TARGETS.search(text)), bool(_VALUES.search(text))
        if has_targets is not has_values:
            return "target" if has_targets else "value"
    return None
