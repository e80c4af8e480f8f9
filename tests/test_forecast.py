"""The forecast of an indicator: the sample's, how it is rated and shown, and what is refused."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli import Indicator, Outcome, Polarity, Series, Settings, Workbook, rate, read_workbook
from kpi_cli.forecast import Forecast, forecast
from kpi_cli.forecasting.outturn_kinds import Basis, Kind, basis_of
from kpi_cli.history import Reading
from kpi_cli.periods import Month, Period
from tests.builders import indicator, line, period, reading, value
from tests.running import SOUTHEND

BOTH = "on last year's profile and the target's profile"
PACE = "with the pace of the last three months"
STAYS = "stays where it is, give or take what it moved in 2 months before"
SLIPS, RISK, WELL = Outcome.SLIPPAGE, Outcome.AT_RISK, Outcome.ON_COURSE


@cache
def sample() -> Workbook:
    return read_workbook(SOUTHEND)


def of_sample(code: str) -> Forecast:
    workbook = sample()
    (own,) = [each for each in workbook.indicators if each.code == code]
    series = workbook.history.series(own.reading)
    return forecast(own, workbook.settings, series, rate(workbook).period)


def months(first: str, values: Iterable[Any], targets: Iterable[Any] = ()) -> list[Reading]:
    """Return the readings of consecutive periods; None for a period without a value."""
    start, goals = period(first), list(targets)
    return [
        reading("CP 1.1", start.after(number).label, _text(each), _text(_at(goals, number)))
        for number, each in enumerate(values)
    ]


def _at(goals: list[Any], number: int) -> Any:
    return goals[number] if number < len(goals) else None


def _text(amount: Any) -> str | None:
    return None if amount is None else str(amount)


def made_of(
    readings: list[Reading],
    annual: str | None = None,
    *,
    name: str = "Visits [Cumulative YTD]",
    settings: Settings | None = None,
    **fields: Any,
) -> Forecast:
    """Return the forecast from the last of these readings."""
    last = readings[-1]
    own = indicator(
        last.value.text if last.value else None,
        last.target.text if last.target else None,
        annual,
        short_name=name,
        period=last.period,
        **fields,
    )
    return forecast(own, settings or Settings(), Series(own.reading, readings))


def level(values: Iterable[Any], annual: str | None = None, **fields: Any) -> Forecast:
    """Return the forecast of a level in the months from April 2017 on."""
    return made_of(months("April 2017", values), annual, name="X [Monthly Snapshot]", **fields)


# The sample in January 2019


@pytest.mark.parametrize(
    ("code", "shown", "span", "outcome", "method", "errors"),
    [
        (
            "CP 3.9", "5,525", "5,022 to 6,028", "Some slippage (On course to At risk)",
            f"{BOTH}, {PACE}", 29,
        ),
        (
            "CP 3.11", "738", "687 to 789", "Some slippage (On course to At risk)",
            f"on the target's profile {PACE}", 9,
        ),
        (
            "CP 4.3", "97.34%", "97.08% to 97.59%", "Some slippage (On course to Some slippage)",
            BOTH, 29,
        ),
        (
            "CP 4.4", "93.98%", "92.78% to 95.19%", "Some slippage (Some slippage to At risk)",
            BOTH, 29,
        ),
        (
            "CP 5.4", "7.49", "7.24 to 7.74", "Some slippage (Some slippage to At risk)",
            f"{BOTH}, {PACE}", 29,
        ),
        (
            "CP 1.1", "33.49", "28.59 to 38.39", "Some slippage (On course to Some slippage)",
            STAYS, 20,
        ),
        ("CP 1.2", "79", "76.1 to 81.9", "At risk (Some slippage to At risk)", STAYS, 20),
        (
            "CP 1.4", "92.1%", "81.8% to 100.0%", "Some slippage (On course to At risk)",
            STAYS, 20,
        ),
        ("CP 3.2", "67.5%", "57.9% to 77.1%", "At risk", STAYS, 15),
        ("CP 3.10", "73.5%", "47.5% to 99.5%", "At risk (On course to At risk)", STAYS, 20),
        ("CP 4.8", "1.95%", "1.78% to 2.12%", "At risk (Some slippage to At risk)", STAYS, 20),
    ],
)  # fmt: skip
def test_the_sample(
    code: str, shown: str, span: str, outcome: str, method: str, errors: int
) -> None:
    found = of_sample(code)
    assert found.value
    assert (found.value.text, found.range_text, found.outcome_text) == (shown, span, outcome)
    assert (found.method, found.past_errors, found.refused) == (method, errors, None)
    assert (found.from_period, found.periods_left) == (Period(Month(2019, 1)), 2)
    assert found.share == Decimal("0.8")


def test_what_the_sample_refuses() -> None:
    forecasts = [of_sample(each.code) for each in sample().indicators]
    assert sum(found.refused is None for found in forecasts) == 11
    fell = of_sample("CP 5.5")
    assert (fell.kind, fell.value, fell.outcome) == (Kind.RUNNING_TOTAL, None, None)
    assert fell.refused == (
        "it falls from 39,910 to 26,450 in September 2018, within the last twelve months"
    )
    assert of_sample("CP 3.1").refused == "there is no value in 2018/19"
    recycled = of_sample("CP 2.3")
    assert recycled.from_period == Period(Month(2018, 9))
    assert recycled.notes == ("the value is of September 2018, 4 months older than the report",)


def test_both_ends_are_rated() -> None:
    days_lost, checks = of_sample("CP 5.4"), of_sample("CP 3.9")
    assert (days_lost.outcome, days_lost.outcome_low, days_lost.outcome_high) == (
        SLIPS, SLIPS, RISK,
    )  # fmt: skip
    assert (checks.outcome, checks.outcome_low, checks.outcome_high) == (SLIPS, RISK, WELL)


def test_each_profile_has_its_forecast() -> None:
    found = of_sample("CP 4.3").outturn
    assert found
    assert found.on_target is not None
    assert round(float(found.on_target), 4) == 97.3904
    assert found.on_last_year is not None
    assert found.value == (found.on_last_year + found.on_target) / 2
    alone = of_sample("CP 3.11").outturn
    assert alone
    assert (alone.on_last_year, alone.on_target) == (None, alone.value)


# How it is rated

WAVES = [80, 85, 82, 88] * 5 + [83, 85]
"""In two months they move by 3 at most."""


@pytest.mark.parametrize(
    ("settings", "fields", "text"),
    [
        ({}, {}, "On course (On course to Some slippage)"),
        ({}, {"polarity": Polarity.MINIMISE}, "On course (On course to Some slippage)"),
        ({"amber_tolerance": 3}, {}, "On course (On course to At risk)"),
        ({"green_tolerance": 4}, {}, "On course"),
        ({}, {"red_line": line("83")}, "On course (On course to At risk)"),
        ({}, {"green_line": line("86")}, "Some slippage (On course to Some slippage)"),
        (
            {"improving_is_amber": True, "amber_tolerance": 1},
            {},
            "On course (On course to At risk)",
        ),
    ],
)
def test_the_rules_of_the_rating_count(
    settings: dict[str, Any], fields: dict[str, Any], text: str
) -> None:
    found = level(WAVES, "85", settings=Settings(**settings), **fields)
    assert found.range_text == "82 to 88"
    assert found.outcome_text == text


def test_no_worse_than_last_years_end_is_amber_where_that_is_set() -> None:
    """March 2018 had 88: of 82 to 88 the upper end alone is no worse."""
    settings = Settings(improving_is_amber=True)
    found = level(WAVES, "95", settings=settings)
    assert (found.outcome_low, found.outcome, found.outcome_high) == (RISK, RISK, SLIPS)


def test_a_band_inside_the_range_is_held_too() -> None:
    found = level(WAVES, "86-87", polarity=Polarity.GOLDILOCKS)
    assert (found.outcome_low, found.outcome, found.outcome_high) == (RISK, RISK, RISK)
    assert found.outcome_text == "At risk (On course to At risk)"
    above = level(WAVES, "95-99", polarity=Polarity.GOLDILOCKS)
    assert above.outcome_text == "At risk"


def test_a_band_counts_by_its_midpoint_where_figures_add_up() -> None:
    bands = ("9-11", "18-22", "27-33", "36-44")
    readings = months("April 2018", (10, 20, 30, 40), bands)
    found = made_of(readings, "100-140", polarity=Polarity.GOLDILOCKS)
    assert (found.kind, found.range_text, found.outcome) == (Kind.ACCUMULATES, "120 to 120", WELL)


def test_without_an_annual_target_there_is_a_forecast_that_nothing_rates() -> None:
    found = level(WAVES)
    assert found.value
    assert (found.value.text, found.range_text) == ("85", "82 to 88")
    assert (found.outcome, found.outcome_text) == (Outcome.NO_TARGET, "No target")
    assert found.annual_target is None


def test_lines_beside_a_months_target_do_not_count_at_the_years_end() -> None:
    """A floor of 35 for July would make any year's end green."""
    readings = months("April 2018", (8, 16, 24, 32), (10, 20, 30, 40))
    found = made_of(readings, "120", red_line=line("35"))
    assert found.outcome is RISK
    assert found.notes == (
        "the red line of 35 (Floor) is beside the target of July 2018, and does not count at the"
        " year's end",
    )
    level_without_targets = level(WAVES, red_line=line("84"))
    assert level_without_targets.outcome_text == "No target (No target to At risk)"


