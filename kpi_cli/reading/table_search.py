"""The tables in a workbook's sheets, found by their headings, wherever they stand."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kpi_cli.fields import SETTINGS
from kpi_cli.models import Problem, ReadAs
from kpi_cli.names import fold
from kpi_cli.periods import Period
from kpi_cli.reading.columns import Choice, choose_columns, choose_period_columns
from kpi_cli.reading.definitions import Defined, defined_by
from kpi_cli.reading.found_tables import (
    FoundTable,
    rows_below,
    sections_of,
    series_named,
)
from kpi_cli.reading.guide import Guide
from kpi_cli.reading.heading_rows import Headings, find_headings
from kpi_cli.reading.heading_words import named_field
from kpi_cli.reading.headings import SETTING, Heading
from kpi_cli.reading.history_tables import WideHistory
from kpi_cli.reading.indicator_tables import IndicatorTable
from kpi_cli.reading.priorities import aims_table
from kpi_cli.reading.problems import error
from kpi_cli.reading.report_period import (
    Told,
)
from kpi_cli.reading.sheets_asked import left_out, unknown_table, unread, unstyled
from kpi_cli.reading.table_periods import (
    latest_in_rows,
    lead_period,
    sources_of,
    told_in_sections,
    told_of,
)
from kpi_cli.reading.tables import LAST_COLUMN, LAST_ROW, Section, Table, TableKind, rows_between
from kpi_cli.xlsx.sheet import Cell, Sheet

_FEWEST_SETTINGS = 2
_SETTINGS = {fold(setting.name) for setting in SETTINGS}


def find_tables(sheets: list[Sheet], guide: Guide) -> tuple[list[Table], list[Problem]]:
    """Return the tables of indicators, history, settings and aims, in the sheets' order.

    The problems are tables that look like one of these, and are none, and what could not be read.
    Raises UnreadableWorkbookError where a sheet that has a table is damaged.
    """
    filled = [sheet.filled_down() for sheet in sheets]
    headed = [
        (s, sections_of(s, find_headings(s, guide.reader), guide.year_starts)) for s in filled
    ]
    has_polarity = any("polarity" in each.headings.known for _, found in headed for each in found)
    tables: list[Table] = []
    problems: list[Problem] = []
    for sheet, found in headed:
        in_sheet: list[Table] = []
        for each in found:
            read = list(_tables(each.sheet, each, has_polarity, guide))
            in_sheet += read
            problems += [] if read else [unknown_table(each.headings)]
        in_sheet += _settings_without_headings(sheet, in_sheet)
        if not in_sheet and not found and (aims := aims_table(sheet)):
            in_sheet = [aims]
        if sheet.damage and (in_sheet or found):
            raise sheet.damage
        if not in_sheet and not found:
            problems += [left_out(sheet)] if sheet.damage else unread(sheet, guide.reader)
        problems += unstyled(sheet) if in_sheet else ()
        tables += in_sheet
    return tables, problems


def _tables(sheet: Sheet, found: FoundTable, has_polarity: bool, guide: Guide) -> Iterator[Table]:
    """Yield what a table holds; indicators with columns of periods are a history as well."""
    known, periods = found.headings.known, found.headings.periods
    if {SETTING, "value"} <= known.keys() and "code" not in known:
        yield _plain_table(sheet, found, TableKind.SETTINGS, guide)
    elif _is_sure(found.headings, guide) or (
        not has_polarity and _are_indicators(found.headings, guide)
    ):
        yield from _indicators(sheet, found, guide)
    elif _are_known(periods, sheet, found, guide) and not {"period", "value"} <= known.keys():
        yield _wide_history(sheet, found, guide, lead_period(sheet, found, guide))
    elif kind := _kind(known, has_polarity):
        if kind is TableKind.INDICATORS:
            yield from _indicators(sheet, found, guide)
        else:
            yield _plain_table(sheet, found, kind, guide)


def _is_sure(headings: Headings, guide: Guide) -> bool:
    return guide.is_definitions or "polarity" in headings.known


def _are_known(periods: Sequence[Heading], sheet: Sheet, found: FoundTable, guide: Guide) -> bool:
    """Whether any heading is a period whose year is told, there or in the lines above."""
    if any(isinstance(heading.period, Period) for heading in periods):
        return True
    return bool(periods) and lead_period(sheet, found, guide) is not None


def _are_indicators(headings: Headings, guide: Guide) -> bool:
    """Whether a table without polarity is of indicators: names, figures, and what is beside."""
    known = headings.known
    has_figures = "value" in known or any(h.series != "target" for h in headings.periods)
    has_targets = any(h.series == "target" for h in headings.periods)
    beside = known.keys() & _BESIDE_FIGURES
    is_more = bool(beside) or has_targets or guide.definitions is not None
    return "short_name" in known and has_figures and is_more


_BESIDE_FIGURES = {
    "target", "annual_target", "published_outcome", "published_direction", "comment", "last_year",
}  # fmt: skip


def _kind(known: Collection[str], has_polarity: bool) -> TableKind | None:
    """Tell a history, and a list of codes, from indicators that have lost their polarity."""
    if has_polarity and "period" not in known and "value" not in known:
        return None
    if "code" not in known or "period" not in known:
        return TableKind.INDICATORS
    is_history = "short_name" not in known or (has_polarity and "value" in known)
    return TableKind.HISTORY if is_history else TableKind.INDICATORS


def _plain_table(sheet: Sheet, found: FoundTable, kind: TableKind, guide: Guide) -> Table:
    choice = choose_columns(found.headings, kind, rows_below(sheet, found))
    table = Table(kind, sheet, tuple(found.sections), found.width, choice.columns)
    problems = (*choice.problems, *table.hidden())
    return replace(table, problems=problems, year_starts=guide.year_starts)


def _indicators(sheet: Sheet, found: FoundTable, guide: Guide) -> Iterator[Table]:
    """Yield a table of indicators, and the history that its columns of periods are."""
    if not guide.period and not sources_of(sheet, found, guide):
        found = replace(found, headings=found.headings.with_years())
    rows = rows_below(sheet, found)
    told, problems = told_of(sheet, found, rows, guide)
    own = latest_in_rows(sheet, found, guide, told)
    report = own or (told.period if told else None)
    has_values = not guide.is_definitions
    choice = choose_columns(
        found.headings, TableKind.INDICATORS, rows, report, has_values=has_values
    )
    if guide.definitions and report not in guide.definitions.by_report:
        guide.definitions.by_report[report] = _defined(guide, report)
    table = IndicatorTable(
        TableKind.INDICATORS,
        sheet,
        tuple(found.sections),
        found.width,
        choice.columns,
        year_starts=guide.year_starts,
        told=told,
        told_below=told_in_sections(sheet, found, guide) if told and not guide.period else {},
        is_asked=guide.period is not None,
        report=report,
        periods=choice.periods,
        words=guide.words,
        definitions=guide.definitions,
    )
    read_as = _read_as(found.headings, choice, told)
    history = replace(
        _wide_history(sheet, found, guide, report, of_indicators=True),
        series="value",
        is_marked=False,
    )
    if odd := table.headings_below() or (history.rows_marked() if choice.columns else None):
        table, choice = replace(table, columns={}, periods=()), choice._replace(problems=[odd])
    problems += [*table.hidden(), *table.values_before()]
    yield replace(table, problems=(*choice.problems, *problems), read_as=read_as)
    if table.value_columns and (len(choice.periods) > 1 or "value" in choice.columns):
        yield replace(history, problems=tuple(history.unread()) if history.columns else ())


def _defined(guide: Guide, report: Period | None) -> Defined:
    """Return the definitions as they count for a report: headings of other years are left."""
    assert guide.definitions
    its_own = guide._replace(
        name=guide.definitions.name, period=report, definitions=None, is_definitions=True
    )
    tables, problems = find_tables(list(guide.definitions.sheets), its_own)
    read = [table for table in tables if isinstance(table, IndicatorTable)]
    defined = defined_by(
        ({key: table.heading_text(key) or key for key in table.columns}, _cells(table))
        for table in read
    )
    defined.problems += [*problems, *(p for table in tables for p in table.problems)]
    if not defined.rows:
        cell = Cell(guide.definitions.sheets[0].name, 1, 1)
        hint = "It needs headings such as Code and Polarity, and a row for each indicator."
        defined.problems.append(error(cell, "there are no definitions in this workbook", hint))
    return defined


def _cells(table: IndicatorTable) -> Iterator[Mapping[str, Cell]]:
    """Yield the cells of each row; what merely explains the table is none."""
    for _, cells in table.rows():
        if sum(not cell.is_blank for cell in cells.values()) > 1:
            yield cells


def _read_as(headings: Headings, choice: Choice, told: Told | None) -> ReadAs:
    """Return what was understood of a table: its fields, its period, and what is not read."""
    told_period = None if "period" in choice.columns else told
    left = [heading.cell for heading in choice.left] + headings.unknown
    return ReadAs(
        cell=headings.headings[0].cell.address,
        period=told_period.period.label if told_period else None,
        period_from=told_period.where if told_period else None,
        fields={field: _heading_text(h.cell) for field, h in choice.chosen.items()},
        periods=tuple(_heading_text(column.heading) for column in choice.periods),
        how={field: _how(field, heading) for field, heading in choice.chosen.items()},
        dated=tuple(field for field, heading in choice.chosen.items() if heading.period),
        not_read=tuple(_heading_text(cell) for cell in left),
    )


def _how(field: str, heading: Heading) -> str:
    """Return how sure it is that a heading means a field."""
    if heading.is_told:
        return "profile"
    return "name" if named_field(str(heading.cell.value)) == field else "words"


def _heading_text(cell: Cell) -> str:
    return f'"{" ".join(str(cell.value).split())}" in {cell.address}'


def _wide_history(
    sheet: Sheet,
    found: FoundTable,
    guide: Guide,
    report: Period | None,
    *,
    of_indicators: bool = False,
) -> WideHistory:
    rows = rows_below(sheet, found)
    choice = choose_period_columns(found.headings, rows, report, of_indicators=of_indicators)
    table = WideHistory(
        TableKind.HISTORY,
        sheet,
        tuple(found.sections),
        found.width,
        choice.columns,
        year_starts=guide.year_starts,
        periods=choice.periods,
        series=found.series or series_named([sheet.name]) or "value",
    )
    if not choice.columns:
        return replace(table, problems=tuple(choice.problems))
    return replace(table, problems=(*choice.problems, *table.hidden(), *table.unread()))


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
