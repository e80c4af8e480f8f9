"""Checks of units: figures beside each other that count in different ones."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpi_cli.amounts import Band, Target, Unit, Value, ends
from kpi_cli.checks.base import (
    AMOUNTS,
    FEW,
    Data,
    Finding,
    amounts_of,
    as_percentage,
    is_percent,
    middle,
)
from kpi_cli.history import Reading
from kpi_cli.models import Indicator
from kpi_cli.periods import noun_of
from kpi_cli.unit_words import SCALES, Measure, currency_named, measured_in

_PERCENT_HINT = "Show both as percentages, or neither."
_MEASURE_HINT = "Give both in one unit."
_SCALED = rf"(?i)\d ?(?:{'|'.join(SCALES)})\b"  # £1.2m
_FAR = 1000  # times a figure that tells no unit: it may be in thousands or millions
_FAR_IF_SCALED = 300  # £800k beside 900, which is likely £900k


def units_mixed(data: Data) -> Iterator[Finding]:
    """A value in another unit than its target or other values: weeks beside days, 0.6 beside 88%.

    They are rated as they stand, as bare numbers; what they count as is shown.
    """
    for indicator in data.workbook.indicators:
        yield from _mixed_in_row(indicator)
    for indicator, readings in data.past():
        yield from _mixed_in_history(indicator, readings)


def _mixed_in_row(indicator: Indicator) -> Iterator[Finding]:
    value = indicator.value
    if value is None:
        return
    others = [(key, other) for key, other in amounts_of(indicator).items() if other]
    for mixed, readings, hint in (
        (_is_percent_mixed, _readings, _PERCENT_HINT),
        (_is_measure_mixed, _bare_numbers, _MEASURE_HINT),
    ):
        for key, other in others:
            if mixed(value, other):
                yield Finding(
                    indicator.place.cell("value"),
                    f"the value of {indicator.code} is {value.text}, and the {AMOUNTS[key]} is"
                    f" {other.text}: {readings(value, other)}",
                    hint,
                )
                return


def _mixed_in_history(indicator: Indicator, readings: Sequence[Reading]) -> Iterator[Finding]:
    """Yield the periods whose values are in another unit than the usual one."""
    usual = _usual(indicator, readings)
    if usual is None:
        return
    alike = usual.unit, *_says_alike(usual)
    odd = [
        reading
        for reading in readings
        if (v := reading.value)
        and (v.unit, v.written, v.symbol, v.note) != alike  # as next to none is
        and _is_mixed(v, usual)
    ]
    for reading in odd if len(odd) <= FEW else odd[:1]:
        assert reading.value
        nouns = f"{noun_of(each.period for each in odd)}s"
        others = f" (and so are {len(odd) - 1} other {nouns})" if len(odd) > FEW else ""
        is_percent_mixed = _is_percent_mixed(reading.value, usual)
        told = _readings if is_percent_mixed else _bare_numbers
        yield Finding(
            reading.place.cell("value"),
            f"the value of {indicator.code} for {reading.period.label} is {reading.value.text}"
            f"{others}, and the usual one is like {usual.text}: {told(reading.value, usual)}",
            _PERCENT_HINT if is_percent_mixed else _MEASURE_HINT,
        )


def _usual(indicator: Indicator, readings: Sequence[Reading]) -> Target | None:
    """Return an amount of the unit that an indicator has: its row's, or most of its history's.

    Where the row itself mixes units, the history decides.
    """
    amounts = (indicator.value, indicator.target, indicator.annual_target)
    own = [amount for amount in amounts if amount]
    values = [reading.value for reading in readings if reading.value]
    if own and not any(_is_mixed(own[0], amount) for amount in own):
        return own[0]
    percents = [value for value in values if is_percent(value)]
    numbers = [value for value in values if not is_percent(value)]
    return next(iter(percents if len(percents) >= len(numbers) else numbers), None)


def _is_mixed(amount: Target, other: Target) -> bool:
    is_one_percent = amount.unit is Unit.PERCENT
    if is_one_percent is not (other.unit is Unit.PERCENT):
        return True
    return not is_one_percent and _is_measure_mixed(amount, other)


def _is_percent_mixed(amount: Target, other: Target) -> bool:
    return is_percent(amount) != is_percent(other)


def _is_measure_mixed(amount: Target, other: Target) -> bool:
    """Whether both tell their unit, and not the same.

    Or one tells more than the other, and they are far apart, as £1.2m and 1.5 are.
    """
    if is_percent(amount) or is_percent(other) or _says_alike(amount) == _says_alike(other):
        return False
    measure, beside = _measure(amount), _measure(other)
    if measure and beside and measure.differs(beside):
        return True
    is_one_scaled = _is_scaled(amount) != _is_scaled(other)
    if not is_one_scaled and (measure is None) == (beside is None):
        return False
    low, high = sorted((abs(middle(amount)), abs(middle(other))))
    return 0 < low * (_FAR_IF_SCALED if is_one_scaled else _FAR) <= high


def _says_alike(amount: Target) -> tuple[str, str, str]:
    """Return all that an amount says of its unit, which two of one unit mostly say alike."""
    shown = amount.high if isinstance(amount, Band) else amount
    return shown.written, shown.symbol, shown.note


def _measure(amount: Target) -> Measure | None:
    """Return the unit that an amount tells, by its note or as a currency; other notes are marks."""
    shown = amount.high if isinstance(amount, Band) else amount
    notes = (measured_in(note) for note in shown.note.split(", "))
    measure = next((each for each in notes if each), None)
    if shown.unit is not Unit.CURRENCY:
        return measure
    return (measure or Measure(""))._replace(counted=currency_named(shown.symbol))


def _is_scaled(amount: Target) -> bool:
    return isinstance(amount, Value) and bool(re.search(_SCALED, amount.written))


def _bare_numbers(amount: Target, other: Target) -> str:
    """Return in words as what amounts of two units are compared."""
    return f"they are compared as bare numbers, {_bare(amount)} and {_bare(other)}"


def _bare(amount: Target) -> str:
    return "-".join(dict.fromkeys(f"{end.normalize():,f}" for end in ends(amount)))


def _readings(amount: Target, other: Target) -> str:
    """Return in words as what the plain number of the two is rated, and what it may mean."""
    plain, percent = (other, amount) if is_percent(amount) else (amount, other)
    counts = f"{plain.text} counts as {as_percentage(plain)}"
    as_fraction, as_it_stands = middle(plain) * 100, middle(plain)
    if abs(as_fraction - middle(percent)) < abs(as_it_stands - middle(percent)):
        return f"{counts}, and may mean {as_percentage(plain, Decimal(100))}"
    return counts
