"""Thresholds in a workbook: the layouts of three organisations, rebuilt with figures of our own."""

from pathlib import Path
from typing import Any

import pytest

from kpi_cli import Workbook, rate, read_workbook
from kpi_cli.models import Outcome, Polarity
from tests.builders import HEADINGS, found, merge, row, save_workbook

RED, AMBER, GREEN = Outcome.AT_RISK, Outcome.SLIPPAGE, Outcome.ON_COURSE
MAXIMISE, MINIMISE, GOLDILOCKS = Polarity.MAXIMISE, Polarity.MINIMISE, Polarity.GOLDILOCKS
START = HEADINGS[:6]  # to the month's target
CONDITIONS = (*START, "Green", "Amber", "Red")


def percent(number: float, number_format: str = "0.0%") -> tuple[float, str]:
    return number, number_format


def measure(
    code: str, polarity: str | None, value: Any, target: Any, *more: Any
) -> tuple[Any, ...]:
    return row(code=code, polarity=polarity, value=value, target=target)[:6] + more


def read(folder: Path, *rows: tuple[Any, ...], **sheets: list[Any]) -> Workbook:
    return read_workbook(save_workbook(folder / "x.xlsx", Indicators=list(rows), **sheets))


def outcomes(workbook: Workbook) -> dict[str, Outcome]:
    return {rating.indicator.code: rating.outcome for rating in rate(workbook).ratings}


def reasons(workbook: Workbook) -> list[str]:
    return [rating.reason for rating in rate(workbook).ratings]


# A city that publishes a green value, which is the target, and an amber value


def test_a_green_value_is_the_target_and_an_amber_value_the_red_line(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        (*START[:5], "2018/19 Green value (target)", "2018/19 Amber value"),
        measure("A1", "High", percent(0.664), percent(0.82, "0%"), percent(0.72, "0%")),
        measure("A2", "High", percent(0.305), percent(0.32), percent(0.3)),
        measure("A3", "Low", 140, 90, 125),
        measure("A4", "High", percent(0.6), percent(0.7, "0%"), percent(0.6, "0%")),  # exactly
        measure("A5", "High", percent(0.955), percent(0.95, "0%"), percent(0.9, "0%")),
        measure("A6", "High", 3400, None, None),  # a trend
    )
    assert workbook.problems == ()
    assert outcomes(workbook) == {
        "A1": RED, "A2": AMBER, "A3": RED, "A4": AMBER, "A5": GREEN, "A6": Outcome.NO_TARGET,
    }  # fmt: skip
    assert reasons(workbook)[:2] == [
        "66.4% is under the red line of 72% (2018/19 Amber value)",
        "1.5 percentage points under the annual target of 32.0% (there is none for the month),"
        " but not under the red"
        " line of 30.0% (2018/19 Amber value)",
    ]
    assert workbook.indicators[0].place.cell("red_line") == "Indicators!G2"


# A hospital whose scorecard has conditions, and no polarity


SCORECARD = (
    measure("R1", None, percent(0.848), percent(0.95, "0%"), ">=95%", "90-95%", "<90%"),
    measure("R2", None, percent(0.903), percent(0.92, "0%"), ">=92%", "90-92%", "<90%"),
    measure("R3", None, percent(0.015), percent(0.01, "0%"), "<=1%", "1-2%", ">2%"),
    measure("S1", None, 0, 0, "0", None, ">0"),
    measure("S2", None, 4, 3, "<=3", "4", ">4"),
    measure("S3", None, 0.26, 0.19, "<=0.19", "0.19-0.25", ">0.25"),
    measure("W2", None, percent(0.9), percent(0.9, "0%"), ">=90%", "85-90%", "<85%"),
)


def test_conditions_decide_and_tell_the_polarity(tmp_path: Path) -> None:
    workbook = read(tmp_path, CONDITIONS, *SCORECARD)
    assert outcomes(workbook) == {
        "R1": RED, "R2": AMBER, "R3": AMBER, "S1": GREEN, "S2": AMBER, "S3": RED, "W2": GREEN,
    }  # fmt: skip
    assert [i.polarity for i in workbook.indicators] == [
        MAXIMISE, MAXIMISE, MINIMISE, MINIMISE, MINIMISE, MINIMISE, MAXIMISE,
    ]  # fmt: skip
    assert reasons(workbook)[:5] == [
        "84.8% is under the red line of 90% (Red)",
        "90.3% is under the green line of 92% (Green), but not under the red line of 90% (Red)",
        "1.5% is over the green line of 1% (Green), but not over the red line of 2% (Red)",
        "0 is exactly the green line of 0 (Green)",
        "4 is over the green line of 3 (Green), and exactly the red line of 4 (Red), at which it"
        " counts as slippage",
    ]


