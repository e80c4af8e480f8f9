"""A gauge as the page draws it: zones in the square of its charts, and numbers that have room."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.gauge import gauge_of
from kpi_cli.models import Outcome, Rating, Settings
from kpi_cli.writing.web.charts import SIDE, Label, percent

_BELOW = "is-below"
_A_CHARACTER, _A_GAP = 3.6, 3.0  # percent of the gauge's width, where that is least


class DrawnZone(NamedTuple):
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
class DrawnGauge:
    """The zones of a gauge, the numbers between them, and the indicator's own value."""

    zones: tuple[DrawnZone, ...]
    edges: tuple[Label, ...]
    value: Label
    said: str

    @property
    def has_two_rows(self) -> bool:
        """Whether the numbers below it take two rows."""
        return any(edge.kind for edge in self.edges)


def drawn_gauge(rating: Rating, settings: Settings) -> DrawnGauge | None:
    """Return an indicator's gauge as it is drawn; None where it has none."""
    gauge = gauge_of(rating, settings)
    if gauge is None:
        return None

    def place(number: Decimal) -> int:
        return round((number - gauge.low) / (gauge.high - gauge.low) * SIDE)

    labels = [
        Label(text, percent(place(edge)))
        for text, edge in zip(gauge.texts, gauge.edges, strict=True)
    ]
    return DrawnGauge(
        tuple(DrawnZone(each.outcome, place(each.low), place(each.high)) for each in gauge.zones),
        _in_two_rows(labels),
        Label(gauge.value.text, percent(place(gauge.value.number))),
        f"Result {gauge.value.text}. {gauge.said}",
    )


def _in_two_rows(labels: Sequence[Label]) -> tuple[Label, ...]:
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
