"""Checks of figures: missing, unlike those of the history, or falling where they only add up."""

from typing import Any

import pytest

from kpi_cli.models import Polarity, Settings
from tests.builders import period, reading, value
from tests.checks.finding import found, place, problems_of, row

COUNT = "Visits made [Cumulative YTD]"


@pytest.mark.parametrize(
    ("stated", "is_told"),
    [("58%", True), ("61.0%", False), ("58", False)],  # units are another check's
)
def test_last_year_in_the_row_and_in_the_history(stated: str, is_told: bool) -> None:
    history = (reading("CP 1.4", "January 2018", "61%"),)
    message = f"the value of CP 1.4 last year is {stated} here, and 61% in History!C2, which counts"
    expected = [("Indicators!Q4", message)] if is_told else []
    assert found("last-year-differs", row(4, last_year=value(stated)), history=history) == expected


@pytest.mark.parametrize(
    ("own", "target", "expected"),
    [
        (
            "67.5%",
            "88.7%",
            [
                (
                    "Indicators!F4",
                    "the value of CP 1.4 for January 2019 is 67.5% here, which counts, and 68.9% in"
                    " History!C9",
                )
            ],
        ),
        (
            "68.90%",
            "89%",
            [
                (
                    "Indicators!G4",
                    "the target of CP 1.4 for January 2019 is 89% here, which counts, and 88.7% in"
                    " History!D9",
                )
            ],
        ),
        ("68.90%", "88.7%", []),
        (None, None, []),
        ("0.689", "88.7%", []),  # units are another check's
    ],
)
def test_a_figure_that_differs_from_the_same_month_of_the_history(
    own: str | None, target: str | None, expected: list[tuple[str, str]]
) -> None:
    history = (
        reading("CP 1.4", "January 2019", "68.9%", "88.7%", row=9),
        reading("CP 1.4", "December 2018", "1%", "2%", row=8),
    )
    assert found("history-differs", row(4, own, target), history=history) == expected


def test_a_band_that_differs_from_the_same_month_of_the_history() -> None:
    history = (reading("CP 1.4", "January 2019", "40", "38 - 48", row=9),)
    own = {
        target: row(4, "40", target, polarity=Polarity.GOLDILOCKS) for target in ("38-47", "38-48")
    }
    assert [cell for cell, _ in found("history-differs", own["38-47"], history=history)] == [
        "Indicators!G4"
    ]
    assert found("history-differs", own["38-48"], history=history) == []


def test_a_code_used_twice_is_not_held_against_the_history() -> None:
    history = (reading("CP 1.1", "January 2019", "68"),)
    rows = [row(4, code="CP 1.1"), row(5, code="CP 1.1")]
    assert found("history-differs", *rows, history=history) == []


def test_a_value_that_is_missing() -> None:
    history = (reading("CP 1.6", "January 2019", "68", row=9),)
    rows = [row(4, None, no_value_text="TBC"), row(5, None), row(6, None), row(7, "0")]
    problems = problems_of("value-missing", *rows, history=history)
    assert [(p.cell, p.message, p.hint) for p in problems] == [
        (
            "Indicators!F4",
            'CP 1.4 has no value for January 2019: the cell says "TBC"',
            "Give the value as soon as it is known.",
        ),
        (
            "Indicators!F5",
            "CP 1.5 has no value for January 2019",
            "Give the value as soon as it is known.",
        ),
        (
            "Indicators!F6",
            "CP 1.6 has no value for January 2019",
            "The history has 68, in History!C9.",
        ),
    ]


FALL = (("August 2018", "39,910"), ("September 2018", "26,450"))


def past(*figures: tuple[str, str | None]) -> tuple[Any, ...]:
    return tuple(
        reading("CP 1.4", when, text, row=number)
        for number, (when, text) in enumerate(figures, start=2)
    )


def test_a_cumulative_count_that_falls() -> None:
    own = row(4, "35,852", "43,333", short_name=COUNT)
    assert found("cumulative-falls", own, history=past(*FALL)) == [
        (
            "History!C3",
            "CP 1.4 is cumulative, yet falls from 39,910 (August 2018) to 26,450 (September 2018)"
            " within 2018/19",
        )
    ]


def test_a_cumulative_count_that_falls_in_the_latest_month() -> None:
    own = row(4, "35,852", "43,333", short_name=COUNT)
    assert found("cumulative-falls", own, history=past(("October 2018", "35,853"))) == [
        (
            "Indicators!F4",
            "CP 1.4 is cumulative, yet falls from 35,853 (October 2018) to 35,852 (January 2019)"
            " within 2018/19",
        )
    ]


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("Visits made [Monthly Snapshot]", FALL),
        ("Visits made", FALL),
        ("Average visits a day [Cumulative YTD]", FALL),
        ("Rate of visits per 1,000 [Cumulative YTD]", FALL),
        (COUNT, (("March 2018", "39,910"), ("April 2018", "26,450"))),  # a new year
        (COUNT, (("August 2018", "80%"), ("September 2018", "60%"))),
        (COUNT, (("August 2018", "500"), ("September 2018", None), ("October 2018", "500"))),
    ],
)
def test_what_may_fall(name: str, figures: tuple[tuple[str, str | None], ...]) -> None:
    own = row(4, "99,999", None, short_name=name)
    assert found("cumulative-falls", own, history=past(*figures)) == []


def test_the_financial_year_is_the_one_that_is_set() -> None:
    settings = Settings(financial_year_starts=9)
    own = row(4, "99,999", None, short_name=COUNT, period=period("January 2019", 9))
    history = tuple(r._replace(period=r.period._replace(year_starts=9)) for r in past(*FALL))
    assert found("cumulative-falls", own, history=history, settings=settings) == []


@pytest.mark.parametrize(
    ("own", "comment", "message"),
    [
        ("80", None, 'CP 1.4 is an exception, "At risk of missing target", and has no comment'),
        ("89", None, 'CP 1.4 is an exception, "Some slippage against target", and has no comment'),
        ("80", "-", 'CP 1.4 is an exception, "At risk of missing target", and has no comment'),
        ("80", "It snowed.", None),
        ("95", None, None),
        (None, None, None),
    ],
)
def test_an_exception_without_a_comment(
    own: str | None, comment: str | None, message: str | None
) -> None:
    expected = [("Indicators!K4", message)] if message else []
    assert found("comment-missing", row(4, own, comment=comment)) == expected


@pytest.mark.parametrize(
    ("number", "more"), [(1, ""), (2, ", as is 1 more"), (3, ", as are 2 more")]
)
def test_exceptions_without_a_column_for_comments_are_told_once(number: int, more: str) -> None:
    rows = [row(n, "80", place=place(n, "comment")) for n in range(5, 5 + number)]
    assert found("comment-missing", row(4), *rows) == [
        ("Indicators!A5", f"there is no column Comment, and CP 1.5 is an exception{more}")
    ]


def test_the_month_of_a_row_without_history() -> None:
    own = row(4, "5", None, short_name=COUNT, period=period("May 2018"))
    assert found("cumulative-falls", own) == []
