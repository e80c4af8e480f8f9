"""Rebuild the sample workbooks: python sample_workbooks/build.py [FOLDER]."""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from layouts import AIMS, write_report, write_scorecard, write_wide_history
from openpyxl import Workbook
from sheets import HERE, Cell, Columns, Content, Row, empty_workbook, figures, save, write_table

Changes = Mapping[str, Content]  # column of indicators.csv: what the cell has instead

MAXIMISE, MINIMISE, GOLDILOCKS = "Aim to Maximise", "Aim to Minimise", "Goldilocks"

TITLE = "Corporate performance indicators, January 2019"
EXAMPLE_TITLE = "Corporate performance indicators"  # tells no month: each row must
INDICATORS: Mapping[str, tuple[str, int]] = {  # column of indicators.csv: heading, width
    "code": ("MPR Code", 10),
    "short_name": ("Short Name", 44),
    "aim": ("Aim", 14),
    "polarity": ("Minimise or Maximise", 16),
    "latest_month": ("Latest Month", 16),
    "value": ("Month's Value", 12),
    "months_target": ("Month's Target", 12),
    "annual_target": ("Annual Target 2018/19", 14),
    "published_expected_outcome": ("Expected Outcome", 20),
    "published_direction": ("Better or worse than last year", 14),
    "comment": (
        "Comment - explanation of current performance, actions to improve performance "
        "and anticipated future performance",
        60,
    ),
    "managed_by": ("Managed By", 20),
    "scrutiny_committee": ("Scrutiny Committee", 22),
    "responsible_ous": ("Responsible OUs", 22),
    "year_introduced": ("Year Introduced", 12),
    "tolerance": ("Tolerance", 11),
}
PUBLISHED = ("published_expected_outcome", "published_direction")
HISTORY: Columns = {"Code": 10, "Month": 18, "Value": 12, "Target": 14}
SETTINGS: Columns = {"Setting": 24, "Value": 46}
PRIORITIES: Columns = {"Aim": 16, "Priority": 50}

DEFINITIONS: Mapping[str, tuple[str, int]] = {  # column of definitions.csv: heading, width
    "measure": ("Measure", 52),
    "polarity": ("Polarity", 18),
    "red_threshold": ("Red Threshold", 14),
    "committee": ("Scrutiny Committee", 22),
    "responsible_ous": ("Service", 28),
}

SOUTHEND_SETTINGS: Sequence[Row] = (
    ("Organisation", "Southend-on-Sea Borough Council"),
    ("Report Title", "Monthly Performance Report"),
    ("Financial Year Starts", "April"),
    ("Amber Tolerance", "5%"),
    ("Green Tolerance", "0%"),
    ("Tolerance Basis", "Annual target"),
    ("Improving Is Amber", "No"),
)

# Each row of the example is this one with some cells changed.
EXAMPLE_ROW: Mapping[str, Content] = {
    "aim": "FAIR",
    "polarity": MAXIMISE,
    "latest_month": "January 2019",
    "value": "52%",
    "months_target": "50%",
    "annual_target": "50%",
    "comment": "Invented for the example.",
    "managed_by": "Customer Services",
    "scrutiny_committee": "Corporate Scrutiny",
    "responsible_ous": "Department for Communities",
}
EXAMPLE_COLUMNS: Mapping[str, tuple[str, int]] = {
    **INDICATORS,
    "scrutiny_committee": ("Scrutny Comittee", 22),
    "same_month_last_year": ("Same Month Last Year", 14),
}


def result(value: Content, target: str, annual: str = "", polarity: str = MAXIMISE) -> Changes:
    """Return the cells of an indicator's figures; the annual target is the month's by default."""
    return {
        "polarity": polarity,
        "value": value,
        "months_target": target,
        "annual_target": annual or target,
    }