def test_a_polarity_that_is_taken_from_the_thresholds_is_told(tmp_path: Path) -> None:
    workbook = read(tmp_path, CONDITIONS, SCORECARD[0], SCORECARD[3])
    assert found(workbook.problems) == [("warning", "Indicators!C2"), ("warning", "Indicators!C3")]
    assert [(p.message, p.hint) for p in workbook.problems] == [
        (
            'the polarity is missing, and is taken to be "Aim to Maximise": ">=95%" (Green)',
            "Write Aim to Maximise, or which it is.",
        ),
        (
            'the polarity is missing, and is taken to be "Aim to Minimise": ">0" (Red)',
            "Write Aim to Minimise, or which it is.",
        ),
    ]


def test_a_polarity_that_nothing_tells_is_missing_still(tmp_path: Path) -> None:
    workbook = read(tmp_path, CONDITIONS, measure("R1", None, 5, 4, None, None, None))
    assert found(workbook.problems) == [("error", "Indicators!C2")]
    assert workbook.problems[0].message == "the polarity is missing; R1 is not rated"


@pytest.mark.parametrize(
    ("green", "red", "value", "outcome"),
    [
        (">=95%", "<90%", 0.95, GREEN),
        (">=95%", "<90%", 0.9, AMBER),
        (">=95%", "<=90%", 0.9, RED),
        (">95%", "<90%", 0.95, AMBER),
        ("95% or more", "below 90%", 0.899, RED),
        ("at least 95%", "less than 90%", 0.9, AMBER),
        ("≥ 95", "< 90", 0.9, AMBER),
    ],
)
def test_a_condition_is_kept_exactly(
    tmp_path: Path, green: str, red: str, value: float, outcome: Outcome
) -> None:
    one = measure("R1", "High", percent(value), percent(0.96), green, None, red)
    workbook = read(tmp_path, CONDITIONS, one)
    assert outcomes(workbook) == {"R1": outcome}
    assert workbook.problems == ()


def test_columns_of_colours_may_hold_something_else(tmp_path: Path) -> None:
    """Counts of milestones, which no rating goes by: told once, at the first."""
    rows = [measure(f"M{n}", "High", 90, 92, 16, 6, n) for n in (1, 2, 3)]
    workbook = read(tmp_path, CONDITIONS, *rows, measure("M4", "High", 90, 92))
    assert set(outcomes(workbook).values()) == {AMBER}
    assert all(not indicator.lines for indicator in workbook.indicators)
    (problem,) = workbook.problems
    assert found([problem]) == [("warning", "Indicators!G2")]
    assert problem.message == (
        '"16" is no condition such as ">=95%", and is not used, nor is what 2 more rows have'
        " there; if it is one, the ratings may be wrong"
    )


def test_numbers_alone_are_no_conditions(tmp_path: Path) -> None:
    three = (percent(0.95, "0%"), percent(0.9, "0%"), percent(0.85, "0%"))
    workbook = read(tmp_path, CONDITIONS, measure("R1", "High", percent(0.93), percent(1), *three))
    assert [problem.message for problem in workbook.problems] == [
        '"95%" is no condition such as ">=95%", and is not used; if it is one, the ratings may be'
        " wrong"
    ]


@pytest.mark.parametrize("text", ["see note", "#REF!"])
def test_what_cannot_be_read_beside_conditions_keeps_the_row_from_being_rated(
    tmp_path: Path, text: str
) -> None:
    bad = measure("R1", "High", 90, 92, ">=92", None, text)
    other = measure("R2", "High", 90, 92, ">=92", None, "<90")
    workbook = read(tmp_path, CONDITIONS, bad, other)
    assert found(workbook.problems) == [("error", "Indicators!I2")]
    assert workbook.problems[0].message.endswith("; R1 is not rated")
    assert outcomes(workbook) == {"R2": AMBER}


# A district that publishes a lower and an upper tolerance


def test_the_tolerance_on_the_bad_side_is_the_red_line(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        (*START, "Lower tolerance", "Upper tolerance"),
        measure("C1", "High", percent(0.84), percent(0.8), percent(0.7), percent(0.9)),
        measure("C2", "High", percent(0.7), percent(0.8), percent(0.7), percent(0.9)),
        measure("C3", "Low", 33, 20, 10, 30),
        measure("C4", "Low", 47, 45, 40, 50),
        measure("C5", "Low", 9, 20, 10, 30),  # beyond the one on the good side
        measure("C6", "Goldilocks", 33.49, "38-48", 28, 58),
        measure("C7", "Goldilocks", 59, "38-48", 28, 58),
    )
    assert workbook.problems == ()
    assert outcomes(workbook) == {
        "C1": GREEN, "C2": AMBER, "C3": RED, "C4": AMBER, "C5": GREEN, "C6": AMBER, "C7": RED,
    }  # fmt: skip
    assert reasons(workbook)[2] == "33 is over the red line of 30 (Upper tolerance)"


