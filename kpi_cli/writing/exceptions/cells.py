"""Cells of the exceptions workbook: text stays text, and numbers keep precision and format."""

from datetime import date

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Band, Direction, Indicator, Outcome, Rating, Target, Value
from kpi_cli.months import Month
from kpi_cli.writing.exceptions.contents import Contents
from kpi_cli.writing.exceptions.looks import (
    BODY,
    DIRECTION_COLOURS,
    FIGURE,
    MISSING,
    MONTH_FORMAT,
    OUTCOME_COLOURS,
    RATED,
    WRAPPED,
    WRAPPED_LEFT,
    excel_number,
    fill,
    font,
    number_format,
)
from kpi_cli.writing.exceptions.text import MOST_LINES, parts_of, safe
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS

Content = str | int | Month | Value | Band | Outcome | Direction | None
NO_COMMENT = "⚠ No comment given"


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    content: Content,
    look: Font = BODY,
    alignment: Alignment | None = None,
) -> Cell:
    """Write a value, a month, a rating or a text into a cell, as what it is."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.font, cell.alignment = look, alignment or WRAPPED
    match content:
        case Value():
            cell.value, cell.number_format = excel_number(content), number_format(content)
            cell.alignment = alignment or FIGURE
        case Month():
            cell.value = date(content.year, content.number, 1)
            cell.number_format = MONTH_FORMAT
            cell.alignment = alignment or WRAPPED_LEFT
        case Outcome():
            colour, background = OUTCOME_COLOURS[content]
            _put_text(cell, outcome_text(content))
            cell.font, cell.fill = font(bold=True, colour=colour), fill(background)
            cell.alignment = alignment or RATED
        case Direction():
            _put_text(cell, direction_text(content))
            cell.font = font(colour=DIRECTION_COLOURS[content])
        case Band():
            _put_text(cell, content.text)
            cell.alignment = alignment or FIGURE
        case str():
            _put_text(cell, content)
        case int():
            cell.value, cell.alignment = content, alignment or FIGURE
    return cell


def put_amount(sheet: Worksheet, row: int, column: int, amount: Target | None) -> Cell:
    """Write a value or a band, or a dash where there is none."""
    return put(sheet, row, column, amount or "-", alignment=FIGURE)


def put_value(sheet: Worksheet, row: int, column: int, indicator: Indicator) -> Cell:
    """Write an indicator's value, or what the workbook has in its place, such as TBC."""
    content = indicator.value or indicator.no_value_text or "-"
    return put(sheet, row, column, content, alignment=FIGURE)


def comment_of(rating: Rating, contents: Contents) -> tuple[str, Font]:
    """Return a rating's comment; where there is none, what to say of that, and how it looks.

    A report of an earlier month has no comments: the workbook keeps those of the latest alone.
    """
    if comment := rating.indicator.comment:
        return comment, BODY
    if contents.is_earlier:
        return "-", BODY
    return NO_COMMENT, font(bold=True, colour=MISSING)


def put_comment(
    sheet: Worksheet, row: int, column: int, rating: Rating, contents: Contents, width: float
) -> Cell:
    """Write a comment as far as a row of this width can show it, and where it goes on."""
    comment, look = comment_of(rating, contents)
    first, *others = parts_of(comment, width, MOST_LINES - 1)
    where = "Detail" if rating.outcome in contents.outcomes else "Data notes"
    text = f"{first} … (the whole of it is on {where})" if others else first
    return put(sheet, row, column, text, look)


def merge(sheet: Worksheet, row: int, first: int, last: int) -> None:
    """Make one cell of several in a row.

    The range is added as it is: openpyxl's own way compares it with every other range, which
    takes minutes where there are a thousand exceptions.
    """
    cells = CellRange(min_row=row, max_row=row, min_col=first, max_col=last)
    sheet.merged_cells.ranges.add(cells)


def outcome_text(outcome: Outcome) -> str:
    """Return icon and label of an outcome: "● At risk of missing target"."""
    return f"{OUTCOME_LOOKS[outcome].icon} {outcome.label}"


def direction_text(direction: Direction) -> str:
    """Return icon and word of a direction: "↓ Worse"."""
    look = DIRECTION_LOOKS[direction]
    return f"{look.icon} {look.word}".strip()


def _put_text(cell: Cell, text: str) -> None:
    """Write a text that stays text, whatever it begins with, also when it is edited in Excel."""
    cell.value = safe(text)
    cell.data_type = "s"
    if text[:1] in "=+-@" and len(text) > 1:
        cell.quotePrefix = True
