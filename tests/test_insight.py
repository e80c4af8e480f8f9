"""What a history says beside a rating: its periods as they stood, with their points."""

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.insight import Insight, insights
from kpi_cli.models import Outcome, Polarity, Report, Workbook
from tests.builders import indicator, period, reading
from tests.running import SOUTHEND


@pytest.fixture(scope="module")
def southend() -> Report:
    return rate(read_workbook(SOUTHEND))


def insight_of(report: Report, code: str = "CP 1.1") -> Insight:
    return next(each for each in insights(report) if each.rating.indicator.code == code)


def report_of(*past: tuple[str, str | None, str | None], **fields: object) -> Report:
    history = tuple(reading("CP 1.1", *figures, row=n) for n, figures in enumerate(past, start=2))
    own = indicator(**fields)  # type: ignore[arg-type]
    return rate(Workbook(name="x.xlsx", indicators=(own,), history=history))


def test_there_is_one_for_each_rating_or_for_those_asked_for(southend: Report) -> None:
    assert [each.rating for each in insights(southend)] == list(southend.ratings)
    assert [each.rating for each in insights(southend, southend.ratings[3:5])] == list(
        southend.ratings[3:5]
    )


def test_periods_are_without_a_gap_up_to_its_own() -> None:
    report = report_of(
        ("October 2018", "80", "90"), ("December 2018", "86", "90"), ("February 2019", "99", "90")
    )
    found = insight_of(report).periods
    assert [(each.reading.period.label, each.is_known) for each in found] == [
        ("October 2018", True), ("November 2018", False), ("December 2018", True),
        ("January 2019", True),
    ]  # fmt: skip
    assert [each.rating and each.rating.outcome for each in found] == [
        Outcome.AT_RISK, Outcome.NO_VALUE, Outcome.SLIPPAGE, Outcome.ON_COURSE,
    ]  # fmt: skip


def test_its_own_period_is_its_rating(southend: Report) -> None:
    for each in insights(southend):
        assert each.periods[-1].rating is each.rating
        assert each.periods[-1].reading == each.rating.indicator.reading


def test_periods_of_another_length_are_left_out() -> None:
    report = report_of(("Q2 2018/19", "80", "90"), ("December 2018", "86", "90"))
    labels = [each.reading.period.label for each in insight_of(report).periods]
    assert labels == ["December 2018", "January 2019"]


def test_without_a_history_there_is_its_own_period() -> None:
    (only,) = insight_of(report_of()).periods
    assert (only.reading.period, only.is_known, only.point, only.amount) == (
        period("January 2019"), True, None, None,
    )  # fmt: skip


def test_a_target_that_does_not_go_with_the_polarity_is_not_rated() -> None:
    report = report_of(("December 2018", "86", "80-90"))
    assert [each.rating is None for each in insight_of(report).periods] == [True, False]
    assert insight_of(report).previous is None
    goldilocks = report_of(
        ("December 2018", "86", "80-90"), polarity=Polarity.GOLDILOCKS, target="90-100"
    )
    assert [each.rating is None for each in insight_of(goldilocks).periods] == [False, False]


@pytest.mark.parametrize(("code", "known"), [("CP 4.8", 22), ("CP 3.2", 19), ("CP 3.11", 0)])
def test_points_are_those_of_the_chart(southend: Report, code: str, known: int) -> None:
    found = insight_of(southend, code)
    points = [each.point for each in found.periods if each.point]
    assert points == list(found.chart.points)
    assert len(points) == known


def test_amounts_are_what_a_total_grew_by(southend: Report) -> None:
    found = insight_of(southend, "CP 3.9")
    amounts = [each.amount.number for each in found.periods if each.amount]
    values = [each.reading.value.number for each in found.periods if each.reading.value]
    assert len(amounts) == 22
    assert sum(amounts[:12]) == values[11]  # of a whole year they add up to its last total
    assert sum(amounts[12:]) == values[-1]


def test_amounts_are_known_before_there_are_enough_for_a_chart(southend: Report) -> None:
    found = insight_of(southend, "CP 3.11")
    assert found.chart.reason == "10 months; a control chart needs 12"
    amounts = [each.amount.number for each in found.periods if each.amount]
    assert amounts == [74, 44, 46, 63, 64, 58, 70, 86, 65, 46]


@pytest.mark.parametrize("code", ["CP 4.8", "CP 3.2", "CP 3.10", "CP 5.5"])
def test_of_levels_percentages_and_what_falls_there_are_no_amounts(
    southend: Report, code: str
) -> None:
    assert {each.amount for each in insight_of(southend, code).periods} == {None}


def test_each_part_is_worked_out_once(southend: Report) -> None:
    found = insight_of(southend, "CP 4.8")
    assert found.chart is found.chart
    assert found.forecast is found.forecast
    assert found.periods is found.periods
    assert found.previous is found.previous
