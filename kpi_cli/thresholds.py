"""What a row says below its columns of thresholds, and which way is good by that."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.amounts import Band, Target, ends
from kpi_cli.conditions import Condition, condition_of
from kpi_cli.models import Polarity

GREENS = ("green_condition", "green_threshold")
REDS = ("red_condition", "red_threshold")
AMBER = "amber_threshold"
AMBERS = ("amber_condition", AMBER)
LOWER, UPPER = "lower_tolerance", "upper_tolerance"

Ends = tuple[Decimal, Decimal]


class Thresholds(NamedTuple):
    """What a row says below its columns of thresholds, and their headings, by their fields."""

    said: Mapping[str, Target | Condition]
    headings: Mapping[str, str]

    def named(self, field: str) -> str:
        """Return what stands below a heading, and the heading: '"<90%" (Red)'."""
        said = self.said[field]
        shown = f'"{said.text}"' if isinstance(said, Condition) else said.text
        return f"{shown} ({self.headings[field]})"

    def has(self, fields: Iterable[str]) -> bool:
        """Whether the row says anything in one of these fields."""
        return not self.said.keys().isdisjoint(fields)

    def condition(self, field: str, polarity: Polarity | None = None) -> Condition | None:
        """Return the condition that stands in a field; a band is one, but for Goldilocks."""
        said = self.said.get(field)
        if isinstance(said, Band) and polarity is not Polarity.GOLDILOCKS:
            return condition_of(said)
        return said if isinstance(said, Condition) else None

    def amount(self, field: str, polarity: Polarity | None = None) -> Target | None:
        """Return the amount that stands in a field, where it is no condition."""
        said = self.said.get(field)
        if said is None or isinstance(said, Condition) or self.condition(field, polarity):
            return None
        return said

    def span(self, field: str) -> Ends | None:
        """Return both ends of what stands in a field, where it has both and is in one piece."""
        said = self.said.get(field)
        if said is None:
            return None
        if not isinstance(said, Condition):
            return ends(said)
        first, *others = said.spans
        return (
            None
            if others or not first.low or not first.high
            else (first.low.number, first.high.number)
        )


class Told(NamedTuple):
    """A polarity, the field that tells it, and in words how."""

    polarity: Polarity
    field: str
    words: str


def polarity_told_by(thresholds: Thresholds, target: Target | None) -> Told | None:
    """Return which way is good by a row's thresholds, or None where they don't tell it.

    The sign of Green or of Red tells it; or else on which side of green, or of the target, red or
    amber lies. On both sides it is Goldilocks, and so is a band in Green with nothing beside it.
    """
    return (
        _told_by_a_sign(thresholds)
        or _told_by_the_sides(thresholds, target)
        or _told_by_a_band(thresholds)
    )


def _told_by_a_sign(thresholds: Thresholds) -> Told | None:
    for field in (*GREENS, *REDS):
        condition, is_red = thresholds.condition(field), field in REDS
        if not condition:
            continue
        first, *others = condition.spans
        if others and is_red:
            return Told(Polarity.GOLDILOCKS, field, thresholds.named(field))
        if not others and (first.low is None) is not (first.high is None):
            polarity = Polarity.MAXIMISE if (first.low is None) is is_red else Polarity.MINIMISE
            return Told(polarity, field, thresholds.named(field))
    return None


def _told_by_the_sides(thresholds: Thresholds, target: Target | None) -> Told | None:
    for field in (*REDS, *AMBERS):
        worse = thresholds.span(field)
        for name, better in _betters(thresholds, target, field) if worse else ():
            if worse and (polarity := _side(worse, better, is_red=field in REDS)):
                side = {Polarity.MAXIMISE: "under", Polarity.MINIMISE: "over"}
                words = f"{thresholds.named(field)} is {side.get(polarity, 'around')} {name}"
                return Told(polarity, field, words)
    return None


def _betters(
    thresholds: Thresholds, target: Target | None, field: str
) -> Iterator[tuple[str, Ends]]:
    """Yield what is better than red or amber: green, the target, and amber where there is red."""
    for better in (*GREENS, *(AMBERS if field in REDS else ())):
        if span := thresholds.span(better):
            yield thresholds.named(better), span
    if target:
        yield f"the target of {target.text}", ends(target)


def _side(worse: Ends, better: Ends, *, is_red: bool) -> Polarity | None:
    """Return which way is good where the one lies wholly on a side of the other."""
    if worse[0] < better[0] and worse[1] <= better[0]:
        return Polarity.MAXIMISE
    if worse[1] > better[1] and worse[0] >= better[1]:
        return Polarity.MINIMISE
    is_around = worse[0] <= better[0] and better[1] <= worse[1] and worse != better
    return Polarity.GOLDILOCKS if is_red and is_around else None


def _told_by_a_band(thresholds: Thresholds) -> Told | None:
    for field in GREENS:
        span = thresholds.span(field)
        if span and span[0] < span[1]:
            return Told(Polarity.GOLDILOCKS, field, thresholds.named(field))
    return None
