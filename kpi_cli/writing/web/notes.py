"""The notes on the data for those who read the report: no cell, and nothing that they should do."""

from collections.abc import Iterable, Iterator

from kpi_cli.insight import by_reason
from kpi_cli.models import Outcome, Rating, Severity
from kpi_cli.sentences import counted, listed
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import lag
from kpi_cli.writing.web.item import called


def notes_of(sections: Sections) -> list[str]:
    """Return what readers should know of the figures, a sentence or two each."""
    return [
        *_without_value(sections),
        *_late(sections),
        *_without_target(sections),
        *_marked(sections.report.ratings),
        *_without_comment(sections),
        *_not_rated(sections),
        *_refused(sections),
    ]


def _codes(ratings: Iterable[Rating]) -> str:
    return listed((called(rating.indicator) for rating in ratings), last="and")


def _without_value(sections: Sections) -> Iterator[str]:
    """Yield for which indicators there is no figure, and what stands in its place."""
    by_words: dict[str | None, list[Rating]] = {}
    for rating in sections.report.ratings:
        if rating.outcome is Outcome.NO_VALUE:
            by_words.setdefault(rating.indicator.no_value_text, []).append(rating)
    when = f" for {sections.period.label}" if sections.is_earlier else " yet"
    for words, ratings in by_words.items():
        said = f': the workbook says "{words}"' if words else ""
        yield f"There is no figure{when} for {_codes(ratings)}{said}."


def _late(sections: Sections) -> Iterator[str]:
    for rating in sections.report.ratings:
        if behind := lag(sections.report, rating):
            yield f"The latest figure of {called(rating.indicator)} is of {behind}."


def _without_target(sections: Sections) -> Iterator[str]:
    found = [each for each in sections.report.ratings if each.outcome is Outcome.NO_TARGET]
    if found:
        yield f"There is no target for {_codes(found)}, so that nothing tells how that goes."


def _marked(ratings: Iterable[Rating]) -> Iterator[str]:
    """Yield which figures the workbook marks: "prov", "kg"."""
    by_mark: dict[str, list[Rating]] = {}
    for rating in ratings:
        if mark := rating.indicator.value_note:
            by_mark.setdefault(mark, []).append(rating)
    for mark, marked in by_mark.items():
        what = "The figure" if len(marked) == 1 else "The figures"
        yield f'{what} of {_codes(marked)} {"is" if len(marked) == 1 else "are"} marked "{mark}".'


def _without_comment(sections: Sections) -> Iterator[str]:
    """Yield which exceptions have no comment; an earlier report's are not kept."""
    if sections.is_earlier:
        yield "Comments are those of the latest report alone, so that there are none here."
        return
    found = [each for each in sections.exceptions if not each.indicator.comment]
    if found:
        yield f"No comment was given on {_codes(found)}."


def _not_rated(sections: Sections) -> Iterator[str]:
    """Yield what could not be read; what is wrong with it is for those who keep the workbook."""
    report = sections.report
    if rows := report.unrated:
        codes = [row.code for row in rows if row.code]
        named = f": {listed(codes, last='and')}" if codes else ""
        many = counted(len(rows), "indicator")
        has = "is" if len(rows) == 1 else "are"
        yield f"{many} could not be read and {has} not in this report{named}."
    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    if errors:
        yield f"{counted(errors, 'error')} in the workbook had not been mended when this was made."
    if others := len(report.problems) - errors:
        things = "thing" if others == 1 else "things"
        yield f"The workbook was checked, and {others} {things} in it may be worth a second look."


def _refused(sections: Sections) -> Iterator[str]:
    """Yield why there is no control chart or no forecast, each reason with all its indicators."""
    names = {each.indicator.code: called(each.indicator) for each in sections.report.ratings}
    for is_shown, what, why in (
        (sections.with_spc, "control chart", lambda insight: insight.without_chart),
        (sections.with_forecast, "forecast", lambda insight: insight.without_forecast),
    ):
        for reason, of in by_reason(sections.insights if is_shown else (), why).items():
            named = listed((names[code] for code in of), last="and")
            yield f"There is no {what} of {named}: {reason}."
