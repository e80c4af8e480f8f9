"""The sheet Detail, Section 3 of the report: the exceptions, two on a page where they fit."""

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Rating
from kpi_cli.writing.excel.pages import (
    break_before,
    height_of,
    set_up_page,
    set_widths,
    write_title,
)
from kpi_cli.writing.exceptions_workbook.detail_block import Block
from kpi_cli.writing.exceptions_workbook.detail_rows import COLUMNS, FIGURES, WIDTHS
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import summary

NAME = "Detail"
_BESIDE_PAPER = (3, 21, 21, 21)  # a gap, and the levels that charts draw
_GAP = 12.0  # points between two exceptions
_PAGE = 1070.0  # points that a page has, at the scale that fits the width to upright A4


def write_detail(sheet: Worksheet, sections: Sections) -> tuple[list[str], dict[str, str]]:
    """Write a block for each exception, by aim.

    Returns the alternative text of each chart, and the cell where each exception starts, by code.
    """
    has_aims = any(rating.indicator.aim for rating in sections.exceptions)
    blocks = [
        Block(sections, each, _of_aim(aim, ratings) if has_aims and each is ratings[0] else None)
        for aim, ratings in sections.details.items()
        for each in ratings
    ]
    widths = [*WIDTHS, *(_BESIDE_PAPER if sections.with_spc else ())]
    if any(block.columns_of_figures > FIGURES for block in blocks):
        widths[FIGURES] = widths[FIGURES - 1]  # the gap holds figures
    set_widths(sheet, widths)
    write_title(
        sheet,
        sections.titled("Detail of the exceptions"),
        f"Each exception with its {sections.noun}s since the start of last financial year."
        " An empty cell: there is no figure.",
    )
    sheet.row_dimensions[3].height = _GAP
    row, last, top = 4, 4, 1
    texts: list[str] = []
    places: dict[str, str] = {}
    for block in blocks:
        used = height_of(sheet, top, row)
        if row > 4 and used + block.height > _PAGE:
            break_before(sheet, row)
            top, used = row, 0.0
        places[block.rating.indicator.code] = f"A{block.first_row(row)}"
        if used + block.height > _PAGE:  # a very long comment
            top = block.row_of_figures(row)
            break_before(sheet, top)
        last = block.write(sheet, row)
        texts += block.texts
        sheet.row_dimensions[last + 1].height = _GAP
        row = last + 2
    set_up_page(sheet, sections.footer, COLUMNS, last_row=last, is_upright=True)
    return texts, places


def _of_aim(aim: str, ratings: list[Rating]) -> str:
    """Return the heading above an aim's exceptions: "SAFE: At risk 1 · Some slippage 2"."""
    return f"{aim}: {summary(ratings)}"
