"""Layouts in which one figure could be taken for another: rated right, or not, and told."""

from pathlib import Path
from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.models import Direction, Outcome, Severity
from tests.builders import merge, save_workbook

RED, AMBER, GREEN, NONE = Outcome.AT_RISK, Outcome.SLIPPAGE, Outcome.ON_COURSE, Outcome.NO_TARGET
H = ("Ref", "Indicator", "Polarity")
Q3 = ("Performance report Quarter 3 2018/19",)
JAN = ("Performance report January 2019",)


def a1(*figures: Any) -> tuple[Any, ...]:
    return ("A1", "Homes let", "High", *figures)


CASES: dict[str, tuple[dict[str, list[Any]], list[str], tuple[Any, ...]]] = {
    # This year's and last year's pair
    "this year and last": ({"Sheet": [Q3, (*H, "This year", None, "Last year", None),
            (None, None, None, "Target", "Actual", "Target", "Actual"), a1(90, 80, 70, 71)]},
           ["D2:E2", "F2:G2"], ("80", None, "90", "Q3 2018/19", RED)),
    # The quarter's value against the target to date
    "YTD beside": ({"Sheet": [Q3, (*H, "Q3 Target", "Q3 Actual", "YTD Target", "YTD Actual"),
            a1(30, 29, 90, 80)]}, [], ("29", "30", None, "Q3 2018/19", AMBER)),
    "YTD pair below": ({"Sheet": [Q3, (*H, "Quarter 3", None, "Year to date", None),
            (None, None, None, *("Target", "Actual") * 2), a1(30, 29, 90, 80)]},
            ["D2:E2", "F2:G2"], ("29", "30", None, "Q3 2018/19", AMBER)),
    "only YTD target": ({"Sheet": [JAN, (*H, "Jan-19 Actual", "YTD Actual", "YTD Target"),
            a1(8, 88, 90)]}, [], ("88", "90", None, "January 2019", AMBER)),
    # A target without a period goes before the period's own
    "Target and Q3 Target": ({"Sheet": [Q3, (*H, "Target", "Q3 Target", "Q3 Actual"),
            a1(100, 30, 29)]}, [], ("29", "30", "100", "Q3 2018/19", AMBER)),
    "with each quarter": ({"Sheet": [Q3, (*H, "Target", "Q2 Target", "Q2", "Q3 Target", "Q3"),
            a1(400, 100, 98, 100, 97)]}, [], ("97", "100", "400", "Q3 2018/19", AMBER)),
    # Periods without a year take it from the only one that has one, an earlier one
    "Q4 2017/18, Q1, Q2": ({"Sheet": [("KPIs",), (*H, "Target", "Q4 2017/18", "Q1", "Q2"),
            a1(90, 60, 85, 88)]}, [], ("88", "90", None, "Q2 2018/19", AMBER)),
    "2017/18, Q1, Q2": ({"Sheet": [("KPIs",), (*H, "Target", "2017/18", "Q1", "Q2"),
            a1(90, 60, 85, 88)]}, [], ("88", "90", None, "Q2 2018/19", AMBER)),
    "Dec-18, Jan": ({"Sheet": [("KPIs",), (*H, "Target", "Dec-18", "Jan"),
            a1(90, 60, 88)]}, [], ("88", "90", None, "January 2019", AMBER)),
    # The period is the year of the title, where the sheet's name has the quarter
    "sheet Q2": ({"Q2": [("Report 2018/19",), (*H, "Target", "Actual"), a1(90, 88)]}, [],
            ("88", "90", None, "Q2 2018/19", AMBER)),
    # The title of a second block in a sheet is not read
    "a second block": ({"Sheet": [("Quarter 2 2018/19",), (*H, "Target", "Actual"),
            ("B1", "Other", "High", 1, 1), (), ("Quarter 3 2018/19",), (*H, "Target", "Actual"),
            a1(90, 88)]}, [], ("88", "90", None, "Q3 2018/19", AMBER)),
    # A column of periods in each row is not read
    "Last Update": ({"Sheet": [Q3, (*H, "Actual", "Target", "Last Update"),
            a1(88, 90, "December 2018")]}, [], ("88", "90", None, "December 2018", AMBER)),
    "Data as at": ({"Sheet": [Q3, (*H, "Actual", "Target", "Data as at"),
            a1(88, 90, "30/09/2018")]}, [], ("88", "90", None, "September 2018", AMBER)),
    "Report Period": ({"Sheet": [Q3, (*H, "Actual", "Target", "Report Period"),
            a1(88, 90, "Q2 2018/19")]}, [], ("88", "90", None, "Q2 2018/19", AMBER)),
    # A typing error in Target
    "Tagret": ({"Sheet": [Q3, (*H, "Tagret", "Actual"), a1(90, 88)]}, [],
            ("88", None, None, "Q3 2018/19", NONE)),
    "Targte": ({"Sheet": [Q3, (*H, "Targte", "Actual"), a1(90, 88)]}, [],
            ("88", None, None, "Q3 2018/19", NONE)),
    "Q3 Taget": ({"Sheet": [Q3, (*H, "Q3 Taget", "Actual"), a1(90, 88)]}, [],
            ("88", None, None, "Q3 2018/19", NONE)),
    "2018/19 Tagret": ({"Sheet": [Q3, (*H, "2018/19 Tagret", "Actual"), a1(90, 88)]}, [],
            ("88", None, None, "Q3 2018/19", NONE)),
    # Tolerance (%) with a bare number
    "a tolerance in percent": ({"Sheet": [Q3, (*H, "Target", "Actual", "Tolerance (%)"),
            a1(1000, 960, 5)]}, [], ("960", "1000", None, "Q3 2018/19", AMBER)),
    # A second line of headings that is not understood: the target is rated as the value
    "year, quarter, Target": ({"Sheet": [("KPIs",), (*H, "2018/19", None, None, None),
            (None, None, None, "Q2", None, "Q3", None),
            (None, None, None, *("Target", "Actual") * 2), a1(91, 85, 90, 88)]},
            ["D2:G2", "D3:E3", "F3:G3"], ("not rated",)),
    "T and A": ({"Sheet": [Q3, (*H, "Q2", None, "Q3", None),
            (None, None, None, "T", "A", "T", "A"), a1(91, 85, 90, 88)]},
            ["D2:E2", "F2:G2"], ("88", "90", None, "Q3 2018/19", AMBER)),
    "Num Den %": ({"Sheet": [Q3, (*H, "Q3", None, None, None),
            (None, None, None, "Num", "Den", "%", "Target"), a1(44, 50, "88%", "90%")]},
            ["D2:G2"], ("not rated",)),
    "rows of Target and Actual": ({"Sheet": [Q3, (*H, "", "Q2", "Q3"), a1("Target", 90, 90),
            (None, None, None, "Actual", 85, 88)]}, [], ("not rated",)),
    # Two columns of values of one period
    "Actual and Q3": ({"Sheet": [Q3, (*H, "Target", "Actual", "Q2", "Q3"),
            a1(90, 88, 85, 70)]}, [], ("88", "90", None, "Q3 2018/19", AMBER)),
    "Q3 and Q3 Actual": ({"Sheet": [Q3, (*H, "Target", "Q3", "Q3 Actual"), a1(90, 88, 70)]},
            [], ("not rated",)),
    # A year that is still running is taken for over
    "a year that runs": ({"Sheet": [JAN, (*H, "Target", "2018/19 Actual"), a1(90, 88)]}, [],
            ("88", "90", None, "January 2019", AMBER)),
    # Years below the quarter
    "years below a quarter": ({"Sheet": [("KPIs",), (*H, "Q3", None, None),
            (None, None, None, "2017/18", "2018/19", "Target"), a1(80, 88, 90)]}, ["D2:F2"],
            ("88", "90", None, "Q3 2018/19", AMBER)),
    # Last year's figure, as long as the report's period, beside shorter periods of its own year
    "quarters and last year": ({"2018-19": [(*H, "Q1", "Q2", "Annual Target", "2017/18 Result"),
            a1(80, 95, 90, 70)]}, [], ("95", None, "90", "Q2 2018/19", GREEN)),
    "last year and months": ({"2018-19": [(*H, "2016/17", "2017/18", "Apr", "May", "Annual Target"),
            a1(71, 70, 80, 86, 90)]}, [], ("86", None, "90", "May 2018", AMBER)),
    "months and last year's quarter": ({"Sheet": [Q3, (*H, "Oct", "Nov", "Dec", "2017/18 Q3",
            "Annual Target"), a1(80, 82, 86, 70, 90)]}, [],
            ("86", None, "90", "December 2018", AMBER)),
    "quarters and last year's half": ({"Sheet": [("H1 2018/19",), (*H, "H1 2017/18", "Q2", "Q1",
            "Target"), a1(70, 86, 80, 90)]}, [], ("86", "90", None, "Q2 2018/19", AMBER)),
    "quarters and last year's month": ({"Sheet": [JAN, (*H, "Q2 2018/19", "Q3 2018/19", "Jan-18",
            "Target"), a1(80, 86, 70, 90)]}, [], ("86", "90", None, "Q3 2018/19", AMBER)),
    "an earlier quarter beside months": ({"Sheet": [Q3, (*H, "Q2", "Oct", "Nov", "Target"),
            a1(70, 82, 86, 90)]}, [], ("86", "90", None, "November 2018", AMBER)),
    "this year is not filled": ({"2018-19": [(*H, "Q1", "Q2", "2018/19", "2017/18", "Target"),
            a1(80, 86, None, 70, 90)]}, [], ("86", "90", None, "Q2 2018/19", AMBER)),
    "calendar years": ({"2018": [(*H, "Jan", "Feb", "2017", "Target"), a1(80, 86, 70, 90)],
            "Settings": [("Setting", "Value"), ("Financial Year Starts", "January")]}, [],
            ("86", "90", None, "February 2018", AMBER)),
    "below their years": ({"2018-19": [(*H, "2017/18", None, "2018/19", None, None),
            (None, None, None, "Target", "Actual", "Target", "Q1", "Q2"), a1(75, 70, 90, 80, 86)]},
            ["D1:E1", "F1:H1"], ("86", None, "90", "Q2 2018/19", AMBER)),
    # The target of a report's whole year, beside figures of less
    "a year's target": ({"2018-19": [(*H, "Q1", "Q2", "2018/19 Target"), a1(80, 86, 90)]}, [],
            ("86", None, "90", "Q2 2018/19", AMBER)),
    "Target and a year's": ({"2018-19": [(*H, "May", "Target", "Target 2018/19", "2017/18"),
            a1(86, 90, 95, 70)]}, [], ("86", "90", "95", "May 2018", AMBER)),
    "a quarter's target and a year's": ({"2018-19": [(*H, "Q2", "Q2 Target", "2018/19 Target",
            "2019/20 Target", "2017/18 Target"), a1(86, 90, 95, 50, 40)]}, [],
            ("86", "90", "95", "Q2 2018/19", AMBER)),
    "a target of the year's months": ({"2018-19": [(*H, "Apr", "May", "2018/19 Monthly Target"),
            a1(80, 86, 90)]}, [], ("86", "90", None, "May 2018", AMBER)),
    "a year's target and figure": ({"2018-19": [(*H, "Q3", "Q4", "2018/19", "2018/19 Target"),
            a1(50, 60, 86, 90)]}, [], ("86", "90", None, "2018/19", AMBER)),
    "years": ({"2018-19": [(*H, "2017/18", "2018/19", "Target 2018/19"), a1(70, 86, 90)]}, [],
            ("86", "90", None, "2018/19", AMBER)),
    # G, A, R that hold conditions
    "G, A and R": ({"Sheet": [Q3, (*H, "Actual", "G", "A", "R"),
            a1(88, ">=90", "85-90", "<85")]}, [], ("88", None, None, "Q3 2018/19", AMBER)),
    # Told, but it is there
    "Board": ({"Sheet": [("Board KPI pack: December 2018",), (*H, "Target", "Actual"),
            a1(90, 88)]}, [], ("88", "90", None, "December 2018", AMBER)),
    "Q3 in a row, year in the title": ({"Sheet": [("Report 2018/19",),
            (*H, "Period", "Target", "Actual"), a1("Q3", 90, 88)]}, [],
            ("88", "90", None, "Q3 2018/19", AMBER)),
    "a second table below one title": ({"Sheet": [Q3, (*H, "Target", "Actual"),
            ("B1", "Other", "High", 1, 1), (), ("Planning",), (*H, "Actual", "Target"),
            a1(88, 90)]}, [], ("88", "90", None, "Q3 2018/19", AMBER)),
}  # fmt: skip


