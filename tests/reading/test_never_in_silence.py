"""What could go wrong in silence ends in the right figure, or is told (domain 11 to 13)."""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook

from kpi_cli import Value, Workbook, rate, read_workbook
from kpi_cli.models import Direction, Outcome
from tests.builders import found, save_workbook

RED, AMBER, GREEN = Outcome.AT_RISK, Outcome.SLIPPAGE, Outcome.ON_COURSE
NO_TARGET = Outcome.NO_TARGET
BETTER, WORSE, UNTOLD = Direction.BETTER, Direction.WORSE, Direction.UNKNOWN
H = ("Ref", "Indicator", "Polarity")
JANUARY = ("Performance report January 2019",)
QUARTER = ("Performance report Quarter 3 2018/19",)
WARNING, ERROR = "warning", "error"


class Figures(NamedTuple):
    """What a row is rated by, as shown, and what it comes to."""

    value: str
    target: str | None
    annual: str | None
    period: str
    outcome: Outcome


def read(folder: Path, *rows: tuple[Any, ...], sheet: str = "Sheet", file: str = "x") -> Workbook:
    return read_workbook(save_workbook(folder / f"{file}.xlsx", **{sheet: list(rows)}))


def figures(workbook: Workbook) -> Figures:
    """Return what the first row is rated by."""
    rating = rate(workbook).ratings[0]
    indicator = rating.indicator
    target, annual = indicator.target, indicator.annual_target
    assert indicator.value_text
    return Figures(
        indicator.value_text,
        target.text if target else None,
        annual.text if annual else None,
        indicator.period.label,
        rating.outcome,
    )


def told(workbook: Workbook) -> list[tuple[str, str | None, str]]:
    return [(p.severity.value, p.cell, p.message) for p in workbook.problems]


# The only value is of another time than the report


@pytest.mark.parametrize(
    ("title", "heading", "period", "severity"),
    [
        ("January 2019", "2017/18 Actual", "2017/18", WARNING),
        ("January 2019", "Performance 2017/18", "2017/18", WARNING),
        ("January 2019", "Outturn 2017-18", "2017/18", WARNING),
        ("January 2019", "FY18", "2017/18", WARNING),
        ("January 2019", "Nov-18 Actual", "November 2018", ERROR),
        ("January 2019", "2019/20 Actual", "2019/20", ERROR),
        ("Quarter 3 2018/19", "Q2 Actual", "Q2 2018/19", ERROR),
        ("Quarter 3 2018/19", "Q4 Actual", "Q4 2018/19", ERROR),
        ("Quarter 3 2018/19", "Q3 2017/18", "Q3 2017/18", ERROR),
        ("Quarter 3 2018/19", "2017/18", "2017/18", WARNING),
    ],
)
def test_a_value_of_another_period_is_told_at_its_heading(
    tmp_path: Path, title: str, heading: str, period: str, severity: str
) -> None:
    workbook = read(tmp_path, (title,), (*H, "Target", heading), ("A1", "Calls", "High", 90, 88))
    assert figures(workbook) == ("88", "90", None, period, AMBER)
    assert told(workbook) == [
        (
            severity,
            "Sheet!E2",
            f"the heading in E2 says {period}, and the title in A1 says"
            f" {title.replace('Quarter ', 'Q')}; {period} counts, and the ratings may be wrong",
        )
    ]


# A target for another period


class Targets(NamedTuple):
    """Headings of targets, with what each says of A1, and what counts; where one is told, where."""

    headings: dict[str, int]
    value: str
    target: str | None
    annual: str | None
    outcome: Outcome
    told: str | None = None


