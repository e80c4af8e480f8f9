"""XML read safely as it streams by: no document types, no entities, nothing without an end."""

import gc
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sized
from contextlib import suppress
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser
from xml.parsers import expat

from kpi_cli.xlsx.limits import (
    DEEPEST,
    LARGEST_ELEMENT,
    LONGEST_PIECE,
    MOST_NAMES,
    MOST_WITHIN,
    Room,
)
from kpi_cli.xlsx.unreadable import damaged

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ALTERNATE = f"{_COMPATIBILITY} AlternateContent"
_CHOICE = f"{_COMPATIBILITY} Choice"  # content for some programs; for the others there is
_ALTERNATIVES = {ALTERNATE, f"{_COMPATIBILITY} Fallback"}


TRUE = {"1", "true"}
"""What XML has for a truth."""

Found = tuple[str, str, Element]
"""An element, after the name of the one that it is in and its own."""


class Names(dict[str, str]):
    """The names of elements by their tags, each worked out once.

    Those of the first one's namespace (Excel has used several) lose it; the others have a space in
    them, after their namespace or before the name.
    """

    _namespace: str | None = None

    def __missing__(self, tag: str) -> str:
        namespace, _, name = tag.removeprefix("{").rpartition("}")
        if self._namespace is None:
            self._namespace = namespace
        self[tag] = name if namespace == self._namespace else f"{namespace} {name}"
        return self[tag]


class Document:
    """An XML document that comes in pieces, none of them large, one after the other.

    What has been read of it and isn't wanted, or has been taken, takes no memory; nor do the texts
    and the attributes of what wanted elements are in.
    """

    def __init__(self, room: Room) -> None:
        self.names = Names()
        self.has_alternatives = False  # to anything that was wanted
        self.ended: Counter[str] = Counter()  # the elements by their names, but those wanted
        self._room = room
        builder = TreeBuilder()
        # An element around the root lets what is in the root be seen before it is whole.
        self._around = builder.start("", {})
        self._parser = XMLParser(target=builder)
        self._parsed_names = _names_of(self._parser)
        self._newest = self._around
        self._bytes_since = self._bytes_within = self._elements_within = 0

    @property
    def root(self) -> str:
        """The name of the root, once any of the document has been read."""
        return self.names[self._around[0].tag]

    def is_in(self, *names: str) -> bool:
        """Whether the elements that began last are these, the root and what each is in; no more."""
        begun, found = self._around, []
        while len(begun):
            begun = begun[-1]
            found.append(self.names[begun.tag])
            if len(found) > len(names):
                return False
        return found == list(names)

    def elements(self, pieces: Iterable[bytes], *wanted: str) -> Iterator[Found]:
        """Yield each element with a name that is wanted, as soon as it is whole.

        Before it stand the name of the element that it is in, and its own. Of content for some
        programs and, as a fallback, for all others (AlternateContent) only the fallback counts;
        within a wanted element that is left to whoever takes it.
        Raises UnreadableWorkbookError for what goes past the limits, and for a document type, which
        no workbook has: what it may define could grow without bounds, or name files. Raises
        ParseError or ExpatError where the XML is damaged. The limits are checked after each piece,
        so that the elements, of which there are millions, need no check of their own.
        """
        prolog = _Prolog()
        for piece in pieces:
            prolog.check(piece)
            self._parser.feed(piece)
            self._check(piece)
            for root in self._around:
                yield from self._taken(root, wanted, is_whole=False)
        self._parser.close()
        yield from self._taken(self._around[0], wanted, is_whole=True)

    def _check(self, piece: bytes) -> None:
        """Raise UnreadableWorkbookError where what came goes past the limits."""
        if len(self._parsed_names) > MOST_NAMES:
            raise damaged("its XML has too many names")
        # Comments and the like count as well, and in UTF-16 the ends do: never too few.
        count = piece.count(b"<") - piece.count(b"</")
        self._room.take(count)
        newest = self._find_newest()
        self._bytes_since = self._bytes_since + len(piece) if newest is self._newest else 0
        self._newest = newest
        if self._bytes_since > LONGEST_PIECE:
            raise damaged("its XML has a tag or a text without an end")
        self._bytes_within += len(piece)
        self._elements_within += count
        if self._bytes_within > LARGEST_ELEMENT or self._elements_within > MOST_WITHIN:
            raise damaged("its XML has an element that is too large")

    def _find_newest(self) -> Element:
        """Return the element that began last."""
        newest, depth = self._around, 0
        while len(newest):
            newest, depth = newest[-1], depth + 1
            if depth > DEEPEST:
                raise _too_deep()
        return newest

    def _taken(self, root: Element, wanted: Collection[str], *, is_whole: bool) -> list[Found]:
        found: list[Found] = []
        self._take(found, root, self.root, wanted, is_whole=is_whole, depth=0)
        return found

    def _take(
        self,
        found: list[Found],
        parent: Element,
        name: str,
        wanted: Collection[str],
        *,
        is_whole: bool,
        is_alternative: bool = False,
        depth: int,
    ) -> None:
        """Find what is wanted of an element's content, and clear the element of what is whole."""
        if depth > DEEPEST:
            raise _too_deep()
        children = parent[:]
        whole = len(children) if is_whole else len(children) - 1
        for number, child in enumerate(children):
            is_child_whole = number < whole
            tag = self.names[child.tag]
            if tag in wanted:
                if is_child_whole:
                    found.append((name, tag, child))
                    if is_alternative:
                        self.has_alternatives = True
                continue
            self.ended[tag] += is_child_whole
            if tag == _CHOICE:
                kept = child.iter() if is_child_whole else ()
                self.has_alternatives |= any(self.names[each.tag] in wanted for each in kept)
                continue
            is_one = tag in _ALTERNATIVES
            self._take(
                found,
                child,
                name if is_one else tag,
                wanted,
                is_whole=is_child_whole,
                is_alternative=is_alternative or is_one,
                depth=depth + 1,
            )
        parent.text = None
        parent.attrib.clear()
        if whole > 0:
            del parent[:whole]
            self._bytes_within = self._elements_within = 0


class _Prolog:
    """What stands before the root element: the only place that a document type can have."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_document_type
        self._parser.StartElementHandler = self._end
        self._has_ended = False

    def check(self, piece: bytes) -> None:
        """Raise UnreadableWorkbookError where a document type begins in the next piece."""
        if not self._has_ended:
            with suppress(_RootError):
                self._parser.Parse(piece, False)

    def _end(self, *_: object) -> None:
        self._has_ended = True
        raise _RootError


class _RootError(Exception):
    """The root begins: what follows needn't be looked at."""


def _names_of(parser: "XMLParser[Element]") -> Sized:
    """Return the names of elements and attributes that a parser has met, each once.

    It keeps them all, and nothing but the garbage collector knows where.
    """
    kept = gc.get_referents(parser)
    return next(each for each in kept if type(each) is dict and each is not parser.entity)


def whole_number(text: str) -> int:
    """Return the whole number that XML holds; raises ValueError for what only Python would read."""
    if not text.isascii() or "_" in text:
        raise ValueError(f"{text!r} is no number")
    return int(text)


def local_name(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def _too_deep() -> Exception:
    return damaged("its XML is nested too deeply")


def _refuse_document_type(*_: object) -> None:
    raise damaged("its XML has a document type, which Excel never writes")
