"""The sheet Exceptions, Section 1 of the report: red, amber, then greens that have a comment."""

from collections.abc import Callable, Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.amounts import Target, Value
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Indicator, Rating
from kpi_cli.sentences import listed
from kpi_cli.writing.excel.cells import Entry
from kpi_cli.writing.excel.filtered_tables import Column, write_table
from kpi_cli.writing.excel.pages import set_up_page, write_title
from kpi_cli.writing.excel.styles import BODY, FIGURE, MISSING, font
from kpi_cli.writing.excel.text import MOST_LINES, parts_of
from kpi_cli.writing.exceptions_workbook.insight_columns import was_column
from kpi_cli.writing.exceptions_workbook.sections import NO_COMMENT, Sections
from kpi_cli.writing.view import ous

NAME = "Exceptions"
_HEADING_ROW = 3
COMMENT_WIDTH = 53  # in Excel's unit
_INDENT = 1.5  # of a cell
_LONGEST_ON_ONE_LINE = 8  # characters in place of a value; others wrap


def look_of_comment(comment: str) -> Font:
    """Return how a comment looks: one that is missing stands out."""
    return font(bold=True, colour=MISSING) if comment == NO_COMMENT else BODY


def rating_columns(sections: Sections) -> dict[str, Column[Rating]]:
    """Return the columns that show a rating, by the keys of their fields."""
    figure = _figure_width(sections.report.ratings)
    entries: dict[str, tuple[float, Callable[[Rating], Entry]]] = {
        "code": (_code_width(sections.report.ratings), lambda x: Entry(x.indicator.code)),
        "short_name": (31, lambda x: Entry(x.indicator.short_name)),
        "aim": (15, lambda x: Entry(x.indicator.aim or "-")),
        "polarity": (11, lambda x: Entry(x.indicator.polarity.label)),
        "period": (_period_width(sections.report.ratings), lambda x: Entry(x.indicator.period)),
        "value": (figure, lambda x: _value(x.indicator)),
        "target": (figure, lambda x: _amount(x.indicator.target)),
        "annual_target": (figure, lambda x: _amount(x.indicator.annual_target)),
        "published_outcome": (17, lambda x: Entry(x.outcome)),
        "published_direction": (11, lambda x: Entry(x.direction)),
        "responsible_ous": (14.5, lambda x: Entry(ous(x))),
        "comment": (COMMENT_WIDTH, lambda x: _comment(x, sections)),
        "managed_by": (18, lambda x: Entry(x.indicator.managed_by or "-")),
        "committee": (14, lambda x: Entry(sections.committee(x))),
    }
    years = {"annual_target": f" {sections.financial_year}"}
    columns = {
        key: Column(_heading(key, sections.noun) + years.get(key, ""), width, entry)
        for key, (width, entry) in entries.items()
    }
    place = list(columns).index("published_outcome") + 1
    before, after = list(columns.items())[:place], list(columns.items())[place:]
    return {**dict(before), "was": was_column(sections), **dict(after)}


def _heading(key: str, noun: str) -> str:
    """Return the heading of a field as it is called beside periods of this name."""
    return INDICATOR_FIELDS[key].heading.replace("Month", noun.capitalize())


def _code_width(ratings: Sequence[Rating]) -> float:
    """Return the width in which codes are on one line, or on few where names stand for them."""
    longest = max((len(rating.indicator.code) for rating in ratings), default=0)
    return min(20.0, max(9.0, longest + 3.0))


def _period_width(ratings: Sequence[Rating]) -> float:
    """Return the width in which "Q3 2018/19" is on one line, where there are such periods."""
    return 10.5 if all(rating.indicator.period.length == 1 for rating in ratings) else 12.5


def _amount(amount: Target | None) -> Entry:
    return Entry(amount or "-", alignment=FIGURE)


def _value(indicator: Indicator) -> Entry:
    text = indicator.no_value_text or "-"
    if indicator.value or len(text) <= _LONGEST_ON_ONE_LINE:
        return Entry(indicator.value or text, alignment=FIGURE)
    return Entry(text)


def _comment(rating: Rating, sections: Sections) -> Entry:
    """Return a comment as far as a row can show it, and where it goes on."""
    comment = sections.comment(rating)
    if comment == NO_COMMENT and rating.outcome not in sections.outcomes:
        return Entry("-")
    first, *others = parts_of(comment, COMMENT_WIDTH - _INDENT, MOST_LINES - 1)
    where = "Detail" if rating.outcome in sections.outcomes else "Data notes"
    text = f"{first} … (the whole of it is on {where})" if others else first
    return Entry(text, look_of_comment(comment))


def _figure_width(ratings: Sequence[Rating]) -> float:
    """Return the width in which every figure is whole: Excel shows ### for one that is cut."""
    figures = (
        amount.shown(amount.number) if isinstance(amount, Value) else amount.text
        for rating in ratings
        for amount in (
            rating.indicator.value,
            rating.indicator.target,
            rating.indicator.annual_target,
        )
        if amount
    )
    return max([10.5, *(len(text) + 4 for text in figures)])


def write_exceptions(sheet: Worksheet, sections: Sections) -> None:
    """Write the exceptions in one table, worst first."""
    names = listed((outcome.short_label.lower() for outcome in sections.outcomes), last="and")
    subtitle = f"Indicators rated {names}, by responsible OUs"
    if sections.commented:
        subtitle += "; then those on course that have a comment"
    write_title(sheet, sections.titled("Exceptions"), subtitle)
    rows = [*sections.exceptions, *sections.commented]
    columns = rating_columns(sections)
    shown = [column for key, column in columns.items() if key not in ("aim", "managed_by")]
    write_table(
        sheet,
        _HEADING_ROW,
        "Exceptions",
        shown,
        rows,
        group_of=lambda rating: (rating.outcome, ous(rating)),
    )
    set_up_page(sheet, sections.footer, len(shown), _HEADING_ROW)
