"""`kpi show` in what programs read: the same facts as on the screen, and what `kpi rate` has."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kpi_cli.writing.csv_cells import safe_cell
from tests.builders import HEADINGS, row, save_hostile_workbook, save_workbook
from tests.running import MISTAKES, SAMPLES, SOUTHEND, expected, kpi

BOOKS = [*sorted(SAMPLES.glob("*.xlsx")), SAMPLES / "quarterly" / "quarterly_scorecard.xlsx"]
SCHEMA = Draft202012Validator(json.loads(kpi("schema", "show-json").stdout))


def report_of(book: Path, *codes: str, options: tuple[str, ...] = ()) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        kpi("show", book, *codes, "--format", "json", *options).stdout
    )
    return found


def rows_of(*codes: str) -> list[dict[str, str]]:
    text = kpi("show", SOUTHEND, *codes, "--format", "csv").stdout
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_json_of_the_real_report() -> None:
    text = kpi("show", SOUTHEND, "CP 3.11", "--format", "json").stdout
    assert text == expected("show.json", text)


def test_csv_of_the_real_report() -> None:
    text = kpi("show", SOUTHEND, "CP 3.2", "CP 3.11", "--format", "csv").stdout
    assert text == expected("show.csv", text)


@pytest.mark.no_cover
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.name)
@pytest.mark.parametrize("options", [(), ("--month", "2018-10")], ids=" ".join)
def test_the_schema_holds(book: Path, options: tuple[str, ...]) -> None:
    report = report_of(book, "*", options=options)
    assert [fault.message for fault in SCHEMA.iter_errors(report)] == []
    assert report["indicators"]


def test_the_schema_holds_for_hostile_text(tmp_path: Path) -> None:
    report = report_of(save_hostile_workbook(tmp_path), "*")
    assert [fault.message for fault in SCHEMA.iter_errors(report)] == []


@pytest.mark.parametrize(
    "change", [{"months": None}, {"spc": "none"}, {"forecast": {}}, {"more": 1}], ids=str
)
def test_the_schema_takes_nothing_else(change: dict[str, Any]) -> None:
    report = report_of(SOUTHEND, "CP 4.8")
    report["indicators"][0] |= change
    assert not SCHEMA.is_valid(report)


def test_inside_it_is_what_rate_has() -> None:
    (indicator,) = report_of(SOUTHEND, "CP 4.8")["indicators"]
    run = kpi("rate", SOUTHEND, "--code", "CP 4.8", "-f", "json", "--spc", "--forecast")
    (rating,) = json.loads(run.stdout)["ratings"]
    months, gauge = indicator.pop("months"), indicator.pop("gauge")
    assert indicator == rating
    assert gauge == [
        {"expected_outcome": "on_course", "low": 1.63317, "high": 1.77},
        {"expected_outcome": "slippage", "low": 1.77, "high": 1.8585},
        {"expected_outcome": "at_risk", "low": 1.8585, "high": 1.99833},
    ]
    assert months[-1]["value"] == rating["value"]
    assert months[-1]["expected_outcome"] == rating["expected_outcome"]
    assert months[-1]["reason"] == rating["reason"]
    assert months[-1]["variation"] == rating["spc"]["variation"]
    assert months[-2]["value"] == rating["previous"]["value"]
    assert months[-2]["expected_outcome"] == rating["previous"]["expected_outcome"]


def test_months_are_those_of_kpi_history() -> None:
    (indicator,) = report_of(SOUTHEND, "CP 4.8")["indicators"]
    text = kpi("history", SOUTHEND, "--code", "CP 4.8", "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [(cells["month"], cells["value"]) for cells in rows] == [
        (each["month"], str(each["value"])) for each in indicator["months"]
    ]


def test_a_month_without_a_value_has_its_cell_and_one_without_a_row_has_none(
    tmp_path: Path,
) -> None:
    (indicator,) = report_of(SOUTHEND, "CP 3.2")["indicators"]
    assert len(indicator["months"]) == 22
    may = next(each for each in indicator["months"] if each["month"] == "2018-05")
    assert may == {
        "month": "2018-05", "period": "May 2018", "value": None, "value_text": None,
        "target": 88.7, "target_text": "88.7%", "expected_outcome": "no_value",
        "reason": "no value for May 2018", "monthly_amount": None, "variation": None, "rule": None,
        "cell": "History!C81",
    }  # fmt: skip
    history = [("MPR Code", "Month", "Value"), ("CP 1.1", "November 2018", 94)]
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()], History=history)
    (indicator,) = report_of(book, "CP 1.1")["indicators"]
    assert [(each["month"], each["cell"]) for each in indicator["months"]] == [
        ("2018-11", "History!C2"), ("2018-12", None), ("2019-01", "Indicators!E2"),
    ]  # fmt: skip


def test_what_a_total_grew_by() -> None:
    (indicator,) = report_of(SOUTHEND, "CP 3.9")["indicators"]
    values = [each["value"] for each in indicator["months"]]
    amounts = [each["monthly_amount"] for each in indicator["months"]]
    assert amounts[:2] == [379, 331]  # April is its own amount
    assert amounts[-1] == 4544 - 4079
    assert amounts[12] == values[12]  # and so is the next one
    (level,) = report_of(SOUTHEND, "CP 4.8")["indicators"]
    assert {each["monthly_amount"] for each in level["months"]} == {None}


def test_signals_of_single_months() -> None:
    (indicator,) = report_of(SOUTHEND, "CP 4.8")["indicators"]
    found = {each["month"]: (each["variation"], each["rule"]) for each in indicator["months"]}
    assert found["2019-01"] == ("special_cause_concern", "outside_limits")
    assert found["2018-03"] == ("common_cause", None)


@pytest.mark.parametrize("code", ["CP 1.1", "CP 3.2", "CP 3.11"])
def test_csv_has_the_months_of_json(code: str) -> None:
    (indicator,) = report_of(SOUTHEND, code)["indicators"]
    for cells, month in zip(rows_of(code), indicator["months"], strict=True):
        assert (cells["workbook"], cells["code"]) == (SOUTHEND.name, code)
        for name, found in month.items():
            if isinstance(found, dict):
                assert cells[name] == ""
                assert (cells[f"{name}_low"], cells[f"{name}_high"]) == (
                    str(found["low"]), str(found["high"]),
                )  # fmt: skip
            else:
                assert cells[name] == ("" if found is None else str(safe_cell(found)))


def test_rows_that_are_not_rated_are_among_the_problems() -> None:
    report = report_of(MISTAKES, "EX 1.*")
    assert any(each["cell"] == "Indicators!F5" for each in report["problems"])


def test_a_value_that_is_a_formula_in_csv_is_kept_as_text(tmp_path: Path) -> None:
    book = save_workbook(
        tmp_path / "x.xlsx", Indicators=[HEADINGS, row(short_name='"=1+1"', code="=CP 1")]
    )
    text = kpi("show", book, "*", "--format", "csv").stdout
    assert ",=CP" not in text
