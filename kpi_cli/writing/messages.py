"""What is said beside the results, on standard error: problems, and why nothing could be done."""

import sys

from kpi_cli.models import Report, Severity
from kpi_cli.visible import visible
from kpi_cli.writing.symbols import Script


def say(message: str) -> None:
    """Print a message in one line, with nothing in it that a terminal would obey."""
    script = Script(sys.stderr.encoding or "utf-8")
    print(script.text(visible(" ".join(message.split()))), file=sys.stderr)


def say_problems(report: Report) -> None:
    """Print each problem of a workbook with its place and what to do, then how many there are."""
    problems, name = report.problems, report.workbook
    for problem in problems:
        place = f"{name} {problem.cell}" if problem.cell else name
        say(f"{place}: {problem.severity.value}: {problem.message}. {problem.hint}")
    if problems:
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        counts = [_counted(errors, "error"), _counted(len(problems) - errors, "warning")]
        rows = _counted(len(report.unrated), "row")
        not_rated = f"; {rows} not rated" if rows else ""
        say(f"{name}: {', '.join(count for count in counts if count)}{not_rated}")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}" if number else ""
