"""What is said beside the results, a line each: on standard error, or when something is done."""

import sys

from kpi_cli.sentences import visible
from kpi_cli.writing.script import Script


def say(message: str) -> None:
    """Print a message in one line, with nothing in it that a terminal would obey."""
    print(shown(message, sys.stderr.encoding), file=sys.stderr)


def is_watched() -> bool:
    """Whether somebody reads what is said on a terminal, as it comes."""
    return sys.stderr is not None and sys.stderr.isatty()


def shown(message: str, encoding: str | None = None) -> str:
    """Return a message as a terminal of an encoding may have it: standard output's, by default."""
    script = Script(encoding or sys.stdout.encoding or "utf-8")
    return script.text(visible(" ".join(message.split())))