# Codes under EX 1 are good rows; the others have the mistake that their short name tells.
EXAMPLE_INDICATORS: Sequence[tuple[str, str, Changes]] = (
    ("EX 1.1", "Household waste recycled [YTD Snapshot]", result("48.2%", "47.0%")),
    ("EX 2.1", "Value that is words", {"value": "about 50"}),
    ("EX 2.2", "Target that is words", {"months_target": "see note"}),
    ("EX 2.3", "Value that is an Excel error", {"value": Cell("#DIV/0!", "0.0%")}),
    ("EX 2.4", "Value that is a formula without a result", {"value": Cell("=1/3", "0.0%")}),
    ("EX 1.2", "Home safety visits made [Cumulative YTD]", result("1,148", "1,200", "1,440")),
    (
        "EX 2.5",
        "Value 3-5 that Excel turned into a date",
        result(Cell(datetime(2019, 5, 3), "d-mmm"), "4"),
    ),
    ("EX 2.6", "Value that is TRUE", {"value": Cell(True)}),
    ("EX 2.7", "Value that is a band", result("38-48", "40")),
    ("EX 2.8", "Target band that is reversed", result("45", "48-38", "38-48", GOLDILOCKS)),
    (
        "EX 1.3",
        "Average weekly cost of a home care package [YTD Snapshot]",
        {**result("£212.40", "£198.00", polarity=MINIMISE), "same_month_last_year": "£205.10"},
    ),
    ("EX 2.9", "Target band where more is better", result("62", "57-67", "60")),
    ("EX 2.10", "Polarity that is unknown", {"polarity": "Sideways"}),
    ("EX 2.11", "Polarity missing", {"polarity": ""}),
    ("EX 2.12", "Month that does not exist", {"latest_month": "Febtober 2019"}),
    ("EX 2.13", "Month that is a bare number", {"latest_month": Cell(43466)}),
    ("EX 2.14", "Month missing", {"latest_month": ""}),
    (
        "EX 1.4",
        "Children in care per 10,000 population under 18 [Monthly Snapshot]",
        result("52.6", "48-58", polarity=GOLDILOCKS),
    ),
    ("", "Code missing", {}),
    ("EX 2.15", "", {"comment": "The short name is missing."}),
    ("EX 2.16", "Tolerance that is words", {"tolerance": "lots"}),
    ("EX 2.17", "Tolerance under zero", {"tolerance": "-5%"}),
    (
        "EX 1.5",
        "Days of poor air quality, two months behind [Cumulative YTD]",
        {**result("6", "8", "12", MINIMISE), "latest_month": "November 2018"},
    ),
    ("EX 1.1", "Code used twice", result("44.9%", "47.0%")),
    ("EX 2.18", "Expected outcome that is unknown", {"published_expected_outcome": "Purple"}),
    ("EX 2.19", "Direction that is unknown", {"published_direction": "Sideways"}),
    ("EX 1.6", "Carers satisfied with their support [Monthly Snapshot]", result("TBC", "70%")),
    ("EX 2.20", "Value not in percent, target in percent", result(Cell(0.675), "88.7%")),
    ("EX 1.7", "Visits to the library website [Cumulative YTD]", result("21,904", "-")),
    ("EX 2.21", "Last year's value that is words", {"same_month_last_year": "unknown figure"}),
    ("EX 2.22", "Last year's value that differs from the history", {"same_month_last_year": "58%"}),
    (
        "EX 1.8",
        "Working days lost to sickness per FTE, with a tolerance of its own [Cumulative YTD]",
        {**result("7.61", "7.00", "8.40", MINIMISE), "tolerance": "10%"},
    ),
)
EXAMPLE_HISTORY: Sequence[Row] = (
    ("EX 1.1", "January 2018", "46.5%", "46.0%"),
    ("EX 1.1", "December 2018", "47.9%", "47.0%"),
    ("EX 1.1", "January 2019", "48.2%", "47.0%"),
    ("EX 1.2", "January 2018", "1,090", "1,150"),
    ("EX 1.2", "October 2018", "n.k.", "840"),  # value that is words
    ("EX 1.2", "sometime", "905", "960"),  # month that is words
    ("EX 1.2", "January 2019", "1,148", "1,200"),
    ("", "January 2019", "31", "30"),  # code missing
    ("EX 1.4", "January 2018", "60.3", "48-58"),
    ("EX 1.4", "December 2018", "53.1", "67-57"),  # reversed band
    ("EX 1.4", "January 2019", "52.6", "48-58"),
    ("EX 9.9", "January 2019", "12", "10"),  # code that no indicator has
    ("EX 1.5", "November 2017", "7", "8"),
    ("EX 1.5", "October 2018", "4", "7"),
    ("EX 1.5", "October 2018", "5", "7"),  # month again, with another value
    ("EX 1.5", "November 2018", "6", "8"),
    ("EX 1.8", "January 2018", "7.88", "7.00"),
    ("EX 1.8", "December 2018", "6.70", "6.20"),
    ("EX 1.8", "December 2018", "6.70", "6.20"),  # month again, with the same value
    ("EX 1.8", "January 2019", "7.61", "7.00"),
    ("EX 2.22", "January 2018", "61%", "50%"),
)
EXAMPLE_HISTORY_2016: Columns = {"Code": 10, "Month": 18, "Target": 14, "Note": 44}  # no Value
EXAMPLE_SETTINGS: Sequence[Row] = (
    ("Organisation", "Example Borough Council"),
    ("Report Title", "Monthly performance report (with mistakes)"),
    ("Financial Year Starts", "April"),
    ("Amber Tolerance", "5%"),
    ("Amber Tolerence", "7%"),  # unknown setting
    ("Green Tolerance", "a little"),  # value that is words
    ("Tolerance Basis", "Whatever"),  # value that is unknown
    ("Improving Is Amber", "No"),
    ("Organisation", "Example District Council"),  # setting given twice
)


