"""Checks of percentages: beside plain numbers, a hundred times too large, or impossible."""

from typing import Any

import pytest

from kpi_cli.models import Polarity
from tests.builders import line, reading, value
from tests.checks.finding import found, row

SHARE = "Percentage of visits made in time [Monthly Snapshot]"


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        (
            ("0.675", "88.7%", "88.7%"),
            "0.675, and the target is 88.7%: 0.675 counts as 0.675%, and may mean 67.5%",
        ),
        (
            ("67.5%", "0.887", "88.7%"),
            "67.5%, and the target is 0.887: 0.887 counts as 0.887%, and may mean 88.7%",
        ),
        (
            ("67.5%", None, "88.7"),
            "67.5%, and the annual target is 88.7: 88.7 counts as 88.7%",
        ),
        (("1.95", "1.77%", None), "1.95, and the target is 1.77%: 1.95 counts as 1.95%"),
        (
            ("0.0195", "1.77%", None),
            "0.0195, and the target is 1.77%: 0.0195 counts as 0.0195%, and may mean 1.95%",
        ),
        (("40", "30%-50%", None), "40, and the target is 30%-50%: 40 counts as 40%"),
        (
            ("40%", "0.3-0.5", None),
            "40%, and the target is 0.3-0.5: 0.3-0.5 counts as 0.3%-0.5%, and may mean 30%-50%",
        ),
        (("67.5%", "88.7%", "88.7%"), None),
        (("£5", "6", "6"), None),
        ((None, "88.7%", "88.7%"), None),
        (("0.675", None, None), None),
    ],
)
def test_a_percentage_beside_a_plain_number_in_a_row(
    figures: tuple[str | None, ...], message: str | None
) -> None:
    text, target, annual = figures
    polarity = Polarity.GOLDILOCKS if "-" in (target or "") else Polarity.MAXIMISE
    mixed = row(4, text, target, annual=annual, polarity=polarity)
    expected = [("Indicators!F4", f"the value of CP 1.4 is {message}")] if message else []
    assert found("units-mixed", mixed) == expected


@pytest.mark.parametrize("name", ["green_line", "red_line"])
def test_a_percentage_beside_a_plain_line(name: str) -> None:
    own = row(4, "67.5%", "80%", **{name: line("0.7")})
    what = name.replace("_", " ")
    assert found("units-mixed", own) == [
        (
            "Indicators!F4",
            f"the value of CP 1.4 is 67.5%, and the {what} is 0.7: 0.7 counts as 0.7%, and may"
            " mean 70%",
        )
    ]


def test_a_percentage_beside_a_plain_value_of_last_year() -> None:
    assert found("units-mixed", row(4, "67.5%", None, last_year=value("0.7"))) == [
        (
            "Indicators!F4",
            "the value of CP 1.4 is 67.5%, and the value of last year is 0.7: 0.7 counts as 0.7%,"
            " and may mean 70%",
        )
    ]


def months(*values: str | None) -> tuple[Any, ...]:
    """Return the history of CP 1.4 from April 2018 on, in the rows from 2 on."""
    return tuple(
        reading("CP 1.4", f"2018-{number:02}", text, row=number - 2)
        for number, text in enumerate(values, start=4)
    )


@pytest.mark.parametrize(
    ("own", "values", "expected"),
    [
        (
            "67.5%",
            ("70%", "0.71", "72%"),
            [
                (
                    "History!C3",
                    "the value of CP 1.4 for May 2018 is 0.71, and the usual one is like 67.5%:"
                    " 0.71 counts as 0.71%, and may mean 71%",
                )
            ],
        ),
        (
            "67.5%",
            ("0.70", "0.71", "0.72", "0.73", "0.74"),
            [
                (
                    "History!C2",
                    "the value of CP 1.4 for April 2018 is 0.70 (and so are 4 other months), and"
                    " the usual one is like 67.5%: 0.70 counts as 0.7%, and may mean 70%",
                )
            ],
        ),
        (
            "95",
            ("90", "91%"),
            [
                (
                    "History!C3",
                    "the value of CP 1.4 for May 2018 is 91%, and the usual one is like 95: 95"
                    " counts as 95%",
                )
            ],
        ),
        ("67.5%", ("70%", None, "72%"), []),
        ("95", ("90", "£91"), []),
    ],
)
def test_a_percentage_beside_a_plain_number_in_a_series(
    own: str, values: tuple[str | None, ...], expected: list[tuple[str, str]]
) -> None:
    assert found("units-mixed", row(4, own, None), history=months(*values)) == expected