TARGETS: dict[str, tuple[tuple[str], Targets]] = {
    "next year's beside this year's": (
        JANUARY, Targets({"2018/19 Target": 90, "2019/20 Target": 99}, "Actual", None, "90", AMBER),
    ),
    "next year's first": (
        JANUARY, Targets({"2019/20 Target": 99, "2018/19 Target": 90}, "Actual", None, "90", AMBER),
    ),
    "last year's beside this year's": (
        JANUARY, Targets({"Target 2017/18": 60, "Target 2018/19": 90}, "Actual", None, "90", AMBER),
    ),
    "next year's beside the month's": (
        JANUARY, Targets({"Target": 90, "Target 2019/20": 99}, "Actual", "90", None, AMBER),
    ),
    "next year's alone": (
        JANUARY, Targets({"2019/20 Target": 90}, "Actual", None, None, NO_TARGET, "D2"),
    ),
    "next year's annual one alone": (
        JANUARY,
        Targets({"Annual Target 2019/20": 90}, "Actual", None, None, NO_TARGET, "D2"),
    ),
    "last year's alone": (
        JANUARY, Targets({"Target 2017/18": 90}, "Actual", None, None, NO_TARGET, "D2"),
    ),
    "last month's alone": (
        JANUARY, Targets({"Target Dec 2018": 90}, "Actual", None, None, NO_TARGET, "D2"),
    ),
    "last quarter's alone": (
        QUARTER, Targets({"Q2 Target": 90}, "Q3 Actual", None, None, NO_TARGET, "D2"),
    ),
    "last quarter's beside this quarter's": (
        QUARTER, Targets({"Q2 Target": 50, "Q3 Target": 90}, "Q3 Actual", "90", None, AMBER),
    ),
    "a year ago's quarter alone": (
        QUARTER, Targets({"Target Q3 2017/18": 90}, "Actual", None, None, NO_TARGET, "D2"),
    ),
    "the quarter's in a month's report": (
        JANUARY, Targets({"Q3 Target": 90}, "Jan-19", None, None, NO_TARGET, "D2"),
    ),
    "the quarter's beside the year's": (
        QUARTER,
        Targets({"2018/19 Target": 400, "Q3 Target": 90}, "Q3 Actual", "90", "400", AMBER),
    ),
    "the month that the year ends with": (
        JANUARY, Targets({"March 2019 target": 90}, "Actual", None, "90", AMBER),
    ),
    "the month that another year ends with": (
        JANUARY, Targets({"March 2020 target": 90}, "Actual", None, None, NO_TARGET, "D2"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("title", "case"), TARGETS.values(), ids=TARGETS)
def test_a_target_of_another_period_is_not_used(
    tmp_path: Path, title: tuple[str], case: Targets
) -> None:
    heads = (*H, *case.headings, case.value)
    workbook = read(tmp_path, title, heads, ("A1", "Calls", "High", *case.headings.values(), 88))
    report = title[0].removeprefix("Performance report ").replace("Quarter ", "Q")
    value, target, annual, period, outcome = figures(workbook)
    assert (target, annual, outcome) == (case.target, case.annual, case.outcome)
    assert (value, period) == ("88", report)
    expected = [(WARNING, f"Sheet!{case.told}")] if case.told else []
    assert found(workbook.problems) == expected
    assert all(f"is not used for {report}" in p.message for p in workbook.problems)


@pytest.mark.parametrize("heading", ["2021 Target", "Target by 2020", "Target to 2022"])
def test_a_target_of_a_year_that_can_mean_several_is_an_error(tmp_path: Path, heading: str) -> None:
    workbook = read(tmp_path, QUARTER, (*H, heading, "Actual"), ("A1", "Calls", "High", 90, 88))
    assert found(workbook.problems) == [(ERROR, "Sheet!D2")]
    assert "the column is not read" in workbook.problems[0].message


@pytest.mark.parametrize("heading", ["Next Year's Target", "Proposed Target", "Stretch Target"])
def test_a_heading_that_may_be_the_only_target_is_told(tmp_path: Path, heading: str) -> None:
    workbook = read(tmp_path, QUARTER, (*H, heading, "Actual"), ("A1", "Calls", "High", 90, 88))
    message = f'the heading "{heading}" is not taken for the target, and no other is'
    assert told(workbook) == [(WARNING, "Sheet!D2", message)]
    assert figures(workbook).outcome is NO_TARGET


def test_two_targets_of_one_year_are_an_error(tmp_path: Path) -> None:
    heads = (*H, "2018/19 Target", "Annual Target", "Actual")
    workbook = read(tmp_path, QUARTER, heads, ("A1", "Calls", "High", 400, 90, 88))
    assert found(workbook.problems) == [(ERROR, "Sheet!D2")]
    assert workbook.indicators == ()


def test_the_years_target_is_not_taken_for_the_quarters(tmp_path: Path) -> None:
    heads = (*H, "Target", "Target 2018/19", "Actual")
    workbook = read(tmp_path, QUARTER, heads, ("A1", "Calls", "High", 90, 400, 88))
    assert figures(workbook) == ("88", "90", "400", "Q3 2018/19", AMBER)


# Financial years and months that are written alike


@pytest.mark.parametrize(
    ("title", "headings", "period"),
    [
        ("Report 2010/11", ["2009-10", "2010-11"], "2010/11"),
        ("Report", ["2009-10", "2010-11"], "2010/11"),
        ("Report", ["2008-09", "2009-10", "2010-11"], "2010/11"),
        ("Report", ["2010-11"], "2010/11"),
        ("Report", ["2010-10", "2010-11", "2010-12"], "December 2010"),
        ("Report", ["2010-09", "2010-10", "2010-11"], "November 2010"),
        ("Report", ["2010-10", "2010-11"], "November 2010"),
        ("Report November 2010", ["2010-10", "2010-11", "2010-12"], "November 2010"),
    ],
)
def test_financial_years_are_not_taken_for_months(
    tmp_path: Path, title: str, headings: list[str], period: str
) -> None:
    by = [70 + number for number in range(len(headings))]
    rows = ((title,), (*H, "Target", *headings), ("A1", "Calls", "High", 90, *by))
    workbook = read(tmp_path, *rows)
    assert workbook.problems == ()
    value = by[headings.index("2010-11")] if period != "December 2010" else by[-1]
    assert figures(workbook) == (str(value), "90", None, period, RED)


# Thresholds


THRESHOLDS = {
    "Floor": (80, "80"),
    "Floor Standard": (80, "80"),
    "Amber value": (80, "80"),
    "2018/19 Amber value": (80, "80"),
    "Amber trigger": (80, "80"),
    "Intervention level": (80, "80"),
    "Red Threshold (Q3)": ("<80", "80"),
    "Minimum acceptable": (80, "80"),
}


@pytest.mark.parametrize(("heading", "cell"), THRESHOLDS.items())
def test_a_threshold_decides_where_the_tolerance_would_not(
    tmp_path: Path, heading: str, cell: tuple[Any, str]
) -> None:
    rows = (QUARTER, (*H, "Target", "Actual", heading), ("A1", "Calls", "High", 90, 82, cell[0]))
    workbook = read(tmp_path, *rows)
    assert workbook.problems == ()
    assert figures(workbook).outcome is AMBER  # 5% would make it red
    line = workbook.indicators[0].red_line
    assert line
    assert (line.amount.text, workbook.indicators[0].place.cell("red_line")) == (
        cell[1],
        "Sheet!F3",
    )


UNKNOWN_THRESHOLDS = (
    "Trigger", "Trigger point", "Threshold", "Red if below", "Amber if below", "Amber band",
    "Escalation threshold", "Amber to", "Minimum performance", "Minimum level", "Lower limit",
    "Upper limit", "Limit", "Ceiling", "Maximum", "Intervention", "Red score", "Warning Threshold",
    "G/A threshold", "RAG thresholds", "Lower Threshold", "R", "G", "Amber if within",
    "Amber within", "Amber (within %)", "Amber variance", "RAG criteria", "RAG rule",
    "RAG definition", "Rating scale", "Lower bound", "Margin", "Cut-off", "Action level",
    "Fail below", "Unacceptable", "Slippage allowed", "Contract minimum", "Pass mark",
    "Off target by more than", "Critical",
)  # fmt: skip
UNKNOWN_TOLERANCES = (
    "Tolerance level", "Tolerance band", "Tolerance threshold", "Tolerance +/- level",
)  # fmt: skip


@pytest.mark.parametrize("heading", [*UNKNOWN_THRESHOLDS, *UNKNOWN_TOLERANCES])
def test_a_heading_that_may_be_of_a_threshold_is_told(tmp_path: Path, heading: str) -> None:
    rows = (QUARTER, (*H, "Target", "Actual", heading), ("A1", "Calls", "High", 90, 82, 80))
    workbook = read(tmp_path, *rows)
    (problem,) = workbook.problems
    assert found([problem]) == [(WARNING, "Sheet!F2")]
    assert f'the heading "{heading}" may be of a threshold' in problem.message
    assert "the ratings may be wrong" in problem.message
    assert figures(workbook).outcome is RED  # it is not read


@pytest.mark.parametrize("heading", UNKNOWN_THRESHOLDS)
def test_nobody_is_advised_to_call_a_threshold_a_tolerance(tmp_path: Path, heading: str) -> None:
    rows = (QUARTER, (*H, "Target", "Actual", heading), ("A1", "Calls", "High", 90, 82, 80))
    (problem,) = read(tmp_path, *rows).problems
    assert "tolerance" not in f"{problem.message} {problem.hint}".casefold()


@pytest.mark.parametrize("heading", ["Red Threshold 2017/18", "Red threshold Q2", "Floor 2019/20"])
def test_a_threshold_of_another_period_is_told(tmp_path: Path, heading: str) -> None:
    rows = (QUARTER, (*H, "Target", "Actual", heading), ("A1", "Calls", "High", 90, 82, 80))
    workbook = read(tmp_path, *rows)
    assert found(workbook.problems) == [(WARNING, "Sheet!F2")]
    assert workbook.indicators[0].red_line is None


@pytest.mark.parametrize(
    ("cells", "outcome"),
    [
        ((">=90%", "80-90%", "<80%"), AMBER),
        (("90% or more", "80% to 89.9%", "below 80%"), AMBER),
        (("≥82%", "75-82%", "<75%"), GREEN),
        ((">=95%", "85-95%", "<85%"), RED),
    ],
)
def test_green_amber_and_red_decide(
    tmp_path: Path, cells: tuple[str, ...], outcome: Outcome
) -> None:
    heads = (*H, "Actual", "Green", "Amber", "Red")
    workbook = read(tmp_path, QUARTER, heads, ("A1", "Calls", "High", "82%", *cells))
    assert workbook.problems == ()
    assert figures(workbook).outcome is outcome


def test_numbers_below_green_amber_and_red_are_told(tmp_path: Path) -> None:
    heads = (*H, "Target", "Actual", "Green", "Amber", "Red")
    workbook = read(tmp_path, QUARTER, heads, ("A1", "Calls", "High", 90, 82, 90, 85, 80))
    assert found(workbook.problems) == [(WARNING, "Sheet!F3")]
    assert "the ratings may be wrong" in workbook.problems[0].message


# Last year


def direction(workbook: Workbook) -> Direction:
    return rate(workbook).ratings[0].direction


@pytest.mark.parametrize(
    "name", ["Fly-tips cleared", "Homes built (cumulative)", "Visits [Cumulative YTD]"]
)
@pytest.mark.parametrize("title", ["Report H1 2018/19", "Report Quarter 3 2018/19", "January 2019"])
def test_a_whole_year_is_not_held_against_a_part_of_one(
    tmp_path: Path, title: str, name: str
) -> None:
    heads = (*H, "Target", "Actual", "Last Year")
    workbook = read(tmp_path, (title,), heads, ("A1", name, "High", 90, 88, 200))
    assert direction(workbook) is UNTOLD
    assert found(workbook.problems) == [(WARNING, "Sheet!F3")]
    assert "this may be all of last year's figure" in workbook.problems[0].message


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Same quarter last year", WORSE),
        ("Q3 2017/18", WORSE),
        ("Q3 last year", WORSE),
        ("Last year Q3", WORSE),
        ("Oct-Dec 2017", WORSE),
        ("2017/18", UNTOLD),
        ("2017/18 Outturn", UNTOLD),
        ("Last Year Outturn", UNTOLD),
        ("Q2 2017/18", UNTOLD),
        ("Q4 2017/18", UNTOLD),
        ("Last Quarter", UNTOLD),
    ],
)
def test_only_the_same_part_of_last_year_tells_the_direction(
    tmp_path: Path, heading: str, expected: Direction
) -> None:
    heads = (*H, "Target", "Actual", heading)
    workbook = read(tmp_path, QUARTER, heads, ("A1", "Homes built", "High", 90, 88, 200))
    assert direction(workbook) is expected


