"""What an indicator's history says beside its rating; each part is worked out when asked for.

Control charts and forecasts are loaded here and only then: most runs ask for neither.
"""

from collections.abc import Callable, Iterable
from functools import cache, cached_property
from pkgutil import resolve_name
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.amounts import Value
from kpi_cli.changes import Previous, previous
from kpi_cli.history import Reading, Series
from kpi_cli.models import Indicator, Rating, Report
from kpi_cli.rating import rate_indicator
from kpi_cli.terms import Charted

if TYPE_CHECKING:
    from kpi_cli.forecast import Forecast
    from kpi_cli.spc import ChartPoint, ControlChart

_CHART = "kpi_cli.spc:control_chart"
_CHARTED = "kpi_cli.charted:figures_of"
_FORECAST = "kpi_cli.forecast:forecast"


_named = cache(resolve_name)


class Past(NamedTuple):
    """An indicator's figures in one period, what they were rated, and what its chart says."""

    reading: Reading
    rating: Rating | None  # None where the target doesn't go with the polarity
    point: "ChartPoint | None" = None

    is_known: bool = True  # False of a period between others that has no row
    amount: Value | None = None  # what a total grew by in the period, where that can be charted


class Insight:
    """A rating, and what its figures of other periods say."""

    def __init__(self, rating: Rating, report: Report) -> None:
        self.rating, self.report = rating, report

    @cached_property
    def previous(self) -> Previous | None:
        """How it stood in the period before; None where that isn't known."""
        return previous(self.rating, self.report.settings)

    @property
    def _indicator(self) -> Indicator:
        return self.rating.indicator.with_target_of_year

    @cached_property
    def chart(self) -> "ControlChart":
        """Its control chart, or why there is none."""
        chart: ControlChart = _named(_CHART)(self._indicator, self.rating.series)
        return chart

    @cached_property
    def forecast(self) -> "Forecast":
        """Where its year ends, or why that is not foretold."""
        settings, period = self.report.settings, self.report.period
        rating = self.rating
        made: Forecast = _named(_FORECAST)(self._indicator, settings, rating.series, period)
        return made

    @cached_property
    def periods(self) -> list[Past]:
        """Its figures of all periods as long as its own, up to that; without any where one lacks.

        Each is rated as it stood then.
        """
        series, own = self.rating.series, self.rating.indicator.period
        known = {reading.period for reading in series.alike if reading.period <= own}
        points = {point.period: point for point in self.chart.points}
        charted = _named(_CHARTED)(self._indicator, series)
        amounts = charted.values if charted.charted is Charted.AMOUNT else {}
        return [
            Past(
                reading,
                self.as_it_stood(reading),
                points.get(reading.period),
                is_known=reading.period in known,
                amount=amounts.get(reading.period),
            )
            for reading in series.since(min(known).first)
        ]

    @property
    def without_chart(self) -> str | None:
        """Why its control chart says nothing of the latest figure; None where it does."""
        return self.chart.why_no_verdict

    @property
    def without_forecast(self) -> str | None:
        """Why there is no forecast; None where there is one."""
        return self.forecast.refused

    def as_it_stood(self, reading: Reading) -> Rating | None:
        """Return how it was rated in a period; None where its target doesn't suit its polarity."""
        rating, past = self.rating, self.rating.series.of_history
        if reading.period == rating.indicator.period:
            return rating
        try:
            then = rating.indicator.as_it_stood(reading.period, past)
        except ValueError:
            return None
        return rate_indicator(then, self.report.settings, Series(then.reading, past))


def insights(report: Report, ratings: Iterable[Rating] | None = None) -> list[Insight]:
    """Return what is known of the ratings of a report, or of some of them."""
    return [Insight(each, report) for each in (report.ratings if ratings is None else ratings)]


def by_reason(
    shown: Iterable[Insight], reason_of: Callable[[Insight], str | None]
) -> dict[str, list[str]]:
    """Return the codes of those that something is refused, by the reason."""
    codes: dict[str, list[str]] = {}
    for insight in shown:
        if reason := reason_of(insight):
            codes.setdefault(reason, []).append(insight.rating.indicator.code)
    return codes
