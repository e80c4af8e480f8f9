"""What forecasts would have been worth: the sample's table, and what was known then."""

from fractions import Fraction

import pytest

from kpi_cli import Series, read_workbook
from kpi_cli.forecasting.backtest import Score, Trial, backtest, score, scores_by_kind
from kpi_cli.forecasting.outturn import Outturn
from kpi_cli.forecasting.outturn_kinds import Kind, Why
from kpi_cli.periods import Month
from tests.builders import indicator, period, reading
from tests.running import SOUTHEND
from tests.test_forecast import months


@pytest.fixture(scope="module")
def trials() -> dict[str, list[Trial]]:
    """Return the forecasts that could have been made of the sample's indicators."""
    workbook = read_workbook(SOUTHEND)
    series = workbook.history.series
    return {own.code: backtest(own, series(own.reading)) for own in workbook.indicators}


def shown(found: Score) -> tuple[int, str, str, str, int]:
    """Return a score as the table has it: n, median errors in percent, how many in range."""
    errors = (found.forecast, found.no_change, found.straight_line)
    texts = [f"{float(error) * 100:.2f}%" if error is not None else "-" for error in errors]
    return found.made, texts[0], texts[1], texts[2], found.in_range


@pytest.mark.parametrize(
    ("code", "made", "forecast", "no_change", "straight_line", "in_range"),
    [
        ("CP 3.9", 15, "4.51%", "5.56%", "4.29%", 11),
        ("CP 3.11", 6, "3.32%", "2.60%", "4.17%", 6),
        ("CP 4.3", 15, "0.08%", "1.27%", "4.70%", 14),
        ("CP 4.4", 15, "3.86%", "2.81%", "9.05%", 11),
        ("CP 5.4", 15, "2.00%", "3.40%", "4.30%", 13),
        ("CP 5.5", 6, "10.10%", "7.83%", "10.27%", 3),
    ],
)
def test_the_table_of_the_sample(
    trials: dict[str, list[Trial]],
    code: str,
    made: int,
    forecast: str,
    no_change: str,
    straight_line: str,
    in_range: int,
) -> None:
    assert shown(score(trials[code])) == (made, forecast, no_change, straight_line, in_range)


def test_the_table_by_kind(trials: dict[str, list[Trial]]) -> None:
    everything = [trial for of_one in trials.values() for trial in of_one]
    by_kind = scores_by_kind(everything)
    assert shown(by_kind[Kind.ACCUMULATES]) == (66, "1.92%", "3.84%", "4.85%", 55)
    assert shown(by_kind[Kind.LEVEL]) == (64, "5.57%", "5.57%", "11.13%", 49)
    assert shown(by_kind[Kind.RUNNING_TOTAL]) == (6, "10.10%", "7.83%", "10.27%", 3)
    without_taxes = [trial for code in ("CP 3.9", "CP 3.11", "CP 5.4") for trial in trials[code]]
    assert shown(score(without_taxes))[:4] == (36, "2.84%", "4.48%", "4.29%")


def test_refusals_are_counted_by_their_reasons(trials: dict[str, list[Trial]]) -> None:
    assert score(trials["CP 3.9"]).refused == {Why.FEW_ERRORS: 1}  # June 2017
    assert score(trials["CP 5.5"]).refused == {Why.FEW_ERRORS: 6, Why.FALLS: 4}
    assert score(trials["CP 1.1"]).refused == {Why.FEW_ERRORS: 5}


def test_each_year_is_forecast_from_june_up_to_its_last_known_month(
    trials: dict[str, list[Trial]],
) -> None:
    found = [(str(trial.made_in.last), str(trial.of.last)) for trial in trials["CP 3.9"]]
    assert found[:2] == [("2017-06", "2018-03"), ("2017-07", "2018-03")]
    assert found[-2:] == [("2018-11", "2019-01"), ("2018-12", "2019-01")]
    assert len(found) == 9 + 7


def test_only_what_was_known_then_is_used(trials: dict[str, list[Trial]]) -> None:
    """Of the figures after August 2018 only the target of the month that is forecast counts."""
    workbook = read_workbook(SOUTHEND)
    (own,) = [each for each in workbook.indicators if each.code == "CP 3.9"]
    august = Month(2018, 8)
    changed = [
        each._replace(value=None, target=None) if each.period.last > august else each
        for each in workbook.history.of("CP 3.9")
    ]
    (then,) = [trial for trial in trials["CP 3.9"] if trial.made_in.last == august]
    found = backtest(own, Series(own.reading, changed))
    (again,) = [trial for trial in found if trial.made_in.last == august]
    assert again == then


def test_naive_forecasts_by_hand() -> None:
    """From 10, 20, 30, 44 in July to 100 in September: 44 + 2 × 14, and 44 × 6/4."""
    figures = months("April 2018", (10, 20, 30, 44, 60, 100), (10, 20, 30, 40, 50, 60))
    own = indicator("100", "60", "120", short_name="X [Cumulative YTD]", period=figures[-1].period)
    june, july, august = backtest(own, Series(own.reading, figures))
    assert july.no_change == 72
    assert july.straight_line == 66
    assert july.actual == 100
    assert isinstance(july.found, Outturn)
    assert june.no_change == 60
    assert august.straight_line == 72
    assert score([june, july, august]).refused == {Why.FEW_ERRORS: 1}


def test_the_line_of_a_level_is_the_nearest_to_all_months() -> None:
    figures = months("April 2018", (10, 12, 17, 15))
    own = indicator("15", None, short_name="X [Monthly Snapshot]", period=figures[-1].period)
    (june,) = backtest(own, Series(own.reading, figures))
    assert june.no_change == 17
    assert june.straight_line == 13 + Fraction(7, 2) * 2


def test_the_line_of_one_figure_is_that_figure() -> None:
    halves = [reading("CP 1.1", f"H{n} 2018/19", each) for n, each in ((1, "12"), (2, "15"))]
    own = indicator("15", None, short_name="X [YTD Snapshot]", period=halves[-1].period)
    (first_half,) = backtest(own, Series(own.reading, halves))
    assert first_half.straight_line == 12


def test_what_came_to_0_has_no_error() -> None:
    figures = months("April 2017", [5, 3, 0] * 4)
    own = indicator("0", None, short_name="X [Monthly Snapshot]", period=figures[-1].period)
    found = score(backtest(own, Series(own.reading, figures)))
    assert found.made
    assert (found.forecast, found.no_change, found.straight_line) == (None, None, None)


@pytest.mark.parametrize("when", ["2018/19", "November 2018 to January 2019"])
def test_there_is_none_for_periods_that_are_never_forecast(when: str) -> None:
    own = indicator("5", None, period=period(when))
    assert backtest(own, Series(own.reading, [reading("CP 1.1", when, "5")])) == []
    assert shown(score([])) == (0, "-", "-", "-", 0)
    assert scores_by_kind([]) == {}