@pytest.mark.parametrize(("sheets", "areas", "want"), CASES.values(), ids=CASES)
def test_each_figure_is_of_what_it_says(
    tmp_path: Path, sheets: dict[str, list[Any]], areas: list[str], want: tuple[Any, ...]
) -> None:
    path = save_workbook(tmp_path / "x.xlsx", **sheets)
    workbook = read_workbook(merge(path, **{next(iter(sheets)): areas}) if areas else path)
    got = [
        (
            i.value_text,
            i.target.text if i.target else None,
            i.annual_target.text if i.annual_target else None,
            i.period.label,
            rating.outcome,
        )
        for rating in rate(workbook).ratings
        for i in [rating.indicator]
        if i.code == "A1"
    ]
    if want == ("not rated",):
        assert not got
        assert any(problem.severity is Severity.ERROR for problem in workbook.problems)
        return
    assert got == [want]
    if want[-1] is NONE:
        assert [problem.cell for problem in workbook.problems] == ["Sheet!D2"]


@pytest.mark.parametrize(
    ("headings", "figures", "period"),
    [
        # of the same quarter a year ago, to compare with: there is no value
        (("Q1 2018/19", "Q2 2018/19", "Q2 2017/18"), (None, None, 70), None),
        (("Q1 2017/18", "Q2 2017/18", "Q1 2018/19", "Q2 2018/19"), (60, 70, None, None), None),
        (("Aug-18", "Sep-18", "Aug-17", "Sep-17"), (None, None, 60, 70), None),
        # of quarter after quarter, the last there is: it is late
        (("Q4 2017/18", "Q1 2018/19", "Q2 2018/19"), (70, None, None), "Q4 2017/18"),
        (("Q2 2017/18", "Q3 2017/18", "Q4 2017/18", "Q1 2018/19", "Q2 2018/19"),
            (70, None, None, None, None), "Q2 2017/18"),
        (("2016/17", "2017/18"), (70, None), "2016/17"),
        (("Q2 2017/18", "Q1 2018/19", "Q2 2018/19"), (60, 70, None), "Q1 2018/19"),
    ],
)  # fmt: skip
def test_a_row_that_has_last_years_figure_alone(
    tmp_path: Path, headings: tuple[str, ...], figures: tuple[Any, ...], period: str | None
) -> None:
    others = ("B1", "Repairs", "High", *(80 for _ in headings), 90)
    rows = [(*H, *headings, "Annual Target"), a1(*figures, 90), others]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", KPIs=rows))
    own = workbook.indicators[0]
    value = (own.value_text, own.period.label) if own.value else None
    assert value == (period and ("70", period))
    assert len(workbook.history.of("A1")) == len([each for each in figures if each])


