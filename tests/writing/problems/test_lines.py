"""Problems beside the ratings: every one with its place and what to do, then the counts."""

import pytest

from kpi_cli.addresses import Place
from kpi_cli.models import Problem, Report, Settings, Severity, UnratedRow
from kpi_cli.writing.problems.lines import say_problems
from tests.running import MISTAKES, SOUTHEND, expected, kpi

ERROR = Problem(
    severity=Severity.ERROR, cell="Indicators!E14", message="it is wrong", hint="Put it right."
)
WARNING = Problem(severity=Severity.WARNING, cell=None, message="it is odd", hint="Look at it.")
ROW = UnratedRow(code="CP 1.1", short_name=None, place=Place("Indicators", 14, {}))


def report_with(*problems: Problem, unrated: int = 0) -> Report:
    return Report(
        workbook="x.xlsx",
        settings=Settings(),
        period=None,
        ratings=(),
        unrated=(ROW,) * unrated,
        problems=problems,
    )


def test_every_mistake_of_a_workbook_is_told_in_one_run() -> None:
    run = kpi("rate", MISTAKES)
    assert run.stderr == expected("mistakes_stderr.txt", run.stderr)


def test_a_workbook_without_problems_says_nothing() -> None:
    assert kpi("rate", SOUTHEND).stderr == ""


@pytest.mark.parametrize(
    ("problems", "unrated", "counts"),
    [
        ((ERROR,), 0, "x.xlsx: 1 error"),
        ((WARNING,), 0, "x.xlsx: 1 warning"),
        ((ERROR, ERROR), 1, "x.xlsx: 2 errors; 1 row not rated"),
        ((ERROR, WARNING), 0, "x.xlsx: 1 error, 1 warning"),
        ((WARNING, WARNING, ERROR), 2, "x.xlsx: 1 error, 2 warnings; 2 rows not rated"),
    ],
)
def test_problems_are_counted(
    problems: tuple[Problem, ...], unrated: int, counts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say_problems(report_with(*problems, unrated=unrated))
    out, err = capsys.readouterr()
    lines = {
        Severity.ERROR: "x.xlsx Indicators!E14: error: it is wrong. Put it right.",
        Severity.WARNING: "x.xlsx: warning: it is odd. Look at it.",
    }
    assert err.splitlines() == [*(lines[problem.severity] for problem in problems), counts]
    assert out == ""


@pytest.mark.parametrize(("number", "left"), [(100, None), (101, "1"), (1400, "1,300")])
def test_of_very_many_problems_the_first_are_told(
    number: int, left: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    say_problems(report_with(*(WARNING,) * number))
    lines = capsys.readouterr().err.splitlines()
    told = ["x.xlsx: warning: it is odd. Look at it."] * 100
    more = [f"x.xlsx: and {left} more; kpi check --format csv lists them all"] if left else []
    assert lines == [*told, *more, f"x.xlsx: {number} warnings"]
