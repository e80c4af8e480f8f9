"""Checks of names: one committee, aim, OU or service that is spelt in two ways."""

from typing import Any

import pytest

from tests.checks.finding import found, problems_of, row


def committees(*names: str | None) -> list[tuple[str | None, str]]:
    rows = [row(number, committee=name) for number, name in enumerate(names, start=4)]
    return found("name-spelt-two-ways", *rows)


def test_the_rarer_spelling_is_named_once_with_its_indicators() -> None:
    usual, rarer = "Policy & Resources Scrutiny", "Policy and Resources Scrutiny"
    assert committees(rarer, usual, usual, None, usual, rarer, "People Scrutiny") == [
        (
            "Indicators!M4",
            f'the scrutiny committee "{rarer}" (CP 1.4 and CP 1.9) is spelt "{usual}" in 3 other'
            " rows",
        )
    ]


def test_of_many_indicators_some_are_named() -> None:
    (cell, message), *others = committees(*["Health"] * 6, *["HEALTH"] * 5)
    assert others == []
    assert (cell, message) == (
        "Indicators!M10",
        'the scrutiny committee "HEALTH" (CP 1.10, CP 1.11, CP 1.12 and 2 more) is spelt "Health"'
        " in 6 other rows",
    )


def test_of_two_spellings_in_as_many_rows_the_first_is_the_usual_one() -> None:
    assert committees("People", "people") == [
        (
            "Indicators!M5",
            'the scrutiny committee "people" (CP 1.5) is spelt "People" in 1 other row',
        )
    ]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("People Scrutiny", "Peeple Scrutiny"),
        ("People Scrutiny", "People Scrutinny"),
        ("People Scrutiny", "People Scrutny"),
        ("People Scrutiny", "People Scurtiny"),
        ("Adult Services", "Adults Services"),
        ("Children's Services", "Childrens Services"),
        ("Children's Services", "Children’s Services"),
        ("Place - Scrutiny", "Place Scrutiny"),
    ],
)
def test_names_that_are_one_slip_apart(name: str, other: str) -> None:
    message = (
        f'the scrutiny committee "{other}" (CP 1.6) is nearly "{name}", which stands in 2 other'
        " rows"
    )
    assert committees(name, name, other) == [("Indicators!M6", message)]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("People Scrutiny", "Place Scrutiny"),
        ("Area North", "Area South"),
        ("Area East", "Area West"),
        ("Area East", "Area Easts"),
        ("Team A", "Team B"),
        ("Ward 10001", "Ward 10002"),
        ("Ward 1.2", "Ward 12"),
        ("Health", "Wealth"),  # the first letter makes another word
        ("Health Services", "Health"),
        ("John Smith", "Joan Smith"),
        ("Adults Care", "Adult Cares"),  # two slips
        ("People Scrutiny", "People  Scrutiny"),
        ("a" * 101, "a" * 102),
        ("TBC", "tbc"),
    ],
)
def test_names_that_are_two(name: str, other: str) -> None:
    assert committees(name, name, other) == []


@pytest.mark.parametrize(
    ("field", "name", "other", "cell", "what"),
    [
        ("aim", "SAFE", "Safe", "Indicators!C6", "aim"),
        ("managed_by", "Housing", "Housinng", "Indicators!L6", "manager"),
        ("responsible_ous", ("Place", "People"), ("people",), "Indicators!N6", "responsible OU"),
    ],
)
def test_every_field_that_has_names(
    field: str, name: Any, other: Any, cell: str, what: str
) -> None:
    rows = [row(4, **{field: name}), row(5, **{field: name}), row(6, **{field: other})]
    ((found_cell, message),) = found("name-spelt-two-ways", *rows)
    assert found_cell == cell
    assert message.startswith(f'the {what} "')


@pytest.mark.parametrize(
    ("other", "hint"),
    [
        ("Policy and Resources", 'Write "Policy & Resources" everywhere.'),
        ("Policy & Resource", 'If it is the same, write "Policy & Resources".'),
    ],
)
def test_what_to_do(other: str, hint: str) -> None:
    rows = [row(4, committee="Policy & Resources"), row(5, committee=other)]
    assert [problem.hint for problem in problems_of("name-spelt-two-ways", *rows)] == [hint]


def test_a_name_in_two_fields_is_two_names() -> None:
    rows = [row(4, aim="PEOPLE", committee="People")]
    assert found("name-spelt-two-ways", *rows) == []
