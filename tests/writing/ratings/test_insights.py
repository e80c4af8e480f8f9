"""What the history says beside a rating, in each format: the period before, verdicts, forecasts."""

import csv
import io
import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kpi_cli import read_workbook
from kpi_cli.models import Report, Workbook
from kpi_cli.report import rate
from kpi_cli.selection import Selection, select
from kpi_cli.writing.json_schema import Output, schema_of
from kpi_cli.writing.view import View
from tests.builders import indicator, reading
from tests.running import MISTAKES, SAMPLES, SOUTHEND, expected, kpi
from tests.writing.ratings.test_table import WIDTHS, seen

QUARTERLY = SAMPLES / "quarterly" / "quarterly_scorecard.xlsx"
CAUTION = "the limits describe the months before; the latest month is outside them"
PASSES = Selection(codes=("CP 4.8",))


@pytest.fixture(scope="module")
def southend() -> Report:
    return rate(read_workbook(SOUTHEND))


def record_of(code: str, *options: str) -> dict[str, Any]:
    run = kpi("rate", SOUTHEND, "--code", code, "--format", "json", *options)
    (record,) = json.loads(run.stdout)["ratings"]
    return dict(record)


def row_of(code: str, *options: str) -> dict[str, str]:
    run = kpi("rate", SOUTHEND, "--code", code, "--format", "csv", *options)
    (row,) = csv.DictReader(io.StringIO(run.stdout, newline=""), strict=True)
    return row


def with_history(value: str, *past: tuple[str, str, str]) -> Report:
    history = tuple(reading("CP 1.1", *figures, row=n) for n, figures in enumerate(past, start=2))
    return rate(Workbook(name="x.xlsx", indicators=(indicator(value, "90"),), history=history))


# The period before


def test_the_outcome_before_stands_in_a_wide_table(southend: Report) -> None:
    table = seen(select(southend, Selection(codes=("CP 1.4", "CP 1.5"))).report, width=220)
    headings, first, *_ = (line for line in table.splitlines() if line.startswith(("Code", "CP")))
    start = headings.index("Was")
    assert first[start:].startswith("● At risk  ")
    assert re.search(r"(?m)^CP 1\.5 .*  Maximise  -  ", table)


def test_no_history_no_column() -> None:
    report = rate(Workbook(name="x.xlsx", indicators=(indicator(),)))
    assert "Was" not in seen(report, width=220)


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (("December 2018", "94", "90"), "Was On course in December 2018: 94, now better."),
        (("December 2018", "96", "90"), "Was On course in December 2018: 96, now worse."),
        (("December 2018", "95", "99"), "Was Some slippage in December 2018: 95, now the same."),
        (("December 2018", "80", "90"), "Was At risk in December 2018: 80, now better."),
        (("December 2018", "95%", "90"), "Was On course in December 2018: 95%."),  # another unit
        (("November 2018", "80", "90"), None),  # not the month before
    ],
)
def test_what_became_of_it_is_explained(past: tuple[str, str, str], said: str | None) -> None:
    table = seen(with_history("95", past), width=120, view=View(explain=True))
    assert re.findall(r"Was .*", table.partition("─\n")[2]) == ([said] if said else [])


def test_of_what_accumulates_the_share_counts() -> None:
    text = kpi("rate", SOUTHEND, "--code", "CP 3.11", "--explain").stdout
    assert "Was On course in December 2018: 570 of 546, now worse against the target.\n" in text


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("CP 4.8", {"month": "2018-12", "value": 1.94, "value_text": "1.94%", "change": "worse",
                    "expected_outcome": "at_risk", "outcome_change": "same"}),
        ("CP 3.11", {"value": 570, "target": 546, "expected_outcome": "on_course",
                     "change": "worse", "outcome_change": "worse"}),
        ("CP 1.1", {"value": 36.81, "target": {"low": 38, "high": 48}, "target_text": "38-48",
                    "expected_outcome": "slippage", "change": "worse", "outcome_change": "same"}),
    ],
)  # fmt: skip
def test_the_period_before_in_what_programs_read(code: str, fields: dict[str, Any]) -> None:
    before = record_of(code)["previous"]
    assert {name: before[name] for name in fields} == fields
    row = row_of(code)
    for name, found in fields.items():
        if isinstance(found, dict):
            assert row[f"previous_{name}"] == ""
            assert row[f"previous_{name}_low"] == str(found["low"])
            assert row[f"previous_{name}_high"] == str(found["high"])
        else:
            assert row[f"previous_{name}"] == str(found)


