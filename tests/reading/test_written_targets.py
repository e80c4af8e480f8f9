"""Targets with a side, a date or words around a band, and what no value can be held against."""

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.amounts import Band, Value, parse_amount
from kpi_cli.models import Polarity
from kpi_cli.reading.written_targets import (
    is_strict,
    parse_written_target,
    polarity_of_target,
    why_unrateable,
)

MORE, LESS, INSIDE = Polarity.MAXIMISE, Polarity.MINIMISE, Polarity.GOLDILOCKS

SIDES = {
    (MORE, False): "≥95|>=95|=>95|> or = 95|≥ 95|95+|at least 95|At Least 95|minimum 95|min. 95"
    "|a minimum of 95|95 minimum|95 (minimum)|no less than 95|not less than 95"
    "|no fewer than 95"
    "|no lower than 95|not below 95|95 or more|95 or above|95 or higher|95 and above|95 plus"
    "|greater than or equal to 95|equal to or above 95|at or above 95|increase to 95|Target: ≥95"
    "|achieve at least 95|at least 95 by March 2019|≥95 by 2019/20",
    (MORE, True): ">95|> 95|over 95|above 95|more than 95|greater than 95|exceeding 95"
    "|in excess of 95|maintain above 95",
    (LESS, False): "≤95|<=95|=<95|up to 95|at most 95|max 95|maximum 95|a maximum of 95|95 max"
    "|95 or fewer|95 or less|95 or under|95 and below|no more than 95|not more than 95"
    "|no higher than 95|not exceeding 95|not to exceed 95|less than or equal to 95|at or below 95"
    "|equal to or less than 95"
    "|reduce to 95|within 95 days|no later than 95 days",
    (LESS, True): "<95|< 95|under 95|below 95|less than 95|fewer than 95|lower than 95",
    (None, False): "95|95 days|95 by March 2019|95 (by March 2019)|95 by 31 March 2019"
    "|95 by end of March 2019|95 by 2019/20|95 in Q4 2018/19|95 at year end"
    "|95 by the end of the year|Target 95|Target: 95|Maintain at 95|maintain 95|achieve 95"
    "|improve to 95"
    "|95 or better|95 (est.)|95 per annum",
}  # fmt: skip
BANDS = (
    "90-95|90 - 95|90–95|90 to 95|90% - 95%|90-95%|between 90 and 95|Between 90% and 95%"
    "|between 90 to 95|from 90 to 95|within 90-95|range 90-95|in the range 90 to 95|90-95 range"
    "|90-95 days|90-95 by March 2019"
)
WHY_NOT = {
    "a change, not a figure": "Reduce by 5%|5% increase|+2%|+5|Improve on last year|Improve"
    "|Increase|Better than 2017/18|Maintain|Reduce|Decrease|Reduction of 10%|10% reduction"
    "|As last year|Same as last year|More than last year|Year on year improvement"
    "|Increase by 3 percentage points|Maintain performance|Minimise|Upward trend|Match 2017/18",
    "a place among others, not a figure": "Top quartile|Upper quartile|2nd quartile|Top 25%"
    "|Median|2nd"
    "|National average|England average|Better than the national average|Above average"
    "|Best in London|In line with comparators|Improve to top quartile",
    "more than one figure": "95%/90%|90% (stretch 95%)|5 by 5|≥90-95%|Q1 20, Q2 40|95% of 10",
    None: "see note|>|≥|within 5%|≥95% or less|at least|by 2019|March 2019|2018/19|A|about 50|over"
    "|TBC 5|5 in time|",
}  # fmt: skip


@pytest.mark.parametrize(
    ("polarity", "strict", "text"),
    [(side, strict, text) for (side, strict), texts in SIDES.items() for text in texts.split("|")],
)
def test_a_figure_and_its_side(polarity: Polarity | None, strict: bool, text: str) -> None:
    target = parse_written_target(text)
    assert isinstance(target, Value)
    assert target.number == 95
    assert (polarity_of_target(text), is_strict(text)) == (polarity, strict)
    percent = parse_written_target(text.replace("95", "95.5%"))
    if "days" not in text and "annum" not in text:
        assert isinstance(percent, Value)
        assert percent.measure == parse_amount("95.5%").measure  # type: ignore[union-attr]
        assert polarity_of_target(text.replace("95", "95.5%")) is polarity


@pytest.mark.parametrize("text", BANDS.split("|"))
def test_a_band(text: str) -> None:
    target = parse_written_target(text)
    assert isinstance(target, Band)
    assert (target.low.number, target.high.number) == (Decimal(90), Decimal(95))
    assert (polarity_of_target(text), is_strict(text)) == (INSIDE, False)


@pytest.mark.parametrize(
    ("why", "text"), [(why, text) for why, texts in WHY_NOT.items() for text in texts.split("|")]
)
def test_what_no_value_can_be_held_against(why: str | None, text: str) -> None:
    assert parse_written_target(text) is None
    assert (polarity_of_target(text), is_strict(text)) == (None, False)
    assert why_unrateable(text) == why


def test_a_target_is_shown_as_it_is_written() -> None:
    texts = ("≥95%", "5 or fewer", "£1.2m", "95% by March 2019", "95 %", "−5")
    shown = [target.text for text in texts if (target := parse_written_target(text))]
    assert shown == ["≥95%", "5 or fewer", "£1.2m", "95% by March 2019", "95%", "-5"]
    target = parse_written_target("at least £1.2m")
    assert isinstance(target, Value)
    assert target.shown(Decimal(1)) == "£1"


def test_min_is_a_side_of_a_percentage_and_minutes_of_a_number() -> None:
    texts = ("95% min", "95% (min)", "5 min", "5 mins", "min 5")
    assert [polarity_of_target(text) for text in texts] == [MORE, MORE, None, None, MORE]


def test_a_band_that_is_the_wrong_way_round() -> None:
    for text in ("48–38", "between 95 and 90", "15-10 days"):
        with pytest.raises(ValueError, match="wrong way round"):
            parse_written_target(text)
        assert (polarity_of_target(text), is_strict(text)) == (INSIDE, False)


SIGNS = st.sampled_from(["≥{}", "at least {}", "{}+", "{} or fewer", "≤ {}", "{}", "under {}"])
NUMBERS = st.decimals(0, 10**6, places=2).map(lambda number: f"{number:f}%")


@given(SIGNS, NUMBERS)
def test_a_sign_changes_nothing_of_a_number(sign: str, number: str) -> None:
    assert parse_written_target(sign.format(number)) == parse_amount(number)


@given(SIGNS, NUMBERS)
def test_case_and_blanks_change_nothing(sign: str, number: str) -> None:
    text = sign.format(number)
    other = f"\u00a0{text.upper().replace(' ', '  ')}\n"
    assert parse_written_target(other) == parse_written_target(text)
    assert polarity_of_target(other) is polarity_of_target(text)


@given(st.text(max_size=150) | st.text(alphabet="≥≤<>0123456789%-+ /tomaxinbyless", max_size=40))
def test_no_text_raises_but_a_band_the_wrong_way_round(text: str) -> None:
    polarity_of_target(text)
    is_strict(text)
    why_unrateable(text)
    with suppress(ValueError):
        parse_written_target(text)
