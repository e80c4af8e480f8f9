"""The sheet Detail, Section 3 of the report: each exception on a page of its own."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.history import Reading
from kpi_cli.models import Direction, Rating
from kpi_cli.rating import direction_reason
from kpi_cli.sentences import sentence
from kpi_cli.writing.excel.cells import Content, put
from kpi_cli.writing.excel.filtered_tables import write_headings
from kpi_cli.writing.excel.pages import (
    POINTS,
    break_before,
    height_of,
    row_below,
    set_up_page,
    set_widths,
    write_title,
)
from kpi_cli.writing.excel.styles import (
    BOLD,
    CELL_BORDER,
    HEADING_FILL,
    ONE_LINE,
    PAPER,
    font,
    plain_fill,
)
from kpi_cli.writing.excel.text import MOST_LINES, height, lines_of, parts_of
from kpi_cli.writing.exceptions_workbook.detail_chart import (
    LEVELS_COLUMN,
    FigureColumn,
    chart_of_figures,
    figure_columns,
    levels_of,
    said_of_chart,
)
from kpi_cli.writing.exceptions_workbook.detail_findings import (
    ROW,
    findings_of,
    height_of_findings,
    rows_for,
    write_findings,
)
from kpi_cli.writing.exceptions_workbook.detail_rows import (
    COLUMNS,
    WIDTHS,
    width,
    write_across,
    write_label,
    write_pairs,
)
from kpi_cli.writing.exceptions_workbook.exceptions_sheet import look_of_comment
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import ous, since_last_period

NAME = "Detail"
_BESIDE_PAPER = [3, 21, 21, 21]  # a gap, and the levels that charts draw
_GAP = 5  # the column between the periods and the chart; it holds figures where there are lines
_CHART_COLUMN = 6
_CHART_WIDTH, _CHART_HEIGHT = 20, 10  # centimetres
_LOW_CHART_HEIGHT = 8  # of one above what is found
_SPACE = 6  # points below it
_HEADING = 36  # points of the headings that it stands below, and of what rows are rounded by
_PIXEL, _DIGIT, _PADDING = 2.54 / 96, 7, 5  # centimetres; of a column's width, pixels
_PAGE = 600.0  # points that a page has, at the scale that fits the width to A4


def write_detail(sheet: Worksheet, sections: Sections) -> tuple[list[str], dict[str, str]]:
    """Write a block for each exception.

    Returns the alternative text of each chart, and the cell where each exception starts, by code.
    """
    widths = list(WIDTHS)
    if any(rating.indicator.lines for rating in sections.exceptions):
        widths[_GAP - 1] = widths[_GAP - 2]
    if sections.with_spc:
        widths += _BESIDE_PAPER
    set_widths(sheet, widths)
    write_title(
        sheet,
        f"Detail of the exceptions, {sections.period.label}",
        f"Each exception with its {sections.noun}s since the start of last financial year",
    )
    row, last = 4, 4
    texts: list[str] = []
    places: dict[str, str] = {}
    if not sections.exceptions:
        put(sheet, row, 1, "There are no exceptions.", BOLD, ONE_LINE)
    for number, rating in enumerate(sections.exceptions):
        if number:
            break_before(sheet, row)
        top = 1 if number == 0 else row
        places[rating.indicator.code] = f"A{row}"
        row = _write_heading(sheet, row, rating, sections)
        block = _Block(sections, rating)
        if height_of(sheet, top, row) + block.height > _PAGE:
            break_before(sheet, row)  # a very long comment has a page of its own
        last = block.write(sheet, row)
        texts += block.texts
        row = last + 2
    set_up_page(sheet, sections.footer, COLUMNS, last_row=last)
    return texts, places


class _Block:
    """What stands below an exception's heading: its figures, their chart, and what that says."""

    def __init__(self, sections: Sections, rating: Rating) -> None:
        self.rating = rating
        self.periods = sections.periods(rating)
        self.columns = list(figure_columns(rating.indicator, self.periods))
        self.findings = findings_of(rating, sections)
        self.levels = levels_of(sections.insight(rating).chart) if sections.with_spc else []
        self.has_chart = sections.with_charts and any(each.value for each in self.periods)
        self.chart_height = _LOW_CHART_HEIGHT if self.findings else _CHART_HEIGHT
        self.texts: list[str] = []  # the alternative text of its chart

    @property
    def height(self) -> float:
        """The height that it takes, in points, whether it has a chart or not."""
        findings = height_of_findings(self.findings)
        figures = sum(map(_height_of_period, self.periods)) + 30
        chart = self.chart_height * POINTS + _HEADING * bool(findings)
        if not self._has_room_beside:
            return max(figures, chart) + findings
        return max(figures, chart + findings)

    @property
    def _has_room_beside(self) -> bool:
        """Whether the figures leave the columns free in which the findings stand."""
        return len(self.columns) + 1 < _CHART_COLUMN

    def write(self, sheet: Worksheet, row: int) -> int:
        """Write it from a row on; return the last row."""
        if self.has_chart:
            self._write_levels(sheet, row)
        last = below = _write_periods(sheet, row, self.periods, self.columns)
        if self.has_chart:
            self.texts.append(self._add_chart(sheet, row))
            if not self.findings:
                return row_below(sheet, row + 1, last + 1, self.chart_height)
            below = rows_for(sheet, row + 1, self.chart_height * POINTS + _SPACE)
        elif not self.findings:
            return last
        elif self._has_room_beside:
            below = row
        start = below if self._has_room_beside else max(below, last + 2)
        return max(last, write_findings(sheet, start, self.findings) - 1)

    def _write_levels(self, sheet: Worksheet, row: int) -> None:
        """Write what the chart draws at one height, whose headings stand in this row."""
        write_headings(sheet, row, [each.heading for each in self.levels], LEVELS_COLUMN)
        for number, level in enumerate(self.levels, start=LEVELS_COLUMN):
            for below, reading in enumerate(self.periods, start=row + 1):
                put(sheet, below, number, level.figure(reading), border=CELL_BORDER)

    def _add_chart(self, sheet: Worksheet, row: int) -> str:
        """Add the chart beside the periods, whose headings stand in this row; return its text."""
        chart = chart_of_figures(sheet, row, self.rating, self.periods, self.columns, self.levels)
        column = max(_CHART_COLUMN, len(self.columns) + 2)
        taken = sum(wide * _DIGIT + _PADDING for wide in WIDTHS[_CHART_COLUMN - 1 : column - 1])
        chart.width, chart.height = int(_CHART_WIDTH - taken * _PIXEL), self.chart_height
        # One row down, since its frame would be printed on the page before a page break.
        sheet.add_chart(chart, f"{get_column_letter(column)}{row + 1}")
        return said_of_chart(self.rating, self.periods, self.levels)


