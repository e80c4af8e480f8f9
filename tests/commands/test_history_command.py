"""`kpi history`: the figures of all periods of the real report, and what goes wrong beside them."""

import csv
import io
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import (
    MISTAKES,
    PUBLISHED,
    SAMPLES,
    SOUTHEND,
    command,
    environment,
    kpi,
    kpi_program,
    written,
)

FORMATS = ("table", "json", "jsonl", "csv", "markdown")
HISTORY = ("Code", "Month", "Value", "Target")


def records(*arguments: object) -> list[dict[str, Any]]:
    """Return the lines of JSON that the command writes; it has nothing to say of them."""
    run = kpi("history", *arguments, "--format", "jsonl")
    assert (run.exit_code, run.stderr) == (0, "")
    return [json.loads(line) for line in run.stdout.splitlines()]


def months() -> list[str]:
    """Return the months that the sample's history has, as its list of figures tells them."""
    path = SAMPLES / "figures" / "history.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return sorted({figures["month"] for figures in csv.DictReader(file)})


def book_of(folder: Path, *history: tuple[object, ...], **sheets: list[Any]) -> Path:
    tables = {"Indicators": [HEADINGS, row()], "History": [HISTORY, *history]}
    return save_workbook(folder / "x.xlsx", **tables | sheets)


def test_a_line_for_every_row_of_the_history_and_every_indicator() -> None:
    found = records(SOUTHEND)
    assert len(found) == 269
    keys = [(line["code"], line["month"]) for line in found]
    assert len(set(keys)) == len(keys)
    codes = list(dict.fromkeys(code for code, _ in keys))
    rated = kpi("rate", SOUTHEND, "--format", "jsonl").stdout.splitlines()
    assert codes == [json.loads(line)["code"] for line in rated]
    assert keys == sorted(keys, key=lambda key: (codes.index(key[0]), key[1]))


@pytest.mark.no_cover
@pytest.mark.parametrize("month", months())
def test_each_month_is_as_rate_has_it(month: str) -> None:
    run = kpi("rate", SOUTHEND, "--month", month, "--format", "jsonl")
    rated = {rating["code"]: rating for rating in map(json.loads, run.stdout.splitlines())}
    lines = map(json.loads, written("history", SOUTHEND, "--format", "jsonl").splitlines())
    of_month = {line["code"]: line for line in lines if line["period"] == month}
    assert of_month
    for code, rating in rated.items():
        if code not in of_month:
            assert (rating["expected_outcome"], rating["value"]) == ("no_value", None)
            continue
        line = of_month[code] | {"short_name": of_month[code]["name"]}
        del line["name"], line["workbook"]
        assert line == {name: rating[name] for name in line}


@pytest.mark.parametrize(
    ("code", "month", "fields"),
    [
        ("CP 1.1", "2017-04", {"value": 54.5, "target": {"low": 50.4, "high": 55.7},
                               "unit": "number", "expected_outcome": "on_course",
                               "direction": None, "cell": "History!A2"}),
        ("CP 3.2", "2018-05", {"value": None, "target": 88.7, "unit": "percent",
                               "expected_outcome": "no_value", "direction": None}),
        ("CP 5.4", "2018-10", {"value": 4.14, "target": 3.51, "expected_outcome": "at_risk",
                               "direction": "worse"}),
        ("CP 5.4", "2019-01", {"value": 6.18, "target": 5.82, "expected_outcome": "at_risk",
                               "direction": "worse", "period": "January 2019"}),
        ("CP 3.9", "2018-10", {"value": 3274, "target": 3206, "direction": "better"}),
        ("CP 2.3", "2018-09", {"value": 48.5, "target": None, "expected_outcome": "on_course",
                               "cell": "Indicators!A9", "period_months": 1}),
    ],
)  # fmt: skip
def test_real_figures(code: str, month: str, fields: dict[str, object]) -> None:
    (line,) = (line for line in records(SOUTHEND, "--code", code) if line["month"] == month)
    assert {name: line[name] for name in fields} == fields


@pytest.mark.parametrize("name", ["as_published.xlsx", "wide_history.xlsx"])
def test_other_layouts_of_the_same_figures_have_the_same_lines(name: str) -> None:
    apart = ("workbook", "cell")
    runs = (kpi("history", path, "-q", "-f", "jsonl") for path in (SOUTHEND, SAMPLES / name))
    ours, others = (
        [
            {field: text for field, text in json.loads(line).items() if field not in apart}
            for line in run.stdout.splitlines()
        ]
        for run in runs
    )
    if name == "as_published.xlsx":  # it has no history
        ours = [line for line in ours if (line["code"], line["month"]) in
                {(other["code"], other["month"]) for other in others}]  # fmt: skip
        fields = ("code", "month", "value", "target", "expected_outcome")
        assert [[line[field] for field in fields] for line in ours] == [
            [line[field] for field in fields] for line in others
        ]
    else:
        assert ours == others
    assert len(others) >= 29


