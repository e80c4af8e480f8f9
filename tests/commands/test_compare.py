"""`kpi compare`: two files, two periods of one, exit codes, and what goes wrong."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, PUBLISHED, SAMPLES, SOUTHEND, kpi, kpi_program
from tests.writing.changes.test_changes_formats import two_files

HISTORY = ("Code", "Month", "Value", "Target")
MONTHS = ("--month", "2018-12", "--month", "2019-01")
FORMATS = ("table", "json", "csv", "markdown")


def content(*arguments: object) -> dict[str, Any]:
    """Return the JSON that the command writes; it has nothing to say of it."""
    run = kpi("compare", *arguments, "--format", "json")
    assert (run.exit_code, run.stderr) == (0, "")
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def counts(*arguments: object) -> dict[str, int]:
    return {name: number for name, number in content(*arguments)["summary"].items() if number}


def book(path: Path, *history: tuple[object, ...], **cells: object) -> Path:
    return save_workbook(path, Indicators=[HEADINGS, row(**cells)], History=[HISTORY, *history])


def test_december_and_january_of_the_real_report() -> None:
    run = kpi("compare", SOUTHEND, *MONTHS)
    assert (run.exit_code, run.stderr) == (0, "")
    title, workbook, answer, *_ = run.stdout.splitlines()
    assert (title, workbook) == ("December 2018 → January 2019", "southend_january_2019.xlsx")
    assert answer == "1 worse, 1 better, 11 unchanged · 16 not known for December 2018"
    found = content(SOUTHEND, *MONTHS)["changes"]
    assert [(each["code"], each["kind"]) for each in found] == [
        ("CP 3.11", "worse"),
        ("CP 1.4", "better"),
    ]


def test_both_as_rate_has_them() -> None:
    found = content(SOUTHEND, *MONTHS, "--all")
    for side, month in (("before", "2018-12"), ("after", "2019-01")):
        run = kpi("rate", SOUTHEND, "--month", month, "--format", "json")
        rated = {each["code"]: each for each in json.loads(run.stdout)["ratings"]}
        for each in found["changes"]:
            if each["code"] != "CP 2.3":  # whose figure is of September
                rating = rated[each["code"]]
                assert each[side] == {field: rating[field] for field in each[side]}


@pytest.mark.parametrize(
    "months",
    [
        ("--month", "December 2018", "--period", "Jan-19"),
        ("--period", "Q3 2018/19", "--month", "2019-01"),  # a quarter ends with its last month
    ],
)
def test_periods_in_words(months: tuple[str, ...]) -> None:
    assert counts(SOUTHEND, *months)["worse"] == 1


@pytest.mark.parametrize("name", ["as_published.xlsx", "wide_history.xlsx", PUBLISHED.name])
def test_other_layouts_of_one_report(name: str) -> None:
    assert counts(SAMPLES / name, SOUTHEND) == {"unchanged": 29}
    run = kpi("compare", SAMPLES / name, SOUTHEND, "--fail-on", "changed")
    assert run.exit_code == 0
    assert run.stdout.startswith("January 2019: two versions\n")


def test_two_files_of_which_periods_are_asked_for() -> None:
    wide = SAMPLES / "wide_history.xlsx"
    assert counts(SOUTHEND, wide, *MONTHS) == counts(SOUTHEND, *MONTHS)
    same = counts(SOUTHEND, wide, "--month", "2018-12")
    assert same == {"unchanged": 13, "not_known": 16}


def test_the_later_report_first_is_said_and_compared_as_asked() -> None:
    found = content(SOUTHEND, "--month", "2019-01", "--month", "2018-12")
    assert found["notes"] == [
        "the first report is the later one: January 2019 is compared with December 2018, as asked"
    ]
    assert [(each["code"], each["kind"]) for each in found["changes"]] == [
        ("CP 1.4", "worse"),
        ("CP 3.11", "better"),
    ]


def test_period_of_figures_that_say_none(tmp_path: Path) -> None:
    headings = [heading for heading in HEADINGS if heading != "Latest Month"]
    files = []
    for name, value in (("q2", 80), ("q3", 95)):
        cells = row(value=value)
        kept = [c for c, heading in zip(cells, HEADINGS, strict=True) if heading in headings]
        files.append(save_workbook(tmp_path / f"{name}.xlsx", Indicators=[headings, kept]))
    found = content(*files, "--period", "Q2 2018/19", "--period", "Q3 2018/19")
    assert (found["before"]["period"], found["after"]["period"]) == ("Q2 2018/19", "Q3 2018/19")
    assert [each["kind"] for each in found["changes"]] == ["better"]


def test_history_that_was_rewritten_stands_first_in_two_versions(tmp_path: Path) -> None:
    before = book(tmp_path / "v1.xlsx", ("CP 1.1", "May 2018", 91, 90))
    after = book(tmp_path / "v2.xlsx", ("CP 1.1", "May 2018", 81, 90), value=96)
    run = kpi("compare", before, after)
    assert run.stdout == (
        "January 2019: two versions\n"
        "v1.xlsx → v2.xlsx\n"
        "no change of outcome, 1 with another figure · 1 figure of the past rewritten or\n"
        "gone\n"
        "\n"
        "The past rewritten\n"
        "CP 1.1  Visits made [Monthly Snapshot]                       On course → At risk\n"
        "        May 2018: 91 → 81; History!C2 → History!C2\n"
        "\n"
        "Another figure, the same outcome\n"
        "CP 1.1  Visits made [Monthly Snapshot]                                 On course\n"
        "        95 → 96 against 90\n"
        "\n"
        "         On course\n"
        "v1.xlsx          1\n"
        "v2.xlsx          1\n"
        "of the 1 indicator known in both\n"
    )


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("old", "new")]
    for folder in folders:
        folder.mkdir()
    files = [book(folder / "x.xlsx") for folder in folders]
    lines = kpi("compare", *files).stdout.splitlines()
    assert "".join(lines[1:3]).replace(" ", "").startswith(f"{files[0]}→{files[1]}"[:60])


# What ends with 1


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        ([*MONTHS], 0),
        ([*MONTHS, "--fail-on", "worse"], 1),
        ([*MONTHS, "--fail-on", "changed"], 1),
        ([*MONTHS, "--fail-on", "rewritten"], 0),
        ([*MONTHS, "--fail-on", "worse", "--code", "CP 1.4"], 0),  # what is left out doesn't count
        ([*MONTHS, "--fail-on", "changed", "--code", "CP 1.4"], 1),
        ([*MONTHS, "--fail-on", "changed", "--code", "CP 1.2"], 0),
        ([*MONTHS, "--fail-on", "rewritten", "--fail-on", "worse"], 1),
    ],
)
def test_fail_on(arguments: list[str], exit_code: int) -> None:
    assert kpi("compare", SOUTHEND, *arguments).exit_code == exit_code


@pytest.mark.parametrize(
    ("history", "cells", "failing"),
    [
        (("CP 1.1", "May 2018", 91, 90), {}, set()),
        (("CP 1.1", "May 2018", 92, 90), {}, {"changed", "rewritten"}),
        (("CP 1.1", "June 2018", 91, 90), {}, {"changed", "rewritten"}),  # May is gone
        (("CP 1.1", "May 2018", 91, 90), {"value": 50}, {"changed", "worse"}),
        (("CP 1.1", "May 2018", 91, 90), {"short_name": "Visits"}, {"changed"}),
        (("CP 1.1", "May 2018", 91, 90), {"code": "CP 9"}, {"changed"}),
    ],
)
def test_fail_on_of_two_files(
    history: tuple[object, ...], cells: dict[str, object], failing: set[str], tmp_path: Path
) -> None:
    before = book(tmp_path / "1.xlsx", ("CP 1.1", "May 2018", 91, 90))
    after = book(tmp_path / "2.xlsx", history, **cells)
    for condition in ("worse", "changed", "rewritten"):
        run = kpi("compare", before, after, "--fail-on", condition)
        assert run.exit_code == (condition in failing)


def test_errors_in_the_data_are_told_and_end_with_1() -> None:
    run = kpi("compare", MISTAKES, SOUTHEND, "--quiet")
    assert run.exit_code == 1
    assert run.stderr == kpi("rate", MISTAKES, "--quiet").stderr


# Filters


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
    found = content(SOUTHEND, *MONTHS, *filters, "--all")
    codes = {each["code"] for each in (*found["changes"], *found["not_compared"])}
    assert codes == {json.loads(line)["code"] for line in rated}


def test_a_name_that_only_one_of_two_workbooks_has_is_no_wrong_usage(tmp_path: Path) -> None:
    before, after = two_files(tmp_path)
    run = kpi("compare", before, after, "--code", "B 9", "-f", "json", "-q")
    assert run.exit_code == 1  # for a code in two rows, which rate has too
    assert [each["kind"] for each in json.loads(run.stdout)["changes"]] == ["new"]


@pytest.mark.parametrize("format", FORMATS)
def test_names_that_no_workbook_has_are_wrong_usage(format: str, tmp_path: Path) -> None:
    path = tmp_path / "c"
    run = kpi("compare", SOUTHEND, *MONTHS, "--aim", "nonsense", "-f", format, "-o", path)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == (
        f"{path} is not written; correct the name, or leave it out"
    )
    assert not path.exists()


# Output


@pytest.mark.no_cover
@pytest.mark.parametrize("format", FORMATS)
def test_the_same_bytes_each_time_on_the_screen_and_in_a_file(format: str, tmp_path: Path) -> None:
    path = tmp_path / "c.out"
    run = kpi("compare", SOUTHEND, *MONTHS, "-f", format, "-o", path)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    piped = kpi_program("compare", SOUTHEND, *MONTHS, "-f", format, env={"PYTHONHASHSEED": "7"})
    mark = b"\xef\xbb\xbf" if format == "csv" else b""
    assert path.read_bytes() == mark + piped.stdout
    assert kpi("compare", SOUTHEND, *MONTHS, "-f", format, "-o", path).exit_code == 4
    again = kpi("compare", SOUTHEND, *MONTHS, "-f", format, "-o", path, "--force")
    assert again.exit_code == 0


@pytest.mark.parametrize(
    ("suffix", "format"), [("txt", "table"), ("json", "json"), ("csv", "csv"), ("md", "markdown")]
)
def test_the_ending_of_a_file_tells_the_format(suffix: str, format: str, tmp_path: Path) -> None:
    named, told = tmp_path / f"c.{suffix}", tmp_path / "told"
    assert kpi("compare", SOUTHEND, *MONTHS, "-o", named).exit_code == 0
    assert kpi("compare", SOUTHEND, *MONTHS, "-f", format, "-o", told).exit_code == 0
    assert named.read_bytes() == told.read_bytes()


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'EARLIER [LATER]'."),
        (["x.xlsx"], "one workbook is compared with another, or in two periods"),
        (["x.xlsx", "--month", "2018-12"], "give a second workbook, or --month twice"),
        (["x.xlsx", "--month", "2018-12", "--month", "Dec 2018"], "both periods are the same"),
        (["x.xlsx", "y.xlsx", "z.xlsx"], "two workbooks can be compared, and 3 are given"),
        (["x.xlsx", *["--month", "2018-12"] * 3], "two periods can be compared, and 3 are given"),
        (["x.xlsx", "y.xlsx", "--month", "yesterday"], '"yesterday" is no month or other period'),
        (["x.xlsx", "y.xlsx", "--force"], "it goes with --output FILE"),
        (["x.xlsx", "y.xlsx", "-o", "c.doc"], "kpi compare writes no .doc files"),
        (["x.xlsx", "y.xlsx", "--fail-on", "red"], "'red' is not one of"),
        (["x.xlsx", "y.xlsx", "--profile", "p", "--no-profile"], "the opposite of --profile"),
    ],
)
def test_wrong_usage_is_told_in_a_line(arguments: list[str], said: str) -> None:
    run = kpi("compare", *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert said in " ".join(run.stderr.split())


def test_a_workbook_that_cannot_be_read_or_has_no_indicator(tmp_path: Path) -> None:
    missing = tmp_path / "missing.xlsx"
    for arguments in ([missing, SOUTHEND], [SOUTHEND, missing], [missing, *MONTHS]):
        run = kpi("compare", *arguments, "-o", tmp_path / "c.txt")
        assert (run.exit_code, run.stdout) == (3, "")
        assert run.stderr == f"{missing}: there is no such file; check the path\n"
        assert not (tmp_path / "c.txt").exists()
    empty = save_workbook(tmp_path / "empty.xlsx", Sheet=[("nothing",)])
    assert kpi("compare", empty, SOUTHEND).exit_code == 3


@pytest.mark.skipif(os.name == "nt", reason="there is no such device")
def test_an_output_that_cannot_be_written() -> None:
    run = kpi("compare", SOUTHEND, *MONTHS, "-o", "/dev/null/c.txt")
    assert run.exit_code == 4
