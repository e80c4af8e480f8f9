"""What the exceptions workbook holds: which ratings, in which order, and the notes on the data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kpi_cli.models import EXCEPTIONS, Outcome, Problem, Rating, Report
from kpi_cli.months import Month
from kpi_cli.names import fold, natural_order
from kpi_cli.past import History, Point, series_of
from kpi_cli.writing.view import lag, ous


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

    @property
    def month(self) -> Month:
        """The reporting month."""
        assert self.report.month
        return self.report.month

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.report.settings.report_title or "Performance indicators"

    @property
    def financial_year(self) -> str:
        """The financial year of the reporting month: "2018/19"."""
        return self.month.financial_year(self.report.settings.financial_year_starts)

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
    )


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
        problem.severity.value.title(), problem.cell or "", _sentence(problem.message), problem.hint
    )


def _rating_notes(contents: Contents, rating: Rating) -> Iterable[Note]:
    indicator = rating.indicator
    if behind := lag(contents.report, rating):
        text = f"{indicator.code} is rated on {behind}."
        yield Note("Note", indicator.place.cell("month"), text, "Give the latest value.")
    if rating.outcome is Outcome.NO_VALUE:
        cell = indicator.place.cell("value")
        yield Note("Note", cell, f"{indicator.code}: {rating.reason}.", "Give the value.")
    if rating.outcome is Outcome.NO_TARGET:
        cell = indicator.place.cell("target")
        yield Note("Note", cell, f"{indicator.code}: {rating.reason}.", "Give a target.")
    if rating.outcome in contents.outcomes and not indicator.comment:
        cell = indicator.place.cell("comment")
        text = f"{indicator.code} is an exception and has no comment."
        yield Note("Note", cell, text, "Say why, and what is being done.")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
