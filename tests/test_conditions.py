"""Conditions as people write them: where each holds, and what is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.amounts import Unit
from kpi_cli.conditions import Condition, condition_of, parse_condition
from tests.builders import amount


def condition(text: str) -> Condition:
    found = parse_condition(text)
    assert found, text
    return found


@pytest.mark.parametrize(
    ("text", "holds", "fails"),
    [
        (">=95%", ["95", "95.1", "200"], ["94.99"]),
        ("=> 95%", ["95"], ["94.99"]),
        ("≥ 95", ["95"], ["94.99"]),
        ("at least 95%", ["95"], ["94.99"]),
        ("At Least\u00a095 %", ["95"], ["94.99"]),
        ("not less than 95", ["95"], ["94.99"]),
        ("greater than or equal to 95", ["95"], ["94.99"]),
        ("minimum of 95", ["95"], ["94.99"]),
        ("95% or more", ["95"], ["94.99"]),
        ("95 and above", ["95"], ["94.99"]),
        ("95%+", ["95"], ["94.99"]),
        (">95%", ["95.01"], ["95", "94"]),
        ("more than 3", ["3.01", "4"], ["3"]),
        ("above 3", ["4"], ["3"]),
        (">0", ["1", "0.1"], ["0", "-1"]),
        ("<90%", ["89.99", "-5"], ["90"]),
        ("below 80%", ["79"], ["80"]),
        ("Under £1,200", ["1199.99"], ["1200"]),
        ("fewer than 5", ["4"], ["5"]),
        ("<=90", ["90", "0"], ["90.01"]),
        ("≤5", ["5"], ["6"]),
        ("=<5", ["5"], ["6"]),
        ("no more than 5", ["5"], ["6"]),
        ("up to 5", ["5"], ["6"]),
        ("5 or fewer", ["5"], ["6"]),
        ("5 or below", ["5"], ["6"]),
        ("max 5", ["5"], ["6"]),
        ("0", ["0"], ["0.1", "-1"]),
        ("4", ["4"], ["3", "5"]),
        ("=4", ["4"], ["3", "5"]),
        ("90% - 94.9%", ["90", "94.9"], ["89.9", "94.91"]),
        ("90-95%", ["90", "95"], ["89", "96"]),
        ("80 to 90", ["80", "90"], ["79", "91"]),
        ("90–95", ["90", "95"], ["89", "96"]),
        ("95% - 90%", ["90", "95"], ["89", "96"]),
        ("-2 to -5", ["-2", "-5"], ["-1", "-6"]),
        ("between 90 and 95", ["90", "95"], ["89", "96"]),
        (">=90% and <95%", ["90", "94.99"], ["89", "95"]),
        (">=90% <95%", ["90", "94.99"], ["89", "95"]),
        ("<95% but >=90%", ["90", "94.99"], ["89", "95"]),
        ("90% to <95%", ["90", "94.99"], ["89", "95"]),
        (">90-95%", ["90.01", "95"], ["90", "95.1"]),
        ("<28 or >58", ["27.9", "58.1"], ["28", "40", "58"]),
        ("<28, >58", ["27.9", "58.1"], ["28", "40", "58"]),
        ("<=28 or >=58", ["28", "58"], ["28.1", "57"]),
        ("below 28 or above 58", ["27", "59"], ["28", "58"]),
        ("outside 28-58", ["27", "59"], ["28", "58"]),
    ],
)
def test_where_a_condition_holds(text: str, holds: list[str], fails: list[str]) -> None:
    found = condition(text)
    assert [number for number in holds if not found.holds(Decimal(number))] == []
    assert [number for number in fails if found.holds(Decimal(number))] == []


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "n/a", "Trend", "<", ">=", "see note", "within 5% of target", "95% or better",
        "<95 or >90", "28, 48", "95%/90%", "1 in 3", "90/95/100", "Q3 2018/19", "5% below target",
        ">" * 30, "9" * 90,
    ],
)  # fmt: skip
def test_what_is_no_condition(text: str) -> None:
    assert parse_condition(text) is None


@pytest.mark.parametrize(
    ("text", "is_bare"),
    [("0", True), ("95%", True), ("=0", False), (">0", False), ("90-95", False)],
)
def test_a_number_alone_is_bare(text: str, is_bare: bool) -> None:
    assert condition(text).is_bare is is_bare


@pytest.mark.parametrize("text", ["90-95%", ">=90 and <95%", ">=90% and <95", "<90 or >95%"])
def test_both_ends_have_the_unit_that_one_has(text: str) -> None:
    ends = [end for span in condition(text).spans for end in (span.low, span.high) if end]
    assert [end.unit for end in ends] == [Unit.PERCENT] * 2


def test_an_amount_is_the_condition_that_it_states() -> None:
    for text in ("95%", "38-48"):
        stated = amount(text)
        assert stated
        assert condition_of(stated) == condition(text)


numbers = st.decimals(-1000, 1000, places=2)


@given(numbers, numbers)
def test_a_sign_holds_where_arithmetic_says_so(end: Decimal, value: Decimal) -> None:
    signs = {">=": value >= end, "<=": value <= end, ">": value > end, "<": value < end}
    found = {sign: condition(f"{sign}{end:f}").holds(value) for sign in signs}
    assert found == signs


@given(numbers, numbers, numbers)
def test_outside_two_ends_is_where_between_them_is_not(
    first: Decimal, second: Decimal, value: Decimal
) -> None:
    between = condition(f"{first:f} to {second:f}").holds(value)
    assert condition(f"outside {first:f} to {second:f}").holds(value) is not between


@given(st.text(alphabet="<>=≤≥-–0123456789.,%£ orandtobelw/;&+()", max_size=90))
def test_any_text_is_a_condition_or_none(text: str) -> None:
    found = parse_condition(text)
    assert found is None or (1 <= len(found.spans) <= 2 and found.text == " ".join(text.split()))
