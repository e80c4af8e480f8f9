"""An indicator in several tables: made one where its rows agree, an error where they don't."""

from pathlib import Path
from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.models import Direction, Outcome, Problem, Workbook
from tests.builders import HEADINGS, found, row, save_workbook

COMMENTED = (*HEADINGS, "Comment", "Responsible OUs", "Scrutiny Committee")
MANAGED = (*HEADINGS, "Managed By", "Scrutiny Committee")


def read(folder: Path, *rows: Any, sheets: tuple[str, ...] = (), **others: Any) -> Workbook:
    path = save_workbook(folder / "x.xlsx", Report=list(rows), **others)
    return read_workbook(path, sheets=sheets)


def problems(workbook: Workbook) -> list[Problem]:
    return list(rate(workbook).problems)


def commented(code: str = "CP 1.2", **cells: Any) -> tuple[Any, ...]:
    said = {"comment": "We do well.", "ous": "People", "committee": "People & Co Scrutiny"}
    return row(code=code, **said | cells)


SECTION_2 = [
    ("Section 2",),
    ("Aim: SAFE",),
    MANAGED,
    row(code="CP 1.1", manager="Housing"),
    row(code="CP 1.2", manager="Education", committee="People and Co scrutiny"),
]


@pytest.mark.parametrize("in_one_sheet", [True, False])
def test_an_exception_that_stands_among_all_indicators_too_is_rated_once(
    tmp_path: Path, in_one_sheet: bool
) -> None:
    section_1 = [COMMENTED, commented()]
    if in_one_sheet:
        workbook = read(tmp_path, *section_1, *SECTION_2)
    else:
        workbook = read(tmp_path, *section_1, All=SECTION_2)
    sheet, first = ("Report", 6) if in_one_sheet else ("All", 4)
    assert [(i.code, i.place.cell("code")) for i in workbook.indicators] == [
        ("CP 1.1", f"{sheet}!A{first}"),
        ("CP 1.2", f"{sheet}!A{first + 1}"),
    ]
    both = workbook.indicators[1]
    assert (both.aim, both.comment, both.managed_by) == ("SAFE", "We do well.", "Education")
    assert both.responsible_ous == ("People",)
    assert both.place.cell("comment") == "Report!H2"
    assert both.place.cell("responsible_ous") == "Report!I2"
    assert problems(workbook) == []


def test_comments_and_ous_of_both_are_kept(tmp_path: Path) -> None:
    headings = (*COMMENTED, "Managed By")
    second = [
        ("Aim: SAFE",),
        headings,
        row(code="CP 1.1"),
        commented(comment="Later.", ous="Place"),
    ]
    workbook = read(tmp_path, COMMENTED, commented(), *second)
    both = workbook.indicators[1]
    assert both.comment == "Later.\nWe do well."
    assert both.responsible_ous == ("Place", "People")


def test_sections_with_the_same_headings(tmp_path: Path) -> None:
    section_1 = [
        ("Expected Outcome Red",),
        ("Responsible OUs People",),
        HEADINGS,
        row(code="CP 1.2"),
    ]
    section_2 = [("Aim: SAFE",), HEADINGS, row(code="CP 1.1"), row(code="CP 1.2")]
    workbook = read(tmp_path, *section_1, *section_2)
    assert [(i.code, i.aim, i.responsible_ous) for i in workbook.indicators] == [
        ("CP 1.2", "SAFE", ("People",)),
        ("CP 1.1", "SAFE", ()),
    ]
    assert [i.published_outcome for i in workbook.indicators] == [Outcome.AT_RISK, None]
    assert problems(workbook) == []


@pytest.mark.parametrize(
    ("change", "cell", "message"),
    [
        ({"value": 96}, "E2", "the value of CP 1.2 is 96 here, and 95 in Report!E7"),
        ({"value": "TBC"}, "E2", "the value of CP 1.2 is none here, and 95 in Report!E7"),
        ({"target": (0.9, "0%")}, "F2", "the target of CP 1.2 is 90% here, and 90 in Report!F7"),
        ({"month": "May 2018"}, "D2",
         "the month of CP 1.2 is May 2018 here, and January 2019 in Report!D7"),
        ({"month": "Q3 2018/19"}, "D2",
         "the period of CP 1.2 is Q3 2018/19 here, and January 2019 in Report!D7"),
        ({"polarity": "Low"}, "C2",
         "the polarity of CP 1.2 is Aim to Minimise here, and Aim to Maximise in Report!C7"),
    ],
)  # fmt: skip
def test_a_figure_that_differs_names_both_cells_and_is_not_rated(
    tmp_path: Path, change: dict[str, Any], cell: str, message: str
) -> None:
    workbook = read(tmp_path, COMMENTED, commented(**change), *SECTION_2)
    assert [i.code for i in workbook.indicators] == ["CP 1.1"]
    assert [u.code for u in workbook.unrated] == ["CP 1.2"]
    (problem,) = problems(workbook)
    assert found([problem]) == [("error", f"Report!{cell}")]
    assert problem.message == f"{message}; it is not rated"


