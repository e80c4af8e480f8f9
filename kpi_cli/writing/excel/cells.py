"""Cells: text stays text, numbers keep precision and format, a rating its icon and colours."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.amounts import Band, Value
from kpi_cli.models import Direction, Outcome
from kpi_cli.periods import Period
from kpi_cli.terms import Variation
from kpi_cli.writing.excel.styles import (
    BODY,
    COUNT_FORMAT,
    DIRECTION_COLOURS,
    FIGURE,
    MONTH_FORMAT,
    OUTCOME_COLOURS,
    RATED,
    VARIATION_COLOURS,
    WRAPPED,
    WRAPPED_LEFT,
    Style,
    dress,
    edged,
    excel_number,
    font,
    number_format,
    plain_fill,
)
from kpi_cli.writing.excel.text import safe
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS

Content = str | int | Period | Value | Band | Outcome | Direction | Variation | None
_ALIGNMENTS: Mapping[type, Alignment] = {
    Value: FIGURE,
    Band: FIGURE,
    int: FIGURE,
    Period: WRAPPED_LEFT,
    Outcome: RATED,
    Variation: RATED,
}


class Entry(NamedTuple):
    """What goes into a cell; without an alignment it has that of its kind."""

    content: Content
    look: Font = BODY
    alignment: Alignment | None = None


def put(
    sheet: Worksheet,
    row: int,
    column: int,
    content: Content,
    look: Font = BODY,
    alignment: Alignment | None = None,
    fill: PatternFill | None = None,
    border: Border | None = None,
) -> Cell:
    """Write a value, a period, a rating, a text or a count, whose nil is a dash, as what it is."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    format, is_quoted = "General", False
    match content:
        case Value():
            cell.value, format = excel_number(content), number_format(content)
        case Period():
            format, is_quoted = _put_period(cell, content)
        case Outcome():
            colour, background = OUTCOME_COLOURS[content]
            look, fill = font(bold=True, colour=colour), plain_fill(background)
            is_quoted = _put_text(cell, outcome_text(content))
        case Variation():
            border = edged(border, VARIATION_COLOURS[content])
            is_quoted = _put_text(cell, content.label)
        case Direction():
            look = font(colour=DIRECTION_COLOURS[content])
            is_quoted = _put_text(cell, direction_text(content))
        case Band() | str():
            is_quoted = _put_text(cell, content if isinstance(content, str) else content.text)
        case int():
            cell.value, format = content, COUNT_FORMAT
    alignment = alignment or _ALIGNMENTS.get(type(content), WRAPPED)
    dress(cell, Style(look, alignment, fill, border, format, is_quoted))
    return cell


def _put_period(cell: Cell, period: Period) -> tuple[str, bool]:
    """Write a month as a date, and a longer period in words; return the format of the cell."""
    if period.length > 1:
        return "General", _put_text(cell, period.label)
    cell.value = date(period.last.year, period.last.number, 1)
    return MONTH_FORMAT, False


def merge(sheet: Worksheet, row: int, first: int, last: int, last_row: int | None = None) -> None:
    """Make one cell of several in a row, or in the rows up to the last.

    The range is added as it is: openpyxl's own way compares it with every other range, which
    takes minutes where there are a thousand exceptions.
    """
    cells = CellRange(min_row=row, max_row=last_row or row, min_col=first, max_col=last)
    sheet.merged_cells.ranges.add(cells)


def outcome_text(outcome: Outcome) -> str:
    """Return icon and label of an outcome: "● At risk of missing target"."""
    return f"{OUTCOME_LOOKS[outcome].icon} {outcome.label}"


def direction_text(direction: Direction) -> str:
    """Return icon and word of a direction: "↓ Worse"."""
    look = DIRECTION_LOOKS[direction]
    return f"{look.icon} {look.word}".strip()


def _put_text(cell: Cell, text: str) -> bool:
    """Write a text that stays text; return whether Excel would make something else of it."""
    cell.value = safe(text)
    cell.data_type = "s"
    return text[:1] in "=+-@" and len(text) > 1
