"""The advice of a message, followed to the letter: the problem goes away, and the rating is right.

Each case is a workbook with a problem, the words of the hint that are followed, and what is changed
for them. Nothing else is changed.
"""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook

from kpi_cli import Workbook, rate, read_workbook
from kpi_cli.models import Direction, Outcome, Polarity
from tests.builders import save_workbook

RED, AMBER, GREEN = Outcome.AT_RISK, Outcome.SLIPPAGE, Outcome.ON_COURSE
H = ("Ref", "Indicator", "Polarity")
TITLE = ("Performance report Quarter 3 2018/19",)
Rows = tuple[tuple[Any, ...], ...]


class Advice(NamedTuple):
    """A problem at a cell, the words of its hint, the cells changed, and what is right."""

    rows: Rows
    at: str
    hint: str
    change: dict[str, Any]
    outcome: Outcome
    period: str = "Q3 2018/19"
    direction: Direction = Direction.UNKNOWN


def one(*figures: Any, polarity: str | None = "High") -> tuple[Any, ...]:
    return ("A1", "Homes let", polarity, *figures)


HEADINGS: dict[str, Advice] = {
    "no value": Advice(
        (TITLE, (*H, "Target", "Figures so far"), one(90, 88)),
        "A2", 'Head it "Actual" or "Value", if it is "Figures so far"', {"E2": "Actual"}, AMBER,
    ),
    "a target that is misspelt": Advice(
        (TITLE, (*H, "Taget", "Actual"), one(90, 88)),
        "D2", 'If "Target" is meant, write it so.', {"D2": "Target"}, AMBER,
    ),
    "a target that is called otherwise": Advice(
        (TITLE, (*H, "Proposed Target", "Actual"), one(90, 88)),
        "D2", "If it is the target, write Target.", {"D2": "Target"}, AMBER,
    ),
    "a target with a note": Advice(
        (TITLE, (*H, "Target (higher is better)", "Actual"), one(90, 70)),
        "D2", "If it is the target, write Target.", {"D2": "Target"}, RED,
    ),
    "a polarity that is misspelt": Advice(
        (TITLE, ("Ref", "Indicator", "Polartiy", "Target", "Actual"), one(90, 88)),
        "C2", 'If "Polarity" is meant, write it so.', {"C2": "Polarity"}, AMBER,
    ),
    "a month that is misspelt": Advice(
        (("Report",), (*H, "Latest Mnth", "Target", "Actual"), one("Jan-19", 90, 88)),
        "D2", 'If "Latest Month" is meant, write it so.', {"D2": "Latest Month"}, AMBER,
        "January 2019",
    ),
    "a tolerance that is misspelt": Advice(
        (TITLE, (*H, "Target", "Actual", "Tolerence"), one(90, 82, "10%")),
        "F2", 'If "Tolerance" is meant, write it so.', {"F2": "Tolerance"}, AMBER,
    ),
    "a month of a column that is misspelt": Advice(
        (("Report January 2019",), (*H, "Target", "Dec-18", "Janaury 2019"), one(90, 70, 88)),
        "F2", "a month such as January 2019", {"F2": "January 2019"}, AMBER, "January 2019",
    ),
    "two columns of values": Advice(
        (TITLE, (*H, "Target", "Actual", "Result"), one(90, 88, 70)),
        "E2", "Leave the heading on the one that counts.", {"F2": None}, AMBER,
    ),
    "two columns of targets": Advice(
        (TITLE, (*H, "Target", "Plan", "Actual"), one(90, 99, 88)),
        "D2", "Leave the heading on the one that counts.", {"E2": None}, AMBER,
    ),
    "two codes": Advice(
        (TITLE, ("Ref", "KPI ID", *H[1:], "Target", "Actual"), ("A1", 7, "Homes", "High", 90, 88)),
        "A2", "Leave the heading on the one that counts.", {"B2": None}, AMBER,
    ),
    "a quarter that is given twice": Advice(
        (TITLE, (*H, "Q2", "Q3", "Q3"), one(70, 90, 88)),
        "F2", "write Target above those that have targets", {"E2": "Q3 Target"}, AMBER,
    ),
}  # fmt: skip
PERIODS: dict[str, Advice] = {
    "no period, told above": Advice(
        (("Report",), (*H, "Target", "Actual"), one(90, 88)),
        "A2", "write it above the table, such as Quarter 3 2018/19",
        {"A1": "Quarter 3 2018/19"}, AMBER,
    ),
    "no period, told in a column": Advice(
        (("Report",), (*H, "Target", "Actual"), one(90, 88)),
        "A2", 'Name a column "Latest Month"', {"F2": "Latest Month", "F3": "January 2019"}, AMBER,
        "January 2019",
    ),
    "quarters without a year, told above": Advice(
        (("Report",), (*H, "Target", "Q2", "Q3"), one(90, 70, 88)),
        "E2", "above the table: Quarter 3 2018/19", {"A1": "Quarter 3 2018/19"}, AMBER,
    ),
    "quarters without a year, told in the headings": Advice(
        (("Report",), (*H, "Target", "Q2", "Q3"), one(90, 70, 88)),
        "E2", "Write the year too, as in Q3 2018/19", {"E2": "Q2 2018/19", "F2": "Q3 2018/19"},
        AMBER,
    ),
    "a heading that can mean two quarters": Advice(
        (("Report",), (*H, "Target", "Q3 2018"), one(90, 88)),
        "E2", "Write Q3 2018/19 or Q3 2017/18.", {"E2": "Q3 2018/19"}, AMBER,
    ),
    "a row that can mean two quarters": Advice(
        (("Report",), (*H, "Period", "Target", "Actual"), one("Q3 2018", 90, 88)),
        "D3", "Write Q3 2018/19 or Q3 2017/18.", {"D3": "Q3 2018/19"}, AMBER,
    ),
    "a row without a year": Advice(
        (("Report",), (*H, "Period", "Target", "Actual"), one("Q3", 90, 88)),
        "D3", "a period such as Q3 2018/19", {"D3": "Q3 2018/19"}, AMBER,
    ),
    "a number for a month": Advice(
        (("Report",), (*H, "Month", "Target", "Actual"), one(10, 90, 88)),
        "D3", "a month such as January 2019", {"D3": "January 2019"}, AMBER, "January 2019",
    ),
    "a day that does not exist": Advice(
        (("Report",), (*H, "Month", "Target", "Actual"), one("29 February 2019", 90, 88)),
        "D3", "Write a day that exists, or the month alone.", {"D3": "February 2019"}, AMBER,
        "February 2019",
    ),
    "a row without its own period": Advice(
        (TITLE, (*H, "Month", "Target", "Actual"), one(None, 90, 88)),
        "D3", "Write the row's own period.", {"D3": "Q3 2018/19"}, AMBER,
    ),
    "a row of another period than the columns": Advice(
        (TITLE, (*H, "Period", "Target", "Q1", "Q2"), one("Q3 2018/19", 90, 70, 88)),
        "D3", "Correct the one that is wrong.", {"D3": "Q2 2018/19"}, AMBER, "Q2 2018/19",
    ),
    "a value of another quarter": Advice(
        (TITLE, (*H, "Target", "Q2 Actual"), one(90, 88)),
        "E2", "Correct the one that is wrong", {"E2": "Q3 Actual"}, AMBER,
    ),
    "a title of another quarter": Advice(
        (TITLE, (*H, "Target", "Q2 Actual"), one(90, 88)),
        "E2", "Correct the one that is wrong", {"A1": "Report Quarter 2 2018/19"}, AMBER,
        "Q2 2018/19",
    ),
    "a value of last year": Advice(
        (("Report January 2019",), (*H, "Target", "2017/18 Actual"), one(90, 88)),
        "E2", "Correct the one that is wrong", {"E2": "January 2019 Actual"}, AMBER,
        "January 2019",
    ),
    "a target of another quarter": Advice(
        (TITLE, (*H, "Q2 Target", "Actual"), one(90, 88)),
        "D2", "If it is meant for Q3 2018/19, say so in the heading.", {"D2": "Q3 2018/19 Target"},
        AMBER,
    ),
    "a target of another year": Advice(
        (("Report January 2019",), (*H, "2019/20 Target", "Actual"), one(90, 88)),
        "D2", "If it is meant for January 2019, say so in the heading.",
        {"D2": "January 2019 Target"}, AMBER, "January 2019",
    ),
    "a target of a year that can mean several": Advice(
        (TITLE, (*H, "2021 Target", "Target", "Actual"), one(99, 90, 88)),
        "D2", "Write 2021/22, 2020/21 or year to December 2021.", {"D2": "2021/22 Target"}, AMBER,
    ),
    "last year's figure that may be of all of it": Advice(
        (TITLE, (*H, "Target", "Actual", "Last Year"), one(90, 88, 70)),
        "F3", 'If it is of the same quarter, head it "Same quarter last year".',
        {"F2": "Same quarter last year"}, AMBER, direction=Direction.BETTER,
    ),
    "last half-year's figure that may be of all of it": Advice(
        (("Report H1 2018/19",), (*H, "Target", "Actual", "Last Year"), one(90, 88, 99)),
        "F3", 'head it "Same half-year last year"', {"F2": "Same half-year last year"}, AMBER,
        "H1 2018/19", Direction.WORSE,
    ),
    "last month's figure that may be of all of it": Advice(
        (("Report January 2019",), (*H, "Target", "Actual", "Last Year"), one(90, 88, 99)),
        "F3", 'head it "Same month last year"', {"F2": "Same month last year"}, AMBER,
        "January 2019", Direction.WORSE,
    ),
}  # fmt: skip
POLARITIES: dict[str, Advice] = {
    "no polarity": Advice(
        (TITLE, ("Ref", "Indicator", "Target", "Actual"), ("A1", "Homes let", 90, 88)),
        "A2", 'Name a column "Polarity" that says so', {"E2": "Polarity", "E3": "Low"}, GREEN,
    ),
    "a polarity that is missing": Advice(
        (TITLE, (*H, "Target", "Actual"), one(90, 88, polarity=None)),
        "C3", "Write Aim to Maximise, Aim to Minimise or Goldilocks.", {"C3": "Aim to Minimise"},
        GREEN,
    ),
    "a polarity that is unknown": Advice(
        (TITLE, (*H, "Target", "Actual"), one(90, 88, polarity="Sideways")),
        "C3", "Write Aim to Maximise, Aim to Minimise or Goldilocks.", {"C3": "Aim to Maximise"},
        AMBER,
    ),
    "a polarity that is taken from the thresholds": Advice(
        (TITLE, (*H, "Actual", "Green", "Red"), one(88, ">=90", "<80", polarity=None)),
        "C3", "Write Aim to Maximise, or which it is.", {"C3": "Aim to Maximise"}, AMBER,
    ),
    "a band, and the polarity is right": Advice(
        (TITLE, (*H, "Target", "Actual"), one("85-90", 84)),
        "D3", "Write one number as the target", {"D3": 85}, AMBER,
    ),
    "a band, and the polarity is wrong": Advice(
        (TITLE, (*H, "Target", "Actual"), one("85-90", 88)),
        "D3", "Goldilocks as the polarity", {"C3": "Goldilocks"}, GREEN,
    ),
    "a sign, and the polarity is right": Advice(
        (TITLE, (*H, "Target", "Actual"), one("<=90", 88)),
        "D3", "Correct the one that is wrong.", {"D3": ">=90"}, AMBER,
    ),
    "a sign, and the polarity is wrong": Advice(
        (TITLE, (*H, "Target", "Actual"), one("<=90", 88)),
        "D3", "Correct the one that is wrong.", {"C3": "Low"}, GREEN,
    ),
    "exactly a strict target": Advice(
        (TITLE, (*H, "Target", "Actual"), one("<90", 90, polarity="Low")),
        "D3", "Write 90 as the target, if that is meant.", {"D3": 90}, GREEN,
    ),
}  # fmt: skip
THRESHOLDS: dict[str, Advice] = {
    "an unknown heading of the worst that is amber": Advice(
        (TITLE, (*H, "Target", "Actual", "Trigger point"), one(90, 82, 80)),
        "F2", "If it is the worst value that is still amber, write Red Threshold",
        {"F2": "Red Threshold"}, AMBER,
    ),
    "an unknown heading of the worst that is green": Advice(
        (TITLE, (*H, "Target", "Actual", "Trigger point"), one(90, 82, 80)),
        "F2", "if it is the worst that is still green, write Green Threshold",
        {"F2": "Green Threshold"}, GREEN,
    ),
    "an unknown heading of a tolerance": Advice(
        (TITLE, (*H, "Target", "Actual", "Tolerance level"), one(90, 82, "10%")),
        "F2", "If it is how far off the target is still amber, write Tolerance.",
        {"F2": "Tolerance"}, AMBER,
    ),
    "an unknown heading of a tolerance, that is a value": Advice(
        (TITLE, (*H, "Target", "Actual", "Tolerance level"), one(90, 82, 80)),
        "F2", "If it is the worst value that is still amber, write Red Threshold",
        {"F2": "Red Threshold"}, AMBER,
    ),
    "numbers for conditions": Advice(
        (TITLE, (*H, "Target", "Actual", "Green", "Red"), one(90, 82, 90, 80)),
        "F3", "Write conditions such as >=95%", {"F3": ">=90", "G3": "<80"}, AMBER,
    ),
    "something else than conditions": Advice(
        (TITLE, (*H, "Target", "Actual", "Green", "Red"), one(90, 88, 12, 3)),
        "F3", "rename the column, if it holds something else",
        {"F2": "Milestones done", "G2": "Milestones missed"}, AMBER,
    ),
    "a floor over the target": Advice(
        (TITLE, (*H, "Target", "Actual", "Floor"), one(90, 88, 95)),
        "F3", "correct the one that is wrong", {"F3": 80}, AMBER,
    ),
    "a floor over the target, where lower is better": Advice(
        (TITLE, (*H, "Target", "Actual", "Floor"), one(90, 88, 95)),
        "F3", "or the polarity", {"C3": "Low"}, GREEN,
    ),
    "a floor that cannot be read": Advice(
        (TITLE, (*H, "Target", "Actual", "Floor"), one(90, 82, "lots")),
        "F3", "Write a number", {"F3": 80}, AMBER,
    ),
    "a floor that is left empty": Advice(
        (TITLE, (*H, "Target", "Actual", "Floor"), one(90, 82, "lots")),
        "F3", "or leave it empty", {"F3": None}, RED,
    ),
    "a tolerance that cannot be read": Advice(
        (TITLE, (*H, "Target", "Actual", "Tolerance"), one(90, 82, "+/- 10%")),
        "F3", "Write a percentage of the target such as 3%", {"F3": "10%"}, AMBER,
    ),
    "a tolerance in units": Advice(
        (TITLE, (*H, "Target", "Actual", "Tolerance"), one(90, 82, "ten")),
        "F3", "or a number of the indicator's units", {"F3": 10}, AMBER,
    ),
}  # fmt: skip
FIGURES: dict[str, Advice] = {
    "a change for a target": Advice(
        (TITLE, (*H, "Target", "Actual"), one("Reduce by 5%", 88)),
        "D3", "Write a number", {"D3": 90}, AMBER,
    ),
    "a band the wrong way round": Advice(
        (TITLE, (*H, "Target", "Actual"), one("90-85", 88, polarity="Goldilocks")),
        "D3", "Write the lower end first", {"D3": "85-90"}, GREEN,
    ),
    "a value that cannot be read": Advice(
        (TITLE, (*H, "Target", "Actual"), one(90, "88 ↑")),
        "E3", "Write a number", {"E3": 88}, AMBER,
    ),
    "a value that is left empty": Advice(
        (TITLE, (*H, "Target", "Actual"), one(90, "see note")),
        "E3", "or leave the cell empty", {"E3": None}, Outcome.NO_VALUE,
    ),
    "a row that is taken for a note": Advice(
        (TITLE, (*H, "Target", "Actual"), ("A1",), ("A2", "Visits", "High", 90, 88)),
        "A3", "If it is an indicator, complete it.",
        {"B3": "Homes let", "C3": "High", "D3": 90, "E3": 70}, RED,
    ),
}  # fmt: skip
ALL = HEADINGS | PERIODS | POLARITIES | THRESHOLDS | FIGURES


