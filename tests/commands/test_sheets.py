"""`--sheet`: which sheet is read, where several have indicators."""

import json
from pathlib import Path

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import SOUTHEND, kpi


@pytest.fixture
def two_alike(tmp_path: Path) -> Path:
    """Return a workbook that has the same indicator of the same month in two sheets."""
    people, place = ([HEADINGS, row(value=number)] for number in (95, 70))
    return save_workbook(tmp_path / "x.xlsx", People=people, Place=place)


@pytest.fixture
def two_months(tmp_path: Path) -> Path:
    """Return a workbook that has the same indicator in a sheet for each of two months."""
    december = [HEADINGS, row(value=70, month="December 2018")]
    return save_workbook(tmp_path / "x.xlsx", January=[HEADINGS, row()], December=december)


def test_of_sheets_of_two_months_the_later_is_rated_and_the_earlier_is_history(
    two_months: Path,
) -> None:
    run = kpi("rate", two_months, "--format", "json")
    assert (run.exit_code, run.stderr) == (0, "")
    assert [rating["value"] for rating in json.loads(run.stdout)["ratings"]] == [95]
    run = kpi("rate", two_months, "--month", "2018-12", "--format", "json")
    assert (run.exit_code, run.stderr) == (0, "")
    assert [rating["value"] for rating in json.loads(run.stdout)["ratings"]] == [70]


def test_sheets_alike_are_an_error_that_says_what_to_do(two_alike: Path) -> None:
    run = kpi("rate", two_alike)
    assert run.exit_code == 1
    assert run.stderr == (
        "x.xlsx Place!A2: error: the sheets People and Place both hold the indicator"
        " CP 1.1; any could be meant, and these are not rated."
        " Choose a sheet with --sheet, or delete what should not count.\n"
        "x.xlsx: 1 error; 2 rows not rated\n"
    )


@pytest.mark.parametrize(("sheet", "value"), [("January", 95), ("december", 70), ("dec*", 70)])
def test_the_sheet_asked_for_is_rated(two_months: Path, sheet: str, value: int) -> None:
    run = kpi("rate", two_months, "--sheet", sheet, "--format", "json")
    assert (run.exit_code, run.stderr) == (0, "")
    assert [rating["value"] for rating in json.loads(run.stdout)["ratings"]] == [value]


@pytest.mark.parametrize("command", [("rate",), ("check",), ("exceptions", "--output", "out.xlsx")])
def test_a_sheet_that_is_not_there(
    two_months: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(two_months.parent)
    run = kpi(*command, two_months, "--sheet", "Jan", "--sheet", "January", "--sheet", "Feb*")
    assert (run.exit_code, run.stdout) == (3, "")
    assert run.stderr == (
        f'{two_months}: there is no sheet "Jan" or "Feb*"; the sheets found: "January" and'
        ' "December"\n'
    )


def test_a_workbook_that_has_the_sheet_is_rated_beside_one_that_has_not(two_months: Path) -> None:
    run = kpi("rate", SOUTHEND, two_months, "--sheet", "January", "--format", "json")
    assert run.exit_code == 3
    assert [report["workbook"] for report in json.loads(run.stdout)] == ["x.xlsx"]


def test_the_exceptions_of_a_sheet(two_alike: Path) -> None:
    output = two_alike.parent / "out.xlsx"
    refused = kpi("exceptions", two_alike, "--output", output)
    assert refused.exit_code == 1
    run = kpi("exceptions", two_alike, "--output", output, "--sheet", "Place")
    assert (run.exit_code, run.stderr) == (0, "")
    assert "1 exception among 1 indicator" in run.stdout


def test_what_is_wrong_with_a_sheet(two_alike: Path) -> None:
    assert kpi("check", two_alike).exit_code == 1
    run = kpi("check", two_alike, "--sheet", "People", "--format", "json")
    assert run.exit_code == 0
    checked = json.loads(run.stdout)["workbooks"][0]
    assert (checked["indicators"], checked["errors"]) == (1, 0)


def test_a_batch_rates_the_sheet_and_does_all_again_for_another(two_alike: Path) -> None:
    out = two_alike.parent / "out"
    arguments = ["batch", two_alike, "--output", out, "--resume"]
    assert kpi(*arguments).exit_code == 1
    for sheet, value in (("People", 95), ("Place", 70)):
        run = kpi(*arguments, "--sheet", sheet)
        assert run.exit_code == 0
        assert "unchanged" not in run.stdout
        line = (out / "ratings.jsonl").read_text(encoding="utf-8")
        assert json.loads(line)["value"] == value
