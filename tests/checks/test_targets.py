"""Checks of targets: those that are missing, and those that change their kind."""

from typing import Any

import pytest

from kpi_cli.models import Polarity
from tests.builders import reading
from tests.checks.finding import found, row

BAND = Polarity.GOLDILOCKS


def past(*figures: tuple[str, str | None, str | None]) -> tuple[Any, ...]:
    """Return rows of history from row 2 on: month, value, target."""
    return tuple(
        reading("CP 1.4", when, text, target, row=number)
        for number, (when, text, target) in enumerate(figures, start=2)
    )


def test_an_indicator_without_a_target() -> None:
    rows = [row(4, target=None), row(5, target=None, annual="90"), row(6)]
    assert found("target-missing", *rows) == [
        ("Indicators!G4", "CP 1.4 has neither a month's target nor an annual one")
    ]


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (("90", "90", "90"), []),
        (
            ("90", None, "90"),
            [("History!D3", "CP 1.4 has a value and no target for November 2018")],
        ),
        (
            ("90", None, None),
            [("History!D3", "CP 1.4 has a value and no target for November 2018 to December 2018")],
        ),
        ((None, None, "90"), []),  # before the first target there was none
        ((None, None, None), []),
    ],
)
def test_a_month_without_a_target(
    targets: tuple[str | None, ...], expected: list[tuple[str, str]]
) -> None:
    months = ("October 2018", "November 2018", "December 2018")
    history = past(*((when, "95", target) for when, target in zip(months, targets, strict=True)))
    assert found("target-missing", row(4), history=history) == expected


def test_a_month_with_neither_value_nor_target_is_no_missing_target() -> None:
    history = past(
        ("October 2018", "5", "6"), ("November 2018", None, None), ("December 2018", "5", "6")
    )
    assert found("target-missing", row(4), history=history) == []


def test_a_missing_target_is_told_with_what_stands_in_its_place() -> None:
    own = row(4, target=None, no_target_text="Monitor")
    message = 'CP 1.4 has neither a month\'s target nor an annual one: the cell says "Monitor"'
    assert found("target-missing", own) == [("Indicators!G4", message)]


@pytest.mark.parametrize(("before", "is_told"), [("December 2018", True), ("March 2018", False)])
def test_the_latest_month_without_a_target_where_the_year_has_had_one(
    before: str, is_told: bool
) -> None:
    own = row(4, target=None, annual="120")
    message = (
        f"CP 1.4 has no target for January 2019, and had 90 for {before}: the annual target of 120"
        " counts"
    )
    expected = [("Indicators!G4", message)] if is_told else []
    assert found("target-missing", own, history=past((before, "80", "90"))) == expected


@pytest.mark.parametrize(
    ("earlier", "later", "message"),
    [
        ("66", "57-67", "a number, 66 (March 2018), to a band, 57-67 (April 2018)"),
        ("57-67", "66", "a band, 57-67 (March 2018), to a number, 66 (April 2018)"),
        ("90", "91%", "a number, 90 (March 2018), to a percentage, 91% (April 2018)"),
        (
            "30%-40%",
            "30-40",
            "a band of percentages, 30%-40% (March 2018), to a band, 30-40 (April 2018)",
        ),
        ("66", "67", None),
        ("50-56", "38-48", None),
        ("£5", "6", None),
    ],
)
def test_a_target_that_changes(earlier: str, later: str, message: str | None) -> None:
    history = past(
        ("March 2018", "70", earlier), ("April 2018", "70", later), ("May 2018", None, None)
    )
    own = row(4, "70", later, polarity=BAND)
    expected = [("History!D3", f"the target of CP 1.4 changes from {message}")] if message else []
    assert found("target-changes", own, history=history) == expected


def test_a_target_that_changes_in_the_latest_month() -> None:
    own = row(4, "79", "57-67", polarity=BAND)
    assert found("target-changes", own, history=past(("December 2018", "78", "66"))) == [
        (
            "Indicators!G4",
            "the target of CP 1.4 changes from a number, 66 (December 2018), to a band, 57-67"
            " (January 2019)",
        )
    ]


def test_a_month_with_other_units_throughout_is_not_told_twice() -> None:
    own = row(4, "67.5%", "90%")
    history = past(("November 2018", "0.6", "0.9"), ("December 2018", "61%", "90%"))
    assert found("target-changes", own, history=history) == []
    assert len(found("units-mixed", own, history=history)) == 1


def test_a_target_that_turns_into_a_band_is_told_though_units_are_mixed() -> None:
    own = row(4, "67.5%", "0.8-0.9", polarity=BAND)
    history = past(("December 2018", "70%", "0.9"))
    assert [cell for cell, _ in found("target-changes", own, history=history)] == ["Indicators!G4"]


def test_units_mixed_in_the_row_are_not_told_twice() -> None:
    history = past(("December 2018", "70%", "90%"))
    assert found("target-changes", row(4, "67.5%", "0.9"), history=history) == []
    assert len(found("units-mixed", row(4, "67.5%", "0.9"), history=history)) == 1


@pytest.mark.parametrize(
    ("own", "target", "annual", "message"),
    [
        ("79", "57-67", "66", "a band, 57-67, and the annual one a number, 66"),
        (None, "90%", "0.9", "a percentage, 90%, and the annual one a number, 0.9"),
        ("67.5%", "90%", "0.9", None),  # told as units mixed
        ("79", "57-67", "58-68", None),
        ("79", "57-67", None, None),
    ],
)
def test_a_target_unlike_the_annual_one(
    own: str | None, target: str, annual: str | None, message: str | None
) -> None:
    indicator = row(4, own, target, annual=annual, polarity=BAND)
    expected = [("Indicators!G4", f"the month's target of CP 1.4 is {message}")] if message else []
    assert found("target-changes", indicator) == expected