def test_all_of_last_year_is_held_against_all_of_this(tmp_path: Path) -> None:
    heads = (*H, "Target", "Actual", "Last Year")
    rows = (("Annual report 2018/19",), heads, ("A1", "Homes built", "High", 90, 88, 200))
    workbook = read(tmp_path, *rows)
    assert workbook.problems == ()
    assert direction(workbook) is WORSE


@pytest.mark.parametrize(
    ("words", "directions"),
    [
        (("↑", "↓"), (BETTER, WORSE)),
        (("▲", "▼"), (BETTER, WORSE)),
        (("Improved", "Declined"), (BETTER, WORSE)),
        (("Better", "Worse"), (BETTER, WORSE)),
    ],
)
def test_arrows_below_last_year_are_published_directions(
    tmp_path: Path, words: tuple[str, str], directions: tuple[Direction, Direction]
) -> None:
    heads = (*H, "Target", "Actual", "Last Year")
    rows = [("A1", "Calls", "High", 90, 88, words[0]), ("A2", "Voids", "Low", 5, 6, words[1])]
    workbook = read(tmp_path, QUARTER, heads, *rows)
    assert workbook.problems == ()
    assert tuple(i.published_direction for i in workbook.indicators) == directions
    assert [i.last_year for i in workbook.indicators] == [None, None]


