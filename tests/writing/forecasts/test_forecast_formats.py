"""Forecasts in every format: whole outputs, and what reads them."""

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

OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
SOME = ("--code", "CP 1.1", "--code", "CP 3.2", "--code", "CP 3.9", "--code", "CP 5.*")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def seen(width: int, *arguments: object) -> str:
    """Return what can be read in a terminal of this width."""
    printed = _COLOUR.sub("", kpi_in_terminal("forecast", *arguments, width=width))
    return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def rows(*arguments: object) -> list[dict[str, str]]:
    text = kpi("forecast", *arguments, "--format", "csv").stdout
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def faults(output: Output, instance: object) -> list[str]:
    """Return what the schema of an output finds wrong with an instance of it."""
    return [
        fault.message for fault in Draft202012Validator(schema_of(output)).iter_errors(instance)
    ]


# The table


def test_the_whole_table_in_a_pipe() -> None:
    table = kpi("forecast", SOUTHEND, "--backtest").stdout
    assert table == expected("forecast_120.txt", table)
    piped = kpi_program("forecast", SOUTHEND, "--backtest", env={"COLUMNS": "80"})
    assert piped.stdout.decode() == table  # at least as wide in a pipe


@pytest.mark.parametrize("width", [40, 60, 80])
def test_some_indicators_in_a_terminal(width: int) -> None:
    table = seen(width, SOUTHEND, *SOME, "--backtest")
    assert table == expected(f"forecast_{width}.txt", table)
    assert max(map(len, table.splitlines())) <= width


@pytest.mark.parametrize("width", [40, 50, 60, 80, 100, 200])
def test_the_range_is_always_beside_the_forecast(width: int) -> None:
    table = seen(width, SOUTHEND)
    assert re.search(r"^CP 3\.9 .*5,525 +5,022 to 6,028", table, re.MULTILINE)
    assert re.search(r"^CP 4\.4 .*93\.98% +92\.78% to 95\.19%", table, re.MULTILINE)


def test_one_outcome_has_its_icon_and_several_their_colours() -> None:
    printed = kpi_in_terminal("forecast", SOUTHEND, *SOME, width=120)
    assert printed.count("\x1b[31m● At risk\x1b[0m") == 1  # CP 3.2
    several = "\x1b[33mSome slippage\x1b[0m (\x1b[32mOn course\x1b[0m to \x1b[31mAt risk\x1b[0m)"
    assert printed.count(several) == 1  # CP 3.9


def test_a_range_that_is_wider_than_the_screen_wraps_beside_its_forecast(tmp_path: Path) -> None:
    """Pounds and pence by the billion; a note below says which month's value it is."""
    months = ("April", "May", "June", "July", "August", "September", "October", "November")
    past = [
        ("CP 1.1", f"{name} 2018", (1_234_567_890.12 + 10_000 * (n % 3), "£#,##0.00"))
        for n, name in enumerate(months)
    ]
    book = save_workbook(
        tmp_path / "x.xlsx",
        Indicators=[HEADINGS, row(value="TBC", target=None, annual_target=None)],
        History=[("Code", "Month", "Value"), *past],
    )
    for width in (40, 80, 200):
        table = seen(width, book, "-q")
        assert max(map(len, table.splitlines())) <= width
        assert "No target" in table
        assert "March 2019, forecast from November 2018" in table
    assert '! January 2019 has no value ("TBC"), so that of November 2018 counts.' in table
    assert "£1,234,577,890.12  £1,234,557,890.12 to £1,234,597,890.12" in table


