"""Amounts written as text (domain 3: Values): exact, with their unit and their look."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.amounts import (
    Band,
    Line,
    Target,
    Tolerance,
    Unit,
    Value,
    exact,
    parse_amount,
    same_amount,
)

PERCENT, NUMBER, CURRENCY = Unit.PERCENT, Unit.NUMBER, Unit.CURRENCY
LONG = "1.2345678901234567890123"  # 24 characters


@pytest.mark.parametrize(
    ("text", "number", "unit", "decimals", "shown"),
    [
        # the forms of the specification
        ("67.5%", "67.5", PERCENT, 1, "67.5%"),
        ("35,852", "35852", NUMBER, 0, "35,852"),
        ("£1,234.50", "1234.50", CURRENCY, 2, "£1,234.50"),
        ("(12)", "-12", NUMBER, 0, "-12"),
        ("1.95 %", "1.95", PERCENT, 2, "1.95%"),
        ("86.60%", "86.60", PERCENT, 2, "86.60%"),  # keeps the precision that it had
        # figures of the report
        ("33.49", "33.49", NUMBER, 2, "33.49"),
        ("79", "79", NUMBER, 0, "79"),
        ("98.4%", "98.4", PERCENT, 1, "98.4%"),
        ("0", "0", NUMBER, 0, "0"),
        ("0.00%", "0", PERCENT, 2, "0.00%"),
        ("1,234,567.89", "1234567.89", NUMBER, 2, "1,234,567.89"),
        (".5", "0.5", NUMBER, 1, "0.5"),
        # below zero: every sign that people type
        ("-5", "-5", NUMBER, 0, "-5"),
        ("−5", "-5", NUMBER, 0, "-5"),
        ("–5", "-5", NUMBER, 0, "-5"),
        ("-1.95%", "-1.95", PERCENT, 2, "-1.95%"),
        ("(1.5%)", "-1.5", PERCENT, 1, "-1.5%"),
        ("( 12 )", "-12", NUMBER, 0, "-12"),
        ("-£1,200", "-1200", CURRENCY, 0, "-£1,200"),
        ("£-1,200", "-1200", CURRENCY, 0, "-£1,200"),
        ("(£12.50)", "-12.50", CURRENCY, 2, "-£12.50"),
        ("-0", "0", NUMBER, 0, "0"),
        ("+5%", "5", PERCENT, 0, "5%"),
        # other currencies, spaces
        ("$5", "5", CURRENCY, 0, "$5"),
        ("€5.00", "5", CURRENCY, 2, "€5.00"),
        ("£ 5", "5", CURRENCY, 0, "£5"),
        ("  67.5%\n", "67.5", PERCENT, 1, "67.5%"),
        ("67.5\u00a0%", "67.5", PERCENT, 1, "67.5%"),
        ("\u00a0 67.5\u2009%\u200b", "67.5", PERCENT, 1, "67.5%"),
        # spaces that nobody types but between thousands
        ("35\u00a0852", "35852", NUMBER, 0, "35,852"),
        ("4\u202f969\u2009171", "4969171", NUMBER, 0, "4,969,171"),
        ("£1\u00a0234.50", "1234.50", CURRENCY, 2, "£1,234.50"),
        # the most digits that Excel itself keeps
        ("1000000000000000", "1000000000000000", NUMBER, 0, "1000000000000000"),
        (LONG, LONG, NUMBER, 22, LONG),
    ],
)
def test_text_that_is_a_value(
    text: str, number: str, unit: Unit, decimals: int, shown: str
) -> None:
    value = parse_amount(text)
    assert isinstance(value, Value)
    assert (value.number, value.unit, value.decimals) == (Decimal(number), unit, decimals)
    assert value.text == shown


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "shown"),
    [
        # the forms of the specification
        ("38-48", "38", "48", NUMBER, "38-48"),
        ("50.4 – 55.7", "50.4", "55.7", NUMBER, "50.4-55.7"),
        ("38 to 48", "38", "48", NUMBER, "38-48"),
        # figures of the report
        ("57 - 67", "57", "67", NUMBER, "57-67"),
        ("50.4—55.7", "50.4", "55.7", NUMBER, "50.4-55.7"),
        ("38−48", "38", "48", NUMBER, "38-48"),
        ("38 TO 48", "38", "48", NUMBER, "38-48"),
        ("38\u00a0–\u00a048", "38", "48", NUMBER, "38-48"),
        ("1,000-1,200", "1000", "1200", NUMBER, "1,000-1,200"),
        ("40-40", "40", "40", NUMBER, "40-40"),  # a band of no width
        # the unit of one end is the unit of both
        ("3-5%", "3", "5", PERCENT, "3%-5%"),
        ("3%-5", "3", "5", PERCENT, "3%-5%"),
        ("3.0% to 5.5%", "3", "5.5", PERCENT, "3.0%-5.5%"),
        ("£3-5", "3", "5", CURRENCY, "£3-£5"),
        ("£200 to £250", "200", "250", CURRENCY, "£200-£250"),
        # ends below zero, in words, where a dash would be read as a sign
        ("-5-5", "-5", "5", NUMBER, "-5 to 5"),
        ("-5 to 5", "-5", "5", NUMBER, "-5 to 5"),
        ("-5--3", "-5", "-3", NUMBER, "-5 to -3"),
        ("-5 – -3", "-5", "-3", NUMBER, "-5 to -3"),
        ("(5) to (3)", "-5", "-3", NUMBER, "-5 to -3"),
        ("-10% to -5%", "-10", "-5", PERCENT, "-10% to -5%"),
    ],
)
def test_text_that_is_a_band(text: str, low: str, high: str, unit: Unit, shown: str) -> None:
    band = parse_amount(text)
    assert isinstance(band, Band)
    assert (band.low.number, band.high.number) == (Decimal(low), Decimal(high))
    assert (band.low.unit, band.high.unit) == (unit, unit)
    assert band.text == shown


@pytest.mark.parametrize("text", ["48-38", "67 – 57", "48 to 38", "5-3%", "-3 to -5", "5 to -5"])
def test_a_band_the_wrong_way_round(text: str) -> None:
    with pytest.raises(ValueError, match="the wrong way round"):
        parse_amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "about 50",
        "1,23",
        "12,34",
        "1,2345",
        "5k",
        "£1.2m",
        "12.5.1",
        "5.",
        "<5",
        ">95%",
        "#N/A",
        "1e5",
        "1 234",
        "12\u00a034",
        "1234\u00a0567",
        "1\u00a02345",
        "1/3",
        "67.5 per cent",
        "5p",
        "½",
        "٣",  # a digit, but not one of ours
        "%",
        "£",
        "5%%",
        "£5%",
        "%5",
        "(12",
        "12)",
        "-(12)",
        "(12)%",
        "--5",
        "38 to",
        "to 48",
        "38to48",
        "38 and 48",
        "3-5-7",
        "3-about 5",
        "3-(5",
        "£3%-5",
        "3-1000000000000001",
        "12-Mar",
        "1000000000000001",  # more than Excel keeps exactly
        "99999999999999999999",
        "1.23456789012345678901234",  # more digits than any figure has
        "1\u200b234",  # a space without a width is a space
    ],
)
def test_text_that_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (67.5, "67.5"),
        (35852, "35852"),
        (0.07 * 3, "0.21"),  # 0.21000000000000002
        (0.1 + 0.2, "0.3"),  # 0.30000000000000004
        (4.35 * 100, "435"),  # 434.99999999999994
        (1 - 0.9, "0.1"),  # 0.09999999999999998
        (2.675, "2.675"),  # 2.67499999999999982236431605997495353221893310546875
        (-0.07 * 3, "-0.21"),
        (1 / 3, "0.333333333333333"),
        (2 / 3, "0.666666666666667"),
        (123456789012345, "123456789012345"),
        (0, "0"),
    ],
)
def test_a_number_without_binary_noise(cell: float, number: str) -> None:
    assert exact(cell) == Decimal(number)


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 10))
def test_a_number_of_15_digits_is_exact(digits: int, decimals: int) -> None:
    number = Decimal(digits).scaleb(-decimals)
    assert exact(float(number)) == number


def values(unit: Unit | None = None) -> st.SearchStrategy[Value]:
    """Values of up to 9 digits, with or without decimals, in any unit or in this one."""

    def value(digits: int, decimals: int, chosen: Unit, symbol: str, grouped: bool) -> Value:
        number = Decimal(digits).scaleb(-decimals)
        return Value(
            number=number,
            unit=chosen,
            decimals=decimals,
            grouped=grouped and abs(number) >= 1000,
            symbol=symbol if chosen is CURRENCY else "",
        )

    return st.builds(
        value,
        st.integers(-(10**9), 10**9),
        st.integers(0, 4),
        st.just(unit) if unit else st.sampled_from(Unit),
        st.just("£") if unit else st.sampled_from("£$€"),
        st.booleans(),
    )


@given(values())
def test_a_value_is_read_back_from_its_text(value: Value) -> None:
    assert parse_amount(value.text) == value


BETWEEN = st.sampled_from(["-", " - ", "–", " – ", "—", "−", " to ", " TO ", "  to\n"])


@given(st.sampled_from(Unit).flatmap(lambda unit: st.tuples(values(unit), values(unit))), BETWEEN)
def test_a_band_is_read_whatever_stands_between_its_ends(
    ends: tuple[Value, Value], between: str
) -> None:
    low, high = sorted(ends, key=lambda end: end.number)
    band = Band(low=low, high=high)
    assert parse_amount(f"{low.text}{between}{high.text}") == band
    assert parse_amount(band.text) == band


@given(st.text(alphabet="0123456789.,-–()%£ to", max_size=40))
def test_what_is_read_is_read_the_same_from_its_own_text(text: str) -> None:
    try:
        amount = parse_amount(text)
    except ValueError:
        return
    if amount is None:
        return
    again = parse_amount(amount.text)
    assert again
    assert (again.text.replace(",", ""), again.unit) == (amount.text.replace(",", ""), amount.unit)


def amount(text: str | None) -> Target | None:
    return parse_amount(text) if text else None


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("86.6%", "86.60%", True),
        ("5", "£5", True),  # a number may stand for pounds
        ("35,852", "35852", True),
        ("38-48", "38 to 48", True),
        (None, None, True),
        ("86.6%", "86.7%", False),
        ("7", "7%", False),
        ("7%", "£7", False),
        ("£7", "€7", False),
        ("£3-5", "€3-5", False),
        ("3-5", "3-5%", False),
        ("38-48", "38-47", False),
        ("38-48", "37-48", False),
        ("38", "38-48", False),
        ("5", None, False),
        (None, "5", False),
    ],
)
def test_whether_two_cells_state_one_amount(
    one: str | None, other: str | None, is_same: bool
) -> None:
    assert same_amount(amount(one), amount(other)) is is_same
    assert same_amount(amount(other), amount(one)) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("7", "7.0", True),
        ("7%", "7.0%", True),
        ("38-48", "38.0-48.0", True),
        ("7", "7%", False),
        ("38-48", "38-47", False),
        ("38-48", "37-48", False),
        ("38-48", "38-48%", False),
    ],
)
def test_what_amounts_are_compared_by(one: str, other: str, is_same: bool) -> None:
    first, second = amount(one), amount(other)
    assert first
    assert second
    assert (first.measure == second.measure) is is_same
    lines = [Line(amount=each, heading="Floor") for each in (first, second)]
    assert (lines[0].measure == lines[1].measure) is is_same


def test_a_line_is_another_where_something_else_holds_exactly_at_it() -> None:
    target = amount("70%")
    assert target
    lines = [Line(amount=target, heading="Red", is_good_at_it=each) for each in (None, True, False)]
    assert len({line.measure for line in lines}) == 3
    assert {line.named for line in lines} == {"70% (Red)"}


def test_a_tolerance_as_people_write_it() -> None:
    texts = [
        Tolerance(amount=Decimal(each), is_percent=is_percent).text
        for each, is_percent in (("3", True), ("2.50", False), ("1E+3", False))
    ]
    assert texts == ["3%", "2.50", "1000"]


def test_a_tolerance_is_not_below_zero() -> None:
    with pytest.raises(ValueError, match=r"^the tolerance -1 is below zero$"):
        Tolerance(amount=Decimal(-1), is_percent=True)
