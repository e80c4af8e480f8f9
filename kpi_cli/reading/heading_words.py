"""The words of a heading, read as a grammar: a field, with or without a period, and a note.

"Qtr 3 Actual" is the value of a quarter, "Target 2018/19" the target of a year, "KPI Ref No." a
code: the words around what counts do not matter, nor does their order. A period is never left
out and forgotten: whoever asks for the meaning gets it too.
"""

import re
from collections.abc import Collection, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.names import RAISED, nearest
from kpi_cli.period_words import RUN_TOGETHER, find_periods
from kpi_cli.periods import Meaning, UnclearPeriod
from kpi_cli.reading.written_values import is_standing, is_unit

LONGEST_HEADING = 500  # characters; a text that is longer is no heading
IGNORE = "ignore"
"""The field of headings whose columns are not to be read, as a profile says."""
SETTING = "setting"
"""The field of a settings table's names."""

_NO_WORD = re.compile(r"[\W_]+")
_UNREAD = str.maketrans(dict.fromkeys(f"'’.{RAISED}", ""))  # left out of words: Month's, P.I.
_NOTES = str.maketrans(dict.fromkeys(RAISED, ""))
_DIGIT = re.compile(r"\d")
_OF_PERIODS = (  # a heading without any of these, and without a digit, names no period
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "quarter",
    "qtr", "half", "month", "year", "week", "fy", "first", "second", "third", "fourth", "last",
    "one", "two", "three", "four", " i",
)  # fmt: skip
_OF_TARGET = re.compile(
    r"(?:%|\bper ?cent(?:age)?\b) of (?:the |its )?(?:target|plan|profile)\b", re.I
)
_POINT_IN_TIME = re.compile(r"(?:\S+ )*(\S+) (?:years?|dates?)")  # "Target year": which, not what
_COMMENT = re.compile(r"comment\w*+ ?[-–—:(]", re.IGNORECASE)


class Words(NamedTuple):
    """What the words of a heading mean."""

    field: str | None = None
    period: Meaning | None = None


@lru_cache(maxsize=8192)
def fold_heading(heading: str) -> str:
    """Return a heading's words without case, punctuation and line breaks."""
    line = " ".join(heading.split()).translate(_UNREAD)
    bare = line.replace("&", " and ").replace("#", " no ")
    return _NO_WORD.sub(" ", bare).strip().casefold()


@lru_cache(maxsize=8192)  # every text that may be a heading is asked for, most often
def words_of(heading: str, year_starts: int = 4, marks: frozenset[str] = RUN_TOGETHER) -> Words:
    """Return the field that a heading means, None where it means none, and the period in it.

    The financial year starts with the month of that number; marks are those of neighbours.
    """
    if len(heading) > LONGEST_HEADING:
        return Words()
    if field := _FIELDS.get(fold_heading(heading)):
        return Words(field)
    heading = heading.translate(_NOTES)
    if not _may_name_period(heading):
        return Words(_field_of(heading))
    found = find_periods(" ".join(heading.split()), year_starts, is_name=True, marks=marks)
    if len(found.mentions) > 1:
        why = f'the heading "{" ".join(heading.split())[:60]}" names several periods'
        return Words(_field_of(found.rest), UnclearPeriod(why, "Name one of them."))
    period = found.meanings[0] if found.mentions else None
    if period is not None and not fold_heading(found.rest):
        return Words(None, period)
    field = _field_of(found.rest)
    if period is not None and field is None and not _is_said_of_a_period(found.rest):
        return Words()  # of whatever it is: not of what is read
    return Words(field, period)


def _may_name_period(heading: str) -> bool:
    """Whether a heading is worth a closer look: most texts of a sheet name no period."""
    lowered = heading.lower()
    return _DIGIT.search(lowered) is not None or any(word in lowered for word in _OF_PERIODS)


def named_field(text: str) -> str | None:
    """Return the field whose heading a text is, word for word; None where it is none's."""
    return _FIELDS.get(fold_heading(text)) if len(text) <= LONGEST_HEADING else None


def is_bare_target(heading: str) -> bool:
    """Whether a heading is "Target" and a period, and nothing else: that of the whole period."""
    words = [word for word in fold_heading(heading).split() if word not in _NOISE]
    return not set(words) & (_TARGET - {"target", "targets"} | {"months", "month", "monthly"})


