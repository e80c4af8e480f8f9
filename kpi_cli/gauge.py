"""The gauge of an indicator: which values are red, amber and green for it, and where its own is.

What is what is asked of the rating itself, between the numbers at which it can change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kpi_cli.amounts import EXACT, Target, Unit, Value, decimal_places, ends
from kpi_cli.models import Indicator, Outcome, Rating, Settings
from kpi_cli.rating import outcome_of
from kpi_cli.sentences import sentence
from kpi_cli.tolerances import amber_allowance, green_allowance

_ROOM = Decimal("0.18")  # of what is between the outermost numbers, beyond each of them


class Zone(NamedTuple):
    """A stretch of the gauge in display units, and how the values in it are rated."""

    outcome: Outcome
    low: Decimal
    high: Decimal


class Gauge(NamedTuple):
    """The zones of an indicator from the lowest values shown to the highest, and its own value."""

    value: Value
    zones: tuple[Zone, ...]
    at_edges: tuple[Outcome, ...]  # how a value exactly between two zones is rated
    texts: tuple[str, ...]  # the numbers between the zones, in the look of the target

    @property
    def low(self) -> Decimal:
        """Where it begins, in display units."""
        return self.zones[0].low

    @property
    def high(self) -> Decimal:
        """Where it ends."""
        return self.zones[-1].high

    @property
    def edges(self) -> tuple[Decimal, ...]:
        """The numbers between the zones."""
        return tuple(zone.low for zone in self.zones[1:])

    @property
    def said(self) -> str:
        """The zones in words: "On course up to 5.82, some slippage below 6.18, …"."""
        parts, end = [], "everywhere"
        edges = zip(self.zones, self.zones[1:], self.at_edges, self.texts, strict=False)
        for zone, above, at, text in edges:
            is_within = at is zone.outcome
            parts.append(f"{_word(zone.outcome)} {'up to' if is_within else 'below'} {text}")
            if at not in (zone.outcome, above.outcome):
                parts.append(f"{_word(at)} at {text}")
            end = f"from {text}" if at is above.outcome and not is_within else "above"
        return sentence(", ".join([*parts, f"{_word(self.zones[-1].outcome)} {end}"]))


def gauge_of(rating: Rating, settings: Settings) -> Gauge | None:
    """Return an indicator's gauge; None where it has no value, or nothing to measure it by.

    It is drawn over the scale that the workbook gives, if all its numbers lie on that.
    """
    indicator = rating.indicator
    value, yardstick = indicator.value, indicator.yardstick
    if value is None or yardstick is None or not _is_in_one_unit(indicator, value):
        return None
    cuts = sorted(set(_cuts(rating, yardstick, settings)))
    low, high = _ends(indicator, value, cuts)
    bounds = [low, *(cut for cut in cuts if low < cut < high), high]
    zones: list[Zone] = []
    at_edges: list[Outcome] = []
    for start, end in pairwise(bounds):
        outcome, first = _outcome((start + end) / 2, rating, settings), start
        if zones:
            at = _outcome(start, rating, settings)
            if zones[-1].outcome is at is outcome:  # rated alike: there is no edge between them
                first = zones.pop().low
            else:
                at_edges.append(at)
        zones.append(Zone(outcome, first, end))
    return Gauge(value, tuple(zones), tuple(at_edges), _texts(zones, yardstick))


def _word(outcome: Outcome) -> str:
    return outcome.short_label.lower()


def _is_in_one_unit(indicator: Indicator, value: Value) -> bool:
    """Whether value, target and lines can stand on one scale."""
    amounts = (indicator.target_in_force, *(each.amount for each in indicator.lines.values()))
    is_percent = value.unit is Unit.PERCENT
    return all((each.unit is Unit.PERCENT) is is_percent for each in amounts if each)


def _cuts(rating: Rating, yardstick: Target, settings: Settings) -> Iterator[Decimal]:
    """Yield the numbers at which the rating of a value may change."""
    indicator = rating.indicator
    allowed = (green_allowance(indicator, settings), amber_allowance(indicator, settings))
    for end in ends(yardstick):
        yield end
        for allowance in allowed:
            yield EXACT.subtract(end, allowance.amount)
            yield EXACT.add(end, allowance.amount)
    for each in indicator.lines.values():
        yield from ends(each.amount)
    if rating.last_year and settings.improving_is_amber:
        yield rating.last_year.number


def _ends(indicator: Indicator, value: Value, cuts: list[Decimal]) -> tuple[Decimal, Decimal]:
    """Return what the gauge shows from and to: the scale of the workbook's own, or with room."""
    low, high = min(cuts[0], value.number), max(cuts[-1], value.number)
    room = (high - low) * _ROOM or abs(high) * _ROOM or Decimal(1)
    is_above_zero, is_whole = low >= 0, value.unit is Unit.PERCENT and high <= 100
    low, high = low - room, high + room
    if is_above_zero:
        low = max(low, Decimal(0))
    if is_whole:
        high = min(high, Decimal(100))
    scale = (indicator.scale_from, indicator.scale_to)
    if all(end and end.unit is value.unit for end in scale):
        start, end = (end.number for end in scale if end)
        if start <= min(value.number, *cuts) and max(value.number, *cuts) <= end and start < end:
            return start, end
    return low, high


def _outcome(number: Decimal, rating: Rating, settings: Settings) -> Outcome:
    assert rating.indicator.value
    value = replace(rating.indicator.value, number=number, written="", note="")
    return outcome_of(rating.indicator, settings, rating.series, value)


def _texts(zones: Sequence[Zone], yardstick: Target) -> tuple[str, ...]:
    """Return the numbers between zones in the look of the target, with all their digits."""
    look = yardstick if isinstance(yardstick, Value) else yardstick.high
    numbers = [zone.low for zone in zones[1:]]
    return tuple(look.shown(each, max(look.decimals, decimal_places(each))) for each in numbers)
