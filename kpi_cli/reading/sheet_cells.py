"""The cells of one sheet, read from its XML in a single pass as it streams by.

Beside the values it tells what Excel hides: formulas without a saved result, hidden rows, merged
cells, and the number format of each cell. What a sheet claims of its size is not looked at.
"""

import math
from collections.abc import Iterable

from kpi_cli.reading.book import Book, Runs, SheetPart, unescaped
from kpi_cli.reading.cells import Area, Cell, CellValue, Fault, Sheet
from kpi_cli.reading.dates import Shows, iso_moment, moment
from kpi_cli.reading.limits import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_MERGED,
    Room,
)
from kpi_cli.reading.unreadable import damaged
from kpi_cli.reading.xml import Listener, parse

_TRUE = {"1", "true"}
_WITH_TEXT = {"v", "t"}  # elements
_TEXTS = {"str", "inlineStr", "e"}  # kinds of cells whose text stands in the sheet


def read_sheet(pieces: Iterable[bytes], part: SheetPart, book: Book, room: Room) -> Sheet:
    """Return the sheet whose XML the pieces make up.

    Raises UnreadableWorkbookError for what Excel would not open, ValueError, LookupError and
    ExpatError for XML that is damaged.
    """
    sheet = _Elements(part, book, room)
    parse(pieces, sheet)
    rows = {row: dict(sorted(cells.items())) for row, cells in sorted(sheet.rows.items())}
    return Sheet(
        part.name,
        rows,
        tuple(sheet.merged),
        frozenset(sheet.hidden_rows & rows.keys()),
        is_hidden=part.is_hidden,
    )


class _Tags(dict[str, str]):
    """The names of elements without their namespace, each worked out once.

    The namespace is that of the first element (Excel has used several); others' names are "".
    """

    _namespace: str | None = None

    def __missing__(self, name: str) -> str:
        namespace, _, tag = name.rpartition(" ")
        if self._namespace is None:
            self._namespace = namespace
        self[name] = tag if namespace == self._namespace else ""
        return self[name]


class _Columns(dict[str, int]):
    """The numbers of columns by their letters, each worked out once."""

    def __missing__(self, letters: str) -> int:
        self[letters] = column_number(letters)
        return self[letters]


