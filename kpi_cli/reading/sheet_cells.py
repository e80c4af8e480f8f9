"""The cells of one sheet, read from its XML in a single pass as it streams by.

Beside the values it tells what Excel hides: formulas without a saved result, hidden rows, merged
cells, and the number format of each cell. What a sheet claims of its size is not looked at.
"""

import math
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from kpi_cli.places import column_letters
from kpi_cli.reading.book import Book, SheetPart, unescaped
from kpi_cli.reading.cells import Area, Cell, CellValue, Fault, Sheet
from kpi_cli.reading.dates import Shows, iso_moment, moment
from kpi_cli.reading.unreadable import UnreadableWorkbookError, damaged
from kpi_cli.reading.xml import DEEPEST, parse, too_deep

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
MOST_CELLS = 5_000_000
"""How many filled cells a sheet may have: more would not fit into the memory of an office's PC."""

_Numbered = TypeVar("_Numbered")

_TRUE = {"1", "true"}
_DIGITS = "0123456789"
_MOST_MEANINGS = 50_000  # that are kept in memory
_WITH_TEXT = {"v", "t"}  # elements
_TEXTS = {"str", "inlineStr", "e"}  # kinds of cells whose text stands in the sheet


def read_sheet(pieces: Iterable[bytes], part: SheetPart, book: Book) -> Sheet:
    """Return the sheet whose XML the pieces make up.

    Raises UnreadableWorkbookError for what Excel would not open, ValueError, LookupError and
    ExpatError for XML that is damaged.
    """
    sheet = _Elements(part, book)
    parse(pieces, start=sheet.start, end=sheet.end, text=sheet.texts.append)
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
    """The numbers of columns by their letters, each worked out once."""

    def __missing__(self, letters: str) -> int:
        self[letters] = column_number(letters)
        return self[letters]


class _Meaning(NamedTuple):
    """What a cell holds, wherever it stands."""

    value: CellValue
    number_format: str
    fault: Fault | None


class _Meanings(dict[tuple[str | None, str | None, str | None, bool], _Meaning | None]):
    """What cells hold: by their text, style and kind, and whether they have a formula.

    Most cells say what others say too (a code, a month, a target), and each is worked out once.
    None is for cells in which nobody would see anything.
    """

    def __init__(self, sheet: str, book: Book) -> None:
        super().__init__()
        self._sheet = sheet
        self._book = book

    def __missing__(self, key: tuple[str | None, str | None, str | None, bool]) -> _Meaning | None:
        if len(self) > _MOST_MEANINGS:
            self.clear()
        self[key] = meaning = self._work_out(*key)
        return meaning

    def _work_out(
        self, text: str | None, style: str | None, kind: str | None, has_formula: bool
    ) -> _Meaning | None:
        code, shows = self._book.formats[_index(style or "0")]
        value = self._value(kind or "n", text, shows) if text else None
        if kind == "e":
            return _Meaning(value, code, Fault.ERROR)
        if value is None and has_formula and kind != "str":  # the result "" is a result
            return _Meaning(None, code, Fault.NO_RESULT)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        return _Meaning(value, code, None)

    def _value(self, kind: str, text: str, shows: Shows) -> CellValue:
        """Return what a cell of a kind ("n" for numbers, "s" for shared texts …) holds."""
        if kind == "n":
            return _number(text) if shows is Shows.NUMBER else self._moment(text, shows)
        if kind == "s":
            return self._book.texts[_index(text)]
        if kind in _TEXTS:
            return unescaped(text)
        if kind == "b":
            return text in _TRUE
        if kind == "d":
            return iso_moment(text)
        raise damaged(f'its sheet "{self._sheet}" has a cell of the unknown kind "{kind}"')

    def _moment(self, text: str, shows: Shows) -> CellValue:
        """Return the date that a number is shown as; the number itself where it is none."""
        number = _number(text)
        try:
            return moment(number, shows, self._book.is_1904)
        except OverflowError:  # Excel shows ##### in such a cell
            return number


