"""Figures in other layouts: a report as it is published, a column for each month, a scorecard."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sheets import Cell, Content, Row, write_heading, write_row

Figures = Mapping[str, str]  # an indicator or a month, keyed by the columns of its CSV file

FIGURES: Mapping[str, tuple[str, int]] = {  # as INDICATORS in build.py: heading, width
    "code": ("MPR Code", 10),
    "short_name": ("Short Name", 44),
    "polarity": ("Minimise or Maximise", 16),
    "latest_month": ("Latest Month", 16),
    "value": ("Month's Value", 12),
    "months_target": ("Month's Target", 12),
    "annual_target": ("Annual Target 2018/19", 14),
    "published_expected_outcome": ("Expected Outcome", 12),
    "published_direction": ("Better or worse than last year", 14),
}
COMMENT = (
    "Comment - explanation of current performance, actions to improve performance "
    "and anticipated future performance"
)
SECTION_1 = {**FIGURES, "comment": (COMMENT, 60), "scrutiny_committee": ("Scrutiny Committee", 22)}
SECTION_2 = {
    **FIGURES,
    "managed_by": ("Managed By", 20),
    "scrutiny_committee": SECTION_1["scrutiny_committee"],
}

# Where a page ends: within a comment in the first section, between two rows in the second.
PAGE_ENDS_IN_COMMENT = ("CP 3.2", "CP 5.4", "CP 4.3", "CP 3.4")
PAGE_ENDS_AFTER = ("CP 2.2", "CP 3.9", "CP 4.9")
AIMS = {
    "SAFE": "Safer streets and homes • Early help for families",
    "CLEAN": "Tidy streets • Less waste",
    "HEALTHY": "Active lives • Good care close to home",
    "PROSPEROUS": "Homes and schools for all • A town open for business",
    "EXCELLENT": "Services that work • Communities that help themselves",
}
OUTCOMES = (
    "At risk of missing target",
    "Some slippage against target",
    "On course to achieve target",
)
ICONS = {
    "At risk of missing target": "●",
    "Some slippage against target": "⚠",
    "On course to achieve target": "✔",
    "No Value": "-",
    "Better": "↑",
    "Worse": "↓",
}

SCORECARD: Mapping[str, tuple[str, int]] = {  # column of scorecard.csv: heading, width
    "measure": ("Measure", 52),
    "line": ("Service plan line", 10),
    "q3_2017_18": ("Q3 2017/18", 11),
    "q1_2018_19": ("Q1 2018/19", 11),
    "q2_2018_19": ("Q2 2018/19", 11),
    "q3_2018_19": ("Q3 2018/19", 11),
    "promise": ("Promise", 11),
    "annual_target": ("2018/19 Target", 11),
    "floor": ("Floor", 11),
    "status": ("RAG", 10),
    "commentary": ("What is behind it", 60),
}


class Report:
    """A sheet that is filled from the top, with headings where a group or a page begins."""

    def __init__(
        self, sheet: Worksheet, columns: Mapping[str, tuple[str, int]], last_row: int = 0
    ) -> None:
        self.sheet = sheet
        self.columns = columns
        self.last_row = last_row
        for number, (_, width) in enumerate(columns.values(), start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width

    def write_title(self, text: str, size: int = 11) -> None:
        """Add a title, or the name of a group, over all columns."""
        self.last_row += 1
        self.sheet.cell(self.last_row, 1, text).font = Font(bold=True, size=size)
        self.sheet.merge_cells(None, self.last_row, 1, self.last_row, len(self.columns))

    def write_headings(self) -> None:
        """Add the headings, below a blank row."""
        self.last_row += 2
        for number, (heading, _) in enumerate(self.columns.values(), start=1):
            write_heading(self.sheet, self.last_row, number, heading)

    def write(self, cells: Mapping[str, Content]) -> None:
        """Add a row; the cells are keyed by the columns of indicators.csv."""
        self.last_row += 1
        write_row(self.sheet, self.last_row, [cells.get(key, "") for key in self.columns])


def write_report(sheet: Worksheet, indicators: Sequence[Figures]) -> None:
    """Fill a sheet with the report: the exceptions with comments, then all indicators by aim."""
    first = Report(sheet, SECTION_1)
    first.write_title("Section 1: exceptions, January 2019", size=14)
    first.write_title("Generated on: 22 February 2019")
    for outcome, ous, rows in groups_of_section_1(indicators):
        first.last_row += 1
        first.write_title(f"Expected Outcome {outcome}")
        first.write_title(f"Responsible OUs {ous}")
        first.write_headings()
        for row in rows:
            write_with_comment(first, row)
    second = Report(sheet, SECTION_2, first.last_row + 1)
    second.write_title("Section 2: all indicators, January 2019", size=14)
    counts = Counter(row["published_expected_outcome"] for row in indicators)
    told = " ".join(f"{outcome} {count}" for outcome, count in counts.items())
    second.write_title(f"Performance Data Expected Outcome: {told}")
    for aim, priorities in AIMS.items():
        second.last_row += 1
        second.write_title(f"Aim: {aim}: Priorities • {priorities}")
        second.write_headings()
        for row in indicators:
            if row["aim"] == aim:
                second.write({key: ICONS.get(text, text) for key, text in row.items()})
            if row["aim"] == aim and row["code"] in PAGE_ENDS_AFTER:
                second.write_headings()


def groups_of_section_1(
    indicators: Sequence[Figures],
) -> Iterator[tuple[str, str, list[Figures]]]:
    """Yield each group of the first section: its outcome, its OUs, and its indicators."""
    for outcome in OUTCOMES:
        rows = [
            row
            for row in indicators
            if row["comment"] and row["published_expected_outcome"] == outcome
        ]
        for ous in dict.fromkeys(row["responsible_ous"] for row in rows):
            yield outcome, ous, [row for row in rows if row["responsible_ous"] == ous]


def write_with_comment(report: Report, row: Figures) -> None:
    """Add an indicator's row; where the page ends, the rest of its comment is on the next one.

    The outcome and the direction are left to the group and to the second section.
    """
    cells = {**row, "published_expected_outcome": "", "published_direction": ""}
    if row["code"] not in PAGE_ENDS_IN_COMMENT:
        report.write(cells)
        return
    middle = row["comment"].index(" ", len(row["comment"]) // 2)
    report.write({**cells, "comment": row["comment"][:middle]})
    report.write_headings()
    report.write({"comment": row["comment"][middle + 1 :]})


def write_wide_history(
    sheet: Worksheet, names: Mapping[str, str], history: Sequence[Figures]
) -> None:
    """Fill a sheet with two rows for each indicator, its values and its targets, by month."""
    months = list(dict.fromkeys(reading["month"] for reading in history))
    headings: list[Content] = ["Code", "Short Name", "Type"]
    headings += [Cell(datetime.strptime(month, "%B %Y"), "mmm-yy") for month in months]
    widths = [10, 44, 10] + [9] * len(months)
    for number, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        write_heading(sheet, 1, number, heading)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(rows_of_wide_history(names, history, months), start=2):
        write_row(sheet, number, row)
    sheet.freeze_panes = "D2"


def rows_of_wide_history(
    names: Mapping[str, str], history: Sequence[Figures], months: Sequence[str]
) -> Iterator[Row]:
    """Yield an indicator's values, with its code and its name, and below them its targets."""
    figures = {(reading["code"], reading["month"]): reading for reading in history}
    for code in dict.fromkeys(reading["code"] for reading in history):
        found = [figures.get((code, month), {"value": "", "target": ""}) for month in months]
        yield (code, names[code], "Actual", *(reading["value"] for reading in found))
        yield ("", "", "Target", *(reading["target"] for reading in found))


def write_scorecard(sheet: Worksheet, indicators: Sequence[Figures]) -> None:
    """Fill a sheet with a quarter's scorecard: the priorities are groups, and no row has a code."""
    scorecard = Report(sheet, SCORECARD)
    scorecard.write_title("Marlbeck Borough Council")
    scorecard.write_title("Performance scorecard – Quarter 3 2018/19", size=14)
    scorecard.write_headings()
    priority = ""
    for line, row in enumerate(indicators, start=1):
        if row["priority"] != priority:
            priority = row["priority"]
            scorecard.write_title(f"Priority: {priority}")
        scorecard.write({**row, "line": str(line)})
    scorecard.last_row += 1
    scorecard.write_title("Note: figures are provisional until the year's accounts are closed.")
