"""What changed since the period before: with the real report's figures, and at the year's start."""

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.changes import (
    Previous,
    change_reason,
    figures_text,
    outcome_change,
    previous,
    was_text,
)
from kpi_cli.history import History
from kpi_cli.models import Direction, Indicator, Outcome, Polarity, Settings
from kpi_cli.periods import Period
from kpi_cli.rating import rate_indicator
from tests.builders import indicator, line, period, reading
from tests.running import SOUTHEND

BETTER, WORSE, SAME, UNKNOWN = (
    Direction.BETTER, Direction.WORSE, Direction.SAME, Direction.UNKNOWN,
)  # fmt: skip
COUNT = "Quits [Cumulative YTD]"


def since(
    own: Indicator, when: str, value: str | None, target: str | None = None
) -> Previous | None:
    """Return how an indicator stood before, whose history has this one period."""
    starts = own.period.year_starts
    history = History([reading(own.code, when, value, target, year_starts=starts)])
    rating = rate_indicator(own, Settings(), history.series(own.reading))
    return previous(rating, Settings())


def change(own: Indicator, when: str, value: str, target: str | None = None) -> Direction:
    found = since(own, when, value, target)
    assert found
    return found.change


@pytest.mark.parametrize(
    ("code", "was", "reason", "value", "outcome"),
    [
        ("CP 3.11", "was On course in December 2018", "570 of 546 in December 2018", WORSE, WORSE),
        ("CP 1.4", "was At risk in December 2018", "88.4% in December 2018", BETTER, BETTER),
        ("CP 4.8", "was At risk in December 2018", "1.94% in December 2018", WORSE, SAME),
        ("CP 1.1", "was Some slippage in December 2018", "36.81 in December 2018", WORSE, SAME),
        # more each month, and the share of what is allowed by then is less than it was
        ("CP 5.4", "was At risk in December 2018", "5.45 of 4.99 in December 2018", BETTER, SAME),
        # a percentage of the year so far, against the target of 90% that both months have
        ("CP 3.10", "was At risk in December 2018", "73.7% of 90% in December 2018", WORSE, SAME),
    ],
)
def test_the_real_report(
    code: str, was: str, reason: str, value: Direction, outcome: Direction
) -> None:
    report = rate(read_workbook(SOUTHEND))
    (rating,) = (rating for rating in report.ratings if rating.indicator.code == code)
    found = previous(rating, report.settings)
    assert found
    assert (was_text(found), change_reason(found)) == (was, reason)
    assert (found.change, found.outcome_change) == (value, outcome)
    assert found.worsened is (outcome is WORSE)


def test_what_is_known_of_december_is_as_the_report_of_december_has_it() -> None:
    workbook = read_workbook(SOUTHEND)
    report, then = rate(workbook), rate(workbook, "2018-12")
    as_rated = {rating.indicator.code: rating for rating in then.ratings}
    found = [(rating, previous(rating, report.settings)) for rating in report.ratings]
    known = {now.indicator.code: each for now, each in found if each}
    assert len(known) == 12
    for code, each in known.items():
        assert (each.indicator, each.outcome) == (as_rated[code].indicator, as_rated[code].outcome)
    for code in as_rated.keys() - known.keys():
        assert as_rated[code].outcome is Outcome.NO_VALUE


@pytest.mark.parametrize(
    ("when", "value"),
    [
        ("November 2018", "91"),  # the month before is missing; none other stands for it
        ("Q3 2018/19", "91"),  # nor a quarter that ends with it
        ("December 2018", None),
    ],
)
def test_what_is_not_known_is_no_change(when: str, value: str | None) -> None:
    assert since(indicator(), when, value) is None


def test_no_history_at_all() -> None:
    assert previous(rate_indicator(indicator(), Settings()), Settings()) is None


def test_a_period_that_cannot_be_rated_is_not_known() -> None:
    assert since(indicator(), "December 2018", "91", "80-90") is None


def test_a_quarter_is_compared_with_the_quarter_before() -> None:
    found = since(indicator("95", "90", period=period("Q4 2018/19")), "Q3 2018/19", "84", "90")
    assert found
    assert found.change is BETTER
    assert was_text(found) == "was At risk in Q3 2018/19"


def test_no_value_now_compares_with_nothing() -> None:
    found = since(indicator(None, no_value_text="TBC"), "December 2018", "91", "90")
    assert found
    assert (found.change, found.outcome_change, found.worsened) == (UNKNOWN, UNKNOWN, False)
    assert was_text(found) == "was On course in December 2018"


