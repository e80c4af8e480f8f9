"""What a workbook of definitions says of each indicator, for rows that don't say it themselves.

It is a table of indicators without values: by code or by name which way is good, targets,
thresholds, committees. The workbook's own cells go before it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Problem
from kpi_cli.names import fold, nearest
from kpi_cli.periods import Period
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.values import read_text
from kpi_cli.sentences import some
from kpi_cli.xlsx.limits import MAX_SIZE
from kpi_cli.xlsx.sheet import Cell, Sheet
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError, content_of
from kpi_cli.xlsx.workbook_file import read_sheets

_FEWEST_CELLS = 2  # in the row of an indicator: its name and a figure
_KEYS = ("code", "short_name")
_FEW = 5  # indicators that are told of one by one, where none at all is defined
_MOST_NEAR = 10  # indicators for which the nearest definition is sought, which takes its time
_OF_A_PERIOD = {  # what no definition has, but the figures of a period
    "period", "value", "last_year", "published_outcome", "published_direction", "comment",
}  # fmt: skip
DEFINED = tuple(key for key in INDICATOR_FIELDS if key not in _OF_A_PERIOD)
"""The fields that definitions can give."""


class DefinitionsFile(NamedTuple):
    """A workbook of definitions as it was read: its name, and what is in it."""

    name: str
    content: bytes


def read_definitions(path: Path) -> DefinitionsFile:
    """Return a workbook of definitions.

    Raises UnreadableWorkbookError, which names the file, where it can't be read.
    """
    try:
        return DefinitionsFile(path.name, content_of(path, MAX_SIZE))
    except UnreadableWorkbookError as error:
        raise UnreadableWorkbookError(f"the definitions {path}: {error}") from error


@dataclass(eq=False)
class Defined:
    """The definitions as they count for a report: a row for each indicator, by code and by name."""

    headings: Mapping[str, str] = field(default_factory=dict)  # by the field
    rows: list[Mapping[str, Cell]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    _by_key: dict[str, dict[str, list[int]]] = field(
        default_factory=lambda: {key: {} for key in _KEYS}
    )

    def add(self, cells: Mapping[str, Cell]) -> None:
        """Add a row by its cells.

        A code that is there already is an error, and so is a name that is all that both have: the
        first counts.
        """
        given = {
            name: cells[name] for name in DEFINED if name in cells and not cells[name].is_blank
        }
        if len(given) < 2:  # it merely explains the table, or defines nothing
            return
        if not (key := _key_of(given)):
            message = "this definition has neither a code nor a name, and is not used"
            self.problems.append(warning(next(iter(given.values())), message, "Give it one."))
            return
        if first := [row for n in self._numbers(key, given) if _key_of(row := self.rows[n]) == key]:
            there = first[0][key].address
            message = f"{_short(given[key])} is also defined in {there}, which counts"
            self.problems.append(error(given[key], message, "Leave one of the two."))
            return
        for each in _KEYS:
            if text := _text(given.get(each)):
                self._by_key[each].setdefault(text, []).append(len(self.rows))
        self.rows.append(given)

    def find(self, cells: Mapping[str, Cell]) -> list[int]:
        """Return which rows define an indicator: by its code, or else by its name.

        Several may have its name, each with a code of its own.
        """
        return next((found for key in _KEYS if (found := self._numbers(key, cells))), [])

    def _numbers(self, key: str, cells: Mapping[str, Cell]) -> list[int]:
        return self._by_key[key].get(_text(cells.get(key)), [])


_Undefined = tuple[Mapping[str, Cell], list[Mapping[str, Cell]]]
"""An indicator's code and name, and the definitions between which they don't decide, if any."""


@dataclass(eq=False)
class Definitions:
    """The definitions that one workbook is read with, and which of them it asked for."""

    name: str
    sheets: Sequence[Sheet]
    by_report: dict[Period | None, Defined] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _undefined: dict[str, _Undefined] = field(default_factory=dict)

    @classmethod
    def opened(cls, file: DefinitionsFile, max_size: int = MAX_SIZE) -> "Definitions":
        """Return the definitions of a file; its sheets are known by the file's name too.

        Raises UnreadableWorkbookError, which names the file, where it can't be read.
        """
        try:
            sheets = read_sheets(file.content, max_size)
        except UnreadableWorkbookError as error:
            raise UnreadableWorkbookError(f"the definitions {file.name}: {error}") from error
        named = [replace(sheet, name=f"[{file.name}]{sheet.name}") for sheet in sheets]
        return cls(file.name, named)

    def has(self, sheet: str) -> bool:
        """Whether a sheet is one of the definitions'."""
        return any(own.name == sheet for own in self.sheets)

    def given(self, cells: Mapping[str, Cell], report: Period | None) -> Mapping[str, Cell]:
        """Return what is defined of a row's indicator; where nothing is, that will be told."""
        defined = self.by_report[report]
        numbers = defined.find(cells)
        rows = [defined.rows[number] for number in numbers]
        self._used |= {_key_text(row) for row in rows}
        if len(rows) == 1:
            return rows[0]
        if not _is_note(cells) and any(_text(cells.get(key)) for key in _KEYS):
            known = {key: cells[key] for key in _KEYS if _text(cells.get(key))}
            self._undefined.setdefault(_key_text(known), (known, rows))
        return {}

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the definitions, and what has no match on either side."""
        told = [problem for defined in self.by_report.values() for problem in defined.problems]
        yield from dict.fromkeys(told)
        rows = next(iter(self.by_report.values()), Defined()).rows
        yield from self._no_match(rows)
        unused = [row for row in rows if _key_text(row) not in self._used]
        if unused:
            are = "is no indicator" if len(unused) == 1 else "are no indicators"
            message = f"{some([_shown(row) for row in unused])} {are} of this workbook"
            hint = "Nothing is to be done if they are another workbook's."
            yield warning(next(iter(unused[0].values())), message, hint)

    def _no_match(self, rows: Sequence[Mapping[str, Cell]]) -> Iterator[Problem]:
        """Yield a warning for each indicator that isn't defined, with the nearest that is."""
        if rows and not self._used and len(self._undefined) > _FEW:
            known, _ = next(iter(self._undefined.values()))
            are = f"none of the {len(self._undefined):,} indicators here is defined in {self.name}"
            examples = f"here is {_shown(known)}, and there {_shown(rows[0])}"
            hint = "Check that it is the right file, and that codes or names are alike."
            yield warning(next(iter(known.values())), f"{are}: {examples}", hint)
            return
        for number, (known, several) in enumerate(self._undefined.values()):
            cell, shown = next(iter(known.values())), _shown(known)
            if several:
                codes = some([_shown(row) for row in several])
                message = f'"{shown}" is the name of {codes} in {self.name}: it is not told which'
                yield warning(cell, message, "Give the indicator its code, in a column of codes.")
                continue
            near = self._nearest(known, rows) if number < _MOST_NEAR else None
            hint = near or "Add it there, or leave it to what is here."
            yield warning(cell, f'"{shown}" is not defined in {self.name}', hint)

    def _nearest(self, known: Mapping[str, Cell], rows: Sequence[Mapping[str, Cell]]) -> str | None:
        """Return which definition is the nearest by its name, or else by its code."""
        for key in (key for key in reversed(_KEYS) if key in known):
            named = {_short(row[key]): row for row in rows if key in row}
            if near := nearest(_short(known[key]), named, likeness=0.6):
                is_used = _key_text(named[near]) in self._used
                return f'The nearest is "{near}"{", which is already used" * is_used}.'
        return None


