"""The words that people write for months, quarters, halves and years, read as periods.

Days are written as in Britain: 03/04/2019 is 3 April. A year of two digits is read as Excel reads
it: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999. "2010-11" is a financial year, unless its
neighbours show that months are written so; "201011" is November 2010, unless they show that years
are.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kpi_cli.names import RAISED
from kpi_cli.period_forms import Mention, Sentence
from kpi_cli.period_tokens import CLOCK, Manner, evened, follows
from kpi_cli.periods import Meaning, Month, Period, UnclearPeriod

RUN_TOGETHER = frozenset({""})
"""The marks between year and month where neighbours show none: only "201011" is a month."""

_LONGEST_PERIOD = 60  # characters; a text that is longer is more than a period
_LONGEST_TITLE = 300  # and one that is longer than this is no title
_YEAR_AND_MONTH = re.compile(r"(?<![\d/.\-])((?:19|20)\d\d)([-/]?)(\d\d)(?![-/.]?\d)")
_BESIDE_A_PERIOD = {
    *("as", "at", "of", "for", "in", "to", "the", "end", "ended", "ending", "month", "period"),
    *("outturn", "position", "ytd", "cumulative"),
}
_NOUN = re.compile(
    r"\b(?:(?P<quarter>q\d|qtrs?|quarters?)|(?P<half>h\d|half)|(?P<period>periods?))\b", re.I
)
_NOUNS = {"quarter": "quarter", "half": "half-year", "period": "period"}
_PHRASES = re.compile(rf"\b(?:year[ -]to[ -]date|full year|year end|{CLOCK})\b")
_WORD_OR_SIGN = re.compile(r"[^\W_]+|[^\w\s,.:;'()\[\]/\-]")
_EMPTY = r"[(\[][\s,.:;/\-–—]*[)\]]"
_EDGES = " ,.:;/|-–—_"


class Found(NamedTuple):
    """The different periods that a text names, in its order, and the other words."""

    mentions: tuple[Mention, ...]
    rest: str

    @property
    def meanings(self) -> tuple[Meaning, ...]:
        """The periods without their places."""
        return tuple(mention.what for mention in self.mentions)


def parse_month(text: str) -> Month | None:
    """Return the month that a text names (January 2019, Jan-19, 31/01/2019), or None.

    Where the months are numbered ("Month 10 2018/19"), the first is April.
    """
    found = parse_period(text, 4)
    return found.last if isinstance(found, Period) and found.length == 1 else None


@lru_cache(maxsize=8192)  # the cells of a column say the same few things
def parse_period(
    text: str, first_month: int, marks: frozenset[str] = RUN_TOGETHER
) -> Meaning | None:
    """Return the period that a whole text means, or None where it says something else too.

    first_month is the month number that the financial year starts with (4 for April); marks are
    those of month_marks. "Q3" and "Dec" lack their year; "Q3 2018" can be of two financial years,
    and 29 February 2019 is no day: these are unclear.
    """
    if len(text) > _LONGEST_PERIOD:
        return None
    found = find_periods(text.rstrip(RAISED), first_month, is_name=True, marks=marks)
    others = _WORD_OR_SIGN.findall(_PHRASES.sub("", evened(found.rest)))
    if not found.mentions or not _BESIDE_A_PERIOD.issuperset(others):
        return None
    unclear = [what for what in found.meanings if isinstance(what, UnclearPeriod)]
    if unclear or len(found.mentions) == 1:
        return unclear[0] if unclear else found.meanings[0]
    text = " ".join(text.split())
    return UnclearPeriod(f'"{text}" names {len(found.mentions)} periods', "Write one of them.")


def period_named(text: str, first_month: int) -> Period:
    """Return the period that a text names; raises ValueError where it names none, or several."""
    match parse_period(text, first_month):
        case Period() as period:
            return period
        case UnclearPeriod(why, hint):
            raise ValueError(f"{why}. {hint}")
    message = f'"{text}" is no month or other period; write 2018-10, or "Q3 2018/19"'
    raise ValueError(message)


def parse_periods(texts: Sequence[str], first_month: int) -> list[Meaning | None]:
    """Return what each text of one row or column means, its neighbours considered."""
    marks = month_marks(texts)
    return [parse_period(text, first_month, marks) for text in texts]


def month_marks(texts: Iterable[str]) -> frozenset[str]:
    """Return the marks ("-", "/" or "") between year and month in a row or column of texts.

    "2010-11" is a month where the dash is one of them: a neighbour with it can only be a month
    (2010-10), and none only a financial year (2012-13).
    """
    months: set[str] = set()
    years: set[str] = set()
    for text in texts:
        for year, mark, digits in _YEAR_AND_MONTH.findall(evened(text[:_LONGEST_TITLE])):
            is_year, is_month = follows(int(year), int(digits)), 1 <= int(digits) <= 12
            if is_year is not is_month:
                (years if is_year else months).add(mark)
    return frozenset(months - years | RUN_TOGETHER - (years - months))


def noun_named(text: str | None) -> str:
    """Return what the periods are called that a heading or a cell is about; a month, if nothing."""
    found = _NOUN.search(text or "")
    return _NOUNS[str(found.lastgroup)] if found else "month"


@lru_cache(maxsize=8192)
def find_periods(
    text: str, first_month: int, *, is_name: bool = False, marks: frozenset[str] = RUN_TOGETHER
) -> Found:
    """Return the periods that a title, a heading or a name mentions, and the other words.

    A whole period goes before its parts, a quarter before the year around it, and what is said
    twice counts once: "Quarter 3 Update 2018/19 (December)" is one quarter. Where the text is a
    name (of a sheet, a file, a column) "May", "M9" and "18-19" are periods without more.
    """
    if len(text) > _LONGEST_TITLE:
        return Found((), text.strip())
    mentions = Sentence(text, Manner(first_month, is_name, marks, text.islower())).mentions()
    places = sorted(place for mention in mentions for place in mention.places)
    starts = [*(start for start, _ in places), len(text)]
    ends = [0, *(end for _, end in places)]
    rest = " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    if ")" in rest or "]" in rest:
        rest = re.sub(_EMPTY, " ", re.sub(_EMPTY, " ", rest))
    return Found(mentions, " ".join(rest.split()).strip(_EDGES))