def test_arrows_among_figures_of_last_year_are_told(tmp_path: Path) -> None:
    heads = (*H, "Target", "Actual", "Last Year")
    rows = [("A1", "% of calls", "High", 90, 88, "↑"), ("A2", "% of voids", "Low", 5, 6, 7)]
    workbook = read(tmp_path, QUARTER, heads, *rows)
    assert found(workbook.problems) == [(ERROR, "Sheet!F3")]
    assert [row.code for row in workbook.unrated] == ["A1"]


# What is around the table contradicts itself


@pytest.mark.parametrize(
    ("title", "sheet", "first", "other"),
    [
        ("Report Quarter 3 2018/19", "Q2_2018-19", "Q3 2018/19", "Q2 2018/19"),
        ("Report December 2018", "Jan_19", "December 2018", "January 2019"),
        ("Report 2017/18", "2018-19", "2017/18", "2018/19"),
        ("Report January 2019", "Q3_2018-19", "January 2019", "Q3 2018/19"),
        ("Report H1 2018/19", "Q3_2018-19", "H1 2018/19", "Q3 2018/19"),
    ],
)
def test_a_title_and_a_sheets_name_that_contradict_each_other(
    tmp_path: Path, title: str, sheet: str, first: str, other: str
) -> None:
    rows = [(title,), (*H, "Target", "Actual"), ("A1", "Calls", "High", 90, 88)]
    workbook = read(tmp_path, *rows, sheet=sheet)
    name = f"'{sheet.replace('_', ' ')}'" if sheet != "Jan_19" else "'Jan 19'"
    assert told(workbook) == [
        (
            ERROR,
            f"{name}!A1",
            f"the title in A1 says {first}, and the sheet's name, {name} says {other};"
            f" {first} counts",
        )
    ]
    assert figures(workbook).period == first


@pytest.mark.parametrize(
    ("title", "sheet"),
    [
        ("Report Quarter 3 2018/19", "2018-19"),
        ("Report December 2018", "Q3_2018-19"),
        ("Report Quarter 3 2018/19", "Dec_18"),
        ("Report January 2019", "KPIs"),
    ],
)
def test_a_title_and_a_sheets_name_that_go_together(tmp_path: Path, title: str, sheet: str) -> None:
    rows = [(title,), (*H, "Target", "Actual"), ("A1", "Calls", "High", 90, 88)]
    workbook = read(tmp_path, *rows, sheet=sheet)
    assert workbook.problems == ()
    assert figures(workbook).period == title.removeprefix("Report ").replace("Quarter ", "Q")


DATED = (*H, "Target", "Actual", "Last Update")


def test_rows_later_than_the_title_are_told_once(tmp_path: Path) -> None:
    rows = [
        ("A1", "Calls", "High", 90, 88, "January 2019"),
        ("A2", "Visits", "High", 90, 88, "12/02/2019"),
        ("A3", "Homes", "High", 90, 88, "Feb 2019"),
        ("A4", "Fines", "High", 90, 88, "March 2019"),
        ("A5", "Bins", "High", 90, 88, "May 2018"),
    ]
    workbook = read(tmp_path, JANUARY, DATED, *rows)
    assert [each.period.label for each in workbook.indicators] == [
        "January 2019", "February 2019", "February 2019", "March 2019", "May 2018",
    ]  # fmt: skip
    assert told(workbook) == [
        (
            WARNING,
            "Sheet!F4",
            'the row is of February 2019, as "Last Update" says (and 2 more rows are later as'
            " well), and the title in A1 says January 2019; February 2019 counts, and the rating"
            " may be wrong",
        )
    ]


