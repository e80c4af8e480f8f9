"""How the figures of a year go together: told by the indicator's name, its targets, last year.

What adds up over a year, a total that never starts again, and what only has a level are forecast
each in its own way.
"""

from collections.abc import Mapping
from enum import Enum
from fractions import Fraction
from typing import NamedTuple, Self

from kpi_cli.forecasting.year_to_date import YearToDate
from kpi_cli.models import Indicator

_LEVEL_WORDS = ("snapshot", "rolling")
_CUMULATIVE_WORDS = ("cumulative", "ytd", "year to date")
_NEAR = Fraction(1, 50)  # of the annual target: a rate's targets are as good as the annual one
_NEAR_UP_TO = Fraction(10, 12)  # of the year: the last targets of what adds up are near it too


class Basis(Enum):
    """What the name of an indicator says of its figures."""

    CUMULATIVE = "cumulative"
    LEVEL = "level"
    RATE = "rate"  # it has no such words, but is one of those that don't add up
    UNTOLD = "untold"


class Kind(Enum):
    """How the figures of a year go together, and with them how they are forecast."""

    ACCUMULATES = ("accumulates", "accumulates")
    RUNNING_TOTAL = ("running_total", "running total")
    LEVEL = ("level", "level")

    label: str

    def __new__(cls, key: str, label: str) -> Self:
        """Make a kind whose value is its key, as the JSON output names it."""
        kind = object.__new__(cls)
        kind._value_ = key
        kind.label = label
        return kind

    @property
    def key(self) -> str:
        """The kind as the JSON output names it: "running_total"."""
        return str(self.value)


class Why(Enum):
    """Why there is no forecast, in the words under which refusals are counted."""

    UNTOLD = "not known whether it adds up"
    FEW_KNOWN = "too little of the year"
    FALLS = "it falls"
    BELOW_ZERO = "below 0"
    NO_PROFILE = "no profile"
    FEW_ERRORS = "too few past errors"


class Refusal(NamedTuple):
    """That there is no forecast, and the reason as one sentence for this indicator."""

    why: Why
    reason: str


def basis_of(indicator: Indicator) -> Basis:
    """Return what an indicator's name says of how its figures go together.

    The last square bracket goes before the rest of the name. Without any of its words, percentages
    and rates are told apart from counts, which may or may not add up.
    """
    for text in (indicator.reporting_basis or "", indicator.short_name):
        words = text.casefold()
        if any(word in words for word in _LEVEL_WORDS):
            return Basis.LEVEL
        if any(word in words for word in _CUMULATIVE_WORDS):
            return Basis.CUMULATIVE
    return Basis.UNTOLD if indicator.adds_up else Basis.RATE


def kind_of(known: YearToDate, basis: Basis) -> Kind | Refusal:
    """Return how the figures of a year go together, by the indicator's name, targets, last year.

    A quarter of the year is allowed for an early start: what adds up has by its first known period
    f at most (f + a quarter)/(a year) of the annual target.
    """
    if basis is Basis.LEVEL:
        return Kind.LEVEL
    if basis is Basis.UNTOLD:
        return Refusal(
            Why.UNTOLD,
            "its short name does not say whether its figures add up over the year, as"
            ' "[Cumulative YTD]" or "[Monthly Snapshot]" at its end would',
        )
    if known.annual and known.targets:
        return _kind_by_targets(known, known.annual, basis)
    last = known.last_year
    if len(last) == known.length and last[known.length] > 0:
        is_early = _is_early(known.this_year, last[known.length], known)
        return Kind.ACCUMULATES if is_early else Kind.LEVEL
    if basis is Basis.RATE:
        return Kind.LEVEL
    return Refusal(
        Why.UNTOLD,
        f"neither targets of its {known.noun}s beside an annual one nor the whole of last year tell"
        " how its figures add up",
    )


def _kind_by_targets(known: YearToDate, annual: Fraction, basis: Basis) -> Kind:
    targets = known.targets
    last, room = known.length * _NEAR_UP_TO, _NEAR * abs(annual)
    early = {target for number, target in targets.items() if number <= last}
    if early and all(abs(target - annual) <= room for target in early):
        return Kind.LEVEL
    first = min(targets)
    if basis is Basis.RATE and first + known.quarter >= known.length:
        return Kind.LEVEL  # so late a target is near the annual one of what adds up, too
    if _is_early(targets, annual, known):
        return Kind.ACCUMULATES
    return Kind.LEVEL if basis is Basis.RATE else Kind.RUNNING_TOTAL


def _is_early(figures: Mapping[int, Fraction], whole: Fraction, known: YearToDate) -> bool:
    first = min(figures)
    return figures[first] <= whole * (first + known.quarter) / known.length
