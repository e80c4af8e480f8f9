"""The sheet Exceptions, Section 1 of the report: red, amber, then greens that have a comment."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.models import Rating
from kpi_cli.names import listed
from kpi_cli.writing.excel.cells import Entry, amount_entry, comment_entry, put, value_entry
from kpi_cli.writing.excel.filtered_tables import Column, write_table
from kpi_cli.writing.excel.looks import BOLD, ONE_LINE
from kpi_cli.writing.excel.pages import set_up_page, write_title
from kpi_cli.writing.exceptions_workbook.sections import Contents
from kpi_cli.writing.view import ous

NAME = "Exceptions"
_HEADING_ROW = 4


def rating_columns(contents: Contents) -> dict[str, Column[Rating]]:
    """Return the columns that show a rating, by their heading: those of the report."""
    annual = f"Annual Target {contents.financial_year}"
    figure = _figure_width(contents.report.ratings)
    columns: list[Column[Rating]] = [
        Column("MPR Code", 9, lambda x: Entry(x.indicator.code)),
        Column("Short Name", 26, lambda x: Entry(x.indicator.short_name)),
        Column("Aim", 15, lambda x: Entry(x.indicator.aim or "-")),
        Column("Minimise or Maximise", 11, lambda x: Entry(x.indicator.polarity.label)),
        Column("Latest Month", 9.5, lambda x: Entry(x.indicator.month)),
        Column("Month's Value", figure, lambda x: value_entry(x.indicator)),
        Column("Month's Target", figure, lambda x: amount_entry(x.indicator.target)),
        Column(annual, figure, lambda x: amount_entry(x.indicator.annual_target)),
        Column("Expected Outcome", 17, lambda x: Entry(x.outcome)),
        Column("Better or worse than last year", 11, lambda x: Entry(x.direction)),
        Column("Responsible OUs", 14.5, lambda x: Entry(ous(x))),
        Column("Comment", 44, lambda x: comment_entry(x, contents, 44)),
        Column("Managed By", 18, lambda x: Entry(x.indicator.managed_by or "-")),
        Column("Scrutiny Committee", 14, lambda x: Entry(contents.committee(x))),
    ]
    return {column.heading.replace(annual, "Annual Target"): column for column in columns}


def _figure_width(ratings: Sequence[Rating]) -> float:
    """Return the width in which every figure is whole: Excel shows ### for one that is cut."""
    figures = (
        amount.text
        for rating in ratings
        for amount in (
            rating.indicator.value,
            rating.indicator.target,
            rating.indicator.annual_target,
        )
        if amount
    )
    return max([10.0, *(len(text) + 2.5 for text in figures)])


def write_exceptions(sheet: Worksheet, contents: Contents) -> None:
    """Write the exceptions in one table, with a new page for each expected outcome."""
    names = listed((outcome.short_label.lower() for outcome in contents.outcomes), last="and")
    subtitle = f"Indicators rated {names}, by responsible OUs"
    if contents.commented:
        subtitle += "; then those on course that have a comment"
    write_title(sheet, f"Exceptions, {contents.month.label}", subtitle)
    rows = [*contents.exceptions, *contents.commented]
    columns = rating_columns(contents)
    shown = [columns[name] for name in columns if name not in ("Aim", "Managed By")]
    last = write_table(
        sheet,
        _HEADING_ROW,
        "Exceptions",
        shown,
        rows,
        group_of=lambda rating: (rating.outcome, ous(rating)),
        page_of=lambda rating: rating.outcome,
    )
    if not contents.exceptions:
        put(sheet, last + 2, 1, f"No indicator is rated {names}.", BOLD, ONE_LINE)
    set_up_page(sheet, contents, len(shown), _HEADING_ROW)