def test_where_the_row_itself_mixes_units_the_history_is_held_against_most_of_its_own() -> None:
    problems = found("units-mixed", row(4, "0.675", "90%"), history=months("70%", "71%", "0.7"))
    assert [cell for cell, _ in problems] == ["Indicators!F4", "History!C4"]


@pytest.mark.parametrize(
    ("own", "target", "message"),
    [
        (
            "6750%",
            "88.7%",
            "the value of CP 1.4 is 6750%, beside 88.7%: it counts as 6750%, and may mean 67.5%",
        ),
        (
            "195%",
            "1.77%",
            "the value of CP 1.4 is 195%, beside 1.77%: it counts as 195%, and may mean 1.95%",
        ),
        ("110%", "90%", None),
        ("2500%", "90%", None),  # 28 times: a growth, it may be
        ("50%", "0.5%", None),
        ("6750%", "0%", None),
        ("6750", "88.7", None),
        ("6750%", None, None),
    ],
)
def test_a_percentage_a_hundredfold(own: str, target: str | None, message: str | None) -> None:
    expected = [("Indicators!F4", message)] if message else []
    assert found("percentage-hundredfold", row(4, own, target)) == expected


def test_a_target_a_hundredfold() -> None:
    assert found("percentage-hundredfold", row(4, "67.5%", "8870%", annual="90%")) == [
        (
            "Indicators!G4",
            "the target of CP 1.4 is 8870%, beside 67.5%: it counts as 8870%, and may mean 88.7%",
        )
    ]


def test_a_percentage_a_hundredfold_in_the_history() -> None:
    history = (reading("CP 1.4", "May 2018", "6750%", "90%", row=7),)
    assert found("percentage-hundredfold", row(4), history=history) == [
        (
            "History!C7",
            "the value of CP 1.4 for May 2018 is 6750%, beside 90%: it counts as 6750%, and may"
            " mean 67.5%",
        )
    ]


def test_a_percentage_a_hundredfold_beside_the_figures_of_the_row() -> None:
    history = (reading("CP 1.4", "May 2018", "6750%", row=7),)
    ((cell, message),) = found("percentage-hundredfold", row(4, "70%", None), history=history)
    assert cell == "History!C7"
    assert "is 6750%, beside 70%: " in message


@pytest.mark.parametrize(
    ("name", "own", "is_told"),
    [
        (SHARE, "104.2%", True),
        (SHARE, "-3%", True),
        (SHARE, "100%", False),
        (SHARE, "0%", False),
        (SHARE, "104.2", False),
        (SHARE, "6750%", False),  # told as a hundredfold
        ("% of Council Tax collected in year [Cumulative YTD]", "101%", True),
        ("The proportion of people who receive direct payments", "101%", True),
        ("Current Rent Arrears as % of rent due [Monthly Snapshot]", "101%", False),
        ("Percentage change in visits to the library", "-12%", False),
        ("% of the budget that was spent", "104%", False),
        ("Growth in visitors", "140%", False),
        ("Visits made", "140%", False),
    ],
)
def test_a_percentage_that_cannot_be(name: str, own: str, is_told: bool) -> None:
    message = f"the value of CP 1.4 is {own}, and no part of a whole is over 100% or below 0%"
    expected = [("Indicators!F4", message)] if is_told else []
    assert found("percentage-impossible", row(4, own, "90%", short_name=name)) == expected


def test_a_percentage_that_cannot_be_in_a_target_or_the_history() -> None:
    history = (reading("CP 1.4", "May 2018", "101%", "102%", row=7),)
    own = row(4, "99%", "90%", annual="103%", short_name=SHARE)
    assert [cell for cell, _ in found("percentage-impossible", own, history=history)] == [
        "Indicators!H4",
        "History!C7",
        "History!D7",
    ]