# Headings, cells and what is wrong with them


@pytest.mark.parametrize(
    "heading",
    [
        "Floor", "Floor Standard", "Minimum acceptable", "Minimum Standard", "Intervention level",
        "Red threshold", "Red trigger", "Red Value", "Amber value", "Amber Threshold",
        "Amber trigger", "Tolerance (lower)", "FLOOR\n2018/19",
    ],
)  # fmt: skip
def test_headings_of_a_red_line(tmp_path: Path, heading: str) -> None:
    workbook = read(tmp_path, (*START, heading), measure("A1", "High", 68, 80, 70))
    line = workbook.indicators[0].red_line
    assert workbook.problems == ()
    assert line
    assert line.named == f"70 ({' '.join(heading.split())})"
    assert reasons(workbook) == [f"68 is under the red line of {line.named}"]


@pytest.mark.parametrize("heading", ["Green threshold", "Green Value", "Green trigger"])
def test_headings_of_a_green_line(tmp_path: Path, heading: str) -> None:
    workbook = read(tmp_path, (*START, heading), measure("A1", "High", 79, 80, 78))
    assert reasons(workbook) == [
        f"79 is over the green line of 78 ({heading}), and higher is better"
    ]


def test_a_variance_that_is_allowed_is_a_tolerance(tmp_path: Path) -> None:
    workbook = read(tmp_path, (*START, "Variance allowed"), measure("A1", "High", 71, 80, "12%"))
    assert outcomes(workbook) == {"A1": AMBER}


def test_a_heading_in_two_lines_is_named_by_the_lower_one(tmp_path: Path) -> None:
    above = (*START[:5], "Target", None, "2018/19")
    rows = [above, (*[None] * 5, "Month's", "Annual", "Red trigger")]
    path = save_workbook(
        tmp_path / "x.xlsx", Indicators=[*rows, (*measure("A1", "High", 68, 80), 80, 70)]
    )
    path = merge(path, Indicators=["F1:G1"])
    assert reasons(read_workbook(path)) == ["68 is under the red line of 70 (Red trigger)"]


@pytest.mark.parametrize("empty", [None, "-", "n/a", "TBC", " "])
def test_a_threshold_may_be_empty(tmp_path: Path, empty: str | None) -> None:
    rows = (*START, "Floor", "Green Threshold", "Green", "Red", "Scale From")
    workbook = read(tmp_path, rows, measure("A1", "High", 68, 80, *[empty] * 5))
    assert workbook.problems == ()
    assert not workbook.indicators[0].lines


