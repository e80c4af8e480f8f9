"""The figures of all periods as Markdown: a heading and a table for each indicator."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from kpi_cli.all_periods import AllPeriods, CodeHistory, Figures
from kpi_cli.writing.all_periods.words import title_of, total
from kpi_cli.writing.markdown_text import escaped, table_row, title_lines
from kpi_cli.writing.script import Script
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS
from kpi_cli.writing.view import View, unrated

_HEADINGS = ("Period", "Value", "Target", "Expected outcome", "Than last year", "Cell")
_ALIGNED = ("---", "---:", "---:", "---", "---", "---")


def write_markdown(workbooks: Iterable[AllPeriods], stream: TextIO, view: View) -> None:
    """Write the histories of each workbook, one workbook after the other."""
    script = Script(stream.encoding or "utf-8")
    for number, periods in enumerate(workbooks):
        gap = "\n" if number else ""
        stream.write(gap + script.text("\n".join(_lines(periods, script)) + "\n"))


def _lines(periods: AllPeriods, script: Script) -> Iterator[str]:
    yield from title_lines(periods.report)
    for history in periods.histories:
        yield from _history(history, script)
    yield ""
    yield f"**{escaped(total(periods))}**"
    if rows := unrated(periods.report):
        yield ""
        yield escaped(rows)


def _history(history: CodeHistory, script: Script) -> Iterator[str]:
    yield ""
    yield f"## {escaped(history.code)}: {escaped(title_of(history))}"
    yield ""
    yield table_row(_HEADINGS)
    yield table_row(_ALIGNED)
    for figures in history.figures:
        yield table_row(_cells(figures, script))


def _cells(figures: Figures, script: Script) -> Iterator[str]:
    rating = figures.rating
    yield escaped(figures.period.label)
    yield escaped(figures.value_text or "-")
    yield escaped(figures.target.text if figures.target else "-")
    yield script.look(OUTCOME_LOOKS[rating.outcome]) if rating else "-"
    yield script.look(DIRECTION_LOOKS[rating.direction]) if rating else "-"
    yield escaped(figures.place.cell("code"))
