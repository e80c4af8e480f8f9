"""Which column a heading means: headings as people write them, matched to the fields read."""

import re
from functools import lru_cache

from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.names import nearest
from kpi_cli.periods import NAMES, Month, parse_month

SETTING = "setting"
"""The field of a settings table's names."""
SERIES = ("value", "target")
"""What a month's column, or a row, can hold in a history that has a column for each month."""

_LONGEST = 500  # characters; a text that is longer is no heading
_YEARS = r"\(?\b(?:fy\s*)?(?:(?:19|20)\d\d(?:\s*[/\-–]\s*(?:20)?\d\d)?|\d\d\s*/\s*\d\d)\b\)?"
_YEAR = re.compile(rf"^\s*{_YEARS}\s+|\s*{_YEARS}\s*$", re.IGNORECASE)
_NO_WORD = re.compile(r"[\W_]+")
_UNREAD = re.compile("['’.]")  # left out of words: Month's, P.I.


def fold_heading(heading: str) -> str:
    """Return a heading without case, punctuation, line breaks, and a year before or after."""
    bare = _UNREAD.sub("", _YEAR.sub("", heading)).replace("&", " and ")
    return _NO_WORD.sub(" ", bare).strip().casefold()


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
_KEY_START = re.compile(rf"[\W_]*(?:\d|fy|{'|'.join(sorted(_KEY_WORDS))})", re.IGNORECASE)
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
    return len(text) <= _LONGEST and _KEY_START.match(_UNREAD.sub("", text)) is not None


def known_field(text: str) -> str | None:
    """Return the field that a text means as a heading; also that of a settings table's names."""
    return _known_field(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=8192)  # every text in a workbook is asked for, most of them often
def _known_field(text: str) -> str | None:
    return SETTING if fold_heading(text) in ("setting", "settings") else field_of(text)


def series_of(text: str) -> str | None:
    """Return "value" for Actual and the like, "target" for Target, None for any other text."""
    return _SERIES_WORDS.get(fold_heading(text)) if len(text) <= _LONGEST else None


def month_and_series(heading: str) -> tuple[Month | None, str | None]:
    """Return the month of a heading such as "Apr-17" or "Apr-17 Target", and which of the two."""
    return _month_and_series(heading) if len(heading) <= _LONGEST else (None, None)


@lru_cache(maxsize=8192)
def _month_and_series(heading: str) -> tuple[Month | None, str | None]:
    text = " ".join(heading.split())
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
    folded = fold_heading(heading)
    field = _FIELDS.get(folded)
    if folded == "target" and _YEAR.search(heading):
        return "annual_target"
    if field is None and re.match(r"comment\w*\s*[-–—:(]", heading.strip(), re.IGNORECASE):
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
    return set(fold_heading(heading).split()) if len(heading) <= _LONGEST else set()


def is_like_a_month(heading: str) -> bool:
    """Whether a heading seems to be a month that can't be read: "March", "31/05/2018"."""
    text = " ".join(heading.split()) if len(heading) <= _LONGEST else ""
    misspelt = _WORD_AND_YEAR.fullmatch(text)
    is_near = misspelt is not None and nearest(misspelt[1], _MONTHS.split("|")) is not None
    return is_near or _AS_A_MONTH.fullmatch(text) is not None


def rank_of(heading: str) -> int:
    """Return how far a heading is from its field's first one; 0 is the heading of the report."""
    field = INDICATOR_FIELDS[field_of(heading) or "code"]
    folded = [fold_heading(known) for known in field.headings]
    own = fold_heading(heading)
    return folded.index(own) if own in folded else len(folded)
