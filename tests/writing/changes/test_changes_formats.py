"""The changes between two reports in every format: whole outputs, and what reads them."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kpi_cli.writing.json_schema import Output, schema_of
from tests.builders import HEADINGS, HOSTILE, row, save_hostile_workbook, save_workbook
from tests.running import SAMPLES, SOUTHEND, expected, kpi, kpi_in_terminal, kpi_program

MONTHS = (SOUTHEND, "--month", "2018-12", "--month", "2019-01")
HISTORY = ("Code", "Month", "Value", "Target")
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def seen(width: int, *arguments: object) -> str:
    """Return what can be read in a terminal of this width."""
    printed = _COLOUR.sub("", kpi_in_terminal("compare", *arguments, width=width))
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def two_files(folder: Path) -> tuple[Path, Path]:
    """Save the reports of December and January, in which there is a change of every kind."""
    heads = (*HEADINGS, "Tolerance")
    before = save_workbook(
        folder / "december.xlsx",
        Indicators=[
            heads,
            row(code="A 1", short_name="Fell to red", month="December 2018"),
            row(code="A 2", short_name="Fell to amber", month="December 2018"),
            row(code="A 3", short_name="Rose", month="December 2018", value=50),
            row(code="A 4", short_name="Was not known", month="December 2018", value="TBC"),
            row(code="A 5", short_name="The settings did it", month="December 2018", value=82),
            row(code="A 6", short_name="The target did it", month="December 2018", value=82),
            row(code="A 7", short_name="Old name", month="December 2018"),
            row(code="A 8", short_name="Gone for good", month="December 2018"),
            row(code="A 9", short_name="Has a new code", month="December 2018"),
            row(code="A 10", short_name="Stays", month="December 2018"),
            row(code="A 11", short_name="As before", month="October 2018"),
        ],
        History=[
            HISTORY,
            ("A 10", "October 2018", 91, 90),
            ("A 10", "November 2018", None, 90),
            ("A 10", "September 2018", 92, 90),
        ],
        Settings=[("Setting", "Value"), ("Amber Tolerance", "5%")],
    )
    after = save_workbook(
        folder / "january.xlsx",
        Indicators=[
            heads,
            row(code="a 1", short_name="Fell to red", value=50),
            row(code="A 2", short_name="Fell to amber", value=88),
            row(code="A 3", short_name="Rose"),
            row(code="A 4", short_name="Was not known"),
            row(code="A 5", short_name="The settings did it", value=82),
            row(code="A 6", short_name="The target did it", value=82, target=80, annual_target=80),
            (*row(code="A 7", short_name="New name"), "3%"),
            row(code="B 9", short_name="Has a new code"),
            row(code="A 10", short_name="Stays", value=96),
            row(code="A 11", short_name="As before", month="October 2018", value=97),
            row(code="A 12", short_name="Twice"),
            row(code="A 12", short_name="Twice"),
        ],
        History=[
            HISTORY,
            ("A 10", "August 2018", 90, 90),
            ("A 10", "October 2018", 81, 90),
            ("A 10", "November 2018", 91, 90),
            ("A 10", "December 2018", 95, 90),
        ],
        Settings=[("Setting", "Value"), ("Amber Tolerance", "10%")],
    )
    return before, after


def written(format: str, *arguments: object) -> str:
    return kpi("compare", *arguments, "-q", "--format", format).stdout


# Whole outputs


@pytest.mark.parametrize(
    ("format", "suffix"), [("table", "txt"), ("markdown", "md"), ("csv", "csv"), ("json", "json")]
)
def test_two_months_of_the_real_report(format: str, suffix: str) -> None:
    text = written(format, *MONTHS)
    assert text == expected(f"compare.{suffix}", text)


@pytest.mark.parametrize(
    ("format", "suffix"), [("table", "txt"), ("markdown", "md"), ("csv", "csv")]
)
def test_two_files_with_every_kind_of_change(format: str, suffix: str, tmp_path: Path) -> None:
    text = written(format, *two_files(tmp_path))
    assert text == expected(f"compare_files.{suffix}", text)


def test_everything() -> None:
    text = written("table", *MONTHS, "--all")
    assert text == expected("compare_all.txt", text)


def test_the_start_of_a_financial_year() -> None:
    text = written("table", SOUTHEND, "--month", "2018-03", "--month", "2018-04")
    assert text == expected("compare_april.txt", text)


def test_a_scorecard_with_columns_of_periods_and_no_codes() -> None:
    quarters = ("--period", "Q2 2018/19", "--period", "Q3 2018/19")
    scorecard = SAMPLES / "quarterly" / "quarterly_scorecard.xlsx"
    text = written("table", scorecard, *quarters)
    assert text == expected("compare_quarters.txt", text)
    assert "| Short name | Figures |" in written("markdown", scorecard, *quarters)


@pytest.mark.parametrize("width", [40, 80])
def test_in_a_terminal(width: int) -> None:
    table = seen(width, *MONTHS)
    assert table == expected(f"compare_{width}.txt", table)
    assert max(map(len, table.splitlines())) <= width


def test_no_line_is_longer_than_the_page(tmp_path: Path) -> None:
    for arguments in (MONTHS, two_files(tmp_path)):
        for width in (40, 60, 80, 200):
            lines = seen(width, *arguments, "--all", "-q").splitlines()
            first = next(number for number, line in enumerate(lines) if "→" in line)
            page = lines[first:]  # above it is what is wrong in the workbooks
            assert max(map(len, page)) <= min(width, 80)


def test_colours_are_those_of_the_outcomes() -> None:
    printed = kpi_in_terminal("compare", *MONTHS, width=80)
    assert "\x1b[33mOn course → Some slippage\x1b[0m" in printed


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_encoding_without_arrows(encoding: str) -> None:
    run = kpi_program("compare", *MONTHS, env={"PYTHONIOENCODING": encoding})
    assert "570 of 546 -> 616 of 653" in run.stdout.decode(encoding)
    assert run.stdout.decode(encoding).startswith("December 2018 -> January 2019\n")


@pytest.mark.parametrize("format", ["table", "markdown", "json", "csv"])
def test_hostile_text_is_obeyed_by_nobody(format: str, tmp_path: Path) -> None:
    hostile = save_hostile_workbook(tmp_path)
    run = kpi("compare", SOUTHEND, hostile, "--format", format, "--all")
    if format != "csv":
        assert not OBEYED.search(run.stdout)
        assert HOSTILE not in run.stdout
    assert "x" in run.stdout


# Long lists


def test_many_changes_are_cut_on_the_screen_unless_everything_is_asked_for(tmp_path: Path) -> None:
    codes = [f"A {number}" for number in range(40)]
    before = save_workbook(
        tmp_path / "1.xlsx", Indicators=[HEADINGS, *(row(code=code) for code in codes)]
    )
    after = save_workbook(
        tmp_path / "2.xlsx", Indicators=[HEADINGS, *(row(code=code, value=1) for code in codes)]
    )
    short = written("table", before, after)
    assert "and 15 more; --all shows them, or --format csv" in short
    assert "A 39" not in short
    assert "A 39" in written("table", before, after, "--all")


# JSON and CSV


def faults(instance: object) -> list[str]:
    schema = Draft202012Validator(schema_of(Output.COMPARE_JSON))
    return [fault.message for fault in schema.iter_errors(instance)]


def test_json_is_as_its_schema_says(tmp_path: Path) -> None:
    for arguments in (MONTHS, two_files(tmp_path), [SOUTHEND, SOUTHEND]):
        for more in ([], ["--all"]):
            assert faults(json.loads(written("json", *arguments, *more))) == []


def test_json_has_the_cells_the_cause_and_the_figures_of_both(tmp_path: Path) -> None:
    content = json.loads(written("json", *two_files(tmp_path)))
    assert content["summary"] == {
        "worse": 2, "better": 3, "other": 1, "revised": 1, "redefined": 1, "unchanged": 1,
        "not_known": 0, "not_compared": 1, "new": 1, "gone": 2, "rewritten": 1, "late": 1,
        "added": 1, "removed": 1,
    }  # fmt: skip
    by_code: dict[str, list[dict[str, Any]]] = {}
    for change in content["changes"]:
        by_code.setdefault(change["code"], []).append(change)
    (fell,) = by_code["a 1"]
    assert fell["kind"] == "worse"
    assert fell["cells"] == {"before": "Indicators!E2", "after": "Indicators!E2"}
    assert (fell["cause"], fell["cause_text"]) == ("value", "95 → 50, against 90")
    assert (fell["before"]["expected_outcome"], fell["after"]["value"]) == ("on_course", 50)
    assert [(each["kind"], each["cells"]["before"]) for each in by_code["A 10"]] == [
        ("added", None),
        ("removed", "History!C4"),
        ("rewritten", "History!C2"),
        ("late", "History!C3"),
    ]
    assert by_code["B 9"][0]["name_of"] == "A 9"
    assert {each["cause"] for each in by_code["A 5"]} == {"settings"}
    assert content["settings"] == [{"what": "amber_tolerance", "before": "5%", "after": "10%"}]
    (apart,) = content["not_compared"]
    assert (apart["code"], apart["kind"]) == ("A 12", "not_compared")


def test_csv_has_a_row_for_each_change(tmp_path: Path) -> None:
    files = two_files(tmp_path)
    rows = list(csv.DictReader(io.StringIO(written("csv", *files), newline=""), strict=True))
    content = json.loads(written("json", *files))
    assert [each["kind"] for each in rows] == [
        *(each["kind"] for each in content["changes"]),
        "setting",
        "not_compared",
    ]
    more = list(csv.DictReader(io.StringIO(written("csv", *MONTHS, "--all"), newline="")))
    assert [each["kind"] for each in more].count("not_known") == 16
    assert [each["kind"] for each in more].count("unchanged") == 11


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("kind", "red"), ("cause", "weather"), ("before", {}), ("cells", None), ("code", None)],
)
def test_a_wrong_field_is_found(field: str, wrong: object) -> None:
    content = json.loads(written("json", *MONTHS))
    content["changes"][0][field] = wrong
    assert faults(content)