def test_quarterly_history(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        ("CP 1.1", "Q3 2018/19", 91, 90),
        ("CP 1.1", "Q3 2017/18", 93, 90),
        ("CP 1.1", "2017/18", 80, 90),
        Indicators=[HEADINGS, row(month="Q4 2018/19")],
    )
    lines = records(book)
    assert [
        (line["period"], line["month"], line["period_months"], line["expected_outcome"],
         line["direction"])
        for line in lines
    ] == [
        ("Q3 2017/18", "2017-12", 3, "on_course", None),
        ("2017/18", "2018-03", 12, "at_risk", None),
        ("Q3 2018/19", "2018-12", 3, "on_course", "worse"),
        ("Q4 2018/19", "2019-03", 3, "on_course", "better"),  # than 2017/18: it is no count
    ]  # fmt: skip


def test_period_is_that_of_figures_that_say_none(tmp_path: Path) -> None:
    headings = [heading for heading in HEADINGS if heading != "Latest Month"]
    cells = [cell for cell, heading in zip(row(), HEADINGS, strict=True) if heading in headings]
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[headings, cells])
    (line,) = records(book, "--period", "Q3 2018/19")
    assert (line["period"], line["month"]) == ("Q3 2018/19", "2018-12")


def test_polarity_and_sheet_and_size_are_those_of_the_reading(tmp_path: Path) -> None:
    book = save_workbook(
        tmp_path / "x.xlsx",
        Indicators=[HEADINGS, row(polarity=None)],
        Old=[HISTORY, ("CP 1.1", "May 2018", 99, 90)],
        New=[HISTORY, ("CP 1.1", "June 2018", 99, 90)],
    )
    options = ("--polarity", "minimise", "--sheet", "New", "--sheet", "Indicators")
    lines = records(book, *options, "--max-size", "1MiB")
    assert [(line["month"], line["expected_outcome"]) for line in lines] == [
        ("2018-06", "at_risk"),
        ("2019-01", "at_risk"),
    ]


def test_history_of_no_indicator_is_kept_and_told(tmp_path: Path) -> None:
    book = book_of(tmp_path, ("XY 9", "May 2018", 91, 90))
    run = kpi("history", book, "--format", "jsonl")
    assert run.exit_code == 0
    assert run.stderr.splitlines() == [
        "x.xlsx History!A2: warning: the history has XY 9, but no indicator has that code. Add the"
        " indicator's row.",
        "x.xlsx: 1 warning",
    ]
    assert json.loads(run.stdout.splitlines()[-1]) == {
        "workbook": "x.xlsx", "code": "XY 9", "name": None, "period": "May 2018",
        "month": "2018-05", "period_months": 1, "value": 91, "target": 90, "unit": "number",
        "expected_outcome": None, "direction": None, "cell": "History!A2",
    }  # fmt: skip
    chosen = kpi("history", book, "--code", "xy 9", "--format", "jsonl", "--quiet")
    assert (chosen.exit_code, chosen.stderr) == (0, "")
    assert chosen.stdout == run.stdout.splitlines(keepends=True)[-1]


def test_a_period_that_cannot_be_rated_is_an_error_and_keeps_its_figures(tmp_path: Path) -> None:
    book = book_of(tmp_path, ("CP 1.1", "May 2018", 91, "80-90"))
    run = kpi("history", book, "--format", "jsonl", "--quiet")
    assert run.exit_code == 1
    assert run.stderr.splitlines() == [
        'x.xlsx History!D2: error: the target is a band, 80-90, but the polarity is "Aim to'
        ' Maximise"; CP 1.1 is not rated for May 2018. Correct the target in the history, or the'
        " polarity.",
        "x.xlsx: 1 error",
    ]
    line = json.loads(run.stdout.splitlines()[0])
    assert (line["value"], line["target"]) == (91, {"low": 80, "high": 90})
    assert (line["name"], line["expected_outcome"]) == ("Visits made [Monthly Snapshot]", None)


@pytest.mark.parametrize("quiet", [[], ["--quiet"]])
def test_errors_in_the_data_are_told_as_rate_tells_them(quiet: list[str]) -> None:
    run, rated = (kpi(name, MISTAKES, "-f", "csv", *quiet) for name in ("history", "rate"))
    assert run.exit_code == rated.exit_code == 1
    assert run.stderr == rated.stderr
    codes = [line["code"] for line in csv.DictReader(io.StringIO(run.stdout, newline=""))]
    assert {"EX 1.5", "EX 9.9"} <= set(codes)