@pytest.mark.parametrize(
    ("heading", "cells", "problem"),
    [
        ("Floor", ("High", 85, 90, 95), ("G2", "the red line of 95 (Floor) is over the target of"
         " 90, in Indicators!F2; A1 is not rated")),
        ("Amber value", ("Low", 85, 90, 80), ("G2", "the red line of 80 (Amber value) is under the"
         " target of 90, in Indicators!F2; A1 is not rated")),
        ("Floor", ("High", 85, 90, "lots"),
         ("G2", 'the threshold "lots" cannot be read; A1 is not rated')),
        ("Floor", ("High", 85, 90, "70-80"), ("G2", None)),
        ("Green", ("Low", 85, 90, ">=95"), ("G2", '">=95" (Green) goes against Aim to Minimise, in'
         " Indicators!C2; A1 is not rated")),
        ("Upper tolerance", ("Low", 85, 90, "90-100"),
         ("G2", 'the tolerance "90-100" is a band, and a tolerance is one number; A1 is not'
          " rated")),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_an_error_that_names_both_cells(
    tmp_path: Path, heading: str, cells: tuple[Any, ...], problem: tuple[str, str | None]
) -> None:
    workbook = read(tmp_path, (*START, heading), measure("A1", *cells), measure("A2", "High", 9, 8))
    cell, message = problem
    if message is None:  # a band is where red holds: up to 80, where higher is better
        assert outcomes(workbook)["A1"] is AMBER
        return
    assert found(workbook.problems) == [("error", f"Indicators!{cell}")]
    assert workbook.problems[0].message == message
    assert [row.code for row in workbook.unrated] == ["A1"]
    assert outcomes(workbook) == {"A2": GREEN}


def test_a_line_and_the_annual_target_where_there_is_none_for_the_month(tmp_path: Path) -> None:
    one = (*measure("A1", "High", 85, None), 90, 95)
    workbook = read(tmp_path, (*HEADINGS, "Floor"), one)
    message = "the red line of 95 (Floor) is over the target of 90, in Indicators!G2"
    assert workbook.problems[0].message == f"{message}; A1 is not rated"


def test_conditions_that_contradict_each_other_are_an_error_with_both_cells(tmp_path: Path) -> None:
    workbook = read(tmp_path, CONDITIONS, measure("A1", "High", 9, 9, ">=9", None, "<=9"))
    assert found(workbook.problems) == [("error", "Indicators!G2")]
    assert workbook.problems[0].message == (
        '">=9" (Green) and "<=9" (Red) have a value in common, in Indicators!I2; A1 is not rated'
    )


def test_a_scale_is_for_pictures_alone(tmp_path: Path) -> None:
    rows = ((*START, "Scale From", "Scale To"), measure("A1", "High", 79, 80, 0, "all"))
    workbook = read(tmp_path, *rows)
    (indicator,) = workbook.indicators
    assert indicator.scale_from
    assert (indicator.scale_from.text, indicator.scale_to) == ("0", None)
    assert found(workbook.problems) == [("error", "Indicators!H2")]


def test_an_indicator_in_two_tables_has_the_lines_of_both(tmp_path: Path) -> None:
    name = "Visits made [Monthly Snapshot]"
    first = [(*START, "Floor"), measure("A1", "High", 68, 80, 70), measure("A2", "High", 68, 80)]
    again = [("MPR Code", "Short Name", "Minimise or Maximise", "Latest Month", "Month's Value",
              "Green Threshold"), ("A1", name, "High", "January 2019", 68, 78)]  # fmt: skip
    workbook = read(tmp_path, *first, Exceptions=again)
    (indicator, _) = workbook.indicators
    assert {name: line.text for name, line in indicator.lines.items()} == {
        "green line": "78",
        "red line": "70",
    }
    assert indicator.place.cell("green_line") == "Exceptions!F2"


def test_an_indicator_with_two_lines_in_two_tables_is_not_rated(tmp_path: Path) -> None:
    several = [measure(f"A{n}", "High", 68, 80, 70) for n in (1, 2)]
    again = ((*START, "Comment", "Floor"), measure("A1", "High", 68, 80, "See below", 60))
    workbook = read(tmp_path, (*START, "Floor"), *several, (), *again)
    assert [(p.cell, p.message) for p in workbook.problems] == [
        ("Indicators!H6", "the red line of A1 is 60 here, and 70 in Indicators!G2; it is not rated")
    ]


def test_a_workbook_with_lines_that_is_kept_as_json_loads_back_as_the_same(tmp_path: Path) -> None:
    workbook = read(
        tmp_path, CONDITIONS, *SCORECARD, measure("G", "Goldilocks", 5, 5, "4-6", None, "<3 or >7")
    )
    assert Workbook.model_validate_json(workbook.model_dump_json()) == workbook


def test_words_in_place_of_a_threshold_are_none_and_others_are_told(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        (*START, "Red Threshold"),
        measure("A1", "High", 90, 95, "Trend"),
        measure("A2", "High", 90, 95, "Not set"),
        measure("A3", "High", 90, 95, "quite low"),
    )
    assert [indicator.red_line for indicator in workbook.indicators] == [None, None]
    assert [(p.cell, p.message) for p in workbook.problems] == [
        ("Indicators!G4", 'the threshold "quite low" cannot be read; A3 is not rated')
    ]


@pytest.mark.parametrize("heading", ["Red Threshold", "Lower Tolerance", "Scale From"])
def test_a_word_in_many_rows_is_told_once_with_their_number(tmp_path: Path, heading: str) -> None:
    rows = [measure(code, "High", 90, 95, "see policy") for code in ("A1", "A2", "A3")]
    (problem,) = read(tmp_path, (*START, heading), *rows).problems
    assert problem.cell == "Indicators!G2"
    assert '"see policy" cannot be read in 3 rows (first here)' in problem.message


def test_only_what_keeps_a_row_from_being_rated_says_that_it_is_not(tmp_path: Path) -> None:
    code, name, _, _, value, target, *more = measure("A1", None, 91, 95, ">=95", "90-95", "<90")
    workbook = read(tmp_path, CONDITIONS, (code, name, None, None, value, target, *more))
    told = {p.cell: p.message.endswith("; A1 is not rated") for p in workbook.problems}
    assert told == {"Indicators!C2": False, "Indicators!D2": True}
