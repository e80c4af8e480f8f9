"""The column of each field that a table needs, and what is wrong with the headings."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from kpi_cli.fields import HISTORY_FIELDS, INDICATOR_FIELDS, Field
from kpi_cli.models import Problem
from kpi_cli.names import nearest
from kpi_cli.reading.heading_rows import Headings
from kpi_cli.reading.headings import (
    SETTING,
    Heading,
    deciding_field_like,
    is_like_a_month,
    may_be_threshold,
    rank_of,
    speaks_of_tolerance,
)
from kpi_cli.reading.history_tables import MonthColumn
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.tables import TableKind
from kpi_cli.reading.values import read_month, read_text
from kpi_cli.sentences import listed
from kpi_cli.xlsx.sheet import Cell, Content

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


_DAYS = (32874, 54789)  # 1990 to 2049, where a date has lost its format
Rows = Sequence[Mapping[int, Content]]


def choose_columns(
    headings: Headings, kind: TableKind, rows: Rows
) -> tuple[Mapping[str, int], list[Problem]]:
    """Return the column of each field, and what is wrong with the headings.

    There is no column at all where the table can't be read for them. The rows are those below.
    """
    names, required = _NAMES[kind], _REQUIRED.get(kind, ())
    columns: dict[str, int] = {}
    problems = list(_faulty(headings))
    problems += [] if kind is TableKind.SETTINGS else _misspelt(headings, names)
    is_readable = True
    for field, name in names.items():
        cells = headings.known.get(field, [])
        if not cells and field in required:
            problems.append(_missing_column(headings, name, rows))
            is_readable = False
        if len(cells) > 1:
            is_readable = is_readable and not _decides(field)
            problems.append(_several_columns(field, name, cells))
        if cells:
            columns[field] = _column_below(headings, _first_choice(cells), rows)
    return (columns if is_readable else {}), problems


def choose_month_columns(
    headings: Headings, rows: Rows
) -> tuple[Mapping[str, int], list[MonthColumn], list[Problem]]:
    """Return the column of the code, those of the months, and what is wrong with the headings.

    A month that is given twice is an error, and neither of its columns is read.
    """
    codes = headings.known.get("code", [])
    if not codes:
        return {}, [], [_missing_column(headings, _CODE, rows)]
    if len(codes) > 1:
        return {}, [], [_several_columns("code", _CODE, codes)]
    found: dict[MonthColumn, list[Heading]] = {}
    for heading in headings.months:
        if heading.month:
            key = MonthColumn(heading.cell, heading.month, heading.series)
            found.setdefault(key._replace(heading=_NO_CELL), []).append(heading)
    problems = [_month_twice(same) for same in found.values() if len(same) > 1]
    problems += [*_faulty(headings), *_unread_months(headings)]
    months = [key._replace(heading=same[0].cell) for key, same in found.items() if len(same) == 1]
    return {"code": codes[0].column}, months, problems


_NO_CELL = Cell("", 0, 0)


def _faulty(headings: Headings) -> Iterator[Problem]:
    """Yield an error for each heading that is an Excel error, or a formula without its result."""
    for heading in headings.headings:
        problem = read_text(heading.cell) if heading.cell.fault else None
        if isinstance(problem, Problem):
            message = f"{problem.message}, where a heading is expected; the column is not read"
            hint = "Type the heading as text."
            yield problem.model_copy(update={"message": message, "hint": hint})


def _unread_months(headings: Headings) -> Iterator[Problem]:
    """Yield an error for each heading that seems to be a month, and can't be read as one."""
    for heading in headings.headings:
        is_unknown = not (heading.field or heading.month or heading.cell.fault)
        if not is_unknown or not _is_like_a_month(heading.cell.value):
            continue
        problem = read_month(heading.cell)
        if isinstance(problem, Problem):
            message = f"{problem.message}; the column is not read"
            yield problem.model_copy(update={"message": message})


def _is_like_a_month(value: object) -> bool:
    if isinstance(value, str):
        return is_like_a_month(value)
    return isinstance(value, int | float) and _DAYS[0] <= value <= _DAYS[1]


def _month_twice(headings: list[Heading]) -> Problem:
    first, second, *_ = headings
    name = f"{first.month.label if first.month else ''} {first.series or ''}".strip()
    message = f"{name} is also the month of {first.cell.address}; neither column is read"
    hint = "Give each month one column; write Target above those that have targets."
    return error(second.cell, message, hint)


def _column_below(headings: Headings, cell: Cell, rows: Rows) -> int:
    """Return a heading's column; where it is merged over several, the first with cells below."""
    area = headings.areas.get((cell.row, cell.column))
    if area is None or area.last_column == cell.column:
        return cell.column
    columns = (c for row in rows for c in row if cell.column <= c <= area.last_column)
    return min(columns, default=cell.column)


def _missing_column(headings: Headings, name: str, rows: Rows) -> Problem:
    first = headings.headings[0].cell
    spare = {str(cell.value): cell for cell in headings.unknown}
    near = nearest(name, spare, likeness=0.5)
    hint = f'Name a column "{name}".'
    if near:
        hint += f' The nearest heading found is "{near}", in {spare[near].address}.'
    left, right = headings.columns
    count = sum(any(left <= column <= right for column in row) for row in rows)
    unread = f"none of the {count} rows below is read" if count > 1 else "the row below is not read"
    return error(first, f'there is no column "{name}"; {unread}', hint)


def _several_columns(field: str, name: str, cells: list[Cell]) -> Problem:
    first, *others = cells
    places = listed((cell.address for cell in others), last="and")
    message = f'the column "{name}" could be this one or {places}'
    hint = "Leave the heading on the one that counts."
    if _decides(field):
        return error(first, f"{message}; no row is read", hint)
    return warning(first, f"{message}; {_first_choice(cells).address} is used", hint)


def _decides(field: str) -> bool:
    return field in INDICATOR_FIELDS and INDICATOR_FIELDS[field].decides


def _first_choice(cells: list[Cell]) -> Cell:
    """Return the heading nearest to the report's own."""
    return min(cells, key=lambda cell: rank_of(str(cell.value)))


def _misspelt(headings: Headings, fields: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each unknown heading that may be one which the table lacks."""
    lacking = [
        heading
        for field in fields
        if field not in headings.known
        for heading in INDICATOR_FIELDS[field].headings
    ]
    for cell in headings.unknown:
        if "tolerance" in fields and may_be_threshold(str(cell.value)):
            yield _unread_threshold(cell)
            continue
        near = nearest(str(cell.value), lacking, likeness=0.85)
        field = deciding_field_like(str(cell.value)) or ""
        if field not in headings.known:
            near = near or fields.get(field)
        if near:
            message = f'the heading "{cell.value}" is unknown, and the column is not read'
            yield warning(cell, message, f'If "{near}" is meant, write it so.')


def _unread_threshold(cell: Cell) -> Problem:
    message = (
        f'the heading "{cell.value}" may be of a threshold, and is unknown: the column is not read,'
        " and the ratings may be wrong"
    )
    hint = (
        "If it is the worst value that is still amber, write Red Threshold; if it is the worst that"
        " is still green, write Green Threshold."
    )
    if speaks_of_tolerance(str(cell.value)):
        hint += " If it is how far off the target is still amber, write Tolerance."
    return warning(cell, message, hint)