def test_an_unknown_period_before_is_null_and_empty() -> None:
    assert record_of("CP 1.5")["previous"] is None
    row = row_of("CP 1.5")
    assert {cell for name, cell in row.items() if name.startswith("previous_")} == {""}


def test_the_period_before_in_markdown(southend: Report) -> None:
    text = kpi("rate", SOUTHEND, "--aim", "safe", "--format", "markdown", "--explain").stdout
    last = [line.split(" | ")[8] for line in text.splitlines() if line.startswith("| CP")]
    assert last == ["⚠ Some slippage", "● At risk", "● At risk", "-"]
    assert "; was At risk in December 2018: 88.4%, now better |" in text


# The verdicts of control charts


def test_the_verdicts_in_a_terminal(southend: Report) -> None:
    table = seen(southend, width=80, view=View(spc=True))
    assert table == expected("charts_80.txt", table)


def test_everything_about_some_in_a_pipe() -> None:
    codes = [part for code in ("CP 1.2", "CP 3.2", "CP 4.8", "CP 5.5") for part in ("--code", code)]
    table = kpi("rate", SOUTHEND, *codes, "--spc", "--forecast", "--explain").stdout
    assert table == expected("insights_explained.txt", table)


@pytest.mark.no_cover
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", [View(spc=True), View(spc=True, forecast=True, explain=True)])
def test_no_line_is_longer_than_the_terminal(southend: Report, width: int, view: View) -> None:
    mistakes = rate(read_workbook(MISTAKES))
    lines = seen(southend, mistakes, width=width, view=view).splitlines()
    assert [line for line in lines if len(line) > width] == []


@pytest.mark.parametrize("explain", [False, True])
@pytest.mark.parametrize("width", [80, 120, 220])
def test_who_reads_that_a_red_one_passes_reads_the_caution(
    southend: Report, width: int, explain: bool
) -> None:
    table = seen(select(southend, PASSES).report, width=width, view=View(spc=True, explain=explain))
    (row,) = re.findall(r"(?ms)^CP 4\.8 .*?(?=^ *! )", table)
    assert "Consistently" in row
    assert "passes" in row
    assert "Why" not in row  # nothing stands between
    assert f"! {CAUTION}" in " ".join(table.split())


def test_who_reads_it_in_markdown_does_too() -> None:
    text = kpi("rate", SOUTHEND, "--code", "CP 4.8", "--spc", "--format", "markdown").stdout
    assert f"| Concern | Consistently passes ({CAUTION}) |" in text


def test_without_the_option_there_is_no_verdict() -> None:
    for format in ("table", "json", "csv", "markdown"):
        text = kpi("rate", SOUTHEND, "--code", "CP 4.8", "--format", format, "--explain").stdout
        assert "special_cause" not in text
        assert "Concern" not in text
        assert "spc" not in text


def test_why_there_is_no_chart_is_told_once_for_each_reason(southend: Report) -> None:
    after = seen(southend, width=200, view=View(spc=True)).rpartition("CP 5.6")[2]
    lines = [line for line in after.splitlines() if line.startswith("No control chart")]
    assert lines == [
        "No control chart for CP 1.5, CP 2.4, CP 3.4 and 5 more: 1 month; a control chart needs 12",
        "No control chart for CP 2.2, CP 2.3, CP 3.10 and 6 more: a cumulative percentage has no"
        " monthly figure",
        "No control chart for CP 3.1: 0 months; a control chart needs 12",
        "No control chart for CP 3.11: 10 months; a control chart needs 12",
        "No control chart for CP 3.13 and CP 4.10: the target is the annual one all year, as a"
        " rate's is, and a cumulative rate has no monthly figure",
        "No control chart for CP 5.5: it falls from 39,910 to 26,450 in September 2018, so it is no"
        " running count",
    ]
    explained = seen(southend, width=200, view=View(spc=True, explain=True))
    assert "No control chart for" not in explained  # each has its own
    assert explained.count("No control chart: ") == 22