def changed(path: Path, change: dict[str, Any]) -> Path:
    """Save a copy of a workbook with other contents in some cells of its only sheet."""
    book = load_workbook(path)
    for address, content in change.items():
        book.worksheets[0][address] = content
    copy = path.with_name("copy.xlsx")
    book.save(copy)
    return copy


def hints(workbook: Workbook, cell: str) -> list[str]:
    return [problem.hint for problem in workbook.problems if problem.cell == cell]


@pytest.mark.parametrize("case", ALL.values(), ids=ALL)
def test_what_is_advised_mends_it(tmp_path: Path, case: Advice) -> None:
    path = save_workbook(tmp_path / "x.xlsx", Sheet=list(case.rows))
    assert any(case.hint in hint for hint in hints(read_workbook(path), f"Sheet!{case.at}"))
    workbook = read_workbook(changed(path, case.change))
    assert workbook.problems == ()
    rating = rate(workbook).ratings[0]
    assert (rating.outcome, rating.indicator.period.label, rating.direction) == (
        case.outcome,
        case.period,
        case.direction,
    )


# What is asked for, in place of a change


@pytest.mark.parametrize(
    ("polarity", "outcome"), [(Polarity.MAXIMISE, AMBER), (Polarity.MINIMISE, GREEN)]
)
def test_a_polarity_that_is_asked_for(tmp_path: Path, polarity: Polarity, outcome: Outcome) -> None:
    rows = [TITLE, ("Ref", "Indicator", "Target", "Actual"), ("A1", "Homes let", 90, 88)]
    path = save_workbook(tmp_path / "x.xlsx", Sheet=rows)
    (hint,) = hints(read_workbook(path), "Sheet!A2")
    assert "or say it for all: --polarity maximise" in hint
    workbook = read_workbook(path, polarity=polarity)
    assert workbook.problems == ()
    assert [rating.outcome for rating in rate(workbook).ratings] == [outcome]


