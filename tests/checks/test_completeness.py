"""Checks of the year in which an indicator was introduced."""

import pytest

from tests.checks.finding import found, problems_of, row


@pytest.mark.parametrize(
    "text",
    ["2014", "2008/09", "2008-09", "2008/2009", "FY 2016/17", "April 2014", "2014-04-01", "2019",
     None, "-", "N/A"],
)  # fmt: skip
def test_years(text: str | None) -> None:
    assert found("year-no-year", row(4, year_introduced=text)) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("200809", "If 2008/09 is meant, write it so."),
        ("199900", "If 1999/00 is meant, write it so."),
        ("200812", "Write a year such as 2016, or 2016/17."),
        ("20014", "Write a year such as 2016, or 2016/17."),
        ("some time ago", "Write a year such as 2016, or 2016/17."),
        ("29 February 2019", "Write a year such as 2016, or 2016/17."),
    ],
)
def test_what_is_no_year(text: str, hint: str) -> None:
    problems = problems_of("year-no-year", row(4, year_introduced=text))
    assert [(p.cell, p.message, p.hint) for p in problems] == [
        ("Indicators!O4", f'the year introduced of CP 1.4, "{text}", is no year', hint)
    ]


def test_a_year_that_is_still_to_come() -> None:
    assert found("year-no-year", row(4, year_introduced="2020/21")) == [
        ("Indicators!O4", "the year introduced of CP 1.4, 2020/21, is still to come")
    ]


def test_an_exception_without_a_year_where_others_have_it() -> None:
    rows = [row(4, "80", year_introduced="2014"), row(5, "80"), row(6, "95")]
    assert found("year-missing", *rows) == [
        (
            "Indicators!O5",
            "CP 1.5 is an exception without a year introduced, which others have",
        )
    ]
    assert found("year-missing", *rows[1:]) == []
    assert found("year-missing", row(4, "80", year_introduced="-"), *rows[1:]) == []
