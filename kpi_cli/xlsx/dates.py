"""Excel's dates: which number formats show one, and which day a serial number stands for."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, auto

from kpi_cli.xlsx.format_sections import NEGATIVE, Section, section_shown, sections_of

_FIRST_DAY = datetime(1899, 12, 30)  # day 0, such that day 61 is 1 March 1900
_DAY_0 = datetime(1899, 12, 31)  # as Excel shows it, up to the day that never was
_FIRST_OF_MARCH = datetime(1900, 3, 1)
_FIRST_DAY_1904 = datetime(1904, 1, 1)
_29_FEBRUARY_1900 = 60  # a day that Excel counts, and that never was
_MILLISECONDS = 24 * 60 * 60 * 1000

_DURATION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_ISO_DURATION = (  # P1DT12H30M
    r"P(?=.)(?:([0-9]+)D)?(?:T(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_PARTS_OF_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)


class Shows(Enum):
    """What a number format makes of a number."""

    NUMBER = auto()
    DATE = auto()  # or the time of a day
    DURATION = auto()


def what_is_shown(number_format: str) -> Shows:
    """Return what a number format such as `mmm-yy`, `[h]:mm` or `0.0%` makes of numbers.

    Where its sections differ it is what one of them makes that shows dates or durations; which of
    them counts, a number tells (`what_is_shown_of`).
    """
    sections = (each for each in sections_of(number_format) if each.condition != NEGATIVE)
    return next(
        (kind for kind in map(_shown_by, sections) if kind is not Shows.NUMBER), Shows.NUMBER
    )


def what_is_shown_of(number: float, number_format: str) -> Shows:
    """Return what a number format makes of a number, by the section that is for it."""
    return _shown_by(section_shown(number_format, Decimal(number)))


def _shown_by(section: Section) -> Shows:
    if section.bare.casefold() == "general":
        return Shows.NUMBER
    if _DURATION.search(section.bare):
        return Shows.DURATION
    return Shows.DATE if _PARTS_OF_DATE.search(section.bare) else Shows.NUMBER


def moment(serial: float, shows: Shows, is_1904: bool) -> datetime | time | timedelta:
    """Return the day and time that a serial number stands for, to the millisecond.

    A number from 0 to 1 is a time without a day. Raises OverflowError where it is no day.
    """
    if shows is Shows.DURATION:
        return timedelta(milliseconds=round(serial * _MILLISECONDS))
    if serial < 0:
        raise OverflowError(f"{serial} is no day")
    days, fraction = divmod(serial, 1)
    of_day = timedelta(milliseconds=round(fraction * _MILLISECONDS))
    if days == 0 and not of_day.days:
        return (datetime.min + of_day).time()
    if is_1904:
        return _FIRST_DAY_1904 + timedelta(days=days) + of_day
    if days < _29_FEBRUARY_1900:
        days += 1
    return _FIRST_DAY + timedelta(days=days) + of_day


def iso_moment(
    text: str, shows: Shows = Shows.DATE, is_1904: bool = False
) -> date | time | timedelta:
    """Return what an ISO 8601 text names, as on a clock where it was written.

    A day before the first one stands for none: it is a time, or how long something takes, as the
    format shows. Raises ValueError for other texts.
    """
    if found := re.fullmatch(_ISO_DURATION, text):
        days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
        return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    for kind in (datetime, time):
        try:
            named = kind.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            continue
        return _as_shown(named, shows, is_1904)
    raise ValueError(f"{text!r} is no date")


def _as_shown(named: datetime | time, shows: Shows, is_1904: bool) -> datetime | time | timedelta:
    """Return a moment as a format shows it: as a date, as a time, or as how long it takes."""
    if isinstance(named, time):
        since = datetime.combine(_DAY_0, named) - _DAY_0
        return since if shows is Shows.DURATION else named
    if is_1904:
        since = named - _FIRST_DAY_1904
    else:  # day 0 is the last of 1899; until March 1900 Excel counts a day less than there were
        since = named - (_DAY_0 if _DAY_0 <= named < _FIRST_OF_MARCH else _FIRST_DAY)
    if shows is Shows.DURATION:
        return since
    return named.time() if timedelta() <= since < timedelta(days=1) else named
