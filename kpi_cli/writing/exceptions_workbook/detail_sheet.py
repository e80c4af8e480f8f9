"""The sheet Detail, Section 3 of the report: each exception on a page of its own."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.amounts import Band, Target, Unit, Value
from kpi_cli.history import Reading
from kpi_cli.models import Direction, Indicator, Rating
from kpi_cli.rating import direction_reason
from kpi_cli.sentences import sentence
from kpi_cli.writing.excel.cells import Content, merge, put
from kpi_cli.writing.excel.charts import Area, Curve, curves_over_months
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
    excel_number,
    font,
    number_format,
    plain_fill,
)
from kpi_cli.writing.excel.text import LINE, MOST_LINES, height, lines_of, parts_of
from kpi_cli.writing.exceptions_workbook.exceptions_sheet import look_of_comment
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import ous

NAME = "Detail"
_WIDTHS = (19, 13, 13, 13, 3, 18, 13, 13, 13, 18, 13, 13, 13)
_COLUMNS = len(_WIDTHS)
_GAP = 5  # the column between the months and the chart; it holds figures where there are lines
_PAIRS = ((1, 2, 4), (6, 7, 9), (10, 11, 13))  # columns of a label, and of its content
_CHART_COLUMN = 6
_CHART_WIDTH, _CHART_HEIGHT = 20, 10  # centimetres
_PIXEL, _DIGIT, _PADDING = 2.54 / 96, 7, 5  # centimetres; of a column's width, pixels
_MONTH_ROW = 14.0  # months
_PAGE = 600.0  # months that a page has, at the scale that fits the width to A4


class _Column(NamedTuple):
    """A column of the months: its heading, what it has of a month, and the curve that shows it."""

    heading: str
    figure: Callable[[Reading], Value | None]
    curve: Curve


def write_detail(sheet: Worksheet, sections: Sections) -> list[str]:
    """Write a block for each exception, and return the alternative text of each chart."""
    widths = list(_WIDTHS)
    if any(rating.indicator.lines for rating in sections.exceptions):
        widths[_GAP - 1] = widths[_GAP - 2]
    set_widths(sheet, widths)
    write_title(
        sheet,
        f"Detail of the exceptions, {sections.month.label}",
        "Each exception with its months since the start of last financial year",
    )
    row, last, texts = 4, 4, []
    if not sections.exceptions:
        put(sheet, row, 1, "There are no exceptions.", BOLD, ONE_LINE)
    for number, rating in enumerate(sections.exceptions):
        if number:
            break_before(sheet, row)
        top = 1 if number == 0 else row
        row = _write_heading(sheet, row, rating, sections)
        months = sections.months(rating)
        if height_of(sheet, top, row) + _height_of_months(months) > _PAGE:
            break_before(sheet, row)  # a very long comment has a page of its own
        columns = list(_columns(rating.indicator, months))
        last = _write_months(sheet, row, months, columns)
        if sections.with_charts and any(month.value for month in months):
            texts.append(_add_chart(sheet, row, last, rating, months, columns))
            last = row_below(sheet, row + 1, last + 1, _CHART_HEIGHT)
        row = last + 2
    set_up_page(sheet, sections.footer, _COLUMNS, last_row=last)
    return texts


def _write_heading(sheet: Worksheet, row: int, rating: Rating, sections: Sections) -> int:
    """Write what the indicator is and why it is rated so; return the first row below."""
    indicator = rating.indicator
    name = f"{indicator.code}  {indicator.short_name}"
    look = font(bold=True, colour=PAPER, size=12)
    _write_across(sheet, row, 1, _COLUMNS, name, look, 1.25, plain_fill(HEADING_FILL))
    pairs: list[Sequence[tuple[str, Content]]] = [
        (
            ("Expected Outcome", rating.outcome),
            ("Than last year", rating.direction),
            ("Latest Month", indicator.month),
        ),
        (
            ("Month's Value", indicator.value or indicator.no_value_text or "-"),
            ("Month's Target", indicator.target or "-"),
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


def _height_of_months(months: Sequence[Reading]) -> float:
    return max(len(months) * _MONTH_ROW + 30, _CHART_HEIGHT * POINTS)


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


def _columns(indicator: Indicator, months: Sequence[Reading]) -> Iterator[_Column]:
    """Yield the columns of the months: value, target, and lines; of a band both ends."""
    yield _Column("Value", lambda month: month.value, Curve.VALUE)
    has_band = any(isinstance(month.target, Band) for month in months)
    yield from _columns_of("Target", lambda month: month.target, Curve.TARGET, has_band)
    for name, line, curve in (
        ("Green line", indicator.green_line, Curve.GREEN_LINE),
        ("Red line", indicator.red_line, Curve.RED_LINE),
    ):
        if line:
            amount = line.amount
            yield from _columns_of(name, _always(amount), curve, isinstance(amount, Band))


def _columns_of(
    name: str, amount: Callable[[Reading], Target | None], curve: Curve, has_band: bool
) -> Iterator[_Column]:
    """Yield the column of an amount, or those of both its ends where it may be a band."""

    def end(month: Reading, which: int) -> Value | None:
        found = amount(month)
        return (found.low, found.high)[which] if isinstance(found, Band) else found

    if not has_band:
        yield _Column(name, lambda month: end(month, 0), curve)
        return
    yield _Column(f"{name} from", lambda month: end(month, 0), curve)
    yield _Column(f"{name} to", lambda month: end(month, 1), curve)


def _always(amount: Target) -> Callable[[Reading], Target]:
    return lambda _: amount


def _write_months(
    sheet: Worksheet, row: int, months: Sequence[Reading], columns: Sequence[_Column]
) -> int:
    """Write the figures of the months; return the last row."""
    write_headings(sheet, row, ["Month", *(column.heading for column in columns)])
    for month in months:
        row += 1
        figures = (month.month, *(column.figure(month) for column in columns))
        for number, figure in enumerate(figures, start=1):
            put(sheet, row, number, figure, border=CELL_BORDER)
        sheet.row_dimensions[row].height = _MONTH_ROW
    return row


def _add_chart(
    sheet: Worksheet,
    heading_row: int,
    last: int,
    rating: Rating,
    months: Sequence[Reading],
    columns: Sequence[_Column],
) -> str:
    """Add the chart beside the months, and return its alternative text."""
    indicator = rating.indicator
    shown = next(month.value for month in reversed(months) if month.value)
    area = Area(heading_row, last, labels=1, first=2, last=len(columns) + 1)
    what = "value, target and lines" if indicator.lines else "value and target"
    axis = "Percent" if shown.unit is Unit.PERCENT else "Value"
    curves = [column.curve for column in columns]
    title = f"{indicator.code}: {what}"
    chart = curves_over_months(sheet, area, curves, title, axis, number_format(shown))
    scale = chart.y_axis.scaling
    scale.min, scale.max = (
        _on_axis(end, shown) for end in (indicator.scale_from, indicator.scale_to)
    )
    column = max(_CHART_COLUMN, len(columns) + 2)
    taken = sum(wide * _DIGIT + _PADDING for wide in _WIDTHS[_CHART_COLUMN - 1 : column - 1])
    chart.width, chart.height = int(_CHART_WIDTH - taken * _PIXEL), _CHART_HEIGHT
    # One row down, since its frame would be printed on the page before a page break.
    sheet.add_chart(chart, f"{get_column_letter(column)}{heading_row + 1}")
    span = f"{months[0].month.label} to {months[-1].month.label}"
    beside = {"target": indicator.target, **indicator.lines}
    said = "".join(f", {name} {amount.text}" for name, amount in beside.items() if amount)
    latest = f"{indicator.value_text or 'no value'} in {indicator.month.label}{said}"
    return f"Line chart of {indicator.code}, {span}: {latest}. {rating.outcome.label}."


def _on_axis(end: Value | None, shown: Value) -> float | None:
    """Return an end of the scale as the axis has it: a bare 80 beside percentages is 80%."""
    if end is None:
        return None
    if shown.unit is Unit.PERCENT and abs(end.number) > 1:
        return float(end.number / 100)
    return float(excel_number(end))


def _width(first: int, last: int) -> float:
    return sum(_WIDTHS[first - 1 : last])