@pytest.mark.parametrize(
    ("polarity", "value", "target", "before", "then", "expected"),
    [
        (Polarity.MAXIMISE, "616", "653", "570", "546", WORSE),
        (Polarity.MAXIMISE, "600", "600", "500", "500", SAME),
        (Polarity.MAXIMISE, "300", "900", "200", "600", SAME),  # thirds are equal, too
        (Polarity.MINIMISE, "6.18", "5.82", "5.45", "4.99", BETTER),
        (Polarity.MINIMISE, "110", "100", "90", "90", WORSE),
        (Polarity.GOLDILOCKS, "108", "90-110", "80", "85-95", BETTER),
        (Polarity.GOLDILOCKS, "120", "90-110", "60", "45-55", SAME),  # a tenth of the midpoint
        # a target of none is no scale: by how far they miss it
        (Polarity.MINIMISE, "4", "0", "3", "0", WORSE),
        (Polarity.MINIMISE, "3", "0", "3", "0", SAME),
        (Polarity.MAXIMISE, "12", "10", "1", "0", BETTER),
        # without a target for the time so far there is no telling
        (Polarity.MAXIMISE, "616", None, "570", "546", UNKNOWN),
        (Polarity.MAXIMISE, "616", "653", "570", None, UNKNOWN),
    ],
)
def test_a_count_over_the_year_is_compared_by_its_share_of_the_target(
    polarity: Polarity,
    value: str,
    target: str | None,
    before: str,
    then: str | None,
    expected: Direction,
) -> None:
    annual = None if target else "900"
    own = indicator(value, target, annual, short_name=COUNT, polarity=polarity)
    assert change(own, "December 2018", before, then) is expected


@pytest.mark.parametrize(
    ("value", "target", "then", "expected"),
    [
        ("60", "50", "1,000", BETTER),  # 60 of 50, after 900 of 1,000 for all of last year
        ("40", "50", "1,000", WORSE),
        ("60", "0", "0", UNKNOWN),  # a year's count is no comparison with a month's
        ("60", "50", None, UNKNOWN),
    ],
)
def test_a_count_in_april_begins_anew(
    value: str, target: str, then: str | None, expected: Direction
) -> None:
    april = indicator(value, target, short_name=COUNT, period=period("April 2019"))
    assert change(april, "March 2019", "900", then) is expected


def test_years_are_compared_by_the_share_of_their_targets() -> None:
    own = indicator("900", None, "1,000", short_name=COUNT, period=period("2018/19"))
    found = since(own, "2017/18", "880", "900")
    assert found
    assert (found.change, change_reason(found)) == (WORSE, "880 of 900 in 2017/18")


@pytest.mark.parametrize(
    ("value", "target", "before", "then", "expected"),
    [
        ("33.49", "38-48", "36.81", "38-48", WORSE),
        ("40", "38-48", "47", "38-48", SAME),  # both inside
        ("37", "38-48", "37", "35-45", WORSE),  # the band moved away from it
        ("37", "38-48", "49", "35-45", BETTER),
        ("37", None, "49", "35-45", UNKNOWN),
    ],
)
def test_closer_to_the_band_of_its_period_is_better(
    value: str, target: str | None, before: str, then: str, expected: Direction
) -> None:
    own = indicator(value, target, polarity=Polarity.GOLDILOCKS)
    assert change(own, "December 2018", before, then) is expected


def test_a_percentage_is_no_comparison_with_a_number() -> None:
    assert change(indicator("0.95", "0.9"), "December 2018", "95%", "90%") is UNKNOWN
    assert change(indicator("£95", "£90"), "December 2018", "94", "90") is BETTER


def test_lines_of_its_own_count_then_as_now() -> None:
    own = indicator("95", "90", red_line=line("85"))
    found = since(own, "December 2018", "84", "90")
    assert found
    assert found.outcome_change is BETTER
    assert (found.outcome, found.indicator.red_line) == (Outcome.AT_RISK, line("85"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Outcome.ON_COURSE, Outcome.SLIPPAGE, WORSE),
        (Outcome.SLIPPAGE, Outcome.AT_RISK, WORSE),
        (Outcome.AT_RISK, Outcome.ON_COURSE, BETTER),
        (Outcome.AT_RISK, Outcome.AT_RISK, SAME),
        (Outcome.NO_TARGET, Outcome.AT_RISK, UNKNOWN),
        (Outcome.ON_COURSE, Outcome.NO_TARGET, UNKNOWN),
        (Outcome.ON_COURSE, Outcome.NO_VALUE, UNKNOWN),
    ],
)
def test_outcomes_in_their_order(before: Outcome, after: Outcome, expected: Direction) -> None:
    assert outcome_change(before, after) is expected


def test_figures_have_their_target_where_they_are_nothing_without_it() -> None:
    assert figures_text(indicator("95", "90")) == "95"
    assert figures_text(indicator("95", "90", short_name=COUNT)) == "95 of 90"
    assert figures_text(indicator(None, no_value_text="TBC")) == "TBC"


def test_the_month_that_the_financial_year_starts_with_is_the_workbooks() -> None:
    own = indicator("50", "50", short_name=COUNT, period=Period(period("January 2019").last, 1, 1))
    found = since(own, "December 2018", "900", "1,000")
    assert found
    assert found.change is BETTER
