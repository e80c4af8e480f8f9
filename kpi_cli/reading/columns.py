"""The column of each field that a table needs, and what is wrong with the headings."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from kpi_cli.fields import HISTORY_FIELDS, INDICATOR_FIELDS, Field
from kpi_cli.models import Problem, Severity
from kpi_cli.periods import Period
from kpi_cli.reading.heading_problems import (
    faulty,
    missing_column,
    misspelt,
    other_targets,
    period_twice,
    several_columns,
    targets_unread,
    to_date_beside_alone,
    unread_months,
)
from kpi_cli.reading.heading_rows import Headings
from kpi_cli.reading.headings import SETTING, Heading, rank_of
from kpi_cli.reading.history_tables import PeriodColumn
from kpi_cli.reading.sorted_headings import Rows, SortedHeadings
from kpi_cli.reading.tables import TableKind
from kpi_cli.xlsx.sheet import Cell

_FIELDS: Mapping[TableKind, Mapping[str, Field]] = {
    TableKind.INDICATORS: INDICATOR_FIELDS,
    TableKind.HISTORY: HISTORY_FIELDS,
}
_NAMES: Mapping[TableKind, Mapping[str, str]] = {
    **{kind: {key: field.heading for key, field in of.items()} for kind, of in _FIELDS.items()},
    TableKind.SETTINGS: {SETTING: "Setting", "value": "Value"},
}
_REQUIRED: Mapping[TableKind, Collection[str]] = {
    kind: {key for key, field in of.items() if field.is_required} for kind, of in _FIELDS.items()
}
_CODE = HISTORY_FIELDS["code"].heading


class Choice(NamedTuple):
    """The columns that are read from a table, and what is wrong with its headings.

    There are none at all where the table can't be read for its headings. The headings that are
    understood and not read are those left.
    """

    columns: Mapping[str, int]
    periods: tuple[PeriodColumn, ...]
    problems: list[Problem]
    chosen: Mapping[str, Heading] = {}
    left: tuple[Heading, ...] = ()


def choose_columns(
    headings: Headings,
    kind: TableKind,
    rows: Rows,
    report: Period | None = None,
    *,
    has_values: bool = True,
) -> Choice:
    """Return the column of each field, and those of periods, of a table.

    The rows are those below; a table of definitions has no values. Periods in headings are set
    against the report's: of the value and the target they head columns of periods, of the annual
    target and of all else another year's are left. Of several headings of one meaning the one
    nearest to the report's own counts.
    """
    names, required = _NAMES[kind], set(_REQUIRED.get(kind, ()))
    required -= set() if has_values else {"value"}
    sorted_out = SortedHeadings(headings, report, rows if kind is TableKind.INDICATORS else None)
    periods, problems = _period_columns(sorted_out.periods, "value")
    problems += list(faulty(headings))
    if kind is TableKind.INDICATORS:
        problems += [*unread_months(headings), *sorted_out.problems]
    problems += [] if kind is TableKind.SETTINGS else misspelt(headings, names)
    chosen: dict[str, Heading] = {}
    columns: dict[str, int] = {}
    is_readable = True
    for field, name in names.items():
        found = _those_told(sorted_out.fields.get(field, []))
        sorted_out.left += [h for h in sorted_out.fields.get(field, []) if h not in found]
        if not found and field in required and not _is_told_otherwise(field, sorted_out, periods):
            problems.append(missing_column(headings, name, rows))
            is_readable = False
        if len(found) > 1:
            problem = several_columns(field, name, [h.cell for h in found], rows)
            is_readable = is_readable and problem.severity is not Severity.ERROR
            problems.append(problem)
        if found:
            chosen[field] = min(found, key=lambda h: (not h.is_told, rank_of(str(h.cell.value))))
            columns[field] = _column_below(headings, chosen[field].cell, rows)
    if not is_readable:
        return Choice({}, (), problems)
    problems += [*sorted_out.unused(columns), *targets_unread(headings, columns, periods)]
    if kind is TableKind.INDICATORS:
        problems += other_targets(headings, chosen)
        problems += to_date_beside_alone(chosen, periods, report, rows)
    return Choice(columns, periods, problems, chosen, tuple(sorted_out.left))


def _those_told(headings: list[Heading]) -> list[Heading]:
    """Return the headings that a profile names; all, where it names none of them."""
    return [heading for heading in headings if heading.is_told] or headings


def choose_period_columns(
    headings: Headings, rows: Rows, report: Period | None, *, of_indicators: bool = False
) -> Choice:
    """Return the column of the code (or of the name, where there is none), and those of periods.

    In a table of indicators a year's target is no figure of the history, but the annual target.

    A period that is given twice is an error, and neither of its columns is read.
    """
    keys = headings.known.get("code") or headings.known.get("short_name") or []
    if not keys:
        return Choice({}, (), [missing_column(headings, _CODE, rows)])
    if len(keys) > 1 and "code" in headings.known:
        return Choice({}, (), [several_columns("code", _CODE, keys, rows)])
    sorted_out = SortedHeadings(headings, report, is_history=True, of_indicators=of_indicators)
    periods, problems = _period_columns(sorted_out.periods)
    unclear = [p.model_copy(update={"severity": Severity.WARNING}) for p in sorted_out.problems]
    problems += [*faulty(headings), *unread_months(headings), *unclear]
    return Choice({"code": keys[0].column}, periods, problems)


def _is_told_otherwise(
    field: str, sorted_out: SortedHeadings, periods: tuple[PeriodColumn, ...]
) -> bool:
    """Whether what a column is required for can be had without it."""
    has_values = any(column.series in (None, "value") for column in periods)
    match field:
        case "code":
            return "short_name" in sorted_out.fields
        case "short_name":
            return "code" in sorted_out.fields
        case "value":
            return has_values
    return field in ("period", "polarity")


def _period_columns(
    headings: Sequence[Heading], series: str | None = None
) -> tuple[tuple[PeriodColumn, ...], list[Problem]]:
    """Return the columns of periods; one that is given twice is an error, and neither is read.

    The series is that of headings which don't tell it.
    """
    found: dict[tuple[Period, str | None], list[Heading]] = {}
    for heading in headings:
        if isinstance(heading.period, Period):
            found.setdefault((heading.period, heading.series or series), []).append(heading)
    problems = [period_twice(same) for same in found.values() if len(same) > 1]
    columns = [
        PeriodColumn(same[0].cell, period, series)
        for (period, series), same in found.items()
        if len(same) == 1
    ]
    return tuple(columns), problems


def _column_below(headings: Headings, cell: Cell, rows: Rows) -> int:
    """Return a heading's column; where it is merged over several, the first with cells below."""
    area = headings.areas.get((cell.row, cell.column))
    if area is None or area.last_column == cell.column:
        return cell.column
    columns = (c for row in rows for c in row if cell.column <= c <= area.last_column)
    return min(columns, default=cell.column)
