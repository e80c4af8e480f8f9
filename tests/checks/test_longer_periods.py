"""What checks say of quarters, half-years and years: they are called what they are."""

from typing import Any

import pytest

from kpi_cli.models import Polarity
from tests.builders import period, reading
from tests.checks.finding import found, problems_of, row


def past(*periods: str, value: str | None = "5", target: str | None = "6") -> tuple[Any, ...]:
    """Return a row of history for each period, from row 2 on."""
    return tuple(
        reading("CP 1.4", when, value, target, row=number)
        for number, when in enumerate(periods, start=2)
    )


@pytest.mark.parametrize(
    ("when", "later", "said"),
    [
        ("Q3 2018/19", "Q4 2018/19", "quarter"),
        ("H1 2018/19", "H2 2018/19", "half-year"),
        ("2017/18", "2018/19", "year"),
    ],
)
def test_a_period_still_to_come(when: str, later: str, said: str) -> None:
    rows = [row(4, period=period(when)), row(5, period=period(later))]
    (problem,) = problems_of("month-in-future", *rows)
    assert problem.message == f"the latest {said} of CP 1.5 is {later}, which is still to come"
    assert problem.hint.startswith(f"Correct the {said};")


@pytest.mark.parametrize(
    ("when", "report", "behind"),
    [
        ("Q1 2018/19", "Q3 2018/19", "2 quarters"),
        ("H2 2017/18", "H1 2018/19", "1 half-year"),
        ("2016/17", "2017/18", "1 year"),
    ],
)
def test_a_stale_period(when: str, report: str, behind: str) -> None:
    rows = [row(4, period=period(report)), row(5, period=period(when))]
    assert found("month-stale", *rows) == [
        (
            "Indicators!E5",
            f"the latest {behind.split()[1].removesuffix('s')} of CP 1.5 is {when}, {behind} behind"
            f" the report's, {report}",
        )
    ]


@pytest.mark.parametrize(
    ("basis", "when", "is_stale"),
    [
        ("[Half-yearly Snapshot]", "August 2018", False),
        ("[Half-yearly Snapshot]", "July 2018", True),
        ("[Yearly Snapshot]", "July 2018", False),
    ],
)
def test_by_half_year_a_month_is_stale_after_six(basis: str, when: str, is_stale: bool) -> None:
    rows = [row(4), row(5, short_name=f"Visits {basis}", period=period(when))]
    assert bool(found("month-stale", *rows)) is is_stale


def test_missing_quarters() -> None:
    when = ["Q1 2016/17", "Q2 2016/17", "Q3 2016/17", "Q4 2016/17", "Q3 2017/18", "Q4 2017/18"]
    own = row(4, period=period("Q1 2018/19"))
    assert found("months-missing", own, history=past(*when)) == [
        ("History!C6", "CP 1.4 has no value for Q1 2017/18 to Q2 2017/18, 2 quarters")
    ]


@pytest.mark.parametrize(
    ("when", "missing"),
    [
        (["Q3 2017/18", "Q1 2018/19", "Q2 2018/19"], []),
        (["Q2 2017/18", "Q1 2018/19", "Q2 2018/19"], ["Q3 2017/18 to Q4 2017/18, 2 quarters"]),
        (["Q2 2017/18", "Q3 2017/18", "Q1 2018/19", "Q2 2018/19"], ["Q4 2017/18"]),
    ],
)
def test_a_figure_of_a_year_ago_that_stands_alone_makes_no_gap(
    when: list[str], missing: list[str]
) -> None:
    own = row(4, period=period("Q3 2018/19"))
    said = [message for _, message in found("months-missing", own, history=past(*when))]
    assert said == [f"CP 1.4 has no value for {each}" for each in missing]


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("January 2019", "CP 1.4 has neither a month's target nor an annual one"),
        ("Q3 2018/19", "CP 1.4 has neither a quarter's target nor an annual one"),
        ("H1 2018/19", "CP 1.4 has neither a half-year's target nor an annual one"),
        ("2017/18", "CP 1.4 has no target for the year"),
    ],
)
def test_no_target(when: str, message: str) -> None:
    own = row(4, "95", None, period=period(when))
    assert found("target-missing", own) == [("Indicators!G4", message)]


def test_a_quarter_without_the_target_that_others_have() -> None:
    own = row(4, "95", None, annual="100", period=period("Q3 2018/19"))
    (problem,) = problems_of("target-missing", own, history=past("Q1 2018/19", "Q2 2018/19"))
    assert (problem.message, problem.hint) == (
        "CP 1.4 has no target for Q3 2018/19, and had 6 for Q2 2018/19: the annual target of 100"
        " counts",
        "Give the quarter's target.",
    )


def test_a_quarters_target_unlike_the_annual_one() -> None:
    band = {"annual": "38-48", "polarity": Polarity.GOLDILOCKS}
    own = row(4, "95", "90", period=period("Q3 2018/19"), **band)
    assert found("target-changes", own) == [
        (
            "Indicators!G4",
            "the quarter's target of CP 1.4 is a number, 90, and the annual one a band, 38-48",
        )
    ]


@pytest.mark.parametrize(
    ("own", "whens", "others"),
    [
        ("Q3 2018/19", ["Q1 2017/18", "Q2 2017/18", "Q3 2017/18", "Q4 2017/18"], "quarters"),
        ("2017/18", ["2013/14", "2014/15", "2015/16", "2016/17"], "years"),
        ("Q3 2018/19", ["Q1 2017/18", "Q2 2017/18", "Q3 2017/18", "2016/17"], "periods"),
    ],
)
def test_other_periods_of_another_unit(own: str, whens: list[str], others: str) -> None:
    history = past(*whens, value="0.7", target=None)
    (problem,) = problems_of(
        "units-mixed", row(4, "70%", "75%", period=period(own)), history=history
    )
    assert f"is 0.7 (and so are 3 other {others}), and the usual one" in problem.message
