"""What a heading means: a field, a period, or both; alone or in two lines, as people write them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.names import in_short, nearest
from kpi_cli.period_words import RUN_TOGETHER, find_periods
from kpi_cli.periods import NAMES, Meaning, Period, UnclearPeriod, YearlessPeriod
from kpi_cli.reading.heading_words import (
    IGNORE,
    LONGEST_HEADING,
    RULES_OF_COLOURS,
    SETTING,
    field_of,
    fold_heading,
    is_of_keys,
    words_of,
)
from kpi_cli.xlsx.sheet import Cell

SERIES = ("value", "target")
"""What a period's column, or a row, can hold in a history that has a column for each period."""

_SERIES_WORDS = {
    **dict.fromkeys(("actual", "actuals", "value", "values", "result", "results"), "value"),
    "act": "value",
    "tgt": "target",
    **dict.fromkeys(("months value", "months values", "monthly values"), "value"),
    **dict.fromkeys(("target", "targets", "months target", "monthly targets"), "target"),
    **dict.fromkeys(("profile", "profiled target", "profiled targets"), "target"),
}
_LETTERS = {"a": "value", "t": "target"}  # below a period
_RAG = {"r", "rag"}  # below a period: what was published
_TO_DATE = {"ytd", "year to date", "cumulative", "to date"}  # below a period: another figure
_MONTHS = "|".join([*NAMES, *(name[:3] for name in NAMES), "Sept"])
_MONTH_WITHOUT_YEAR = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[\s./\-]*)?(?:{_MONTHS})\b[\W\d]*(?:[a-z]\W*)?"
_DAY = r"\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|\d{4}-\d{1,2}-\d{1,2}"
_AS_A_MONTH = rf"(?i){_MONTH_WITHOUT_YEAR}|{_DAY}"
_WORD_AND_YEAR = r"(?i)([a-z]{3,})\W*(?:\d\d|\d{4})"
_TOLERANCE_WORDS = {"tolerance", "tolerances"}
_THRESHOLD_WORDS = {"threshold", "thresholds", "trigger", "triggers"}
_WORDS_OF_LINES = {  # a heading of these and those below alone is of a threshold
    "red", "amber", "green", "floor", "ceiling", "limit", "limits", "intervention", "minimum",
    "maximum", "min", "max", "lower", "upper", "acceptable", "escalation", "danger", "boundary",
    "boundaries", "cutoff", "margin", "unacceptable", "bound", "bounds", "slippage",
}  # fmt: skip
_BESIDE_LINES = {
    "value", "values", "range", "ranges", "band", "zone", "level", "line", "point", "criteria",
    "condition", "definition", "standard", "performance", "figure", "score", "if", "when", "from",
    "to", "at", "below", "above", "under", "over", "and", "or", "rag", "acceptable", "allowed",
    "permitted", "tolerated", "expected", "required", "control", "target", "for", "the", "less",
    "more", "than", "worst", "lowest", "highest", "alert", "warning", "critical", "within",
    "variance", "percent", "contract", "by", "off", "action", "how", "far",
}  # fmt: skip
_PAIRS_OF_LINES = (
    {"cut", "off"},
    {"fail", "below"},
    {"fail", "above"},
    {"pass", "mark"},
    {"off", "by"},
)
_COLOURS = {"rag", "brag", "rating", "status", "colour"}
_WITH_A_LEVEL = {
    "action",
    "alert",
    "warning",
    "critical",
    "worst",
    "lowest",
    "highest",
}  # not by themselves
_LEVELS = {
    "level",
    "levels",
    "limit",
    "zone",
    "value",
    "point",
    "line",
    "acceptable",
    "performance",
}
_OFF_TARGET, _ALLOWED = (
    {"variance", "deviation"},
    {"allowed", "permitted", "acceptable", "tolerated"},
)
_TARGET_WORDS = {"target", "targets", "profile", "profiled", "tgt"}
_YEAR_WORDS = {"annual", "year", "years", "yearly", "yr", "end", "fy", "full", "final"}
_OTHER_WORDS = {
    "month", "months", "monthly", "in", "this", "for", "the", "to", "date", "ytd", "current",
    "period", "quarter", "quarterly", "cumulative", "latest", "value", "figure", "level", "agreed",
    "q1", "q2", "q3", "q4", *_MONTHS.casefold().split("|"),
}  # fmt: skip


class Heading(NamedTuple):
    """What stands above a column: the cell with all of its text, and what that means."""

    cell: Cell
    field: str | None = None
    period: Meaning | None = None
    series: str | None = None  # of a period: "value" or "target", where the heading says it
    is_told: bool = False  # by a profile


