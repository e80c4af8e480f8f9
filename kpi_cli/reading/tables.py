"""The tables in a workbook's sheets, found by their headings, wherever they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from kpi_cli.models import Problem
from kpi_cli.names import fold, listed, nearest
from kpi_cli.places import Place, quoted_sheet
from kpi_cli.reading.cells import Cell, CellValue, Sheet
from kpi_cli.reading.headings import (
    DECIDING_FIELDS,
    HISTORY_HEADINGS,
    INDICATOR_HEADINGS,
    REQUIRED_HISTORY_FIELDS,
    REQUIRED_INDICATOR_FIELDS,
    SETTING_NAMES,
    field_of,
    rank_of,
)
from kpi_cli.reading.problems import error, warning

_FEWEST_HEADINGS = 3  # a row with fewer known headings is no heading row
_FEWEST_SETTINGS = 2
_SETTINGS = {fold(name) for name in SETTING_NAMES}


class Kind(Enum):
    """What a table holds."""

    INDICATORS = "indicators"
    HISTORY = "history"
    SETTINGS = "settings"


@dataclass(frozen=True)
class Table:
    """A table in a sheet: the row of its headings, the column of each field.

    The problems are those of the headings. A table that can't be read for them has no columns.
    """

    kind: Kind
    sheet: Sheet
    heading_row: int
    columns: Mapping[str, int]
    problems: tuple[Problem, ...] = ()

    def rows(self) -> Iterator[tuple[Place, dict[str, Cell]]]:
        """Yield the rows below the headings that have content: the place, and the cell by field.

        Headings that are repeated below are no row.
        """
        columns = self.columns.values()
        headings = self._code_and_value(self.heading_row)
        for number, cells in self.sheet.rows.items():
            if number <= self.heading_row or not any(c in cells for c in columns):
                continue
            if self._code_and_value(number) != headings:
                row = {
                    field: cells.get(column) or Cell(self.sheet.name, number, column)
                    for field, column in self.columns.items()
                }
                yield Place(self.sheet.name, number, self.columns), row

    def _code_and_value(self, row: int) -> list[CellValue]:
        cells = self.sheet.rows.get(row, {})
        found = (cells.get(self.columns.get(field, 0)) for field in ("code", "setting", "value"))
        return [cell.value if cell else None for cell in found]


@dataclass(frozen=True)
class _Headings:
    """A row that has headings: the cells that mean each field, and those that mean none."""

    sheet: Sheet
    row: int
    known: Mapping[str, list[Cell]]
    unknown: list[Cell]


def find_tables(sheets: list[Sheet]) -> tuple[list[Table], list[Problem]]:
    """Return the tables of indicators, of history and of settings, in the sheets' order.

    The problems are sheets that look like a table of these, and are none.
    """
    headings = {sheet.name: _find_headings(sheet) for sheet in sheets}
    has_polarity = any(found and "polarity" in found.known for found in headings.values())
    tables: list[Table] = []
    problems: list[Problem] = []
    for sheet in sheets:
        found = headings[sheet.name]
        kind = _kind(found, has_polarity) if found else None
        if found and kind:
            tables.append(_table(found, kind))
        elif settings := _find_settings(sheet):
            tables.append(settings)
        else:
            problems += _unread(sheet)
    return tables, problems


def headings_seen(sheets: list[Sheet]) -> str:
    """Return what stands at the top of each sheet, for the message that no table was found."""
    tops = []
    for sheet in sheets:
        row = next(iter(sheet.rows.values()), {})
        texts = ", ".join(str(cell.value)[:30] for cell in list(row.values())[:8])
        tops.append(f"{quoted_sheet(sheet.name)} ({texts or 'empty'})")
    return "; ".join(tops)


def _find_headings(sheet: Sheet) -> _Headings | None:
    """Return the sheet's first row with enough known headings."""
    for number, cells in sheet.rows.items():
        known: dict[str, list[Cell]] = {}
        unknown = []
        for cell in cells.values():
            if isinstance(cell.value, str):
                field = field_of(cell.value)
                known.setdefault(field, []).append(cell) if field else unknown.append(cell)
        if len(known) >= _FEWEST_HEADINGS and ("code" in known or "short_name" in known):
            return _Headings(sheet, number, known, unknown)
    return None