@pytest.mark.parametrize(
    ("sheet", "headings", "figures", "found"),
    [
        ("2018-19", ("Q1", "Q2", "2017/18"), (None, None, 86), ("Sheet!F1", "2017/18")),
        ("2018-19", ("2016/17", "2017/18"), (70, 86), ("Sheet!E1", "2017/18")),
        ("Q1 2018-19", ("Q3 2017/18", "Q4 2017/18"), (70, 86), ("Sheet!E1", "Q4 2017/18")),
        ("Q1 2018-19", ("Q4 2017/18", "Q1 2018/19"), (70, 86), None),
        ("2018-19", ("2017/18", "Q1"), (70, 86), None),
        ("2018-19", ("2016/17", "2017/18"), (None, None), None),
    ],
)
def test_figures_of_earlier_years_alone_are_told(
    tmp_path: Path, sheet: str, headings: Any, figures: Any, found: tuple[str, str] | None
) -> None:
    rows = [(*H, *headings, "Annual Target"), a1(*figures, 90)]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", **{sheet: rows}))
    told = [problem for problem in workbook.problems if "no column of 2018/19" in problem.message]
    if found is None:
        assert not told
        return
    (problem,) = told
    cell, period = found
    assert problem.severity is Severity.WARNING
    assert problem.cell == cell.replace("Sheet", f"'{sheet}'")
    assert f"; {period} counts, and the ratings may be wrong" in problem.message
    assert [i.period.label for i in workbook.indicators] == [period]


