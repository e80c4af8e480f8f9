"""Targets as people write them: with the side on which they are met (≥95%, 5 or fewer), as bands.

A target tells by its sign or its words that higher is better or lower, and Goldilocks by being a
band. Changes ("Reduce by 5%"), places among others ("Top quartile") and two figures are nothing
that a value can be held against.
"""

import re
from dataclasses import replace
from typing import NamedTuple

from kpi_cli.amounts import Band, Target
from kpi_cli.models import Polarity
from kpi_cli.reading.wording import PERIOD, in_one_form, one_of
from kpi_cli.reading.written_values import parse_written_value

_LESS, _MORE = one_of("less fewer lower"), one_of("more greater higher")
_BELOW, _ABOVE = rf"(?:{_LESS} than|below|under)", rf"(?:{_MORE} than|above|over)"
_SIDES = {  # forms before a figure, and behind it
    Polarity.MAXIMISE: (
        rf"≥|at least|(?:a )?min(?:imum|\.)?(?: of)?|(?:no|not) (?:{_BELOW}|worse than)"
        rf"|{_ABOVE} or equal to|equal to or {_ABOVE}|at or above"
        r"|not (?:to )?fall(?:ing)? below|(?:to )?(?:increase|rise|grow|raise)d? to",
        rf">|{_ABOVE}|exceed(?:s|ing)?|in excess of",
        rf"\+|plus|(?:or|and) (?:{_MORE}|above|over|up(?:wards)?)|min(?:imum|\.)?",
    ),
    Polarity.MINIMISE: (
        rf"≤|at most|(?:a )?max(?:imum|\.)?(?: of)?|(?:no|not) {_ABOVE}"
        rf"|{_BELOW} or equal to|equal to or {_BELOW}|at or below|up to|no later than"
        r"|not (?:to )?exceed(?:ing)?|(?:to )?(?:reduce|decrease|fall|lower|cut)d? to|within",
        rf"<|{_BELOW}",
        rf"(?:or|and) (?:{_LESS}|under|below)|max(?:imum|\.)?",
    ),
}
_NEUTRAL = (
    r"target(?: of|:)?|(?:to )?(?:maintain|remain|keep|stay|hold|sustain)(?:ed)?(?: at)?"
    r"|(?:to )?(?:achieve|reach|meet)|improve to"
)


class _Form(NamedTuple):
    """A form of words with a figure: the side that it tells, and whether the figure is left out."""

    pattern: re.Pattern[str]
    polarity: Polarity | None
    is_strict: bool = False


def _before(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})(?![a-z]) ?", re.IGNORECASE)


def _behind(pattern: str) -> re.Pattern[str]:
    return re.compile(rf" ?(?<![a-z])(?:{pattern})$", re.IGNORECASE)