class _Elements(Listener):
    """Takes the elements of a sheet as they come, and keeps its cells."""

    def __init__(self, part: SheetPart, book: Book, room: Room) -> None:
        super().__init__(room)
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self._name = part.name
        self._book = book
        self._tags = _Tags()
        self._columns = _Columns()
        self._moments: dict[tuple[str, Shows], CellValue] = {}
        self._filled = self._characters = 0
        self._row = self._column = 0
        self._cell: dict[str, str] = {}  # the attributes of the cell that is being read
        self._content: str | None = None
        self._runs = Runs()
        self._has_formula = self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.opened += 1
        tag = self._tags[name]
        if tag == "c":
            self._cell, self._content, self._has_formula = attributes, None, False
        elif tag in _WITH_TEXT:
            self.texts.clear()
        elif tag == "f":
            self._has_formula = True
        elif tag == "row":
            self._start_row(attributes)
        else:
            self._start_other(tag, attributes)

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "mergeCell":
            self._merge(attributes["ref"])
        elif tag == "rPh":
            self._is_phonetic = True
        elif self.opened == 1 and tag != "worksheet":
            raise damaged(f'its sheet "{self._name}" is none')
        self.texts.clear()

    def end(self, name: str) -> None:
        self.closed += 1
        tag = self._tags[name]
        if tag == "c":
            self._keep_cell()
        elif tag == "v":
            self._content = "".join(self.texts)
        elif tag == "t" and not self._is_phonetic:
            self._runs.add("".join(self.texts))
        elif tag == "is":
            self._content = self._runs.take()
        elif tag == "rPh":
            self._is_phonetic = False
        elif tag == "row":
            self.texts.clear()

    def check(self) -> None:
        """Raise UnreadableWorkbookError where what came goes past the limits."""
        self.room.check(self.opened, self._filled, self._characters)

    def done(self) -> None:
        """Take the end of the sheet."""
        self.room.take(self.opened, self._filled, self._characters)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r") or self._row + 1)
        self._column = 0
        if not 0 < self._row <= LAST_ROW:
            raise self._outside()
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(self._row)

    def _keep_cell(self) -> None:
        """Keep the cell that was read, unless nobody would see anything in it."""
        row, column = self._position(self._cell.get("r"))
        self._row, self._column = row, column
        content = self._content
        if content is None and not self._has_formula:
            return
        code, shows = self._book.formats[_index(self._cell.get("s", "0"))]
        kind = self._cell.get("t", "n")
        value = self._value(kind, content, shows) if content else None
        fault = None
        if kind == "e":
            fault = Fault.ERROR
        elif value is None and self._has_formula and kind != "str":
            fault = Fault.NO_RESULT
        if fault or not (value is None or (isinstance(value, str) and not value.strip())):
            self._keep(Cell(self._name, row, column, value, code, fault))

    def _keep(self, cell: Cell) -> None:
        cells = self.rows.get(cell.row)
        if cells is None:
            cells = self.rows[cell.row] = {}
        elif cell.column in cells:
            raise damaged(f"it has the cell {cell.address} twice")
        cells[cell.column] = cell
        self._filled += 1

    def _position(self, reference: str | None) -> tuple[int, int]:
        """Return the row and the column of a cell; one that doesn't say follows the last one."""
        if reference is None:
            row, column = self._row, self._column + 1
        else:
            letters = reference.rstrip("0123456789")
            row, column = int(reference[len(letters) :]), self._columns[letters]
        if not (0 < row <= LAST_ROW and 0 < column <= LAST_COLUMN):
            raise self._outside()
        return row, column

    def _outside(self) -> Exception:
        return damaged(f'its sheet "{self._name}" has a cell outside of every sheet')

    def _merge(self, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        area = Area(*self._position(first), *self._position(last or first))
        if area.first_row > area.last_row or area.first_column > area.last_column:
            raise ValueError(f"{reference} is no area")
        self.merged.append(area)
        if len(self.merged) > MOST_MERGED:
            raise damaged(f'its sheet "{self._name}" has more than {MOST_MERGED:,} merged cells')

    def _value(self, kind: str, content: str, shows: Shows) -> CellValue:
        """Return what a cell of a kind ("n" for numbers, "s" for shared texts …) holds."""
        if kind == "n":
            return _number(content) if shows is Shows.NUMBER else self._moment(content, shows)
        if kind == "s":
            text = self._book.texts[_index(content)]
        elif kind in _TEXTS:
            text = unescaped(content)
        else:
            return self._rarer_value(kind, content)
        self._characters += len(text)
        return text

    def _rarer_value(self, kind: str, content: str) -> CellValue:
        if kind == "b":
            return content in _TRUE
        if kind == "d":
            return iso_moment(content)
        raise damaged(f'its sheet "{self._name}" has a cell of the unknown kind "{kind}"')

    def _moment(self, content: str, shows: Shows) -> CellValue:
        """Return the date that a number is shown as; the number itself where it is none."""
        key = (content, shows)
        if key not in self._moments:
            number = _number(content)
            try:
                self._moments[key] = moment(number, shows, self._book.is_1904)
            except OverflowError:  # Excel shows ##### in such a cell
                self._moments[key] = number
        return self._moments[key]


def _index(number: str) -> int:
    """Return the number by which a cell names a text or a style, counted from 0."""
    index = int(number)
    if index < 0:
        raise ValueError(f"{number} is no number of a text or style")
    return index


def column_number(letters: str) -> int:
    """Return the number of a column: 1 for "A", 28 for "AB"; raises ValueError for no column."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or number > LAST_COLUMN:
            raise ValueError(f"{letters!r} is no column")
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _number(text: str) -> int | float:
    """Return the number that a cell holds; raises ValueError for what no cell can."""
    if "_" in text or not math.isfinite(number := float(text)):
        raise ValueError(f"{text!r} is no number")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
