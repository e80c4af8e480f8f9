"""Figures with a unit, a scale and marks, and what is no figure (domain 12: values)."""

import re
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.amounts import Band, Unit, Value, parse_amount
from kpi_cli.reading.written_values import parse_written_value

PERCENT, NUMBER, CURRENCY = Unit.PERCENT, Unit.NUMBER, Unit.CURRENCY


@pytest.mark.parametrize(
    ("text", "number", "unit", "note"),
    [
        # units
        ("512 kg", "512", NUMBER, "kg"),
        ("512kg", "512", NUMBER, "kg"),
        ("2.5 days", "2.5", NUMBER, "days"),
        ("2.5 working days", "2.5", NUMBER, "working days"),
        ("15 mins", "15", NUMBER, "mins"),
        ("8 children", "8", NUMBER, "children"),
        ("20 pennies per person", "20", NUMBER, "pennies per person"),
        ("3 hrs.", "3", NUMBER, "hrs."),
        ("5 FTE", "5", NUMBER, "FTE"),
        ("12 (cases)", "12", NUMBER, "cases"),
        ("120 (m2)", "120", NUMBER, "m2"),
        ("6.1 missed visits per 100,000 resident people", "6.1", NUMBER,
         "missed visits per 100,000 resident people"),
        ("4,120 tCO2e", "4120", NUMBER, "tCO2e"),
        ("2.5 m²", "2.5", NUMBER, "m²"),
        ("512 kg/household", "512", NUMBER, "kg/household"),
        ("6.1 per 100,000 population", "6.1", NUMBER, "per 100,000 population"),
        ("6.1 per 1,000 population", "6.1", NUMBER, "per 1,000 population"),
        ("6.1 per 10,000 people", "6.1", NUMBER, "per 10,000 people"),
        ("6.1 per 1000 people", "6.1", NUMBER, "per 1000 people"),
        ("6.1 per million people", "6.1", NUMBER, "per million people"),
        ("6.1 per thousand people", "6.1", NUMBER, "per thousand people"),
        ("£12.50 per head", "12.50", CURRENCY, "per head"),
        ("0 complaints", "0", NUMBER, "complaints"),
        ("Zero", "0", NUMBER, ""),
        ("-3 properties", "-3", NUMBER, "properties"),
        ("35\u00a0852 people", "35852", NUMBER, "people"),
        ("3.2 percentage points", "3.2", NUMBER, "percentage points"),
        ("3.2% points", "3.2", PERCENT, "points"),
        ("67.5 per cent", "67.5", PERCENT, ""),
        ("67.5 percent", "67.5", PERCENT, ""),
        ("67.5 pct", "67.5", PERCENT, ""),
        ("67.5pc", "67.5", PERCENT, ""),
        # short for more
        ("£1.2m", "1200000", CURRENCY, ""),
        ("1.2m", "1200000", NUMBER, ""),
        ("1.2M", "1200000", NUMBER, ""),
        ("£5 m", "5000000", CURRENCY, ""),
        ("1.2 million", "1200000", NUMBER, ""),
        ("£3k", "3000", CURRENCY, ""),
        ("£4.5bn", "4500000000", CURRENCY, ""),
        ("-£1.25m", "-1250000", CURRENCY, ""),
        ("1.2345678m", "1234567.8", NUMBER, ""),
        ("£1.2m per project", "1200000", CURRENCY, "per project"),
        # marks
        ("12,345*", "12345", NUMBER, "*"),
        ("78% (prov)", "78", PERCENT, "prov"),
        ("78% (provisional)", "78", PERCENT, "provisional"),
        ("78% provisional", "78", PERCENT, "provisional"),
        ("78.2% (p)", "78.2", PERCENT, "p"),
        ("78.2%p", "78.2", PERCENT, "p"),
        ("78.2 [r]", "78.2", NUMBER, "[r]"),
        ("94.3% [1]", "94.3", PERCENT, "[1]"),
        ("94.3% [note 1]", "94.3", PERCENT, "[note 1]"),
        ("12.1%¹", "12.1", PERCENT, "¹"),
        ("85⁶", "85", NUMBER, "⁶"),
        ("85 ¹²", "85", NUMBER, "¹²"),
        ("85%¹, ³⁰", "85", PERCENT, "¹, ³⁰"),
        ("£1.2m¹", "1200000", CURRENCY, "¹"),
        ("512 kg⁴", "512", NUMBER, "kg, ⁴"),
        ("512 m²", "512", NUMBER, "m²"),
        ("78% (subject to validation)", "78", PERCENT, "subject to validation"),
        ("~78%", "78", PERCENT, "~"),
        ("c. 78%", "78", PERCENT, "c."),
        ("approx. 78%", "78", PERCENT, "approx."),
        ("approximately 78%", "78", PERCENT, "approximately"),
        ("circa 78%", "78", PERCENT, "circa"),
        ("ca. 78%", "78", PERCENT, "ca."),
        ("est. 78%", "78", PERCENT, "est."),
        ("prov 78%", "78", PERCENT, "prov"),
        ("78% [low]", "78", PERCENT, "[low]"),
        ("78% (***)", "78", PERCENT, "***"),
        ("512 kg (est.)*", "512", NUMBER, "kg, est., *"),
        ("78% (prov) (rev) [1]", "78", PERCENT, "prov, rev, [1]"),
        ("(3.2)*", "-3.2", NUMBER, "*"),
    ],
)  # fmt: skip
def test_a_figure_with_more_to_it(text: str, number: str, unit: Unit, note: str) -> None:
    value = parse_written_value(text)
    assert isinstance(value, Value)
    assert (value.number, value.unit, value.note) == (Decimal(number), unit, note)
    assert value.text == text.replace("\u00a0", ",")


