"""Markdown of any document: texts in which nothing is markup, rows of tables, the title."""

import re
from collections.abc import Iterable, Iterator

from kpi_cli.models import Report
from kpi_cli.writing.view import titles

_LIST = re.compile(r"^(\d*)([.)+-])")  # at the start of a line it would make a list
_SPECIAL = re.compile(  # and in a bare link or a mention what makes it one
    r"([\\`*_\[\]<>|#~&@]|:(?=//)|(?<=mailto):|(?<=xmpp):|(?<=www)\.)", re.IGNORECASE
)


def title_lines(report: Report) -> Iterator[str]:
    """Yield the lines above a report: its first is a heading."""
    first, *others = titles(report)
    yield f"# {escaped(first)}"
    for line in others:
        yield ""
        yield _LIST.sub(r"\1\\\2", escaped(line))


def list_item(text: str) -> str:
    """Return a text as an item of a list, in which it makes no list of its own."""
    return "- " + _LIST.sub(r"\1\\\2", escaped(text))


def table_row(cells: Iterable[str]) -> str:
    """Return a row of a table, from cells that are escaped already."""
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """Return a text in one line, with nothing in it that Markdown would take for its own."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