@pytest.mark.parametrize("change", [{"value": (95.0, "0.0")}, {"target": None}, {"target": "-"}])
def test_the_look_of_a_figure_and_a_blank_target_are_no_difference(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    workbook = read(tmp_path, COMMENTED, commented(**change), *SECTION_2)
    assert len(workbook.indicators) == 2
    assert problems(workbook) == []


def test_a_name_that_differs_is_a_warning(tmp_path: Path) -> None:
    workbook = read(tmp_path, COMMENTED, commented(committee="Place Scrutiny"), *SECTION_2)
    (problem,) = problems(workbook)
    assert found([problem]) == [("warning", "Report!J2")]
    assert problem.message == (
        'the scrutiny committee of CP 1.2 is "Place Scrutiny" here, and "People and Co scrutiny" in'
        " Report!I7, which counts"
    )


def test_rows_with_other_names_and_rows_below_the_same_headings_are_not_made_one(
    tmp_path: Path,
) -> None:
    other = read(tmp_path, COMMENTED, commented(short_name="Calls answered"), *SECTION_2)
    assert found(problems(other)) == [("error", "Report!A7")]
    same = read(tmp_path, HEADINGS, row(), row())
    assert found(problems(same)) == [("error", "Report!A3")]


ROWS = [HEADINGS, *[row(code=f"CP 1.{number}") for number in range(1, 6)]]


@pytest.mark.parametrize("name", ["December", "Report_(2)"])
def test_two_sheets_alike_are_one_problem_and_neither_is_chosen(tmp_path: Path, name: str) -> None:
    changed = [HEADINGS, *[(*line[:4], 70, *line[5:]) for line in ROWS[1:]]]
    for copy in (ROWS, changed):
        others: Any = {name: [*copy, row(code="CP 9.9")]}
        workbook = read(tmp_path, *ROWS, **others)
        assert [i.code for i in workbook.indicators] == ["CP 9.9"]
        assert len(workbook.unrated) == 10
        (problem,) = problems(workbook)
        quoted = "'Report (2)'" if "(" in name else name
        assert found([problem]) == [("error", f"{quoted}!A2")]
        assert problem.message == (
            f"the sheets Report and {quoted} both hold the indicators CP 1.1, CP 1.2, CP 1.3"
            " and 2 more; any could be meant, and these are not rated"
        )
        assert "--sheet" in problem.hint


def test_sheets_whose_figures_mostly_differ_are_alike_whatever_their_columns(
    tmp_path: Path,
) -> None:
    earlier = [MANAGED, *[row(code=f"CP 1.{n}", value=n, manager="Ann") for n in range(1, 6)]]
    workbook = read(tmp_path, *ROWS, December=earlier)
    (problem,) = problems(workbook)
    assert problem.message.startswith("the sheets Report and December both hold the indicators")


def test_three_sheets_alike(tmp_path: Path) -> None:
    workbook = read(tmp_path, HEADINGS, row(), May=[HEADINGS, row()], June=[HEADINGS, row()])
    (problem,) = problems(workbook)
    assert problem.message == (
        "the sheets Report, May and June all hold the indicator CP 1.1; any could be meant, and"
        " these are not rated"
    )


@pytest.mark.parametrize("sheets", [("December",), ("dec*",), ("DECEMBER ", "History")])
def test_the_sheet_asked_for_is_read_with_the_history_and_the_settings(
    tmp_path: Path, sheets: tuple[str, ...]
) -> None:
    workbook = read(
        tmp_path,
        *ROWS,
        sheets=sheets,
        December=[HEADINGS, row(value=70)],
        History=[("Code", "Month", "Value"), ("CP 1.1", "Jan-18", 60)],
        Settings=[("Setting", "Value"), ("Amber Tolerance", "7%")],
    )
    assert [(i.code, i.value_text) for i in workbook.indicators] == [("CP 1.1", "70")]
    assert len(workbook.history) == 1
    assert workbook.settings.amber_tolerance == 7
    assert problems(workbook) == []


def test_of_two_histories_one_is_asked_for(tmp_path: Path) -> None:
    past = {
        name: [("Code", "Month", "Value"), ("CP 1.1", "Jan-18", value)]
        for name, value in (("Old", 60), ("New", 61))
    }
    workbook = read(tmp_path, HEADINGS, row(), sheets=("New",), **past)
    assert [r.value.text for r in workbook.history if r.value] == ["61"]
    assert len(workbook.indicators) == 1


def test_a_code_that_two_departments_share_is_made_one(tmp_path: Path) -> None:
    people = [HEADINGS, row(code="CP 1.1"), row(code="CP 1.2"), row(code="CP 3.9")]
    place = [HEADINGS, row(code="CP 2.1"), row(code="CP 2.2"), row(code="CP 3.9")]
    workbook = read(tmp_path, *people, Place=place)
    assert [i.place.cell("code") for i in workbook.indicators] == [
        "Report!A2", "Report!A3", "Report!A4", "Place!A2", "Place!A3",
    ]  # fmt: skip
    assert problems(workbook) == []


# A table with a row for each period of an indicator

MONTHS = ("January 2018", "November 2018", "December 2018", "January 2019")


def long_table(*months: str, codes: tuple[str, ...] = ("CP 1.1", "CP 1.2")) -> list[Any]:
    return [row(code=c, month=m, value=70 + n) for c in codes for n, m in enumerate(months)]


@pytest.mark.parametrize("order", [1, -1])
def test_of_a_row_for_each_period_the_latest_is_rated_and_the_others_are_history(
    tmp_path: Path, order: int
) -> None:
    workbook = read(tmp_path, HEADINGS, *long_table(*MONTHS)[::order])
    assert problems(workbook) == []
    ratings = {rating.indicator.code: rating for rating in rate(workbook).ratings}
    assert ratings.keys() == {"CP 1.1", "CP 1.2"}
    for rating in ratings.values():
        assert rating.indicator.period.label == "January 2019"
        assert rating.indicator.value_text == "73"
        assert rating.last_year
        assert (rating.last_year.text, rating.direction) == ("70", Direction.BETTER)
        shown = [(r.period.label, r.value.text) for r in rating.series.readings if r.value]
        assert shown == [(month, f"{70 + n}") for n, month in enumerate(MONTHS)]
    cells = {reading.place.cell("value") for reading in workbook.history}
    first = 2 if order == 1 else 3
    assert cells == {f"Report!E{n + first}" for n in (0, 1, 2, 4, 5, 6)}
    (understood,) = workbook.read_as
    assert (understood.rows, understood.earlier) == (2, 6)
    assert understood.inferred == "6 rows of earlier periods as history"


@pytest.mark.parametrize(
    "rows",
    [
        [*long_table("December 2018", "January 2019", codes=("CP 1.1",)), row(code="CP 1.2")],
        long_table("December 2018", "January 2019", "January 2019"),
        long_table("Q3 2018/19", "January 2019"),
        [row(), row(month="December 2018", name="Homes let"), row(code="CP 1.2")],
    ],
    ids=["one of two", "a period twice", "periods of two lengths", "two names"],
)
def test_what_may_be_a_slip_is_rated_and_told_row_by_row(tmp_path: Path, rows: list[Any]) -> None:
    workbook = read(tmp_path, HEADINGS, *rows)
    assert len(workbook.indicators) == len(rows)
    assert len(workbook.history) == 0
    assert workbook.read_as[0].earlier == 0
    assert any("is also in Report!A2" in problem.message for problem in problems(workbook))


def test_a_sheet_of_an_earlier_period_has_no_rows_beside_an_indicators_own(tmp_path: Path) -> None:
    december = [HEADINGS, row(month="December 2018", value=70)]
    workbook = read(tmp_path, HEADINGS, row(), December=december)
    assert [reading.period.label for reading in workbook.history] == ["December 2018"]
    assert [(table.rows, table.earlier) for table in workbook.read_as] == [(1, 0), (1, 0)]