@pytest.mark.parametrize("text", ["78.2 %", "−3.2", "(3.2)", "+3", "1,234.5", "£1,234", "0"])
def test_a_bare_figure_is_what_it_always_was(text: str) -> None:
    value = parse_written_value(text)
    assert isinstance(value, Value)
    assert (value, value.written, value.note) == (parse_amount(text), "", "")


def test_what_is_short_for_more_is_shown_in_full_in_figures() -> None:
    value = parse_written_value("£1.2m")
    assert isinstance(value, Value)
    assert value.shown(value.number) == "£1,200,000"


@pytest.mark.parametrize(
    ("word", "places"),
    [("k", 3), ("thousand", 3), ("m", 6), ("mn", 6), ("mil", 6), ("million", 6), ("bn", 9),
     ("Billion", 9)],
)  # fmt: skip
def test_words_that_are_short_for_more(word: str, places: int) -> None:
    for text in (f"£2{word}", f"£2 {word}", f"2{word}", f"£2 {word} per year"):
        value = parse_written_value(text)
        assert isinstance(value, Value)
        assert value.number == 2 * 10**places


def test_per_cent_is_the_unit_of_both_ends_of_a_band() -> None:
    for text in ("90-95 per cent", "90 to 95 per cent", "90 To 95 percent"):
        assert parse_written_value(text) == parse_amount("90%-95%")
    assert parse_written_value("-5 to -3 per cent") == parse_amount("-5% to -3%")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("10-15 days", 10, 15),
        ("10 to 15 days", 10, 15),
        ("3 to 5 per 1,000", 3, 5),
        ("£1m to £2m", None, None),
        ("1-2 million", 10**6, 2 * 10**6),
    ],
)
def test_a_band_with_a_unit(text: str, low: int | None, high: int | None) -> None:
    band = parse_written_value(text)
    if low is None:
        assert band is None
        return
    assert isinstance(band, Band)
    assert [band.low.number, band.high.number] == [low, high]


NO_FIGURES = (
    "|<5|>95%|1 234|7 days 3 hours|5/7|3 out of 5|1 in 3|Yes|12 (YTD 34)|78,2|A*|5 m|5p|5g|5m2"
    "|about 50|nearly 50|0 to be confirmed|78% (target 80)|78% (England)|78% (forecast)"
    "|5 whatever|12-Mar|1e5|5th|2nd quartile|12A|5%m|3:30|5 per|per head|kg|kg 5|5 days late"
    "|78% (1)|78% G|78% ↑|5 kg 3|12x|0x10|1,23 kg|12.5.1 kg|9999999999bn|12 or 13|12 not|TBC 5"
    "|5 under|78.2%pp|78% (min)|Nil|½ day|٣ days|5 days per|*|~|c.|(p)|[1]|5 [c] 6"
    "|78% (prov) (rev) (est) [1]|6.1 new missed visits per 100,000 resident people"
)


@pytest.mark.parametrize("text", NO_FIGURES.split("|"))
def test_what_is_no_figure(text: str) -> None:
    assert parse_written_value(text) is None


NUMBERS = st.builds(
    lambda digits, decimals: f"{Decimal(digits).scaleb(-decimals):,.{decimals}f}",
    st.integers(-(10**9), 10**9),
    st.integers(0, 4),
)
UNITS = st.sampled_from(
    ["kg", "days", "working days", "hrs", "per head", "cases", "FTE", "people", "tonnes",
     "kg per household", "per 1,000 population", "miles", "visits", "complaints"]
)  # fmt: skip
MARKS = st.sampled_from(["*", "**", " (p)", " (prov)", " [1]", " [r]", " provisional", "†"])


@given(NUMBERS, UNITS, st.sampled_from(["", "*", " (prov)"]))
def test_a_unit_changes_nothing_of_a_number(number: str, unit: str, mark: str) -> None:
    value, bare = parse_written_value(f"{number} {unit}{mark}"), parse_amount(number)
    assert isinstance(value, Value)
    assert value == bare


@given(NUMBERS, MARKS, st.booleans())
def test_a_mark_changes_nothing_of_a_number(number: str, mark: str, is_percent: bool) -> None:
    figure = f"{number}%" if is_percent else number
    assert parse_written_value(f"{figure}{mark}") == parse_amount(figure)


@given(NUMBERS, UNITS)
def test_case_and_blanks_change_nothing(number: str, unit: str) -> None:
    text = f"{number} {unit}"
    assert parse_written_value(f"  {text.upper()}\n") == parse_written_value(text)
    assert parse_written_value(text.replace(" ", "\u00a0 ")) == parse_written_value(text)


MIXED = st.from_regex(
    r"[A-Za-z]{1,4}[0-9]{1,4}[A-Za-z]{0,4}|[0-9]{1,3}[A-Za-z][0-9]{1,3}", fullmatch=True
)


@given(MIXED)
def test_letters_before_or_among_digits_are_no_figure(text: str) -> None:
    assert parse_written_value(text) is None


@given(st.text(alphabet="0123456789.,%£() -*[]abcdekmnoprtxyz~<>", max_size=30))
def test_what_is_read_has_the_digits_of_its_text(text: str) -> None:
    try:
        value = parse_written_value(text)
    except ValueError:
        return
    if isinstance(value, Value) and not re.search(r"\d ?[kmbt]|\[|per|co2|m[23]", text, re.I):
        digits = "".join(re.findall(r"[\d.]", text)).rstrip(".")
        assert abs(value.number) == Decimal(digits or 0)  # "zero"


@given(st.text(max_size=150))
def test_no_text_raises_but_a_band_the_wrong_way_round(text: str) -> None:
    with suppress(ValueError):
        parse_written_value(text)
