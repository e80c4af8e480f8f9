"""The aims' priorities: from the rows that name the aims, and from a sheet of aims."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from kpi_cli.fields import AIM_FIELDS
from kpi_cli.models import Problem
from kpi_cli.names import fold, nearest
from kpi_cli.reading.heading_words import fold_heading
from kpi_cli.reading.problems import warning
from kpi_cli.reading.tables import LAST_COLUMN, LAST_ROW, Section, Table, TableKind
from kpi_cli.reading.values import NO_VALUE_WORDS, read_text
from kpi_cli.xlsx.sheet import Cell, Sheet

_SHEETS = {"aims", "aim", "corporate aims", "aims and priorities"}
_MOST_ROWS_ABOVE = 20  # in which the headings of a sheet of aims stand
_BULLETS = "•▪◦‣∙\uf0b7"  # the last is what a list pasted from Word has
_AIM_ENDS = rf"[:\n{_BULLETS}]"  # "SAFE: Priorities • …"
_DASHES = "-–—*·"
_MARK = rf"(?:[{_DASHES}]|\d{{1,2}}[.)])\s"  # "- Less waste", "2. Less waste"
_LABEL = r"(?i)(?:(?:our|key|the|main)\s)?priorities\b(?:\s?:)?\s?"
_ENDS = ("; and", "; or", ";")


class NamedAim(NamedTuple):
    """An aim that a row or a sheet names, where it does so, and the priorities that it gives."""

    cell: Cell
    name: str
    priorities: tuple[str, ...]


@dataclass
class AimRow:
    """The aim that a group's row names; the rows below it may go on with its priorities."""

    cell: Cell
    columns: frozenset[int]  # of the row's cells
    last_row: int
    name: str = ""
    _texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take the aim and its priorities apart."""
        self.name, rest = aim_and_priorities(str(self.cell.value or ""))
        self._texts.append(rest)

    @property
    def named(self) -> NamedAim:
        """The aim with its priorities."""
        return NamedAim(self.cell, self.name, priorities_in("\n".join(self._texts)))

    @property
    def lists(self) -> bool:
        """Whether the row itself says that it lists priorities, in a word or with bullets."""
        rest = self._texts[0]
        return bool(re.match(f"{_LABEL}|{_MARK}", rest)) or any(b in rest for b in _BULLETS)

    def takes(self, cells: Sequence[Cell]) -> bool:
        """Whether a row goes on with the priorities; they are kept.

        It has one text, below the aim, that begins with a bullet or says that it is of priorities;
        or it follows such a word directly.
        """
        if len(cells) != 1 or cells[0].column not in self.columns:
            return False
        cell, text = cells[0], cells[0].value
        if not isinstance(text, str):
            return False
        begins = text.strip()
        is_next = cell.row == self.last_row + 1 and re.fullmatch(_LABEL, self._texts[-1].strip())
        is_marked = begins[:1] in _BULLETS or re.match(_MARK, begins) or re.match(_LABEL, begins)
        if not begins or not (is_marked or is_next):
            return False
        self._texts.append(begins)
        self.last_row = cell.row
        return True


def aim_and_priorities(text: str) -> tuple[str, str]:
    """Return the aim that a text names, and what it says after it: of "SAFE: Priorities • …"."""
    name, *_ = re.split(_AIM_ENDS, text.strip(), maxsplit=1)
    return name.strip(), text.strip()[len(name) :].lstrip(": \n")


def priorities_in(text: str) -> tuple[str, ...]:
    """Return the priorities that a text lists, one by one.

    They are parted by bullets, or else by lines or semicolons; a line that doesn't begin with a
    bullet, where others do, goes on with the one above it.
    """
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line[found.end() :] if (found := re.match(_LABEL, line)) else line for line in lines]
    lines = [line for line in lines if line]
    parts = _marked(lines) or (lines if len(lines) > 1 else "".join(lines).split(";"))
    told = (_without_end(" ".join(part.split())) for part in parts)
    return tuple(dict.fromkeys(part for part in told if fold(part) not in NO_VALUE_WORDS))


def _marked(lines: Sequence[str]) -> list[str]:
    """Return what is listed with bullets, or in lines that begin with dashes or numbers."""
    bullet = _BULLETS[0]
    text = " ".join(re.sub(f"^{_MARK}", bullet, line) for line in lines)
    if len(lines) == 1 and text.count(bullet) == 1 and lines[0][0] in _DASHES:
        return re.split(rf"\s[{_DASHES}]\s", lines[0][2:])
    parts = re.split(f"[{_BULLETS}]", text)
    return parts if len(parts) > 1 else []


def _without_end(text: str) -> str:
    for end in _ENDS:
        text = text.removesuffix(end)
    return text.strip()


def aims_table(sheet: Sheet) -> Table | None:
    """Return the table of a sheet of aims; None where the sheet is none."""
    if fold(sheet.name) not in _SHEETS:
        return None
    for number in islice(sheet.rows, _MOST_ROWS_ABOVE):
        columns: dict[str, int] = {}
        for cell in sheet.cells(number):
            key = _field_of(cell, columns)
            if key:
                columns[key] = cell.column
        if columns.keys() == AIM_FIELDS.keys():
            section = Section(1, number, number + 1, LAST_ROW)
            table = Table(TableKind.AIMS, sheet, (section,), (1, LAST_COLUMN), columns)
            return replace(table, problems=tuple(table.hidden()))
    return None


def _field_of(cell: Cell, taken: Mapping[str, int]) -> str | None:
    """Return what a heading of a sheet of aims means, where no other heading has that."""
    folded = fold_heading(cell.value) if isinstance(cell.value, str) else ""
    keys = (k for k, f in AIM_FIELDS.items() if folded in map(fold_heading, f.headings))
    return next((key for key in keys if key not in taken), None)


def _listed_aims(table: Table) -> Iterator[NamedAim | Problem]:
    """Yield each row of a sheet of aims; an aim that is left blank is that of the row above."""
    aim: tuple[Cell, str] | None = None
    for _, cells in table.rows():
        name, text = read_text(cells["aim"]), read_text(cells["priority"])
        for read in (name, text):
            if isinstance(read, Problem):
                yield read
        if isinstance(name, str):
            aim = cells["aim"], name
        if not isinstance(text, str) or isinstance(name, Problem):
            text = ""
        if aim is None:
            message = "this priority has no aim, and is not used"
            yield warning(cells["priority"], message, "Write the aim beside it.")
        else:
            yield NamedAim(*aim, priorities_in(text))


class AimsRead(NamedTuple):
    """The priorities of the aims by their folded names, where they are, and what is wrong."""

    priorities: dict[str, tuple[str, ...]]
    told_in: str | None  # the first cell that tells any: "Aims!A1"
    problems: list[Problem]


def read_aims(
    tables: Sequence[Table], above: Iterable[NamedAim], of_indicators: Mapping[str, str]
) -> AimsRead:
    """Return the priorities of all aims: those of a sheet of aims before those of groups' rows.

    Of indicators are the names of the aims that these have, by their folds.
    """
    rows = [each for table in tables for each in _listed_aims(table)]
    problems = [each for each in rows if isinstance(each, Problem)]
    listed = _by_name(each for each in rows if isinstance(each, NamedAim))
    in_rows = _by_name(aim for aim in above if aim.priorities)
    for key, aims in listed.items():
        if key not in of_indicators:
            problems.append(_without_indicators(aims[0], of_indicators))
        if (others := in_rows.pop(key, None)) and not _are_same(others, aims):
            problems.append(_told_otherwise(aims[0], others[0]))
    found = {key: _all(aims) for key, aims in (listed | in_rows).items()}
    told = {key: texts for key, texts in found.items() if texts}
    cells = [table.heading_cell for table in tables if listed.keys() & told.keys()]
    cells += [aims[0].cell for aims in in_rows.values()]
    return AimsRead(told, cells[0].address if cells else None, problems)


def _by_name(aims: Iterable[NamedAim]) -> dict[str, list[NamedAim]]:
    """Return aims by their folded names."""
    by_name: dict[str, list[NamedAim]] = {}
    for aim in aims:
        by_name.setdefault(fold(aim.name), []).append(aim)
    return by_name


def _all(aims: Iterable[NamedAim]) -> tuple[str, ...]:
    """Return the priorities of all rows that name one aim, each once."""
    by_fold: dict[str, str] = {}
    for aim in aims:
        for text in aim.priorities:
            by_fold.setdefault(fold(text), text)
    return tuple(by_fold.values())


def _are_same(aims: Iterable[NamedAim], others: Iterable[NamedAim]) -> bool:
    return [fold(text) for text in _all(aims)] == [fold(text) for text in _all(others)]


def _without_indicators(aim: NamedAim, known: Mapping[str, str]) -> Problem:
    near = nearest(aim.name, known.values())
    message = f'no indicator has the aim "{aim.name}"; its priorities are shown nowhere'
    hint = f'If "{near}" is meant, write it so.' if near else "Correct its name, or delete it."
    return warning(aim.cell, message, hint)


def _told_otherwise(aim: NamedAim, other: NamedAim) -> Problem:
    message = f"the priorities of {aim.name} are others in {other.cell.address}; these here count"
    return warning(aim.cell, message, "Correct the ones that are out of date, or delete them.")
