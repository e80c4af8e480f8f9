"""A page of the manual on a screen: its Markdown as a terminal shows it."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TextIO

from rich.console import RenderableType
from rich.markdown import Markdown

from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Script

_WIDEST = 100  # a line that is longer is hard to read
_COMMENT = re.compile(r"<!--.*?-->\n", re.DOTALL)
_PICTURE = re.compile(r"!\[[^]]*\]\([^)]*\)\n*")
_PAGE = re.compile(r"\[([^]]+)\]\((\w+)\.md(?:#[\w-]+)?\)")


def write_page(text: str, stream: TextIO) -> None:
    """Write a page: links to others say how these are shown, and pictures are left out."""
    text = _PICTURE.sub("", _COMMENT.sub("", text))
    text = _PAGE.sub(_told, text)
    paint(stream, partial(_lines, text))


def _told(link: re.Match[str]) -> str:
    return f"{link[1]} (kpi help {link[2]})"


def _lines(text: str, script: Script, width: int) -> Iterable[RenderableType]:
    yield from _pages(script.text(text))


def _pages(text: str) -> Iterator[RenderableType]:
    yield Markdown(text, hyperlinks=False, code_theme="ansi_dark")