def _kind(headings: _Headings, has_polarity: bool) -> Kind | None:
    """Tell a history, and a list of codes, from indicators that have lost their polarity."""
    known = headings.known
    if "polarity" in known:
        return Kind.INDICATORS
    if has_polarity and "month" not in known and "value" not in known:
        return None
    if "code" not in known or "month" not in known:
        return Kind.INDICATORS
    is_history = "short_name" not in known or (has_polarity and "value" in known)
    return Kind.HISTORY if is_history else Kind.INDICATORS


def _table(headings: _Headings, kind: Kind) -> Table:
    names, required = _NAMES[kind], _REQUIRED[kind]
    columns: dict[str, int] = {}
    problems = list(_misspelt(headings, names))
    is_readable = True
    for field, name in names.items():
        cells = headings.known.get(field, [])
        if not cells and field in required:
            problems.append(_missing_column(headings, name))
            is_readable = False
        if len(cells) > 1:
            is_readable = is_readable and field not in DECIDING_FIELDS
            problems.append(_several_columns(field, name, cells))
        if cells:
            columns[field] = _first_choice(cells).column
    readable = columns if is_readable else {}
    return Table(kind, headings.sheet, headings.row, readable, tuple(problems))


_NAMES: Mapping[Kind, Mapping[str, str]] = {
    Kind.INDICATORS: {field: names[0] for field, names in INDICATOR_HEADINGS.items()},
    Kind.HISTORY: HISTORY_HEADINGS,
}
_REQUIRED = {
    Kind.INDICATORS: REQUIRED_INDICATOR_FIELDS,
    Kind.HISTORY: REQUIRED_HISTORY_FIELDS,
}


def _missing_column(headings: _Headings, name: str) -> Problem:
    first = next(iter(headings.sheet.rows[headings.row].values()))
    spare = {str(cell.value): cell for cell in headings.unknown}
    near = nearest(name, spare, likeness=0.5)
    hint = f'Name a column "{name}".'
    if near:
        hint += f' The nearest heading found is "{near}", in {spare[near].address}.'
    rows = sum(number > headings.row for number in headings.sheet.rows)
    unread = f"none of the {rows} rows below is read" if rows > 1 else "the row below is not read"
    return error(first, f'there is no column "{name}"; {unread}', hint)


def _several_columns(field: str, name: str, cells: list[Cell]) -> Problem:
    first, *others = cells
    places = listed((cell.address for cell in others), last="and")
    message = f'the column "{name}" could be this one or {places}'
    hint = "Leave the heading on the one that counts."
    if field in DECIDING_FIELDS:
        return error(first, f"{message}; no row is read", hint)
    return warning(first, f"{message}; {_first_choice(cells).address} is used", hint)


def _first_choice(cells: list[Cell]) -> Cell:
    """Return the heading nearest to the report's own."""
    return min(cells, key=lambda cell: rank_of(str(cell.value)))


def _misspelt(headings: _Headings, fields: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each unknown heading that is nearly one which the table lacks."""
    lacking = [
        heading
        for field in fields
        if field not in headings.known
        for heading in INDICATOR_HEADINGS[field]
    ]
    for cell in headings.unknown:
        if near := nearest(str(cell.value), lacking, likeness=0.85):
            message = f'the heading "{cell.value}" is unknown, and the column is not read'
            yield warning(cell, message, f'If "{near}" is meant, write it so.')


def _find_settings(sheet: Sheet) -> Table | None:
    """Return the sheet's table of settings: headed so, named so, or full of known settings."""
    for number, cells in sheet.rows.items():
        columns = {fold(str(cell.value)): cell.column for cell in cells.values()}
        name = columns.get("setting") or columns.get("settings")
        if name and "value" in columns:
            return Table(Kind.SETTINGS, sheet, number, {"setting": name, "value": columns["value"]})
    starts = [cell for cells in sheet.rows.values() for cell in [next(iter(cells.values()))]]
    known = [cell for cell in starts if fold(str(cell.value)) in _SETTINGS]
    if starts and (fold(sheet.name) == "settings" or len(known) >= _FEWEST_SETTINGS):
        top = (known or starts)[0]
        columns = {"setting": top.column, "value": top.column + 1}
        return Table(Kind.SETTINGS, sheet, starts[0].row - 1, columns)
    return None


def _unread(sheet: Sheet) -> Iterator[Problem]:
    """Yield a warning for a sheet that names codes, though it has no table that is known."""
    for cells in sheet.rows.values():
        for cell in cells.values():
            if isinstance(cell.value, str) and field_of(cell.value) == "code":
                message = "this sheet has codes, but no table that is known; it is not read"
                hint = "A history has the columns Code, Month and Value; a list needs none of it."
                yield warning(cell, message, hint)
                return
