"""The report as the exceptions workbook has it: which ratings in which section, in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kpi_cli.changes import Previous
from kpi_cli.history import Reading
from kpi_cli.insight import Insight, insights
from kpi_cli.models import EXCEPTIONS, Outcome, Rating, Report
from kpi_cli.names import fold, natural_order
from kpi_cli.periods import Period, noun_of
from kpi_cli.writing.view import by_aim, by_committee, ous

NO_COMMENT = "⚠ No comment given"


@dataclass(frozen=True)
class Sections:
    """A report, sorted into the sections of the exceptions workbook."""

    report: Report
    exceptions: tuple[Rating, ...]  # Section 1: worst first, by responsible OUs
    commented: tuple[Rating, ...]  # greens that have a comment: the end of Section 1
    outcomes: tuple[Outcome, ...]  # what counts as an exception
    made: datetime
    with_charts: bool = True
    with_spc: bool = False  # what control charts say
    with_forecast: bool = False  # where the year ends
    group: str | None = None  # the committee, aim or OUs that the workbook is for
    is_earlier: bool = False  # a report as it stood in an earlier month

    @property
    def period(self) -> Period:
        """The reporting period."""
        assert self.report.period
        return self.report.period

    @property
    def title(self) -> str:
        """The title of the report."""
        return self.report.settings.title

    def titled(self, what: str) -> str:
        """Return the title of a sheet: "Exceptions, January 2019: People Scrutiny"."""
        return f"{what}, {self.period.label}{f': {self.group}' if self.group else ''}"

    @property
    def financial_year(self) -> str:
        """The financial year of the reporting period: "2018/19"."""
        return self.period.financial_year.label

    @property
    def noun(self) -> str:
        """What the periods of its indicators are called: "quarter", or "period" where they mix."""
        return noun_of([r.indicator.period for r in self.report.ratings] or [self.period])

    def committee(self, rating: Rating) -> str:
        """Return a rating's committee under its first spelling, by which it can be filtered."""
        name = rating.indicator.committee
        return self._committees[fold(name)] if name else "-"

    @cached_property
    def _committees(self) -> dict[str, str]:
        return {fold(name): name for name in by_committee(self.report.ratings)}

    @property
    def details(self) -> dict[str, list[Rating]]:
        """The exceptions as Section 3 has them: by aim, in the report's order."""
        return by_aim(each for each in self.report.ratings if each.outcome in self.outcomes)

    def insight(self, rating: Rating) -> Insight:
        """Return what the figures of other periods say of a rating of the report."""
        return self._insights[id(rating)]

    @cached_property
    def _insights(self) -> dict[int, Insight]:
        return {id(each.rating): each for each in self.insights}

    @cached_property
    def insights(self) -> list[Insight]:
        """What the figures of other periods say of each rating, in the report's order."""
        return insights(self.report)

    def previous(self, rating: Rating) -> Previous | None:
        """Return how an indicator stood in the period just before its own; None: not known."""
        return self.insight(rating).previous

    @property
    def footer(self) -> tuple[str, str]:
        """What stands at the foot of each page, left and in the middle."""
        title = f"{self.title}: {self.group}" if self.group else self.title
        return title, self.period.label

    def periods(self, rating: Rating) -> list[Reading]:
        """Return the figures of an indicator from the start of the financial year before its own.

        Periods at the start that have none are left out, later ones are not.
        """
        return rating.series.since(rating.indicator.period.financial_year.year_before.first)

    def comment(self, rating: Rating) -> str:
        """Return a rating's comment; where there is none, what to say of that.

        A report of an earlier month has no comments: the workbook keeps those of the latest alone.
        """
        return rating.indicator.comment or ("-" if self.is_earlier else NO_COMMENT)


def named(rating: Rating, between: str = " ") -> str:
    """Return code and name of an indicator; once, where the name stands for a code too."""
    code, name = rating.indicator.code, rating.indicator.short_name
    return name if code == name else f"{code}{between}{name}"


def sections_of(
    report: Report,
    made: datetime,
    outcomes: Sequence[Outcome] = EXCEPTIONS,
    with_charts: bool = True,
    with_spc: bool = False,
    with_forecast: bool = False,
    group: str | None = None,
    is_earlier: bool = False,
) -> Sections:
    """Return a report's sections; the outcomes say what counts as an exception."""
    chosen = tuple(outcome for outcome in Outcome if outcome in outcomes)
    exceptions = [rating for rating in report.ratings if rating.outcome in chosen]
    commented = [
        rating
        for rating in report.ratings
        if rating.outcome is Outcome.ON_COURSE
        and rating.outcome not in chosen
        and rating.indicator.comment
    ]
    return Sections(
        report=report,
        exceptions=in_order(exceptions),
        commented=in_order(commented),
        outcomes=chosen,
        made=made,
        with_charts=with_charts,
        with_spc=with_spc,
        with_forecast=with_forecast,
        group=group,
        is_earlier=is_earlier,
    )


def nothing_in(report: Report, *, is_earlier: bool) -> str | None:
    """Return why a report is not worth a workbook, or None where it is.

    An earlier one is of a period that was asked for.
    """
    if not report.ratings:
        return "no indicator could be rated"
    is_empty = all(rating.outcome is Outcome.NO_VALUE for rating in report.ratings)
    if is_earlier and is_empty and report.period:
        return f"no indicator has a value for {report.period.label}"
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