def test_a_row_that_cannot_be_rated_is_named(tmp_path: Path) -> None:
    bad = row(code="CP 9", polarity="Sideways")
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row(), bad])
    line = "Not rated, for errors in the workbook: 1 (CP 9)"
    assert line in kpi("forecast", book, "-q").stdout.splitlines()
    assert kpi("forecast", book, "-q", "-f", "markdown").stdout.endswith(f"\n\n{line}\n")
    alone = save_workbook(tmp_path / "y.xlsx", Indicators=[HEADINGS, bad])
    assert "no indicator could be rated" in kpi("forecast", alone, "-q").stdout.splitlines()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_encoding_without_icons_has_words(encoding: str) -> None:
    run = kpi_program("forecast", SOUTHEND, *SOME, env={"PYTHONIOENCODING": encoding})
    (line,) = [
        each for each in run.stdout.decode(encoding).splitlines() if each.startswith("CP 3.2 ")
    ]
    assert line.split() == [
        "CP", "3.2", "67.5%", "67.5%", "57.9%", "to", "77.1%", "88.7%", "At", "risk",
    ]  # fmt: skip


def test_names_that_are_the_keys_stand_once(tmp_path: Path) -> None:
    heads = [name for name in HEADINGS if name != "MPR Code"]
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[heads, row()[1:]])
    assert kpi("forecast", book, "-q").stdout.count("Visits made") == 1


@pytest.mark.parametrize("format", ["table", "markdown", "json", "jsonl"])
def test_hostile_text_is_obeyed_by_nobody(format: str, tmp_path: Path) -> None:
    run = kpi("forecast", save_hostile_workbook(tmp_path), "--format", format, "--backtest")
    assert not OBEYED.search(run.stdout)
    assert "[link=https://a.b]" in run.stdout.replace("\\", "")
    assert HOSTILE not in run.stdout


def test_a_workbook_without_a_past_has_no_backtest(tmp_path: Path) -> None:
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()])
    last = "There is no year yet that one could have been forecast of."
    table = kpi("forecast", book, "--backtest", "-q").stdout
    assert table.splitlines()[-4:] == [
        "1 indicator: 1 refused",
        "",
        "Forecasts of each year's last known period, made with what was known then: median errors",
        last,
    ]
    assert kpi("forecast", book, "--backtest", "-q", "-f", "markdown").stdout.endswith(
        f"**1 indicator: 1 refused**\n\n{last}\n"
    )


# Markdown


def test_some_indicators_as_markdown() -> None:
    text = kpi("forecast", SOUTHEND, *SOME, "--backtest", "--format", "markdown").stdout
    assert text == expected("forecast.md", text)


# CSV


def test_the_whole_sample_as_csv() -> None:
    text = kpi("forecast", SOUTHEND, "--backtest", "--format", "csv").stdout
    assert text == expected("forecast.csv", text)


@pytest.mark.no_cover
@pytest.mark.parametrize("options", [[], ["--backtest"]])
def test_csv_is_the_lines_of_json_laid_flat(options: list[str]) -> None:
    lines = kpi("forecast", SOUTHEND, PUBLISHED, *options, "--format", "jsonl").stdout.splitlines()
    found = rows(SOUTHEND, PUBLISHED, *options)
    assert found == [laid_flat(json.loads(line)) for line in lines]
    assert len(found) == 2 * 29
    assert any(name.startswith("backtest") for name in found[0]) == bool(options)


def laid_flat(line: dict[str, Any]) -> dict[str, str]:
    forecast, backtest, target = line["forecast"], line["backtest"], line["annual_target"]
    band = target if isinstance(target, dict) else {}
    cells: dict[str, Any] = {}
    for name, cell in line.items():
        if name not in ("forecast", "backtest"):
            cells[name] = None if isinstance(cell, dict) else cell
        if name == "annual_target":
            cells |= {f"{name}_{end}": band.get(end) for end in ("low", "high")}
    for name, cell in (forecast | {"notes": "; ".join(forecast["notes"])}).items():
        inner = {f"forecast_on_{key}": number for key, number in forecast["profiles"].items()}
        cells |= inner if name == "profiles" else {f"forecast_{name}": cell}
    for name, cell in (backtest or {}).items():
        reasons = "; ".join(f"{why}: {count}" for why, count in backtest["refused"].items())
        cells[f"backtest_{name}"] = reasons if name == "refused" else cell
    return {name: "" if cell is None else str(cell) for name, cell in cells.items()}


# JSON