THRESHOLDS = (
    "Red if less than", "Worst acceptable", "Lowest acceptable", "Acceptable level",
    "Acceptable range", "Alert level", "Warning level", "Critical level", "Escalation level",
    "Danger zone", "Red/Amber boundary", "RAG boundaries", "Permitted variance",
    "Deviation allowed", "Threshhold", "Red Treshold",
)  # fmt: skip


@pytest.mark.parametrize("heading", THRESHOLDS)
def test_thresholds_in_silence(tmp_path: Path, heading: str) -> None:
    rows = [Q3, (*H, "Target", "Actual", heading), a1(90, 82, 80)]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=rows))
    assert any("the ratings may be wrong" in problem.message for problem in workbook.problems)


def test_a_running_year_against_all_of_last(tmp_path: Path) -> None:
    rows = [JAN, (*H, "Target", "2018/19 Actual", "Last Year"), a1(90, 88, 120)]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=rows))
    assert rate(workbook).ratings[0].direction is Direction.UNKNOWN


@pytest.mark.parametrize("title", ["Key: G = on target", "Progress against targets"])
def test_a_title_with_the_word_target_takes_no_direction_away(tmp_path: Path, title: str) -> None:
    rows = [Q3, (title,), (*H, "Target", "Q2", "Q3", "Q3 2017/18"), a1(90, 85, 88, 89)]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=rows))
    assert rate(workbook).ratings[0].direction is Direction.WORSE


