"""The changes between two reports as Markdown, for a committee's paper."""

from collections.abc import Iterator
from typing import TextIO

from kpi_cli.comparison.compared import Compared
from kpi_cli.sentences import sentence
from kpi_cli.writing.changes.sections import Section, sections
from kpi_cli.writing.changes.words import (
    answer,
    known_in_both,
    outcome_counts,
    title,
    workbooks,
)
from kpi_cli.writing.markdown_text import escaped, table_row
from kpi_cli.writing.script import Script

_HEADINGS = ("Code", "Short name", "Figures", "Expected outcome", "Note")


def write_markdown(compared: Compared, stream: TextIO, everything: bool) -> None:
    """Write what differs: the answer, a table for each kind of change, the counts of outcomes."""
    script = Script(stream.encoding or "utf-8")
    stream.write(script.text("\n".join(_lines(compared, everything)) + "\n"))


def _lines(compared: Compared, everything: bool) -> Iterator[str]:
    yield f"# {escaped(title(compared))}"
    yield ""
    yield escaped(workbooks(compared))
    yield ""
    yield f"**{escaped(answer(compared))}**"
    for note in compared.notes:
        yield ""
        yield escaped(sentence(note))
    if compared.pairs:
        yield from _counts(compared)
    for section in sections(compared, everything):
        yield from _section(section)


def _counts(compared: Compared) -> Iterator[str]:
    heading, *rows = outcome_counts(compared)
    yield ""
    yield table_row(map(escaped, heading))
    yield table_row(["---", *["---:"] * (len(heading) - 1)])
    for row in rows:
        yield table_row(map(escaped, row))
    yield ""
    yield escaped(sentence(known_in_both(compared)))


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {escaped(section.heading)}"
    yield ""
    of_indicators = [item for item in section.items if item.code]
    if of_indicators:
        cells = [
            (item.key, item.name, item.figures, item.outcomes, item.note) for item in of_indicators
        ]
        used = [number for number in range(len(_HEADINGS)) if any(row[number] for row in cells)]
        yield table_row(_HEADINGS[number] for number in used)
        yield table_row("---" for _ in used)
        for row in cells:
            yield table_row(escaped(row[number] or "-") for number in used)
    for item in section.items:
        if not item.code:
            yield f"- {escaped(item.name)}"