def may_be_value(heading: str) -> bool:
    """Whether a heading that is unknown may be of the values: no baseline, forecast or variance."""
    words = set(fold_heading(heading).split()) if len(heading) <= LONGEST_HEADING else set()
    return words.isdisjoint(_DIFFERENCE | _BEFORE | {"baseline", "forecast", "predicted"})


def names_code_and_name(heading: str) -> bool:
    """Whether a heading says that its cells hold a code and a name: "PI Code & Short Name"."""
    words = set(fold_heading(heading).split()) if len(heading) <= LONGEST_HEADING else set()
    is_code = words & {"code", "ref", "reference", "id", "no", "number"}
    return bool(is_code and words & {"name", "title", "description", "indicator", "measure"})


def is_of_whole_year(heading: str) -> bool:
    """Whether a heading of last year says that its figures are those of all of it."""
    words = set(fold_heading(heading).split())
    return bool(words & {"outturn", "outturns", "annual", "full", "final", "whole"})


def is_of_same_period(heading: str) -> bool:
    """Whether a heading of last year says that its figures are of the same part of the year."""
    words = set(fold_heading(heading).split())
    return not words.isdisjoint(_SAME | _TIMES - {"year"} | _TO_DATE) or bool(
        find_periods(heading, 4, is_name=True).mentions
    )


def is_like_a_target(heading: str) -> bool:
    """Whether a heading speaks of a target, perhaps misspelt, and not of how far off it is."""
    words = set(fold_heading(heading).split()) if len(heading) <= LONGEST_HEADING else set()
    is_one = any(nearest(word, ("target", "targets"), likeness=0.8) for word in words)
    return is_one and not words & _DIFFERENCE


def whose_target(heading: str) -> Set[str]:
    """Return whose target a heading is of, or which of several: {"local"} of "Target (local)"."""
    words = set(re.findall(r"\w+", heading[:LONGEST_HEADING].casefold()))
    is_one = not words.isdisjoint(_TARGET) and words <= _WHOSE.union(_TARGET, _TIMES, _NOISE)
    return words & _WHOSE if is_one else set()


def field_of(heading: str) -> str | None:
    """Return the field that a heading means, whatever period it names; None where it is unknown.

    "Target 2018/19" is the target for the year, though "Target" alone is the period's.
    """
    field, period = words_of(heading)
    is_annual = field == "target" and _is_of_a_year(period) and is_bare_target(heading)
    return "annual_target" if is_annual else field


def is_to_date(heading: str) -> bool:
    """Whether a heading is of figures since the year began: "YTD", "Year to date"."""
    words = set(fold_heading(heading).split())
    return "ytd" in words or "cumulative" in words or {"year", "date"} <= words


def is_of_one_period(heading: str) -> bool:
    """Whether a heading is of a month or a quarter: "Month Actual", "Quarterly Target"."""
    words = set(fold_heading(heading).split())
    return not words.isdisjoint(_TIMES - {"year", "half"}) and words.isdisjoint(_TO_DATE | {"year"})


def _is_of_a_year(period: Meaning | None) -> bool:
    meanings = period.meanings if isinstance(period, UnclearPeriod) else (period,)
    return any(getattr(each, "length", 0) == 12 for each in meanings)


def _field_of(text: str) -> str | None:
    """Return the field that words mean in which there is no period any more."""
    folded = fold_heading(text)
    if field := _FIELDS.get(folded):
        return field
    if _COMMENT.match(text.strip()):
        return "comment"
    if share := _OF_TARGET.search(text):  # of how much of the target is reached, or may be missed
        rest = fold_heading(text[: share.start()] + text[share.end() :])
        return "tolerance" if _FIELDS.get(rest) == "tolerance" else None
    return _field_of_words(text, folded.split())


def _field_of_words(text: str, words: Sequence[str]) -> str | None:
    if not words or len(words) > _MOST_WORDS or _OF_RULES.isdisjoint(words):
        return None
    if words[-2:] in (["rag", "key"], ["rating", "key"]):
        return None
    core = [word for word in words if word not in _NOISE]
    if core and (field := _FIELDS.get(" ".join(core))):
        return field
    point = _POINT_IN_TIME.fullmatch(" ".join(words))
    if point and point[1] in _TARGET | _VALUE:
        return None
    there = set(words)
    if rule := next((rule for rule in _RULES if rule.holds(there)), None):
        return rule.field
    name, note = _noted(text)
    return _field_of(name) if note and _says_more(note) else None


