"""The layout "as published" (domain 6): groups in rows of their own, headings on every page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import read_workbook
from kpi_cli.models import Indicator, Outcome, Workbook
from tests.builders import HEADINGS, found, merge, row, save_workbook

COMMENTED = (*HEADINGS, "Comment - explanation of performance", "Scrutiny Committee")
MANAGED = (*HEADINGS, "Managed By", "Scrutiny Committee")


def read(folder: Path, *rows: Sequence[Any], merged: list[str] | None = None) -> Workbook:
    path = save_workbook(folder / "x.xlsx", Report=list(rows))
    return read_workbook(merge(path, Report=merged) if merged else path)


def commented(code: str, comment: str | None = None) -> tuple[Any, ...]:
    return row(code=code, comment=comment, committee="People Scrutiny")


def rest(comment: str) -> tuple[Any, ...]:
    """Return the second row of a comment."""
    return (*[None] * len(HEADINGS), comment)


def groups(indicator: Indicator) -> tuple[str | None, str | None, tuple[str, ...]]:
    outcome = indicator.published_outcome
    return indicator.aim, outcome.key if outcome else None, indicator.responsible_ous


@pytest.mark.parametrize(
    "group",
    [
        ("Aim: SAFE: Priorities • A safe town. • A tidy one.",),
        ("Aim: SAFE",),
        ("AIM - SAFE",),
        ("Aim:", "SAFE: Priorities • A safe town."),
        ("Aim", "SAFE"),
        ("Aim", None, None, "SAFE"),
        (None, "Corporate Aim: SAFE\nPriorities: a safe town"),
    ],
)
def test_an_aim_in_a_row_of_its_own(tmp_path: Path, group: tuple[str, ...]) -> None:
    workbook = read(tmp_path, group, HEADINGS, row())
    assert workbook.indicators[0].aim == "SAFE"
    assert workbook.problems == ()


@pytest.mark.parametrize(
    "rows",
    [
        [("Expected Outcome At risk of missing target",), ("Responsible OUs Public Health",)],
        [("Expected Outcome: Red",), ("Responsible OU: Public Health",)],
        [("Expected Outcome", "At risk of missing target"), ("Responsible OUs", "Public Health")],
        [("Expected Outcome:", "●", "Responsible OUs:", "Public Health")],
        [("Expected Outcome At risk of missing target\nResponsible OUs Public Health",)],
    ],
)
def test_an_outcome_and_its_ous(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    workbook = read(tmp_path, *rows, HEADINGS, row())
    assert groups(workbook.indicators[0]) == (None, "at_risk", ("Public Health",))
    assert workbook.problems == ()


def test_a_group_that_is_merged_over_the_columns(tmp_path: Path) -> None:
    rows = (("Aim: SAFE",), ("Responsible OUs", None, "Public Health"), HEADINGS, row())
    workbook = read(tmp_path, *rows, merged=["A1:G1", "A2:B2", "C2:G2"])
    assert groups(workbook.indicators[0]) == ("SAFE", None, ("Public Health",))


def test_a_group_holds_until_it_or_one_around_it_is_replaced(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        ("Aim: SAFE",),
        ("Expected Outcome Red",),
        ("Responsible OUs People",),
        HEADINGS,
        row(code="1"),
        ("Responsible OUs Place; Public Health",),
        row(code="2"),
        ("Expected Outcome Amber",),  # ends the OUs that stood within the other outcome
        row(code="3"),
        ("Aim: CLEAN",),  # ends the outcome
        row(code="4"),
    )
    assert {indicator.code: groups(indicator) for indicator in workbook.indicators} == {
        "1": ("SAFE", "at_risk", ("People",)),
        "2": ("SAFE", "at_risk", ("Place", "Public Health")),
        "3": ("SAFE", "slippage", ()),
        "4": ("CLEAN", None, ()),
    }


def test_a_department_above_all_aims_holds_for_all(tmp_path: Path) -> None:
    rows = [("Department: People",), ("Aim: SAFE",), HEADINGS, row(code="1")]
    workbook = read(tmp_path, *rows, ("Aim: CLEAN",), row(code="2"))
    assert [groups(i) for i in workbook.indicators] == [
        ("SAFE", None, ("People",)),
        ("CLEAN", None, ("People",)),
    ]


def test_the_groups_of_one_table_are_not_those_of_the_next(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        ("Expected Outcome Red",),
        COMMENTED,
        commented("CP 1.1"),
        ("Section 2: all indicators",),
        MANAGED,
        row(code="CP 1.2"),
    )
    assert [groups(i)[1] for i in workbook.indicators] == ["at_risk", None]


def test_a_row_of_its_own_goes_before_the_group(tmp_path: Path) -> None:
    headings = (*HEADINGS, "Aim", "Expected Outcome")
    workbook = read(
        tmp_path,
        ("Aim: SAFE",),
        ("Expected Outcome Red",),
        headings,
        row(code="1", aim="CLEAN", outcome="G"),
        row(code="2"),
    )
    assert [(i.aim, i.published_outcome) for i in workbook.indicators] == [
        ("CLEAN", Outcome.ON_COURSE),
        ("SAFE", Outcome.AT_RISK),
    ]
    assert [i.place.cell("aim") for i in workbook.indicators] == ["Report!H4", "Report!A1"]


def test_a_groups_problem_is_told_once_in_its_own_cell(tmp_path: Path) -> None:
    rows = (("Expected Outcome:", "Purple"), HEADINGS, row(code="1"), row(code="2"))
    workbook = read(tmp_path, *rows)
    assert found(workbook.problems) == [("warning", "Report!B1")]
    assert len(workbook.indicators) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Performance Data Expected Outcome: At risk of missing target 6 No Value 1",
        "Expected Outcome: At risk of missing target 2 Some slippage against target 2",
        "Expected outcome of the review",
        "Expected Outcome:|At risk of missing target 6",
        "Section 2: all indicators",
        "Generated on: 22 February 2019 10:31",
        "Department for People",
        "Page 2 of 7",
    ],
)
def test_titles_and_counts_are_no_groups_and_no_problem(tmp_path: Path, text: str) -> None:
    workbook = read(tmp_path, HEADINGS, row(code="1"), text.split("|"), HEADINGS, row(code="2"))
    assert [groups(indicator) for indicator in workbook.indicators] == [(None, None, ())] * 2
    assert workbook.problems == ()


@pytest.mark.parametrize("alone", [("CP 1.9",), (None, "Visits made")])
def test_an_indicator_that_lacks_nearly_all_is_no_title(
    tmp_path: Path, alone: tuple[str | None, ...]
) -> None:
    workbook = read(tmp_path, HEADINGS, row(code="1"), alone, HEADINGS, row(code="2"))
    assert [problem.message for problem in workbook.problems] == [
        f'the row "{alone[-1]}" is taken for a note, and is not rated'
    ]


@pytest.mark.parametrize(
    "between",
    [[], [()], [(), COMMENTED], [("Page 2",), COMMENTED], [COMMENTED[:-1]]],
    ids=["nothing", "a blank row", "headings again", "a title, too", "headings cut short"],
)
def test_a_comment_that_runs_over_two_rows(tmp_path: Path, between: list[Any]) -> None:
    rows = [
        COMMENTED,
        commented("1", "One half,"),
        *between,
        rest("and the other."),
        commented("2"),
    ]
    workbook = read(tmp_path, *rows)
    assert [i.comment for i in workbook.indicators] == ["One half, and the other.", None]
    assert workbook.indicators[0].place.cell("comment") == "Report!H2"
    assert workbook.problems == ()


def test_a_comment_that_runs_over_three_rows(tmp_path: Path) -> None:
    workbook = read(tmp_path, COMMENTED, commented("1", "a"), rest("b"), rest("Aim: c"))
    assert workbook.indicators[0].comment == "a b Aim: c"


def test_a_comment_beside_cells_that_are_merged_down(tmp_path: Path) -> None:
    rows = (COMMENTED, commented("1", "a"), rest("b"), commented("2"))
    workbook = read(tmp_path, *rows, merged=[f"{column}2:{column}3" for column in "ABCDEFG"])
    assert [(i.code, i.comment) for i in workbook.indicators] == [("1", "a b"), ("2", None)]


def test_a_comment_without_an_indicator_above_is_told(tmp_path: Path) -> None:
    workbook = read(tmp_path, COMMENTED, rest("whose?"), commented("1"))
    assert found(workbook.problems) == [("warning", "Report!H2")]


def test_a_problem_below_repeated_headings_has_its_own_address(tmp_path: Path) -> None:
    rows = (HEADINGS, row(code="1"), (), ("Aim: SAFE",), HEADINGS, row(code="2", value="x"))
    workbook = read(tmp_path, *rows)
    assert found(workbook.problems) == [("error", "Report!E6")]
    assert [i.code for i in workbook.indicators] == ["1"]