def test_a_remark_target_takes_no_direction_away(tmp_path: Path) -> None:
    rows = [Q3, ("Ward", *H, "Target", "Q2", "Q3", "Q3 2017/18"), ("Target", *a1(90, 85, 88, 89))]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=rows))
    assert rate(workbook).ratings[0].direction is Direction.WORSE


def test_a_title_with_target_and_years_is_no_error(tmp_path: Path) -> None:
    rows = [("Annual report 2018/19",), ("Key: G = on target",),
            (*H, "2018/19 Target", "2017/18", "2018/19"), a1(90, 85, 88)]  # fmt: skip
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=rows))
    assert rate(workbook).problems == ()


def test_the_reason_says_that_there_is_only_an_outturn(tmp_path: Path) -> None:
    rows = [Q3, (*H, "Target", "Actual", "2017/18 Outturn"), a1(90, 88, 300)]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=rows))
    assert "2017/18" in rate(workbook).ratings[0].reason


def test_a_code_in_the_names_cell_is_taken_out(tmp_path: Path) -> None:
    rows = [Q3, ("PI Code & Short Name", "Polarity", "Target", "Actual"),
            ("CP 2.3 Homes let", "High", 90, 88)]  # fmt: skip
    (indicator,) = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=rows)).indicators
    assert (indicator.code, indicator.short_name) == ("CP 2.3", "Homes let")


def test_what_tells_the_polarity_is_in_read_as(tmp_path: Path) -> None:
    rows = [Q3, ("Ref", "Indicator", "Target", "Actual"), ("A1", "Homes let", ">=90", 88)]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=rows))
    assert workbook.problems or "polarity" in str(workbook.read_as)


def test_advice_to_name_a_sheet_history_helps(tmp_path: Path) -> None:
    rows = [("Progress against targets Quarter 3 2018/19",),
            (*H, "Target", "Q2", "Q3", "Q3 2017/18"), a1(90, 85, 88, 89)]  # fmt: skip
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", History=rows))
    assert workbook.problems == ()


def test_no_advice_to_take_a_baseline_for_the_value(tmp_path: Path) -> None:
    rows = [Q3, (*H, "Target", "Baseline Value"), a1(90, 60)]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=rows))
    assert not any("Baseline" in problem.hint for problem in workbook.problems)
