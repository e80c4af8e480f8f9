"""Rows written as nearly all programs write them, taken from a sheet's XML without a parser.

A row is plain if every character of it is what the patterns here expect: there is nothing left for
a parser to decide. The first row that isn't, and all that follows it, is the parser's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kpi_cli.addresses import column_number
from kpi_cli.xlsx.cell_contents import Contents
from kpi_cli.xlsx.limits import LAST_COLUMN, LAST_ROW, LONGEST_PIECE, MOST_KEPT, PIECE, Room
from kpi_cli.xlsx.sheet import Content
from kpi_cli.xlsx.xml import TRUE

PlainRow = tuple[int, bool, dict[int, Content], int]
"""A row: its number, whether it is hidden, what its cells hold by their columns, in order, and how
many characters that has."""

_ROWS, _ROW, _ROW_END = b"<sheetData>", b"<row ", "</row>"
_MARK = b"\xef\xbb\xbf"  # of UTF-8, before all else
_ENCODING = re.compile(rb"""<\?xml[^>]*\sencoding\s*=\s*["']([^"']*)""")
_DESCENT = re.compile(rb'<worksheet\s[^>]*\sxmlns:x14ac="')  # makes the prefix in rows known
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))

_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f]|\ufffe|\uffff")  # what XML has not, or changes
_OTHER_ENTITY = re.compile("&(?!(?:amp|lt|gt|quot|apos);)")
_ATTRIBUTE = re.compile(r' ([A-Za-z0-9:]+)="([A-Za-z0-9 .:$-]*)"')
_ROW_BEGIN = re.compile(r'\s*<row r="([1-9][0-9]{0,6})"([^<>/]*)')
_LETTERS = re.compile("[A-Z]{1,3}")
_CELL = re.compile(  # from behind the address to the end
    r'(?: s="([0-9]+)")?(?: t="([A-Za-z]+)")?(?: [cv]m="[0-9]+")? ?'
    r"(?:/>|>(<f([^<>/]*)(?:/>|>([^<>]*)</f>))?"
    r'(?:<v ?(/)>|<v>([^<>]*)</v>|<is><t(?: xml:space="preserve")?>([^<>]*)</t></is>)?</c>)'
)
_OF_ROWS = {
    "spans", "s", "customFormat", "ht", "hidden", "customHeight", "outlineLevel", "collapsed",
    "thickTop", "thickBot", "ph", "x14ac:dyDescent",
}  # fmt: skip
_OF_FORMULAS = {"t", "ref", "si", "ca", "aca", "bx", "dt2D", "dtr", "del1", "del2", "r1", "r2"}


class _NotPlainError(Exception):
    """What the patterns don't know: a parser has to read it."""


