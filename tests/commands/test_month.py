"""`kpi rate --month`: the report as it stood, from the history of the real indicators."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import SAMPLES, SOUTHEND, kpi


def ratings(*arguments: str) -> dict[str, dict[str, Any]]:
    """Return the records of the real report's ratings by code."""
    run = kpi("rate", SOUTHEND, "--format", "jsonl", *arguments)
    assert run.exit_code == 0
    assert all("of 29 indicators ha" in line for line in run.stderr.splitlines())
    records = (json.loads(line) for line in run.stdout.splitlines())
    return {record["code"]: record for record in records}


def history(month: str) -> dict[str, tuple[str | None, str]]:
    """Return the value and the target of each code in the history's figures of a month."""
    path = SAMPLES / "figures" / "history.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            figures["code"]: (figures["value"] or None, figures["target"].replace(" - ", "-"))
            for figures in csv.DictReader(file)
            if figures["month"] == month
        }


@pytest.mark.parametrize(
    ("asked", "month"),
    [
        ("2018-10", "October 2018"),
        ("October 2018", "October 2018"),
        ("2018-05", "May 2018"),
        ("Aug-18", "August 2018"),
        ("04/2017", "April 2017"),
        ("march 2018", "March 2018"),
    ],
)
def test_the_figures_are_those_of_the_history(asked: str, month: str) -> None:
    records = ratings("--month", asked)
    figures = history(month)
    assert 11 <= len(figures) <= 12
    shown = {code: (records[code]["value_text"], records[code]["target_text"]) for code in figures}
    assert shown == figures


@pytest.mark.parametrize(
    ("month", "code", "outcome", "direction"),
    [
        ("2018-10", "CP 1.1", "slippage", "worse"),  # 4.25 under 38-48; 1.3 under it in 2017
        ("2018-10", "CP 1.2", "slippage", "better"),  # 70.82: 3.82 over 57-67
        ("2018-10", "CP 1.4", "slippage", "better"),  # 90.6% against 95%; 71.7%
        ("2018-10", "CP 3.2", "at_risk", "worse"),  # 77.1% against 88.7%; 82.1%
        ("2018-10", "CP 3.9", "on_course", "better"),  # 3,274 against 3,206; 2,545
        ("2018-10", "CP 3.10", "at_risk", "better"),  # 69.6% against 90%; 46.3%
        ("2018-10", "CP 3.11", "slippage", None),  # 419 against 425; no history of 2017
        ("2018-10", "CP 4.3", "slippage", "worse"),  # 61.30% against 61.40%; 61.50%
        ("2018-10", "CP 4.4", "slippage", "worse"),  # 62.60% against 62.70%; 62.80%
        ("2018-10", "CP 4.8", "on_course", "worse"),  # 1.7% against 1.77%; 1.33%
        ("2018-10", "CP 5.4", "at_risk", "worse"),  # 4.14 against 3.51; 3.95
        ("2018-10", "CP 5.5", "at_risk", "worse"),  # 29,638 against 40,833; 32,402
        ("2018-05", "CP 3.2", "no_value", None),  # one of three months that are missing
        ("2017-10", "CP 3.9", "at_risk", None),  # 2,545 against 3,506
        ("2017-10", "CP 4.3", "on_course", None),  # 61.50% against 61.30%
        # 0.29 over 3.01, and 5% of the year's 7.20 are 0.36: of the month's target it would be red
        ("2017-09", "CP 5.4", "slippage", None),
        ("2017-10", "CP 5.4", "at_risk", None),  # 0.44 over 3.51
    ],
)
def test_ratings_as_they_stood(month: str, code: str, outcome: str, direction: str | None) -> None:
    record = ratings("--month", month)[code]
    assert (record["month"], record["expected_outcome"], record["direction"]) == (
        month,
        outcome,
        direction,
    )


def test_the_target_of_the_financial_years_end_is_the_annual_target() -> None:
    records = ratings("--month", "2017-10")
    march = {code: target for code, (_, target) in history("March 2018").items()}
    assert march["CP 4.3"] == "97.30%"
    assert {code: records[code]["annual_target_text"] for code in march} == march