def test_the_hint_of_a_row_later_than_the_title_helps(tmp_path: Path) -> None:
    row = ("A1", "Calls", "High", 90, 88, "12/02/2019")
    (problem,) = read(tmp_path, QUARTER, DATED, row).problems
    assert "head it Updated on;" in problem.hint
    workbook = read(tmp_path, QUARTER, (*DATED[:-1], "Updated on"), row)
    assert workbook.problems == ()
    assert figures(workbook).period == "Q3 2018/19"


@pytest.mark.parametrize(
    ("title", "month"),
    [
        (JANUARY, "January 2019"),
        (JANUARY, "Q3 2018/19"),
        (QUARTER, "December 2018"),
        (("Annual report 2018/19",), "March 2019"),
        (("Performance report",), "March 2019"),
    ],
)
def test_a_row_that_is_no_later_than_the_title_is_nothing_to_tell(
    tmp_path: Path, title: tuple[str], month: str
) -> None:
    assert read(tmp_path, title, DATED, ("A1", "Calls", "High", 90, 88, month)).problems == ()


def test_a_row_later_than_what_was_asked_for_is_nothing_to_tell(tmp_path: Path) -> None:
    row = ("A1", "Calls", "High", 90, 88, "March 2019")
    path = save_workbook(tmp_path / "x.xlsx", Sheet=[JANUARY, DATED, row])
    assert read_workbook(path, period="January 2019").problems == ()


def test_a_title_and_a_files_name_that_contradict_each_other_are_a_warning(tmp_path: Path) -> None:
    rows = [QUARTER, (*H, "Target", "Actual"), ("A1", "Calls", "High", 90, 88)]
    workbook = read(tmp_path, *rows, file="kpis_q2_2018_19")
    assert found(workbook.problems) == [(WARNING, "Sheet!A1")]
    assert figures(workbook).period == "Q3 2018/19"


def test_a_title_that_names_two_periods_tells_none(tmp_path: Path) -> None:
    rows = [("Q2 and Q3 2018/19",), (*H, "Target", "Actual"), ("A1", "Calls", "High", 90, 88)]
    workbook = read(tmp_path, *rows)
    assert found(workbook.problems) == [(ERROR, "Sheet!A2")]
    assert workbook.indicators == ()


# A group of another time than what is around the table

MEASURES = (*H, "Actual", "Target")
CALLS, WAITS = ("A1", "Calls", "High", 88, 90), ("A2", "Waits", "Low", 12, 10)


def periods(workbook: Workbook) -> list[str]:
    return [indicator.period.label for indicator in workbook.indicators]


def period_told(workbook: Workbook) -> str:
    read_as = workbook.read_as[0]
    return f"{read_as.period}, from {read_as.period_from}"


@pytest.mark.parametrize(
    ("title", "group", "period", "severity"),
    [
        ("September 2024", "Quarterly indicators - Quarter 1 2024/25", "Q1 2024/25", ERROR),
        ("September 2024", "Annual indicators - 2023/24", "2023/24", WARNING),
        ("September 2024", "Annual indicators: 2023/24", "2023/24", WARNING),
        ("September 2024", "Schools (as at August 2024)", "August 2024", ERROR),
        ("Quarter 2 2024/25", "Education - Quarter 1", "Q1 2024/25", ERROR),
        ("Quarter 2 2024/25", "Police (year to June 2024)", "year to June 2024", WARNING),
        ("Quarter 2 2024/25", "Quarter 3 2024/25", "Q3 2024/25", ERROR),
        # what goes together is told in what was understood
        ("September 2024", "Quarter 2 2024/25", "Q2 2024/25", None),
        ("2024/25", "Quarter 1", "Q1 2024/25", None),
        ("October 2024", "Quarterly indicators - Quarter 2 2024/25", "Q2 2024/25", None),
    ],
)
def test_the_rows_below_a_group_are_of_the_period_that_it_names(
    tmp_path: Path, title: str, group: str, period: str, severity: str | None
) -> None:
    workbook = read(tmp_path, (title,), MEASURES, ("Monthly",), CALLS, (group,), WAITS)
    title = title.replace("Quarter ", "Q")
    assert periods(workbook) == [title, period]
    message = (
        f"the group in A5 says {period}, and the title in A1 says {title}; {period} counts, and"
        " the ratings may be wrong"
    )
    assert told(workbook) == ([(severity, "Sheet!A5", message)] if severity else [])
    assert period_told(workbook) == f"{title}, from the title in A1; {period}, from the group in A5"


@pytest.mark.parametrize(
    "group",
    [
        "Annual indicators 2024/25",  # Q2 is within it
        "Housing - Quarter 2",
        "Corporate Plan 2023-27",
        "Corporate Plan 2023/24",
        "Our Vision 2030",
        "Priority 1 (2023/24)",
        "Halve waste by March 2026",
        "Updated August 2024",
        "Q1 and Q2 2024/25",
        "Performance dipped in Quarter 1 2024/25 owing to leave.",
        "Commentary: dipped in Quarter 1 2024/25",
        "All of the schools that we visited and asked in Quarter 1 2024/25",
    ],
)
def test_a_group_that_tells_no_other_period(tmp_path: Path, group: str) -> None:
    workbook = read(tmp_path, ("Quarter 2 2024/25",), MEASURES, CALLS, (group,), WAITS)
    assert periods(workbook) == ["Q2 2024/25", "Q2 2024/25"]
    assert workbook.problems == ()
    assert period_told(workbook) == "Q2 2024/25, from the title in A1"


