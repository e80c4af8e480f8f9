"""What an indicator's history says beside its rating; each part is worked out when asked for."""

from collections.abc import Iterable
from functools import cached_property

from kpi_cli.changes import Previous, previous
from kpi_cli.models import Rating, Report, Settings


class Insight:
    """A rating, and what its figures of other periods say."""

    def __init__(self, rating: Rating, settings: Settings) -> None:
        self.rating, self.settings = rating, settings

    @cached_property
    def previous(self) -> Previous | None:
        """How it stood in the period before; None where that isn't known."""
        return previous(self.rating, self.settings)


def insights(report: Report, ratings: Iterable[Rating] | None = None) -> list[Insight]:
    """Return what is known of the ratings of a report, or of some of them."""
    of = report.ratings if ratings is None else ratings
    return [Insight(rating, report.settings) for rating in of]
