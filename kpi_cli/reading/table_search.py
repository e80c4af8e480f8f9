"""The tables in a workbook's sheets, found by their headings, wherever they stand."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from kpi_cli.addresses import quoted_sheet
from kpi_cli.fields import SETTINGS
from kpi_cli.models import Problem
from kpi_cli.names import fold, is_as_asked
from kpi_cli.reading.columns import choose_columns, choose_month_columns
from kpi_cli.reading.heading_rows import Headings, find_headings, heads_keys
from kpi_cli.reading.headings import SETTING, known_field
from kpi_cli.reading.history_tables import WideHistory
from kpi_cli.reading.indicator_tables import IndicatorTable, cells_within, first_lead_row
from kpi_cli.reading.problems import warning
from kpi_cli.reading.tables import LAST_COLUMN, LAST_ROW, Section, Table, TableKind, rows_between
from kpi_cli.sentences import listed
from kpi_cli.xlsx.sheet import Cell, Content, Sheet

_FEWEST_SETTINGS = 2
_HINT = (
    "A history has Code, Month and Value, or a column for each month with its year, such as Apr-17;"
    " a list needs none of it."
)
_MOST_SHEETS_SEEN = 20  # that a message names
_MOST_ROWS_SEEN = 50  # at the top of a sheet, in which its headings are looked for
_SETTINGS = {fold(setting.name) for setting in SETTINGS}
_TARGETS = re.compile(r"\btargets?\b", re.IGNORECASE)
_VALUES = re.compile(r"\b(actuals?|values?|results?|performance|history)\b", re.IGNORECASE)


@dataclass
class _Found:
    """The headings of a table, and its sections, each below headings that repeat them."""

    headings: Headings
    width: tuple[int, int]
    sections: list[Section]
    series: str | None  # that a title names: "value", "target", or neither

    def end(self, row: int) -> None:
        """Let the last section end with this row."""
        self.sections[-1] = replace(self.sections[-1], last_row=row)


def find_tables(sheets: list[Sheet]) -> tuple[list[Table], list[Problem]]:
    """Return the tables of indicators, of history and of settings, in the sheets' order.

    The problems are tables that look like one of these, and are none.
    """
    filled = [sheet.filled_down() for sheet in sheets]
    headed = [(sheet, _sections(sheet, find_headings(sheet))) for sheet in filled]
    has_polarity = any("polarity" in each.headings.known for _, found in headed for each in found)
    tables: list[Table] = []
    problems: list[Problem] = []
    for sheet, found in headed:
        in_sheet: list[Table] = []
        for each in found:
            read = list(_tables(sheet, each, has_polarity))
            in_sheet += read
            problems += [] if read else [_unknown_table(each.headings)]
        in_sheet += _settings_without_headings(sheet, in_sheet)
        if not in_sheet and not found:
            problems += _unread(sheet)
        tables += in_sheet
    return tables, problems


def headings_seen(sheets: list[Sheet]) -> str:
    """Return what stands at the top of each sheet, for the message that no table was found."""
    tops = []
    for sheet in sheets[:_MOST_SHEETS_SEEN]:
        rows = (sheet.cells(number) for number in islice(sheet.rows, _MOST_ROWS_SEEN))
        row = max(rows, key=_likeness_to_headings, default=[])
        texts = ", ".join(" ".join(str(cell.value).split())[:30] for cell in row[:8])
        tops.append(f"{quoted_sheet(sheet.name)} ({texts or 'empty'})")
    if others := len(sheets[_MOST_SHEETS_SEEN:]):
        tops.append(f"and {others:,} more")
    return "; ".join(tops)


def _likeness_to_headings(cells: list[Cell]) -> tuple[int, int]:
    """Return by what the row most like headings is found: the known ones, then any text."""
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    return sum(known_field(text) is not None for text in texts), len(texts)


def _sections(sheet: Sheet, headings: list[Headings]) -> list[_Found]:
    """Return the tables below headings: each ends where other headings stand in its columns."""
    found: list[_Found] = []
    still_open: list[_Found] = []
    spans = {each.columns for each in headings}
    for each in headings:
        width = _width(each, spans)
        over = [table for table in still_open if table.headings.overlaps(each)]
        lead = _first_lead_row(sheet, each, width, over)
        section = Section(lead, each.first_row, each.last_row + 1, LAST_ROW)
        series = _series_named(_titles(sheet, section, width))
        for table in over:
            table.end(lead - 1)
        if len(over) == 1 and _goes_on(over[0], each, series):
            over[0].sections.append(section)
            continue
        still_open = [table for table in still_open if table not in over]
        table = _Found(each, width, [section], series)
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
    sheet: Sheet, headings: Headings, width: tuple[int, int], over: list[_Found]
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


def _tables(sheet: Sheet, found: _Found, has_polarity: bool) -> Iterator[Table]:
    """Yield what a table holds; indicators with a column for each month are a history as well."""
    known, months = found.headings.known, found.headings.months
    if {SETTING, "value"} <= known.keys() and "code" not in known:
        yield _table(sheet, found, TableKind.SETTINGS)
    elif "polarity" in known:
        yield _table(sheet, found, TableKind.INDICATORS)
        if len(months) > 1:
            yield _wide_history(sheet, found)
    elif months and not {"month", "value"} <= known.keys():
        yield _wide_history(sheet, found)
    elif kind := _kind(known, has_polarity):
        yield _table(sheet, found, kind)


def _kind(known: Collection[str], has_polarity: bool) -> TableKind | None:
    """Tell a history, and a list of codes, from indicators that have lost their polarity."""
    if has_polarity and "month" not in known and "value" not in known:
        return None
    if "code" not in known or "month" not in known:
        return TableKind.INDICATORS
    is_history = "short_name" not in known or (has_polarity and "value" in known)
    return TableKind.HISTORY if is_history else TableKind.INDICATORS


def _table(sheet: Sheet, found: _Found, kind: TableKind) -> Table:
    columns, problems = choose_columns(found.headings, kind, _rows_below(sheet, found))
    make = IndicatorTable if kind is TableKind.INDICATORS else Table
    table = make(kind, sheet, tuple(found.sections), found.width, columns, tuple(problems))
    return replace(table, problems=(*problems, *table.hidden()))


def _wide_history(sheet: Sheet, found: _Found) -> Table:
    rows = _rows_below(sheet, found)
    columns, months, problems = choose_month_columns(found.headings, rows)
    series = found.series or _series_named([sheet.name]) or "value"
    sections = tuple(found.sections)
    table = WideHistory(
        TableKind.HISTORY, sheet, sections, found.width, columns, (), tuple(months), series
    )
    if not columns:
        return replace(table, problems=tuple(problems))
    return replace(table, problems=(*problems, *table.hidden(), *table.unread()))


def _rows_below(sheet: Sheet, found: _Found) -> list[Mapping[int, Content]]:
    return [
        row
        for section in found.sections
        for _, row in rows_between(sheet, section.first_row, section.last_row)
    ]


def _goes_on(table: _Found, headings: Headings, series: str | None) -> bool:
    """Whether headings are a table's own, repeated; below another title they may be of targets."""
    is_renamed = bool(headings.months) and series not in (None, table.series)
    return headings.repeats(table.headings) and not is_renamed


