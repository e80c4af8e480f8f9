"""Text that Excel and XML can hold, and the room that it takes in a cell."""

import math
import re
from functools import lru_cache

LONGEST = 32_767  # characters in a cell: Excel's limit
TALLEST = 409.0  # points of a row: Excel's limit
LINE = 13.5  # points of a line at the font's size
MOST_LINES = 28  # of a text in one row, with room to spare for other fonts

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CUT = " … (cut here: Excel holds no more)"
_WORD = re.compile(r"\S+\s*|\s+")
_NARROW, _WIDE = frozenset("iIjlft.,:;'|!()[]/ r-"), frozenset("mwMW%@&—")


class _Widths(dict[str, int]):
    """The width of each character in the font, in hundredths of its size."""

    def __missing__(self, character: str) -> int:
        self[character] = width = _width(character)
        return width


def _width(character: str) -> int:
    if character in _NARROW:
        return 32
    if character in _WIDE:
        return 90
    if character.isupper():
        return 70
    return 56 if character.isascii() else 100


_WIDTHS = _Widths()


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
    room = width * 7 - 8  # Excel's unit is the width of a digit, 7 pixels; some are margin
    size = 4 / 3 * 10 * (1.08 if bold else 1)  # pixels
    return sum(_lines(paragraph, room / size * 100) for paragraph in text.split("\n")) or 1


def parts_of(text: str, width: float, most_lines: int) -> list[str]:
    """Return a text in parts of at most so many lines in a column, divided between words."""
    if lines_of(text, width) <= most_lines:
        return [text]
    parts = [""]
    for word in _WORD.findall(text):
        if lines_of(parts[-1] + word, width) > most_lines:
            parts.append("")
        parts[-1] += word
    return [part.strip() for part in parts]


def _lines(paragraph: str, room: float) -> int:
    """Return how many lines a paragraph takes; the room is in hundredths of the font's size."""
    if _wide(paragraph) <= room:
        return 1
    lines, used = 1, 0
    for word in _WORD.findall(paragraph):
        wide = _wide(word.rstrip())
        if used and used + wide > room:
            lines, used = lines + 1, 0
        if wide > room:  # a word that is broken over lines
            lines += math.ceil(wide / room) - 1
        used += _wide(word)
    return lines


def _wide(text: str) -> int:
    return sum(map(_WIDTHS.__getitem__, text))


def height(lines: int, line: float = LINE) -> float:
    """Return the height of a row that shows this many lines, in points."""
    return min(TALLEST, lines * line + 4)
