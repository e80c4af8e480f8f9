"""What a heading means: a field, a month, or both; alone or in two lines, as people write them."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.names import in_short, nearest
from kpi_cli.periods import NAMES, Month, month_of, parse_month
from kpi_cli.xlsx.sheet import Cell

SETTING = "setting"
"""The field of a settings table's names."""
SERIES = ("value", "target")
"""What a month's column, or a row, can hold in a history that has a column for each month."""

LONGEST_HEADING = 500  # characters; a text that is longer is no heading
_YEARS = r"\(?\b(?:fy ?)?(?:(?:19|20)\d\d(?: ?[/\-–] ?(?:20)?\d\d)?|\d\d ?/ ?\d\d)\b\)?"
_YEAR = re.compile(rf"^{_YEARS} | ?{_YEARS}$", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")
_UNREAD = re.compile("['’.]")  # left out of words: Month's, P.I.


def fold_heading(heading: str) -> str:
    """Return a heading without case, punctuation, line breaks, and a year before or after."""
    bare = _UNREAD.sub("", _YEAR.sub("", _in_one_line(heading))).replace("&", " and ")
    return _NO_WORD.sub(" ", bare).strip().casefold()


def _in_one_line(heading: str) -> str:
    return " ".join(heading.split())


_FIELDS = {
    fold_heading(heading): field
    for field, known in INDICATOR_FIELDS.items()
    for heading in known.headings
}
_KEY_WORDS = {
    fold_heading(heading).split()[0]
    for heading in (
        *INDICATOR_FIELDS["code"].headings,
        *INDICATOR_FIELDS["short_name"].headings,
        SETTING,
    )
}
_KEY_START = re.compile(rf"[\W_]*+(?:\d|fy|{'|'.join(sorted(_KEY_WORDS))})", re.IGNORECASE)
_SERIES_WORDS = {
    **dict.fromkeys(("actual", "actuals", "value", "values", "result", "results"), "value"),
    "act": "value",
    "tgt": "target",
    **dict.fromkeys(("months value", "months values", "monthly values"), "value"),
    **dict.fromkeys(("target", "targets", "months target", "monthly targets"), "target"),
    **dict.fromkeys(("profile", "profiled target", "profiled targets"), "target"),
}
_SERIES_FIRST = re.compile(r"(actual|value|result|target)s?\b[\s:,\-–(]*(.+?)\)?", re.IGNORECASE)
_SERIES_LAST = re.compile(r"(.+?)[\s:,\-–(]*\b(actual|value|result|target)s?\)?", re.IGNORECASE)
_MONTHS = "|".join([*NAMES, *(name[:3] for name in NAMES), "Sept"])
_MONTH_WITHOUT_YEAR = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s./\-]*)?(?:{_MONTHS})\b[\W\d]*(?:[a-z]\W*)?"
_DAY = r"\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}"
_AS_A_MONTH = re.compile(rf"{_MONTH_WITHOUT_YEAR}|{_DAY}", re.IGNORECASE)
_WORD_AND_YEAR = re.compile(r"([a-z]{3,})\W*(?:\d\d|\d{4})", re.IGNORECASE)
_TOLERANCE_WORDS = {"tolerance", "tolerances"}
_THRESHOLD_WORDS = {"threshold", "thresholds", "trigger", "triggers"}
_WORDS_OF_LINES = {  # a heading of these and those below alone is of a threshold
    "red", "amber", "green", "floor", "ceiling", "limit", "limits", "intervention", "minimum",
    "maximum", "min", "max", "lower", "upper",
}  # fmt: skip
_BESIDE_LINES = {
    "value", "values", "range", "ranges", "band", "zone", "level", "line", "point", "criteria",
    "condition", "definition", "standard", "performance", "figure", "score", "if", "when", "from",
    "to", "at", "below", "above", "under", "over", "and", "or", "rag", "acceptable", "allowed",
    "permitted", "tolerated", "expected", "required", "control", "target", "for", "the",
}  # fmt: skip
_TARGET_WORDS = {"target", "targets", "profile", "profiled", "tgt"}
_YEAR_WORDS = {"annual", "year", "years", "yearly", "yr", "end", "fy", "full", "final"}
_OTHER_WORDS = {
    "month", "months", "monthly", "in", "this", "for", "the", "to", "date", "ytd", "current",
    "period", "quarter", "quarterly", "cumulative", "latest", "value", "figure", "level", "agreed",
    "q1", "q2", "q3", "q4", *_MONTHS.casefold().split("|"),
}  # fmt: skip


def may_head_keys(text: str) -> bool:
    """Whether a text begins as a heading does below which codes, names or settings stand.

    It tells quickly that most texts of a large sheet are no such heading.
    """
    return len(text) <= LONGEST_HEADING and _KEY_START.match(_UNREAD.sub("", text)) is not None


def known_field(text: str) -> str | None:
    """Return the field that a text means as a heading; also that of a settings table's names."""
    return _known_field(text) if len(text) <= LONGEST_HEADING else None


@lru_cache(maxsize=8192)  # every text in a workbook is asked for, most of them often
def _known_field(text: str) -> str | None:
    return SETTING if fold_heading(text) in ("setting", "settings") else field_of(text)


def series_of(text: str) -> str | None:
    """Return "value" for Actual and the like, "target" for Target, None for any other text."""
    return _SERIES_WORDS.get(fold_heading(text)) if len(text) <= LONGEST_HEADING else None


def month_and_series(heading: str) -> tuple[Month | None, str | None]:
    """Return the month of a heading such as "Apr-17" or "Apr-17 Target", and which of the two."""
    return _month_and_series(heading) if len(heading) <= LONGEST_HEADING else (None, None)