def _is_note(cells: Mapping[str, Cell]) -> bool:
    """Whether a row has no more than a text, which needs no definition."""
    row = next((cells[key].row for key in _KEYS if key in cells), 0)
    own = [cell for cell in cells.values() if cell.row == row and not cell.is_blank]
    return len(own) < _FEWEST_CELLS


def defined_by(tables: Iterable[tuple[Mapping[str, str], Iterable[Mapping[str, Cell]]]]) -> Defined:
    """Return the definitions that tables hold: of each its headings by field, and its rows."""
    defined = Defined()
    headings: dict[str, str] = {}
    for of_table, rows in tables:
        headings = {**of_table, **headings}
        for cells in rows:
            defined.add(cells)
    defined.headings = headings
    return defined


def _text(cell: Cell | None) -> str:
    text = read_text(cell) if cell else None
    return fold(text) if isinstance(text, str) else ""


def _key_of(row: Mapping[str, Cell]) -> str:
    """Return the field by which a row is known: its code, or else its name."""
    return next((key for key in _KEYS if _text(row.get(key))), "")


def _key_text(row: Mapping[str, Cell]) -> str:
    key = _key_of(row)
    return f"{key} {_text(row.get(key))}"


def _short(cell: Cell) -> str:
    return " ".join(str(read_text(cell)).split())[:60]


def _shown(row: Mapping[str, Cell]) -> str:
    key = _key_of(row)
    return _short(row[key]) if key else ""