def unit_of(heading: str) -> str:
    """Return the unit in which a heading says that its figures are: "days" of "Actual (days)"."""
    _, note = _noted(heading) if len(heading) <= LONGEST_HEADING else ("", "")
    return note if is_unit(note) else ""


def _noted(heading: str) -> tuple[str, str]:
    """Return a heading without the note in brackets at its end, and that; "" without one."""
    heading = heading.strip()
    start = max(heading.rfind("("), heading.rfind("["))
    if start < 1 or not heading.endswith((")", "]")):
        return heading, ""
    return heading[:start], heading[start + 1 : -1].strip()


def _says_more(note: str) -> bool:
    """Whether a note in brackets leaves a heading what it is: a unit, "provisional", a footnote."""
    is_footnote = re.fullmatch(r"\d{1,2}|\*+", note) is not None
    is_agreed = fold_heading(note).startswith(("agreed", "approved"))
    return is_unit(note) or is_footnote or is_agreed or is_standing(note)


def _is_said_of_a_period(text: str) -> bool:
    """Whether words beside a period only say more of it: "YTD", "(provisional)", "position"."""
    return set(fold_heading(text).split()) <= _OF_A_PERIOD


class _Rule(NamedTuple):
    """A field by its words: one of each group of words must be there, and none of the others."""

    field: str | None
    groups: tuple[Collection[str], ...]
    unless: Collection[str] = ()
    only: Collection[str] | None = None  # and no others but these and the noise

    def holds(self, words: Set[str]) -> bool:
        """Whether words mean the field."""
        if any(map(words.isdisjoint, self.groups)):
            return False
        if not words.isdisjoint(self.unless):
            return False
        return self.only is None or words <= _NOISE.union(self.only, *self.groups)