def test_an_indicator_without_history_has_no_value() -> None:
    records = ratings("--month", "2018-10")
    without = {code: record for code, record in records.items() if record["value"] is None}
    assert set(without) == set(records) - set(history("October 2018"))
    assert len(without) == 17
    for record in without.values():
        assert record["reason"] == "no value for October 2018"
        assert record["expected_outcome"] == "no_value"
        for name in ("value_text", "target", "direction", "last_year", "comment",
                     "published_outcome", "published_direction"):  # fmt: skip
            assert record[name] is None


def test_the_report_counts_for_its_month() -> None:
    run = kpi("rate", SOUTHEND, "--format", "json", "--month", "2018-10")
    report = json.loads(run.stdout)
    assert report["report_month"] == "2018-10"
    assert report["summary"] == {
        "at_risk": 4, "slippage": 6, "on_course": 2, "no_value": 17, "no_target": 0,
    }  # fmt: skip
    assert kpi("rate", SOUTHEND, "--month", "2018-10").stdout.splitlines()[1] == (
        "Monthly Performance Report · October 2018"
    )


def test_the_cell_is_where_the_figures_stand() -> None:
    records = ratings("--month", "2018-10")
    assert records["CP 1.1"]["cell"] == "History!A20"
    assert records["CP 2.2"]["cell"] == "Indicators!A8"  # it has no history


def test_an_indicators_row_is_the_record_of_its_own_month() -> None:
    september = ratings("--month", "2018-09")
    assert september["CP 2.3"] == ratings()["CP 2.3"]  # its latest month
    assert september["CP 2.3"]["value_text"] == "48.50%"
    assert september["CP 3.2"]["comment"] is None


def test_the_latest_month_is_the_report_but_for_what_lags_behind() -> None:
    latest, asked = ratings(), ratings("--month", "2019-01")
    assert latest.pop("CP 2.3")["expected_outcome"] == "on_course"
    assert asked.pop("CP 2.3")["expected_outcome"] == "no_value"
    assert asked == latest


@pytest.mark.parametrize(
    ("month", "label"), [("2012-01", "January 2012"), ("2019-02", "February 2019")]
)
def test_a_month_that_nothing_is_for_is_warned_of(month: str, label: str) -> None:
    run = kpi("rate", SOUTHEND, "--month", month)
    assert run.exit_code == 0
    assert run.stderr == (
        f"southend_january_2019.xlsx: warning: the history has nothing for {label}; it has April"
        " 2017 to January 2019. Ask for a month that the history has.\n"
        "southend_january_2019.xlsx: 1 warning\n"
    )
    assert run.stdout.splitlines()[-1] == "29 indicators: No value 29"


def test_a_workbook_without_history_is_warned_of(tmp_path: Path) -> None:
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()])
    run = kpi("rate", book, "--month", "2018-12")
    assert run.exit_code == 0
    assert run.stderr.splitlines()[0] == (
        "x.xlsx: warning: the history has nothing for December 2018; it is empty. Ask for a month"
        " that the history has."
    )


@pytest.mark.parametrize("text", ["2018-13", "October", "10/18/2018", "yesterday", "0000-01", ""])
def test_what_is_no_month_is_wrong_usage(text: str) -> None:
    run = kpi("rate", SOUTHEND, "--month", text)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == (
        f'Error: Invalid value for --month: "{text}" is no month or other period; write 2018-10,'
        ' or "Q3 2018/19"'
    )


@pytest.mark.parametrize(
    ("month", "said"),
    [
        ("2018-10", "17 of 29 indicators have no figure for October 2018"),
        ("2019-01", "1 of 29 indicators has no figure for January 2019"),
    ],
)
def test_what_the_history_has_nothing_for_is_counted(month: str, said: str) -> None:
    line = f"{SOUTHEND.name}: {said}"
    assert line in kpi("rate", SOUTHEND, "--month", month).stderr.splitlines()
    assert line in kpi("rate", SOUTHEND, "--month", month, "--aim", "SAFE").stderr.splitlines()
    assert line not in kpi("rate", SOUTHEND, "--month", month, "--quiet").stderr
    assert line not in kpi("rate", SOUTHEND).stderr
