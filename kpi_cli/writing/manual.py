"""A page of the manual on a screen: its Markdown as a terminal shows it."""

import re
from collections.abc import Iterator
from functools import partial
from typing import ClassVar, TextIO

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import CodeBlock, Markdown, MarkdownElement
from rich.text import Text

from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Script

_COMMENT = re.compile(r"<!--.*?-->\n", re.DOTALL)
_PICTURE = re.compile(r"!\[[^]]*\]\([^)]*\)\n*")
_PAGE = re.compile(r"\[([^]]+)\]\((\w+)\.md(?:#[\w-]+)?\)")


class _Example(CodeBlock):
    """What is typed, and what it prints: as it stands."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the lines, which the screen itself breaks at its end: so they can be pasted."""
        yield Text(str(self.text).rstrip(), "dim", no_wrap=True, overflow="ignore")


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements, "fence": _Example, "code_block": _Example,
    }  # fmt: skip


_FILE = re.compile(r"\[([^]]+)\]\((?!https://)[^)]*\)")  # of the project, not of an installation


def write_page(text: str, stream: TextIO) -> None:
    """Write a page: links to others say how these are shown, and pictures are left out."""
    text = _PICTURE.sub("", _COMMENT.sub("", text))
    text = _FILE.sub(r"\1", _PAGE.sub(_told, text))
    paint(stream, partial(_lines, text))


def _told(link: re.Match[str]) -> str:
    return f"{link[1]} (kpi help {link[2]})"


def _lines(text: str, script: Script, width: int) -> Iterator[RenderableType]:
    yield _Page(script.text(text), hyperlinks=False)
