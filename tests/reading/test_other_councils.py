"""Workbooks as eight organisations lay theirs out, with figures and names of our own.

Each is read as it stands: the figures, where each was read from, and what comes of them.
"""

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook

from kpi_cli import Workbook, rate, read_workbook
from kpi_cli.models import Direction, Outcome, Polarity, Rating
from tests.builders import found, period, save_workbook

RED, AMBER, GREEN = Outcome.AT_RISK, Outcome.SLIPPAGE, Outcome.ON_COURSE
NO_VALUE, NO_TARGET = Outcome.NO_VALUE, Outcome.NO_TARGET
HIGH, LOW, RANGE = Polarity.MAXIMISE, Polarity.MINIMISE, Polarity.GOLDILOCKS
BETTER, WORSE, SAME, UNTOLD = (
    Direction.BETTER, Direction.WORSE, Direction.SAME, Direction.UNKNOWN,
)  # fmt: skip


class Read(NamedTuple):
    """What comes of a row: each figure as it is shown, and the cell that it was read from."""

    value: str
    target: str  # the period's, or else the annual one; "-" where there is none
    period: str
    polarity: Polarity
    outcome: Outcome
    direction: Direction = UNTOLD


def percent(number: float, number_format: str = "0.0%") -> tuple[float, str]:
    return number, number_format


def short(cell: str) -> str:
    return cell.rpartition("!")[2]


def as_read(rating: Rating) -> Read:
    """Return what came of a row; a sheet's name is left out of where it was read from."""
    indicator = rating.indicator
    place = indicator.place
    key = "target" if indicator.target else "annual_target"
    target = indicator.target_in_force
    return Read(
        value=f"{indicator.value_text} {short(place.cell('value'))}",
        target=f"{target.text} {short(place.cell(key))}" if target else "-",
        period=f"{indicator.period.label} {short(place.cell('period'))}",
        polarity=indicator.polarity,
        outcome=rating.outcome,
        direction=rating.direction,
    )


def all_read(workbook: Workbook) -> dict[str, Read]:
    return {rating.indicator.code: as_read(rating) for rating in rate(workbook).ratings}


