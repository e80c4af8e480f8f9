"""The problems of a workbook, in whole: as a table at every width, as JSON and as CSV."""

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from kpi_cli.models import Problem, Severity
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.problems.formats import ProblemsFormat
from kpi_cli.writing.problems.record import ChecksRecord
from tests.builders import save_hostile_workbook
from tests.running import MISTAKES, PUBLISHED, SOUTHEND, expected, kpi, kpi_in_terminal

WORKBOOKS = {"southend": SOUTHEND, "mistakes": MISTAKES}
WARNING = Problem(
    severity=Severity.WARNING, cell="Indicators!E9", message="it is odd", hint="Look."
)
ERROR = Problem(
    severity=Severity.ERROR, cell=None, message="it is wrong", hint="Mend it.", check="x"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def in_terminal(*arguments: object, width: int) -> str:
    """Return what can be read in a terminal of this width."""
    lines = _COLOUR.sub("", kpi_in_terminal(*arguments, width=width)).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def written(format: ProblemsFormat, *problems: Problem, name: str = "x.xlsx") -> str:
    stream = io.StringIO()
    write = format.value.writer()
    write([Checked(name, 2, problems)], stream)
    return stream.getvalue()


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_table_in_a_pipe(name: str) -> None:
    run = kpi("check", WORKBOOKS[name])
    assert run.stdout == expected(f"check_{name}.txt", run.stdout)
    assert run.stderr == ""


@pytest.mark.parametrize("name", WORKBOOKS)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_table_in_a_terminal(name: str, width: int) -> None:
    shown = in_terminal("check", WORKBOOKS[name], width=width)
    assert shown == expected(f"check_{name}_{width}.txt", shown)
    assert max(map(len, shown.splitlines())) <= width


def test_a_terminal_has_colours_beside_the_words() -> None:
    shown = kpi_in_terminal("check", MISTAKES, width=120)
    assert "\x1b[31mError" in shown
    assert "\x1b[33mWarning" in shown


def test_json() -> None:
    run = kpi("check", SOUTHEND, "--format", "json")
    assert run.stdout == expected("check_southend.json", run.stdout)
    ChecksRecord.model_validate_json(run.stdout, strict=True)


def test_json_of_several_workbooks_is_one_object() -> None:
    run = kpi("check", SOUTHEND, MISTAKES, "--format", "json")
    found = json.loads(run.stdout)
    assert [(w["workbook"], w["errors"], w["warnings"]) for w in found["workbooks"]] == [
        ("southend_january_2019.xlsx", 0, 8),
        ("with_mistakes.xlsx", 29, 11),
    ]
    first = json.loads(kpi("check", SOUTHEND, "--format", "json").stdout)
    assert found["workbooks"][0] == first["workbooks"][0]


def test_csv() -> None:
    run = kpi("check", MISTAKES, "--format", "csv")
    assert run.stdout == expected("check_mistakes.csv", run.stdout)


def test_csv_and_json_hold_the_same() -> None:
    rows = list(csv.DictReader(io.StringIO(kpi("check", MISTAKES, "--format", "csv").stdout)))
    (found,) = json.loads(kpi("check", MISTAKES, "--format", "json").stdout)["workbooks"]
    problems = [
        {"workbook": found["workbook"], **{name: text or "" for name, text in problem.items()}}
        for problem in found["problems"]
    ]
    assert rows == problems


def test_nothing_in_csv_is_a_formula() -> None:
    text = written(ProblemsFormat.CSV, WARNING.model_copy(update={"message": "=1+1"}), name="=x")
    assert text.splitlines()[1:] == ["'=x,,warning,Indicators!E9,'=1+1,Look."]


def test_a_clean_workbook_says_so_in_a_line() -> None:
    assert written(ProblemsFormat.TABLE) == "x.xlsx: 2 indicators, no problems\n"
    assert written(ProblemsFormat.CSV) == "workbook,check,severity,cell,message,hint\n"
    assert json.loads(written(ProblemsFormat.JSON))["workbooks"] == [
        {
            "workbook": "x.xlsx",
            "indicators": 2,
            "errors": 0,
            "warnings": 0,
            "problems": [],
            "read_as": [],
        }
    ]


@pytest.mark.parametrize(
    ("problems", "last"),
    [
        ((ERROR,), "x.xlsx: 2 indicators, 1 error"),
        ((WARNING,), "x.xlsx: 2 indicators, 1 warning"),
        ((ERROR, WARNING, WARNING), "x.xlsx: 2 indicators, 1 error, 2 warnings"),
    ],
)
def test_the_last_line_counts(problems: tuple[Problem, ...], last: str) -> None:
    assert written(ProblemsFormat.TABLE, *problems).splitlines()[-1] == last


@pytest.mark.parametrize(("number", "left"), [(200, None), (201, "1"), (1400, "1,200")])
def test_of_very_many_problems_the_table_shows_the_first(number: int, left: str | None) -> None:
    problems = (WARNING,) * number
    lines = written(ProblemsFormat.TABLE, *problems).splitlines()
    assert sum(line.startswith("Warning ") for line in lines) == min(number, 200)
    more = [line for line in lines if "more" in line]
    assert more == ([f"and {left} more; --format csv lists them all"] if left else [])
    assert lines[-1] == f"x.xlsx: 2 indicators, {number} warnings"
    assert len(written(ProblemsFormat.CSV, *problems).splitlines()) == number + 1


def test_workbooks_stand_below_one_another() -> None:
    both = kpi("check", SOUTHEND, PUBLISHED).stdout
    assert both == kpi("check", SOUTHEND).stdout + "\n" + kpi("check", PUBLISHED).stdout


@pytest.mark.parametrize("format", ["table", "json", "csv"])
def test_hostile_text_does_nothing_to_a_terminal(format: str, tmp_path: Path) -> None:
    shown = kpi("check", save_hostile_workbook(tmp_path), "--format", format).stdout
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "[red]x[/red] [/]" in " ".join(shown.split())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_list_of_checks(width: int) -> None:
    shown = in_terminal("check", "--list", width=width)
    assert shown == expected(f"check_list_{width}.txt", shown)
    assert max(map(len, shown.splitlines())) <= width


def test_the_list_is_the_same_in_a_pipe() -> None:
    assert kpi("check", "--list").stdout == in_terminal("check", "--list", width=120)


def test_the_order_is_that_of_the_workbook() -> None:
    (found,) = json.loads(kpi("check", MISTAKES, "--format", "json").stdout)["workbooks"]
    rows = [
        (sheet, int(number))
        for sheet, number in (
            re.fullmatch(r"(.*)!\D+(\d+)", problem["cell"]).groups()  # type: ignore[union-attr]
            for problem in found["problems"]
        )
    ]
    assert list(dict.fromkeys(sheet for sheet, _ in rows)) == [
        "Indicators", "History", "'History 2016'", "Settings",
    ]  # fmt: skip
    assert all(row <= after for (sheet, row), (other, after) in pairwise(rows) if sheet == other)
