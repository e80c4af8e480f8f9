"""Targets as people write them: with the side on which they are met (≥95%, 5 or fewer), as bands.

A target tells by its sign or its words that higher is better or lower, and Goldilocks by being a
band. Changes ("Reduce by 5%"), places among others ("Top quartile") and two figures are nothing
that a value can be held against.
"""

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kpi_cli.amounts import Band, Target, Value, parse_amount
from kpi_cli.models import Polarity
from kpi_cli.reading.wording import PERIOD, in_one_form, one_of
from kpi_cli.reading.written_values import parse_written_value

_GOLDILOCKS = Polarity.GOLDILOCKS
_LESS, _MORE = one_of("less fewer lower"), one_of("more greater higher")
_BELOW, _ABOVE = rf"(?:{_LESS} than|below|under)", rf"(?:{_MORE} than|above|over)"
_SIDES = {  # forms before a figure, and behind it
    Polarity.MAXIMISE: (
        rf"≥|at least|(?:a )?min(?:imum|\.)?(?: of)?|(?:no|not) {_BELOW}"
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
    r"|(?:to )?(?:achieve|reach|meet)|improve to|no worse than"
)


class _Form(NamedTuple):
    """A form of words with a figure: the side that it tells, and whether the figure is left out."""

    pattern: re.Pattern[str]
    polarity: Polarity | None
    is_strict: bool = False


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern that is made when it is first needed: most workbooks need none of them."""
    return re.compile(pattern, re.IGNORECASE)


def _before(pattern: str) -> re.Pattern[str]:
    return _compiled(rf"(?:{pattern})(?![a-z]) ?")


def _behind(pattern: str) -> re.Pattern[str]:
    return _compiled(rf" ?(?<![a-z])(?:{pattern}|\((?:{pattern})\))$")


@cache
def _leads() -> list[_Form]:
    """Return the forms before a figure; those that leave it out come last."""
    return [
        *(_Form(_before(at), polarity) for polarity, (at, _, _) in _SIDES.items()),
        *(_Form(_before(past), polarity, True) for polarity, (_, past, _) in _SIDES.items()),
    ]


@cache
def _ends() -> list[_Form]:
    """Return the forms behind a figure."""
    return [
        *(_Form(_behind(behind), polarity) for polarity, (_, _, behind) in _SIDES.items()),
        _Form(_behind("or better"), None),
    ]


_RANGE = r"(?:(?:in |within )?(?:the |a )?range(?: of|:)?|between|from|within) (.+)|(.+) range"
_DATED = (
    rf" ?\(?\b(?:by|in|for|from|until|before|during|at)(?: the)?(?: end(?: of)?| year[ -]?end)?"
    rf"(?: {PERIOD}){{1,2}}\)?$|,? \(?(?:by|at) (?:the )?(?:end of (?:the )?year|year[ -]?end)\)?$"
)
_TIME = r"\b(?:min|minute|hour|hr|day|week|wk|month|year|yr|sec|second)s?\b"

_PLACE = (
    r"\b(?:quartiles?|quintiles?|deciles?|percentiles?|averages?|median|mean|top|bottom|upper|best"
    r"|\d+(?:st|nd|rd|th)|worst|rank(?:ed|ing)?|league|national|england|english|wales|scotland|uk|london|regional"
    r"|neighbours?|peers?|benchmarks?|comparators?|family group|in line with)\b"
)
_CHANGE = (
    r"^\+|\b(?:reduc|increas|improv|decreas|rais|lower|cut|grow|drop|halv|doubl|maintain|sustain"
    r"|hold|remain|continu|chang|minimi[sz]|maximi[sz]|match|trend|upward"
    r"|downward)|\b(?:rise|rising|fall|falling|same|better|worse"
    r"|previous|last year|prior year|year[ -]on[ -]year|on last|than (?:in )?20\d\d)\b"
)
_PERIODS = rf"\b{PERIOD}\b"
_FIGURE = r"\d[\d.,]*"


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
    if _compiled(_PLACE).search(line):
        return "a place among others, not a figure"
    if _compiled(_CHANGE).search(line):
        return "a change, not a figure"
    if len(_compiled(_FIGURE).findall(_compiled(_PERIODS).sub("", line))) > 1:
        return "more than one figure"
    return None


def _stated(text: str) -> _Stated | None:
    """Return the target of a text with what else it tells."""
    line = in_one_form(text)
    if line.startswith("+"):
        return None  # 2% more, or 2%: it could be either
    if amount := parse_amount(text):
        return _Stated(amount, _GOLDILOCKS if isinstance(amount, Band) else None, False)
    bare = _before(_NEUTRAL).sub("", _compiled(_DATED).sub("", line), count=1)
    found = parse_written_value(bare) or _band(bare)
    if isinstance(found, Band):
        return _Stated(found, _GOLDILOCKS, False)
    stated = _Stated(found, None, False) if found else _with_side(bare)
    if stated and line != stated.target.text:
        return stated._replace(target=_written(stated.target, line))
    return stated


def _with_side(text: str) -> _Stated | None:
    """Return the figure that has a form before or behind it, with the side that this tells."""
    lead = next((form for form in _leads() if form.pattern.match(text)), None)
    end = next((form for form in _ends() if form.pattern.search(text)), None)
    if lead and end and end.polarity is not lead.polarity:
        end = None  # "within 5 min" are minutes; of what is a contradiction no figure is left
    figure = end.pattern.sub("", text) if end else text
    figure = lead.pattern.sub("", figure, count=1) if lead else figure
    form, is_time = lead or end, _compiled(_TIME).search(text)
    found = parse_written_value(figure) if form and not figure.startswith("+") else None
    if not isinstance(found, Value) or not form or (text[:6].lower() == "within" and not is_time):
        return None
    return _Stated(found, form.polarity, form.is_strict)


def _written(target: Target, line: str) -> Target:
    return replace(target, written=line) if isinstance(target, Value) else target


def _band(line: str) -> Band | None:
    """Return the band that words frame: "between 90 and 95"; "within 3-5 days" is none for sure."""
    if _compiled(r"within (?!.*\brange)").match(line) and _compiled(_TIME).search(line):
        return None
    framed = _compiled(_RANGE).fullmatch(line)
    ends = (framed[1] or framed[2]) if framed else line
    found = parse_written_value(ends.replace(" and ", " to ", 1) if framed else ends)
    return found if isinstance(found, Band) else None
