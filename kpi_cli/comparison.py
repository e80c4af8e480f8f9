"""The computed ratings beside the ones that someone published in the workbook."""

from collections.abc import Iterator
from dataclasses import dataclass

from kpi_cli.models import Direction, Outcome, Rating, Report
from kpi_cli.rating import direction_reason


@dataclass(frozen=True)
class Pair:
    """A published outcome or direction beside the computed one."""

    rating: Rating
    field: str  # of the indicator: published_outcome or published_direction
    published: Outcome | Direction
    computed: Outcome | Direction
    is_comparable: bool = True  # a direction isn't where there is no value a year ago

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


@dataclass(frozen=True)
class Tally:
    """How many published ones agree, differ, and can't be compared."""

    agree: int
    differ: int
    not_comparable: int


@dataclass(frozen=True)
class Comparison:
    """What was published of a report's ratings, and how it compares."""

    outcomes: Tally
    directions: Tally
    differences: tuple[Pair, ...]


def compare_published(report: Report) -> Comparison:
    """Return how the computed ratings compare with the published ones; blanks aren't counted."""
    outcomes = list(_outcomes(report))
    directions = list(_directions(report))
    differences = [pair for pair in outcomes + directions if pair.is_comparable and not pair.agrees]
    order = {id(rating): place for place, rating in enumerate(report.ratings)}
    differences.sort(key=lambda pair: order[id(pair.rating)])
    return Comparison(_tally(outcomes), _tally(directions), tuple(differences))


def _outcomes(report: Report) -> Iterator[Pair]:
    for rating in report.ratings:
        if published := rating.indicator.published_outcome:
            yield Pair(rating, "published_outcome", published, rating.outcome)


def _directions(report: Report) -> Iterator[Pair]:
    for rating in report.ratings:
        if published := rating.indicator.published_direction:
            computed = rating.direction
            yield Pair(
                rating,
                "published_direction",
                published,
                computed,
                is_comparable=computed is not Direction.UNKNOWN or published is Direction.UNKNOWN,
            )


def _tally(pairs: list[Pair]) -> Tally:
    agree = sum(pair.agrees for pair in pairs)
    not_comparable = sum(not pair.is_comparable for pair in pairs)
    return Tally(agree, len(pairs) - agree - not_comparable, not_comparable)