@pytest.mark.parametrize(
    ("title", "sheet", "cell", "period"),
    [
        ("Report", "Sheet", "Sheet!A2", "Q3 2018/19"),
        (*TITLE, "Q2_2018-19", "'Q2 2018-19'!A1", "Q3 2018/19"),
        (*TITLE, "Q2_2018-19", "'Q2 2018-19'!A1", "Q2 2018/19"),
    ],
)
def test_a_period_that_is_asked_for(
    tmp_path: Path, title: str, sheet: str, cell: str, period: str
) -> None:
    rows = [(title,), (*H, "Target", "Actual"), one(90, 88)]
    path = save_workbook(tmp_path / "x.xlsx", **{sheet: rows})
    (hint,) = hints(read_workbook(path), cell)
    assert "--period" in hint
    workbook = read_workbook(path, period=period)
    assert workbook.problems == ()
    (rating,) = rate(workbook).ratings
    assert (rating.outcome, rating.indicator.period.label) == (AMBER, period)


@pytest.mark.parametrize(
    ("title", "name"),
    [("Report Quarter 2 2018/19", "Q2 2018-19"), (*TITLE, "Q3 2018-19")],
)
def test_a_title_or_a_sheets_name_that_is_corrected(tmp_path: Path, title: str, name: str) -> None:
    rows = [TITLE, (*H, "Target", "Actual"), one(90, 88)]
    path = save_workbook(tmp_path / "x.xlsx", **{"Q2_2018-19": rows})
    (hint,) = hints(read_workbook(path), "'Q2 2018-19'!A1")
    assert hint.startswith("Correct the one that is wrong")
    book = load_workbook(path)
    book.worksheets[0]["A1"] = title
    book.worksheets[0].title = name
    book.save(path)
    workbook = read_workbook(path)
    assert workbook.problems == ()
    assert rate(workbook).ratings[0].indicator.period.label == name.replace("-", "/")


@pytest.mark.parametrize(("sheet", "outcome"), [("A", RED), ("B", AMBER)])
def test_a_sheet_that_is_chosen_among_two_that_hold_an_indicator(
    tmp_path: Path, sheet: str, outcome: Outcome
) -> None:
    heads = (*H, "Target", "Actual")
    path = save_workbook(
        tmp_path / "x.xlsx", A=[TITLE, heads, one(90, 70)], B=[TITLE, heads, one(90, 88)]
    )
    (hint,) = hints(read_workbook(path), "B!A3")
    assert hint.startswith("Choose a sheet with --sheet")
    workbook = read_workbook(path, sheets=[sheet])
    assert workbook.problems == ()
    assert [rating.outcome for rating in rate(workbook).ratings] == [outcome]