# How it is shown


@pytest.mark.parametrize(
    ("values", "shown", "span"),
    [
        (WAVES, "85", "82 to 88"),
        ([80, 85, 82.3, 88.3] * 5 + [83, 85], "85", "81.7 to 88.3"),  # one decimal more than 85
        ([80, 85, 82.25, 88.25] * 5 + [83, 85], "85", "81.8 to 88.3"),  # and no second one
        ([*WAVES[:-1], "85.0"], "85.0", "82.0 to 88.0"),
        ([*WAVES[:-1], "1,085"], "1,085", "1,082 to 1,088"),
        ([*WAVES[:-1], "85 kg"], "85", "82 to 88"),
        ([f"{each}%" for each in WAVES], "85%", "82% to 88%"),
        ([f"£{each}" for each in WAVES], "£85", "£82 to £88"),
    ],
)
def test_values_have_the_look_of_the_workbook(values: list[Any], shown: str, span: str) -> None:
    found = level(values)
    assert found.value
    assert (found.value.text, found.range_text) == (shown, span)


def test_what_is_shown_is_what_is_rated() -> None:
    """The exact forecast is just under the annual target, and is shown as that."""
    readings = months("April 2018", (1001, 2000, 3000, 3999), (1000, 2000, 3000, 4000))
    found = made_of(readings, "12,000")
    assert found.outturn
    assert found.value
    assert found.outturn.value < 12000
    assert found.value.number == round(found.outturn.value)


