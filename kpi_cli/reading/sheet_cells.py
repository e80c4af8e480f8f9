"""The cells of one sheet, read from its XML in a single pass as it streams by.

Beside the values it tells what Excel hides: formulas without a saved result, hidden rows, merged
cells, and the number format of each cell. What a sheet claims of its size is not looked at.
"""

from collections.abc import Iterable
from typing import TypeVar

from kpi_cli.places import column_letters, column_number
from kpi_cli.reading.book import Book, Runs, SheetPart
from kpi_cli.reading.cell_contents import Contents
from kpi_cli.reading.cells import Area, Cell, Sheet
from kpi_cli.reading.limits import LAST_COLUMN, LAST_ROW, MOST_MERGED, Room
from kpi_cli.reading.unreadable import damaged
from kpi_cli.reading.xml import Listener, parse

_Numbered = TypeVar("_Numbered")

_DIGITS = "0123456789"
_TRUE = {"1", "true"}
_WITH_TEXT = {"v", "t"}


def read_sheet(pieces: Iterable[bytes], part: SheetPart, book: Book, room: Room) -> Sheet:
    """Return the sheet whose XML the pieces make up.

    Raises UnreadableWorkbookError for what Excel would not open, ValueError, LookupError and
    ExpatError for XML that is damaged.
    """
    sheet = _Elements(part, book, room)
    parse(pieces, sheet)
    rows = _in_order({row: _in_order(cells) for row, cells in sheet.rows.items() if cells})
    return Sheet(
        part.name,
        rows,
        tuple(sheet.merged),
        frozenset(sheet.hidden_rows & rows.keys()),
        is_hidden=part.is_hidden,
    )


def _in_order(numbered: dict[int, _Numbered]) -> dict[int, _Numbered]:
    """Return what stands in rows or columns in their order: most files have it so already."""
    numbers = sorted(numbered)
    return numbered if numbers == list(numbered) else {n: numbered[n] for n in numbers}


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
    """The numbers of a sheet's columns by their letters, each worked out once."""

    def __init__(self, sheet: str) -> None:
        super().__init__()
        self._sheet = sheet

    def __missing__(self, letters: str) -> int:
        number = column_number(letters)
        if not 0 < number <= LAST_COLUMN:
            raise _outside(self._sheet)
        self[letters] = number
        return number


class _Elements(Listener):
    """Takes the elements of a sheet as they come, and keeps its cells."""

    def __init__(self, part: SheetPart, book: Book, room: Room) -> None:
        super().__init__(room)
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self._name = part.name
        self._tags = _Tags()
        self._columns = _Columns(part.name)
        self._contents = Contents(part.name, book)
        self._filled = self._characters = 0
        self._row, self._row_text = 0, "0"
        self._column = 0
        self._cells: dict[int, Cell] = {}  # of the row
        self._attributes: dict[str, str] = {}  # of the cell that is being read
        self._text: str | None = None
        self._runs = Runs()
        self._has_formula = self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.opened += 1
        tag = self._tags[name]
        if tag == "c":
            self._attributes, self._text, self._has_formula = attributes, None, False
        elif tag in _WITH_TEXT:
            self.texts.clear()
        elif tag == "row":
            self._start_row(attributes)
        else:
            self._start_other(tag, attributes)

    def _start_other(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "f":
            self._has_formula = True
        elif tag == "rPh":
            self._is_phonetic = True
        elif tag == "mergeCell":
            self._merge(attributes["ref"])
        elif self.opened == 1 and tag != "worksheet":
            raise damaged(f'its sheet "{self._name}" is none')
        self.texts.clear()

    def end(self, name: str) -> None:
        self.closed += 1
        tag = self._tags[name]
        if tag == "c":
            self._keep_cell()
        elif tag == "v":
            self._text = "".join(self.texts)
        elif tag == "t" and not self._is_phonetic:
            self._runs.add("".join(self.texts))
        elif tag == "is":
            self._text = self._runs.take()
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
        self._go_to_row(attributes.get("r") or str(self._row + 1))
        self._column = 0
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(self._row)

    def _go_to_row(self, text: str) -> None:
        self._row, self._row_text = int(text), text
        if not 0 < self._row <= LAST_ROW:
            raise _outside(self._name)
        self._cells = self.rows.setdefault(self._row, {})

    def _keep_cell(self) -> None:
        """Keep the cell that was read, unless nobody would see anything in it."""
        attributes = self._attributes
        column = self._go_to_cell(attributes.get("r"))
        if self._text is None and not self._has_formula:
            return
        content = self._contents[
            self._text, attributes.get("s"), attributes.get("t"), self._has_formula
        ]
        if content is None:
            return
        # What Cell(…) does, without a call in Python for each of so many cells.
        cell = tuple.__new__(Cell, (self._name, self._row, column, *content))
        if self._cells.setdefault(column, cell) is not cell:
            raise damaged(f"it has the cell {cell.address} twice")
        self._filled += 1
        if isinstance(cell.value, str):
            self._characters += len(cell.value)

    def _go_to_cell(self, reference: str | None) -> int:
        """Return the column of a cell; one that doesn't say where it is follows the last one."""
        if reference is None:
            reference = f"{column_letters(self._column + 1)}{self._row_text}"
        letters = reference.rstrip(_DIGITS)
        self._column = self._columns[letters]
        if reference[len(letters) :] != self._row_text:
            self._go_to_row(reference[len(letters) :])
        return self._column

    def _merge(self, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        area = Area(*self._position(first), *self._position(last or first))
        if area.first_row > area.last_row or area.first_column > area.last_column:
            raise ValueError(f"{reference} is no area")
        self.merged.append(area)
        if len(self.merged) > MOST_MERGED:
            raise damaged(f'its sheet "{self._name}" has more than {MOST_MERGED:,} merged cells')

    def _position(self, reference: str) -> tuple[int, int]:
        letters = reference.rstrip(_DIGITS)
        row = int(reference[len(letters) :])
        if not 0 < row <= LAST_ROW:
            raise _outside(self._name)
        return row, self._columns[letters]


def _outside(sheet: str) -> Exception:
    return damaged(f'its sheet "{sheet}" has a cell outside of every sheet')