@lru_cache(maxsize=8192)
def _month_and_series(heading: str) -> tuple[Month | None, str | None]:
    text = in_short(heading)
    if month := parse_month(text):
        return month, None
    if found := _SERIES_FIRST.fullmatch(text):
        return parse_month(found[2]), series_of(found[1])
    if found := _SERIES_LAST.fullmatch(text):
        return parse_month(found[1]), series_of(found[2])
    return None, None


def field_of(heading: str) -> str | None:
    """Return the field that a heading means, or None where it means none that is known.

    "Target 2018/19" is the target for the year, though "Target" alone is the month's; a heading
    that starts with "Comment" and goes on after a dash is the comment.
    """
    folded, line = fold_heading(heading), _in_one_line(heading)
    field = _FIELDS.get(folded)
    if folded == "target" and _YEAR.search(line):
        return "annual_target"
    if field is None and re.match(r"comment\w*+ ?[-–—:(]", line, re.IGNORECASE):
        return "comment"
    return field


def deciding_field_like(heading: str) -> str | None:
    """Return the target that a heading which is unknown may well mean.

    "YTD Target" may be the month's target, "Target (annual)" the one for the year; "Variance from
    target" is neither.
    """
    words = _words(heading)
    if not words & _TARGET_WORDS or words - _TARGET_WORDS - _YEAR_WORDS - _OTHER_WORDS:
        return None
    is_annual = words & _YEAR_WORDS and not words & {"date", "ytd"}
    return "annual_target" if is_annual else "target"


def may_be_threshold(heading: str) -> bool:
    """Whether a heading that is unknown may well be of a threshold or a tolerance.

    "Trigger point", "Red zone" and "Tolerance +/- level" may; "Red flags raised" is neither.
    """
    words = _words(heading)
    if words & (_TOLERANCE_WORDS | _THRESHOLD_WORDS):
        return True
    return bool(words & _WORDS_OF_LINES) and not words - _WORDS_OF_LINES - _BESIDE_LINES


def speaks_of_tolerance(heading: str) -> bool:
    """Whether a heading has the word in it."""
    return not _words(heading).isdisjoint(_TOLERANCE_WORDS)


def _words(heading: str) -> set[str]:
    return set(fold_heading(heading).split()) if len(heading) <= LONGEST_HEADING else set()


def is_like_a_month(heading: str) -> bool:
    """Whether a heading seems to be a month that can't be read: "March", "31/05/2018"."""
    text = in_short(heading)
    misspelt = _WORD_AND_YEAR.fullmatch(text)
    is_near = misspelt is not None and nearest(misspelt[1], _MONTHS.split("|")) is not None
    return is_near or _AS_A_MONTH.fullmatch(text) is not None


def rank_of(heading: str) -> int:
    """Return how far a heading is from its field's first one; 0 is the heading of the report."""
    field = INDICATOR_FIELDS[field_of(heading) or "code"]
    folded = [fold_heading(known) for known in field.headings]
    own = fold_heading(heading)
    return folded.index(own) if own in folded else len(folded)


class Heading(NamedTuple):
    """What stands above a column: the cell with all of its text, and what that means."""

    cell: Cell
    field: str | None = None
    month: Month | None = None
    series: str | None = None  # of a month: "value" or "target", where the heading says it


def heading_of(cell: Cell) -> Heading:
    """Return what a cell means as a heading of one line."""
    if isinstance(cell.value, date):
        return Heading(cell, month=month_of(cell.value))
    if not isinstance(cell.value, str) or cell.fault:
        return Heading(cell)
    if field := known_field(cell.value):
        return Heading(cell, field)
    month, series = month_and_series(cell.value)
    return Heading(cell, None, month, series) if month else Heading(cell)


def heading_under(over: Cell | None, carried: Cell | None, cell: Cell) -> Heading:
    """Return what a heading's second line means under the first: above it, or further left.

    "Target" over "Annual" is the annual target, "Apr-17" over "Target" a target of that month;
    "Apr-17" over "Month" is that month's value, as it may stand beside "YTD".
    """
    alone = heading_of(cell)
    if over and (joined := _joined(over, cell)):
        return joined
    if carried and alone.month and not alone.series:
        return alone._replace(series=series_of(str(carried.value)))
    series = _series_under_a_month(cell, alone.field)
    if carried and series and (month := heading_of(carried).month):
        return Heading(cell, None, month, series)
    if carried and not alone.field and not alone.month:
        return _joined(carried, cell) or alone
    return alone


def _series_under_a_month(cell: Cell, field: str | None) -> str | None:
    if field == "month":
        return "value"
    return series_of(str(cell.value)) or (field if field in SERIES else None)


def _joined(over: Cell, cell: Cell) -> Heading | None:
    """Return the field that two lines mean together, in either order."""
    if not isinstance(over.value, str) or len(over.value) > LONGEST_HEADING:
        return None
    for text in (f"{over.value} {cell.value}", f"{cell.value} {over.value}"):
        if field := known_field(text):
            return Heading(cell._replace(value=text), field)
    return None


def with_fields_for_one_month(headings: list[Heading]) -> list[Heading]:
    """Read "Actual" over "January 2019" as the value, where indicators have no other month."""
    months = {heading.month for heading in headings if heading.month}
    fields = {heading.field for heading in headings}
    if len(months) != 1 or "polarity" not in fields:
        return headings
    return [
        Heading(h.cell, h.series) if h.series and h.series not in fields else h for h in headings
    ]
