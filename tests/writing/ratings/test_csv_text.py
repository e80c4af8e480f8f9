"""CSV: read back by any program, and with nothing in it that Excel runs."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpi_cli.insight import insights
from kpi_cli.models import Indicator, Polarity, Report, Workbook
from kpi_cli.report import rate
from kpi_cli.selection import Order
from kpi_cli.writing.ratings.csv_text import fields, write_csv
from kpi_cli.writing.ratings.record_fields import rating_fields
from kpi_cli.writing.view import View
from tests.builders import HEADINGS, indicator, row, save_workbook
from tests.running import PUBLISHED, SOUTHEND, expected, kpi

COLUMNS = [
    "workbook", "code", "short_name", "aim", "responsible_ous", "managed_by", "committee",
    "data_source", "polarity", "basis", "month", "period", "period_months", "unit", "value",
    "value_text", "value_note",
    "target", "target_low", "target_high", "target_text", "annual_target", "annual_target_low",
    "annual_target_high", "annual_target_text", "green_line", "green_line_low", "green_line_high",
    "green_line_text", "red_line", "red_line_low", "red_line_high", "red_line_text",
    "expected_outcome", "direction", "last_year", "reason", "published_outcome",
    "published_direction", "comment", "cell",
    "previous_month", "previous_period", "previous_value", "previous_value_text", "previous_target",
    "previous_target_low", "previous_target_high", "previous_target_text",
    "previous_expected_outcome", "previous_change", "previous_outcome_change", "previous_cell",
]  # fmt: skip
CHART_COLUMNS = [
    "spc_charted", "spc_points", "spc_missing", "spc_mean", "spc_lower_limit", "spc_upper_limit",
    "spc_average_moving_range", "spc_variation", "spc_variation_icon", "spc_rule", "spc_since",
    "spc_assurance", "spc_target", "spc_target_low", "spc_target_high", "spc_text", "spc_notes",
    "spc_reason",
]  # fmt: skip
FORECAST_COLUMNS = [
    "forecast_kind", "forecast_method", "forecast_value", "forecast_value_text", "forecast_low",
    "forecast_low_text", "forecast_high", "forecast_high_text", "forecast_past_errors",
    "forecast_share", "forecast_outcome", "forecast_outcome_low", "forecast_outcome_high",
    "forecast_outcome_best", "forecast_outcome_worst", "forecast_from_month",
    "forecast_from_period", "forecast_from_value", "forecast_months_left", "forecast_refused",
    "forecast_notes",
]  # fmt: skip


def as_csv(*indicators: Indicator, workbook: str = "x.xlsx", view: View = View()) -> str:  # noqa: B008
    report: Report = rate(Workbook(name=workbook, indicators=indicators))
    stream = io.StringIO(newline="")
    write_csv([report], stream, view)
    return stream.getvalue()


def read_back(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_the_real_report() -> None:
    text = kpi("rate", SOUTHEND, "--format", "csv").stdout
    assert text == expected("report.csv", text)


@pytest.mark.parametrize(
    ("view", "more"),
    [
        (View(), []),
        (View(explain=True, series=True, order=Order.CODE), []),  # rows have no room for series
        (View(spc=True), CHART_COLUMNS),
        (View(forecast=True), FORECAST_COLUMNS),
        (View(spc=True, forecast=True), CHART_COLUMNS + FORECAST_COLUMNS),
    ],
)
def test_columns_are_the_fields_of_json_with_the_ends_of_bands(view: View, more: list[str]) -> None:
    assert as_csv(view=view).splitlines() == [",".join(COLUMNS + more)]


def test_the_fields_are_those_of_json_one_by_one() -> None:
    """What is in a record of JSON is in the row, but for the profiles of a forecast."""
    (insight,) = insights(rate(Workbook(name="x.xlsx", indicators=(indicator(),))))
    view = View(spc=True, forecast=True)
    record = rating_fields(insight, view)
    inner = [f"{part}_{key}" for part in ("spc", "forecast") for key in record.pop(part)]
    record.pop("previous")
    inner.remove("forecast_profiles")
    known = [name for name in fields(view) if not name.startswith("previous_")]
    assert known == ["workbook", *record, *inner]


@pytest.mark.parametrize(
    ("code", "cells"),
    [
        ("CP 1.1", {"value": "33.49", "target": "", "target_low": "38", "target_high": "48",
                    "target_text": "38-48", "annual_target": "", "annual_target_low": "38",
                    "annual_target_high": "48", "direction": "better", "last_year": "31.2"}),
        ("CP 2.3", {"value": "48.5", "value_text": "48.50%", "target": "", "target_low": "",
                    "target_high": "", "target_text": "", "annual_target": "46.38",
                    "annual_target_low": "", "direction": "", "month": "2018-09"}),
        ("CP 3.1", {"value": "", "value_text": "TBC", "target": "74", "responsible_ous": "",
                    "expected_outcome": "no_value"}),
        ("CP 3.9", {"value": "4544", "value_text": "4,544",
                    "responsible_ous": "Department for People; Public Health"}),
        ("CP 5.4", {"value": "6.18", "annual_target": "7.2", "annual_target_text": "7.20",
                    "expected_outcome": "at_risk", "published_outcome": ""}),
    ],
)  # fmt: skip
def test_rows_of_the_real_report(code: str, cells: dict[str, str]) -> None:
    rows = read_back(kpi("rate", SOUTHEND, "--format", "csv").stdout)
    found = next(row for row in rows if row["code"] == code)
    assert {name: found[name] for name in cells} == cells


def test_several_workbooks_stand_under_one_heading() -> None:
    rows = read_back(kpi("rate", SOUTHEND, PUBLISHED, "--format", "csv").stdout)
    assert [row["workbook"] for row in rows] == [SOUTHEND.name] * 29 + [PUBLISHED.name] * 29
    assert rows[29]["published_outcome"] == "slippage"


def test_a_file_has_the_mark_by_which_excel_knows_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    run = kpi("rate", SOUTHEND, "--format", "csv", "--output", path)
    assert (run.exit_code, run.stdout) == (0, "")
    text = kpi("rate", SOUTHEND, "--format", "csv").stdout
    assert path.read_bytes() == b"\xef\xbb\xbf" + text.encode()


def test_standard_output_has_no_mark() -> None:
    assert kpi("rate", SOUTHEND, "--format", "csv").stdout_bytes.startswith(b"workbook,code,")


def test_line_breaks_quotes_and_letters_survive(tmp_path: Path) -> None:
    comment = 'He said "50%, no more".\n\nCafé; £5, 指標\nthe end'
    sheet = [(*HEADINGS, "Comment"), row(comment=comment)]
    book = save_workbook(tmp_path / "x.xlsx", Indicators=sheet)
    path = tmp_path / "r.csv"
    kpi("rate", book, "--format", "csv", "--output", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert [found["comment"] for found in rows] == [comment]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("-5", "-5"),
        ("-2.5%", "-2.5"),
        ("-£1,234.50", "-1234.5"),
        ("-1,200", "-1200"),
        ("0", "0"),
        ("12.50%", "12.5"),
    ],
)
def test_negative_numbers_stay_numbers(text: str, number: str) -> None:
    (found,) = read_back(as_csv(indicator(text, text, text)))
    assert [found[name] for name in ("value", "target", "annual_target")] == [number] * 3
    assert [found[name] for name in ("value_text", "target_text", "annual_target_text")] == [
        text
    ] * 3


def test_the_ends_of_a_band_below_zero_stay_numbers() -> None:
    own = indicator("1", "-5 to -3", polarity=Polarity.GOLDILOCKS)
    (found,) = read_back(as_csv(own))
    assert (found["target_low"], found["target_high"]) == ("-5", "-3")
    assert found["target_text"] == "'-5 to -3"


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://a.b","Click")',
        "=1+1",
        "+1+1",
        "+44 1702 215000",
        "-1+1",
        "-cmd|' /C calc'!A0",
        "@SUM(A1)",
        " =1+1",
        "\n=1+1",
        "\xa0=1+1",
        "\u3000=1+1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "\t",
    ],
)
def test_text_that_would_be_a_formula_is_kept_as_text(text: str) -> None:
    own = indicator(short_name=text, comment=text, managed_by=text, aim=text, committee=text,
                    responsible_ous=(text, "b"))  # fmt: skip
    (found,) = read_back(as_csv(own, workbook=text))
    texts = ("workbook", "short_name", "comment", "managed_by", "aim", "committee")
    assert [found[name] for name in texts] == [f"'{text}"] * len(texts)
    assert found["responsible_ous"] == f"'{text}; b"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("see;=1+1", "see;'=1+1"),
        ("see; =1+1", "see; '=1+1"),
        ("see\t=1+1", "see\t'=1+1"),
        ("see\t \t@SUM(A1);+44 1702", "see\t \t'@SUM(A1);'+44 1702"),
        ("a;-cmd|' /C calc'!A0;b", "a;'-cmd|' /C calc'!A0;b"),
        ("\t=1+1", "'\t'=1+1"),
        ("=1;=2", "'=1;'=2"),
        ("3; -5; -£2.50; -", "3; -5; -£2.50; -"),
        ("a; b = c\td - e", "a; b = c\td - e"),
    ],
)
def test_no_part_of_a_text_is_a_formula_where_semicolons_or_tabs_divide_cells(
    text: str, safe: str
) -> None:
    (found,) = read_back(as_csv(indicator(comment=text)))
    assert found["comment"] == safe


@pytest.mark.parametrize(
    "text", ["Rate of children", "", "1=2", "a\n=b", "5 - 3", "'quoted'", "-", "£5", "(12)"]
)
def test_other_text_is_left_alone(text: str) -> None:
    (found,) = read_back(as_csv(indicator(comment=text)))
    assert found["comment"] == text


STARTS = st.text("; \t\n\xa0\u2003=+-@＝＋－＠'\"0", max_size=4)
# a lone carriage return does not come out of a workbook: the reading makes it a line break
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"))


@given(STARTS, TEXTS)
@example("=", "1")
@example("-", "5")
@example("-", "5+1")
@example("; ", "=1")
@example("\t", "=1")
def test_no_text_is_a_formula_and_none_is_lost(start: str, rest: str) -> None:
    text = start + rest
    (found,) = read_back(as_csv(indicator(comment=text)))
    cell = found["comment"]
    assert not any(map(is_formula, (cell, *re.split(r"[;\t]", cell))))
    assert cell.replace("'", "") == text.replace("'", "")
    if not re.search(r"[;\t]", text):
        assert cell in (text, f"'{text}")


def is_formula(cell: str) -> bool:
    """Whether Excel would take a cell for a formula: what starts one, and isn't a number."""
    bare = cell.strip()
    starts = bare.startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    return starts and not re.fullmatch(r"-[£$€¥]?[\d,.]*%?", bare)
