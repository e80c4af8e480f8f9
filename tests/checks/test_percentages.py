"""Checks of percentages: a hundred times too large, beside a share, or impossible."""

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_cli import check, read_workbook
from kpi_cli.addresses import column_letters
from kpi_cli.models import Polarity, ReadAs
from tests.builders import reading, save_workbook
from tests.checks.finding import COLUMNS, found, row

SHARE = "Percentage of visits made in time [Monthly Snapshot]"


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


VISITS = "Visits made in time"


def headed(**headings: str) -> ReadAs:
    """Return what was read of a table of the sheet Indicators that has these headings in row 3."""
    columns = {key: column_letters(COLUMNS[key]) for key in headings}
    fields = {key: f'"{text}" in Indicators!{columns[key]}3' for key, text in headings.items()}
    return ReadAs(cell="Indicators!A3", fields=fields)


def beside(own: str, target: str, share: str, likely: str) -> str:
    percentage = target if share == own else own
    return (
        f"the value of CP 1.4 is {own}, and the target is {target}: they are compared as they"
        f" stand, and {share} may be a share ({likely}), {percentage} a percentage"
    )


@pytest.mark.parametrize(
    ("name", "own", "target", "message"),
    [
        (SHARE, "62", ".95", beside("62", "0.95", "0.95", "95%")),
        ("% of rent collected", "0.97", "95", beside("0.97", "95", "0.97", "97%")),
        ("Rent arrears as % of rent due", "0.05", "4", beside("0.05", "4", "0.05", "5%")),
        ("Per cent of bins", "45", "0.3-0.5", beside("45", "0.3-0.5", "0.3-0.5", "30%-50%")),
        ("Proportion of calls", "0.9", "80-90", beside("0.9", "80-90", "0.9", "90%")),
        (VISITS, "62", "0.95", None),
        ("Gap in percentage points", "62", "0.95", None),
        (SHARE, "0.5", "5", None),  # 0.5% beside 5%, it may be
        (SHARE, "0.95", "250", None),
        (SHARE, "0", "95", None),
        (SHARE, "1", "95", None),
        (SHARE, "62%", "0.95", None),  # told as mixed units
        (SHARE, "£62", "0.95", None),
        (SHARE, "62", "95", None),
    ],
)
def test_a_share_beside_a_percentage(name: str, own: str, target: str, message: str | None) -> None:
    shares = row(4, own, target, short_name=name, polarity=Polarity.GOLDILOCKS)
    expected = [("Indicators!F4", message)] if message else []
    assert found("percentage-hundredfold", shares) == expected


@pytest.mark.parametrize(
    ("table", "is_told"),
    [
        (headed(value="Actual %", target="Target"), True),
        (headed(value="Actual", target="Target (per cent)"), True),
        (headed(value="Actual", target="Target", last_year="Last year %"), False),
        (
            replace(headed(value="Actual %"), cell="Other!A3", fields={"value": '"%" in Other!F3'}),
            False,
        ),
        (ReadAs(cell="Indicators!A20", fields={"value": '"Actual %" in Indicators!F20'}), False),
    ],
)
def test_a_share_beside_a_percentage_below_a_heading_with_a_percent_sign(
    table: ReadAs, is_told: bool
) -> None:
    told = found(
        "percentage-hundredfold", row(4, "62", "0.95", short_name=VISITS), read_as=(table,)
    )
    assert bool(told) == is_told


def test_a_share_in_the_history_of_a_percentage() -> None:
    history = tuple(
        reading("CP 1.4", f"2018-{number:02}", text, target, row=number)
        for number, (text, target) in enumerate(
            (("60", "95"), ("0.61", None), ("62", "0.95"), ("63", None)), start=4
        )
    )
    own = row(4, "64", "95", short_name=SHARE)
    assert found("percentage-hundredfold", own, history=history) == [
        (
            "History!C5",
            "the value of CP 1.4 for May 2018 is 0.61, beside 64: they are compared as they stand,"
            " and 0.61 may be a share (61%), 64 a percentage",
        ),
        (
            "History!C6",
            "the value of CP 1.4 for June 2018 is 62, beside 0.95: they are compared as they"
            " stand, and 0.95 may be a share (95%), 62 a percentage",
        ),
    ]


def test_many_shares_in_the_history_are_one_problem() -> None:
    history = tuple(
        reading("CP 1.4", f"2018-{number:02}", "0.6", row=number) for number in range(4, 10)
    )
    own = row(4, "64", "95", short_name=SHARE)
    ((cell, message),) = found("percentage-hundredfold", own, history=history)
    assert cell == "History!C4"
    assert "is 0.6 (and so are 5 other months), beside 64: " in message


def test_a_share_is_told_in_a_workbook_by_its_headings(tmp_path: Path) -> None:
    rows = [
        ("Ref", "Indicator", "Good is", "Actual %", "Target %"),
        ("A", "Calls answered", "High", 62, 0.95),
    ]
    path = save_workbook(tmp_path / "x.xlsx", **{"Q2 in 2024-25": rows})
    told = [
        problem.cell
        for problem in check(read_workbook(path))
        if problem.check == "percentage-hundredfold"
    ]
    assert told == ["'Q2 in 2024-25'!D2"]