def write_indicators(
    book: Workbook,
    columns: Mapping[str, tuple[str, int]],
    indicators: Iterable[Mapping[str, Content]],
    title: str = TITLE,
) -> None:
    """Add the sheet Indicators; an indicator is keyed by the columns of indicators.csv."""
    rows = ([indicator.get(key, "") for key in columns] for indicator in indicators)
    write_table(book.create_sheet("Indicators"), dict(columns.values()), rows, title)


def southend(published: bool) -> Workbook:
    """Return the real report's indicators, with or without the ratings that were published."""
    blank = {} if published else dict.fromkeys(PUBLISHED, "")
    indicators = [{**row, **blank} for row in figures("indicators.csv")]
    history = [tuple(row.values()) for row in figures("history.csv")]
    book = empty_workbook()
    write_indicators(book, INDICATORS, indicators)
    write_table(book.create_sheet("History"), HISTORY, history)
    write_table(book.create_sheet("Settings"), SETTINGS, SOUTHEND_SETTINGS)
    priorities = [(aim, each) for aim, text in AIMS.items() for each in text.split(" • ")]
    write_table(book.create_sheet("Aims"), PRIORITIES, priorities)
    return book


def as_published() -> Workbook:
    """Return the real report as it is published, with its history and its settings beside it."""
    book = empty_workbook()
    write_report(book.create_sheet("Performance Report"), figures("indicators.csv"))
    history = [tuple(row.values()) for row in figures("history.csv")]
    write_table(book.create_sheet("History"), HISTORY, history)
    write_table(book.create_sheet("Settings"), SETTINGS, SOUTHEND_SETTINGS)
    return book


def wide_history() -> Workbook:
    """Return the real report's indicators, and a history with a column for each month."""
    book = southend(published=False)
    del book["History"]
    names = {row["code"]: row["short_name"] for row in figures("indicators.csv")}
    write_wide_history(book.create_sheet("History", 1), names, figures("history.csv"))
    return book


def with_mistakes() -> Workbook:
    """Return an invented council's indicators, with one of every kind of mistake."""
    indicators = [
        {**EXAMPLE_ROW, "code": code, "short_name": short_name, **changes}
        for code, short_name, changes in EXAMPLE_INDICATORS
    ]
    note = ("EX 1.1", "April 2016", "44.0%", "The values of 2016/17 were not kept.")
    book = empty_workbook()
    write_indicators(book, EXAMPLE_COLUMNS, indicators, EXAMPLE_TITLE)
    write_table(book.create_sheet("History"), HISTORY, EXAMPLE_HISTORY)
    write_table(book.create_sheet("History 2016"), EXAMPLE_HISTORY_2016, [note])
    write_table(book.create_sheet("Settings"), SETTINGS, EXAMPLE_SETTINGS)
    return book


def quarterly_scorecard() -> Workbook:
    """Return an invented council's scorecard, as it is exported anew every quarter."""
    book = empty_workbook()
    write_scorecard(book.create_sheet("Scorecard"), figures("scorecard.csv"))
    return book


def definitions() -> Workbook:
    """Return what that council knows of its indicators, and its scorecard doesn't say."""
    rows = ([row[key] for key in DEFINITIONS] for row in figures("definitions.csv"))
    book = empty_workbook()
    write_table(book.create_sheet("Definitions"), dict(DEFINITIONS.values()), rows)
    return book


def main() -> None:
    """Write every sample workbook into the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Rebuild the sample workbooks.")
    parser.add_argument("folder", nargs="?", type=Path, default=HERE, help="default: its own")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    save(southend(published=False), folder / "southend_january_2019.xlsx")
    save(southend(published=True), folder / "southend_january_2019_published.xlsx")
    save(as_published(), folder / "as_published.xlsx")
    save(wide_history(), folder / "wide_history.xlsx")
    save(with_mistakes(), folder / "with_mistakes.xlsx")
    quarterly = folder / "quarterly"  # a folder of its own: its kpi.toml counts for nothing else
    quarterly.mkdir(exist_ok=True)
    save(quarterly_scorecard(), quarterly / "quarterly_scorecard.xlsx")
    save(definitions(), quarterly / "definitions.xlsx")
    (quarterly / "kpi.toml").write_bytes((HERE / "quarterly" / "kpi.toml").read_bytes())


if __name__ == "__main__":
    main()
