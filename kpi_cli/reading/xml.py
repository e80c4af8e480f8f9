"""XML read safely as it streams by: no document types, no entities, nothing without an end."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from kpi_cli.reading.limits import DEEPEST, LONGEST_PIECE, MOST_NAMES, Room
from kpi_cli.reading.unreadable import damaged

_ALTERNATIVES = {"AlternateContent", "Fallback"}

_Attributes = Mapping[str, str]


class Listener:
    """What is told the elements of a document; their names are "namespace name".

    It counts them, and keeps the texts of the one that is being read: whoever has used them, or
    has no use for them, clears them.
    """

    cost = 1  # of an element, as MOST_ELEMENTS counts them

    def __init__(self, room: Room) -> None:
        self.texts: list[str] = []
        self.opened = self.closed = 0  # elements
        self.room = room

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """Take the end of an element."""
        raise NotImplementedError

    def check(self) -> None:
        """Raise UnreadableWorkbookError where what came goes past the limits."""
        self.room.check(self.opened * self.cost)

    def done(self) -> None:
        """Take the end of the document."""
        self.room.take(self.opened * self.cost)


def parse(pieces: Iterable[bytes], listener: Listener) -> None:
    """Tell a listener the elements of a document, of which each piece is a part that is not large.

    Raises UnreadableWorkbookError for what goes past the limits, and for a document type, which
    no workbook has: what it may define could grow without bounds, or name files. Raises
    ExpatError where the XML is damaged. The limits are checked after each piece, so that the
    elements, of which there are millions, need no check of their own.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.texts.append
    told = 0
    for piece in pieces:
        parser.Parse(piece, False)
        told += len(piece)
        _check_piece(listener, unfinished=told - parser.CurrentByteIndex)
        if len(parser.intern) > MOST_NAMES:
            raise damaged("its XML has too many names")
    parser.Parse(b"", True)
    listener.done()


def _check_piece(listener: Listener, unfinished: int) -> None:
    if listener.opened - listener.closed > DEEPEST:
        raise _too_deep()
    text = sum(map(len, listener.texts))
    if unfinished > LONGEST_PIECE or text > LONGEST_PIECE:
        raise damaged("its XML has a tag or a text without an end")
    listener.check()


def parse_elements(
    pieces: Iterable[bytes],
    room: Room,
    *,
    start: Callable[[str, _Attributes], None] | None = None,
    end: Callable[[str, str], None] | None = None,
) -> None:
    """Call start with the path and the attributes of each element, and end with path and text.

    The path is made of the names without their namespaces: "workbook/sheets/sheet". Attributes
    lose their namespaces too. Of content for some programs and, as a fallback, for all others
    (AlternateContent) only the fallback is told. Raises what parse raises.
    """
    parse(pieces, _Paths(room, start, end))


class _Paths(Listener):
    """Tells elements by their paths."""

    cost = 2

    def __init__(
        self,
        room: Room,
        tell_start: Callable[[str, _Attributes], None] | None,
        tell_end: Callable[[str, str], None] | None,
    ) -> None:
        super().__init__(room)
        self._tell_start = tell_start
        self._tell_end = tell_end
        self._paths = [""]  # of the elements that are open; "" is what no program takes

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.opened += 1
        if self.opened - self.closed > DEEPEST:
            raise _too_deep()
        path = self._path(local_name(name))
        self._paths.append(path)
        self.texts.clear()
        if self._tell_start and path != _CHOICE:
            self._tell_start(path, _without_namespaces(attributes))

    def end(self, name: str) -> None:
        self.closed += 1
        path = self._paths.pop()
        if self._tell_end and path != _CHOICE:
            self._tell_end(path, "".join(self.texts))
        self.texts.clear()

    def _path(self, tag: str) -> str:
        parent = self._paths[-1]
        if tag == _CHOICE or parent == _CHOICE:
            return _CHOICE
        if tag in _ALTERNATIVES:
            return parent
        return f"{parent}/{tag}" if parent else tag


_CHOICE = "Choice"


def _without_namespaces(attributes: _Attributes) -> _Attributes:
    return {local_name(key): value for key, value in attributes.items()} if attributes else {}


def local_name(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]


def _too_deep() -> Exception:
    return damaged("its XML is nested too deeply")


def _refuse_document_type(*_: object) -> None:
    raise damaged("its XML has a document type, which Excel never writes")
