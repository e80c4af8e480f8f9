"""XML read safely as it streams by: no document types, no entities, no bottomless nesting."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from kpi_cli.reading.unreadable import damaged

DEEPEST = 100
"""How many elements may stand in one another; Excel writes about ten."""

_ALTERNATIVES = {"AlternateContent", "Fallback"}

_Attributes = Mapping[str, str]


def parse(
    pieces: Iterable[bytes],
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], object],
) -> None:
    """Call start, end and text for the elements of a document; names are "namespace name".

    Raises UnreadableWorkbookError for a document type, which no workbook has: what it may define
    could grow without bounds, or name files. Raises ExpatError where the XML is damaged.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def parse_elements(
    pieces: Iterable[bytes],
    *,
    start: Callable[[str, _Attributes], None],
    end: Callable[[str, str], None] | None = None,
) -> None:
    """Call start with the path and the attributes of each element, and end with path and text.

    The path is made of the names without their namespaces: "workbook/sheets/sheet". Attributes
    lose their namespaces too. Of content for some programs and, as a fallback, for all others
    (AlternateContent) only the fallback is told.
    """
    path: list[str] = []
    texts: list[str] = []

    def told() -> str:
        return "/".join(tag for tag in path if tag not in _ALTERNATIVES)

    def opened(name: str, attributes: dict[str, str]) -> None:
        path.append(local_name(name))
        if len(path) > DEEPEST:
            raise too_deep()
        texts.clear()
        if "Choice" not in path:
            start(told(), {local_name(key): value for key, value in attributes.items()})

    def closed(name: str) -> None:
        if end and "Choice" not in path:
            end(told(), "".join(texts))
        texts.clear()
        path.pop()

    parse(pieces, start=opened, end=closed, text=texts.append)


def local_name(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]


def too_deep() -> Exception:
    """Return the error for elements that stand in one another past every use."""
    return damaged("its XML is nested too deeply")


def _refuse_document_type(*_: object) -> None:
    raise damaged("its XML has a document type, which Excel never writes")
