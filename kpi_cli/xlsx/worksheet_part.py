"""The cells of one sheet, read from its XML in a single pass as it streams by.

Beside the values it tells what Excel hides: formulas without a saved result, hidden rows, merged
cells, and the number format of each cell. What a sheet claims of its size is not looked at.
"""

import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator
from typing import TypeVar
from xml.etree.ElementTree import Element

from kpi_cli.addresses import Position, address, column_letters, column_number
from kpi_cli.xlsx.cell_contents import Contents, Written
from kpi_cli.xlsx.limits import LAST_COLUMN, LAST_ROW, MOST_MERGED, Room
from kpi_cli.xlsx.plain_rows import PlainRow, PlainRows, is_hidden
from kpi_cli.xlsx.sheet import BLANK, Area, Cell, Content, Overlaid, Sheet
from kpi_cli.xlsx.unreadable import DAMAGE, UnreadableWorkbookError, damaged
from kpi_cli.xlsx.workbook_part import Book, SheetPart, text_of
from kpi_cli.xlsx.xml import ALTERNATE, Document, Names, whole_number

_Numbered = TypeVar("_Numbered")

_DIGITS = "0123456789"


def read_sheet(pieces: Iterable[bytes], part: SheetPart, book: Book, room: Room) -> Sheet:
    """Return the sheet whose XML the pieces make up; up to the damage, where it is damaged.

    Raises UnreadableWorkbookError for what Excel would not open.
    """
    contents = Contents(part.name, book)
    document = Document(room)
    sheet = _Cells(part, contents, document.names, room)
    plain = PlainRows(contents, sheet.add_rows, room)
    damage: UnreadableWorkbookError | None = None
    try:
        others = plain.others(pieces, lambda: document.is_in("worksheet", "sheetData"))
        for _, name, element in document.elements(others, "row", "mergeCell", "col"):
            if name == "row":
                sheet.take_row(element)
            elif name == "col":
                sheet.take_columns(element)
            else:
                sheet.merge(element.attrib["ref"])
    except DAMAGE as error:
        damage = damaged(f'its sheet "{part.name}" can\'t be read')
        damage.__cause__ = error
    if not damage and document.root != "worksheet":
        raise damaged(f'its sheet "{part.name}" is none')
    if document.ended["sheetData"] > 1:
        raise damaged(f'its sheet "{part.name}" has its rows twice')
    if document.has_alternatives:
        raise _alternatives(part.name)
    room.take(0, sheet.filled, sheet.characters)
    rows = sheet.rows_in_order()
    overlaid = tuple(_take_overlaid(part.name, rows, sheet.merged)) if sheet.merged else ()
    return Sheet(
        part.name,
        rows,
        tuple(sheet.merged),
        frozenset(sheet.hidden_rows & rows.keys()),
        is_hidden=part.is_hidden,
        unstyled=sheet.first_unstyled(),
        damage=damage,
        hidden_columns=sheet.hidden_columns,
        unseen=sheet.unseen(rows),
        struck_out=sheet.struck_out(rows),
        overlaid=overlaid,
    )


def _take_overlaid(
    name: str, rows: dict[int, dict[int, Content]], merged: list[Area]
) -> Iterator[Overlaid]:
    """Take the cells that merged ones cover out of the rows; yield those that hold another value.

    The areas are passed in the order of their rows, as the rows are.
    """
    coming, begun, end = sorted(merged, reverse=True), _Begun(), 0
    for number, cells in list(rows.items()):
        if number > end:  # below a title, say
            begun, end = _Begun(), 0
        while coming and coming[-1].first_row <= number:
            area = coming.pop()
            begun.add(area)
            end = max(end, area.last_row)
        for column in list(cells) if end else ():
            over = begun.over(number, column)
            if over is None or over[:2] == (number, column):
                continue
            content, first = cells.pop(column), over[:2]
            shown = rows.get(first[0], {}).get(first[1], BLANK)
            if (content.value, content.fault) != (shown.value, shown.fault):
                cell = Cell(name, number, column, content.value, content.number_format)
                yield Overlaid(cell, Position(name, *first))
        if not cells:
            del rows[number]