def test_the_verdict_in_json() -> None:
    chart = record_of("CP 4.8", "--spc")["spc"]
    assert [chart.pop(name) for name in ("mean", "lower_limit", "upper_limit")] == pytest.approx(
        [1.527, 1.325, 1.728], abs=0.0006
    )
    assert chart.pop("average_moving_range") == pytest.approx(0.0757, abs=0.0002)
    assert chart == {
        "charted": "value",
        "points": 22,
        "missing": 0,
        "variation": "special_cause_concern",
        "variation_icon": "concern_high",
        "rule": "outside_limits",
        "since": "2018-11",
        "assurance": "consistent_pass",
        "target": 1.77,
        "text": "1.95% is over the upper limit of 1.73%",
        "notes": [CAUTION],
        "reason": None,
    }


def test_no_verdict_in_json_has_its_reason() -> None:
    chart = record_of("CP 3.11", "--spc")["spc"]
    assert chart["reason"] == chart["text"] == "10 months; a control chart needs 12"
    assert {chart[name] for name in ("mean", "variation", "assurance", "rule", "since")} == {None}


def test_the_verdict_in_csv_is_that_of_json() -> None:
    for code in ("CP 1.2", "CP 3.2", "CP 4.8", "CP 3.11"):
        chart, row = record_of(code, "--spc")["spc"], row_of(code, "--spc")
        for name, found in chart.items():
            cell = row[f"spc_{name}"]
            if isinstance(found, dict):
                assert (row["spc_target_low"], row["spc_target_high"]) == (
                    str(found["low"]), str(found["high"]),
                )  # fmt: skip
            else:
                text = "; ".join(found) if isinstance(found, list) else found
                assert cell == ("" if text is None else str(text))


# Filtered by them


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["concern"], ["CP 3.2", "CP 4.8"]),
        (["Concern"], ["CP 3.2", "CP 4.8"]),
        (["special_cause_concern"], ["CP 3.2", "CP 4.8"]),
        (["unusually high"], ["CP 1.2"]),
        (["Unusually-High"], ["CP 1.2"]),
        (["concern", "unusually high"], ["CP 1.2", "CP 3.2", "CP 4.8"]),
        (["common cause"], ["CP 1.1", "CP 1.4", "CP 3.9", "CP 5.4"]),
        (["common_cause"], ["CP 1.1", "CP 1.4", "CP 3.9", "CP 5.4"]),
        (["improvement"], []),
        (["unusually low"], []),
    ],
)
def test_only_what_the_chart_calls_so(words: list[str], codes: list[str]) -> None:
    options = [part for word in words for part in ("--variation", word)]
    run = kpi("rate", SOUTHEND, *options, "--format", "json")
    report = json.loads(run.stdout)
    assert (run.exit_code, run.stderr) == (0, "")
    assert [rating["code"] for rating in report["ratings"]] == codes
    assert all("spc" in rating for rating in report["ratings"])  # which says why they are here


def test_it_combines_with_other_filters() -> None:
    run = kpi("rate", SOUTHEND, "--variation", "concern", "--aim", "healthy")
    assert re.findall(r"(?m)^(CP \S+)", run.stdout) == ["CP 3.2"]
    assert run.stdout.endswith("\n1 of 29 indicators: At risk 1\n")


@pytest.mark.parametrize("word", ["red", "", "special", "high"])
def test_a_word_that_is_none_is_told_with_those_that_are(word: str) -> None:
    run = kpi("rate", SOUTHEND, "--variation", word)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == (
        f'Error: Invalid value for --variation: "{word}" is no variation of a control chart; write'
        ' "common cause", "improvement", "concern", "unusually high" or "unusually low"'
    )


# Forecasts


def test_forecasts_in_a_terminal(southend: Report) -> None:
    table = seen(southend, width=100, view=View(forecast=True))
    assert table == expected("forecasts_100.txt", table)


