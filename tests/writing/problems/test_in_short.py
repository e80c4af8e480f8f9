"""Problems on a terminal, beside the ratings: counted, the first of each severity, and no more."""

import json
import re
from pathlib import Path

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, SOUTHEND, kpi, kpi_in_terminal, kpi_program

_STYLE = re.compile(r"\x1b\[[\d;]*m")


def in_terminal(*arguments: object, width: int = 80) -> list[str]:
    """Return the lines that a terminal shows, without their colours."""
    printed = kpi_in_terminal("rate", *arguments, width=width)
    return [line.rstrip() for line in _STYLE.sub("", printed).splitlines()]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_terminal_shows_the_counts_the_first_of_each_and_where_the_rest_is(width: int) -> None:
    lines = in_terminal(MISTAKES, "--brief", width=width)
    assert " ".join(lines[:2]).startswith(
        "with_mistakes.xlsx: 29 errors, 8 warnings; 19 rows not rated"
    )
    block = lines[: lines.index("") + 1]
    assert all(len(line) <= width for line in block)
    assert sum(line.startswith("Error ") for line in block) == 3
    assert sum(line.startswith("Warning ") for line in block) == 3
    told = " ".join(block)
    assert "and 31 more: kpi check lists all of with_mistakes.xlsx" in told
    assert "Indicators!F5" in told
    assert block[-1] == ""
    if width >= 80:
        assert len(block) <= 30


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (SOUTHEND, "southend_january_2019.xlsx: kpi check finds 8 warnings"),
        (MISTAKES, "with_mistakes.xlsx: kpi check finds 3 warnings more"),
    ],
)
def test_a_terminal_is_told_what_check_would_find_beside_that(path: Path, said: str) -> None:
    assert said in in_terminal(path, "--brief")
    assert not [line for line in in_terminal(path, "--brief", "-q") if "kpi check finds" in line]
    assert "kpi check finds" not in kpi("rate", path).stderr
    found = json.loads(kpi("check", path, "--format", "json").stdout)
    told = json.loads(kpi("rate", path, "--format", "json").stdout)
    left = len(found["workbooks"][0]["problems"]) - len(told["problems"])
    assert f" {left} warnings" in said


def test_quiet_leaves_the_warnings_out() -> None:
    block = "\n".join(in_terminal(MISTAKES, "--brief", "--quiet"))
    assert "with_mistakes.xlsx: 29 errors; 19 rows not rated" in block
    assert "and 26 more" in block
    assert "Warning" not in block


@pytest.mark.parametrize(("count", "more"), [(1, ""), (4, ""), (5, "and 2 more")])
def test_a_few_are_all_shown(tmp_path: Path, count: int, more: str) -> None:
    rows = [row(code=f"CP {number}", value=f"about {number}") for number in range(count)]
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, *rows, row(code="XY 1")])
    told = "\n".join(in_terminal(path))
    assert told.count("cannot be read") == (3 if more else count)
    assert ("more: kpi check" in told) is bool(more)
    assert more in told


def test_nothing_in_a_workbook_is_obeyed_by_the_terminal(tmp_path: Path) -> None:
    value = "\x9b31m[bold]red[/bold] \u202e"
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row(value=value)])
    printed = kpi_in_terminal("rate", path, width=80, env={"NO_COLOR": "1"})
    assert "[bold]red[/bold]" in printed
    assert "\x9b" not in printed
    assert "\u202e" not in printed


def test_a_pipe_has_every_problem_in_a_line_as_ever() -> None:
    run = kpi_program("rate", MISTAKES)
    assert run.stderr.decode() == kpi("rate", MISTAKES).stderr
    assert len(run.stderr.splitlines()) == 38
