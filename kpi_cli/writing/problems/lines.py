"""Problems on standard error, beside the ratings of their workbook: a line each, or in short."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pkgutil import resolve_name

from kpi_cli.addresses import position
from kpi_cli.models import Problem, Rating, Report, Severity
from kpi_cli.sentences import counted
from kpi_cli.writing.messages import is_watched, say

MOST_SAID = 100  # problems of a workbook; more would bury the counts, and the result
_IN_SHORT = "kpi_cli.writing.problems.in_short:write_in_short"


def say_problems(report: Report, with_warnings: bool = True) -> None:
    """Print each problem of a workbook with its place and what to do, then how many there are.

    Without warnings, the errors alone are printed and counted. Of very many only the first are
    printed; on a terminal, where the ratings follow on the same screen, a few of each severity.
    """
    problems = [p for p in report.problems if with_warnings or p.severity is Severity.ERROR]
    if not problems:
        return
    told = counts(report, problems)
    if is_watched():  # what draws tables is loaded for it, and only now
        resolve_name(_IN_SHORT)(report.workbook, problems, told, sys.stderr)
        return
    name = report.workbook
    for problem in problems[:MOST_SAID]:
        place = f"{name} {problem.cell}" if problem.cell else name
        say(f"{place}: {problem.severity.value}: {problem.message}. {problem.hint}")
    if left := len(problems[MOST_SAID:]):
        say(f"{name}: and {left:,} more; kpi check --format csv lists them all")
    say(told)


def counts(report: Report, problems: Sequence[Problem]) -> str:
    """Return how many problems there are: "x.xlsx: 2 errors, 1 warning; 2 rows not rated"."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    numbers = ((errors, "error"), (len(problems) - errors, "warning"))
    rows = counted(len(report.unrated), "row")
    not_rated = f"; {rows} not rated" if report.unrated else ""
    listed = ", ".join(counted(number, noun) for number, noun in numbers if number)
    return f"{report.workbook}: {listed}{not_rated}"


def say_problems_of(report: Report, ratings: Iterable[Rating], with_warnings: bool = True) -> None:
    """Print the problems in the rows of some ratings, and how many others the workbook has."""
    readings = [reading for rating in ratings for reading in rating.series.readings]
    rows = {(reading.place.sheet, reading.place.row) for reading in readings}
    in_rows = [p for p in report.problems if p.cell and position(p.cell)[:2] in rows]
    own = dict.fromkeys(in_rows)
    say_problems(replace(report, problems=tuple(in_rows), unrated=()), with_warnings)
    told = [p for p in report.problems if with_warnings or p.severity is Severity.ERROR]
    if others := sum(problem not in own for problem in told):
        other = "other problem" if own else "problem"
        elsewhere = f"{counted(others, other)} in rows that aren't shown"
        say(f"{report.workbook}: {elsewhere}; kpi check lists {'it' if others == 1 else 'them'}")
