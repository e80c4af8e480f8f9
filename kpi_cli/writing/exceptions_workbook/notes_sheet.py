"""The sheet Data notes: the problems of the workbook and what readers should know, with cells."""

from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.insight import by_reason
from kpi_cli.models import Outcome, Problem, Rating
from kpi_cli.sentences import listed, sentence
from kpi_cli.writing.excel.cells import Entry, put
from kpi_cli.writing.excel.filtered_tables import Column, write_table
from kpi_cli.writing.excel.pages import set_up_page, write_title
from kpi_cli.writing.excel.styles import BODY, BOLD, ONE_LINE, font
from kpi_cli.writing.excel.text import MOST_LINES, parts_of
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import lag

NAME = "Data notes"
_HEADING_ROW = 4
_KINDS = ("Error", "Warning", "Note")


@dataclass(frozen=True)
class Note:
    """A line of the data notes: a problem, or something that readers should know."""

    kind: str  # Error, Warning or Note
    cell: str
    text: str
    hint: str


_COLOURS = {"Error": font(bold=True, colour="8F1414"), "Warning": BOLD, "Note": BODY}
_TEXT_WIDTH = 65  # of the column with the text of a note, in Excel's unit
_COLUMNS: list[Column[Note]] = [
    Column("Kind", 11, lambda x: Entry(x.kind, _COLOURS[x.kind])),
    Column("Cell", 22, lambda x: Entry(x.cell or "-")),
    Column("What was found", _TEXT_WIDTH, lambda x: Entry(x.text)),
    Column("What to do", 50, lambda x: Entry(x.hint)),
]


def write_notes(sheet: Worksheet, sections: Sections) -> None:
    """Write a table of the notes, or that there are none."""
    notes = notes_of(sections)
    write_title(sheet, "Data notes", f"What was found in {sections.report.workbook}")
    last = write_table(
        sheet, _HEADING_ROW, "DataNotes", _COLUMNS, notes, group_of=lambda note: note.kind
    )
    if not notes:
        put(sheet, last + 1, 1, "Nothing wrong or odd was found.", alignment=ONE_LINE)
    set_up_page(sheet, sections.footer, len(_COLUMNS), _HEADING_ROW)


def notes_of(sections: Sections) -> list[Note]:
    """Return the problems of the workbook, and what readers should know of the figures."""
    notes = [_problem_note(problem) for problem in sections.report.problems]
    for rating in sections.report.ratings:
        notes += _rating_notes(sections, rating)
    notes += _refusals(sections)
    return sorted(notes, key=lambda note: _KINDS.index(note.kind))


def _refusals(sections: Sections) -> Iterator[Note]:
    """Yield why there is no control chart or no forecast, each reason with all its indicators."""
    for is_shown, what, why in (
        (sections.with_spc, "control chart", lambda insight: insight.without_chart),
        (sections.with_forecast, "forecast", lambda insight: insight.without_forecast),
    ):
        for reason, of in by_reason(sections.insights if is_shown else (), why).items():
            text = f"No {what} of {listed(of, last='and')}: {reason}."
            for part in parts_of(text, _TEXT_WIDTH, MOST_LINES):
                yield Note("Note", "", part, "-")


def _problem_note(problem: Problem) -> Note:
    return Note(
        problem.severity.value.title(), problem.cell or "", sentence(problem.message), problem.hint
    )


def _rating_notes(sections: Sections, rating: Rating) -> Iterator[Note]:
    indicator = rating.indicator
    where = indicator.place.cell

    def note(field: str, text: str, hint: str) -> Note:
        history = f"Add {indicator.code}, {indicator.period.label}, to the history."
        return Note("Note", where(field), text, history if sections.is_earlier else hint)

    if behind := lag(sections.report, rating):
        yield note("period", f"{indicator.code} is rated on {behind}.", "Give the latest value.")
    if rating.outcome is Outcome.NO_VALUE:
        yield note("value", f"{indicator.code}: {rating.reason}.", "Give the value.")
    if rating.outcome is Outcome.NO_TARGET:
        yield note("target", f"{indicator.code}: {rating.reason}.", "Give a target.")
    yield from _comment_notes(sections, rating)


def _comment_notes(sections: Sections, rating: Rating) -> Iterator[Note]:
    """Yield that an exception has no comment, or the whole of one that is cut on Exceptions."""
    indicator, cell = rating.indicator, rating.indicator.place.cell("comment")
    if rating.outcome in sections.outcomes:
        if not indicator.comment and not sections.is_earlier:
            text = f"{indicator.code} is an exception and has no comment."
            yield Note("Note", cell, text, "Say why, and what is being done.")
    elif indicator.comment and rating.outcome is Outcome.ON_COURSE:
        parts = parts_of(indicator.comment, _TEXT_WIDTH, MOST_LINES - 1)
        for part in parts if len(parts) > 1 else []:
            yield Note("Note", cell, f"Comment of {indicator.code}: {part}", "-")
