"""The sheet Detail, Section 3 of the report: each exception on a page of its own."""

from collections.abc import Sequence

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.history import Reading
from kpi_cli.models import Direction, Rating
from kpi_cli.rating import direction_reason
from kpi_cli.sentences import sentence
from kpi_cli.writing.excel.cells import Content, merge, put
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
    BLOCK_FILL,
    BODY,
    BOLD,
    CELL_BORDER,
    HEADING_FILL,
    ONE_LINE,
    PAPER,
    WRAPPED_LEFT,
    font,
    plain_fill,
)
from kpi_cli.writing.excel.text import LINE, MOST_LINES, height, lines_of, parts_of
from kpi_cli.writing.exceptions_workbook.detail_chart import (
    FigureColumn,
    chart_of_figures,
    figure_columns,
    said_of_chart,
)
from kpi_cli.writing.exceptions_workbook.exceptions_sheet import look_of_comment
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import ous

NAME = "Detail"
_WIDTHS = (19, 13, 13, 13, 3, 18, 13, 13, 13, 18, 13, 13, 13)
_COLUMNS = len(_WIDTHS)
_GAP = 5  # the column between the periods and the chart; it holds figures where there are lines
_PAIRS = ((1, 2, 4), (6, 7, 9), (10, 11, 13))  # columns of a label, and of its content
_CHART_COLUMN = 6
_CHART_WIDTH, _CHART_HEIGHT = 20, 10  # centimetres
_PIXEL, _DIGIT, _PADDING = 2.54 / 96, 7, 5  # centimetres; of a column's width, pixels
_ROW = 14.0  # points
_PAGE = 600.0  # points that a page has, at the scale that fits the width to A4


def write_detail(sheet: Worksheet, sections: Sections) -> list[str]:
    """Write a block for each exception, and return the alternative text of each chart."""
    widths = list(_WIDTHS)
    if any(rating.indicator.lines for rating in sections.exceptions):
        widths[_GAP - 1] = widths[_GAP - 2]
    set_widths(sheet, widths)
    write_title(
        sheet,
        f"Detail of the exceptions, {sections.period.label}",
        f"Each exception with its {sections.noun}s since the start of last financial year",
    )
    row, last, texts = 4, 4, []
    if not sections.exceptions:
        put(sheet, row, 1, "There are no exceptions.", BOLD, ONE_LINE)
    for number, rating in enumerate(sections.exceptions):
        if number:
            break_before(sheet, row)
        top = 1 if number == 0 else row
        row = _write_heading(sheet, row, rating, sections)
        periods = sections.periods(rating)
        if height_of(sheet, top, row) + _height_of_periods(periods) > _PAGE:
            break_before(sheet, row)  # a very long comment has a page of its own
        columns = list(figure_columns(rating.indicator, periods))
        last = _write_periods(sheet, row, periods, columns)
        if sections.with_charts and any(reading.value for reading in periods):
            texts.append(_add_chart(sheet, row, rating, periods, columns))
            last = row_below(sheet, row + 1, last + 1, _CHART_HEIGHT)
        row = last + 2
    set_up_page(sheet, sections.footer, _COLUMNS, last_row=last)
    return texts


def _write_heading(sheet: Worksheet, row: int, rating: Rating, sections: Sections) -> int:
    """Write what the indicator is and why it is rated so; return the first row below."""
    indicator = rating.indicator
    name_of_period = indicator.period.noun.capitalize()
    name = f"{indicator.code}  {indicator.short_name}"
    look = font(bold=True, colour=PAPER, size=12)
    _write_across(sheet, row, 1, _COLUMNS, name, look, 1.25, plain_fill(HEADING_FILL))
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
        _write_pairs(sheet, row, line)
    row += 1
    _write_label(sheet, row, "Reason")
    reason = sentence(rating.reason)
    if rating.direction is not Direction.UNKNOWN:
        reason += f" {rating.direction.label}: {direction_reason(rating)}."
    _write_across(sheet, row, 2, _COLUMNS, reason)
    comment = sections.comment(rating)
    look = look_of_comment(comment)
    for number, part in enumerate(parts_of(comment, _width(2, _COLUMNS), MOST_LINES)):
        row += 1
        _write_label(sheet, row, "Comment" if number == 0 else "")
        _write_across(sheet, row, 2, _COLUMNS, part, look)
    return row + 2


def _height_of_periods(periods: Sequence[Reading]) -> float:
    return max(sum(map(_height_of_period, periods)) + 30, _CHART_HEIGHT * POINTS)


def _height_of_period(reading: Reading) -> float:
    """Return the height of a row: "November 2018 to January 2019" takes two lines."""
    lines = lines_of(reading.period.label, _WIDTHS[0]) if reading.period.length > 1 else 1
    return _ROW if lines == 1 else height(lines)


def _write_pairs(sheet: Worksheet, row: int, pairs: Sequence[tuple[str, Content]]) -> None:
    tallest = 1
    for (label_column, first, last), (label, content) in zip(_PAIRS, pairs, strict=False):
        _write_label(sheet, row, label, label_column)
        merge(sheet, row, first, last)
        cell = put(sheet, row, first, content, alignment=WRAPPED_LEFT)
        if isinstance(cell.value, str):
            tallest = max(tallest, lines_of(cell.value, _width(first, last), bold=True))
    sheet.row_dimensions[row].height = height(tallest)


def _write_label(sheet: Worksheet, row: int, label: str, column: int = 1) -> None:
    put(sheet, row, column, label, BOLD, fill=plain_fill(BLOCK_FILL))


def _write_across(
    sheet: Worksheet,
    row: int,
    first: int,
    last: int,
    text: str,
    look: Font = BODY,
    scale: float = 1.0,
    fill: PatternFill | None = None,
) -> None:
    """Write a text over several columns; the scale is that of a larger font."""
    merge(sheet, row, first, last)
    put(sheet, row, first, text, look, fill=fill)
    lines = lines_of(text, _width(first, last) / scale, bold=bool(look.b))
    sheet.row_dimensions[row].height = height(lines, LINE * scale)


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


def _add_chart(
    sheet: Worksheet,
    row: int,
    rating: Rating,
    periods: Sequence[Reading],
    columns: Sequence[FigureColumn],
) -> str:
    """Add the chart beside the periods, whose headings stand in this row; return what it shows."""
    chart = chart_of_figures(sheet, row, rating, periods, columns)
    column = max(_CHART_COLUMN, len(columns) + 2)
    taken = sum(wide * _DIGIT + _PADDING for wide in _WIDTHS[_CHART_COLUMN - 1 : column - 1])
    chart.width, chart.height = int(_CHART_WIDTH - taken * _PIXEL), _CHART_HEIGHT
    # One row down, since its frame would be printed on the page before a page break.
    sheet.add_chart(chart, f"{get_column_letter(column)}{row + 1}")
    return said_of_chart(rating, periods)


def _width(first: int, last: int) -> float:
    return sum(_WIDTHS[first - 1 : last])