# What is used


def test_nothing_after_its_own_period_changes_a_forecast() -> None:
    workbook = sample()
    (latest,) = [each for each in workbook.indicators if each.code == "CP 3.9"]
    (then,) = [r for r in workbook.history.of("CP 3.9") if r.period.last == Month(2018, 9)]
    fields = dict(latest) | {"period": then.period, "value": then.value, "target": then.target}
    own = Indicator(**fields)
    everything = workbook.history.of("CP 3.9")
    before = [each for each in everything if each.period <= then.period]
    found = forecast(own, workbook.settings, Series(own.reading, everything))
    assert found == forecast(own, workbook.settings, Series(own.reading, before))
    assert found.value
    assert (found.periods_left, found.past_errors) == (6, 5 + 5 + 11)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.integers(4, 10))
def test_later_figures_change_nothing(later: list[int], now: int) -> None:
    known_by_then = months("April 2018", range(10, 130, 11), range(10, 130, 10))[:now]
    after = months(known_by_then[-1].period.after(1).label, later, later)
    own = indicator(
        "100", "110", "500", short_name="X [Cumulative YTD]", period=known_by_then[-1].period
    )
    one = Series(own.reading, known_by_then)
    other = Series(own.reading, [*known_by_then, *after])
    assert forecast(own, Settings(), one) == forecast(own, Settings(), other)


def test_a_period_without_a_value_is_forecast_from_the_last_that_has_one() -> None:
    readings = months("April 2018", (10, 20, 30, 40, None), (10, 20, 30, 40, 50))
    found = made_of(readings, "120", no_value_text="TBC")
    assert (found.from_period, found.periods_left) == (period("July 2018"), 8)
    assert found.from_value == value("40")
    assert found.notes == ('August 2018 has no value ("TBC"), so that of July 2018 counts',)
    assert found.range_text == "120 to 120"


def test_targets_in_another_unit_are_told_apart_from_the_values_that_are_used() -> None:
    values = [f"{each}%" for each in WAVES]
    readings = months("April 2017", values, ["90", "90", *["90%"] * (len(values) - 2)])
    found = made_of(readings, "90%", name="X [Monthly Snapshot]")
    assert found.past_errors == level(values, "90%").past_errors
    assert found.notes == (
        "targets in another unit are not used: those of April 2017 and May 2017",
    )


