"""The figures of all periods in every format: whole outputs, and what reads them."""

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
from tests.running import (
    MISTAKES,
    PUBLISHED,
    SOUTHEND,
    expected,
    kpi,
    kpi_in_terminal,
    kpi_program,
    written,
)

COLUMNS = [
    "workbook", "code", "name", "period", "month", "period_months", "value", "target",
    "target_low", "target_high", "unit", "expected_outcome", "direction", "cell",
]  # fmt: skip
HISTORY = ("Code", "Month", "Value", "Target")
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def seen(width: int, *arguments: object) -> str:
    """Return what can be read in a terminal of this width."""
    printed = _COLOUR.sub("", kpi_in_terminal("history", *arguments, width=width))
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def rows(*arguments: object) -> list[dict[str, str]]:
    text = kpi("history", *arguments, "--format", "csv").stdout
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def faults(output: Output, instance: object) -> list[str]:
    """Return what the schema of an output finds wrong with an instance of it."""
    return [
        fault.message for fault in Draft202012Validator(schema_of(output)).iter_errors(instance)
    ]


# The table


def test_the_whole_table_in_a_pipe() -> None:
    table = kpi("history", SOUTHEND).stdout
    assert table == expected("history_120.txt", table)
    piped = kpi_program("history", SOUTHEND, env={"COLUMNS": "80"})
    assert piped.stdout.decode() == table  # at least as wide in a pipe


def test_a_workbook_with_mistakes() -> None:
    table = kpi("history", MISTAKES).stdout
    assert table == expected("history_mistakes.txt", table)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_an_indicator_in_a_terminal(width: int) -> None:
    table = seen(width, SOUTHEND, "--code", "CP 1.1")
    assert table == expected(f"history_{width}.txt", table)
    assert max(map(len, table.splitlines())) <= width


@pytest.mark.parametrize(
    ("width", "headings"),
    [
        (40, "Period Value Outcome"),
        (50, "Period Value Outcome"),
        (60, "Period Value Target Outcome"),
        (66, "Period Value Target Outcome Direction"),
        (80, "Period Value Target Outcome Direction Cell"),
        (200, "Period Value Target Outcome Direction Cell"),
    ],
)
def test_columns_drop_by_importance(width: int, headings: str) -> None:
    lines = {line for line in seen(width, SOUTHEND).splitlines() if line.startswith("Period ")}
    assert [" ".join(line.split()) for line in lines] == [headings]


def test_colours_are_those_of_the_outcomes() -> None:
    printed = kpi_in_terminal("history", SOUTHEND, "--code", "CP 1.1", width=80)
    assert printed.count("\x1b[31m● At risk\x1b[0m") == 9
    assert printed.count("\x1b[32m↑ Better\x1b[0m") == 2


def test_an_encoding_without_icons_has_words() -> None:
    run = kpi_program("history", SOUTHEND, "--code", "CP 1.1", env={"PYTHONIOENCODING": "ascii"})
    lines = run.stdout.decode("ascii").splitlines()
    assert lines[-3].split() == [
        "January", "2019", "33.49", "38-48", "Some", "slippage", "Better", "Indicators!A4",
    ]  # fmt: skip


@pytest.mark.parametrize("format", ["table", "markdown", "json", "jsonl"])
def test_hostile_text_is_obeyed_by_nobody(format: str, tmp_path: Path) -> None:
    run = kpi("history", save_hostile_workbook(tmp_path), "--format", format)
    assert not OBEYED.search(run.stdout)
    assert "[link=https://a.b]" in run.stdout.replace("\\", "")
    assert HOSTILE not in run.stdout


# Markdown


def test_an_aim_as_markdown() -> None:
    text = kpi("history", SOUTHEND, "--aim", "clean", "--format", "markdown").stdout
    assert text == expected("history.md", text)


def test_history_of_no_indicator_is_named_in_markdown(tmp_path: Path) -> None:
    book = save_workbook(
        tmp_path / "x.xlsx",
        Indicators=[HEADINGS, row()],
        History=[HISTORY, ("XY|9", "May 2018", 91, 90)],
    )
    text = kpi("history", book, "--format", "markdown", "-q").stdout
    assert text.splitlines()[-7:] == [
        "## XY\\|9: not rated: no row of an indicator could be read",
        "",
        "| Period | Value | Target | Expected outcome | Than last year | Cell |",
        "| --- | ---: | ---: | --- | --- | --- |",
        "| May 2018 | 91 | 90 | - | - | History!A2 |",
        "",
        "**2 lines of 1 indicator: On course 1 · Not rated 1; XY\\|9 is no indicator's**",
    ]


