"""Text that Excel and XML can hold, and the room that it takes in a cell."""

import math
import re
from collections.abc import Mapping
from functools import lru_cache

LONGEST = 32_767  # characters in a cell: Excel's limit
TALLEST = 409.0  # points of a row: Excel's limit
LINE = 12.75  # points of a line at the font's size
MOST_LINES = 28  # of a text in one row, with room to spare for other fonts

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CUT = " … (cut here: Excel holds no more)"
_WORD = re.compile(r"\S+\s*|\s+")
_HUNDREDTHS = 1.04  # of the size of a font; on a screen letters are a little wider than on paper

# How wide the letters of Arial are, in thousandths of its size.
_LETTERS: Mapping[int, str] = {
    191: "'",
    222: "ijl",
    278: " !,./:;I[]\\ft",
    333: "()-`r",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu£–",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
}


class _Widths(dict[str, int]):
    """The width of each character in the font, in hundredths of its size."""

    def __missing__(self, character: str) -> int:
        self[character] = 56 if character.isascii() else 100
        return self[character]


_WIDTHS = _Widths(
    (letter, round(width / 10 * _HUNDREDTHS))
    for width, letters in _LETTERS.items()
    for letter in letters
)


def safe(text: str) -> str:
    """Return the text as a cell can hold it.

    What XML can't hold is replaced, what Excel would take for an escaped character is escaped
    itself, and what is over Excel's limit is cut, and says so.
    """
    text = _ESCAPE.sub("_x005F_", _NOT_IN_XML.sub("\ufffd", text))
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT


@lru_cache(maxsize=1024)
def lines_of(text: str, width: float, bold: bool = False) -> int:
    """Return how many lines a text takes in a column of a width in Excel's unit."""
    room = _room(width, bold)
    if "\n" not in text and _wide(text) <= room:
        return 1
    lines = _Lines(room)
    for word in _WORD.findall(text):
        lines.add(word)
    return lines.count


def parts_of(text: str, width: float, most_lines: int) -> list[str]:
    """Return a text in parts of at most so many lines in a column, divided between words."""
    if lines_of(text, width) <= most_lines:
        return [text]
    room = _room(width)
    lines, parts = _Lines(room), [""]
    for word in _WORD.findall(text):
        lines.add(word)
        if lines.count > most_lines:
            lines = _Lines(room)
            lines.add(word)
            parts.append("")
        parts[-1] += word
    return [part.strip() for part in parts]


class _Lines:
    """Counts the lines of a text as its words come; the room is in hundredths of its size."""

    def __init__(self, room: float) -> None:
        self.count = 1
        self._room = room
        self._used = 0

    def add(self, word: str) -> None:
        """Take the next word with the blanks and the line breaks behind it."""
        wide = _wide(word.rstrip())
        if self._used and self._used + wide > self._room:
            self.count, self._used = self.count + 1, 0
        if wide > self._room:  # a word that is broken over lines
            self.count += math.ceil(wide / self._room) - 1
        _, line_break, last = word.rpartition("\n")
        self._used = _wide(last) if line_break else self._used + _wide(word)
        self.count += word.count("\n")


def _room(width: float, bold: bool = False) -> float:
    """Return the room in a column of a width in Excel's unit, in hundredths of the font's size."""
    pixels = width * 7 - 8  # Excel's unit is the width of a digit, 7 pixels; some are margin
    size = 4 / 3 * 10 * (1.08 if bold else 1)  # pixels
    return pixels / size * 100


def _wide(text: str) -> int:
    return sum(map(_WIDTHS.__getitem__, text))


def height(lines: int, line: float = LINE) -> float:
    """Return the height of a row that shows this many lines, in points."""
    return min(TALLEST, lines * line + 4)
