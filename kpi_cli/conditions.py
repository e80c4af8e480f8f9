"""Conditions as people write them, such as ">=95%", "90-95%" or "below 80%": where they hold."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.amounts import Band, Target, Unit, Value, parse_amount

_LONGEST = 80  # characters; a text that is longer is no condition
_SIGNS = {  # what stands before a number; signs of two characters go first
    ">=": r">=|=>|≥|⩾|≧|at least|min(?:imum(?: of)?|\.)?|not? (?:less|fewer|lower) than"
    r"|(?:more|greater|higher) than or equal to|equal to or (?:more|greater|higher)(?: than)?",
    "<=": r"<=|=<|≤|⩽|≦|at most|up to|max(?:imum(?: of)?|\.)?|not? (?:more|greater|higher) than"
    r"|(?:less|fewer|lower) than or equal to|equal to or (?:less|fewer|lower)(?: than)?",
    ">": r">|more than|greater than|higher than|above|over|exceeds|exceeding",
    "<": r"<|less than|fewer than|lower than|below|under",
    "=": r"=|exactly",
}
_SIGNS_AFTER = {  # what stands after a number
    ">=": r"(?:or|and|&) (?:more|above|over|higher|greater|upwards)|\+|plus",
    "<=": r"(?:or|and|&) (?:less|fewer|below|under|lower)",
}
_FORMS = [
    *((rf"(?:{words})\s*(.+)", sign) for sign, words in _SIGNS.items()),
    *((rf"(.+?)\s*(?:{words})", sign) for sign, words in _SIGNS_AFTER.items()),
]
_DASH = r"[‐‑‒–−—-]"
_BETWEEN = r"between (.+?) and (.+)"
_OUTSIDE = r"(?:outside|not in|not within)(?: of)? (.+)"
_TO = rf"(.+?)\s*(?:{_DASH}|\bto\b)\s*(.+)"
_JOINT = rf"\s*(?:[,;/&]|\b(?:and|but|or|to)\b|{_DASH})\s*|\s*(?=[<>=≤≥])"


class Span(NamedTuple):
    """The numbers from one end to the other; without an end they go on for ever."""

    low: Value | None = None
    high: Value | None = None
    with_low: bool = True  # whether the end is one of them
    with_high: bool = True

    def holds(self, number: Decimal) -> bool:
        """Whether the number is one of them."""
        if self.low and (number, self.with_low) < (self.low.number, True):
            return False
        return not self.high or (number, not self.with_high) <= (self.high.number, False)


class Condition(NamedTuple):
    """What a text says of a value: it holds in one span, or in two that lie apart."""

    text: str
    spans: tuple[Span, ...]
    is_bare: bool = False  # one number alone, which could be anything else as well

    def holds(self, number: Decimal) -> bool:
        """Whether a value of so many display units meets it."""
        return any(span.holds(number) for span in self.spans)


def parse_condition(text: str) -> Condition | None:
    """Return what a text says of a value, or None where it is no condition.

    The forms are a sign or its words before or after a number (">=95%", "at least 95%", "95% or
    more"), a number alone, two ends ("90-95%", ">=90% and <95%", "between 90 and 95"), and what
    lies outside of two ends ("<28 or >58", "outside 28-58").
    """
    shown = " ".join(text.split())
    line = shown.casefold().rstrip(".;,: ")
    if not line or len(line) > _LONGEST:
        return None
    if number := _number(line):
        return Condition(shown, (Span(number, number),), is_bare=True)
    if span := _signed(line) or _range(line):
        return Condition(shown, (span,))
    spans = _outside(line) or _joined(line)
    return Condition(shown, spans) if spans else None


def condition_of(amount: Target) -> Condition:
    """Return the condition that an amount is: a number alone, or both ends of a band."""
    if isinstance(amount, Band):
        return Condition(amount.text, (Span(amount.low, amount.high),))
    return Condition(amount.text, (Span(amount, amount),), is_bare=True)


def _number(text: str) -> Value | None:
    try:
        amount = parse_amount(text)
    except ValueError:  # a band that is the wrong way round
        return None
    return amount if isinstance(amount, Value) else None


def _signed(text: str) -> Span | None:
    """Return the numbers on one side of another: "<90%", "at least 95%", "95+"."""
    for form, sign in _FORMS:
        if (found := re.fullmatch(form, text)) and (number := _number(found[1])):
            if sign == "=":
                return Span(number, number)
            if sign.startswith(">"):
                return Span(low=number, with_low=sign == ">=")
            return Span(high=number, with_high=sign == "<=")
    return None


def _range(text: str) -> Span | None:
    """Return the numbers from one end to another; the ends may stand in either order."""
    found = re.fullmatch(_BETWEEN, text) or re.fullmatch(_TO, text)
    first, second = (_number(found[1]), _number(found[2])) if found else (None, None)
    if not first or not second:
        return None
    low, high = sorted(_in_one_unit(first, second), key=lambda end: end.number)
    return Span(low, high)


def _outside(text: str) -> tuple[Span, ...]:
    """Return what lies on both sides of two ends: "outside 28-58"."""
    found = re.fullmatch(_OUTSIDE, text)
    inside = _range(found[1]) if found else None
    if not inside:
        return ()
    return Span(high=inside.low, with_high=False), Span(low=inside.high, with_low=False)


def _joined(text: str) -> tuple[Span, ...]:
    """Return where two conditions hold together: ">=90% and <95%", "90 to <95", "<28 or >58"."""
    for joint in re.finditer(_JOINT, text):
        texts = text[: joint.start()], text[joint.end() :]
        first, second = _end(texts[0], is_first=True), _end(texts[1])
        if all(map(_number, texts)):  # "95%/90%" says nothing of what is between
            continue
        if first and second and (spans := _both(first, second, "or" in joint[0])):
            return spans
    return ()


def _end(text: str, is_first: bool = False) -> Span | None:
    """Return one of two conditions; a number alone is the end of a span, the first its lower."""
    if number := _number(text):
        return Span(low=number) if is_first else Span(high=number)
    return _signed(text)


def _both(first: Span, second: Span, is_either: bool) -> tuple[Span, ...]:
    under, over = (first, second) if first.high else (second, first)
    if under.low or over.high or not under.high or not over.low:
        return ()
    low, high = _in_one_unit(over.low, under.high)
    if low.number > high.number:  # nothing can be both: what is meant is the one or the other
        return under._replace(high=high), over._replace(low=low)
    if is_either:  # every number is the one or the other
        return ()
    return (Span(low, high, over.with_low, under.with_high),)


def _in_one_unit(first: Value, second: Value) -> tuple[Value, Value]:
    """Return both with the unit that one of them has: "90-95%" are both percentages."""
    if first.unit is second.unit:
        return first, second
    marked = second if first.unit is Unit.NUMBER else first
    return (
        replace(first, unit=marked.unit, symbol=marked.symbol),
        replace(second, unit=marked.unit, symbol=marked.symbol),
    )
