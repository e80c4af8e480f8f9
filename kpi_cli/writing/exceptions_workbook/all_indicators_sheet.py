"""The sheet All indicators, Section 2 of the report: every indicator, by aim."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Rating
from kpi_cli.names import fold
from kpi_cli.writing.excel.cells import merge, put
from kpi_cli.writing.excel.filtered_tables import Column, write_table
from kpi_cli.writing.excel.pages import set_up_page, write_subtitle, write_title
from kpi_cli.writing.excel.styles import BODY, BOLD, PROSE
from kpi_cli.writing.excel.text import height, lines_of
from kpi_cli.writing.exceptions_workbook.exceptions_sheet import rating_columns
from kpi_cli.writing.exceptions_workbook.insight_columns import chart_columns, forecast_columns
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import by_aim, summary, total

NAME = "All indicators"
_HEADING_ROW = 3
_LEFT_OUT = ("responsible_ous", "comment")
_LEFT_OUT_FOR_ROOM = ("managed_by",)  # beside control charts, forecasts or comments


def write_all_indicators(sheet: Worksheet, sections: Sections) -> dict[str, str]:
    """Write every indicator in one table by aim, and the aims with their priorities below it.

    Returns the cell of each indicator's code, by code.
    """
    groups = by_aim(sections.report.ratings)
    write_title(sheet, sections.titled("All indicators"), total(sections.report))
    shown, ratings = _columns(sections), [each for group in groups.values() for each in group]
    last = write_table(sheet, _HEADING_ROW, "AllIndicators", shown, ratings, group_of=_aim)
    _write_aims(sheet, last + 2, sections, groups, [column.width for column in shown])
    set_up_page(sheet, sections.footer, len(shown), _HEADING_ROW)
    rows = enumerate(ratings, start=_HEADING_ROW + 1)
    return {rating.indicator.code: f"A{row}" for row, rating in rows}


def _write_aims(
    sheet: Worksheet,
    row: int,
    sections: Sections,
    groups: dict[str, list[Rating]],
    widths: Sequence[float],
) -> None:
    """Write the aims, each with its counts and, where they are known, its priorities."""
    write_subtitle(sheet, row, "The aims")
    for aim, ratings in groups.items():
        lines = [(f"{aim}: {summary(ratings)}", BOLD)]
        lines += [(f"• {each}", BODY) for each in sections.report.priorities.get(fold(aim), ())]
        for text, look in lines:
            row += 1
            merge(sheet, row, 1, len(widths))
            put(sheet, row, 1, text, look, PROSE)
            sheet.row_dimensions[row].height = height(lines_of(text, sum(widths), bold=True))


def _columns(sections: Sections) -> list[Column[Rating]]:
    """Return the columns; where there are no exceptions, comments have no other place."""
    more = [
        *(chart_columns(sections) if sections.with_spc else ()),
        *(forecast_columns(sections) if sections.with_forecast else ()),
    ]
    columns = rating_columns(sections)
    left_out = set(_LEFT_OUT)
    if not sections.exceptions and sections.commented:
        left_out -= {"comment"}
    if more or "comment" not in left_out:
        left_out |= set(_LEFT_OUT_FOR_ROOM)
    return [*(column for key, column in columns.items() if key not in left_out), *more]


def _aim(rating: Rating) -> str:
    return fold(rating.indicator.aim or "")
