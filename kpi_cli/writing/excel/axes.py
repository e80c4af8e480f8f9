"""The value axis of a chart: where it starts and ends, and by what steps it is marked."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.amounts import Unit, Value

_WHOLE = Decimal(100)  # a percentage of a whole is not more
_NEAR_THE_WHOLE = Decimal(80)
_SHARE = 5  # the axis starts at 0, unless the figures lie within this part of the highest
_STEPS = 4


class Axis(NamedTuple):
    """The ends of an axis in Excel's numbers, None where Excel chooses, and the step."""

    low: float | None = None
    high: float | None = None
    step: float | None = None
    starts_at: str | None = None  # in words, where that isn't 0


def axis_of(figures: Iterable[Value], ends: tuple[Value | None, Value | None]) -> Axis:
    """Return the axis for figures, with the ends that are given for it.

    It starts at 0 unless the figures lie close together, far from it, or below it; and of
    percentages that are all of a whole it ends at 100%.
    """
    shown = list(figures)
    look = shown[-1]
    low, high = (_on_axis(end, look) for end in ends)
    numbers = [each.number for each in shown]
    step = None
    if low is None and min(numbers) >= 0:
        low, step = _start(min(numbers), max(numbers))
    is_of_a_whole = look.unit is Unit.PERCENT and max(numbers) <= _WHOLE
    if high is None and is_of_a_whole and max(numbers) >= _NEAR_THE_WHOLE:
        high = _WHOLE
    return Axis(
        _in_excel(low, look),
        _in_excel(high, look),
        _in_excel(step, look),
        look.shown(low, max(0, _places(low))) if low else None,
    )


def _start(lowest: Decimal, highest: Decimal) -> tuple[Decimal, Decimal | None]:
    """Return where an axis starts, and its step where that isn't 0."""
    spread = highest - lowest
    if not spread or spread * _SHARE > highest:
        return Decimal(0), None
    step = _round_step(spread / _STEPS)
    start = (lowest // step - 1) * step
    return (start, step) if start > 0 else (Decimal(0), None)


def _round_step(step: Decimal) -> Decimal:
    """Return the first of 1, 2, 5, 10, 20 … 0.1, 0.2 … that is no smaller."""
    power = Decimal(1).scaleb(step.adjusted())
    return next(power * times for times in (1, 2, 5, 10) if power * times >= step)


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _on_axis(end: Value | None, look: Value) -> Decimal | None:
    """Return an end as the figures are: a bare 0.8 beside percentages is 80%, as 80 is."""
    if end is None:
        return None
    if look.unit is Unit.PERCENT and end.unit is not Unit.PERCENT and abs(end.number) <= 1:
        return end.number * _WHOLE
    return end.number


def _in_excel(number: Decimal | None, look: Value) -> float | None:
    if number is None:
        return None
    return float(number / _WHOLE if look.unit is Unit.PERCENT else number)
