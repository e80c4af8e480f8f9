"""The columns of thresholds in a row → the green line and the red line, or why there are none.

The lines come from what a row has below these columns, by the keys of their fields:

- green line: `green_threshold`, or the bad end of where `green_condition` holds; or else
  `amber_threshold`, where there is a red one as well (worse than the amber one is then amber);
- red line: `red_threshold`, or the good end of where `red_condition` holds; or else
  `amber_threshold`, or the bad end of where `amber_condition` holds (the worst that is still
  amber); or that of `lower_tolerance` and `upper_tolerance` that is on the bad side of the target.

A condition may stand below a threshold too: "<90%" below Red threshold. For Goldilocks a line has
two ends. Lines that contradict each other, the polarity or the target are no lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from kpi_cli.amounts import Band, Line, Target, Unit, Value, ends
from kpi_cli.conditions import Condition, Span
from kpi_cli.models import Polarity
from kpi_cli.thresholds import AMBERS, GREENS, REDS, Ends, Thresholds

_AMBER, _LOWER, _UPPER = "amber_threshold", "lower_tolerance", "upper_tolerance"
_CORRECT = "Correct the one that is wrong."
_HINTS = {
    Polarity.MAXIMISE: "Higher is better here: correct the one that is wrong, or the polarity.",
    Polarity.MINIMISE: "Lower is better here: correct the one that is wrong, or the polarity.",
    Polarity.GOLDILOCKS: _CORRECT,
}
_PAST_RED = {  # where a green line is that is worse than the red one
    Polarity.MAXIMISE: "is under",
    Polarity.MINIMISE: "is over",
    Polarity.GOLDILOCKS: "goes beyond",
}
_PAST_TARGET = {  # where a line is that the target does not reach
    Polarity.MAXIMISE: "is over",
    Polarity.MINIMISE: "is under",
    Polarity.GOLDILOCKS: "does not contain",
}

_End = tuple[Target, bool]  # of where a condition holds; whether a value exactly there is good


@dataclass(frozen=True)
class Facts:
    """What else a row says, and in which fields: what its lines are held against."""

    polarity: Polarity
    target: Target | None = None  # the one in force
    value: Value | None = None
    polarity_field: str = "polarity"
    target_field: str = "target"


class Contradiction(NamedTuple):
    """Two fields of a row that can't both be right; the words go on with the other's cell."""

    field: str
    other: str
    words: str
    hint: str = _CORRECT


class Found(NamedTuple):
    """A line, and the field that it comes from."""

    field: str
    line: Line


class Lines(NamedTuple):
    """The lines of a row."""

    green: Found | None = None
    red: Found | None = None


def lines_from(thresholds: Thresholds, facts: Facts) -> Lines | Contradiction:
    """Return the lines that a row's thresholds make, or what of them can't be right."""
    green = _only(thresholds, "green", list(_greens(thresholds, facts)))
    red = _only(thresholds, "red", list(_reds(thresholds, facts)))
    if isinstance(green, Contradiction):
        return green
    if isinstance(red, Contradiction):
        return red
    lines = Lines(green, red)
    contradiction = (
        _of_both_lines(thresholds, lines, facts)
        or _of_the_target(lines, facts)
        or _of_amber(thresholds, lines, facts)
        or _of_the_tolerances(thresholds, facts)
    )
    return contradiction or lines


def _greens(thresholds: Thresholds, facts: Facts) -> Iterator[Found | Contradiction]:
    """Yield each green line that the row has."""
    for field in GREENS:
        if amount := thresholds.amount(field, facts.polarity):
            yield _found(thresholds, field, amount)
        elif condition := thresholds.condition(field, facts.polarity):
            yield _of_condition(thresholds, field, facts, _green_end(condition, facts.polarity))
    amber = thresholds.amount(_AMBER, facts.polarity)
    if amber and thresholds.has(REDS) and not thresholds.has(GREENS):
        yield _found(thresholds, _AMBER, amber)


def _reds(thresholds: Thresholds, facts: Facts) -> Iterator[Found | Contradiction]:
    """Yield each red line that the row has."""
    for field in REDS:
        if amount := thresholds.amount(field, facts.polarity):
            yield _found(thresholds, field, amount)
        elif condition := thresholds.condition(field, facts.polarity):
            yield _of_condition(thresholds, field, facts, _red_end(condition, facts.polarity))
    if not thresholds.has(REDS):
        yield from _worst_ambers(thresholds, facts)
    yield from _of_tolerances(thresholds, facts)


def _worst_ambers(thresholds: Thresholds, facts: Facts) -> Iterator[Found | Contradiction]:
    for field in AMBERS:
        if amount := thresholds.amount(field, facts.polarity):
            yield _found(thresholds, field, amount)
        condition = thresholds.condition(field, facts.polarity)
        if condition and (end := _amber_end(condition, facts.polarity)):
            yield _of_condition(thresholds, field, facts, end)


def _of_tolerances(thresholds: Thresholds, facts: Facts) -> Iterator[Found | Contradiction]:
    """Yield the tolerance on the bad side as the red line; for Goldilocks both as one band."""
    lower, upper = thresholds.amount(_LOWER), thresholds.amount(_UPPER)
    if facts.polarity is not Polarity.GOLDILOCKS:
        field = _LOWER if facts.polarity is Polarity.MAXIMISE else _UPPER
        if amount := thresholds.amount(field):
            yield _found(thresholds, field, amount)
    elif isinstance(lower, Value) and isinstance(upper, Value):
        if lower.number > upper.number:
            words = f"{thresholds.named(_LOWER)} is over {thresholds.named(_UPPER)}"
            yield Contradiction(_LOWER, _UPPER, words)
        else:
            heading = f"{thresholds.headings[_LOWER]} and {thresholds.headings[_UPPER]}"
            yield Found(_LOWER, Line(amount=Band(low=lower, high=upper), heading=heading))
    elif lower or upper:
        field = _LOWER if lower else _UPPER
        words = f"{thresholds.named(field)} alone makes no band for Goldilocks"
        hint = "Give a lower and an upper tolerance."
        yield Contradiction(field, facts.polarity_field, words, hint)


def _found(thresholds: Thresholds, field: str, amount: Target) -> Found:
    return Found(field, Line(amount=amount, heading=thresholds.headings[field]))


def _of_condition(
    thresholds: Thresholds, field: str, facts: Facts, end: _End | None
) -> Found | Contradiction:
    """Return the line at an end of a condition; none is there where the polarity is another."""
    if end is None:
        words = f"{thresholds.named(field)} goes against {facts.polarity.label}"
        hint = "Correct the condition, or the polarity."
        return Contradiction(field, facts.polarity_field, words, hint)
    amount = _in_unit_of(end[0], facts.value or facts.target)
    heading = thresholds.headings[field]
    return Found(field, Line(amount=amount, heading=heading, is_good_at_it=end[1]))


def _green_end(condition: Condition, polarity: Polarity) -> _End | None:
    """Return the worst that is green."""
    if len(condition.spans) > 1:
        return None
    return _bad_end(condition.spans[0], polarity)


def _amber_end(condition: Condition, polarity: Polarity) -> _End | None:
    """Return the worst that is amber; for Goldilocks it may be so on both sides of green."""
    first, last = condition.spans[0], condition.spans[-1]
    if len(condition.spans) > 1 and polarity is not Polarity.GOLDILOCKS:
        return None
    return _bad_end(Span(first.low, last.high, first.with_low, last.with_high), polarity)


def _red_end(condition: Condition, polarity: Polarity) -> _End | None:
    """Return the best that is red; a value exactly there is no good one where the end is red."""
    first, last = condition.spans[0], condition.spans[-1]
    if (polarity is Polarity.GOLDILOCKS) is (len(condition.spans) == 1):
        return None
    if polarity is Polarity.GOLDILOCKS:
        between = Span(first.high, last.low, not first.with_high, not last.with_low)
        return _bad_end(between, polarity)
    if polarity is Polarity.MAXIMISE:
        return (first.high, not first.with_high) if first.high else None
    return (first.low, not first.with_low) if first.low else None


def _bad_end(span: Span, polarity: Polarity) -> _End | None:
    """Return the end of a span on the bad side; of Goldilocks both, if they are alike."""
    low, high = span.low, span.high
    if polarity is Polarity.MAXIMISE:
        return (low, span.with_low) if low else None
    if polarity is Polarity.MINIMISE:
        return (high, span.with_high) if high else None
    if not low or not high or span.with_low is not span.with_high:
        return None
    return (low if low == high else Band(low=low, high=high)), span.with_low


def _in_unit_of(amount: Target, like: Target | None) -> Target:
    """Return a condition's number in the indicator's unit: ">=95" is 95%, where that has percent.

    A bare 0.95 could be meant as 95%, and is left as it stands; a check tells of it.
    """
    if like is None or amount.unit is not Unit.NUMBER or like.unit is Unit.NUMBER:
        return amount
    if like.unit is Unit.PERCENT and any(0 < abs(end) <= 1 for end in ends(amount)):
        return amount
    symbol = like.high.symbol if isinstance(like, Band) else like.symbol

    def marked(end: Value) -> Value:
        return replace(end, unit=like.unit, symbol=symbol)

    if isinstance(amount, Band):
        return Band(low=marked(amount.low), high=marked(amount.high))
    return marked(amount)


def _only(
    thresholds: Thresholds, colour: str, found: list[Found | Contradiction]
) -> Found | Contradiction | None:
    """Return the one line of a colour, None where there is none; two are a contradiction."""
    lines: list[Found] = []
    for each in found:
        if isinstance(each, Contradiction):
            return each
        lines.append(each)
    for other in lines[1:]:
        if other.line.amount.measure != lines[0].line.amount.measure:
            words = f"the {colour} line is {other.line.named} here, and {lines[0].line.named}"
            return Contradiction(other.field, lines[0].field, words)
    return lines[0] if lines else None


def _of_both_lines(thresholds: Thresholds, lines: Lines, facts: Facts) -> Contradiction | None:
    """Return that the green line is worse than the red one, or that a value is green and red."""
    if not lines.green or not lines.red:
        return None
    (field, green), (other, red) = lines.green, lines.red
    if _is_worse(ends(green.amount), ends(red.amount), facts.polarity):
        past = _PAST_RED[facts.polarity]
        words = f"the green line of {green.named} {past} the red line of {red.named}"
        return Contradiction(field, other, words, _HINTS[facts.polarity])
    meeting = set(ends(green.amount)) & set(ends(red.amount))
    if meeting and green.is_good_at_it and red.is_good_at_it is False:
        words = f"{thresholds.named(field)} and {thresholds.named(other)} have a value in common"
        return Contradiction(field, other, words, "Write one of them without its end.")
    return None


def _of_the_target(lines: Lines, facts: Facts) -> Contradiction | None:
    """Return that a line is on the wrong side of the target.

    For Goldilocks the red line contains the target, and the green one has a part of it: the real
    report has a green line of 34.3-41.7 beside a target of 38-48.
    """
    target, polarity = facts.target, facts.polarity
    for colour, found in (("red", lines.red), ("green", lines.green)):
        if not found or not target:
            continue
        amount, past = found.line.amount, _PAST_TARGET[polarity]
        is_wrong = _is_worse(ends(target), ends(amount), polarity)
        if colour == "green" and polarity is Polarity.GOLDILOCKS:
            (low, high), (first, last) = ends(amount), ends(target)
            is_wrong, past = high < first or last < low, "has nothing of"
        if is_wrong:
            words = f"the {colour} line of {found.line.named} {past} the target of {target.text}"
            return Contradiction(found.field, facts.target_field, words, _HINTS[facts.polarity])
    return None


def _of_amber(thresholds: Thresholds, lines: Lines, facts: Facts) -> Contradiction | None:
    """Return that what is amber by its own column would be better than green, or worse than red."""
    for field in AMBERS:
        span = thresholds.span(field)
        if not span or facts.polarity is Polarity.GOLDILOCKS:
            continue
        worst, best = ((end, end) for end in span)
        if facts.polarity is Polarity.MINIMISE:
            worst, best = best, worst
        green, red = (None if line and line.field == field else line for line in lines)
        if green and _is_worse(ends(green.line.amount), best, facts.polarity):
            words = f"{thresholds.named(field)} is better than the green line of {green.line.named}"
            return Contradiction(field, green.field, words)
        if red and _is_worse(worst, ends(red.line.amount), facts.polarity):
            words = f"{thresholds.named(field)} is worse than the red line of {red.line.named}"
            return Contradiction(field, red.field, words)
    return None


def _of_the_tolerances(thresholds: Thresholds, facts: Facts) -> Contradiction | None:
    """Return that the target isn't between lower and upper tolerance: they may be distances."""
    lower, upper = thresholds.amount(_LOWER), thresholds.amount(_UPPER)
    if not lower or not upper or not facts.target:
        return None
    (low, _), (first, last), (_, high) = ends(lower), ends(facts.target), ends(upper)
    if low <= first and last <= high:
        return None
    return Contradiction(
        _LOWER,
        facts.target_field,
        f"{thresholds.named(_LOWER)} and {thresholds.named(_UPPER)} are not on both sides of the"
        f" target of {facts.target.text}",
        "Write the values themselves, such as 70% and 90% around 80%; how far off the target is"
        " still amber stands below a heading Tolerance.",
    )


def _is_worse(amount: Ends, line: Ends, polarity: Polarity) -> bool:
    """Whether an amount, or a part of a band, is on the bad side of a line."""
    is_under, is_over = amount[0] < line[0], amount[1] > line[1]
    if polarity is Polarity.GOLDILOCKS:
        return is_under or is_over
    return is_under if polarity is Polarity.MAXIMISE else is_over
