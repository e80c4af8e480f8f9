"""The sheet Exceptions, Section 1 of the report: red, amber, then greens that have a comment."""

from collections.abc import Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.amounts import Target
from kpi_cli.models import Indicator, Rating
from kpi_cli.names import listed
from kpi_cli.writing.excel.cells import Entry, put
from kpi_cli.writing.excel.filtered_tables import Column, write_table
from kpi_cli.writing.excel.pages import set_up_page, write_title
from kpi_cli.writing.excel.styles import BODY, BOLD, FIGURE, MISSING, ONE_LINE, font
from kpi_cli.writing.excel.text import MOST_LINES, parts_of
from kpi_cli.writing.exceptions_workbook.sections import NO_COMMENT, Sections
from kpi_cli.writing.view import ous

NAME = "Exceptions"
_HEADING_ROW = 4


def look_of_comment(comment: str) -> Font:
    """Return how a comment looks: one that is missing stands out."""
    return font(bold=True, colour=MISSING) if comment == NO_COMMENT else BODY


def rating_columns(sections: Sections) -> dict[str, Column[Rating]]:
    """Return the columns that show a rating, by their heading: those of the report."""
    annual = f"Annual Target {sections.financial_year}"
    figure = _figure_width(sections.report.ratings)
    columns: list[Column[Rating]] = [
        Column("MPR Code", 9, lambda x: Entry(x.indicator.code)),
        Column("Short Name", 26, lambda x: Entry(x.indicator.short_name)),
        Column("Aim", 15, lambda x: Entry(x.indicator.aim or "-")),
        Column("Minimise or Maximise", 11, lambda x: Entry(x.indicator.polarity.label)),
        Column("Latest Month", 9.5, lambda x: Entry(x.indicator.month)),
        Column("Month's Value", figure, lambda x: _value(x.indicator)),
        Column("Month's Target", figure, lambda x: _amount(x.indicator.target)),
        Column(annual, figure, lambda x: _amount(x.indicator.annual_target)),
        Column("Expected Outcome", 17, lambda x: Entry(x.outcome)),
        Column("Better or worse than last year", 11, lambda x: Entry(x.direction)),
        Column("Responsible OUs", 14.5, lambda x: Entry(ous(x))),
        Column("Comment", 44, lambda x: _comment(x, sections, 44)),
        Column("Managed By", 18, lambda x: Entry(x.indicator.managed_by or "-")),
        Column("Scrutiny Committee", 14, lambda x: Entry(sections.committee(x))),
    ]
    return {column.heading.replace(annual, "Annual Target"): column for column in columns}


def _amount(amount: Target | None) -> Entry:
    return Entry(amount or "-", alignment=FIGURE)


def _value(indicator: Indicator) -> Entry:
    return Entry(indicator.value or indicator.no_value_text or "-", alignment=FIGURE)


def _comment(rating: Rating, sections: Sections, width: float) -> Entry:
    """Return a comment as far as a row of this width can show it, and where it goes on."""
    comment = sections.comment(rating)
    first, *others = parts_of(comment, width, MOST_LINES - 1)
    where = "Detail" if rating.outcome in sections.outcomes else "Data notes"
    text = f"{first} … (the whole of it is on {where})" if others else first
    return Entry(text, look_of_comment(comment))


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


def write_exceptions(sheet: Worksheet, sections: Sections) -> None:
    """Write the exceptions in one table, with a new page for each expected outcome."""
    names = listed((outcome.short_label.lower() for outcome in sections.outcomes), last="and")
    subtitle = f"Indicators rated {names}, by responsible OUs"
    if sections.commented:
        subtitle += "; then those on course that have a comment"
    write_title(sheet, f"Exceptions, {sections.month.label}", subtitle)
    rows = [*sections.exceptions, *sections.commented]
    columns = rating_columns(sections)
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
    if not sections.exceptions:
        put(sheet, last + 2, 1, f"No indicator is rated {names}.", BOLD, ONE_LINE)
    set_up_page(sheet, sections.footer, len(shown), _HEADING_ROW)
