"""The check of units: percentages beside plain numbers, weeks beside days, £1.2m beside 1.5."""

from typing import Any

import pytest

from kpi_cli.models import Polarity
from tests.builders import line, reading, value
from tests.checks.finding import found, row


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


def compared(one: str, other: str) -> str:
    return f"they are compared as bare numbers, {one} and {other}"


@pytest.mark.parametrize(
    ("own", "target", "message"),
    [
        ("3 weeks", "18 days", compared("3", "18")),
        ("3 weeks", "at least 18 days", compared("3", "18")),
        ("512 kg", "0.6 tonnes", compared("512", "0.6")),
        ("512 kg/household", "600 kg per head", compared("512", "600")),
        ("72 per 10,000", "7.2 per 1,000", compared("72", "7.2")),
        ("72 cases", "7.2 per 1,000", compared("72", "7.2")),
        ("5 km", "4 miles", compared("5", "4")),
        ("5 m2", "4 square miles", compared("5", "4")),
        ("£1.2m", "1.5", compared("1,200,000", "1.5")),
        ("1.2m", "1.5", compared("1,200,000", "1.5")),
        ("£1.2m", "£1.5", compared("1,200,000", "1.5")),
        ("£800k", "900", compared("800,000", "900")),
        ("1.2", "£1,500", compared("1.2", "1,500")),
        ("512 kg", "0.5", compared("512", "0.5")),
        ("$500", "£450", compared("500", "450")),
        ("£5", "4 miles", compared("5", "4")),
        ("500 euros", "£400-£450", compared("500", "400-450")),
        ("£5 per week", "£20 per month", compared("5", "20")),
    ],
)
def test_two_units_in_a_row(own: str, target: str, message: str) -> None:
    mixed = row(4, own, target, polarity=Polarity.GOLDILOCKS)
    told = f"the value of CP 1.4 is {own}, and the target is {target}: {message}"
    assert found("units-mixed", mixed) == [("Indicators!F4", told)]


@pytest.mark.parametrize(
    ("own", "target"),
    [
        ("3 weeks", "2 wks"),
        ("1 day", "10 days (prov)"),
        ("12 minutes", "10 mins"),
        ("4 hr", "3.5 hours"),
        ("12 working days", "10 days"),
        ("5 m²", "4 square metres"),
        ("5 sq km", "4 km2"),
        ("5 tonnes CO2e", "4 tonnes"),
        ("512 kg per household", "500 kg/dwelling"),
        ("72 per 10,000", "70 per 10000 people"),
        ("5 homes", "6 dwellings"),
        ("12 complaints", "10 cases"),
        ("3 weeks", "18"),
        ("12 prov", "10 est"),
        ("12*", "10 [1]"),
        ("12 (p)", "10 days"),
        ("£5", "450"),
        ("£2", "1,800"),
        ("£800k", "4,000"),
        ("£5", "4 pounds"),
        ("£1.2m", "£900k"),
        ("£1.2m", "0"),
        ("1,200", "1"),
        ("£1,200", "£1"),
    ],
)
def test_one_unit_in_a_row(own: str, target: str) -> None:
    assert value(own)
    assert value(target)
    assert found("units-mixed", row(4, own, target)) == []


def test_another_unit_last_year() -> None:
    ((cell, message),) = found(
        "units-mixed", row(4, "3 weeks", "4 weeks", last_year=value("20 days"))
    )
    assert cell == "Indicators!F4"
    assert "and the value of last year is 20 days: " in message


def test_another_unit_in_the_history() -> None:
    own = row(4, "3 weeks", "4 weeks")
    assert found("units-mixed", own, history=months("5 wks", "20 days", "3")) == [
        (
            "History!C3",
            "the value of CP 1.4 for May 2018 is 20 days, and the usual one is like 3 weeks: they"
            " are compared as bare numbers, 20 and 3",
        )
    ]
