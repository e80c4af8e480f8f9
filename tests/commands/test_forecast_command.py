"""`kpi forecast`: of the real report, and what goes wrong beside it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, PUBLISHED, SAMPLES, SOUTHEND, kpi, kpi_program

FORMATS = ("table", "json", "jsonl", "csv", "markdown")
HISTORY = ("Code", "Month", "Value", "Target")
NAMES = ("April 2018", "May 2018", "June 2018", "July 2018")


def records(*arguments: object) -> list[dict[str, Any]]:
    """Return the lines of JSON that the command writes; it has nothing to say of them."""
    run = kpi("forecast", *arguments, "--format", "jsonl")
    assert (run.exit_code, run.stderr) == (0, "")
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_a_line_for_each_indicator_and_0_where_some_are_refused() -> None:
    found = records(SOUTHEND)
    rated = kpi("rate", SOUTHEND, "--format", "jsonl").stdout.splitlines()
    assert [line["code"] for line in found] == [json.loads(line)["code"] for line in rated]
    refused = [line for line in found if line["forecast"]["refused"]]
    assert len(refused) == 18
    assert all(line["forecast"]["value"] is None for line in refused)


def test_what_has_no_figures_but_its_own_is_refused(tmp_path: Path) -> None:
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()])
    (line,) = records(book)
    assert line["forecast"]["refused"] == (
        "the history shows no move over 2 months, and a range takes 4"
    )


def test_a_count_of_this_year_alone_is_forecast_by_its_targets(tmp_path: Path) -> None:
    own = row(
        short_name="Homes [Cumulative YTD]", month="July 2018", value=40, target=40,
        annual_target=120,
    )  # fmt: skip
    past = [("CP 1.1", name, 10 * n, 10 * n) for n, name in enumerate(NAMES[:3], start=1)]
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, own], History=[HISTORY, *past])
    (line,) = records(book)
    forecast = line["forecast"]
    assert (forecast["value"], forecast["low"], forecast["high"]) == (120, 120, 120)
    assert (forecast["outcome"], forecast["months_left"]) == ("on_course", 8)


def test_quarters_of_a_scorecard_are_refused_with_too_few() -> None:
    found = records(SAMPLES / "quarterly" / "quarterly_scorecard.xlsx", "--quiet")
    refused = {line["code"]: line["forecast"]["refused"] for line in found}
    assert refused["Missed collections per 100,000 bins"] == (
        "the history shows only 2 moves over 1 quarter, and a range takes 4"
    )
    assert refused["Council tax collected [Cumulative YTD]"] == (
        "no past error can tell how wide the range is, and it takes 3"
    )
    assert refused["Visits to the website"] == (
        "its short name does not say whether its figures add up over the year, as"
        ' "[Cumulative YTD]" or "[Monthly Snapshot]" at its end would'
    )
    assert all(refused.values())


def test_a_layout_with_months_in_columns_has_the_same_forecasts() -> None:
    wide = {line["code"]: line["forecast"] for line in records(SAMPLES / "wide_history.xlsx")}
    assert wide["CP 3.9"]["value_text"] == "5,525"
    assert wide["CP 1.1"]["high_text"] == "38.39"


def test_errors_in_the_data_end_with_1_and_are_said_as_by_rate() -> None:
    run, rated = kpi("forecast", MISTAKES, "-f", "json"), kpi("rate", MISTAKES, "-f", "json")
    assert run.exit_code == rated.exit_code == 1
    assert run.stderr == rated.stderr


@pytest.mark.parametrize(
    "filters",
    [
        ["--code", "CP 3.*"],
        ["--aim", "clean"],
        ["--ou", "Department for People"],
        ["--committee", "policy and resources scrutiny"],
    ],
)
def test_filters_choose_as_those_of_rate(filters: list[str]) -> None:
    rated = kpi("rate", SOUTHEND, *filters, "--format", "jsonl").stdout.splitlines()
    codes = [json.loads(line)["code"] for line in rated]
    assert codes
    assert [line["code"] for line in records(SOUTHEND, *filters)] == codes


@pytest.mark.parametrize("format", FORMATS)
def test_names_that_no_workbook_has_are_wrong_usage(format: str, tmp_path: Path) -> None:
    path = tmp_path / "f"
    run = kpi("forecast", SOUTHEND, "--aim", "nonsense", "-f", format, "-o", path)
    assert run.exit_code == 2
    assert not path.exists()


@pytest.mark.no_cover
@pytest.mark.parametrize("format", FORMATS)
def test_the_same_bytes_each_time_on_the_screen_and_in_a_file(format: str, tmp_path: Path) -> None:
    path = tmp_path / "f.out"
    arguments = ("forecast", SOUTHEND, PUBLISHED, "--backtest", "-f", format)
    run = kpi(*arguments, "-o", path)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    piped = kpi_program(*arguments, env={"PYTHONHASHSEED": "7"})
    mark = b"\xef\xbb\xbf" if format == "csv" else b""
    assert path.read_bytes() == mark + piped.stdout


@pytest.mark.parametrize(
    ("suffix", "format"),
    [("txt", "table"), ("json", "json"), ("jsonl", "jsonl"), ("csv", "csv"), ("md", "markdown")],
)
def test_the_ending_of_a_file_tells_the_format(suffix: str, format: str, tmp_path: Path) -> None:
    named, told = tmp_path / f"f.{suffix}", tmp_path / "told"
    assert kpi("forecast", SOUTHEND, "-o", named).exit_code == 0
    assert kpi("forecast", SOUTHEND, "-f", format, "-o", told).exit_code == 0
    assert named.read_bytes() == told.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'WORKBOOK'."),
        (["x.xlsx", "--force"], "Invalid value for --force: it goes with --output FILE"),
        (["x.xlsx", "--outcome", "red"], "No such option: --outcome"),
        (
            ["x.xlsx", "-o", "f.doc"],
            "Invalid value for --output: kpi forecast writes no .doc files; end its name in .txt"
            " (the table), .json, .jsonl, .csv or .md, or give --format",
        ),
    ],
)
def test_wrong_usage_is_told_in_a_line(arguments: list[str], said: str) -> None:
    run = kpi("forecast", *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert said in run.stderr.splitlines()[-1]


def test_a_workbook_that_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    missing = tmp_path / "missing.xlsx"
    run = kpi("forecast", missing, SOUTHEND, "-f", "jsonl", "--quiet")
    assert run.exit_code == 3
    assert run.stderr == f"{missing}: there is no such file; check the path\n"
    assert len(run.stdout.splitlines()) == 29


def test_a_workbook_without_rows_has_nothing_to_forecast(tmp_path: Path) -> None:
    run = kpi("forecast", save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS]))
    assert run.exit_code == 3
