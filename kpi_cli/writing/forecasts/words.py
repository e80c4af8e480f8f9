"""The words that forecasts have in every format for people."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from kpi_cli.forecast import Forecast
from kpi_cli.forecasting.backtest import Score
from kpi_cli.outlook import Forecasts, Outlook
from kpi_cli.sentences import counted, sentence

RANGE = "Four in five of the past errors were no larger than the range allows; one in five was."
BACKTEST = (
    "Forecasts of each year's last known period, made with what was known then: median errors"
)
NO_BACKTEST = "There is no year yet that one could have been forecast of."
SCORE_HEADINGS = ("Made", "Forecast", "No change", "Straight line", "In range")


def groups(outlooks: Iterable[Outlook]) -> dict[str, list[Outlook]]:
    """Return what was forecast under what it is of and from: "March 2019, from January 2019"."""
    found: dict[str, list[Outlook]] = {}
    for outlook in outlooks:
        period, left = outlook.forecast.from_period, outlook.forecast.periods_left
        if period and left:
            name = f"{period.after(left).label}, forecast from {period.label}"
            found.setdefault(name, []).append(outlook)
    return found


def how(forecast: Forecast) -> str:
    """Return how a forecast was made, and from how many past errors its range, as a sentence."""
    return sentence(f"{forecast.method}; {counted(forecast.past_errors or 0, 'past error')}")


def total(forecasts: Forecasts) -> str:
    """Return how many there are: "29 indicators: 11 forecast · 18 refused"."""
    report = forecasts.report
    shown = len(forecasts.outlooks)
    if not shown and not report.left_out:
        return "no indicator could be rated"
    everything = counted(shown + report.left_out, "indicator")
    indicators = f"{shown} of {everything}" if report.left_out else everything
    counts = {"forecast": len(forecasts.made), "refused": len(forecasts.refused)}
    parts = [f"{count} {what}" for what, count in counts.items() if count]
    return f"{indicators}: {' · '.join(parts)}" if parts else indicators


def score_cells(score: Score) -> Iterator[str]:
    """Yield the cells of a line of the backtest, below their headings."""
    yield f"{score.made:,}"
    for share in (score.forecast, score.no_change, score.straight_line):
        yield _percent(share)
    yield f"{score.in_range} of {score.made}" if score.made else "-"


def scores(forecasts: Forecasts) -> Iterator[tuple[str, Score]]:
    """Yield the backtest's lines: of each indicator that has any, then of each kind."""
    for outlook in forecasts.outlooks:
        if outlook.trials:
            yield outlook.rating.indicator.code, outlook.score
    for kind, score in forecasts.scores.items():
        yield f"all: {kind.label}", score


def refusals(forecasts: Forecasts) -> str | None:
    """Return how often a past forecast was refused, and why; None where none was."""
    counts: dict[str, int] = {}
    for outlook in forecasts.outlooks:
        for why, count in outlook.score.refused.items():
            counts[why.value] = counts.get(why.value, 0) + count
    reasons = ", ".join(f"{why} {count}" for why, count in counts.items())
    return f"{sum(counts.values()):,} more were refused: {reasons}" if reasons else None


def _percent(share: Fraction | None) -> str:
    return "-" if share is None else f"{float(share * 100):.2f}%"
