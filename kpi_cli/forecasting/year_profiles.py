"""How a year fills up, by last year's figures or by the targets, and guesses made along that.

A profile has an amount to date for each of the year's periods, numbered from 1. Whatever is
guessed for the year's end is tried first on the next period of those that are known: that decides
how a profile is used, and how wide the range has to be.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple, TypeVar

from kpi_cli.amounts import in_parts
from kpi_cli.forecasting.year_to_date import YearToDate

SHARE = Fraction(4, 5)
"""How many of the past errors the range is as wide as: four in five."""
LAST_YEAR, TARGETS = "last year's profile", "the target's profile"
_CLEARLY_BETTER = Fraction(3, 5)  # of the pace's misses: then the profile alone counts

_Figures = Mapping[int, Fraction]
_Error = TypeVar("_Error", Decimal, Fraction)


def pace(values: _Figures, at: int, to: int, step: int) -> Fraction:
    """Return what a period's value comes to when the average of the last periods goes on.

    The average is that since the latest value at least so many periods before, or else since the
    year's begin, when there was nothing.
    """
    before = max((number for number in values if number <= at - step), default=0)
    return values[at] + (to - at) * (values[at] - values.get(before, 0)) / (at - before)


def on_profile(
    values: _Figures, profile: _Figures, at: int, to: int, quarter: Fraction
) -> Fraction:
    """Return what a value comes to when as much is added to it as the profile still adds.

    It is added at this year's pace as far as that counts: for 1/2 when a quarter of the year is
    gone, for 10/13 after ten months. The quarter is in periods; the profile must not be 0 here.
    """
    weight = at / (at + quarter)
    ahead = values[at] / profile[at] - 1
    return values[at] + (profile[to] - profile[at]) * (1 + weight * ahead)


def largest_of_most(errors: Sequence[_Error]) -> _Error:
    """Return the error that four in five of the errors don't exceed.

    One more counts than there are, for the one that is still to come: of fewer than nine errors it
    is the largest.
    """
    covered = -(-SHARE.numerator * (len(errors) + 1) // SHARE.denominator)  # rounded up
    rank = min(len(errors), covered)
    if isinstance(errors[0], Decimal):
        return sorted(errors)[rank - 1]
    wholes, _ = in_parts(errors)  # whole numbers compare much faster
    return errors[sorted(range(len(errors)), key=wholes.__getitem__)[rank - 1]]


class _Trial(NamedTuple):
    """A period whose next one is known, and a profile of its year: what a guess is tried on."""

    values: _Figures
    profile: _Figures
    at: int

    @property
    def next_value(self) -> Fraction:
        return self.values[self.at + 1]

    @property
    def next_amount(self) -> Fraction:
        """What the profile adds in the next period."""
        return self.profile[self.at + 1] - self.profile[self.at]


_Guess = Callable[[_Trial, int], Fraction]


@dataclass(frozen=True)
class YearProfile:
    """How a year fills up, and what guesses along it have been worth."""

    name: str
    known: YearToDate
    amounts: _Figures
    trials: Sequence[_Trial]

    @cached_property
    def has_pace(self) -> bool:
        """Whether the pace counts for half: not where the profile has been clearly better."""
        return self._missed(self._along) >= _CLEARLY_BETTER * self._missed(self._at_pace)

    @property
    def errors(self) -> list[Fraction]:
        """How far guesses were off in the next period, as shares of what the profile adds then."""
        return [
            abs(self._guess(trial, trial.at + 1) - trial.next_value) / trial.next_amount
            for trial in self.trials
            if trial.next_amount
        ]

    @property
    def forecast(self) -> Fraction:
        """What the year comes to along this profile, with the pace where that counts."""
        known = self.known
        return self._guess(_Trial(known.this_year, self.amounts, known.now), known.end)

    @property
    def rest(self) -> Fraction:
        """What the profile still adds."""
        return self.amounts[self.known.end] - self.amounts[self.known.now]

    def _guess(self, trial: _Trial, to: int) -> Fraction:
        along = self._along(trial, to)
        return (along + self._at_pace(trial, to)) / 2 if self.has_pace else along

    def _along(self, trial: _Trial, to: int) -> Fraction:
        return on_profile(trial.values, trial.profile, trial.at, to, self.known.quarter)

    def _at_pace(self, trial: _Trial, to: int) -> Fraction:
        return pace(trial.values, trial.at, to, self.known.step)

    def _missed(self, guess: _Guess) -> Fraction:
        misses = (abs(guess(trial, trial.at + 1) - trial.next_value) for trial in self.trials)
        return sum(misses, Fraction())


def last_years_profile(known: YearToDate) -> YearProfile | None:
    """Return last year's values as a profile; None unless all are known and it can be one."""
    last = known.last_year
    if len(last) < known.length or not _is_profile(last, known):
        return None
    trials = list(_trials(known.this_year, last))
    return YearProfile(LAST_YEAR, known, last, trials)


def targets_profile(known: YearToDate) -> YearProfile | None:
    """Return the targets as a profile, up to that of the period forecast; None if it can't be one.

    It is tried on last year's values and targets too.
    """
    targets = known.targets
    if known.final is None or known.now not in targets:
        return None
    amounts = {**targets, known.end: known.final}
    if not _is_profile(amounts, known):
        return None
    trials = list(_trials(known.this_year, targets))
    last = known.last_targets
    if _never_falls(last):
        trials += _trials(known.last_year, last)
    return YearProfile(TARGETS, known, amounts, trials)


def _is_profile(amounts: _Figures, known: YearToDate) -> bool:
    """Whether amounts can be a profile: never falling, begun by now, and with more to come."""
    return _never_falls(amounts) and 0 < amounts[known.now] < amounts[known.end]


def _never_falls(amounts: _Figures) -> bool:
    return all(amounts[one] <= amounts[other] for one, other in pairwise(sorted(amounts)))


def _trials(values: _Figures, profile: _Figures) -> Iterator[_Trial]:
    """Yield each period of a year that is known with its next, in both values and profile."""
    for at in values:
        if {at, at + 1} <= values.keys() & profile.keys() and profile[at] > 0:
            yield _Trial(values, profile, at)
