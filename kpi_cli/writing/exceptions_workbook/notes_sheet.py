"""The sheet Data notes: what readers should know of the figures, in their words.

Cells, and what to do about them, are for those who keep the workbook: `kpi check` tells them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.checks.for_readers import for_readers
from kpi_cli.insight import by_reason
from kpi_cli.models import Outcome, Problem, Rating, Severity
from kpi_cli.sentences import counted, listed, sentence
from kpi_cli.writing.excel.cells import Entry, put
from kpi_cli.writing.excel.filtered_tables import Column, write_table
from kpi_cli.writing.excel.pages import set_up_page, write_title
from kpi_cli.writing.excel.styles import BOLD, ONE_LINE
from kpi_cli.writing.excel.text import MOST_LINES, parts_of
from kpi_cli.writing.exceptions_workbook.exceptions_sheet import COMMENT_WIDTH
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import lag

NAME = "Data notes"
ALL = "All"  # what a note is about that is of no indicator alone
_HEADING_ROW = 3
_TEXT_WIDTH = 130  # of the column with the text of a note, in Excel's unit
_FEW = 6  # notes that have room on the Summary, where it is nearly all there is

# Of what bears on the ratings, the checks that tell of figures rather than of the workbook.
_OF_FIGURES = {
    "units-mixed",
    "percentage-hundredfold",
    "tolerance-doubtful",
    "red-line-far",
    "line-and-tolerance",
    "last-year-differs",
    "history-differs",
    "month-in-future",
}
_IN_A_CELL = re.compile(r" in (?:'(?:[^']|'')+'|[^\s,;:!']+)!\$?[A-Z]{1,3}\$?\d+")


class Note(NamedTuple):
    """Something that readers should know, and the code of the indicator that it is about."""

    about: str
    text: str


_COLUMNS: list[Column[Note]] = [
    Column("About", 22, lambda x: Entry(x.about, BOLD)),
    Column("What readers should know", _TEXT_WIDTH, lambda x: Entry(x.text)),
]


def write_notes(sheet: Worksheet, sections: Sections, notes: Sequence[Note]) -> None:
    """Write a table of the notes, or that there are none."""
    write_title(sheet, sections.titled(NAME), "What readers should know of the figures")
    if notes:
        write_table(sheet, _HEADING_ROW, "DataNotes", _COLUMNS, notes)
    else:
        put(sheet, _HEADING_ROW, 1, "Nothing wrong or odd was found.", alignment=ONE_LINE)
    set_up_page(sheet, sections.footer, len(_COLUMNS), _HEADING_ROW if notes else None)


def are_on_summary(sections: Sections, notes: Sequence[Note]) -> bool:
    """Whether the notes are few enough for the Summary of a workbook without exceptions."""
    return not sections.exceptions and len(notes) <= _FEW


def notes_of(sections: Sections) -> list[Note]:
    """Return what readers should know: of the whole workbook, then of each indicator."""
    report = sections.report
    notes = [*_of_errors(sections)]
    notes += (
        _of_problem(problem, report.ratings)
        for problem in report.problems
        if problem.severity is Severity.WARNING and problem.check in _OF_FIGURES
    )
    for rating in report.ratings:
        notes += _of_rating(sections, rating)
    return [*notes, *_refusals(sections)]


def _of_errors(sections: Sections) -> Iterator[Note]:
    report = sections.report
    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    if errors:
        were = "was" if errors == 1 else "were"
        text = f"{counted(errors, 'error')} {were} found in the data, which may make it incomplete."
        yield Note(ALL, text)
    for row in report.unrated:
        name = f" {row.short_name}" if row.short_name else ""
        text = f"{row.code or 'An indicator without a code'}{name} is not rated: its figures"
        yield Note(row.code or "-", f"{text} can't be read.")


def _of_problem(problem: Problem, ratings: Sequence[Rating]) -> Note:
    """Return a problem without the cells that it names."""
    text = sentence(_IN_A_CELL.sub(" elsewhere in the data", problem.message))
    codes = (rating.indicator.code for rating in ratings)
    about = [code for code in codes if re.search(rf"(?<!\w){re.escape(code)}(?![\w.])", text)]
    return Note(max(about, key=len, default=ALL), text)


def _of_rating(sections: Sections, rating: Rating) -> Iterator[Note]:
    code = rating.indicator.code
    texts = []
    if behind := lag(sections.report, rating):
        texts.append(f"{code} is rated on {behind}.")
    if rating.outcome in (Outcome.NO_VALUE, Outcome.NO_TARGET):
        texts.append(f"{code}: {rating.reason}.")
    told = for_readers(rating, sections.periods(rating), sections.report)
    texts += [sentence(text) for text in told]
    texts += _of_comment(sections, rating)
    yield from (Note(code, text) for text in texts)


def _of_comment(sections: Sections, rating: Rating) -> Iterator[str]:
    """Yield that an exception has no comment, or the whole of one that is cut on Exceptions."""
    indicator = rating.indicator
    if rating.outcome in sections.outcomes:
        if not indicator.comment and not sections.is_earlier:
            yield f"{indicator.code} is an exception and has no comment."
    elif indicator.comment and rating.outcome is Outcome.ON_COURSE:
        parts = parts_of(indicator.comment, _TEXT_WIDTH, MOST_LINES - 1)
        for part in parts if len(parts) > 1 or _is_cut(indicator.comment) else []:
            yield f"Comment of {indicator.code}: {part}"


def _is_cut(comment: str) -> bool:
    return len(parts_of(comment, COMMENT_WIDTH - 1.5, MOST_LINES - 1)) > 1


def _refusals(sections: Sections) -> Iterator[Note]:
    """Yield why there is no control chart or no forecast, each reason with all its indicators."""
    for is_shown, what, why in (
        (sections.with_spc, "control chart", lambda insight: insight.without_chart),
        (sections.with_forecast, "forecast", lambda insight: insight.without_forecast),
    ):
        for reason, of in by_reason(sections.insights if is_shown else (), why).items():
            text = f"No {what} of {listed(of, last='and')}: {reason}."
            for part in parts_of(text, _TEXT_WIDTH, MOST_LINES):
                yield Note(f"{what.capitalize()}s", part)
