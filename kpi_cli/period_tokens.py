"""The words that people write for months, quarters, halves and years, cut into tokens.

Each token has a kind that is one letter; what tokens mean together is in period_forms.py.

    I  a period                    M  a month's name         F  a financial year
    U  a period that is unclear    P  a month by its number  f  one only beside a quarter: 18-19
    t  "to"                        Q  a quarter              y  a calendar year
    -  a dash or a slash           H  a half-year            n  two digits: a day or a year
    w  any other word              S  a span of months       d  the number of a day
    Z  "FY"                        m  "may", "march"         L  "year to", "3 months ending"
                                   p  "P9", "M9"
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from typing import NamedTuple

from kpi_cli.periods import MONTH_NUMBERS, Month, Period, UnclearPeriod, YearlessPeriod

_YEARS = range(1930, 2200)  # what four digits can be to be a year
_ALSO_WORDS = {"may", "march", "mar"}  # in small letters these are months only before a year
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "twelve": 12,
    "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip
_LASTING = {"y": 12, "h": 6, "q": 3}  # months, by the first letter of year, half and quarter

_EVEN = str.maketrans(
    {
        **{chr(ord("A") + n): chr(ord("a") + n) for n in range(26)},
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("‘’`´", "'"),
        **dict.fromkeys("_\t\n\r\u00a0\u2007\u2009\u202f", " "),
    }
)  # one character for one, so that places in the text stay what they are
_MONTH = rf"(?:{'|'.join(MONTH_NUMBERS)})(?![^\W\d_])"
_END = r"(?![^\W_])"  # no letter or digit follows
_GAP = r"[ .:\-]*"
CLOCK = r"t?\d\d?:\d\d(?::\d\d)?(?:\.\d+)?z?"
"""A time of the day, which says nothing of the period: 10:31, T00:00:00.000Z."""

_TOKEN = re.compile(
    rf"""
    (?P<gap> [\s,.:'()\[\]]+ | (?:of|the|end){_END} | {CLOCK}{_END} )
  | (?P<day> (?: \d{{4}}(?:-\d\d?-|/\d\d?/|\.\d\d?\.)\d\d?
               | \d\d?(?:-\d\d?-|/\d\d?/|\.\d\d?\.)\d{{4}}
               | \d\d?(?:-\d\d?-|/\d\d?/)\d\d )(?![-/.]?\d) )
  | (?P<pair> (?: \d{{4}}[-/](?:\d{{4}}|\d\d?) | \d\d?[-/](?:\d{{4}}|\d\d) )(?![-/]?\d) )
  | (?P<quarter> (?: (?:quarter|qtr){_GAP} | q[ .-]? )(?:[1-4]|one|two|three|four)(?:(?=fy)|{_END})
               | (?:1st|2nd|3rd|4th|first|second|third|fourth)[ -]*(?:quarter|qtr|q){_END}
               | [1-4]q{_END} )
  | (?P<half> (?: half(?:[ -]*year)?{_GAP} | hy?[ .-]? )(?:[12]|one|two)(?:(?=fy)|{_END})
            | (?:1st|2nd|first|second)[ -]*half(?:[ -]*year)?{_END}(?!-[a-z]) )
  | (?P<lasting> (?:rolling[ ]*)?
                 (?: year | yr | quarter | qtr | half[ -]*year
                   | (?:\d\d?|three|six|nine|twelve)[ -]*months?(?:[ ]*rolling)? )
                 [ -]*(?:to|end(?:ing|ed)?|up[ ]to){_END}
               | [yq]/?e{_END} )
  | (?P<numbered> (?:month|mth|period|pd){_GAP}\d\d?{_END}(?![-/.]\d|[ ]*{_MONTH}) )
  | (?P<lettered> [mp][ .-]?\d\d?(?:(?=fy)|{_END})(?![/.]\d) )
  | (?P<month> {_MONTH} )
  | (?P<financial> (?: (?:financial|fiscal|fin)[ ]*(?:year|yr) | fye? )(?![^\W\d_]) )
  | (?P<number> \d+(?:[.,]\d+)*%?(?:st|nd|rd|th)? )
  | (?P<dash> [-/] )
  | (?P<to> (?:to|until|till|through){_END} )
  | (?P<word> [^\W_]+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_FIRST_NUMBER = "|".join(["[0-9]+", *_NUMBERS])
_MAY_NAME_PERIOD = re.compile(rf"\d|{_MONTH}|quarter|qtr|half")


class Token(NamedTuple):
    """Some characters of a text: their kind, and what they stand for."""

    kind: str
    start: int = 0
    end: int = 0
    number: int = 0
    """A calendar year, a day, or how many months something lasts."""
    ends: tuple[int, ...] = ()
    """The calendar years in which the financial year that this may be ends."""
    part: YearlessPeriod = YearlessPeriod(0)
    what: Period | UnclearPeriod | None = None


class Manner(NamedTuple):
    """How texts are read: what the workbook and the place of a text say of it."""

    first_month: int
    is_name: bool
    marks: frozenset[str]
    """The marks between a year and a month: with "-" among them, 2010-11 is a month."""
    is_small: bool
    """Whether the text is written in small letters throughout, so that "may" may be a month."""


def evened(text: str) -> str:
    """Return a text of the same length in small letters, with one kind of dash and of space."""
    return text.translate(_EVEN)


def tokens(text: str, manner: Manner) -> Iterator[Token]:
    """Yield the tokens of a text; gaps and small words such as "of" are left out."""
    even = evened(text)
    if not _MAY_NAME_PERIOD.search(even):
        return
    for found in _TOKEN.finditer(even):
        read = _READ[found.lastgroup or "word"]
        if token := read(text[found.start() : found.end()], found[0], manner):
            yield token._replace(start=found.start(), end=found.end())


def follows(year: int, later: int) -> bool:
    """Whether two digits are the year after another one: 19 after 2018 or 18."""
    return later == (year + 1) % 100


def full_year(digits: int) -> int:
    """Return the year of two digits as Excel reads it: 1930 to 2029; or of four as they are."""
    if digits > 99:
        return digits
    return 2000 + digits if digits < 30 else 1900 + digits


def calendar_year(year: int, manner: Manner) -> Token:
    """Return a year that may mean the financial year that starts, or that ends, in it."""
    ends = (year,) if manner.first_month == 1 else (year + 1, year)
    return Token("y", number=year, ends=ends)


def financial_year(start: int, manner: Manner, kind: str = "F") -> Token:
    """Return the financial year that starts in a year; unclear where years start in January."""
    ends = (start, start + 1) if manner.first_month == 1 else (start + 1,)
    return Token(kind, ends=ends)


def day(number: int, month: Month, text: str) -> Token:
    """Return the month that a day is in; a day that does not exist is unclear."""
    if 1 <= number <= monthrange(*month)[1]:
        return Token("I", what=Period(month))
    why = f"there is no {' '.join(text.split())}"
    return Token("U", what=UnclearPeriod(why, "Write a day that exists, or the month alone."))


def _read_day(text: str, word: str, _: Manner) -> Token:
    numbers = [int(digits) for digits in re.findall(r"\d+", word)]
    year, month, number = numbers if numbers[0] > 99 else numbers[::-1]
    if full_year(year) not in _YEARS or not 1 <= month <= 12:
        return Token("w")
    return day(number, Month(full_year(year), month), text)


def _read_pair(_: str, word: str, manner: Manner) -> Token:
    first, mark, second = re.split(r"([-/])", word)
    if len(first) == 4 and len(second) == 4:
        is_year = int(first) in _YEARS and int(second) == int(first) + 1
        return financial_year(int(first), manner) if is_year else Token("w")
    if len(first) == 4:
        return _year_and(int(first), second, mark, manner)
    if len(second) == 4:
        return _month(int(second), int(first))
    return _short_financial_year(first, second, manner, has_slash=mark == "/")


def _read_number(text: str, word: str, manner: Manner) -> Token:
    if not word.isdecimal():
        return (
            Token("d", number=int(word[:-2])) if re.fullmatch(r"\d\d?[a-z]+", word) else Token("w")
        )
    if len(word) <= 2:
        return Token("dn"[len(word) - 1], number=int(word))
    if len(word) == 4 and int(word) in _YEARS:
        return calendar_year(int(word), manner)
    if len(word) == 4:
        return _short_financial_year(word[:2], word[2:], manner, has_slash=False)
    if len(word) == 6:
        return _year_and(int(word[:4]), word[4:], "", manner)
    if len(word) == 8:
        return _read_day(text, f"{word[:4]}-{word[4:6]}-{word[6:]}", manner)
    return Token("w")


def _year_and(year: int, digits: str, mark: str, manner: Manner) -> Token:
    """Return the financial year, or the month, that a year and two digits are: 2018-19, 2019-01."""
    if year not in _YEARS:
        return Token("w")
    month = _month(year, int(digits))
    if len(digits) == 2 and follows(year, int(digits)):
        return month if month.what and mark in manner.marks else financial_year(year, manner)
    return month


def _month(year: int, number: int) -> Token:
    is_month = year in _YEARS and 1 <= number <= 12
    return Token("I", what=Period(Month(year, number))) if is_month else Token("w")


def _short_financial_year(first: str, second: str, manner: Manner, *, has_slash: bool) -> Token:
    """Return what 18/19 means; 18-19, 1819 and 11/12 may mean something else, but for a name."""
    if len(first) != 2 or not follows(int(first), int(second)):
        return Token("w")
    signs = (has_slash, int(second) > 12, manner.is_name)
    return financial_year(full_year(int(first)), manner, "F" if sum(signs) >= 2 else "f")


def _number_in(word: str) -> int:
    found = re.search(_FIRST_NUMBER, word)
    return (_NUMBERS.get(found[0]) or int(found[0])) if found else 0


def _part(kind: str, months: int, length: int, manner: Manner) -> Token:
    """Return a part of the financial year: that ends after so many months, and has a length."""
    number = (manner.first_month - 2 + months) % 12 + 1
    return Token(kind, part=YearlessPeriod(number, length))


def _read_numbered(_: str, word: str, manner: Manner) -> Token:
    number = _number_in(word)
    kind = "P" if manner.is_name or word[1].isalpha() else "p"
    return _part(kind, number, 1, manner) if 1 <= number <= 12 else Token("w")


def _read_month(text: str, word: str, manner: Manner) -> Token:
    is_weak = text in _ALSO_WORDS and not (manner.is_name and manner.is_small)
    return Token("m" if is_weak else "M", part=YearlessPeriod(MONTH_NUMBERS[word]))


def _read_lasting(_: str, word: str, __: Manner) -> Token:
    first_letter = word.removeprefix("rolling").lstrip()[0]
    return Token("L", number=_number_in(word) or _LASTING[first_letter])


_READ: dict[str, Callable[[str, str, Manner], Token | None]] = {
    "gap": lambda _, __, ___: None,
    "day": _read_day,
    "pair": _read_pair,
    "quarter": lambda _, word, manner: _part("Q", 3 * _number_in(word), 3, manner),
    "half": lambda _, word, manner: _part("H", 6 * _number_in(word), 6, manner),
    "lasting": _read_lasting,
    "numbered": _read_numbered,
    "lettered": _read_numbered,
    "month": _read_month,
    "financial": lambda _, __, ___: Token("Z"),
    "number": _read_number,
    "dash": lambda _, __, ___: Token("-"),
    "to": lambda _, __, ___: Token("t"),
    "word": lambda _, __, ___: Token("w"),
}