def _write_heading(sheet: Worksheet, row: int, rating: Rating, sections: Sections) -> int:
    """Write what the indicator is and why it is rated so; return the first row below."""
    indicator = rating.indicator
    name_of_period = indicator.period.noun.capitalize()
    name = f"{indicator.code}  {indicator.short_name}"
    look = font(bold=True, colour=PAPER, size=12)
    write_across(sheet, row, 1, COLUMNS, name, look, 1.25, plain_fill(HEADING_FILL))
    pairs: list[Sequence[tuple[str, Content]]] = [
        (
            ("Expected Outcome", rating.outcome),
            ("Than last year", rating.direction),
            (f"Latest {name_of_period}", indicator.period),
        ),
        (
            (f"{name_of_period}'s Value", indicator.value or indicator.no_value_text or "-"),
            (f"{name_of_period}'s Target", indicator.target or "-"),
            ("Annual Target", indicator.annual_target or "-"),
        ),
        (
            ("Polarity", indicator.polarity.label),
            ("Managed By", indicator.managed_by or "-"),
            ("Year Introduced", indicator.year_introduced or "-"),
        ),
        (
            ("Responsible OUs", ous(rating)),
            ("Committee", sections.committee(rating)),
            ("Aim", indicator.aim or "-"),
        ),
    ]
    if indicator.lines:
        lines = {"Green Line": indicator.green_line, "Red Line": indicator.red_line}
        pairs.append([(name, line.amount if line else "-") for name, line in lines.items()])
    others = [("Data Source", indicator.data_source), ("Value is marked", indicator.value_note)]
    if shown := [(label, text) for label, text in others if text]:
        pairs.append(shown)
    for line in pairs:
        row += 1
        write_pairs(sheet, row, line)
    row += 1
    write_label(sheet, row, "Reason")
    reason = sentence(rating.reason)
    if rating.direction is not Direction.UNKNOWN:
        reason += f" {rating.direction.label}: {direction_reason(rating)}."
    write_across(sheet, row, 2, COLUMNS, reason)
    row += 1
    write_label(sheet, row, f"{name_of_period} Before")
    write_across(sheet, row, 2, COLUMNS, _before(rating, sections))
    comment = sections.comment(rating)
    look = look_of_comment(comment)
    for number, part in enumerate(parts_of(comment, width(2, COLUMNS), MOST_LINES)):
        row += 1
        write_label(sheet, row, "Comment" if number == 0 else "")
        write_across(sheet, row, 2, COLUMNS, part, look)
    return row + 2


def _before(rating: Rating, sections: Sections) -> str:
    """Return how the indicator stood in the period before its own, as a sentence."""
    before = sections.previous(rating)
    if before:
        return sentence(since_last_period(before))
    return f"Nothing is known of {rating.indicator.period.before.label}."


def _height_of_period(reading: Reading) -> float:
    """Return the height of a row: "November 2018 to January 2019" takes two lines."""
    lines = lines_of(reading.period.label, WIDTHS[0]) if reading.period.length > 1 else 1
    return ROW if lines == 1 else height(lines)


def _write_periods(
    sheet: Worksheet, row: int, periods: Sequence[Reading], columns: Sequence[FigureColumn]
) -> int:
    """Write the figures of the periods; return the last row."""
    noun = periods[-1].period.noun.capitalize()
    write_headings(sheet, row, [noun, *(column.heading for column in columns)])
    for reading in periods:
        row += 1
        figures = (reading.period, *(column.figure(reading) for column in columns))
        for number, figure in enumerate(figures, start=1):
            put(sheet, row, number, figure, border=CELL_BORDER)
        sheet.row_dimensions[row].height = _height_of_period(reading)
    return row
