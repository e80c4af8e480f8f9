"""Where in a workbook something stands, as the A1 address that Excel shows."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_MOST_LETTERS = 4  # of a column; Excel goes to XFD


class Position(NamedTuple):
    """A cell by its sheet, row and column; these count from 1, and are 0 where there is none."""

    sheet: str
    row: int
    column: int


class Place(NamedTuple):
    """A row of a table: its sheet, its number, and the column of each field.

    Elsewhere are the fields whose cell is in another row: in a row that names a group, in a cell
    that is merged down over this one, in the headings, in another table of the same indicator; and
    the lines, each of which comes from one of several columns. A message about such a field names
    that cell, for there it can be mended.
    """

    sheet: str
    row: int
    columns: Mapping[str, int]
    elsewhere: Mapping[str, Position] = {}

    def cell(self, name: str) -> str:
        """Return the address of a field's cell; of the row's code where there is no such column."""
        return address(*self.position(name))

    @property
    def _key(self) -> str:
        has_code = "code" in self.columns or "code" in self.elsewhere
        return "short_name" if "short_name" in self.columns and not has_code else "code"

    def position(self, name: str) -> Position:
        """Return where a field's cell is, as `cell` tells its address."""
        known = name if name in self.columns or name in self.elsewhere else self._key
        own = Position(self.sheet, self.row, self.columns.get(known, 1))
        return self.elsewhere.get(known, own)


def address(sheet: str, row: int, column: int) -> str:
    """Return the A1 address of a cell: "Indicators!E14"; row and column count from 1."""
    return f"{quoted_sheet(sheet)}!{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """Return the letters of a column: "A" for 1, "AB" for 28."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column: 1 for "A", 28 for "AB", 0 for no letters.

    Raises ValueError for what are no letters of a column.
    """
    if len(letters) > _MOST_LETTERS:
        raise ValueError(f"{letters[:9]!r} is no column")
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(f"{letters!r} is no column")
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def quoted_sheet(name: str) -> str:
    """Return a sheet's name as Excel writes it before an address: in quotes where it needs them."""
    return name if re.fullmatch(r"[^\W\d]\w*", name) else "'" + name.replace("'", "''") + "'"


def position(address: str) -> Position:
    """Return where the cell of an A1 address is, or the first one of a range."""
    sheet, _, cells = address.rpartition("!")
    if sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    letters, digits = re.findall(r"([A-Z]*)(\d*)", cells)[0]
    return Position(sheet, int(digits or 0), column_number(letters))
