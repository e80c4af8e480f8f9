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
from dataclasses import replace

from kpi_cli.amounts import Band, Line, Target, Unit, Value, ends
from kpi_cli.conditions import Condition, Span
from kpi_cli.contradictions import Contradiction, Facts, Found, Lines, contradiction_of
from kpi_cli.models import Polarity
from kpi_cli.thresholds import AMBER, AMBERS, GREENS, LOWER, REDS, UPPER, Thresholds

_End = tuple[Target, bool]  # of where a condition holds; whether a value exactly there is good


def lines_from(thresholds: Thresholds, facts: Facts) -> Lines | Contradiction:
    """Return the lines that a row's thresholds make, or what of them can't be right."""
    green = _only(thresholds, "green", list(_greens(thresholds, facts)))
    red = _only(thresholds, "red", list(_reds(thresholds, facts)))
    if isinstance(green, Contradiction):
        return green
    if isinstance(red, Contradiction):
        return red
    lines = Lines(green, red)
    return contradiction_of(thresholds, lines, facts) or lines


def _greens(thresholds: Thresholds, facts: Facts) -> Iterator[Found | Contradiction]:
    """Yield each green line that the row has."""
    for field in GREENS:
        if amount := thresholds.amount(field, facts.polarity):
            yield _found(thresholds, field, amount)
        elif condition := thresholds.condition(field, facts.polarity):
            yield _of_condition(thresholds, field, facts, _green_end(condition, facts.polarity))
    amber = thresholds.amount(AMBER, facts.polarity)
    if amber and thresholds.has(REDS) and not thresholds.has(GREENS):
        yield _found(thresholds, AMBER, amber)


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
    lower, upper = thresholds.amount(LOWER), thresholds.amount(UPPER)
    if facts.polarity is not Polarity.GOLDILOCKS:
        field = LOWER if facts.polarity is Polarity.MAXIMISE else UPPER
        if amount := thresholds.amount(field):
            yield _found(thresholds, field, amount)
    elif isinstance(lower, Value) and isinstance(upper, Value):
        if lower.number > upper.number:
            words = f"{thresholds.named(LOWER)} is over {thresholds.named(UPPER)}"
            yield Contradiction(LOWER, UPPER, words)
        else:
            heading = f"{thresholds.headings[LOWER]} and {thresholds.headings[UPPER]}"
            yield Found(LOWER, Line(amount=Band(low=lower, high=upper), heading=heading))
    elif lower or upper:
        field = LOWER if lower else UPPER
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
