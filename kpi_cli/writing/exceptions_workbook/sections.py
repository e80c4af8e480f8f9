"""What the exceptions workbook holds: which ratings, in which order, and the notes on the data."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kpi_cli.history import History, Point, series_of
from kpi_cli.models import EXCEPTIONS, Outcome, Problem, Rating, Report
from kpi_cli.names import fold, natural_order
from kpi_cli.periods import Month
from kpi_cli.writing.excel.text import MOST_LINES, parts_of
from kpi_cli.writing.view import by_committee, lag, ous, sentence

NOTE_WIDTH = 65  # of the column with the text of a note, in Excel's unit


@dataclass(frozen=True)
class Note:
    """A line of the data notes: a problem, or something that readers should know."""

    kind: str  # Error, Warning or Note
    cell: str
    text: str
    hint: str


@dataclass(frozen=True)
class Contents:
    """A report, sorted into the sections of the exceptions workbook."""

    report: Report
    history: History
    exceptions: tuple[Rating, ...]  # Section 1 and 3: worst first, by responsible OUs
    commented: tuple[Rating, ...]  # greens that have a comment: the end of Section 1
    outcomes: tuple[Outcome, ...]  # what counts as an exception
    made: datetime
    with_charts: bool = True
    group: str | None = None  # the committee, aim or OUs that the workbook is for
    is_earlier: bool = False  # a report as it stood in an earlier month

    @property
    def month(self) -> Month:
        """The reporting month."""
        assert self.report.month
        return self.report.month

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.report.settings.title

    @property
    def financial_year(self) -> str:
        """The financial year of the reporting month: "2018/19"."""
        return self.month.financial_year(self.report.settings.financial_year_starts)

    def committee(self, rating: Rating) -> str:
        """Return a rating's committee under its first spelling, by which it can be filtered."""
        name = rating.indicator.committee
        return self._committees[fold(name)] if name else "-"

    @cached_property
    def _committees(self) -> dict[str, str]:
        return {fold(name): name for name in by_committee(self.report.ratings)}

    def series(self, rating: Rating) -> list[Point]:
        """Return the months of an indicator from the start of last financial year on."""
        return series_of(rating.indicator, self.history, self.report.settings)


def contents_of(
    report: Report,
    history: History,
    made: datetime,
    outcomes: Sequence[Outcome] = EXCEPTIONS,
    with_charts: bool = True,
    group: str | None = None,
    is_earlier: bool = False,
) -> Contents:
    """Return a report's contents; the outcomes say what counts as an exception."""
    chosen = tuple(outcome for outcome in Outcome if outcome in outcomes)
    exceptions = [rating for rating in report.ratings if rating.outcome in chosen]
    commented = [
        rating
        for rating in report.ratings
        if rating.outcome is Outcome.ON_COURSE
        and rating.outcome not in chosen
        and rating.indicator.comment
    ]
    return Contents(
        report=report,
        history=history,
        exceptions=in_order(exceptions),
        commented=in_order(commented),
        outcomes=chosen,
        made=made,
        with_charts=with_charts,
        group=group,
        is_earlier=is_earlier,
    )


def nothing_in(report: Report, month: Month | None) -> str | None:
    """Return why a report is not worth a workbook, or None where it is.

    The month is the earlier one that was asked for, if any.
    """
    if not report.ratings:
        return "no indicator could be rated"
    if month and all(rating.outcome is Outcome.NO_VALUE for rating in report.ratings):
        return f"no indicator has a value for {month.label}"
    return None


def in_order(ratings: Iterable[Rating]) -> tuple[Rating, ...]:
    """Return ratings worst first, then by responsible OUs, then by code: the report's order."""
    worst_first = list(Outcome)
    return tuple(
        sorted(
            ratings,
            key=lambda rating: (
                worst_first.index(rating.outcome),
                fold(ous(rating)),
                natural_order(rating.indicator.code),
            ),
        )
    )


_KINDS = ("Error", "Warning", "Note")


def notes_of(contents: Contents) -> list[Note]:
    """Return the problems of the workbook, and what readers should know of the figures."""
    notes = [_problem_note(problem) for problem in contents.report.problems]
    for rating in contents.report.ratings:
        notes += _rating_notes(contents, rating)
    return sorted(notes, key=lambda note: _KINDS.index(note.kind))


def _problem_note(problem: Problem) -> Note:
    return Note(
        problem.severity.value.title(), problem.cell or "", sentence(problem.message), problem.hint
    )


def _rating_notes(contents: Contents, rating: Rating) -> Iterator[Note]:
    indicator = rating.indicator
    where = indicator.place.cell

    def note(field: str, text: str, hint: str) -> Note:
        history = f"Add {indicator.code}, {indicator.month.label}, to the history."
        return Note("Note", where(field), text, history if contents.is_earlier else hint)

    if behind := lag(contents.report, rating):
        yield note("month", f"{indicator.code} is rated on {behind}.", "Give the latest value.")
    if rating.outcome is Outcome.NO_VALUE:
        yield note("value", f"{indicator.code}: {rating.reason}.", "Give the value.")
    if rating.outcome is Outcome.NO_TARGET:
        yield note("target", f"{indicator.code}: {rating.reason}.", "Give a target.")
    yield from _comment_notes(contents, rating)


def _comment_notes(contents: Contents, rating: Rating) -> Iterator[Note]:
    """Yield that an exception has no comment, or the whole of one that is cut on Exceptions."""
    indicator, cell = rating.indicator, rating.indicator.place.cell("comment")
    if rating.outcome in contents.outcomes:
        if not indicator.comment and not contents.is_earlier:
            text = f"{indicator.code} is an exception and has no comment."
            yield Note("Note", cell, text, "Say why, and what is being done.")
    elif indicator.comment and rating.outcome is Outcome.ON_COURSE:
        parts = parts_of(indicator.comment, NOTE_WIDTH, MOST_LINES - 1)
        for part in parts if len(parts) > 1 else []:
            yield Note("Note", cell, f"Comment of {indicator.code}: {part}", "-")
