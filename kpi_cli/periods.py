"""Months, quarters, halves and years: what a figure is of, in the order of time.

The words that people write for them are read in period_words.py.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(NAMES, start=1)}
MONTH_NUMBERS |= {name.lower(): number for number, name in enumerate(NAMES, start=1)} | {"sept": 9}
_LONGEST_NUMBER = 12  # characters of a month's name or number; what is longer is none
LENGTHS = (1, 3, 6, 12)
"""How many months a period can have: a month, a quarter, a half-year or a year."""
_NOUNS = {1: "month", 3: "quarter", 6: "half-year", 12: "year"}


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

    @property
    def ordinal(self) -> int:
        """How many months there were from the first of year 0 to this one."""
        return self.year * 12 + self.number

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
    word = text.strip().lower()
    if len(word) > _LONGEST_NUMBER:
        return None
    if word in MONTH_NUMBERS:
        return MONTH_NUMBERS[word]
    return int(word) if word.isdecimal() and 1 <= int(word) <= 12 else None


class Period(NamedTuple):
    """What a figure is of, known by its last month and its length: 1, 3, 6 or 12 months.

    Periods sort by time: by their last month, the shorter of two that end together first. The month
    that the financial year starts with is the workbook's, the same for all that is compared.
    """

    last: Month
    length: int = 1
    year_starts: int = 4

    @classmethod
    def of(cls, day: date, year_starts: int = 4) -> "Period":
        """Return the month that a date is in."""
        return cls(month_of(day), 1, year_starts)

    @property
    def first(self) -> Month:
        """The first month of the period."""
        return self.last.after(1 - self.length)

    @property
    def end(self) -> date:
        """The last day of the period."""
        return date(*self.last, monthrange(*self.last)[1])

    @property
    def year_before(self) -> "Period":
        """The same period a year earlier, of the same length."""
        return self._replace(last=self.last.year_before)

    @property
    def before(self) -> "Period":
        """The period of the same length just before this one."""
        return self.after(-1)

    def after(self, periods: int) -> "Period":
        """Return the period that is so many of its own length later."""
        return Period(self.last.after(periods * self.length), self.length, self.year_starts)

    def contains(self, month: Month) -> bool:
        """Whether a month is one of the period's."""
        return self.first <= month <= self.last

    @property
    def financial_year(self) -> "Period":
        """The financial year that the period ends in, as a period of 12 months."""
        return self._replace(last=self.last.last_of_financial_year(self.year_starts), length=12)

    @property
    def noun(self) -> str:
        """What a period of this length is called: month, quarter, half-year or year."""
        return _NOUNS[self.length]

    def periods_after(self, earlier: "Period") -> int:
        """Return how many periods of this length lie from an earlier one to this one."""
        return self.last.months_after(earlier.last) // self.length

    def behind(self, report: "Period") -> int:
        """Return how many periods of this length have ended since, by the report's period."""
        return max(0, report.last.months_after(self.last) // self.length)

    def is_late(self, report: "Period") -> bool:
        """Whether a later period of this length has ended by the report's period."""
        return self.behind(report) > 0

    @property
    def label(self) -> str:
        """The period in words, which are read back as the same period.

        "January 2019", "Q3 2018/19", "H1 2018/19", "2018/19"; where the year starts in January
        "Q3 2018" and "2018". What is no quarter, half or year of the financial year is told by
        its months: "November 2018 to January 2019", "year to December 2018".
        """
        if self.length == 1:
            return self.last.label
        count, months_over = divmod((self.first.number - self.year_starts) % 12, self.length)
        if not months_over:
            name = {3: f"Q{count + 1} ", 6: f"H{count + 1} "}.get(self.length, "")
            return name + self.last.financial_year(self.year_starts)
        if self.length == 12:
            return f"year to {self.last.label}"
        is_in_one_year = self.first.year == self.last.year
        first = NAMES[self.first.number - 1] if is_in_one_year else self.first.label
        return f"{first} to {self.last.label}"


def noun_of(periods: Iterable[Period]) -> str:
    """Return what periods of one length are called: "quarter"; "period" for those of several."""
    nouns = {period.noun for period in periods}
    return nouns.pop() if len(nouns) == 1 else "period"


class YearlessPeriod(NamedTuple):
    """A period whose year is not known yet ("Q3", "Dec"): its last month's number, its length."""

    number: int
    length: int = 1

    def with_year(self, around: Period) -> Period:
        """Return the period that this is, going by a period from around it.

        It ends within the 12 months of a year ("2018/19" above "Mar": March 2019), or within the
        financial year of any other period: that of the report, or of the row before.
        """
        last = (around if around.length == 12 else around.financial_year).last
        return around._replace(
            last=last.after(-((last.number - self.number) % 12)), length=self.length
        )


class UnclearPeriod(NamedTuple):
    """Words for a period that can mean several, or none that exists; how to write it instead."""

    why: str
    hint: str
    meanings: tuple[Period, ...] = ()
    """The periods that it can mean; another place may tell which of them it is."""


Meaning = Period | YearlessPeriod | UnclearPeriod
"""What words can mean: a period, one whose year stands elsewhere, or a problem to report."""


def financial_year_ending(year: int, first_month: int) -> Period:
    """Return the financial year that ends in a calendar year: 2018/19 ends in 2019."""
    return Period(Month(year, (first_month - 2) % 12 + 1), 12, first_month)