def test_each_has_a_forecast_or_is_in_a_line_that_says_why_not(southend: Report) -> None:
    table = seen(southend, width=400, view=View(forecast=True))
    rows = re.split(r"(?m)^(?=CP |No forecast)", table)
    told = {row.split("  ")[0] for row in rows if "Forecast for 2018/19: " in row}
    assert told == {
        "CP 1.1", "CP 1.2", "CP 1.4", "CP 3.2", "CP 3.9", "CP 3.10", "CP 3.11", "CP 4.3", "CP 4.4",
        "CP 4.8", "CP 5.4",
    }  # fmt: skip
    refused = re.findall(r"(?m)^No forecast for (.+?): ", table)
    listed = sum(text.count("CP ") + sum(map(int, re.findall(r"and (\d+) more", text)))
                 for text in refused)  # fmt: skip
    assert listed == 29 - len(told)


def test_a_forecast_in_what_programs_read() -> None:
    found, row = record_of("CP 4.8", "--forecast")["forecast"], row_of("CP 4.8", "--forecast")
    wanted = {"value": 1.95, "value_text": "1.95%", "low": 1.78, "high": 2.12, "outcome": "at_risk",
              "outcome_best": "slippage", "outcome_worst": "at_risk", "months_left": 2,
              "from_month": "2019-01", "kind": "level", "refused": None}  # fmt: skip
    assert {name: found[name] for name in wanted} == wanted
    for name, value in wanted.items():
        assert row[f"forecast_{name}"] == ("" if value is None else str(value))


def test_a_refusal_in_what_programs_read() -> None:
    found, row = record_of("CP 5.5", "--forecast")["forecast"], row_of("CP 5.5", "--forecast")
    said = "it falls from 39,910 to 26,450 in September 2018, within the last twelve months"
    assert (found["refused"], found["value"], found["outcome"]) == (said, None, None)
    assert (row["forecast_refused"], row["forecast_value"]) == (said, "")


# The figures of all periods


def test_the_series_in_json() -> None:
    series = record_of("CP 4.8", "--series")["series"]
    assert [each["month"] for each in series][:2] == ["2017-04", "2017-05"]
    assert len(series) == 22
    assert series[-2] == {
        "month": "2018-12", "period": "December 2018", "period_months": 1, "value": 1.94,
        "target": 1.77, "cell": "History!A208",
    }  # fmt: skip
    assert series[-1]["cell"] == "Indicators!A26"
    assert "series" not in record_of("CP 4.8")


def test_the_series_ends_with_the_rated_period() -> None:
    series = record_of("CP 4.8", "--series", "--month", "2018-10")["series"]
    assert [each["month"] for each in series][-1] == "2018-10"
    assert len(series) == 19


@pytest.mark.parametrize("format", ["table", "csv", "markdown"])
def test_the_series_goes_with_json_only(format: str) -> None:
    run = kpi("rate", SOUTHEND, "--series", "--format", format)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == (
        "Error: Invalid value for --series: it goes with --format json or jsonl"
    )


# Schemas

VALIDATORS = {
    "json": Draft202012Validator(schema_of(Output.RATE_JSON)),
    "jsonl": Draft202012Validator(schema_of(Output.RATE_JSONL)),
}


@pytest.mark.no_cover
@pytest.mark.parametrize("format", VALIDATORS)
@pytest.mark.parametrize(
    "options",
    [[], ["--spc"], ["--forecast"], ["--series"], ["--spc", "--forecast", "--series"]],
    ids=" ".join,
)
@pytest.mark.parametrize("book", [SOUTHEND, MISTAKES, QUARTERLY], ids=lambda book: book.name)
def test_the_schema_holds_with_all_that_is_asked_for(
    format: str, options: list[str], book: Any
) -> None:
    text = kpi("rate", book, "--format", format, *options).stdout
    parts = text.splitlines() if format == "jsonl" else [text]
    assert parts
    for part in parts:
        faults = [fault.message for fault in VALIDATORS[format].iter_errors(json.loads(part))]
        assert faults == []


def test_the_schema_does_not_take_null_for_what_was_not_asked_for() -> None:
    run = kpi("rate", SOUTHEND, "--code", "CP 4.8", "--format", "jsonl")
    line = json.loads(run.stdout)
    assert not VALIDATORS["jsonl"].is_valid(line | {"spc": None})
    assert not VALIDATORS["jsonl"].is_valid(line | {"previous": {}})
    assert VALIDATORS["jsonl"].is_valid(line | {"previous": None})
