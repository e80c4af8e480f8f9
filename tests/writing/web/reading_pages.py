"""A page as tests read it: its elements in order, with their attributes and their text."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

from kpi_cli.models import Report
from kpi_cli.writing.exceptions_workbook.sections import Sections, sections_of
from kpi_cli.writing.web.document import web_page

MADE = datetime(2019, 2, 11, 9, 30, tzinfo=UTC)
_VOID = {"meta", "link", "path", "circle", "rect", "use"}


@dataclass
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None" = None
    texts: list[str] = field(default_factory=list)
    children: list["Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What stands in it, with single spaces."""
        return " ".join("".join(self.texts).split())

    def all(self, tag: str, **attributes: str) -> list["Element"]:
        """Return the elements in it of a tag; `class_` is one of their classes."""
        wanted = attributes.pop("class_", None)
        return [
            each
            for child in self.children
            for each in (child, *child.all_of_any())
            if each.tag == tag
            and (wanted is None or wanted in each.attributes.get("class", "").split())
            and attributes.items() <= each.attributes.items()
        ]

    def all_of_any(self) -> list["Element"]:
        """Return all elements in it, in order."""
        return [each for child in self.children for each in (child, *child.all_of_any())]


class Page(HTMLParser):
    """A page, parsed strictly: what is opened is closed, in order."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(content.decode("utf-8"))
        self.close()
        assert self._open == [self.root], self._open[-1].tag

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        parent = self._open[-1]
        element = Element(tag, {name: text or "" for name, text in attrs}, parent)
        parent.children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.texts.append(data)

    @property
    def elements(self) -> list[Element]:
        """All elements, in order."""
        return self.root.all_of_any()

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of a tag."""
        return self.root.all(tag, **attributes)

    def by_id(self, name: str) -> Element:
        """Return the element of this id."""
        (found,) = (each for each in self.elements if each.attributes.get("id") == name)
        return found


def sections(report: Report, **options: Any) -> Sections:
    """Return the sections of a report, made at a certain time."""
    return sections_of(report, MADE, **options)


def page_of(report: Report, **options: Any) -> Page:
    """Return the page of a report."""
    return Page(web_page(sections(report, **options)))
