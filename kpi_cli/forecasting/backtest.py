"""What forecasts would have been worth: the formulas tried on the years that are known by now.

From every period of a year that has a value, from the first that can be forecast from, the last
known period of the same year is forecast with what was known then: values and targets up to there,
the annual target, and the target of the period forecast, for targets are set beforehand.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from kpi_cli.forecasting.outturn import FEWEST_KNOWN, Outturn, outturn
from kpi_cli.forecasting.outturn_kinds import Basis, Kind, Refusal, Why, basis_of, kind_of
from kpi_cli.forecasting.year_to_date import YEAR, Figures, YearToDate, figures_of, is_part_of_year
from kpi_cli.history import Series
from kpi_cli.models import Indicator
from kpi_cli.periods import Period


@dataclass(frozen=True)
class Trial:
    """A forecast as it would have been made, beside two naive ones and what came: all exact."""

    made_in: Period
    of: Period
    kind: Kind | None  # None where it could not be told then
    found: Outturn | Refusal
    no_change: Fraction
    straight_line: Fraction
    actual: Fraction

    @property
    def is_in_range(self) -> bool:
        """Whether what came was in the range."""
        found = self.found
        return isinstance(found, Outturn) and found.low <= self.actual <= found.high


@dataclass(frozen=True)
class Score:
    """How good forecasts were: median errors as shares of what came, 0.019 for 1.9%.

    All of them are over the same forecasts, those that were made; a median is None where there are
    none, or where what came was always 0. It is the formula that is scored: what a percentage was
    forecast above 100 counts as it was, though nobody is shown it.
    """

    made: int
    forecast: Fraction | None
    no_change: Fraction | None
    straight_line: Fraction | None
    in_range: int
    refused: Mapping[Why, int]  # how often for each reason, the most frequent first


def backtest(indicator: Indicator, series: Series) -> list[Trial]:
    """Return each forecast that could have been made of an indicator's known figures.

    There are none for figures of whole years, or of periods that are no part of the financial year.
    """
    if indicator.period.length == YEAR or not is_part_of_year(indicator.period):
        return []
    figures, basis = figures_of(indicator, series), basis_of(indicator)
    return [trial for year in figures.years for trial in _of_year(figures, basis, year)]


def score(trials: Iterable[Trial]) -> Score:
    """Return how good forecasts were, together."""
    everything = list(trials)
    made = [trial for trial in everything if isinstance(trial.found, Outturn)]
    reasons = Counter(t.found.why for t in everything if isinstance(t.found, Refusal))
    guesses = [(t.found.uncapped, t.actual) for t in made if isinstance(t.found, Outturn)]
    return Score(
        made=len(made),
        forecast=_median_error(guesses),
        no_change=_median_error([(trial.no_change, trial.actual) for trial in made]),
        straight_line=_median_error([(trial.straight_line, trial.actual) for trial in made]),
        in_range=sum(trial.is_in_range for trial in made),
        refused=dict(reasons.most_common()),
    )


def scores_by_kind(trials: Iterable[Trial]) -> dict[Kind, Score]:
    """Return how good the forecasts of each kind were; of a kind without any there is no score."""
    everything = list(trials)
    by_kind = {kind: [t for t in everything if t.kind is kind] for kind in Kind}
    return {kind: score(of_kind) for kind, of_kind in by_kind.items() if of_kind}


def _median_error(guesses: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    errors = [abs(guess - actual) / abs(actual) for guess, actual in guesses if actual]
    return median(errors) if errors else None


def _of_year(figures: Figures, basis: Basis, years_ago: int) -> list[Trial]:
    """Return the forecasts of a year, each of its last known period."""
    whole = figures.known_in(figures.length, figures.length, years_ago)
    values = whole.this_year
    end = max(values)
    first = FEWEST_KNOWN[figures.length]
    return [
        _trial(figures.known_in(now, end, years_ago), basis, whole)
        for now in values
        if first <= now < end
    ]


def _trial(known: YearToDate, basis: Basis, whole: YearToDate) -> Trial:
    kind = kind_of(known, basis)
    return Trial(
        made_in=known.latest.period,
        of=whole.readings[known.end].period,
        kind=kind if isinstance(kind, Kind) else None,
        found=outturn(known, kind) if isinstance(kind, Kind) else kind,
        no_change=_no_change(known, kind),
        straight_line=_straight_line(known, kind),
        actual=whole.this_year[known.end],
    )


def _no_change(known: YearToDate, kind: Kind | Refusal) -> Fraction:
    """Return what it comes to if nothing changes: what accumulates repeats its last amount."""
    values, now = known.this_year, known.now
    if kind is not Kind.ACCUMULATES:
        return values[now]
    before = max((number for number in values if number < now), default=0)
    return values[now] + known.left * (values[now] - values.get(before, 0)) / (now - before)


def _straight_line(known: YearToDate, kind: Kind | Refusal) -> Fraction:
    """Return what it comes to on a line: from 0 for what accumulates, else the nearest to all."""
    values = known.this_year
    if kind is Kind.ACCUMULATES:
        return values[known.now] * known.end / known.now
    middle = Fraction(sum(values), len(values))
    level = sum(values.values(), Fraction()) / len(values)
    spread = sum((number - middle) ** 2 for number in values)
    if not spread:
        return level
    slope = sum(((n - middle) * (v - level) for n, v in values.items()), Fraction()) / spread
    return level + slope * (known.end - middle)
