"""The gauge of an indicator: which values are red, amber and green for it, and where its own is.

What is what is asked of the rating itself, between the numbers at which it can change.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kpi_cli.amounts import EXACT, Target, Unit, Value, decimal_places, ends
from kpi_cli.models import Indicator, Outcome, Rating, Settings
from kpi_cli.rating import rate_indicator
from kpi_cli.tolerances import amber_allowance, green_allowance
from kpi_cli.writing.web.charts import SIDE, Label, percent

_ROOM = Decimal("0.18")  # of what is between the outermost numbers, beyond each of them
_BELOW = "is-below"
_A_CHARACTER, _A_GAP = 3.6, 3.0  # percent of the gauge's width, where that is least


class Zone(NamedTuple):
    """A stretch of the gauge, and how the values in it are rated; places are of the square."""

    outcome: Outcome
    left: int
    right: int

    @property
    def middle(self) -> float:
        """Where its middle is, in percent from the left."""
        return percent(self.left + self.right) / 2

    @property
    def has_room(self) -> bool:
        """Whether a symbol fits in it."""
        return self.right - self.left >= SIDE // 10


@dataclass(frozen=True)
class Gauge:
    """The zones of a gauge, the numbers between them, and the indicator's own value."""

    zones: tuple[Zone, ...]
    edges: tuple[Label, ...]
    value: Label
    said: str

    @property
    def has_two_rows(self) -> bool:
        """Whether the numbers below it take two rows."""
        return any(edge.kind for edge in self.edges)


def gauge_of(rating: Rating, settings: Settings) -> Gauge | None:
    """Return an indicator's gauge; None where it has no value, or nothing to measure it by."""
    indicator = rating.indicator
    value, yardstick = indicator.value, indicator.yardstick
    if value is None or yardstick is None or not _is_in_one_unit(indicator, value):
        return None
    cuts = sorted(set(_cuts(rating, yardstick, settings)))
    low, high = _ends(indicator, value, cuts)
    inside = [cut for cut in cuts if low < cut < high]
    bounds = [low, *inside, high]
    outcomes = [_outcome((a + b) / 2, rating, settings) for a, b in pairwise(bounds)]
    kept = [
        cut for cut, (a, b) in zip(inside, pairwise(outcomes), strict=True) if a is not b
    ]  # where two stretches are rated alike there is no edge

    def place(number: Decimal) -> int:
        return round((number - low) / (high - low) * SIDE)

    named = [outcomes[bounds.index(start)] for start in (low, *kept)]
    zones = tuple(
        Zone(outcome, place(start), place(end))
        for outcome, (start, end) in zip(named, pairwise([low, *kept, high]), strict=True)
    )
    texts = [_text(cut, value, yardstick) for cut in kept]
    labels = [Label(text, percent(place(cut))) for text, cut in zip(texts, kept, strict=True)]
    return Gauge(
        zones,
        _in_two_rows(labels),
        Label(value.text, percent(place(value.number))),
        _said(value, named, texts),
    )


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
    other = rating.indicator.model_copy(update={"value": value})
    return rate_indicator(other, settings, rating.series).outcome


def _text(number: Decimal, value: Value, yardstick: Target) -> str:
    """Return a number between zones in the look of the target or, where it is none, the value."""
    look = yardstick if isinstance(yardstick, Value) else yardstick.high
    if number in ends(yardstick):
        return look.shown(number)
    most = max(look.decimals, value.decimals)
    return look.shown(number, min(max(look.decimals, decimal_places(number)), most))


def _said(value: Value, outcomes: list[Outcome], texts: list[str]) -> str:
    """Return the zones in words, from the lowest values to the highest."""
    parts = [
        f"{outcome.short_label.lower()} up to {text}"
        for outcome, text in zip(outcomes, texts, strict=False)
    ]
    last = outcomes[-1].short_label.lower()
    zones = f"{', '.join(parts)}, {last} above" if parts else f"{last} everywhere"
    return f"Result {value.text}. From low to high: {zones}."


def _in_two_rows(labels: list[Label]) -> tuple[Label, ...]:
    """Return the labels, those that have no room beside the one before in a row below."""
    rows: dict[str, Label] = {}
    kept: list[Label] = []
    for each in labels:
        row = next((row for row in ("", _BELOW) if _has_room(rows.get(row), each)), None)
        if row is not None:
            rows[row] = each
            kept.append(each._replace(kind=row))
    return tuple(kept)


def _has_room(before: Label | None, each: Label) -> bool:
    if before is None:
        return True
    wide = (len(before.text) + len(each.text)) * _A_CHARACTER / 2
    return each.left - before.left >= wide + _A_GAP