def test_groups_tell_the_period_where_nothing_else_does(tmp_path: Path) -> None:
    groups = [("Quarter 2 2024/25",), CALLS, ("Quarter 1 2024/25",), WAITS]
    workbook = read(tmp_path, ("Scorecard",), MEASURES, *groups)
    assert periods(workbook) == ["Q2 2024/25", "Q1 2024/25"]
    assert workbook.problems == ()
    assert period_told(workbook) == (
        "Q2 2024/25, from the group in A3; Q1 2024/25, from the group in A5"
    )


def test_a_rows_own_period_goes_before_its_groups(tmp_path: Path) -> None:
    """So it is as the hint of a contradiction says."""
    own = [(*CALLS, "September 2024"), ("Quarter 1 2024/25",), (*WAITS, "Q1 2024/25")]
    workbook = read(tmp_path, ("September 2024",), (*MEASURES, "Period"), *own)
    assert periods(workbook) == ["September 2024", "Q1 2024/25"]
    assert workbook.problems == ()


def test_a_group_tells_the_period_that_is_missing_in_its_column(tmp_path: Path) -> None:
    rows = [(*MEASURES, "Period"), (*CALLS, "September 2024"), ("Quarter 2 2024/25",), WAITS]
    workbook = read(tmp_path, ("September 2024",), *rows)
    message = "the period is missing; Q2 2024/25, from the group in A4, counts"
    assert told(workbook) == [(WARNING, "Sheet!F5", message)]


def test_the_period_asked_for_goes_before_a_groups(tmp_path: Path) -> None:
    rows = {"Sheet": [MEASURES, CALLS, ("Quarter 1 2024/25",), WAITS]}
    path = save_workbook(tmp_path / "x.xlsx", **rows)
    workbook = read_workbook(path, period="Q2 2024/25")
    assert periods(workbook) == ["Q2 2024/25", "Q2 2024/25"]


def test_a_group_above_headings_that_are_repeated_tells_nothing_below_them(tmp_path: Path) -> None:
    first = [("Quarter 2 2024/25",), MEASURES, ("Quarter 1 2024/25",), CALLS]
    workbook = read(tmp_path, *first, (), ("Quarter 2 2024/25",), MEASURES, WAITS)
    assert periods(workbook) == ["Q1 2024/25", "Q2 2024/25"]


# To date and of a period


@pytest.mark.parametrize(
    ("value", "target", "says"),
    [
        ("YTD Actual", "Q2 Target", ("of the year to date", "of the period alone")),
        ("YTD Actual", "Quarterly Target", ("of the year to date", "of the period alone")),
        ("Cumulative Actual", "Quarter Target", ("of the year to date", "of the period alone")),
        ("Quarter Actual", "YTD Target", ("of the period alone", "of the year to date")),
        ("Q2 Actual", "YTD Target", ("of the period alone", "of the year to date")),
    ],
)
def test_a_value_to_date_and_a_target_of_the_quarter_are_told(
    tmp_path: Path, value: str, target: str, says: tuple[str, str]
) -> None:
    title = ("Quarter 2 2024/25",)
    workbook = read(tmp_path, title, (*H, value, target), ("A1", "Calls", "High", 110, 90))
    message = (
        f'the value is {says[0]}, as "{value}" in D2 says, and the target {says[1]}, as "{target}"'
        " says: the ratings may be wrong"
    )
    assert told(workbook) == [(WARNING, "Sheet!E2", message)]


@pytest.mark.parametrize("title", ["Quarter 2 2024/25", "2024/25"])
def test_the_last_of_several_periods_beside_a_target_to_date_is_told(
    tmp_path: Path, title: str
) -> None:
    headings = (*H, "Q1", "Q2", "Q3", "YTD Target")
    workbook = read(tmp_path, (title,), headings, ("A1", "Calls", "High", 97, 95, None, 96))
    assert (WARNING, "Sheet!G2") in found(workbook.problems)
    first = read(tmp_path, (title,), headings, ("A1", "Calls", "High", 97, None, None, 96))
    assert (WARNING, "Sheet!G2") not in found(first.problems)


def test_the_hint_of_a_value_to_date_helps_where_there_is_a_third_column(tmp_path: Path) -> None:
    title, row = ("Quarter 2 2024/25",), ("A1", "Calls", "High", 110, 180)
    three = read(tmp_path, title, (*H, "YTD Actual", "YTD Target", "Q2 Target"), (*row, 90))
    assert found(three.problems) == [(WARNING, "Sheet!F2")]
    assert read(tmp_path, title, (*H, "YTD Actual", "YTD Target"), row).problems == ()
    assert read(tmp_path, title, (*H, "Actual", "Target"), row).problems == ()