class Reader(NamedTuple):
    """What headings are read with: the year's first month, neighbours' marks, and a profile."""

    year_starts: int = 4
    marks: frozenset[str] = RUN_TOGETHER
    told: Mapping[str, str] = {}  # the field of headings that a profile names, folded
    fewest: int = 3  # known headings, with fewer of which a row is no row of headings

    def heading_of(self, cell: Cell) -> Heading:
        """Return what a cell means as a heading of one line."""
        if isinstance(cell.value, date):
            return Heading(cell, period=Period.of(cell.value, self.year_starts))
        if not isinstance(cell.value, str) or cell.fault:
            return Heading(cell)
        if told := self._told(cell, cell.value):
            return told
        field, period = words_of(cell.value, self.year_starts, self.marks)
        if period is not None and field in SERIES:
            return Heading(cell, None, period, field)
        return Heading(cell, field, period)

    def field_of(self, text: str) -> str | None:
        """Return the field that a text means as a heading, by the profile or by its words."""
        return self.told.get(fold_heading(text)) or field_of(text)

    def may_head_keys(self, text: str) -> bool:
        """Whether a text has a word of headings below which codes, names or settings stand.

        It tells quickly that most texts of a large sheet are no such heading.
        """
        return is_of_keys(text) or (bool(self.told) and fold_heading(text) in self.told)

    def _told(self, cell: Cell, text: str) -> Heading | None:
        """Return what a profile says of a heading, or of its words beside a period."""
        if not self.told or len(text) > LONGEST_HEADING:
            return None
        if field := self.told.get(fold_heading(text)):
            return Heading(cell, field, is_told=True)
        found = find_periods(
            " ".join(text.split()), self.year_starts, is_name=True, marks=self.marks
        )
        field = self.told.get(fold_heading(found.rest)) if len(found.mentions) == 1 else None
        if field is None:
            return None
        series = field if field in SERIES else None
        return Heading(cell, None if series else field, found.meanings[0], series, is_told=True)

    def heading_under(self, over: Cell | None, carried: Cell | None, cell: Cell) -> Heading:
        """Return what a heading's second line means under the first: above it, or further left.

        "Target" over "Annual" is the annual target, "Apr-17" over "Target" a target of that month;
        "Apr-17" over "Month" is that month's value, as it may stand beside "YTD".
        """
        alone = self.heading_of(cell)
        upper = self.heading_of(carried) if carried else None
        if carried is None or upper is None or over == cell:
            return alone
        if upper.period is not None:
            return self._under_a_period(upper, alone)
        if upper.field == "last_year":
            is_value = alone.field == "value" or series_of(str(cell.value)) == "value"
            return Heading(cell, "last_year") if is_value else Heading(cell, IGNORE)
        if over and (joined := self._joined(over, cell)):
            return joined
        if alone.period is not None:
            series = alone.series or upper.field if upper.field in SERIES else alone.series
            return alone._replace(series=series) if not alone.field else alone
        return alone if alone.field else self._joined(carried, cell) or alone

    def _under_a_period(self, upper: Heading, alone: Heading) -> Heading:
        """Return what a heading means below a period: another one, or what is told of it."""
        text = fold_heading(str(alone.cell.value))
        if alone.period is not None:
            period = _with_year_of(alone.period, upper.period)
            return alone._replace(period=period, series=alone.series or upper.series)
        if text in _TO_DATE:
            return Heading(alone.cell)
        series = "value" if alone.field == "period" else _LETTERS.get(text) or series_of(text)
        series = series or (alone.field if alone.field in SERIES else None)
        if series:
            return Heading(alone.cell, None, upper.period, series)
        if text in _RAG:
            return Heading(alone.cell, "published_outcome", upper.period)
        if alone.field in ("published_outcome", "published_direction", "comment"):
            return Heading(alone.cell, alone.field, upper.period)
        return alone

    def _joined(self, over: Cell, cell: Cell) -> Heading | None:
        """Return the field that two lines mean together, in either order."""
        if not isinstance(over.value, str) or len(over.value) > LONGEST_HEADING:
            return None
        for text in (f"{over.value} {cell.value}", f"{cell.value} {over.value}"):
            heading = self.heading_of(cell._replace(value=text))
            if isinstance(heading.period, UnclearPeriod):
                continue  # a title above, which names a period of its own
            if heading.field or heading.series:
                return heading
        return None


def _with_year_of(lower: Meaning, upper: Meaning | None) -> Meaning:
    """Return a lower line's period with the year above it, or an upper one with that below it."""
    if isinstance(lower, YearlessPeriod) and isinstance(upper, Period):
        return lower.with_year(upper)
    if isinstance(upper, YearlessPeriod) and isinstance(lower, Period) and lower.length == 12:
        return upper.with_year(lower)  # 2018/19 below Q3
    return lower


def known_field(text: str) -> str | None:
    """Return the field that a text means as a heading; also that of a settings table's names."""
    return field_of(text)


def series_of(text: str) -> str | None:
    """Return "value" for Actual and the like, "target" for Target, None for any other text."""
    return _SERIES_WORDS.get(fold_heading(text)) if len(text) <= LONGEST_HEADING else None


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
    if words & (_TOLERANCE_WORDS | _THRESHOLD_WORDS) or (words & _OFF_TARGET and words & _ALLOWED):
        return True
    if any(nearest(word, ("threshold", "thresholds"), likeness=0.85) for word in words):
        return True
    if words & _COLOURS and words & RULES_OF_COLOURS:
        return True
    if any(pair <= words for pair in _PAIRS_OF_LINES) or words in ({"critical"}, {"r"}, {"g"}):
        return True
    if words & _WITH_A_LEVEL and words & _LEVELS and not words - _WITH_A_LEVEL - _BESIDE_LINES:
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
    misspelt = re.fullmatch(_WORD_AND_YEAR, text)
    is_near = misspelt is not None and nearest(misspelt[1], _MONTHS.split("|")) is not None
    return is_near or re.fullmatch(_AS_A_MONTH, text) is not None


def rank_of(heading: str) -> int:
    """Return how far a heading is from its field's first one; 0 is the heading of the report."""
    field = INDICATOR_FIELDS.get(field_of(heading) or "code") or INDICATOR_FIELDS["code"]
    folded = [fold_heading(known) for known in field.headings]
    own = fold_heading(heading)
    return folded.index(own) if own in folded else len(folded)


__all__ = ["LONGEST_HEADING", "SERIES", "SETTING", "Heading", "Reader", "field_of", "fold_heading"]