def merged(path: Path, *areas: str) -> Path:
    """Merge cells in every sheet of a workbook that has titles: all but its settings."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for area in areas if sheet.title != "Settings" else ():
            sheet.merge_cells(area)
    book.save(path)
    return path


# A sheet for each quarter, without codes and without polarity


def quarter_sheets(folder: Path) -> Path:
    key = "Key: Green = target met; Amber = missed by up to 10%; Red = missed; N/A = data only"
    headings = ("Performance Indicator", "Value", "Target", "Status", "Last Year", "Last Quarter")
    priority = "Priority 2: A borough that is safe and green"
    first = [
        ("Quarter 1 Performance Update 2018/19",), (), (key,), (), (priority,),
        ("Looking after our parks",), headings,
        ("Percentage of park inspections done", percent(0.9), percent(0.85), "Green"),
        ("Percentage of graffiti removed in 3 days", percent(0.71), percent(0.8), "Red"),
    ]  # fmt: skip
    second = [
        ("Quarter 2 Performance Update 2018/19",), (), (key,), (), (priority,),
        ("Looking after our parks",), headings,
        ("Percentage of park inspections done", percent(0.832), percent(0.85), "Amber",
         percent(0.811)),
        ("Percentage of graffiti removed in 3 days", percent(0.66), percent(0.8), "Red",
         percent(0.66)),
        ("Percentage of allotments let", percent(0.472), "N/A"),
    ]  # fmt: skip
    path = save_workbook(folder / "x.xlsx", Q1_18=first, Q2_18=second)
    return merged(path, "A1:F1", "A5:F5", "A6:F6")


def test_a_sheet_for_each_quarter_without_codes(tmp_path: Path) -> None:
    workbook = read_workbook(quarter_sheets(tmp_path), polarity=HIGH)
    assert workbook.problems == ()
    assert all_read(workbook) == {
        "Percentage of park inspections done": Read(
            "83.2% B8", "85.0% C8", "Q2 2018/19 A1", HIGH, AMBER, BETTER
        ),
        "Percentage of graffiti removed in 3 days": Read(
            "66.0% B9", "80.0% C9", "Q2 2018/19 A1", HIGH, RED, SAME
        ),
        "Percentage of allotments let": Read("47.2% B10", "-", "Q2 2018/19 A1", HIGH, NO_TARGET),
    }
    assert {i.place.sheet for i in workbook.indicators} == {"Q2 18"}


def test_the_earlier_sheets_are_the_history_of_the_last(tmp_path: Path) -> None:
    workbook = read_workbook(quarter_sheets(tmp_path), polarity=HIGH)
    told = [
        (r.code.split()[-1], r.period.label, r.value and r.value.text, r.place.cell("value"))
        for r in workbook.history
    ]
    assert told == [
        ("done", "Q1 2018/19", "90.0%", "'Q1 18'!B8"),
        ("days", "Q1 2018/19", "71.0%", "'Q1 18'!B9"),
    ]


def test_a_sheet_for_each_year_with_its_quarters(tmp_path: Path) -> None:
    headings = ("Ref", "Indicator", "Polarity", "Target", "Q3", "Q4")
    path = save_workbook(
        tmp_path / "x.xlsx",
        **{
            "2017-18": [headings, ("A1", "Calls", "High", 90, 82, 85)],
            "2018-19": [headings, ("A1", "Calls", "High", 92, 88, 84)],
        },
    )
    workbook = read_workbook(path)
    figures = {(r.period.label, r.value and r.value.text) for r in workbook.history}
    assert figures == {
        ("Q3 2017/18", "82"), ("Q4 2017/18", "85"), ("Q3 2018/19", "88"), ("Q4 2018/19", "84"),
    }  # fmt: skip
    assert not list(workbook.history.repeated())
    (rating,) = rate(workbook).ratings
    assert (rating.outcome, rating.direction) == (Outcome.AT_RISK, Direction.WORSE)
    assert rating.last_year is not None
    assert (rating.last_year.text, rating.indicator.value_text) == ("85", "84")
    last_year = workbook.history.at("A1", period("Q4 2017/18"))
    assert last_year is not None
    assert last_year.target is not None
    assert last_year.target.text == "90"


def test_a_target_elsewhere_is_joined_to_an_earlier_sheets_figure(tmp_path: Path) -> None:
    headings = ("Ref", "Indicator", "Polarity", "Actual")
    sheets: dict[str, list[Any]] = {
        "Q2 2018-19": [headings, ("A1", "Calls", "High", 85)],
        "Q3 2018-19": [headings, ("A1", "Calls", "High", 88)],
        "Targets": [("Ref", "Q2 2018/19", "Q3 2018/19"), ("A1", 90, 92)],
    }
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", **sheets))
    earlier = workbook.history.at("A1", period("Q2 2018/19"))
    assert earlier is not None
    assert (earlier.value and earlier.value.text, earlier.target and earlier.target.text) == (
        "85", "90",
    )  # fmt: skip


def test_without_polarity_none_of_them_is_rated_and_each_sheet_is_told_once(tmp_path: Path) -> None:
    workbook = read_workbook(quarter_sheets(tmp_path))
    assert found(workbook.problems) == [("error", "'Q1 18'!A7"), ("error", "'Q2 18'!A7")]
    assert [problem.message for problem in workbook.problems] == [
        "no column says which way is good; none of the 2 rows below is rated",
        "no column says which way is good; none of the 3 rows below is rated",
    ]
    assert workbook.indicators == ()


# An annual report with the financial years in its headings, and next year's target


def annual_report(folder: Path, *settings: Any) -> Path:
    title = "Appendix 2: Annual Corporate Performance Report 2016/17"
    headings = (
        "Ref.", "Indicator", "Value", "2017/18 Annual Target", "2016/17 Annual Target",
        "2016/17 Annual Performance", "RAG", "Short Term DOT against 2016/17 (Q3)",
        "Long Term DOT against 2015/16 Annual Performance", "2015/16 Annual Performance",
        "Comments", "Service",
    )  # fmt: skip
    low, high = "Smaller is Better", "Bigger is Better"
    kg, days = '0" kg"', "0.0"
    rows = [
        (title,), ("Key: G = target met",), ("(C) cumulative  (S) snapshot",), (), headings,
        ("Environment - a clean borough",),
        ("EN1", "(C) Garden waste left uncollected (kg)", low, (300, kg), (420, kg), (430, kg),
         "AMBER", "↓", "↓", (415, kg), "A wet spring.", "Waste"),
        ("EN2", "(S) Percentage of streets swept on time", high, percent(0.95), percent(0.9),
         percent(0.93), "GREEN", "→", "↑", percent(0.92), None, "Streets"),
        ("People - to care for all",),
        ("PE5", "(R) Days that a discharge waits", low, (6, days), (7, days), (9, days), "RED",
         "↑", "↑", (9.5, days), None, "Adults"),
        ("PE6", "(R) Percentage of reviews held twice", "Goldilocks", "10% - 20%", "10% - 20%",
         percent(0.22), "AMBER", "→", "→", percent(0.25), None, "Children"),
    ]  # fmt: skip
    sheets = {"Appendix 2": rows}
    if settings:
        sheets["Settings"] = [("Setting", "Value"), *settings]
    return merged(save_workbook(folder / "x.xlsx", **sheets), "A1:J1", "A6:L6", "A9:L9")


def test_an_annual_report_with_years_in_its_headings(tmp_path: Path) -> None:
    workbook = read_workbook(annual_report(tmp_path))
    assert workbook.problems == ()
    assert all_read(workbook) == {
        "EN1": Read("430 kg F7", "420 kg E7", "2016/17 F5", LOW, AMBER, WORSE),
        "EN2": Read("93.0% F8", "90.0% E8", "2016/17 F5", HIGH, GREEN, BETTER),
        "PE5": Read("9.0 F10", "7.0 E10", "2016/17 F5", LOW, RED, BETTER),
        "PE6": Read("22.0% F11", "10%-20% E11", "2016/17 F5", RANGE, AMBER, BETTER),
    }
    assert [i.aim for i in workbook.indicators] == ["Environment - a clean borough"] * 2 + [
        "People - to care for all"
    ] * 2
    assert [i.place.cell("polarity") for i in workbook.indicators][:2] == [
        "'Appendix 2'!C7", "'Appendix 2'!C8",
    ]  # fmt: skip
    (read_as,) = workbook.read_as
    assert "\"2017/18 Annual Target\" in 'Appendix 2'!D5" in read_as.not_read


def test_the_rules_of_that_council_are_settings(tmp_path: Path) -> None:
    path = annual_report(
        tmp_path, ("Green Tolerance", "10%"), ("Amber Tolerance", "10%"),
        ("Improving Is Amber", "Yes"),
    )  # fmt: skip
    outcomes = {code: read.outcome for code, read in all_read(read_workbook(path)).items()}
    assert outcomes == {"EN1": GREEN, "EN2": GREEN, "PE5": AMBER, "PE6": AMBER}


# A green and an amber value for each indicator, and a column of periods


def green_and_amber_values(folder: Path) -> Path:
    headings = (
        "KPI ID", "KPI Title", "Directorate", "Frequency", "Good to be", "2020/21 result",
        "Comparator information", "2021/22 Green value (target)", "2021/22 Amber value",
        "Rationale", "Period", "Result", "Status", "Trend",
    )  # fmt: skip
    rows = [
        ("Corporate Key Performance Indicators 2021/22 – target setting and Q3 result",), (),
        headings,
        ("HO1", "% of lifts repaired in a day", "Homes", "Quarterly", "High", percent(0.71),
         "Median 80%", percent(0.9, "0%"), percent(0.8, "0%"), "Contract", "Q3 2021/22",
         percent(0.78), "Red", "Improving"),
        ("HO2", "% of tenants content", "Homes", "Quarterly", "High", percent(0.84), None,
         percent(0.82, "0%"), percent(0.8, "0%"), None, "Q2 2021/22", percent(0.81), "Amber",
         "Declining"),
        ("CI3", "Missed bins per 1,000", "City", "Quarterly", "Low", 31, None, 20, 30, None,
         "Q3 2021/22", 30, "Amber", "Improving"),
        ("CI4", "Average days to fill a pothole", "City", "Quarterly", "Low", 12.4, None, 10, 14,
         None, "Q3 2021/22", 9.5, "Green", "Improving"),
        ("CI5", "Annual count of trees", "City", "Annual", "High", 5120, None, "Trend", "Trend",
         "A trend is grey", "2020/21", 5120, "Grey", "Declining"),
    ]  # fmt: skip
    return merged(save_workbook(folder / "x.xlsx", KPI_set_21=rows), "A1:N1")


def test_a_green_and_an_amber_value_for_each_indicator(tmp_path: Path) -> None:
    workbook = read_workbook(green_and_amber_values(tmp_path))
    assert workbook.problems == ()
    assert all_read(workbook) == {
        "HO1": Read("78.0% L4", "90% H4", "Q3 2021/22 K4", HIGH, RED, BETTER),
        "HO2": Read("81.0% L5", "82% H5", "Q2 2021/22 K5", HIGH, AMBER, WORSE),
        "CI3": Read("30 L6", "20 H6", "Q3 2021/22 K6", LOW, AMBER, BETTER),
        "CI4": Read("9.5 L7", "10 H7", "Q3 2021/22 K7", LOW, GREEN, BETTER),
        "CI5": Read("5120 L8", "-", "2020/21 K8", HIGH, NO_TARGET),
    }
    lines = {
        i.code: (i.red_line.text, short(i.place.cell("red_line")))
        for i in workbook.indicators
        if i.red_line
    }
    assert lines == {
        "HO1": ("80%", "I4"), "HO2": ("80%", "I5"), "CI3": ("30", "I6"), "CI4": ("14", "I7"),
    }  # fmt: skip


# A hospital's scorecard: months below the year, conditions in text, a sheet for each domain


MONTHS = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")


def scorecard(folder: Path) -> Path:
    title = ("Integrated Performance Report – Hospital Scorecard",)
    fields = ("Ref", "Indicator", "Target", "Green", "Amber", "Red", "2017/18 Outturn", "2018/19")
    upper = (*fields, *[None] * 11, "YTD", "Trend", "Exec Lead")
    lower = (*[None] * 7, *MONTHS)

    def one(
        ref: str, name: str, target: Any, conditions: tuple[Any, Any, Any], before: Any, *by: Any
    ) -> tuple[Any, ...]:
        return (ref, name, target, *conditions, before, *by, *[None] * (12 - len(by)), by[0], "▼")

    def percents(*tenths: int) -> list[tuple[float, str]]:
        return [percent(each / 1000) for each in tenths]

    caring = [
        title, ("Month 11 – February 2019",), (), upper, lower,
        one("C1", "Letters sent in 10 days", percent(0.9), (">=90%", "80-90%", "<80%"),
            percent(0.85), *percents(881, 870, 860, 850, 840, 830, 820, 810, 805, 801, 799)),
        one("C2", "Meals that are hot", percent(0.95), (">=95%", "90-95%", "<90%"), percent(0.9),
            *percents(951, 952, 953, 954, 955, 956, 957, 958, 959, 949)),
    ]  # fmt: skip
    safe = [
        title, ("Month 11 – February 2019",), (), upper, lower,
        one("S1", "Doors left open (cases)", 0, ("0", None, ">0"), 3,
            0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        one("S2", "Trips per 1,000 bed days", 0.4, ("<=0.4", "0.4-0.5", ">0.5"), 0.41,
            *[0.3] * 10, 0.45),
        one("S3", "Lost keys (cases)", 5, ("<=5", "6", ">6"), 60, *[4] * 10, 7),
    ]  # fmt: skip
    path = save_workbook(folder / "x.xlsx", Caring=caring, Safe=safe)
    down = [f"{column}4:{column}5" for column in "ABCDEFGTUV"]
    return merged(path, "A1:V1", "H4:S4", *down)


def test_months_below_the_year_with_conditions_and_a_sheet_for_each_domain(tmp_path: Path) -> None:
    workbook = read_workbook(scorecard(tmp_path))
    assert workbook.problems == ()
    assert all_read(workbook) == {
        "C1": Read("79.9% R6", "90.0% C6", "February 2019 R5", HIGH, RED, WORSE),
        "C2": Read("94.9% Q7", "95.0% C7", "January 2019 Q5", HIGH, AMBER, BETTER),
        "S1": Read("0 R6", "0 C6", "February 2019 R5", LOW, GREEN),
        "S2": Read("0.45 R7", "0.4 C7", "February 2019 R5", LOW, AMBER, WORSE),
        "S3": Read("7 R8", "5 C8", "February 2019 R5", LOW, RED),
    }
    assert [i.place.sheet for i in workbook.indicators] == ["Caring"] * 2 + ["Safe"] * 3
    assert all(i.place.cell("red_line").endswith(f"F{i.place.row}") for i in workbook.indicators)
    first = rate(workbook).ratings[0]
    figures = [(str(r.month), r.value and r.value.text) for r in first.series.alike]
    assert figures[0] == ("2018-04", "88.1%")
    assert figures[-1] == ("2019-02", "79.9%")
    assert len(figures) == 11


# Quarters as pairs of columns, in a year that begins in July


def quarter_pairs(folder: Path, *, polarity: bool = False) -> Path:
    upper: tuple[Any, ...] = (
        "Ref", "National KPA", "Strategic Objective", "KPI", "Unit of Measurement", "KPI Owner",
        "Baseline", "Annual Target", "Calculation Type",
    )  # fmt: skip
    quarters = [
        cell for number in (1, 2, 3, 4) for cell in (f"Quarter {number}", None, None)
    ]  # each over Target, Actual and R
    lower = (*[None] * 9, *("Target", "Actual", "R") * 4, None)

    def one(ref: str, name: str, annual: Any, good: str, *figures: Any) -> tuple[Any, ...]:
        start = (ref, "Services", "A good town", name, "Number", "Director: Works", 1, annual)
        more = (*figures, *[None] * (12 - len(figures)), None)
        return (*start, "Last Value", *more, *([good] if polarity else []))

    rows = [
        ("Top Layer SDBIP 2021/22 – Quarterly report, quarter ending 31 December 2021",), (),
        (*upper, *quarters, "Departmental Corrective Measures", *(["Polarity"] * polarity)),
        lower,
        one("TL1", "Number of meters read", 900, "High", 900, 905, "G", 900, 880, "O", 900, None,
            None, 900),
        one("TL2", "Number of meetings held", 40, "High", 10, 9, "O", 10, 12, "G2", 10, None, None,
            10),
        one("TL3", "Number of burst pipes", 80, "Low", 20, 18, "B", 20, 31, "R", 20, None, None,
            20),
    ]  # fmt: skip
    settings = [("Setting", "Value"), ("Financial Year Starts", "July")]
    path = save_workbook(folder / "x.xlsx", Top_Layer=rows, Settings=settings)
    down = [f"{column}3:{column}4" for column in "ABCDEFGHI"]
    return merged(path, "A1:T1", *down, "J3:L3", "M3:O3", "P3:R3", "S3:U3", "V3:V4")


def test_quarters_as_pairs_of_columns_in_a_year_from_july(tmp_path: Path) -> None:
    workbook = read_workbook(quarter_pairs(tmp_path, polarity=True))
    assert workbook.problems == ()
    assert all_read(workbook) == {
        "TL1": Read("880 N5", "900 M5", "Q2 2021/22 N4", HIGH, AMBER),
        "TL2": Read("12 N6", "10 M6", "Q2 2021/22 N4", HIGH, GREEN),
        "TL3": Read("31 N7", "20 M7", "Q2 2021/22 N4", LOW, RED),
    }
    assert {str(i.period.last) for i in workbook.indicators} == {"2021-12"}
    earlier = {(r.code, r.period.label): r.value and r.value.text for r in workbook.history}
    assert earlier["TL3", "Q1 2021/22"] == "18"


def test_quarters_as_pairs_without_polarity(tmp_path: Path) -> None:
    untold = read_workbook(quarter_pairs(tmp_path))
    assert found(untold.problems) == [("error", "'Top Layer'!A3")]
    assert untold.indicators == ()
    for_all = read_workbook(quarter_pairs(tmp_path), polarity=HIGH)
    assert for_all.problems == ()
    assert all_read(for_all)["TL1"] == Read("880 N5", "900 M5", "Q2 2021/22 N4", HIGH, AMBER)


# An export with a period in each row, of mixed lengths


def test_an_export_with_periods_of_mixed_length(tmp_path: Path) -> None:
    headings = (
        "PI Code", "Short Name", "Gauge Format Type", "Current Value", "Current Target", "Status",
        "Short Term Trend", "Long Term Trend", "Latest Data", "Annual Target 2018/19",
        "Latest Note", "Managed By",
    )  # fmt: skip
    low, high = "Aim to Minimise", "Aim to Maximise"
    rows = [
        ("Corporate Scorecard Quarter 3 2018/19",), ("Generated on: 22 January 2019",), (),
        headings,
        ("LPI 3b", "% of emails answered", high, percent(0.93), percent(0.9), "OK", "Improving",
         "Improving", "Q3 2018/19", percent(0.9), None, "Contact"),
        ("LPI 8", "Average days to repair", low, 21.4, 20, "Alert", "Getting Worse",
         "Getting Worse", "December 2018", 20, "Snow.", "Homes"),
        ("LPI 11", "Vacant stalls", "Goldilocks", percent(0.09), "5% - 8%", "Warning",
         "No Change", "No Change", "Q2 2018/19", "5% - 8%", None, "Markets"),
        ("LPI 20", "Number of trees planted", high, 61, 60, "OK", "Improving", "Improving",
         "H1 2018/19", 120, None, "Parks"),
        ("LPI 21", "Gas burned (tonnes)", low, 320, 310, "Warning", "Improving", "Improving",
         "2017/18", 300, None, "Property"),
    ]  # fmt: skip
    path = merged(save_workbook(tmp_path / "x.xlsx", PI_Report=rows), "A1:L1")
    workbook = read_workbook(path)
    assert found(workbook.problems) == [("warning", "'PI Report'!G4")]  # two trends
    assert all_read(workbook) == {
        "LPI 3b": Read("93.0% D5", "90.0% E5", "Q3 2018/19 I5", HIGH, GREEN),
        "LPI 8": Read("21.4 D6", "20 E6", "December 2018 I6", LOW, RED),
        "LPI 11": Read("9.0% D7", "5%-8% E7", "Q2 2018/19 I7", RANGE, AMBER),
        "LPI 20": Read("61 D8", "60 E8", "H1 2018/19 I8", HIGH, GREEN),
        "LPI 21": Read("320 D9", "310 E9", "2017/18 I9", LOW, AMBER),
    }
    assert [i.published_outcome for i in workbook.indicators] == [GREEN, RED, AMBER, GREEN, AMBER]


# A sheet for each directorate, with the month in its title


def test_directorate_sheets_with_the_month_in_the_title(tmp_path: Path) -> None:
    def sheet(name: str, *rows: tuple[Any, ...]) -> list[Any]:
        title = f"{name} Directorate – Performance Scorecard – November 2018 (Month 8)"
        headings = ("Ref", "Indicator", "Good is", "Actual", "Target", "RAG", "DoT", "Comments")
        return [(title,), (), headings, *rows]

    path = save_workbook(
        tmp_path / "x.xlsx",
        Homes=sheet(
            "Homes",
            ("HM1", "Keys handed over late", "Low", percent(0.08), percent(0.1), "G", "▲"),
            ("HM2", "Gas checks done", "High", percent(0.94), percent(1), "R", "▼", "Access"),
        ),
        Money=sheet(
            "Money",
            ("MO1", "Invoices that came back", "Low", 103, 100, "A", "▬"),
            ("MO2", "Sickness days", "Low", "n/a", 9, None, None, "Data in December"),
        ),
    )
    workbook = read_workbook(merged(path, "A1:H1"))
    assert workbook.problems == ()
    assert all_read(workbook) == {
        "HM1": Read("8.0% D4", "10.0% E4", "November 2018 A1", LOW, GREEN),
        "HM2": Read("94.0% D5", "100.0% E5", "November 2018 A1", HIGH, RED),
        "MO1": Read("103 D4", "100 E4", "November 2018 A1", LOW, AMBER),
        "MO2": Read("n/a D5", "9 E5", "November 2018 A1", LOW, NO_VALUE),
    }
    assert [i.place.cell("period") for i in workbook.indicators] == ["Homes!A1"] * 2 + [
        "Money!A1"
    ] * 2
    assert [i.published_direction for i in workbook.indicators] == [BETTER, WORSE, SAME, None]


# Tolerances as values, and quarters with their year in brackets


def test_tolerances_as_values_and_quarters_with_their_year_in_brackets(tmp_path: Path) -> None:
    headings = (
        "Measure ID", "Measure", "Polarity", "Lower tolerance", "Target", "Upper tolerance",
        "Q3 (2021/22)", "Q4 (2021/22)", "Q4 (2020/21)", "Perf", "DoT",
    )  # fmt: skip
    higher, lower = "Higher is better", "Lower is better"
    rows = [
        ("Progress Report – Quarter 4 (January – March) 2021/22",), (), headings,
        ("AB1", "% of forms done online", higher, *map(percent, (0.6, 0.7, 0.8, 0.68, 0.72, 0.7)),
         "Above target", "Improving"),
        ("AB2", "% of desks empty", lower, *map(percent, (0.02, 0.05, 0.08, 0.07, 0.06, 0.09)),
         "Within tolerance", "Improving"),
        ("CD3", "Nights in hotels", lower, 10, 20, 30, 25, 31, 24, "Below target", "Declining"),
        ("CD4", "% of fines paid", higher, *map(percent, (0.8, 0.9, 1, 0.8, 0.8, 0.8)),
         "Within tolerance", "No change"),
    ]  # fmt: skip
    path = merged(save_workbook(tmp_path / "x.xlsx", Progress=rows), "A1:J1")
    workbook = read_workbook(path)
    assert found(workbook.problems) == [("warning", "Progress!J3")]  # two columns of directions
    assert all_read(workbook) == {
        "AB1": Read("72.0% H4", "70.0% E4", "Q4 2021/22 H3", HIGH, GREEN, BETTER),
        "AB2": Read("6.0% H5", "5.0% E5", "Q4 2021/22 H3", LOW, AMBER, BETTER),
        "CD3": Read("31 H6", "20 E6", "Q4 2021/22 H3", LOW, RED, WORSE),
        "CD4": Read("80.0% H7", "90.0% E7", "Q4 2021/22 H3", HIGH, AMBER, SAME),
    }
    lines = [short(i.place.cell("red_line")) for i in workbook.indicators]
    assert lines == ["D4", "F5", "F6", "D7"]


# Others: one row each, as councils, hospitals, landlords, police and fire services write theirs


H = ("Ref", "Indicator", "Polarity")  # above A1, Calls, and which way is good
Q3_REPORT = ("Performance report Quarter 3 2018/19",)
JANUARY_REPORT = ("Performance report January 2019",)
OTHERS: dict[str, tuple[tuple[Any, ...], Read]] = {
    "quarters beside one target": (
        (Q3_REPORT, (), (*H, "Target", "Q1", "Q2", "Q3", "Q4"),
         ("A1", "Calls", "High", 90, 80, 85, 88)),
        Read("88 G4", "90 D4", "Q3 2018/19 G3", HIGH, AMBER),
    ),
    "quarters over target and actual, not merged": (
        (Q3_REPORT, (*H, "Q1", None, "Q2", None, "Q3", None),
         (None, None, None, *("Target", "Actual") * 3),
         ("A1", "Calls", "High", 80, 81, 85, 86, 90, 70)),
        Read("70 I4", "90 H4", "Q3 2018/19 I3", HIGH, RED),
    ),
    "Target Q3, Actual Q3": (
        (Q3_REPORT, (*H, "Target Q2", "Actual Q2", "Target Q3", "Actual Q3"),
         ("A1", "Calls", "Low", 91, 85, 92, 93)),
        Read("93 G3", "92 F3", "Q3 2018/19 G2", LOW, AMBER),
    ),
    "Q3 Actual, Q3 RAG": (
        (Q3_REPORT, (*H, "Annual Target", "Q2 Actual", "Q2 RAG", "Q3 Actual", "Q3 RAG"),
         ("A1", "Calls", "High", 90, 85, "A", 88, "A")),
        Read("88 G3", "90 D3", "Q3 2018/19 G2", HIGH, AMBER),
    ),
    "Q3 (Actual)": (
        (Q3_REPORT, (*H, "Target", "Q2 (Actual)", "Q3 (Actual)"),
         ("A1", "Calls", "High", 90, 85, 91)),
        Read("91 F3", "90 D3", "Q3 2018/19 F2", HIGH, GREEN),
    ),
    "traffic lights between, without headings": (
        (Q3_REPORT, (*H, "Target", "Q2", None, "Q3", None),
         ("A1", "Calls", "High", 90, 85, "●", 88, "●")),
        Read("88 G3", "90 D3", "Q3 2018/19 G2", HIGH, AMBER),
    ),
    "this month beside cumulative figures": (
        (JANUARY_REPORT, (*H, "Target", "Actual", "Cumulative Target", "Cumulative Actual"),
         ("A1", "Calls", "High", 90, 88, 900, 700)),
        Read("88 E3", "90 D3", "January 2019 A1", HIGH, AMBER),
    ),
    "nothing but figures to date": (
        (JANUARY_REPORT, (*H, "YTD Target", "YTD Actual"), ("A1", "Calls", "High", 90, 88)),
        Read("88 E3", "90 D3", "January 2019 A1", HIGH, AMBER),
    ),
    "quarter, annual target and last quarter": (
        (Q3_REPORT, (*H, "17/18", "Target 18/19", "Q1", "Q2", "Q3"),
         ("A1", "Calls", "High", 70, 90, 80, 85, 88)),
        Read("88 H3", "90 E3", "Q3 2018/19 H2", HIGH, AMBER),
    ),
    "years in every heading": (
        (Q3_REPORT,
         (*H, "Target 2017/18", "Outturn 2017/18", "Target 2018/19", "Q2 2018/19", "Q3 2018/19"),
         ("A1", "Calls", "High", 60, 61, 90, 85, 88)),
        Read("88 H3", "90 F3", "Q3 2018/19 H2", HIGH, AMBER),
    ),
    "half-years": (
        (("Half-year report H1 2018/19",), (*H, "H1 Target", "H1 Actual", "H1 2017/18"),
         ("A1", "Calls", "High", 90, 88, 91)),
        Read("88 E3", "90 D3", "H1 2018/19 E2", HIGH, AMBER, WORSE),
    ),
    "Apr-Sep 2018": (
        (("Report",), (*H, "Target", "Apr-Sep 2018", "Apr-Sep 2017"),
         ("A1", "Calls", "High", 90, 88, 85)),
        Read("88 E3", "90 D3", "H1 2018/19 E2", HIGH, AMBER, BETTER),
    ),
    "FY19": (
        (("Annual report FY19",), (*H, "Target", "FY17", "FY18", "FY19"),
         ("A1", "Calls", "High", 90, 80, 85, 88)),
        Read("88 G3", "90 D3", "2018/19 G2", HIGH, AMBER, BETTER),
    ),
    "2016-17, 2017-18, 2018-19": (
        (("Annual report 2018/19",), (*H, "Target", "2016-17", "2017-18", "2018-19"),
         ("A1", "Calls", "High", 90, 80, 89, 88)),
        Read("88 G3", "90 D3", "2018/19 G2", HIGH, AMBER, WORSE),
    ),
    "months without a year": (
        (JANUARY_REPORT, (*H, "Target", "Nov", "Dec", "Jan"),
         ("A1", "Calls", "High", 90, 70, 80, 88)),
        Read("88 G3", "90 D3", "January 2019 G2", HIGH, AMBER),
    ),
    "months below two years": (
        (("Scorecard",), (*H, "Target", "2017/18", None, None, "2018/19", None),
         (None, None, None, None, "Jan", "Feb", "Mar", "Apr", "May"),
         ("A1", "Calls", "High", 90, 70, 71, 72, 73, 88)),
        Read("88 I4", "90 D4", "May 2018 I3", HIGH, AMBER),
    ),
    "a target for the year, and the quarters, below the year": (
        (("KPIs",), (*H, "2018/19", None, None, None), (None, None, None, "Target", "Q1", "Q2"),
         ("A1", "Calls", "High", 90, 85, 88)),
        Read("88 F4", "90 D4", "Q2 2018/19 F3", HIGH, AMBER),
    ),
    "this quarter and last year's, over actual and target": (
        (("KPIs",), (*H, "Quarter 3 2018/19", None, "Quarter 3 2017/18", None),
         (None, None, None, *("Actual", "Target") * 2),
         ("A1", "Calls", "High", 88, 90, 80, 85)),
        Read("88 D4", "90 E4", "Q3 2018/19 D3", HIGH, AMBER, BETTER),
    ),
    "a heading in three lines of one cell": (
        (("Report",), (*H, "Target\nQ3\n18/19", "Actual\nQ3\n18/19", "Actual\nQ3\n17/18"),
         ("A1", "Calls", "High", 90, 88, 91)),
        Read("88 E3", "90 D3", "Q3 2018/19 E2", HIGH, AMBER, WORSE),
    ),
    "headings in two lines": (
        (("Scorecard",), ("KPI", "Performance", "Good", "Quarter 3 2018/19", "Quarter 3 2018/19"),
         ("Ref", "Indicator", "is", "Target", "Actual"), ("A1", "Calls", "High", 90, 88)),
        Read("88 E4", "90 D4", "Q3 2018/19 E3", HIGH, AMBER),
    ),
    "no polarity, and a target that tells it": (
        (Q3_REPORT, ("Ref", "Indicator", "Target", "Actual"), ("A1", "Calls", "≥90%", "88%")),
        Read("88% D3", "≥90% C3", "Q3 2018/19 A1", HIGH, AMBER),
    ),
    "a target in words": (
        (Q3_REPORT, ("Ref", "Indicator", "Target", "Actual"),
         ("A1", "Calls", "No more than 5", "6")),
        Read("6 D3", "No more than 5 C3", "Q3 2018/19 A1", LOW, RED),
    ),
    "a unit in a column of its own": (
        (Q3_REPORT, (*H, "Unit", "Target", "Actual"), ("A1", "Spend", "Low", "£000", 500, 510)),
        Read("510 F3", "500 E3", "Q3 2018/19 A1", LOW, AMBER),
    ),
    "units in the cells": (
        (Q3_REPORT, (*H, "Target", "Actual"),
         ("A1", "Wait", "Low", "15 working days", "15.2 working days")),
        Read("15.2 working days E3", "15 working days D3", "Q3 2018/19 A1", LOW, AMBER),
    ),
    "a reason in place of a value": (
        (Q3_REPORT, (*H, "Target", "Actual"),
         ("A1", "Calls", "High", "90%", "N/A - annual measure")),
        Read("N/A - annual measure E3", "90% D3", "Q3 2018/19 A1", HIGH, NO_VALUE),
    ),
    "a reason in place of a target": (
        (Q3_REPORT, (*H, "Target", "Actual"), ("A1", "Calls", "High", "No target - contextual", 8)),
        Read("8 E3", "-", "Q3 2018/19 A1", HIGH, NO_TARGET),
    ),
    "police: twelve months": (
        (("Force performance",), (*H, "12 months to Dec 2017", "12 months to Dec 2018", "Target"),
         ("A1", "Burglary", "Low", 200, 190, 180)),
        Read("190 E3", "180 F3", "year to December 2018 E2", LOW, RED, BETTER),
    ),
    "fire: a status, and the quarter a year ago": (
        (("Fire and Rescue Q2 2018/19",),
         (*H, "Quarter 2 Actual", "Quarter 2 Target", "Quarter 2 2017/18 Actual", "Status"),
         ("A1", "Fires", "Decrease", 30, 28, 33, "Red")),
        Read("30 D3", "28 E3", "Q2 2018/19 D2", LOW, RED, BETTER),
    ),
    "a hospital: plan, actual, variance": (
        (("Month 9 2018/19",), (*H, "Lead", "Plan", "Actual", "Variance"),
         ("A1", "Waits", "High", "Chief Operating Officer", "91%", "90%", "-1%")),
        Read("90% F3", "91% E3", "December 2018 A1", HIGH, AMBER),
    ),
    "national averages and benchmarks beside": (
        (JANUARY_REPORT, (*H, "Target", "National Average", "Actual", "England"),
         ("A1", "Calls", "High", 90, 60, 88, 61)),
        Read("88 F3", "90 D3", "January 2019 A1", HIGH, AMBER),
    ),
    "a forecast, and the target for the end of the year": (
        (JANUARY_REPORT,
         (*H, "Current Performance", "Current Target", "End of Year Forecast", "EOY Target"),
         ("A1", "Calls", "High", 88, 85, 60, 90)),
        Read("88 D3", "85 E3", "January 2019 A1", HIGH, GREEN),
    ),
    "a baseline, and the targets of three years": (
        (JANUARY_REPORT,
         (*H, "Baseline 2016/17", "Target 2017/18", "Target 2018/19", "Target 2019/20", "Actual"),
         ("A1", "Calls", "High", 10, 50, 90, 200, 88)),
        Read("88 H3", "90 F3", "January 2019 A1", HIGH, AMBER),
    ),
    "a stretch target beside the target": (
        (JANUARY_REPORT, (*H, "Target", "Stretch Target", "Actual"),
         ("A1", "Calls", "High", 90, 99, 88)),
        Read("88 F3", "90 D3", "January 2019 A1", HIGH, AMBER),
    ),
    "what it is calculated from": (
        (Q3_REPORT, (*H, "Target", "Numerator", "Denominator", "Result"),
         ("A1", "Calls", "High", "90%", 44, 50, "88%")),
        Read("88% G3", "90% D3", "Q3 2018/19 A1", HIGH, AMBER),
    ),
    "control limits": (
        (Q3_REPORT, (*H, "Target", "Actual", "UCL", "LCL", "Mean"),
         ("A1", "Calls", "High", 90, 88, 99, 80, 89)),
        Read("88 E3", "90 D3", "Q3 2018/19 A1", HIGH, AMBER),
    ),
    "conditions in words": (
        (Q3_REPORT, (*H, "Target", "Actual", "Green", "Amber", "Red"),
         ("A1", "Calls", "High", 92, 88, "90 and above", "89 to 89.9", "Below 89")),
        Read("88 E3", "92 D3", "Q3 2018/19 A1", HIGH, RED),
    ),
    "quarters that have not come": (
        (Q3_REPORT, (*H, "Target", "Q1", "Q2", "Q3", "Q4"),
         ("A1", "Rate of calls", "High", 90, 85, 88)),
        Read("88 F3", "90 D3", "Q2 2018/19 F2", HIGH, AMBER),
    ),
    "a day in each row": (
        (("KPIs",), (*H, "As at", "Target", "Actual"),
         ("A1", "Calls", "High", "30/09/2018", 90, 88)),
        Read("88 F3", "90 E3", "September 2018 D3", HIGH, AMBER),
    ),
    "the day it was made, above the title": (
        (("Generated 14 February 2019",), ("Q3 2018/19",), (*H, "Target", "Actual"),
         ("A1", "Calls", "High", 90, 88)),
        Read("88 E4", "90 D4", "Q3 2018/19 A2", HIGH, AMBER),
    ),
    "a key beside the table": (
        (Q3_REPORT, (*H, "Target", "Actual", None, "Key", "Meaning"),
         ("A1", "Calls", "High", 90, 88, None, "R", "off target")),
        Read("88 E3", "90 D3", "Q3 2018/19 A1", HIGH, AMBER),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), OTHERS.values(), ids=OTHERS)
def test_how_others_write_it(tmp_path: Path, rows: tuple[Any, ...], expected: Read) -> None:
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Sheet=list(rows)))
    assert workbook.problems == ()
    (read,) = all_read(workbook).values()
    assert read == expected


def test_groups_notes_and_totals_are_no_indicators(tmp_path: Path) -> None:
    rows = [
        Q3_REPORT, (*H, "Target", "Actual"),
        ("Housing",), ("A1", "Calls", "High", 90, 88),
        ("Environment",), ("A2", "Voids", "Low", 5, 4),
        ("Total", None, None, 95, 92),
        (), ("* provisional",), ("R = red, A = amber",),
    ]  # fmt: skip
    path = save_workbook(tmp_path / "x.xlsx", Sheet=rows)
    workbook = read_workbook(merged(path, "A3:E3", "A5:E5"))
    told = [("warning", f"Sheet!A{row}") for row in (7, 9, 10)]
    assert found(workbook.problems) == told
    assert [(i.code, i.aim) for i in workbook.indicators] == [
        ("A1", "Housing"), ("A2", "Environment"),
    ]  # fmt: skip
    assert [rating.outcome for rating in rate(workbook).ratings] == [AMBER, GREEN]


@pytest.mark.parametrize("hidden", ["D", "E", "F"])
def test_columns_that_are_hidden_are_read(tmp_path: Path, hidden: str) -> None:
    rows = [Q3_REPORT, (*H, "Target", "Q2", "Q3"), ("A1", "Calls", "High", 90, 85, 88)]
    path = save_workbook(tmp_path / "x.xlsx", Sheet=rows)
    book = load_workbook(path)
    book["Sheet"].column_dimensions[hidden].hidden = True
    book.save(path)
    (read,) = all_read(read_workbook(path)).values()
    assert read == Read("88 F3", "90 D3", "Q3 2018/19 F2", HIGH, AMBER)
