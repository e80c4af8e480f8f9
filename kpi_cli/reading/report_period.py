"""The period of a table whose rows don't tell it: from its headings, a title, a sheet or a file."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import PurePath
from typing import NamedTuple

from kpi_cli.addresses import quoted_sheet
from kpi_cli.models import Problem
from kpi_cli.period_words import find_periods
from kpi_cli.periods import Period, UnclearPeriod, YearlessPeriod, financial_year_ending
from kpi_cli.reading.heading_words import named_field
from kpi_cli.reading.problems import error, warning
from kpi_cli.sentences import counted
from kpi_cli.xlsx.sheet import Cell

# Lines and dates that say when something was done, and not what it is about.
_WHEN_DONE = re.compile(
    r"\b(generated|printed|produced|prepared|created|run|extracted|published|updated|refreshed"
    r"|agenda|key|notes?|source|report date|date of report|due|deadline|submitted"
    r"|next (?:update|report|review))\b",
    re.IGNORECASE,
)
_MEETING = re.compile(r"\b(meeting|committee|cabinet|board|panel|council)\b", re.IGNORECASE)
_DAY = r"(?i)\b\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b"
# Dates that a group's aim is to be reached by, and years that a plan is named after.
_DEADLINE = re.compile(r"\b(by|until|till|before|since|after)\b", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(plans?|strateg(?:y|ies)|visions?|programmes?|projects?|priorit(?:y|ies)|aims?|objectives?"
    r"|goals?|outcomes?|ambitions?|promises?|pledges?|commitments?|themes?|budgets?)\b",
    re.IGNORECASE,
)
_MOST_CHARACTERS = 300
_MOST_WORDS = 8  # of a group's name, beside the period
LONGEST = 12  # months of a period


class Told(NamedTuple):
    """A period, where it was found (the cell, if it was one), and that in words."""

    period: Period
    cell: Cell
    where: str


def told_by_lines(lines: Iterable[Cell], year_starts: int) -> Told | None:
    """Return the period that lines above a table name, the highest first; None where none does.

    What one line says of another's year counts: "2018/19" above "Quarter 3".
    """
    cells = [cell for cell in lines if isinstance(cell.value, str)]
    cells = [cell for cell in cells if not _tells_a_day(str(cell.value)[:_MOST_CHARACTERS])]
    texts = [" ".join(str(cell.value).split()) for cell in cells]
    found = _only(find_periods(" – ".join(texts)[:_MOST_CHARACTERS], year_starts).meanings)
    if found is None:
        return None
    cell = next((c for c, t in zip(cells, texts, strict=True) if _names(t, found)), cells[0])
    return Told(found, cell, f"the title in {cell.address.rpartition('!')[2]}")


def told_by_group(cell: Cell, year_starts: int, around: Told | None) -> Told | None:
    """Return the period that a group's row tells of the rows below it, or None.

    What lacks its year has that of what is told around. A longer period that the one around is
    within says nothing else: "2024/25" above the rows of Q2 2024/25.
    """
    text = " ".join(str(cell.value).split())[:_MOST_CHARACTERS]
    found = find_periods(text, year_starts)
    if _tells_a_day(text) or _DEADLINE.search(text) or _is_prose(text, found.rest):
        return None
    meanings = found.meanings
    if around:
        meanings = tuple(
            each.with_year(around.period) if isinstance(each, YearlessPeriod) else each
            for each in meanings
        )
    period = _only(meanings)
    if period is None or (period.length == LONGEST and _PLAN.search(text)):
        return None
    if around and _goes_round(period, around.period):
        return None
    return Told(period, cell, f"the group in {cell.address.rpartition('!')[2]}")


def _is_prose(text: str, rest: str) -> bool:
    """Whether a text is a comment that speaks of a period, and no title that names it."""
    is_sentence = text.endswith((".", "!", "?")) or len(rest.split()) > _MOST_WORDS
    return is_sentence or named_field(text.partition(":")[0]) == "comment"


def _goes_round(period: Period, other: Period) -> bool:
    """Whether a period is the other, a year around it, or goes on when the other has ended."""
    is_longer = period.length == LONGEST or period.last > other.last
    return period == other or (is_longer and period.first <= other.first <= period.last)


def _tells_a_day(text: str) -> bool:
    """Whether a line says when something was done, or the day of a meeting."""
    is_meeting = _MEETING.search(text) is not None and re.search(_DAY, text) is not None
    return is_meeting or _WHEN_DONE.search(text) is not None


def told_by_name(name: str, kind: str, cell: Cell, year_starts: int) -> Told | None:
    """Return the period that the name of a sheet or a file names, or None."""
    stem = PurePath(name).stem if kind == "file" else name
    found = _only(find_periods(stem, year_starts, is_name=True).meanings)
    shown = quoted_sheet(name) if kind == "sheet" else f'"{name}"'
    return Told(found, cell, f"the {kind}'s name, {shown}") if found else None


def with_parts(told: list[Told], parts: Iterable[Told | None]) -> list[Told]:
    """Return what is told, with what only names a part of a year before the year itself.

    "Report 2018/19" on a sheet "Q2" is of Q2 2018/19. The parts' periods are of any year.
    """
    if not told or told[0].period.length < LONGEST:
        return told
    year = told[0]
    for part in parts:
        if part is not None:
            number = YearlessPeriod(part.period.last.number, part.period.length)
            where = f"{part.where}, and {year.where}"
            return [Told(number.with_year(year.period), part.cell, where), *told]
    return told


def part_named(name: str, kind: str, cell: Cell, year_starts: int) -> Told | None:
    """Return the part of a year that a sheet or a file is named by, in any year; or None."""
    stem = PurePath(name).stem if kind == "file" else name
    found = [*find_periods(stem, year_starts, is_name=True).meanings]
    if len(found) != 1 or not isinstance(found[0], YearlessPeriod):
        return None
    shown = quoted_sheet(name) if kind == "sheet" else f'"{name}"'
    any_year = found[0].with_year(financial_year_ending(2001, year_starts))
    return Told(any_year, cell, f"the {kind}'s name, {shown}")


def contradictions(told: list[Told]) -> Iterator[Problem]:
    """Yield an error where the title and the sheet's name are of periods that exclude each other.

    A file may be named by the day on which it was saved: that is a warning.
    """
    for first, other in pairwise(told):
        if _go_together(first.period, other.period):
            continue
        message = (
            f"{first.where} says {first.period.label}, and {other.where} says"
            f" {other.period.label}; {first.period.label} counts"
        )
        hint = "Correct the one that is wrong, or say which it is: --period."
        tell = warning if other.where.startswith("the file") else error
        yield tell(first.cell, message, hint)


def headed_otherwise(
    headed: Told,
    told: Iterable[Told],
    hint: str = "Correct the one that is wrong, or say which it is: --period.",
) -> Iterator[Problem]:
    """Yield what is wrong where the only heading of values is of another time than what is around.

    A later period of its length has ended: that is an error. A year's figure may be the newest
    there is: a warning. Last quarter's, in a month's report, is as it should be.
    """
    for other in told:
        is_later = headed.period.last > other.period.last and not _go_together(
            *_periods(headed, other)
        )
        is_late = headed.period.is_late(other.period)
        is_of_a_year = headed.period.length == 12 and not _go_together(*_periods(headed, other))
        if is_late or is_later or is_of_a_year:
            message = (
                f"{headed.where} says {headed.period.label}, and {other.where} says"
                f" {other.period.label}; {headed.period.label} counts, and the ratings may be wrong"
            )
            yield (error if is_late or is_later else warning)(headed.cell, message, hint)
            return


def grouped_otherwise(grouped: Told, around: Told) -> Iterator[Problem]:
    """Yield what is wrong where a group is of another time than what is told around it."""
    if not _go_together(grouped.period, around.period):
        hint = (
            "Correct the one that is wrong; where both are right, give each row its own period, in"
            ' a column "Period".'
        )
        yield from headed_otherwise(grouped, [around], hint)


def dated_after(
    told: Told, heading: str, dated: Iterable[tuple[Cell, Period]]
) -> Iterator[Problem]:
    """Yield a warning of the rows that are of a later time than is told around them.

    Dated are the cells below a heading that say so; what they say may be when a row was updated.
    """
    later = [(cell, period) for cell, period in dated if period.last > told.period.last]
    if not later:
        return
    (cell, period), *others = later
    are = "is" if len(others) == 1 else "are"
    more = f" (and {counted(len(others), 'more row')} {are} later as well)" if others else ""
    message = (
        f'the row is of {period.label}, as "{heading}" says{more}, and {told.where} says'
        f" {told.period.label}; {period.label} counts, and the rating may be wrong"
    )
    hint = (
        "If the column says when rows were updated, head it Updated on; if not, correct what is"
        " wrong."
    )
    yield warning(cell, message, hint)


def asked_otherwise(asked: Told, told: list[Told]) -> Iterator[Problem]:
    """Yield a warning where the title and the names are all of another time than was asked for."""
    if not told or any(_go_together(*_periods(asked, other)) for other in told):
        return
    other = told[0]
    message = (
        f"{asked.where} says {asked.period.label}, and {other.where} says {other.period.label};"
        f" {asked.period.label} counts, and the ratings may be wrong"
    )
    yield warning(other.cell, message, f"Leave {asked.where} out if it is not meant.")


def length_of_values(
    valued: Mapping[int, Period], below: Container[int], report: Period | None
) -> int:
    """Return how long the periods are whose columns have the values up to the report's; 0 for none.

    Valued are the periods by their columns, below the columns that have anything in the rows. What
    is filled within the report's period counts first, then what is within its financial year: with
    a quarter of this year last year is never the value, however long the report's own period is.
    """
    ended = {c: each for c, each in valued.items() if report is None or each.last <= report.last}
    counted = list(ended.values())
    if report:
        filled = [each for column, each in ended.items() if column in below] or counted
        within = [each for each in filled if report.contains(each.first)]
        of_year = [each for each in filled if each.financial_year == report.financial_year]
        counted = within or of_year or counted
    lengths = Counter(each.length for each in counted)
    if report and report.length in lengths:
        return report.length
    return max(lengths, key=lambda each: (lengths[each], -each), default=0)


def stands_apart(period: Period, newest: Period, series: Container[Period]) -> bool:
    """Whether a figure a year old or older is there to compare with, and is no late value.

    It is where no column after column leads from it to the newest of the series.
    """
    steps = range(1, newest.periods_after(period))
    return period <= newest.year_before and not all(period.after(n) in series for n in steps)


def _periods(told: Told, other: Told) -> tuple[Period, Period]:
    return told.period, other.period


def _go_together(period: Period, other: Period) -> bool:
    return period.contains(other.last) or other.contains(period.last)


def _only(meanings: Iterable[object]) -> Period | None:
    """Return the period that meanings come to: the one, or the later of two a year apart."""
    known: list[Period] = []
    for meaning in meanings:
        if isinstance(meaning, UnclearPeriod | YearlessPeriod):
            return None
        assert isinstance(meaning, Period)
        known.append(meaning)
    if len(known) == 2 and max(known).year_before == min(known):
        return max(known)
    return known[0] if len(known) == 1 else None


def _names(text: str, period: Period) -> bool:
    found = find_periods(text, period.year_starts).meanings
    return any(
        (isinstance(each, Period) and each.last == period.last)
        or (isinstance(each, YearlessPeriod) and each.number == period.last.number)
        for each in found
    )
