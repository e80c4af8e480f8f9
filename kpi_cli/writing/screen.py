"""Pages for people: with the width and the colours of a terminal, or plain in a pipe or a file."""

import io
import os
import sys
from collections.abc import Callable, Iterable
from typing import TextIO

from rich.cells import cell_len, chop_cells
from rich.console import Console, RenderableType
from rich.text import Text

from kpi_cli.writing.script import Script

PIPED_WIDTH = 120  # the least width where the output is no terminal
_NARROWEST = 40
_WIDEST = 1_000  # lines are filled up to the width, whatever COLUMNS says that it is

Lines = Callable[[Script, int], Iterable[RenderableType]]


def paint(stream: TextIO, lines: Lines) -> None:
    """Write the lines of a page that is laid out for what the stream can show, and its width.

    The screen has colours where it is a terminal, or FORCE_COLOR asks for them; NO_COLOR forbids.
    """
    script = Script(stream.encoding or "utf-8")
    if stream.isatty() or (stream is sys.stdout and os.environ.get("FORCE_COLOR")):
        _print(lines, script, Console(file=stream))
        return
    plain = io.StringIO()
    _print(lines, script, Console(file=plain, force_terminal=False, no_color=True))
    stream.write("".join(f"{line.rstrip()}\n" for line in plain.getvalue().splitlines()))


def _print(lines: Lines, script: Script, console: Console) -> None:
    narrowest = _NARROWEST if console.file.isatty() else PIPED_WIDTH
    console.width = min(max(console.width, narrowest), _WIDEST)
    for line in lines(script, console.width):
        console.print(line, highlight=False, crop=False)


def cut(text: Text, width: int, script: Script) -> Text:
    """Return a text in one line of this width, with dots where it is cut."""
    if text.cell_len <= width:
        return text
    dots = script.text("…")
    kept = chop_cells(text.plain, max(width - cell_len(dots), 1))[0].rstrip()
    return Text(kept + dots, text.style)
