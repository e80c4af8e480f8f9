"""What an indicator's history says beside its rating; each part is worked out when asked for."""

from collections.abc import Iterable
from functools import cached_property

from kpi_cli.changes import Previous, previous
from kpi_cli.forecast import Forecast, forecast
from kpi_cli.models import Rating, Report
from kpi_cli.spc import ControlChart, control_chart


class Insight:
    """A rating, and what its figures of other periods say."""

    def __init__(self, rating: Rating, report: Report) -> None:
        self.rating, self.report = rating, report

    @cached_property
    def previous(self) -> Previous | None:
        """How it stood in the period before; None where that isn't known."""
        return previous(self.rating, self.report.settings)

    @cached_property
    def chart(self) -> ControlChart:
        """Its control chart, or why there is none."""
        return control_chart(self.rating.indicator, self.rating.series)

    @cached_property
    def forecast(self) -> Forecast:
        """Where its year ends, or why that is not foretold."""
        settings, period = self.report.settings, self.report.period
        return forecast(self.rating.indicator, settings, self.rating.series, period)


def insights(report: Report, ratings: Iterable[Rating] | None = None) -> list[Insight]:
    """Return what is known of the ratings of a report, or of some of them."""
    return [Insight(each, report) for each in (report.ratings if ratings is None else ratings)]