@pytest.mark.no_cover
@pytest.mark.parametrize("options", [[], ["--backtest"]])
@pytest.mark.parametrize("books", [[SOUTHEND], [MISTAKES], [SOUTHEND, PUBLISHED, MISTAKES]])
def test_json_is_as_its_schema_says(books: list[Path], options: list[str]) -> None:
    content = json.loads(kpi("forecast", *books, *options, "--format", "json").stdout)
    assert faults(Output.FORECAST_JSON, content) == []
    assert len(content) == len(books) or "forecasts" in content
    lines = kpi("forecast", *books, *options, "--format", "jsonl").stdout.splitlines()
    found = [faults(Output.FORECAST_JSONL, json.loads(line)) for line in lines]
    assert found == [[]] * len(lines)


def test_json_has_the_lines_the_backtest_and_the_problems() -> None:
    content = json.loads(kpi("forecast", MISTAKES, "--backtest", "--format", "json").stdout)
    assert list(content) == [
        "schema_version", "workbook", "title", "report_month", "forecasts", "backtest", "problems",
    ]  # fmt: skip
    text = kpi("forecast", MISTAKES, "--backtest", "--format", "jsonl").stdout
    lines = [json.loads(line) for line in text.splitlines()]
    assert [{"workbook": MISTAKES.name, **each} for each in content["forecasts"]] == lines
    rated = json.loads(kpi("rate", MISTAKES, "--format", "json").stdout)
    assert content["problems"] == rated["problems"]


def test_a_forecast_in_json() -> None:
    content = json.loads(kpi("forecast", SOUTHEND, "--code", "CP 3.9", "-f", "json").stdout)
    ((found,), backtest) = content["forecasts"], content["backtest"]
    assert (found["backtest"], backtest) == (None, None)
    assert found["forecast"] == {
        "kind": "accumulates",
        "method": "on last year's profile and the target's profile, with the pace of the last three"
        " months",
        "value": 5525,
        "value_text": "5,525",
        "low": 5022,
        "low_text": "5,022",
        "high": 6028,
        "high_text": "6,028",
        "past_errors": 29,
        "share": 0.8,
        "outcome": "slippage",
        "outcome_low": "at_risk",
        "outcome_high": "on_course",
        "outcome_best": "on_course",
        "outcome_worst": "at_risk",
        "from_month": "2019-01",
        "from_period": "January 2019",
        "from_value": 4544,
        "months_left": 2,
        "profiles": {"last_year": 5505.3259, "target": 5543.8264},
        "refused": None,
        "notes": [],
    }


def test_a_backtest_in_json() -> None:
    content = json.loads(kpi("forecast", SOUTHEND, "--backtest", "-f", "json").stdout)
    assert content["backtest"] == {
        "accumulates": {
            "made": 66,
            "forecast": 1.9158,
            "no_change": 3.8384,
            "straight_line": 4.8542,
            "in_range": 55,
            "refused": {"too few past errors": 5},
        },
        "running_total": {
            "made": 6,
            "forecast": 10.0999,
            "no_change": 7.8332,
            "straight_line": 10.2668,
            "in_range": 3,
            "refused": {"too few past errors": 6, "it falls": 4},
        },
        "level": {
            "made": 64,
            "forecast": 5.5659,
            "no_change": 5.5659,
            "straight_line": 11.1342,
            "in_range": 49,
            "refused": {"too few past errors": 30},
        },
    }


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("code", None),
        ("short_name", 3),
        ("month", "May 2018"),
        ("period_months", 2),
        ("value", "91"),
        ("annual_target", {"low": 1}),
        ("expected_outcome", "red"),
        ("forecast", None),
        ("forecast", {"refused": "because"}),
        ("backtest", {"made": 1}),
    ],
)
def test_a_wrong_field_is_found(field: str, wrong: object) -> None:
    line = json.loads(written("forecast", SOUTHEND, "--code", "CP 2.2", "--format", "jsonl"))
    assert faults(Output.FORECAST_JSONL, line) == []
    assert faults(Output.FORECAST_JSONL, line | {field: wrong})
    del line[field]
    assert faults(Output.FORECAST_JSONL, line) == [f"{field!r} is a required property"]
