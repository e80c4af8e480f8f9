"""XML as it streams by: the elements that are wanted, and the limits past which it isn't read."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ExpatError

import pytest

from kpi_cli.xlsx import xml as reading_xml
from kpi_cli.xlsx.limits import DEEPEST, LONGEST_PIECE, MOST_NAMES, Room
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError
from kpi_cli.xlsx.xml import Document

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def pieces(xml: str, size: int) -> Iterator[bytes]:
    content = xml.encode()
    return (content[start : start + size] for start in range(0, len(content), size))


def told(xml: str, *wanted: str, size: int = 5) -> list[tuple[object, ...]]:
    """Return what is told of a document: what each element is in, and the element."""
    document = Document(Room())
    names = document.names
    return [
        (parent, name, *flat(element, names)[1:])
        for parent, name, element in document.elements(pieces(xml, size), *(wanted or "b"))
    ]


def flat(element: Element, names: dict[str, str]) -> tuple[object, ...]:
    """Return an element with all that it holds, as values that can be compared."""
    children = [flat(child, names) for child in element]
    return names[element.tag], element.attrib, element.text or "", *children


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<a/>", []),
        ("<a><b/></a>", [("a", "b", {}, "")]),
        ("<a><b>x&lt;<!-- no -->y</b>z</a>", [("a", "b", {}, "x<y")]),
        ("<a><b>x<![CDATA[<y>]]>z</b></a>", [("a", "b", {}, "x<y>z")]),
        ("<a><c><b d='1'>x</b></c><b/></a>", [("c", "b", {"d": "1"}, "x"), ("a", "b", {}, "")]),
        ("<a><b><c>x</c><b/></b></a>", [("a", "b", {}, "", ("c", {}, "x"), ("b", {}, ""))]),
        ("<n:a xmlns:n='u'><n:b n:d='1'/></n:a>", [("a", "b", {"{u}d": "1"}, "")]),
        ("<a xmlns='u'><b/><b xmlns='v'/><x:b xmlns:x='u'/></a>", [("a", "b", {}, "")] * 2),
        (
            f"<a xmlns:m='{COMPATIBILITY}'><m:AlternateContent><m:Choice><b d='1'/></m:Choice>"
            "<m:Fallback><b d='2'/></m:Fallback></m:AlternateContent><b d='3'/></a>",
            [("a", "b", {"d": "2"}, ""), ("a", "b", {"d": "3"}, "")],
        ),
    ],
)
@pytest.mark.parametrize("size", [1, 5, 1000])
def test_what_is_told(xml: str, expected: list[tuple[object, ...]], size: int) -> None:
    assert told(xml, size=size) == expected


def test_several_are_wanted() -> None:
    assert told("<a><b/><d/><c>x</c></a>", "b", "c") == [("a", "b", {}, ""), ("a", "c", {}, "x")]


@pytest.mark.parametrize("xml", ["", "<a>", "<a><b/>", "<a><b></a>", "<a/><a/>", "a", "<a>&b;</a>"])
def test_what_is_no_xml(xml: str) -> None:
    with pytest.raises((ExpatError, ParseError)):
        told(xml)


def test_the_name_of_the_root() -> None:
    document = Document(Room())
    content = pieces("<n:a xmlns:n='u'><n:b/></n:a>", 4)
    assert (len(list(document.elements(content, "b"))), document.root) == (1, "a")


@pytest.mark.no_cover
def test_what_was_told_takes_no_memory() -> None:
    """Of what is read, nothing stays but what is still open, and what came last."""
    xml = f"<a x='{'y' * 50}'>".ljust(100) + "<c>zz<d/><b><d/></b></c> <b><d/></b>" * 500
    document = Document(Room())
    most = [0, 0]
    for _ in document.elements(pieces(f"{xml * 50}{'</a>' * 50}", 64), "b"):
        kept = list(document._around.iter())
        texts = [text for e in kept for text in (*e.attrib.values(), e.text or "", e.tail or "")]
        written = sum(map(len, texts))
        most = list(map(max, most, (len(kept), written)))
    assert most[0] < 100
    assert most[1] < 100


ATTRIBUTE = "<b x{}=''/>"


def numbered(element: str) -> str:
    """Return as many of an element as there may be names, each with a name of its own."""
    return "".join(element.format(number) for number in range(MOST_NAMES))


@pytest.mark.parametrize("size", [5, 1 << 18])
def test_up_to_the_deepest(size: int) -> None:
    xml = "<a>" * DEEPEST + "</a>" * DEEPEST
    assert told(xml, size=size) == []


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<!DOCTYPE a><a/>", "has a document type"),
        ("<a>" * (DEEPEST + 2) + "</a>" * (DEEPEST + 2), "is nested too deeply"),
        (f"<a b='{'x' * 2 * LONGEST_PIECE}'/>", "a tag or a text without an end"),
        (f"<a><!--{'x' * 2 * LONGEST_PIECE}--></a>", "a tag or a text without an end"),
        (f"<a>{'x' * 2 * LONGEST_PIECE}</a>", "a tag or a text without an end"),
        (f"<a><b>{'x' * 2 * LONGEST_PIECE}</b></a>", "a tag or a text without an end"),
        (f"<a>{numbered('<b{}/>')}</a>", "too many names"),
        (f"<a>{numbered(ATTRIBUTE)}</a>", "too many names"),
    ],
)
def test_what_goes_past_the_limits(xml: str, message: str) -> None:
    with pytest.raises(UnreadableWorkbookError, match=message):
        told(xml, size=1 << 18)


@pytest.mark.parametrize(("limit", "most"), [("MOST_WITHIN", 30), ("LARGEST_ELEMENT", 300)])
def test_an_element_that_is_kept_until_its_end(
    monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(reading_xml, limit, most)
    assert len(told(f"<a>{'<c/><b><c/></b>' * 1000}<d>{'<c/>' * 1000}</d></a>", size=50)) == 1000
    with pytest.raises(UnreadableWorkbookError, match="has an element that is too large"):
        told(f"<a><b>{'<c/>' * 1000}</b></a>", size=50)


def test_elements_are_counted_over_all_documents() -> None:
    room = Room()
    room.elements = 10
    assert len(list(Document(room).elements([b"<a><b/><c></c></a>"], "b"))) == 1
    assert (room.cells, room.characters) == (Room().cells, Room().characters)
    assert room.elements == 7
    with pytest.raises(UnreadableWorkbookError, match="delete the empty rows"):
        list(Document(room).elements([b"<a>" + 7 * b"<b/>" + b"</a>"], "b"))
