"""What of a row's thresholds can't be right: beside each other, the target or the polarity."""

from typing import NamedTuple

from kpi_cli.amounts import Line, Target, Value, ends
from kpi_cli.models import Polarity
from kpi_cli.thresholds import AMBERS, LOWER, UPPER, Ends, Thresholds

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


class Facts(NamedTuple):
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


def contradiction_of(thresholds: Thresholds, lines: Lines, facts: Facts) -> Contradiction | None:
    """Return the first thing that can't be right of the lines of a row, or None."""
    return (
        _of_both_lines(thresholds, lines, facts)
        or _of_the_target(lines, facts)
        or _of_amber(thresholds, lines, facts)
        or _of_the_tolerances(thresholds, facts)
    )


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
    lower, upper = thresholds.amount(LOWER), thresholds.amount(UPPER)
    if not lower or not upper or not facts.target:
        return None
    (low, _), (first, last), (_, high) = ends(lower), ends(facts.target), ends(upper)
    if low <= first and last <= high:
        return None
    return Contradiction(
        LOWER,
        facts.target_field,
        f"{thresholds.named(LOWER)} and {thresholds.named(UPPER)} are not on both sides of the"
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