_MOST_WORDS = 14
_NOISE = frozenset({
    "kpi", "kpis", "pi", "pis", "spi", "lpi", "key", "indicator", "indicators", "measure",
    "measures", "metric", "metrics", "the", "of", "this", "for", "current", "reporting",
    "reported", "corporate", "our", "a", "an", "in", "and", "or", "by", "local", "new",
})  # fmt: skip
_WHOSE = frozenset({
    "local", "council", "corporate", "la", "national", "england", "regional", "statutory",
    "contract", "contractual", "stretch", "stretched", "aspirational", "minimum", "min", "maximum",
    "max", "upper", "lower", "original", "revised",
})  # fmt: skip
_OF_A_PERIOD = frozenset({
    "ytd", "to", "date", "cumulative", "provisional", "prov", "p", "final", "unaudited",
    "position", "data", "figures", "figure", "as", "at", "end", "monthly", "quarterly",
})  # fmt: skip
_YEAR_END = frozenset({
    "annual", "year", "yearend", "yearly", "yr", "end", "fy", "full", "final", "eoy", "whole",
})  # fmt: skip
_SAME = frozenset({
    "same", "ago", "time", "point", "equivalent", "corresponding",
})  # fmt: skip
_TO_DATE = frozenset({
    "ytd", "date", "cumulative",
})  # fmt: skip
_TARGET = frozenset({
    "target", "targets", "tgt", "profile", "profiled", "trajectory", "plan", "planned",
    "standard", "goal", "ambition",
})  # fmt: skip
_VALUE = frozenset({
    "actual", "actuals", "act", "value", "values", "result", "results", "outturn", "outturns",
    "achieved", "achievement", "performance", "figure", "figures", "score",
})  # fmt: skip
_TIMES = frozenset({
    "month", "months", "monthly", "quarter", "quarters", "quarterly", "qtr", "period",
    "periods", "year", "half",
})  # fmt: skip
_BEFORE = frozenset({
    "last", "previous", "prior",
})  # fmt: skip
_DIFFERENCE = frozenset({
    "variance", "variation", "difference", "gap", "vs", "versus", "against", "distance", "rag",
    "status", "rationale", "met", "setting", "set", "type", "source", "missed",
    "rating", "comparator", "benchmark", "average", "median", "national", "neighbours",
    "england", "comment", "note",
})  # fmt: skip
RULES_OF_COLOURS = frozenset({
    "boundary", "boundaries", "criteria", "criterion", "rule", "rules", "key", "definition",
    "definitions", "scale", "parameters", "tolerance", "tolerances", "threshold", "thresholds",
})  # fmt: skip
"""Words beside "RAG" and "rating" in headings of what makes a colour, not of the colour itself."""
_GOOD = frozenset({"good", "better", "positive", "best"})
_UP = frozenset({"bigger", "larger", "higher", "high", "max", "maximise", "maximize", "increase"})
_DOWN = frozenset({"smaller", "lower", "low", "min", "minimise", "minimize", "decrease", "reduce"})
_ABOUT_GOOD = frozenset({
    "is", "to", "be", "what", "aim", "performance", "number", "value", "do", "we", "want", "should",
    "it",
})  # fmt: skip
_LINES = frozenset({
    "threshold", "thresholds", "trigger", "triggers", "value", "values", "line", "level", "limit",
    "limits", "point", "standard", "target", "performance",
})  # fmt: skip
_RULES: tuple[_Rule, ...] = (
    _Rule("lower_tolerance", ({"lower"}, {"tolerance"}), only=_LINES | {"lower", "tolerance"}),
    _Rule("upper_tolerance", ({"upper"}, {"tolerance"}), only=_LINES | {"upper", "tolerance"}),
    _Rule("red_threshold", ({"floor", "intervention"}, _LINES), only=_LINES),
    _Rule("red_threshold", ({"minimum", "min"}, {"acceptable"}), only=_LINES),
    _Rule("red_threshold", ({"red"}, _LINES - {"target", "performance"}), only=_LINES),
    _Rule("amber_threshold", ({"amber"}, _LINES - {"target", "performance"}), only=_LINES),
    _Rule("green_threshold", ({"green"}, _LINES - {"target"}), only=_LINES - {"target"}),
    _Rule(None, ({"threshold", "thresholds", "trigger", "triggers", "tolerance", "tolerances"},)),
    _Rule(
        "comment",
        (
            {"comment", "comments", "commentary", "narrative", "explanation", "explanations",
             "remarks", "note", "notes", "context", "reason", "reasons", "corrective",
             "mitigation", "mitigating", "actions", "action"},
        ),
        unless=_TARGET - {"plan"} | {"owner", "ref", "id", "type", "status", "code", "no", "level"},
    ),
    _Rule("published_direction", ({"better", "improving", "improved"}, {"worse", "declining"})),
    _Rule("polarity", ({"polarity"},)),
    _Rule(
        "polarity",
        ({"desired", "preferred", "positive", "improvement", "intended", "good"},
         {"direction", "trend", "travel"}),
    ),
    # "Good is", "Higher or lower"; "Higher is better" is no heading: it says which.
    _Rule("polarity", (_GOOD,), only=_GOOD | _ABOUT_GOOD),
    _Rule("polarity", (_UP, _DOWN), only=_UP | _DOWN | _GOOD | _ABOUT_GOOD),
    _Rule("polarity", ({"aim", "gauge", "target"}, {"type"}), unless={"unit", "source"}),
    _Rule(
        "published_direction",
        ({"trend", "trends", "dot", "direction", "travel", "arrow", "arrows"},),
        unless=_TARGET,
    ),
    _Rule(
        "published_direction",
        ({"change", "movement", "compared", "comparison"}, _BEFORE | {"year"}),
        unless=_TARGET,
    ),
    _Rule("published_direction", ({"year"}, {"on"}), only={"year", "on"}),
    _Rule(
        "published_outcome",
        ({"rag", "status", "rating", "traffic", "light", "lights", "brag", "ragb"},),
        unless={"owner", "forecast", "previous", "last", *RULES_OF_COLOURS - {"key"}},
    ),
    _Rule("published_outcome", ({"on"}, {"target", "track"}), only={"on", "target", "track"}),
    _Rule(None, (_BEFORE | {"next", "future"}, _TARGET)),
    _Rule(None, (_DIFFERENCE, _TARGET)),
    _Rule(
        "last_year",
        ({"year", "years"}, _BEFORE | {"ago"}),
        only=_VALUE | _TIMES | {"same", "time", "at", "in", "s", "point", *_BEFORE, "ago", "one"},
    ),
    _Rule("last_year", ({"12"}, {"ago"}), only={"12", "months", "month", "ago"}),
    _Rule(
        "last_year",
        (_BEFORE, _VALUE | {"quarter", "qtr", "month"}, {"year", "years"}),
    ),
    _Rule("period", (_BEFORE | {"latest"}, {"update"}), only=_BEFORE | {"latest", "update"}),
    _Rule(None, (_BEFORE,)),
    _Rule(
        "annual_target",
        (_TARGET, _YEAR_END - {"end"}),
        unless=_DIFFERENCE | _TO_DATE | {"in"},
    ),
    _Rule(
        "target",
        (_TARGET,),
        unless=_DIFFERENCE,
        only=_TARGET | _TIMES | _TO_DATE | {"value", "values", "to", "latest", "green", "year",
                                            "level", "agreed", "figure", "in", "national"},
    ),
    _Rule(
        "value",
        (_VALUE,),
        unless=_TARGET | _DIFFERENCE | {"forecast", "predicted", "expected", "unit", "baseline"},
        only=_VALUE | _TIMES | _TO_DATE | _YEAR_END
        | {"latest", "to", "data", "rounded", "s", "level", "available", "reported", "rate", "as",
           "at"},
    ),
    _Rule("value", ({"ytd"},), only={"ytd"}),
    _Rule("value", ({"year"}, {"date"}), only={"year", "to", "date"}),
    _Rule("value", ({"current", "this", "latest"}, {"quarter", "month", "period", "year", "qtr"}),
          only={"current", "this", "latest", "quarter", "month", "period", "year", "qtr"}),
    _Rule("value", ({"latest"},), only={"latest"}),
    _Rule(
        "period",
        ({"period", "quarter", "month", "date", "data", "update", "timeframe", "at"},),
        unless={"updated", "refreshed", "entered", "created"},
        only={"period", "quarter", "month", "date", "data", "update", "latest", "as", "at",
              "covered", "available", "last", "to", "end", "ending", "timeframe", "time", "year",
              "report"},
    ),
    _Rule("period", ({"financial"}, {"year"}), only={"financial", "year"}),
    _Rule(
        "code",
        ({"id", "no", "number", "ref", "reference", "code", "refid"},),
        only={"id", "no", "number", "ref", "reference", "code", "unique", "name", "short", "and",
              "title", "bp", "cp", "mpr", "system"},
    ),
    _Rule(
        "short_name",
        ({"name", "title", "description", "indicator", "measure", "metric", "goals", "success",
          "measured"},),
        unless={"unit", "service", "type", "owner", "sheet", "report"} | _VALUE - {"performance"},
        only={"name", "title", "description", "success", "what", "we", "is", "being", "measured",
              "short", "long", "full", "performance", "outcome", "output", "definition", "goals",
              "statutory", "strategic"},
    ),
    _Rule(
        "managed_by",
        ({"owner", "lead", "manager", "officer", "managed", "assigned", "head", "responsible",
          "accountable", "exec", "director", "contact"},),
        unless=_VALUE | _TARGET | {"unit", "committee", "updated"},
    ),
    _Rule("committee", ({"committee", "panel", "scrutiny"},), unless=_VALUE | _TARGET | {"date"}),
    _Rule(
        "responsible_ous",
        ({"service", "department", "directorate", "team", "division", "business", "ous"},),
        only={"service", "services", "department", "directorate", "team", "division", "business",
              "unit", "area", "delivery", "group", "responsible", "lead"},
    ),
    _Rule(
        "aim",
        ({"priority", "priorities", "objective", "objectives", "aim", "theme", "domain", "goal",
          "ambition"},),
        unless=_TARGET - {"plan", "goal", "ambition"} | _VALUE,
        only={"priority", "priorities", "objective", "objectives", "aim", "theme", "domain",
              "strategic", "council", "plan", "business", "service", "goal", "ambition", "outcome"},
    ),
)  # fmt: skip
"""The fields by their words, the first rule that holds; None: understood, and not read."""

_OF_RULES = frozenset({
    *(word for rule in _RULES for group in rule.groups for word in group), *_NOISE,
})  # fmt: skip
_FIELDS: dict[str, str] = {
    fold_heading(heading): key
    for key, field in INDICATOR_FIELDS.items()
    for heading in field.headings
} | {"setting": SETTING, "settings": SETTING}
_KEY_WORDS = frozenset({
    *(word for key in ("code", "short_name")
      for heading in INDICATOR_FIELDS[key].headings for word in fold_heading(heading).split()),
    "no", "number", "unique", "goals", "metric", "success", "measured", "setting", "settings",
})  # fmt: skip
_MOST_KEY_WORDS = 8


def is_of_keys(text: str) -> bool:
    """Whether a text has a word of the headings of codes, names and settings, and few others."""
    if len(text) > LONGEST_HEADING:
        return False
    words = fold_heading(text).split()
    return len(words) <= _MOST_KEY_WORDS and not _KEY_WORDS.isdisjoint(words)
