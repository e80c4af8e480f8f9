"""Months and financial years, in the forms that performance reports use."""

import re
from datetime import date
from typing import NamedTuple

from kpi_cli.names import in_short

NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_BY_NAME = {name[:3].lower(): number for number, name in enumerate(NAMES, start=1)}
_BY_NAME |= {name.lower(): number for number, name in enumerate(NAMES, start=1)} | {"sept": 9}

_NAME_FIRST = re.compile(r"([a-z]+)\.?[\s\-‐‑–—/,]*['’]?(\d{4}|\d{2})")  # January 2019, Jan-19
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})")  # 2019-01
_MONTH_FIRST = re.compile(r"(?P<month>\d{1,2})[-/](?P<year>\d{4})")  # 01/2019


class Month(NamedTuple):
    """One calendar month; months sort by time."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def label(self) -> str:
        """The month in words: "January 2019"."""
        return f"{NAMES[self.number - 1]} {self.year}"

    @property
    def year_before(self) -> "Month":
        """The same month a year earlier."""
        return Month(self.year - 1, self.number)

    def months_after(self, earlier: "Month") -> int:
        """Return how many months lie from the earlier month to this one."""
        return (self.year - earlier.year) * 12 + self.number - earlier.number

    def last_of_financial_year(self, first_month: int) -> "Month":
        """Return the last month of the financial year that this month is in.

        first_month is the month number that the financial year starts with (4 for April).
        """
        return self.after((first_month - 1 - self.number) % 12)

    def financial_year(self, first_month: int) -> str:
        """Return the financial year that this month is in: "2018/19", or "2018" from January on."""
        last = self.last_of_financial_year(first_month).year
        return str(last) if first_month == 1 else f"{last - 1}/{last % 100:02}"

    def after(self, months: int) -> "Month":
        """Return the month that is this many months later."""
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)


def month_of(day: date) -> Month:
    """Return the month that a date is in."""
    return Month(day.year, day.month)


def month_number(text: str) -> int | None:
    """Return 4 for "April", "Apr" or "4"; None where the text names no month."""
    word = in_short(text).lower()
    if word in _BY_NAME:
        return _BY_NAME[word]
    return int(word) if word.isdecimal() and 1 <= int(word) <= 12 else None


def parse_month(text: str) -> Month | None:
    """Return the month that a text names, or None where it names none.

    The forms: January 2019, Jan 2019, Jan-19, 2019-01, 01/2019. 2009/10 is a financial year, and
    no month. A year of two digits is read as
    Excel reads it: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999.
    """
    word = in_short(text).lower()
    if named := _NAME_FIRST.fullmatch(word):
        return _valid_month(_full_year(named[2]), _BY_NAME.get(named[1], 0))
    if _is_financial_year(word):
        return None
    if numeric := _YEAR_FIRST.fullmatch(word) or _MONTH_FIRST.fullmatch(word):
        return _valid_month(int(numeric["year"]), int(numeric["month"]))
    return None


def _is_financial_year(text: str) -> bool:
    found = _YEAR_FIRST.fullmatch(text)
    return bool(found and "/" in text and int(found["month"]) == (int(found["year"]) + 1) % 100)


def _valid_month(year: int, number: int) -> Month | None:
    return Month(year, number) if year > 0 and 1 <= number <= 12 else None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return 2000 + year if year < 30 else 1900 + year