class _Begun:
    """The merged areas that have begun by a row, of those with one first column the last.

    No two areas of a sheet overlap: what a cell is in is the one that begins next to its left.
    """

    def __init__(self) -> None:
        self._areas: dict[int, Area] = {}  # by their first columns
        self._columns: list[int] = []  # these, in order

    def add(self, area: Area) -> None:
        if area.first_column not in self._areas:
            insort(self._columns, area.first_column)
        self._areas[area.first_column] = area

    def over(self, row: int, column: int) -> Area | None:
        """Return the area that a cell is in; those before it that have ended are left for good."""
        while at := bisect_right(self._columns, column):
            area = self._areas[self._columns[at - 1]]
            if area.last_row >= row:
                return area if column <= area.last_column else None
            del self._areas[self._columns.pop(at - 1)]
        return None


def _in_order(numbered: dict[int, _Numbered]) -> dict[int, _Numbered]:
    """Return what stands in rows or columns in their order: most files have it so already."""
    numbers = sorted(numbered)
    return numbered if numbers == list(numbered) else {n: numbered[n] for n in numbers}


class _Cells:
    """Keeps the cells of a sheet as its rows come."""

    def __init__(self, part: SheetPart, contents: Contents, names: Names, room: Room) -> None:
        self.rows: dict[int, dict[int, Content]] = {}
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self._hidden_to: dict[int, int] = {}  # the last of hidden columns, by the first
        self.filled = self.characters = 0
        self._name = part.name
        self._names = names
        self._room = room
        self._contents = contents
        self._columns: dict[str, int] = {}  # by their letters
        self._row, self._row_text = 0, "0"
        self._is_in_order = True
        self._column = 0
        self._cells: dict[int, Content] = {}  # of the row

    def add_rows(self, rows: Iterable[PlainRow]) -> None:
        """Keep rows that have been read."""
        for row, hides, cells, characters in rows:
            if hides:
                self.hidden_rows.add(row)
            if row <= self._row:
                self._is_in_order = False
            self._row = row
            if not cells:
                continue
            kept = self.rows.setdefault(row, cells)
            if kept is not cells:  # it comes twice
                if twice := kept.keys() & cells.keys():
                    raise self._twice(row, min(twice))
                kept.update(cells)
            self.filled += len(cells)
            self.characters += characters
        self._room.check(0, self.filled, self.characters)

    def take_row(self, row: Element) -> None:
        """Keep the cells of a row in which somebody would see something."""
        self._go_to_row(row.get("r") or str(self._row + 1))
        self._column = 0
        self._is_in_order = False  # nobody looks whether it is
        if is_hidden(row.attrib, "ht"):
            self.hidden_rows.add(self._row)
        names, columns, contents = self._names, self._columns, self._contents
        for element in row:
            if names[element.tag] != "c":
                self._pass_by(names[element.tag])
                continue
            reference = element.get("r")
            if reference is None:
                reference = self._next_reference()
            letters = reference.removesuffix(self._row_text)
            column = columns.get(letters)
            if column is None or letters == reference:
                column = self._go_to(reference)
            self._column = column
            if content := contents[self._written(element)]:
                if column in self._cells:
                    raise self._twice(self._row, column)
                self._cells[column] = content
                self.filled += 1
                self.characters += content.characters
        self._room.check(0, self.filled, self.characters)

    def take_columns(self, columns: Element) -> None:
        """Keep which columns are hidden, or have no width."""
        if is_hidden(columns.attrib, "width"):
            first, last = (columns.get(end, "") for end in ("min", "max"))
            if all(re.fullmatch(r"[0-9]{1,5}", end) for end in (first, last)):
                self._hidden_to[int(first)] = max(int(last), self._hidden_to.get(int(first), 0))

    def rows_in_order(self) -> dict[int, dict[int, Content]]:
        """Return the rows in which somebody would see something, and their cells, in order."""
        if self._is_in_order:
            return self.rows
        return _in_order({row: _in_order(cells) for row, cells in self.rows.items() if cells})

    @property
    def hidden_columns(self) -> frozenset[int]:
        """The columns that are hidden."""
        hidden: set[int] = set()
        beyond = 1
        for first, last in sorted(self._hidden_to.items()):
            hidden.update(range(max(first, beyond), min(last, LAST_COLUMN) + 1))
            beyond = max(beyond, last + 1)
        return frozenset(hidden)

    def unseen(self, rows: dict[int, dict[int, Content]]) -> frozenset[tuple[int, int]]:
        """Return the rows and columns of the cells that number formats hide."""
        unseen = self._contents.unseen
        if not unseen:  # as in most sheets
            return frozenset()
        return frozenset((r, c) for r, row in rows.items() for c in row if row[c] in unseen)

    def struck_out(self, rows: dict[int, dict[int, Content]]) -> dict[tuple[int, int], str]:
        """Return what is struck out of the texts of cells, by their rows and columns."""
        struck_out = self._contents.struck_out
        if not struck_out:
            return {}
        return {
            (r, c): struck_out[row[c]]
            for r, row in rows.items()
            for c in row
            if row[c] in struck_out
        }

    def _written(self, cell: Element) -> Written:
        text, has_formula, struck_out = None, False, ""
        for child in cell:
            name = self._names[child.tag]
            if name == "v":
                text = child.text or ""
            elif name == "f":
                has_formula = True
            elif name == "is":
                text, struck_out = text_of(child, self._names)
            else:
                self._pass_by(name)
        return text, cell.get("s"), cell.get("t"), has_formula, struck_out

    def first_unstyled(self) -> tuple[int, int] | None:
        """Return the row and column of the first number whose style isn't known."""
        unstyled = self._contents.unstyled
        found = (
            (row, column)
            for row, cells in self.rows.items()
            for column, content in cells.items()
            if content in unstyled
        )
        return min(found, default=None) if unstyled else None

    def _pass_by(self, name: str) -> None:
        if name == ALTERNATE:
            raise _alternatives(self._name)

    def _twice(self, row: int, column: int) -> Exception:
        return damaged(f"it has the cell {address(self._name, row, column)} twice")

    def _next_reference(self) -> str:
        """Return where a cell stands that doesn't say so: after the last one."""
        return f"{column_letters(self._column + 1)}{self._row_text}"

    def _go_to(self, reference: str) -> int:
        """Go to the row of a cell, and return its column."""
        row, column = self._position(reference)
        if row != self._row:
            self._go_to_row(str(row))
        self._columns[reference.rstrip(_DIGITS)] = column
        return column

    def _go_to_row(self, text: str) -> None:
        self._row, self._row_text = whole_number(text), text
        if not 0 < self._row <= LAST_ROW:
            raise _outside(self._name)
        self._cells = self.rows.setdefault(self._row, {})

    def merge(self, reference: str) -> None:
        """Keep an area of cells that are merged into one."""
        first, _, last = reference.replace("$", "").partition(":")
        if first.isalpha() and last.isalpha():  # whole columns
            first, last = f"{first}1", f"{last}{LAST_ROW}"
        elif first.isdigit() and last.isdigit():  # whole rows
            first, last = f"A{first}", f"{column_letters(LAST_COLUMN)}{last}"
        area = Area(*self._position(first), *self._position(last or first))
        if area.first_row > area.last_row or area.first_column > area.last_column:
            raise ValueError(f"{reference} is no area")
        self.merged.append(area)
        if len(self.merged) > MOST_MERGED:
            raise damaged(f'its sheet "{self._name}" has more than {MOST_MERGED:,} merged cells')

    def _position(self, reference: str) -> tuple[int, int]:
        letters = reference.rstrip(_DIGITS)
        row, column = whole_number(reference[len(letters) :]), column_number(letters.upper())
        if not 0 < row <= LAST_ROW or not 0 < column <= LAST_COLUMN:
            raise _outside(self._name)
        return row, column


def _alternatives(sheet: str) -> Exception:
    """Return the error for cells to choose from: which are read depends on the program."""
    return damaged(f'its sheet "{sheet}" has cells that only some programs see')


def _outside(sheet: str) -> Exception:
    return damaged(f'its sheet "{sheet}" has a cell outside of every sheet')
