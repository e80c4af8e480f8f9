"""Pages for people: with the width and the colours of a terminal, or plain in a pipe or a file."""

import io
from collections.abc import Callable, Iterable
from typing import TextIO

from rich.console import Console, RenderableType

from kpi_cli.writing.script import Script

PIPED_WIDTH = 120  # the least width where the output is no terminal
_NARROWEST = 40

Lines = Callable[[Script, int], Iterable[RenderableType]]


def paint(stream: TextIO, lines: Lines) -> None:
    """Write the lines of a page that is laid out for what the stream can show, and its width."""
    script = Script(stream.encoding or "utf-8")
    if stream.isatty():
        _print(lines, script, Console(file=stream))
        return
    plain = io.StringIO()
    _print(lines, script, Console(file=plain, force_terminal=False, no_color=True))
    stream.write("".join(f"{line.rstrip()}\n" for line in plain.getvalue().splitlines()))


def _print(lines: Lines, script: Script, console: Console) -> None:
    console.width = max(console.width, _NARROWEST if console.is_terminal else PIPED_WIDTH)
    for line in lines(script, console.width):
        console.print(line, highlight=False)
