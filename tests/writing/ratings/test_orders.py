"""`kpi rate --sort`: the worst first, by outcome or by what the control chart says; or by code."""

import json
import re

import pytest

from kpi_cli import read_workbook
from kpi_cli.models import Report, Workbook
from kpi_cli.report import rate
from kpi_cli.selection import Order, in_order
from tests.builders import indicator
from tests.running import SOUTHEND, expected, kpi

WORKBOOK = [rating.indicator.code for rating in rate(read_workbook(SOUTHEND)).ratings]
REDS = ["CP 1.2", "CP 3.2", "CP 3.10", "CP 4.8", "CP 5.4", "CP 5.5"]
AMBERS = ["CP 1.1", "CP 1.4", "CP 3.9", "CP 3.11", "CP 4.3", "CP 4.4"]
CHARTED = ["CP 3.2", "CP 4.8", "CP 1.2", "CP 1.1", "CP 1.4", "CP 3.9", "CP 5.4"]
NO_VALUE = ["CP 3.1"]
ORDERS = {
    "workbook": WORKBOOK,
    "code": WORKBOOK,  # it stands in the order of its codes
    "outcome": [
        *REDS, *AMBERS, *(c for c in WORKBOOK if c not in {*REDS, *AMBERS, *NO_VALUE}), *NO_VALUE,
    ],
    "variation": [*CHARTED, *(code for code in WORKBOOK if code not in CHARTED)],
}  # fmt: skip
GROUPS = {
    "workbook": ["SAFE", "CLEAN", "HEALTHY", "PROSPEROUS", "EXCELLENT"],
    "code": ["By code"],
    "outcome": ["At risk", "Some slippage", "On course", "No value"],
    "variation": ["Concern", "Unusually high", "Common cause", "No control chart"],
}


def run(order: str, *options: str) -> str:
    found = kpi("rate", SOUTHEND, "--sort", order, *options)
    assert (found.exit_code, found.stderr) == (0, "")
    return found.stdout


@pytest.mark.parametrize("order", ORDERS)
def test_the_table(order: str) -> None:
    text = run(order)
    assert re.findall(r"(?m)^(CP \d\.\d+) ", text) == ORDERS[order]
    counts = r"(?:At risk|Some slippage|On course|No value|\d+ indicators?)"
    assert re.findall(rf"(?m)^([A-Z][A-Za-z ]+): {counts}", text) == GROUPS[order]


@pytest.mark.parametrize("order", ORDERS)
def test_markdown(order: str) -> None:
    text = run(order, "--format", "markdown")
    assert re.findall(r"(?m)^\| (CP \d\.\d+) ", text) == ORDERS[order]
    assert re.findall(r"(?m)^## (.+)$", text) == GROUPS[order]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
def test_what_programs_read(order: str, format: str) -> None:
    text = run(order, "--format", format)
    if format == "json":
        codes = [rating["code"] for rating in json.loads(text)["ratings"]]
    elif format == "jsonl":
        codes = [json.loads(line)["code"] for line in text.splitlines()]
    else:
        codes = re.findall(r"(?m)^southend_january_2019.xlsx,(CP \d\.\d+),", text)
    assert codes == ORDERS[order]


def test_a_group_of_one_outcome_has_its_number() -> None:
    text = run("outcome", "--aim", "safe")
    assert re.findall(r"(?m)^(.+: \d indicators?)$", text) == [
        "At risk: 1 indicator", "Some slippage: 2 indicators", "On course: 1 indicator",
    ]  # fmt: skip


def test_by_variation_the_verdicts_are_shown() -> None:
    text = run("variation", "--code", "CP 4.8")
    assert "Variation" in text
    assert "Concern: At risk 1" in text
    assert "Target met" in text


def test_the_whole_page_by_outcome_in_markdown() -> None:
    text = run("outcome", "--format", "markdown", "--committee", "policy*")
    assert text == expected("by_outcome.md", text)


def test_codes_are_in_natural_order() -> None:
    codes = ("CP 10", "CP 3.10", "b 1", "CP 3.2", "A 1", "CP 3.2a")
    report = rate(Workbook(name="x", indicators=tuple(indicator(code=code) for code in codes)))
    ordered = [each.indicator.code for each in in_order(report, Order.CODE).ratings]
    assert ordered == ["A 1", "b 1", "CP 3.2", "CP 3.2a", "CP 3.10", "CP 10"]


@pytest.mark.parametrize("order", Order)
def test_an_order_loses_nothing_and_keeps_the_rest(order: Order) -> None:
    report: Report = rate(read_workbook(SOUTHEND))
    ordered = in_order(report, order)
    assert sorted(map(id, ordered.ratings)) == sorted(map(id, report.ratings))
    assert (ordered.problems, ordered.period, ordered.left_out) == (
        report.problems, report.period, report.left_out,
    )  # fmt: skip
    assert in_order(in_order(ordered, Order.WORKBOOK), order) == ordered


def test_a_wrong_order_is_told_with_the_right_ones() -> None:
    found = kpi("rate", SOUTHEND, "--sort", "colour")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.splitlines()[-1].endswith(
        "'colour' is not one of 'workbook', 'outcome', 'variation', 'code'."
    )
