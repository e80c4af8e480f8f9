"""The aims' priorities: in the rows that name the aims, and in a sheet of aims."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import read_workbook
from kpi_cli.models import Workbook
from kpi_cli.reading.priorities import aim_and_priorities, priorities_in
from tests.builders import HEADINGS, found, merge, row, save_workbook
from tests.running import SAMPLES, kpi

WITH_AIM = (*HEADINGS, "Aim")
TWO = ("A safe town", "Good help")


def read(folder: Path, *rows: Sequence[Any], **sheets: list[Any]) -> Workbook:
    return read_workbook(save_workbook(folder / "x.xlsx", Indicators=list(rows), **sheets))


def listed(
    folder: Path, *rows: Sequence[Any], headings: Sequence[str] = ("Aim", "Priority")
) -> Any:
    """Read a workbook with one indicator of SAFE, and these rows in its sheet of aims."""
    return read(folder, WITH_AIM, row(aim="SAFE"), Aims=[headings, *rows])


@pytest.mark.parametrize(
    "text",
    [
        "• A safe town • Good help",
        "Priorities • A safe town • Good help",
        "Priorities: •A safe town\n•Good help",
        "Priorities: A safe town; Good help",
        "Our priorities: A safe town;\nGood help;",
        "A safe town; and\nGood help",
        "- A safe town\n- Good help",
        "Priorities - A safe town - Good help",
        "– A safe\ntown\n– Good help",
        "1. A safe town\n2) Good help",
        "\uf0b7 A safe town \uf0b7 Good help",
        "• A safe\ntown • Good help • - • TBC • Good help",
        "A safe town\n\n\nGood help",
    ],
)
def test_priorities_are_taken_apart(text: str) -> None:
    assert priorities_in(text) == TWO


@pytest.mark.parametrize(
    ("text", "priorities"),
    [
        ("", ()),
        ("TBC", ()),
        ("Priorities", ()),
        ("Work with police - and others - on crime", ("Work with police - and others - on crime",)),
        ("Well-run; 24-hour help", ("Well-run", "24-hour help")),
        ("Prioritise help", ("Prioritise help",)),
    ],
)
def test_what_is_one_priority_or_none(text: str, priorities: tuple[str, ...]) -> None:
    assert priorities_in(text) == priorities


@pytest.mark.parametrize(
    ("text", "aim", "rest"),
    [
        ("SAFE: Priorities • a", "SAFE", "Priorities • a"),
        ("SAFE", "SAFE", ""),
        ("SAFE • a", "SAFE", "• a"),
        ("SAFE\n- a", "SAFE", "- a"),
        ("Theme 1: Safe town", "Theme 1", "Safe town"),
        ("SAFE & WELL: a: b", "SAFE & WELL", "a: b"),
    ],
)
def test_an_aim_ends_where_it_always_ended(text: str, aim: str, rest: str) -> None:
    assert aim_and_priorities(text) == (aim, rest)


@pytest.mark.parametrize(
    "rows",
    [
        [("Aim: SAFE: Priorities • A safe town • Good help",)],
        [("Aim:", "SAFE: Priorities • A safe town • Good help")],
        [("Aim: SAFE\nPriorities:\n- A safe town\n- Good help",)],
        [("Aim: SAFE: Priorities",), ("• A safe town",), ("• Good help",)],
        [("Aim: SAFE: Priorities",), ("A safe town; Good help",)],
        [("Aim: SAFE",), ("Priorities: A safe town; Good help",)],
        [("Aim: SAFE",), ("Priorities",), ("A safe town; Good help",)],
        [("Aim: SAFE: Priorities • A safe town",), (), ("- Good help",)],
        [("Aim: SAFE", ), ("1. A safe town",), ("2. Good help",)],
    ],
)  # fmt: skip
def test_the_row_that_names_an_aim_and_those_below_it(tmp_path: Path, rows: list[Any]) -> None:
    above = read(tmp_path, *rows, HEADINGS, row())
    within = read(tmp_path, HEADINGS, row(code="CP 1.0"), *rows, row())
    for workbook in (above, within):
        assert workbook.priorities == {"safe": TWO}
        assert workbook.problems == ()
        assert [i.aim for i in workbook.indicators if i.code == "CP 1.1"] == ["SAFE"]
    assert [indicator.aim for indicator in within.indicators] == [None, "SAFE"]


def test_a_merged_row_and_lines_in_its_cell(tmp_path: Path) -> None:
    rows = [("Aim: SAFE: Priorities\n• A safe\ntown\n• Good help",), HEADINGS, row()]
    path = merge(save_workbook(tmp_path / "x.xlsx", Report=rows), Report=["A1:G1"])
    assert read_workbook(path).priorities == {"safe": TWO}


def test_an_aim_without_a_label_above_its_indicators(tmp_path: Path) -> None:
    rows = [HEADINGS, ("SAFE: Priorities • A safe town • Good help",), row()]
    workbook = read(tmp_path, *rows)
    assert (workbook.indicators[0].aim, workbook.priorities) == ("SAFE", {"safe": TWO})


@pytest.mark.parametrize(
    "rows",
    [
        [("Aim: Homes: Priorities • Deliver the 2019/20 plan • 95% by March 2020",)],
        [("Aim: Homes: Priorities",), ("• Deliver the 2019/20 plan",), ("• 95% by March 2020",)],
        [("Aim: Homes",), ("- Deliver the 2019/20 plan",), ("- 95% by March 2020",)],
    ],
)
def test_a_year_in_a_priority_is_no_period_of_the_table(tmp_path: Path, rows: list[Any]) -> None:
    headings = ("KPI", "Actual", "Target", "Good performance is")
    title = ("Performance report Quarter 3 2018/19",)
    workbook = read(tmp_path, title, *rows, headings, ("Homes let", 5, 4, "High"))
    assert [i.period.label for i in workbook.indicators] == ["Q3 2018/19"]
    assert workbook.indicators[0].aim == "Homes"
    titled = read(tmp_path, ("Aim: Homes\nQuarter 3 2018/19",), headings, ("Let", 5, 4, "High"))
    assert [i.period.label for i in titled.indicators] == ["Q3 2018/19"]


@pytest.mark.parametrize("group", ["Aim: SAFE", "Priority: Safe & well", "AIM - SAFE", "Aim:"])
def test_groups_without_priorities_have_none(tmp_path: Path, group: str) -> None:
    workbook = read(tmp_path, (group,), HEADINGS, row(), ("Expected Outcome Red",), row(code="2"))
    assert workbook.priorities == {}
    assert workbook.read_as[0].priorities_from is None
    assert len(workbook.indicators) == 2


def test_what_is_below_the_indicators_of_an_aim_is_none_of_its_priorities(tmp_path: Path) -> None:
    rows = [("Aim: SAFE: Priorities • A safe town",), HEADINGS, row(), ("- not a priority",)]
    workbook = read(tmp_path, *rows)
    assert workbook.priorities == {"safe": ("A safe town",)}
    assert [problem.message for problem in workbook.problems] == [
        'the row "- not a priority" is taken for a note, and is not rated'
    ]


def test_an_aim_named_again_adds_only_what_is_new(tmp_path: Path) -> None:
    again = ("Aim: safe: Priorities • a safe  town • Good help",)
    rows = [("Aim: SAFE: Priorities • A safe town",), HEADINGS, row(), again, row(code="2")]
    assert read(tmp_path, *rows).priorities == {"safe": TWO}


@pytest.mark.parametrize(
    "rows",
    [
        [("SAFE", "A safe town"), ("SAFE", "Good help")],
        [("SAFE", "A safe town"), (None, "Good help")],
        [("Safe", "• A safe town\n• Good help")],
        [("SAFE", "A safe town; Good help")],
        [("SAFE", None), (" safe ", "A safe town"), ("SAFE", "Good help"), ("SAFE", "good help")],
    ],
)
def test_a_sheet_of_aims(tmp_path: Path, rows: list[Any]) -> None:
    workbook = listed(tmp_path, *rows)
    assert (workbook.priorities, workbook.problems) == ({"safe": TWO}, ())
    assert workbook.read_as[0].priorities_from == "Aims!A1"


@pytest.mark.parametrize("headings", [("AIM", "Priorities"), ("Corporate aim", "Our priorities")])
def test_its_headings_are_told_in_any_way(tmp_path: Path, headings: tuple[str, str]) -> None:
    assert listed(tmp_path, ("SAFE", "Good help"), headings=headings).priorities


def test_its_columns_stand_in_any_order_below_a_title(tmp_path: Path) -> None:
    aims = [("What we want",), (), ("Priority", None, "Aim"), ("Good help", "x", "SAFE")]
    workbook = read(tmp_path, WITH_AIM, row(aim="SAFE"), Aims=aims)
    assert workbook.priorities == {"safe": ("Good help",)}


def test_an_aim_that_no_indicator_has_is_a_warning(tmp_path: Path) -> None:
    workbook = listed(tmp_path, ("SAVE", "A safe town"), ("GREEN", "Less waste"), ("SAFE", "a"))
    assert found(workbook.problems) == [("warning", "Aims!A2"), ("warning", "Aims!A3")]
    assert [problem.hint for problem in workbook.problems] == [
        'If "SAFE" is meant, write it so.',
        "Correct its name, or delete it.",
    ]


def test_an_indicator_that_is_not_rated_has_its_aim_all_the_same(tmp_path: Path) -> None:
    rows = (WITH_AIM, row(aim="SAFE", value="x"), row(code="2", aim="CLEAN"))
    workbook = read(tmp_path, *rows, Aims=[("Aim", "Priority"), ("SAFE", "a")])
    assert found(workbook.problems) == [("error", "Indicators!E2")]


def test_the_sheet_goes_before_the_rows_and_says_so(tmp_path: Path) -> None:
    group = ("Aim: SAFE: Priorities • A safe town",)
    aims = [("Aim", "Priority"), ("SAFE", "Good help")]
    workbook = read(tmp_path, group, HEADINGS, row(), Aims=aims)
    assert workbook.priorities == {"safe": ("Good help",)}
    assert [(p.cell, p.message) for p in workbook.problems] == [
        ("Aims!A2", "the priorities of SAFE are others in Indicators!A1; these here count")
    ]
    same = read(tmp_path, group, HEADINGS, row(), Aims=[aims[0], ("Safe", "a safe town")])
    assert same.problems == ()


def test_a_priority_without_an_aim_is_told(tmp_path: Path) -> None:
    workbook = listed(tmp_path, (None, "Good help"), ("SAFE", "A safe town"))
    assert found(workbook.problems) == [("warning", "Aims!B2")]
    assert workbook.priorities == {"safe": ("A safe town",)}


def test_a_table_of_indicators_named_so_is_no_sheet_of_aims(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "x.xlsx", Aims=[(*WITH_AIM, "Priority"), row(aim="SAFE")])
    workbook = read_workbook(path)
    assert (len(workbook.indicators), workbook.priorities) == (1, {})


def test_both_layouts_of_the_real_report_have_the_same(tmp_path: Path) -> None:
    kept, published = (
        read_workbook(SAMPLES / name)
        for name in ("southend_january_2019.xlsx", "as_published.xlsx")
    )
    assert kept.priorities == published.priorities
    assert list(kept.priorities) == ["safe", "clean", "healthy", "prosperous", "excellent"]


def test_json_has_the_aims_of_what_is_asked_for_in_the_reports_order() -> None:
    run = kpi("rate", SAMPLES / "southend_january_2019.xlsx", "-f", "json", "--code", "CP [12].*")
    assert run.exit_code == 2
    arguments = ("--aim", "clean", "--aim", "SAFE", "--sort", "code")
    run = kpi("rate", SAMPLES / "southend_january_2019.xlsx", "-f", "json", *arguments)
    assert json.loads(run.stdout)["aims"] == [
        {"aim": "SAFE", "priorities": ["Safer streets and homes", "Early help for families"]},
        {"aim": "CLEAN", "priorities": ["Tidy streets", "Less waste"]},
    ]


def test_markdown_has_them_below_the_aims_heading() -> None:
    workbook = SAMPLES / "as_published.xlsx"
    text = kpi("rate", workbook, "-f", "markdown", "--aim", "CLEAN").stdout
    assert "## CLEAN\n\n- Tidy streets\n- Less waste\n\nOn course 3\n" in text
    text = kpi("rate", workbook, "-f", "markdown", "--aim", "CLEAN", "--sort", "outcome").stdout
    assert "Tidy streets" not in text
