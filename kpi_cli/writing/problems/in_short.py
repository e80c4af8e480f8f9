"""Problems in short, for a terminal on which the ratings follow: counts, and the first of each."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TextIO

from rich.console import RenderableType
from rich.text import Text

from kpi_cli.models import Problem, Severity
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.problems.table import problem_rows
from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Script

FIRST = 3  # of each severity that are shown; one more than these is shown rather than counted


def write_in_short(workbook: str, problems: Sequence[Problem], counts: str, stream: TextIO) -> None:
    """Write how many problems a workbook has, the first of each severity, and where the rest is."""
    paint(stream, partial(_lines, workbook, problems, counts))


def _lines(
    workbook: str, problems: Sequence[Problem], counts: str, script: Script, width: int
) -> Iterator[RenderableType]:
    shown = [problem for severity in Severity for problem in _first(problems, severity)]
    yield Text(script.text(counts), "bold")
    yield from problem_rows(Checked(workbook, 0, tuple(shown)), script, width)
    if left := len(problems) - len(shown):
        yield Text(script.text(f"and {left:,} more: kpi check lists all of {workbook}"), "bold")
    yield Text()


def _first(problems: Sequence[Problem], severity: Severity) -> Sequence[Problem]:
    alike = [problem for problem in problems if problem.severity is severity]
    return alike if len(alike) <= FIRST + 1 else alike[:FIRST]
