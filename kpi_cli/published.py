"""The computed ratings beside the ones that someone published in the workbook."""

from collections.abc import Iterator
from typing import NamedTuple

from kpi_cli.models import Direction, Outcome, Rating, Report
from kpi_cli.rating import direction_reason


class Pair(NamedTuple):
    """A published outcome or direction beside the computed one."""

    rating: Rating
    published: Outcome | Direction
    computed: Outcome | Direction

    @property
    def is_comparable(self) -> bool:
        """Whether the two can differ: a direction can't be told without a value a year ago."""
        return self.computed is not Direction.UNKNOWN or self.published is Direction.UNKNOWN

    @property
    def cell(self) -> str:
        """The address of what was published."""
        is_outcome = isinstance(self.published, Outcome)
        field = "published_outcome" if is_outcome else "published_direction"
        return self.rating.indicator.place.cell(field)

    @property
    def key(self) -> str:
        """What is compared, as the JSON output names it."""
        return "expected_outcome" if isinstance(self.computed, Outcome) else "direction"

    @property
    def what(self) -> str:
        """What is compared, in words."""
        return self.key.replace("_", " ")

    @property
    def reason(self) -> str:
        """Why the computed one is what it is."""
        is_outcome = isinstance(self.computed, Outcome)
        return self.rating.reason if is_outcome else direction_reason(self.rating)

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.is_comparable and self.published == self.computed


class Tally(NamedTuple):
    """How many published ones agree, differ, and can't be compared."""

    agree: int
    differ: int
    not_comparable: int


class Comparison(NamedTuple):
    """What was published of a report's ratings, and how it compares."""

    outcomes: Tally
    directions: Tally
    differences: tuple[Pair, ...]


def compare_published(report: Report) -> Comparison:
    """Return how the computed ratings compare with the published ones; blanks aren't counted."""
    pairs = list(_pairs(report))
    return Comparison(
        outcomes=_tally([pair for pair in pairs if isinstance(pair.published, Outcome)]),
        directions=_tally([pair for pair in pairs if isinstance(pair.published, Direction)]),
        differences=tuple(pair for pair in pairs if pair.is_comparable and not pair.agrees),
    )


def _pairs(report: Report) -> Iterator[Pair]:
    for rating in report.ratings:
        if outcome := rating.indicator.published_outcome:
            yield Pair(rating, outcome, rating.outcome)
        if direction := rating.indicator.published_direction:
            yield Pair(rating, direction, rating.direction)


def _tally(pairs: list[Pair]) -> Tally:
    agree = sum(pair.agrees for pair in pairs)
    not_comparable = sum(not pair.is_comparable for pair in pairs)
    return Tally(agree, len(pairs) - agree - not_comparable, not_comparable)
