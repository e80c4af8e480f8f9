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
    "|achieve at least 95|at least 95 by March 2019|≥95 by 2019/20|rise to 95|to grow to 95"
    "|raised to 95|not fall below 95|not to fall below 95|95 or over|95 and upwards",
    (MORE, True): ">95|> 95|over 95|above 95|more than 95|greater than 95|exceeding 95"
    "|in excess of 95|maintain above 95|exceeds 95|exceed 95",
    (LESS, False): "≤95|<=95|=<95|up to 95|at most 95|max 95|maximum 95|a maximum of 95|95 max"
    "|95 or fewer|95 or less|95 or under|95 and below|no more than 95|not more than 95"
    "|no higher than 95|not exceeding 95|not to exceed 95|less than or equal to 95|at or below 95"
    "|equal to or less than 95"
    "|reduce to 95|within 95 days|no later than 95 days|max. 95|95 maximum|95 max.|decrease to 95"
    "|fall to 95|to lower to 95|cut to 95",
    (LESS, True): "<95|< 95|under 95|below 95|less than 95|fewer than 95|lower than 95",
    (None, False): "95|95 days|95 by March 2019|95 (by March 2019)|95 by 31 March 2019"
    "|95 by end of March 2019|95 by 2019/20|95 in Q4 2018/19|95 at year end"
    "|95 by the end of the year|Target 95|Target: 95|Maintain at 95|maintain 95|achieve 95"
    "|improve to 95"
    "|95 or better|95 (est.)|95 per annum|Target of 95|remain at 95|keep at 95|stay at 95"
    "|hold at 95|sustain 95|sustained at 95|reach 95|meet 95|no worse than 95|95 for 2018/19"
    "|95 from April 2018|95 until March 2019|95 before April 2019|95 during 2018/19"
    "|95 at March 2019|95 by year end 2018/19",
}  # fmt: skip
BANDS = (
    "90-95|90 - 95|90–95|90 to 95|90% - 95%|90-95%|between 90 and 95|Between 90% and 95%"
    "|between 90 to 95|from 90 to 95|within 90-95|range 90-95|in the range 90 to 95|90-95 range"
    "|90-95 days|90 to 95 days|90-95 by March 2019|within the range 90-95"
    "|a range of 90-95|range: 90-95|within a range of 90-95 days"
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
    "more than one figure": "95%/90%|90% (stretch 95%)|5 by 5|≥90-95%|Q1 20, Q2 40|95% of 10"
    "|within 3-5 days|within 3 to 5 days",
    None: "see note|>|≥|within 5%|≥95% or less|at least|by 2019|March 2019|2018/19|A|about 50|over"
    "|TBC 5|5 in time|at most 95% or more|at least 5 max|",
}  # fmt: skip
CHANGES = (
    "reduced|increased|improving|decreased|raised|lowered|cut|growing|dropped|halved|doubled"
    "|maintained|sustained|held or on hold|remaining|continued|changed|minimised|maximized"
    "|matched|a trend|upward|downwards|a rise|rising|a fall|falling|the same|better|worse"
    "|as previous|as last year|as prior year|year on year|year-on-year|on last|more than 2017"
    "|less than in 2017"
)
PLACES = (
    "quartile|quintiles|a decile|percentile|averages|median|mean|top|bottom|upper|best|21st|3rd"
    "|4th|worst|rank 4|ranked|ranking|a league|national|England|English|Wales|Scotland|UK|London"
    "|regional|neighbours|a peer|benchmark|comparators|family group|in line with"
)


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


@pytest.mark.parametrize("word", CHANGES.split("|"))
def test_words_of_a_change(word: str) -> None:
    assert why_unrateable(f"To be {word} then") == "a change, not a figure"


@pytest.mark.parametrize("word", PLACES.split("|"))
def test_words_of_a_place_among_others(word: str) -> None:
    assert why_unrateable(f"To be {word} then") == "a place among others, not a figure"


def test_a_target_is_shown_as_it_is_written() -> None:
    texts = ("≥95%", "5 or fewer", "£1.2m", "95% by March 2019", "95 %", "−5")
    shown = [target.text for text in texts if (target := parse_written_target(text))]
    assert shown == ["≥95%", "5 or fewer", "£1.2m", "95% by March 2019", "95%", "-5"]
    target = parse_written_target("at least £1.2m")
    assert isinstance(target, Value)
    assert target.shown(Decimal(1)) == "£1"


def test_min_is_a_side_of_a_percentage_and_minutes_of_a_number() -> None:
    texts = ("95% min", "95% min.", "95% (min)", "5 min", "5 mins", "min 5")
    assert [polarity_of_target(text) for text in texts] == [MORE, MORE, MORE, None, None, MORE]


@pytest.mark.parametrize(
    "time",
    ["sec", "second", "min", "minute", "hour", "hr", "day", "week", "wk", "month", "year", "yr"],
)
def test_within_a_time_is_a_side_and_within_a_figure_none(time: str) -> None:
    assert [polarity_of_target(f"within 5 {time}{s}") for s in ("", "s")] == [LESS, LESS]
    assert polarity_of_target("within 5 kg") is None


def test_a_time_in_min_may_have_a_side_of_its_own() -> None:
    texts = ("no more than 15 min", "under 20 min", "at least 5 min")
    assert [polarity_of_target(text) for text in texts] == [LESS, LESS, MORE]
    assert polarity_of_target("at most 95% min") is None


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