_LEADS = [
    *(_Form(_before(at), polarity) for polarity, (at, _, _) in _SIDES.items()),
    *(_Form(_before(past), polarity, True) for polarity, (_, past, _) in _SIDES.items()),
]
_ENDS = [
    *(_Form(_behind(behind), polarity) for polarity, (_, _, behind) in _SIDES.items()),
    _Form(_behind("or better"), None),
]
_INTRODUCED = _before(_NEUTRAL)
_RANGE = re.compile(
    r"(?:between|from|within|(?:in |within )?(?:the |a )?range(?: of|:)?) (.+)|(.+) range", re.I
)
_DATED = re.compile(
    rf" ?\(?\b(?:by|in|for|from|until|before|during|at)(?: the)?(?: end(?: of)?| year[ -]?end)?"
    rf"(?: {PERIOD}){{1,2}}\)?$|,? \(?(?:by|at) (?:the )?(?:end of (?:the )?year|year[ -]?end)\)?$",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b(?:min|minute|hour|hr|day|week|wk|month|year|second)s?\b", re.IGNORECASE)

_PLACE = re.compile(
    r"\b(?:quartiles?|quintiles?|deciles?|percentiles?|averages?|median|mean|top|bottom|upper|best"
    r"|worst|rank(?:ed|ing)?|league|national|england|english|wales|scotland|uk|london|regional"
    r"|neighbours?|peers?|benchmarks?|comparators?|family group|in line with)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"^\+|\b(?:reduc|increas|improv|decreas|rais|lower|cut|grow|drop|halv|doubl|maintain|sustain"
    r"|hold|remain|continu|chang|minimi[sz]|maximi[sz])|\b(?:rise|rising|fall|falling|same|better"
    r"|worse|previous|last year|prior year|year[ -]on[ -]year|on last|than (?:in )?20\d\d)\b",
    re.IGNORECASE,
)
_PERIODS = re.compile(rf"\b{PERIOD}\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d.,]*")


class _Stated(NamedTuple):
    target: Target
    polarity: Polarity | None
    is_strict: bool


def parse_written_target(text: str) -> Target | None:
    """Return the target that a text states, or None: a figure, also with a side, or a band.

    Written are "95%", "≥95%", "at least 95%", "5 or fewer", "95%+", "95% by March 2019", "90-95%",
    "between 90 and 95". "<5" and "over 95%" are the figure too: at it the target counts as met,
    as `is_strict` lets the caller say. "within 10 days" is a side, for 10 is a time. Raises
    ValueError for a band that is the wrong way round.
    """
    stated = _stated(text)
    return stated.target if stated else None


def polarity_of_target(text: str) -> Polarity | None:
    """Return the polarity that a target tells; None where it is a bare figure, or no target.

    At least, ≥ and + are met by more, at most, ≤ and "or fewer" by less; a band is Goldilocks.
    """
    try:
        stated = _stated(text)
    except ValueError:  # a band that is the wrong way round
        return Polarity.GOLDILOCKS
    return stated.polarity if stated else None


def is_strict(text: str) -> bool:
    """Whether a target's own figure does not meet it, as in "<5" and "more than 95%"."""
    try:
        stated = _stated(text)
    except ValueError:
        return False
    return bool(stated and stated.is_strict)


def why_unrateable(text: str) -> str | None:
    """Return what a text is in place of a target, for a message; None where that isn't known.

    It is for texts in which no target is found: "a change", "a place among others", "two figures".
    """
    line = in_one_form(text)
    if _PLACE.search(line):
        return "a place among others, not a figure"
    if _CHANGE.search(line):
        return "a change, not a figure"
    if len(_FIGURE.findall(_PERIODS.sub("", line))) > 1:
        return "more than one figure"
    return None


def _stated(text: str) -> _Stated | None:
    """Return the target of a text with what else it tells."""
    line = in_one_form(text)
    if line.startswith("+"):
        return None  # 2% more, or 2%: it could be either
    bare = _INTRODUCED.sub("", _DATED.sub("", line), count=1) if line else ""
    found = parse_written_value(bare) or _band(bare)
    if isinstance(found, Band):
        return _Stated(found, Polarity.GOLDILOCKS, False)
    lead = next((form for form in _LEADS if form.pattern.match(bare)), None)
    end = next((form for form in _ENDS if form.pattern.search(bare)), None)
    if not found and (lead or end):
        if lead and end and end.polarity is not lead.polarity:
            return None
        figure = end.pattern.sub("", bare) if end else bare
        figure = lead.pattern.sub("", figure, count=1) if lead else figure
        found = parse_written_value(figure)
        if figure.startswith("+") or (bare.lower().startswith("within") and not _TIME.search(bare)):
            return None
    if found is None or isinstance(found, Band):
        return None
    form = lead or end
    if form or bare != line:
        found = replace(found, written=line)
    return _Stated(found, form.polarity if form else None, bool(lead and lead.is_strict))


def _band(line: str) -> Band | None:
    """Return the band that words frame: "between 90 and 95"."""
    framed = _RANGE.fullmatch(line)
    ends = (framed[1] or framed[2]) if framed else line
    found = parse_written_value(ends.replace(" and ", " to ", 1) if framed else ends)
    return found if isinstance(found, Band) else None
