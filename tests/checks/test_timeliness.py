"""Checks of months: those still to come, those that lag behind, and those that are missing."""

from typing import Any

import pytest

from kpi_cli.models import Problem, Severity
from tests.builders import period, reading
from tests.checks.finding import found, row


def past(*months: str, blank: tuple[str, ...] = (), code: str = "CP 1.4") -> tuple[Any, ...]:
    """Return a row of history for each month, from row 2 on; the blank ones have no value."""
    return tuple(
        reading(code, when, None if when in blank else "5", "6", row=number)
        for number, when in enumerate(months, start=2)
    )


def test_a_month_in_the_future() -> None:
    rows = [row(4, period=period("March 2019")), row(5, period=period("February 2019"))]
    history = past("February 2019", "March 2019", "April 2019", blank=("April 2019",))
    assert found("month-in-future", *rows, history=history) == [
        ("Indicators!E4", "the latest month of CP 1.4 is March 2019, which is still to come"),
        ("History!B3", "CP 1.4 has a value for March 2019, which is still to come"),
    ]


def behind(code: str, when: str, months: str) -> str:
    return f"the latest month of {code} is {when}, {months} behind the report's, January 2019"


def test_a_stale_month() -> None:
    rows = [
        row(4),
        row(5, period=period("December 2018")),
        row(6, period=period("September 2018")),
        row(7, period=period("June 2119")),  # makes no other one stale
    ]
    assert found("month-stale", *rows) == [
        ("Indicators!E5", behind("CP 1.5", "December 2018", "1 month")),
        ("Indicators!E6", behind("CP 1.6", "September 2018", "4 months")),
    ]


@pytest.mark.parametrize(
    ("basis", "when", "is_stale"),
    [
        ("[Quarterly Snapshot]", "November 2018", False),
        ("[Quarterly Snapshot]", "October 2018", True),
        ("[Rolling Quarter]", "December 2018", True),
        ("[Annual Snapshot]", "February 2018", False),
        ("[Annual Snapshot]", "January 2018", True),
        ("[Monthly Snapshot]", "December 2018", True),
    ],
)
def test_by_quarter_or_by_year_a_month_is_not_stale_soon(
    basis: str, when: str, is_stale: bool
) -> None:
    rows = [row(4), row(5, short_name=f"Visits {basis}", period=period(when))]
    assert bool(found("month-stale", *rows)) is is_stale


def test_a_history_by_quarter_says_when_the_next_one_is_due() -> None:
    history = past("March 2018", "June 2018", "September 2018", code="CP 1.5")
    rows = [row(4), row(5, period=period("December 2018"))]
    assert found("month-stale", *rows, history=history) == []
    rows = [row(4), row(5, period=period("September 2018"))]
    assert found("month-stale", *rows, history=history) == [
        ("Indicators!E5", behind("CP 1.5", "September 2018", "4 months"))
    ]


def test_a_history_that_goes_on_past_the_row() -> None:
    history = past("November 2018", "January 2019", "February 2019", blank=("February 2019",))
    rows = [row(4, period=period("December 2018")), row(5)]
    assert found("month-stale", *rows, history=history) == [
        (
            "Indicators!E4",
            "the latest month of CP 1.4 is December 2018, but the history goes on to January 2019,"
            " in History!C3",
        )
    ]


MONTHS = ("March 2018", "April 2018", "May 2018", "June 2018", "July 2018", "August 2018")


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (past(*MONTHS), []),
        (
            past(*MONTHS, blank=("May 2018", "June 2018")),
            [("History!C4", "CP 1.4 has no value for May 2018 to June 2018, 2 months")],
        ),
        (
            past("March 2018", "April 2018", "June 2018", "July 2018", "August 2018"),
            [("History!C4", "CP 1.4 has no value for May 2018")],
        ),
        (past(*MONTHS, blank=("March 2018",)), []),  # nothing before it
        (past("August 2017"), []),  # last year's month alone
        (past("December 2017", "March 2018", "June 2018"), []),
        (past("August 2016", "August 2017"), []),
        (
            past("June 2017", "September 2017", "March 2018", "June 2018"),
            [("History!C4", "CP 1.4 has no value for December 2017")],
        ),
        (  # by quarter at first, and then by month
            past("June 2017", "September 2017", "December 2017", *MONTHS),
            [],
        ),
    ],
)
def test_missing_months(history: tuple[Any, ...], expected: list[tuple[str, str]]) -> None:
    own = row(4, period=period("September 2018"))
    assert found("months-missing", own, history=history) == expected


def test_months_missing_before_the_latest_one() -> None:
    assert found("months-missing", row(4), history=past(*MONTHS)) == [
        ("Indicators!F4", "CP 1.4 has no value for September 2018 to December 2018, 4 months")
    ]


def test_a_month_that_is_told_of_otherwise_is_not_missing() -> None:
    own = row(4, period=period("September 2018"))
    twice = (*past(*MONTHS), reading("CP 1.4", "May 2018", "7", row=20))
    assert found("months-missing", own, history=twice) == []
    unread = Problem(severity=Severity.ERROR, cell="History!C4", message="x", hint="x")
    known = tuple(r for r in past(*MONTHS) if r.period != period("May 2018"))
    assert found("months-missing", own, history=known, problems=(unread,)) == []
    assert len(found("months-missing", own, history=known)) == 1
