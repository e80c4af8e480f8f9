"""XML as it streams by: paths and texts, and the limits past which it isn't read."""

import pytest

from kpi_cli.reading.limits import DEEPEST, LONGEST_PIECE, MOST_NAMES, Room
from kpi_cli.reading.unreadable import UnreadableWorkbookError
from kpi_cli.reading.xml import parse_elements


def told(xml: str, size: int = 5) -> list[tuple[str, object]]:
    """Return what is told of a document: each path with attributes, and with text at its end."""
    found: list[tuple[str, object]] = []
    content = xml.encode()
    parse_elements(
        (content[start : start + size] for start in range(0, len(content), size)),
        Room(),
        start=lambda path, attributes: found.append((path, dict(attributes))),
        end=lambda path, text: found.append((path, text)),
    )
    return found


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<a/>", [("a", {}), ("a", "")]),
        ("<a>x&lt;<!-- no -->y</a>", [("a", {}), ("a", "x<y")]),
        ("<a><b c='1'>x</b>y</a>", [("a", {}), ("a/b", {"c": "1"}), ("a/b", "x"), ("a", "y")]),
        ("<n:a xmlns:n='u' n:b='1'/>", [("a", {"b": "1"}), ("a", "")]),
        (
            "<a><AlternateContent><Choice><b/></Choice><Fallback><c/></Fallback>"
            "</AlternateContent><d/></a>",
            [
                ("a", {}),
                *[("a", {}), ("a", {}), ("a/c", {}), ("a/c", ""), ("a", ""), ("a", "")],
                *[("a/d", {}), ("a/d", ""), ("a", "")],
            ],
        ),
    ],
)
def test_what_is_told(xml: str, expected: list[tuple[str, object]]) -> None:
    assert told(xml) == expected
    assert told(xml, size=1000) == expected


ATTRIBUTE = "<b x{}=''/>"


def numbered(element: str) -> str:
    """Return as many of an element as there may be names, each with a name of its own."""
    return "".join(element.format(number) for number in range(MOST_NAMES))


def test_up_to_the_deepest() -> None:
    assert len(told("<a>" * DEEPEST + "</a>" * DEEPEST)) == 2 * DEEPEST


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<!DOCTYPE a><a/>", "has a document type"),
        ("<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1), "is nested too deeply"),
        (f"<a b='{'x' * 2 * LONGEST_PIECE}'/>", "a tag or a text without an end"),
        (f"<a><!--{'x' * 2 * LONGEST_PIECE}--></a>", "a tag or a text without an end"),
        (f"<a>{'x' * 2 * LONGEST_PIECE}</a>", "a tag or a text without an end"),
        (f"<a>{numbered('<b{}/>')}</a>", "too many names"),
        (f"<a>{numbered(ATTRIBUTE)}</a>", "too many names"),
    ],
)
def test_what_goes_past_the_limits(xml: str, message: str) -> None:
    with pytest.raises(UnreadableWorkbookError, match=message):
        told(xml, size=1 << 18)


def test_elements_are_counted_over_all_documents() -> None:
    room = Room()
    room.elements = 10
    parse_elements([b"<a><b/></a>"], room)
    assert (room.cells, room.characters) == (Room().cells, Room().characters)
    assert room.elements == 6  # each counts as two, for it takes twice as long as one of a sheet
    with pytest.raises(UnreadableWorkbookError, match="delete the empty rows"):
        parse_elements([b"<a><b/><c/><d/></a>"], room)
