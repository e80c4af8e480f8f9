"""What is said beside the results, a line each: on standard error, or when something is done."""

import os
import sys
from contextlib import suppress

from kpi_cli.sentences import visible
from kpi_cli.writing.script import Script


def say(message: str) -> None:
    """Print a message in one line, with nothing in it that a terminal would obey.

    That it can't be printed, as on a full disk, stops nothing.
    """
    if sys.stderr:
        say_as_it_is(f"{shown(message, sys.stderr.encoding)}\n")


def say_as_it_is(text: str) -> None:
    """Print a text of several lines, such as a traceback, where it can be printed."""
    if not sys.stderr:
        return
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody is there; Python would complain of that at its end
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def is_watched() -> bool:
    """Whether somebody reads what is said on a terminal, as it comes."""
    return sys.stderr is not None and sys.stderr.isatty()


def shown(message: str, encoding: str | None = None) -> str:
    """Return a message as a terminal of an encoding may have it: standard output's, by default."""
    script = Script(encoding or getattr(sys.stdout, "encoding", None) or "utf-8")
    return script.text(visible(" ".join(message.split())))