# CSV


def test_the_whole_sample_as_csv() -> None:
    text = kpi("history", SOUTHEND, "--format", "csv").stdout
    assert text == expected("history.csv", text)


def test_csv_is_the_lines_of_json_laid_flat() -> None:
    lines = kpi("history", SOUTHEND, PUBLISHED, "--format", "jsonl").stdout.splitlines()
    flat = [laid_flat(json.loads(line)) for line in lines]
    assert rows(SOUTHEND, PUBLISHED) == flat
    assert list(flat[0]) == COLUMNS
    assert len(flat) == 2 * 269


def laid_flat(line: dict[str, Any]) -> dict[str, str]:
    band = line["target"] if isinstance(line["target"], dict) else {}
    ends = {f"target_{end}": band.get(end) for end in ("low", "high")}
    cells = line | ends | {"target": None if band else line["target"]}
    return {name: "" if cells[name] is None else str(cells[name]) for name in COLUMNS}


def test_every_cell_of_csv_is_of_one_kind_or_empty() -> None:
    """What pandas, R and Power BI need to know a column's type by themselves."""
    found = rows(SOUTHEND)
    for line in found:
        assert re.fullmatch(r"\d{4}-\d{2}", line["month"])
        assert line["period_months"] in ("1", "3", "6", "12")
        for name in ("value", "target", "target_low", "target_high"):
            assert re.fullmatch(r"(-?\d+(\.\d+)?)?", line[name])
    assert {line["expected_outcome"] for line in found} == {
        "at_risk", "slippage", "on_course", "no_value",
    }  # fmt: skip
    assert {line["direction"] for line in found} == {"better", "worse", "same", ""}


def test_a_large_value_has_no_separators_and_a_name_is_no_formula(tmp_path: Path) -> None:
    own = row(value=(1234567.5, "#,##0.00"), target="£1,234", short_name="+1+1")
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, own])
    (line,) = rows(book)
    assert (line["value"], line["target"], line["name"]) == ("1234567.5", "1234", "'+1+1")


# JSON


@pytest.mark.no_cover
@pytest.mark.parametrize("books", [[SOUTHEND], [MISTAKES], [SOUTHEND, PUBLISHED, MISTAKES]])
def test_json_is_as_its_schema_says(books: list[Path]) -> None:
    content = json.loads(kpi("history", *books, "--format", "json").stdout)
    assert faults(Output.HISTORY_JSON, content) == []
    assert len(content) == len(books) or "figures" in content
    lines = kpi("history", *books, "--format", "jsonl").stdout.splitlines()
    assert [faults(Output.HISTORY_JSONL, json.loads(line)) for line in lines] == [[]] * len(lines)


def test_json_has_the_lines_and_the_problems() -> None:
    content = json.loads(kpi("history", MISTAKES, "--format", "json").stdout)
    assert list(content) == ["schema_version", "workbook", "title", "figures", "problems"]
    lines = map(json.loads, kpi("history", MISTAKES, "--format", "jsonl").stdout.splitlines())
    assert [{"workbook": MISTAKES.name, **figures} for figures in content["figures"]] == list(lines)
    rated = json.loads(kpi("rate", MISTAKES, "--format", "json").stdout)
    assert content["problems"] == rated["problems"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("code", None),
        ("name", 3),
        ("period", None),
        ("month", "May 2018"),
        ("period_months", 2),
        ("value", "91"),
        ("target", {"low": 1}),
        ("unit", "pounds"),
        ("expected_outcome", "red"),
        ("direction", "-"),
        ("cell", None),
    ],
)
def test_a_wrong_field_is_found(field: str, wrong: object) -> None:
    line = json.loads(written("history", SOUTHEND, "--code", "CP 2.2", "--format", "jsonl"))
    assert faults(Output.HISTORY_JSONL, line) == []
    assert faults(Output.HISTORY_JSONL, line | {field: wrong})
    del line[field]
    assert faults(Output.HISTORY_JSONL, line) == [f"{field!r} is a required property"]
