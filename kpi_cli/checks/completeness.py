"""Checks of what an exception has beside its figures: comment, year, what was published."""

import re
from collections.abc import Iterator

from kpi_cli.checks.base import Data, Finding, says_nothing
from kpi_cli.models import EXCEPTIONS
from kpi_cli.period_words import parse_month
from kpi_cli.published import compare_published

_YEAR = r"(?i)(?:fy ?)?((?:19|20)\d\d)(?: ?[/\-–] ?(?:\d\d|(?:19|20)\d\d))?"
_DATE = r"((?:19|20)\d\d)-\d\d-\d\d"
_RUN_TOGETHER = r"((?:19|20)\d\d)(\d\d)"


def year_is_none(data: Data) -> Iterator[Finding]:
    """A year introduced that is no year, such as 200809, or one that is still to come."""
    for indicator in data.workbook.indicators:
        text = indicator.year_introduced
        if text is None or says_nothing(text):
            continue
        year = _year_of(text)
        if year is None:
            message = f'the year introduced of {indicator.code}, "{text}", is no year'
            yield Finding(indicator.place.cell("year_introduced"), message, _hint(text))
        elif year > data.today.year:
            message = f"the year introduced of {indicator.code}, {text}, is still to come"
            yield Finding(indicator.place.cell("year_introduced"), message, "Correct the year.")


def year_missing(data: Data) -> Iterator[Finding]:
    """An exception (red or amber) without a year introduced, where other exceptions have it.

    The page of an exception gives the year.
    """
    exceptions = [r.indicator for r in data.report.ratings if r.outcome in EXCEPTIONS]
    lacking = [i for i in exceptions if says_nothing(i.year_introduced)]
    for indicator in lacking if len(lacking) < len(exceptions) else ():
        yield Finding(
            indicator.place.cell("year_introduced"),
            f"{indicator.code} is an exception without a year introduced, which others have",
            "Give the year, such as 2016.",
        )


def comment_missing(data: Data) -> Iterator[Finding]:
    """An exception (red or amber) without a comment that explains it."""
    lacking = [
        rating
        for rating in data.report.ratings
        if rating.outcome in EXCEPTIONS and says_nothing(rating.indicator.comment)
    ]
    without_column = []
    for rating in lacking:
        indicator = rating.indicator
        if "comment" not in indicator.place.columns:
            without_column.append(indicator)
            continue
        yield Finding(
            indicator.place.cell("comment"),
            f'{indicator.code} is an exception, "{rating.outcome.label}", and has no comment',
            "Say why, and what is being done.",
        )
    if without_column:
        first, *others = without_column
        are = "is" if len(others) == 1 else "are"
        yield Finding(
            first.place.cell("code"),
            f"there is no column Comment, and {first.code} is an exception"
            + (f", as {are} {len(others)} more" if others else ""),
            "Add a column Comment; say there why, and what is being done.",
        )


def published_differs(data: Data) -> Iterator[Finding]:
    """An expected outcome or a direction in the workbook that isn't the computed one."""
    for pair in compare_published(data.report).differences:
        yield Finding(
            pair.cell,
            f'{pair.rating.indicator.code}: the {pair.what} is "{pair.computed.label}", and'
            f' "{pair.published.label}" was published: {pair.reason}',
            "Correct what is published, or the figures and the polarity that it goes by.",
        )


def year_told(text: str | None) -> str | None:
    """Return the year introduced as readers have it, 2008/09 for 200809; None where it is none."""
    if text is None:
        return None
    found = re.fullmatch(_RUN_TOGETHER, text)
    if found and int(found[2]) == (int(found[1]) + 1) % 100:
        return f"{found[1]}/{found[2]}"
    return text if _year_of(text) else None


def _year_of(text: str) -> int | None:
    found = re.fullmatch(_YEAR, text) or re.fullmatch(_DATE, text)
    if found:
        return int(found[1])
    month = None if re.fullmatch(_RUN_TOGETHER, text) else parse_month(text)
    return month.year if month else None


def _hint(text: str) -> str:
    found = re.fullmatch(_RUN_TOGETHER, text)
    if found and int(found[2]) == (int(found[1]) + 1) % 100:
        return f"If {found[1]}/{found[2]} is meant, write it so."
    return "Write a year such as 2016, or 2016/17."