class PlainRows:
    """Takes the plain rows out of a sheet's XML, and gives them to `take`, many at a time.

    Raises what Contents raise, and UnreadableWorkbookError where there is no room for what comes;
    the rows before that have been given.
    """

    def __init__(
        self, contents: Contents, take: Callable[[Sequence[PlainRow]], None], room: Room
    ) -> None:
        self._contents = _PlainContents(contents)
        self._take = take
        self._room = room
        self._columns: dict[str, int] = {}  # by their letters
        self._hidden: dict[str, bool] = {}  # whether rows are, by their attributes
        self._knows_descent = False
        self._row, self._is_hidden, self._rest_of_tag = 0, False, ""  # of the last row

    def others(self, pieces: Iterable[bytes], is_in_rows: Callable[[], bool]) -> Iterator[bytes]:
        """Yield the XML without the plain rows; the pieces are what all of it is made of.

        Whoever is given them answers whether the element that holds the rows is the one that began
        last, once it has read what it was given.
        """
        rest = iter(pieces)
        head, tag, piece = next(rest, b"").partition(_ROWS)
        yield head
        was_in_rows = is_in_rows()
        yield tag
        declared = _ENCODING.match(head.removeprefix(_MARK))
        if was_in_rows or not is_in_rows() or (declared and declared[1].lower() != b"utf-8"):
            yield piece
        else:
            self._knows_descent = bool(_DESCENT.search(head))
            left, goes_on = self._taken_from(piece)
            while goes_on and (piece := next(rest, b"")):
                left, goes_on = self._taken_from(left + piece)
            for start in range(0, len(left), PIECE):
                yield left[start : start + PIECE]
        yield from rest

    def _taken_from(self, xml: bytes) -> tuple[bytes, bool]:
        """Take the plain rows that XML begins with; return the rest, and whether it may be more."""
        end = xml.rfind(_ROW_END.encode()) + len(_ROW_END)
        if end < len(_ROW_END):
            return xml, _may_begin_row(xml)
        try:
            rows = xml[:end].decode().split(_ROW_END)
        except UnicodeDecodeError:
            return xml, False
        taken: list[PlainRow] = []
        rows.pop()  # what is after the last, which is nothing
        count = 0
        try:
            for row in rows:
                self._take_row(row, taken)
                count += 1
        except _NotPlainError:
            pass
        finally:
            self._take(taken)
        others = "".join(f"{row}{_ROW_END}" for row in rows[count:])
        left = others.encode() + xml[end:]
        read = xml[: len(xml) - len(left)]
        self._room.take(read.count(b"<") - read.count(b"</"))
        return left, not others and _may_begin_row(left)

    def _take_row(self, xml: str, taken: list[PlainRow]) -> None:
        """Take a row, and those without cells before it."""
        head, *cells = xml.split('<c r="')
        number, hides = self._row + 1, self._is_hidden
        if head != f'<row r="{number}"{self._rest_of_tag}>':  # as it mostly is
            if not head.endswith(">"):
                raise _NotPlainError
            *empty, (number, hides) = map(self._begin, head.removesuffix(">").split("/>"))
            taken += ((each, is_one_hidden, {}, 0) for each, is_one_hidden in empty)
        self._row = number
        mark, characters, last = f'{number}"', 0, 0
        kept: dict[int, Content] = {}
        columns, contents = self._columns, self._contents
        for cell in cells:
            letters, _, written = cell.partition(mark)
            column = columns.get(letters) or self._column(letters)
            if column <= last:
                raise _NotPlainError
            last = column
            if content := contents[written]:
                kept[column] = content
                characters += content.characters
        taken.append((number, hides, kept, characters))

    def _begin(self, tag: str) -> tuple[int, bool]:
        """Return the number of the row that a tag begins, and whether it is hidden."""
        found = _ROW_BEGIN.fullmatch(tag)
        if not found or int(found[1]) > LAST_ROW:
            raise _NotPlainError
        attributes = found[2]
        if attributes not in self._hidden:
            named = _named(attributes, _OF_ROWS)
            if "x14ac:dyDescent" in named and not self._knows_descent:
                raise _NotPlainError
            if len(self._hidden) > MOST_KEPT:
                self._hidden.clear()
            self._hidden[attributes] = is_hidden(named, "ht")
        self._is_hidden, self._rest_of_tag = self._hidden[attributes], attributes
        return int(found[1]), self._is_hidden

    def _column(self, letters: str) -> int:
        if not _LETTERS.fullmatch(letters) or column_number(letters) > LAST_COLUMN:
            raise _NotPlainError
        self._columns[letters] = column = column_number(letters)
        return column


class _PlainContents(dict[str, Content | None]):
    """What cells hold, by what is written of them behind their addresses, each worked out once."""

    def __init__(self, contents: Contents) -> None:
        super().__init__()
        self._contents = contents

    def __missing__(self, written: str) -> Content | None:
        found = _CELL.fullmatch(written)
        if not found:
            raise _NotPlainError
        style, kind, formula, attributes, formula_text, empty, text, inline = found.groups()
        if formula:
            _named(attributes, _OF_FORMULAS)
            _text(formula_text or "")
        if text is None:
            text = "" if empty else inline
        if text:
            text = _text(text)
        if len(self) > MOST_KEPT:
            self.clear()
        content = self._contents.work_out((text, style, kind, formula is not None, ""))
        self[written] = content
        return content


def _may_begin_row(left: bytes) -> bool:
    return len(left) <= LONGEST_PIECE and left.startswith(_ROW[: len(left)])


def _text(written: str) -> str:
    """Return the text that is written in XML."""
    if not written.isprintable() and _NO_TEXT.search(written):
        raise _NotPlainError
    if "&" not in written:
        return written
    if _OTHER_ENTITY.search(written):
        raise _NotPlainError
    for entity, character in _ENTITIES:
        written = written.replace(entity, character)
    return written


def _named(attributes: str, known: set[str]) -> dict[str, str]:
    """Return attributes by their names, each of which is known, and given once."""
    named = dict(_ATTRIBUTE.findall(attributes))
    if not named.keys() <= known:
        raise _NotPlainError
    if "".join(f' {name}="{value}"' for name, value in named.items()) != attributes.rstrip(" "):
        raise _NotPlainError
    return named


def is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or columns are hidden, or have no size, by the attributes of their tag."""
    measure = attributes.get(size)
    return attributes.get("hidden") in TRUE or bool(measure and not measure.strip("0."))
