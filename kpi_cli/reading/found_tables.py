"""Where the tables of a sheet stand: each below its headings, and up to where others stand."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kpi_cli.reading.groups import groups_named
from kpi_cli.reading.heading_rows import Headings, SideBySide
from kpi_cli.reading.indicator_tables import cells_within, first_lead_row
from kpi_cli.reading.priorities import AimRow
from kpi_cli.reading.report_period import Told, told_by_lines
from kpi_cli.reading.tables import LAST_COLUMN, LAST_ROW, Section, rows_between
from kpi_cli.xlsx.sheet import Cell, Content, Sheet

_Columns = tuple[int, int]  # the first and the last
_TARGETS = re.compile(r"\btargets?\b", re.IGNORECASE)
_VALUES = re.compile(r"\b(actuals?|values?|results?|performance|history)\b", re.IGNORECASE)


@dataclass(eq=False)
class FoundTable:
    """The headings of a table, and its sections, each below headings that repeat them."""

    sheet: Sheet  # without what stands beside the table
    headings: Headings
    width: tuple[int, int]
    sections: list[Section]
    series: str | None  # that a title names: "value", "target", or neither
    told_above: Told | None = None  # the period that the titles of the sheet name

    def end(self, row: int) -> None:
        """Let the last section end with this row."""
        self.sections[-1] = self.sections[-1]._replace(last_row=row)


def sections_of(sheet: Sheet, headings: list[Headings], year_starts: int) -> list[FoundTable]:
    """Return the tables below headings: each ends where other headings stand in its columns."""
    found: list[FoundTable] = []
    still_open: SideBySide[FoundTable] = SideBySide()
    widths = _widths({each.columns for each in headings})
    beside = _apart(sheet, set(widths.values()))
    told_above: Told | None = None
    for each in headings:
        width = widths[each.columns]
        own = beside[width]
        over = still_open.over(each.columns)
        lead = _first_lead_row(own, each, width, over)
        section = Section(lead, each.first_row, each.last_row + 1, LAST_ROW)
        series = series_named(_titles(own, section, width))
        for table in over:
            table.end(lead - 1)
        if len(over) == 1 and _goes_on(over[0], each, series):
            over[0].sections.append(section)
            continue
        if len(found) == 1:
            lines = lead_cells(sheet, found[0].sections[0], (1, LAST_COLUMN))
            told_above = told_by_lines(lines, year_starts)
        table = FoundTable(own, each, width, [section], series, told_above)
        found.append(table)
        still_open.put(each.columns, table)
    return found


def _widths(spans: set[_Columns]) -> dict[_Columns, _Columns]:
    """Return for the columns of headings those around in which no other table of the sheet is."""
    firsts = [*sorted(first for first, _ in spans), LAST_COLUMN + 1]
    lasts = [0, *sorted(last for _, last in spans)]
    return {
        (first, last): (
            lasts[bisect_left(lasts, first) - 1] + 1,
            firsts[bisect_right(firsts, last)] - 1,
        )
        for first, last in spans
    }


def _apart(sheet: Sheet, widths: set[_Columns]) -> dict[_Columns, Sheet]:
    """Return the sheet with the columns of each table alone: it isn't slow for those beside it."""
    if len(widths) < 2:
        return dict.fromkeys(widths, sheet)
    end = max((max(row) for row in sheet.rows.values()), default=0)
    rows: dict[_Columns, dict[int, dict[int, Content]]] = {width: {} for width in widths}
    having: defaultdict[int, list[dict[int, dict[int, Content]]]] = defaultdict(list)
    for first, last in widths:
        for column in range(first, min(last, end) + 1):
            having[column].append(rows[first, last])
    for number, row in sheet.rows.items():
        for column, content in row.items():
            for of_table in having[column]:
                of_table.setdefault(number, {})[column] = content
    return {width: replace(sheet, rows=of_table) for width, of_table in rows.items()}


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