@pytest.mark.parametrize(
    ("title", "value", "target"),
    [
        ("Quarter 2 2024/25", "YTD Actual", "YTD Target"),
        ("Quarter 2 2024/25", "YTD Actual", "Target"),
        ("Quarter 2 2024/25", "Actual", "YTD Target"),
        ("Quarter 2 2024/25", "Actual", "Target"),
        ("Quarter 2 2024/25", "Quarter Actual", "Q2 Target"),
        ("Quarter 2 2024/25", "YTD Actual", "Annual Target"),
        ("Quarter 2 2024/25", "YTD Actual", "2024/25 Target"),
        ("Quarter 1 2024/25", "YTD Actual", "Q1 Target"),
        ("April 2024", "Month Actual", "YTD Target"),
        ("H1 2024/25", "YTD Actual", "H1 Target"),
        ("September 2024", "Month's Value", "YTD Target"),  # the report's own heading
    ],
)
def test_a_value_and_a_target_of_one_time(
    tmp_path: Path, title: str, value: str, target: str
) -> None:
    workbook = read(tmp_path, (title,), (*H, value, target), ("A1", "Calls", "High", 110, 90))
    assert workbook.problems == ()


# Two that could both count


@pytest.mark.parametrize(
    ("used", "other"),
    [
        ("Target (local)", "Target (national)"),
        ("Local Target", "National Target"),
        ("Corporate target", "Statutory target"),
        ("Local monthly target", "National monthly target"),
        ("Target (min)", "Target (stretch)"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_one_of_several_targets_is_told_with_the_other(
    used: str, other: str, is_first: bool, tmp_path: Path
) -> None:
    headings, amounts = ((used, other), (90, 80)) if is_first else ((other, used), (80, 90))
    row = ("A1", "Calls", "High", *amounts, 88)
    workbook = read(tmp_path, JANUARY, (*H, *headings, "Actual"), row)
    own, beside = ("D2", "E2") if is_first else ("E2", "D2")
    assert figures(workbook).target == "90"
    assert told(workbook) == [
        (
            WARNING,
            f"Sheet!{own}",
            f'the target is that of "{used}", and "{other}" in {beside} is not read',
        )
    ]


@pytest.mark.parametrize("headings", [("Target", "National"), ("Local", "Target")])
def test_the_hint_of_several_targets_helps(headings: tuple[str, str], tmp_path: Path) -> None:
    workbook = read(tmp_path, JANUARY, (*H, *headings, "Actual"), ("A1", "Calls", "High", 9, 8, 7))
    assert figures(workbook).target == ("9" if headings[0] == "Target" else "8")
    assert workbook.problems == ()


@pytest.mark.parametrize(
    "other",
    ["Target date", "Target met?", "National average", "Target setting", "Local comment"],
)
@pytest.mark.parametrize("target", ["Target", "Local Target"])
def test_what_is_no_other_target_is_nothing_to_tell(
    target: str, other: str, tmp_path: Path
) -> None:
    headings = (*H, target, "Actual", other)
    assert read(tmp_path, JANUARY, headings, ("A1", "Calls", "High", 9, 8, 7)).problems == ()


def test_a_national_target_beside_the_target_is_nothing_to_tell(tmp_path: Path) -> None:
    headings = (*H, "Target", "Actual", "National Target")
    assert read(tmp_path, JANUARY, headings, ("A1", "Calls", "High", 9, 8, 7)).problems == ()


@pytest.mark.parametrize("heading", ["National Target", "Statutory Target", "Stretch Target"])
def test_another_target_alone_is_told(heading: str, tmp_path: Path) -> None:
    workbook = read(tmp_path, JANUARY, (*H, heading, "Actual"), ("A1", "Calls", "High", 9, 8))
    message = f'the heading "{heading}" is not taken for the target, and no other is'
    assert (WARNING, "Sheet!D2", message) in told(workbook)


@pytest.mark.parametrize(
    ("headings", "periods", "year", "part"),
    [
        (("Financial Year", "Quarter"), [("2018/19", "Q3"), ("2018/19", "Q2")], "A1", "B1"),
        (("Financial Year", "Quarter"), [("2018-19", 3), ("2018-19", 2)], "A1", "B1"),
        (("Month", "Financial Year"), [("October", "2018/19"), ("Nov", "2018/19")], "B1", "A1"),
        (("Financial Year", "Month"), [(2018, "October"), (2018, "Dec")], "A1", "B1"),
    ],
)
def test_a_period_in_two_columns_is_an_error_of_both(
    headings: tuple[str, str], periods: list[tuple[object, str]], year: str, part: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    rows = [(*each, f"A{n}", "Calls", "High", 90, 88) for n, each in enumerate(periods)]
    workbook = read(tmp_path, (*headings, *H, "Target", "Actual"), *rows)
    name = dict(zip(("A1", "B1"), headings, strict=True))
    assert told(workbook) == [
        (
            ERROR,
            f"Sheet!{year}",
            f'"{name[year]}" here has the year, and "{name[part]}" in Sheet!{part} the part of it;'
            " no row is read",
        )
    ]
    assert workbook.indicators == ()


def test_the_hint_of_a_period_in_two_columns_helps(tmp_path: Path) -> None:
    headings = (None, "Quarter", *H, "Target", "Actual")
    row = ("2018/19", "Q3 2018/19", "A1", "Calls", "High", 90, 88)
    assert figures(read(tmp_path, headings, row)).period == "Q3 2018/19"


@pytest.mark.parametrize("other", ["October 2018", "Annual", "2018/19"])
def test_two_columns_of_which_none_has_a_part_alone_are_still_a_warning(
    other: str, tmp_path: Path
) -> None:
    headings = ("Financial Year", "Time Period", *H, "Target", "Actual")
    row = ("2018/19", other, "A1", "Calls", "High", 90, 88)
    assert [problem[0] for problem in told(read(tmp_path, headings, row))] == [WARNING]


@pytest.mark.parametrize(
    "headings",
    [("Target", "Actual", "Result"), ("Target", "Plan", "Actual")],
)
def test_two_columns_that_could_both_count_are_an_error(
    tmp_path: Path, headings: tuple[str, ...]
) -> None:
    workbook = read(tmp_path, QUARTER, (*H, *headings), ("A1", "Calls", "High", 90, 88, 70))
    assert {problem.severity.value for problem in workbook.problems} == {ERROR}
    assert workbook.indicators == ()


GROUPED = ("SAFE", None, None, None, None)
TABLES: dict[str, tuple[tuple[Any, ...], ...]] = {
    "one value": (
        (*H, "Month", "Value", "Target"),
        ("CP 1.1", "Visits", "Maximise", "Jan-19", 95, 90),
    ),
    "columns of periods": (
        (*H, "Dec-18", "Jan-19", "Target"),
        ("CP 1.1", "Visits", "Maximise", 94, 95, 90),
    ),
    "a period above and no code": (
        QUARTER,
        ("Indicator", "Polarity", "Actual", "Target", "Green Threshold", "Amber Threshold"),
        ("Visits", "Maximise", 95, 90, 90, 80),
    ),
    "a column of an earlier year": (
        ("KPI ID", "KPI Title", "Good to be", "2017/18 result", "2018/19 Target", "Period",
         "Result"),
        ("CP 1.1", "Visits", "High", 94, 90, "Q2 2018/19", 95),
    ),
    "a target and a value for each quarter": (
        (None, None, None, "Quarter 1 2018/19", None, "Quarter 2 2018/19", None),
        (*H, "Target", "Actual", "Target", "Actual"),
        ("TL1", "Visits", "High", 90, 94, 90, 95),
    ),
    "groups": (
        JANUARY,
        (*H, "Actual", "Target"),
        GROUPED,
        ("CP 1.1", "Visits", "Maximise", 95, 90),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_an_error_cell_alone_below_a_table_is_told(name: str, tmp_path: Path) -> None:
    rows = TABLES[name]
    path = save_workbook(tmp_path / "x.xlsx", Sheet=list(rows))
    for column in range(1, len(rows[-1]) + 1):
        book = load_workbook(path)
        cell = book["Sheet"].cell(len(rows) + 1, column, "#DIV/0!")
        cell.data_type = "e"
        book.save(tmp_path / "error.xlsx")
        workbook = read_workbook(tmp_path / "error.xlsx")
        assert rate(workbook).ratings[0].indicator.value_text == "95"
        assert f"Sheet!{cell.coordinate}" in [problem.cell for problem in workbook.problems]


def test_the_unit_of_a_heading_is_that_of_its_figures(tmp_path: Path) -> None:
    rows = (
        QUARTER,
        (*H, "Actual (days)", "Target (days)"),
        ("A1", "Waits", "Low", 21, 18),
        ("A2", "Letters", "Low", "3 weeks", 18),
        ("A3", "Calls", "Low", "21 (prov)", (0.18, "0%")),
    )
    workbook = read(tmp_path, *rows)
    notes = [
        (i.value and i.value.note, isinstance(i.target, Value) and i.target.note)
        for i in workbook.indicators
    ]
    assert notes == [("days", "days"), ("weeks", "days"), ("days, prov", "")]


def test_headings_of_two_units_are_told_where_their_figures_are_compared(tmp_path: Path) -> None:
    rows = (QUARTER, (*H, "Actual (weeks)", "Target (days)"), ("A1", "Waits", "Low", 3, 18))
    (problem,) = rate(read(tmp_path, *rows)).problems
    assert (problem.check, problem.cell) == ("units-mixed", "Sheet!D3")
    rows = (QUARTER, (*H, "Actual (days)", "Target (days)"), ("A1", "Waits", "Low", 3, 18))
    assert rate(read(tmp_path, *rows)).problems == ()


@pytest.mark.parametrize("heading", ["Target year 2026", "Target date", "Next year target"])
def test_a_target_of_another_time_does_not_count_beside_the_target(
    tmp_path: Path, heading: str
) -> None:
    rows = (QUARTER, (*H, "Actual", "Target", heading), ("A1", "Calls", "High", 60, 90, 65))
    workbook = read(tmp_path, *rows)
    (indicator,) = workbook.indicators
    assert (indicator.annual_target, indicator.target and indicator.target.text) == (None, "90")
    assert [account.not_read for account in workbook.read_as] == [(f'"{heading}" in Sheet!F2',)]


def test_a_tolerance_of_so_much_of_the_target_is_a_percentage(tmp_path: Path) -> None:
    rows = (
        QUARTER,
        (*H, "Actual", "Target", "Tolerance (% of target)"),
        ("A1", "W", "Low", 18, 10, 10),
    )
    assert figures(read(tmp_path, *rows)).outcome is Outcome.AT_RISK