def test_values_in_another_unit_are_not_used() -> None:
    values: list[Any] = [0.8, 0.85, *[f"{each}%" for each in WAVES[2:]]]
    found = level(values, "85%")
    assert found.past_errors == 18
    assert found.notes == ("values in another unit are not used: those of April 2017 and May 2017",)
    pounds = level(["$80", *[f"£{each}" for each in WAVES[1:5]], *WAVES[5:-1], "£85"])
    assert pounds.past_errors == 19


def test_periods_of_another_length_are_not_used() -> None:
    readings = [*months("April 2017", WAVES), reading("CP 1.1", "Q1 2018/19", "7")]
    readings.sort(key=lambda each: each.period)
    found = made_of(readings, name="X [Monthly Snapshot]")
    assert (found.range_text, found.past_errors) == ("82 to 88", 20)


def test_a_year_begins_when_the_workbook_says() -> None:
    """Where it starts in January, July's figures are of the seventh month."""
    readings = [
        each._replace(period=each.period._replace(year_starts=1))
        for each in months("January 2018", range(10, 80, 10), range(10, 80, 10))
    ]
    found = made_of(readings, "120", settings=Settings(financial_year_starts=1))
    assert (found.periods_left, found.year.label, found.range_text) == (5, "2018", "120 to 120")


def test_quarters_are_forecast() -> None:
    """On last year's profile 24 + 24 × (1 + 2/3 × 1/23), on the targets' 48, at the pace 52.

    The largest of 1 + 1 + 3 past errors is this year's by the targets: 20.5 for 24, of 12.
    """
    values = (11, 23, 34, 47, 10, 24)
    targets = (10, 20, 30, 40, 12, 24)
    found = made_of(months("Q1 2017/18", values, targets), "48")
    assert (found.kind, found.periods_left, found.past_errors) == (Kind.ACCUMULATES, 2, 5)
    assert found.value
    assert (found.value.text, found.range_text) == ("50", "43 to 57")
    assert found.method == f"{BOTH}, with the pace of the last quarter"


# What is refused


@pytest.mark.parametrize(
    ("when", "year_starts", "reason"),
    [
        (
            "2018/19", 4,
            "its figures are of whole years, so that no part of a year tells of the rest",
        ),
        (
            "November 2018 to January 2019", 4,
            "November 2018 to January 2019 is no quarter of the financial year, which it would have"
            " to be forecast from",
        ),
        (
            "July to December 2018", 1,
            "there is no value in 2018",
        ),
        ("March 2019", 4, "there is no value in 2018/19"),
    ],
)  # fmt: skip
def test_periods_that_are_refused(when: str, year_starts: int, reason: str) -> None:
    own = indicator(None, period=period(when, year_starts))
    found = forecast(own, Settings(financial_year_starts=year_starts), Series(own.reading))
    assert found.refused == reason
    assert (found.kind, found.value, found.range_text, found.outcome_text) == (None,) * 4


@pytest.mark.parametrize("when", ["March 2019", "Q4 2018/19", "H2 2018/19"])
def test_at_the_end_of_the_year_nothing_is_left(when: str) -> None:
    own = indicator("4,553", period=period(when))
    found = forecast(own, Settings(), Series(own.reading))
    assert found.refused == f"2018/19 ended with {when}, whose value, 4,553, is the outturn"
    assert found.periods_left == 0


# What a name tells


@pytest.mark.parametrize(
    ("name", "unit", "basis"),
    [
        ("Visits [Monthly Snapshot]", "", Basis.LEVEL),
        ("Visits [YTD Snapshot]", "", Basis.LEVEL),
        ("Visits [Rolling Quarter]", "", Basis.LEVEL),
        ("Visits [Cumulative YTD]", "%", Basis.CUMULATIVE),
        ("Visits [ASCOF 1C] (cumulative)", "", Basis.CUMULATIVE),
        ("Homes built, year to date", "", Basis.CUMULATIVE),
        ("Rent arrears at 31 March, snapshot", "", Basis.LEVEL),
        ("Visits", "", Basis.UNTOLD),
        ("Rate of visits", "", Basis.RATE),
        ("Visits in time", "%", Basis.RATE),
    ],
)
def test_a_name_tells_how_figures_go_together(name: str, unit: str, basis: Basis) -> None:
    assert basis_of(indicator(f"95{unit}", f"90{unit}", short_name=name)) is basis