class _Elements:
    """Takes the elements of a sheet as they come, and keeps its cells."""

    def __init__(self, part: SheetPart, book: Book) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.texts: list[str] = []  # of the element that is being read
        self._name = part.name
        self._tags = _Tags()
        self._columns = _Columns()
        self._meanings = _Meanings(part.name, book)
        self._depth = self._filled = 0
        self._row, self._row_text = 0, "0"
        self._column = 0
        self._cells: dict[int, Cell] = {}  # of the row
        self._attributes: dict[str, str] = {}  # of the cell that is being read
        self._text: str | None = None
        self._has_formula = self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise too_deep()
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
            self.merged.append(_area(attributes["ref"]))
        elif self._depth == 1 and tag != "worksheet":
            raise damaged(f'its sheet "{self._name}" is none')

    def end(self, name: str) -> None:
        """Take the end of an element."""
        self._depth -= 1
        tag = self._tags[name]
        if tag == "c":
            self._keep_cell()
        elif tag == "v":
            self._text = "".join(self.texts)
        elif tag == "t" and not self._is_phonetic:
            self._text = (self._text or "") + "".join(self.texts)
        elif tag == "row":
            self._end_row()
        elif tag == "rPh":
            self._is_phonetic = False

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._go_to_row(attributes.get("r") or str(self._row + 1))
        self._column = 0
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(self._row)

    def _go_to_row(self, text: str) -> None:
        self._row, self._row_text = int(text), text
        if not 0 < self._row <= LAST_ROW:
            raise damaged(f'its sheet "{self._name}" has a row outside of every sheet')
        self._cells = self.rows.setdefault(self._row, {})

    def _end_row(self) -> None:
        self.texts.clear()
        self._filled += len(self._cells)
        if self._filled > MOST_CELLS:
            raise UnreadableWorkbookError(
                f'its sheet "{self._name}" has more than {MOST_CELLS:,} filled cells; divide it'
                " into several workbooks"
            )

    def _keep_cell(self) -> None:
        """Keep the cell that was read, unless nobody would see anything in it."""
        attributes = self._attributes
        reference = attributes.get("r")
        if reference is None:  # a cell that doesn't say where it stands follows the last one
            reference = f"{column_letters(self._column + 1)}{self._row}"
        letters = reference.rstrip(_DIGITS)
        column = self._column = self._columns[letters]
        if reference[len(letters) :] != self._row_text:
            self._go_to_row(reference[len(letters) :])
        key = (self._text, attributes.get("s"), attributes.get("t"), self._has_formula)
        meaning = self._meanings[key]
        if meaning is None:
            return
        # What Cell(…) does, without a call in Python for each of so many cells.
        cell = tuple.__new__(Cell, (self._name, self._row, column, *meaning))
        if self._cells.setdefault(column, cell) is not cell:
            raise damaged(f"it has the cell {cell.address} twice")


def _index(number: str) -> int:
    """Return the number by which a cell names a text or a style, counted from 0."""
    index = int(number)
    if index < 0:
        raise ValueError(f"{number} is no number of a text or style")
    return index


def _area(reference: str) -> Area:
    """Return the area that a reference such as "B2:B5" names."""
    first, _, last = reference.replace("$", "").partition(":")
    return Area(*_row_and_column(first), *_row_and_column(last or first))


def _row_and_column(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_number(letters)


def column_number(letters: str) -> int:
    """Return the number of a column: 1 for "A", 28 for "AB"; raises ValueError for no column."""
    number = 0
    for letter in letters[:4]:
        if not "A" <= letter <= "Z":
            raise ValueError(f"{letters!r} is no column")
        number = number * 26 + ord(letter) - ord("A") + 1
    if not 0 < number <= LAST_COLUMN:
        raise ValueError(f"{letters!r} is no column")
    return number


def _number(text: str) -> int | float:
    """Return the number that a cell holds; raises ValueError for what no cell can."""
    if "_" in text or not math.isfinite(number := float(text)):
        raise ValueError(f"{text!r} is no number")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
