"""The sheet All indicators, Section 2 of the report: every indicator, by aim."""

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Rating
from kpi_cli.names import fold
from kpi_cli.writing.excel.cells import put
from kpi_cli.writing.excel.filtered_tables import Column, write_table
from kpi_cli.writing.excel.pages import set_up_page, write_title
from kpi_cli.writing.excel.styles import BOLD, ONE_LINE
from kpi_cli.writing.exceptions_workbook.exceptions_sheet import rating_columns
from kpi_cli.writing.exceptions_workbook.insight_columns import chart_columns, forecast_columns
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import by_aim, summary, total

NAME = "All indicators"
_LEFT_OUT = ("responsible_ous", "comment")
_LEFT_OUT_FOR_ROOM = ("managed_by",)  # beside control charts or forecasts


def write_all_indicators(sheet: Worksheet, sections: Sections) -> dict[str, str]:
    """Write every indicator in one table by aim, with a new page for each aim.

    Returns the cell of each indicator's code, by code.
    """
    groups = by_aim(sections.report.ratings)
    write_title(sheet, f"All indicators, {sections.period.label}", total(sections.report))
    for row, (aim, of_aim) in enumerate(groups.items(), start=3):
        put(sheet, row, 1, f"{aim}: {summary(of_aim)}", BOLD, ONE_LINE)
    shown, ratings = _columns(sections), [each for group in groups.values() for each in group]
    heading_row = len(groups) + 4
    write_table(
        sheet,
        heading_row,
        "AllIndicators",
        shown,
        ratings,
        group_of=_aim,
        page_of=_aim,
    )
    set_up_page(sheet, sections.footer, len(shown), heading_row)
    rows = enumerate(ratings, start=heading_row + 1)
    return {rating.indicator.code: f"A{row}" for row, rating in rows}


def _columns(sections: Sections) -> list[Column[Rating]]:
    more = [
        *(chart_columns(sections) if sections.with_spc else ()),
        *(forecast_columns(sections) if sections.with_forecast else ()),
    ]
    left_out = (*_LEFT_OUT, *_LEFT_OUT_FOR_ROOM) if more else _LEFT_OUT
    columns = rating_columns(sections)
    return [*(column for key, column in columns.items() if key not in left_out), *more]


def _aim(rating: Rating) -> str:
    return fold(rating.indicator.aim or "")
