"""The sheet All indicators, Section 2 of the report: every indicator, by aim."""

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Rating
from kpi_cli.names import fold
from kpi_cli.writing.excel.cells import put
from kpi_cli.writing.excel.filtered_tables import write_table
from kpi_cli.writing.excel.pages import set_up_page, write_title
from kpi_cli.writing.excel.styles import BOLD, ONE_LINE
from kpi_cli.writing.exceptions_workbook.exceptions_sheet import rating_columns
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import by_aim, summary, total

NAME = "All indicators"
_LEFT_OUT = ("responsible_ous", "comment")


def write_all_indicators(sheet: Worksheet, sections: Sections) -> None:
    """Write every indicator in one table by aim, with a new page for each aim."""
    groups = by_aim(sections.report.ratings)
    write_title(sheet, f"All indicators, {sections.period.label}", total(sections.report))
    for row, (aim, ratings) in enumerate(groups.items(), start=3):
        put(sheet, row, 1, f"{aim}: {summary(ratings)}", BOLD, ONE_LINE)
    columns = rating_columns(sections)
    shown = [column for key, column in columns.items() if key not in _LEFT_OUT]
    heading_row = len(groups) + 4
    write_table(
        sheet,
        heading_row,
        "AllIndicators",
        shown,
        [rating for ratings in groups.values() for rating in ratings],
        group_of=_aim,
        page_of=_aim,
    )
    set_up_page(sheet, sections.footer, len(shown), heading_row)


def _aim(rating: Rating) -> str:
    return fold(rating.indicator.aim or "")