@pytest.mark.parametrize(
    "filters",
    [
        ["--code", "CP 3.*"],
        ["--aim", "clean"],
        ["--ou", "Department for People"],
        ["--committee", "policy and resources scrutiny"],
        ["--aim", "clean", "--code", "CP 2.3"],
    ],
)
def test_filters_choose_as_those_of_rate(filters: list[str]) -> None:
    rated = kpi("rate", SOUTHEND, *filters, "--format", "jsonl").stdout.splitlines()
    codes = [json.loads(line)["code"] for line in rated]
    assert codes
    assert list(dict.fromkeys(line["code"] for line in records(SOUTHEND, *filters))) == codes


@pytest.mark.parametrize("format", FORMATS)
def test_names_that_no_workbook_has_are_wrong_usage(format: str, tmp_path: Path) -> None:
    path = tmp_path / "h"
    run = kpi("history", SOUTHEND, "--aim", "nonsense", "-f", format, "-o", path)
    assert run.exit_code == 2
    assert run.stderr.splitlines()[-1] == (
        f"{path} is not written; correct the name, or leave it out"
    )
    assert not path.exists()
    fitting = kpi("history", SOUTHEND, "--aim", "clean", "--code", "CP 1.1", "-f", format)
    assert (fitting.exit_code, fitting.stderr) == (
        0,
        f"{SOUTHEND.name}: no indicator is all that was asked for\n",
    )


@pytest.mark.no_cover
@pytest.mark.parametrize("format", FORMATS)
def test_the_same_bytes_each_time_on_the_screen_and_in_a_file(format: str, tmp_path: Path) -> None:
    path = tmp_path / "h.out"
    run = kpi("history", SOUTHEND, PUBLISHED, "-f", format, "-o", path)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    piped = kpi_program("history", SOUTHEND, PUBLISHED, "-f", format, env={"PYTHONHASHSEED": "7"})
    mark = b"\xef\xbb\xbf" if format == "csv" else b""
    assert path.read_bytes() == mark + piped.stdout
    again = kpi("history", SOUTHEND, "-f", format, "-o", path)
    assert again.exit_code == 4
    assert "exists already" in again.stderr
    assert kpi("history", SOUTHEND, "-f", format, "-o", path, "--force").exit_code == 0


@pytest.mark.parametrize(
    ("suffix", "format"),
    [("txt", "table"), ("json", "json"), ("jsonl", "jsonl"), ("csv", "csv"), ("md", "markdown")],
)
def test_the_ending_of_a_file_tells_the_format(suffix: str, format: str, tmp_path: Path) -> None:
    named, told = tmp_path / f"h.{suffix}", tmp_path / "told"
    assert kpi("history", SOUTHEND, "-o", named).exit_code == 0
    assert kpi("history", SOUTHEND, "-f", format, "-o", told).exit_code == 0
    assert named.read_bytes() == told.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'WORKBOOK'."),
        (["x.xlsx", "--force"], "Invalid value for --force: it goes with --output FILE"),
        (["x.xlsx", "--outcome", "red"], "No such option: --outcome"),
        (
            ["x.xlsx", "-o", "h.doc"],
            "Invalid value for --output: kpi history writes no .doc files; end its name in .txt"
            " (the table), .json, .jsonl, .csv or .md, or give --format",
        ),
        (
            ["x.xlsx", "--period", "yesterday"],
            'Invalid value for --month: "yesterday" is no month or other period; write 2018-10, or'
            ' "Q3 2018/19"',
        ),
        (
            ["x.xlsx", "--polarity", "up"],
            'Invalid value for --polarity: "up" is no polarity for all; write maximise or minimise',
        ),
    ],
)
def test_wrong_usage_is_told_in_a_line(arguments: list[str], said: str) -> None:
    run = kpi("history", *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert said in run.stderr.splitlines()[-1]


def test_a_workbook_that_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    missing = tmp_path / "missing.xlsx"
    run = kpi("history", missing, SOUTHEND, "-f", "jsonl", "--quiet")
    assert run.exit_code == 3
    assert run.stderr == f"{missing}: there is no such file; check the path\n"
    assert len(run.stdout.splitlines()) == 269
    alone = kpi("history", missing, "-o", tmp_path / "h.csv")
    assert alone.exit_code == 3
    assert not (tmp_path / "h.csv").exists()


@pytest.mark.skipif(os.name == "nt", reason="there is no head")
@pytest.mark.parametrize("format", FORMATS)
def test_a_reader_that_has_had_enough_is_no_error_to_speak_of(format: str) -> None:
    run = subprocess.run(
        ["/bin/sh", "-c", '"$@" | head -n 1', "sh", *command("history", SOUTHEND, "-f", format)],
        env=environment(),
        capture_output=True,
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.count(b"\n") == 1