def _titles(sheet: Sheet, section: Section, width: tuple[int, int]) -> list[str]:
    """Return the titles above a section's headings, the nearest first."""
    lead = list(rows_between(sheet, section.first_lead_row, section.heading_row - 1))
    rows = (cells_within(sheet, number, width) for number, _ in reversed(lead))
    return [str(own[0].value) for own in rows if len(own) == 1]


def _series_named(titles: Iterable[str]) -> str | None:
    """Return whether the first title that says so names targets, or values."""
    for text in titles:
        has_targets, has_values = bool(_TARGETS.search(text)), bool(_VALUES.search(text))
        if has_targets is not has_values:
            return "target" if has_targets else "value"
    return None


def _settings_without_headings(sheet: Sheet, tables: list[Table]) -> Iterator[Table]:
    """Yield the settings of a sheet that is named so, or has known ones above its tables."""
    if any(table.kind is TableKind.SETTINGS for table in tables):
        return
    end = min((table.sections[0].heading_row for table in tables), default=LAST_ROW)
    starts = [sheet.cell(number, min(row)) for number, row in rows_between(sheet, 1, end - 1)]
    known = [cell for cell in starts if fold(str(cell.value)) in _SETTINGS]
    is_named = fold(sheet.name) == "settings" and not tables
    if starts and (is_named or len(known) >= _FEWEST_SETTINGS):
        top = (known or starts)[0]
        rows = known if tables else starts
        section = Section(1, rows[0].row - 1, rows[0].row, rows[-1].row)
        columns = {SETTING: top.column, "value": top.column + 1}
        yield Table(TableKind.SETTINGS, sheet, (section,), (1, LAST_COLUMN), columns)


def _unknown_table(headings: Headings) -> Problem:
    cell = headings.known.get("code", [headings.headings[0].cell])[0]
    message = "this table has codes, but is none that is known; it is not read"
    return warning(cell, message, _HINT)


def _unread(sheet: Sheet) -> Iterator[Problem]:
    """Yield a warning for a sheet that has codes, or months and values, but no table known."""
    for number, row in sheet.rows.items():
        for column, content in row.items():
            if heads_keys(content, ("code",)):
                message = "this sheet has codes, but no table that is known; it is not read"
                yield warning(sheet.cell(number, column), message, _HINT)
                return
    for number in islice(sheet.rows, _MOST_ROWS_SEEN):
        fields = {
            known_field(cell.value): cell
            for cell in sheet.cells(number)
            if isinstance(cell.value, str) and not cell.fault
        }
        if {"month", "value"} <= fields.keys():
            message = "this sheet has months and values, but no column of codes; it is not read"
            yield warning(fields["month"], message, _HINT)
            return


def unknown_sheets(sheets: Sequence[Sheet], asked: Sequence[str]) -> str | None:
    """Return what to say of the names asked for that no sheet has; None where there are none."""
    unknown = [
        f'"{name}"' for name in asked if not any(_is_asked(sheet.name, [name]) for sheet in sheets)
    ]
    if not unknown:
        return None
    found = listed((f'"{sheet.name}"' for sheet in sheets), last="and") or "none"
    return f"there is no sheet {listed(unknown)}; the sheets found: {found}"


def tables_asked(tables: Sequence[Table], asked: Sequence[str]) -> list[Table]:
    """Return the tables of the sheets asked for, and of other sheets those of any other kind.

    So the history and the settings count whichever sheet of indicators is asked for, unless a
    sheet that has them is asked for too. Names match as they fold; `*` stands for anything.
    """
    kinds = {table.kind for table in tables if _is_asked(table.sheet.name, asked)}
    return [
        table for table in tables if table.kind not in kinds or _is_asked(table.sheet.name, asked)
    ]


def _is_asked(name: str, asked: Sequence[str]) -> bool:
    return any(is_as_asked(fold(name), fold(each)) for each in asked)
