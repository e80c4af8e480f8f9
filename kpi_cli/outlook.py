"""The forecasts of a report's indicators, and what such forecasts would have been worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kpi_cli.forecast import Forecast
from kpi_cli.forecasting.backtest import Score, Trial, backtest, score, scores_by_kind
from kpi_cli.forecasting.outturn_kinds import Kind
from kpi_cli.insight import insights
from kpi_cli.models import Rating, Report


@dataclass(frozen=True)
class Outlook:
    """An indicator's rating, its forecast, and what was tried on its past."""

    rating: Rating
    forecast: Forecast
    trials: tuple[Trial, ...] = ()  # those of the backtest, where it was asked for

    @cached_property
    def score(self) -> Score:
        """How good its forecasts would have been."""
        return score(self.trials)


@dataclass(frozen=True)
class Forecasts:
    """A report, and the forecasts of its indicators in its order."""

    report: Report
    outlooks: tuple[Outlook, ...]

    @property
    def made(self) -> list[Outlook]:
        """Those that there is a forecast of."""
        return [outlook for outlook in self.outlooks if outlook.forecast.refused is None]

    @property
    def refused(self) -> list[Outlook]:
        """Those that there is none of."""
        return [outlook for outlook in self.outlooks if outlook.forecast.refused is not None]

    @cached_property
    def scores(self) -> Mapping[Kind, Score]:
        """How good the forecasts of each kind would have been; of a kind without any, none."""
        return scores_by_kind(trial for outlook in self.outlooks for trial in outlook.trials)


def forecasts(report: Report, *, with_backtest: bool = False) -> Forecasts:
    """Return the forecasts of all indicators of a report, on the wish with their backtest."""
    return Forecasts(
        report,
        tuple(
            Outlook(
                insight.rating,
                insight.forecast,
                tuple(_trials(insight.rating)) if with_backtest else (),
            )
            for insight in insights(report)
        ),
    )


def _trials(rating: Rating) -> list[Trial]:
    return backtest(rating.indicator.with_target_of_year, rating.series)
