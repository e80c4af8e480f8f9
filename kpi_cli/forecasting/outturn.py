"""The year's outturn from what is known so far: three plain formulas, and when there is none.

Which formula counts is the kind of the series: what accumulates over the year goes on along a
profile and at this year's pace, a running total at its pace, and a level stays where it is. The
range is what past errors of the same formula say. No library and no random number is in it, and
nothing that a committee could not work out with a pencil. All figures are exact, in display units.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kpi_cli.amounts import EXACT
from kpi_cli.forecasting.outturn_kinds import Kind, Refusal, Why
from kpi_cli.forecasting.year_profiles import (
    LAST_YEAR,
    TARGETS,
    YearProfile,
    largest_of_most,
    last_years_profile,
    pace,
    targets_profile,
)
from kpi_cli.forecasting.year_to_date import YearToDate
from kpi_cli.history import Reading
from kpi_cli.sentences import counted, listed

FEWEST_KNOWN = {12: 3, 4: 2, 2: 1}
"""How many periods of this year have to be known, by how many a year has.

After one or two months a forecast is off by up to a third. A first quarter alone is one figure, on
which nothing of this year could be tried; of two halves the first is all that there ever is.
"""
_FEWEST_ERRORS = 3
_FEWEST_MOVES = 4  # of a level


@dataclass(frozen=True)
class Outturn:
    """A forecast and its range, exact and in display units; and how it was made."""

    value: Fraction
    low: Fraction
    high: Fraction
    method: str
    past_errors: int  # how many of them the range is from
    uncapped: Fraction  # what the formula gives: of a percentage it can be above 100
    on_last_year: Fraction | None = None  # the forecast by each of the profiles
    on_target: Fraction | None = None


def outturn(known: YearToDate, kind: Kind) -> Outturn | Refusal:
    """Return the forecast of a year's last period, or why there is none."""
    return _METHODS[kind](known)


def _accumulates(known: YearToDate) -> Outturn | Refusal:
    if refusal := _no_running_count(known):
        return refusal
    profiles = [p for p in (last_years_profile(known), targets_profile(known)) if p]
    if not profiles:
        return Refusal(Why.NO_PROFILE, _without_profile(known))
    errors = [error for profile in profiles for error in profile.errors]
    if len(errors) < _FEWEST_ERRORS:
        return _too_few(len(errors), _FEWEST_ERRORS)
    count = len(profiles)
    value = sum((profile.forecast for profile in profiles), Fraction()) / count
    rest = sum((profile.rest for profile in profiles), Fraction()) / count
    by_name = {profile.name: profile.forecast for profile in profiles}
    return _within(
        known,
        Outturn(
            value=value,
            low=max(known.this_year[known.now], value - largest_of_most(errors) * rest),
            high=value + largest_of_most(errors) * rest,
            method=_along(profiles, known),
            past_errors=len(errors),
            uncapped=value,
            on_last_year=by_name.get(LAST_YEAR),
            on_target=by_name.get(TARGETS),
        ),
    )


def _running_total(known: YearToDate) -> Outturn | Refusal:
    for before, after in known.falls(after=known.now - known.length):
        fall = _fall(before, after)
        return Refusal(Why.FALLS, f"{fall}, within the last twelve months")
    values, left = known.values, known.left
    guesses = {
        at: pace(values, at, at + left, known.step)
        for at in values
        if at - known.step >= min(values)
    }
    errors = [abs(guesses[at] - values[at + left]) for at in guesses if at + left in values]
    if len(errors) < _FEWEST_ERRORS:
        return _too_few(len(errors), _FEWEST_ERRORS)
    value, error = guesses[known.now], largest_of_most(errors)
    method = f"running total, which goes on at {_pace_of(known)}"
    return _within(
        known,
        Outturn(
            value=value,
            low=max(values[known.now], value - error),
            high=value + error,
            method=method,
            past_errors=len(errors),
            uncapped=value,
        ),
    )


def _level(known: YearToDate) -> Outturn | Refusal:
    left = known.left
    values = known.decimals
    moves = [
        EXACT.subtract(values[at + left], value).copy_abs()
        for at, value in values.items()
        if at + left in values
    ]
    if len(moves) < _FEWEST_MOVES:
        seen = f"only {counted(len(moves), 'move')}" if moves else "no move"
        over = counted(left, known.noun)
        why = f"the history shows {seen} over {over}, and a range takes {_FEWEST_MOVES}"
        return Refusal(Why.FEW_ERRORS, why)
    value, move = Fraction(values[known.now]), Fraction(largest_of_most(moves))
    method = f"stays where it is, give or take what it moved in {counted(left, known.noun)} before"
    found = Outturn(
        value=value,
        low=value - move,
        high=value + move,
        method=method,
        past_errors=len(moves),
        uncapped=value,
    )
    return _within(known, found)


_METHODS: Mapping[Kind, Callable[[YearToDate], Outturn | Refusal]] = {
    Kind.ACCUMULATES: _accumulates,
    Kind.RUNNING_TOTAL: _running_total,
    Kind.LEVEL: _level,
}


def _no_running_count(known: YearToDate) -> Refusal | None:
    """Return why this year's figures are no count that grows, or are too few; None if it is."""
    values = known.this_year
    fewest = FEWEST_KNOWN[known.length]
    if len(values) < fewest:
        only = counted(len(values), known.noun)
        have = "has a value" if len(values) == 1 else "have values"
        year = known.latest.period.financial_year.label
        return Refusal(Why.FEW_KNOWN, f"only {only} of {year} {have}, and it takes {fewest}")
    for before, after in known.falls(after=min(values)):
        return Refusal(Why.FALLS, f"{_fall(before, after)}, so it is no running count")
    for number, value in values.items():
        if value < 0:
            reading = known.readings[number]
            text = f"its {_text(reading)} in {reading.period.label} is below 0"
            return Refusal(Why.BELOW_ZERO, f"{text}, so it is no running count")
    return None


def _without_profile(known: YearToDate) -> str:
    """Return why there is neither last year's profile nor the target's."""
    count = len(known.last_year)
    last = "last year's figures fall or stand still"
    if count < known.length:
        last = f"last year has {count or 'none'} of its {counted(known.length, known.noun)}"
    target = f"there is no annual target beside one for {known.latest.period.label}"
    if known.final is not None and known.now in known.targets:
        target = "its targets don't rise to the annual one"
    return f"there is no profile to go by: {last}, and {target}"


def _too_few(count: int, fewest: int) -> Refusal:
    have = f"only {counted(count, 'past error')} can" if count else "no past error can"
    return Refusal(Why.FEW_ERRORS, f"{have} tell how wide the range is, and it takes {fewest}")


def _fall(before: Reading, after: Reading) -> str:
    return f"it falls from {_text(before)} to {_text(after)} in {after.period.label}"


def _text(reading: Reading) -> str:
    return reading.value.text if reading.value else "nothing"


def _along(profiles: Sequence[YearProfile], known: YearToDate) -> str:
    """Return the method in words: by which profiles, and which of them with the pace."""
    paced = [profile.has_pace for profile in profiles]
    with_pace = f" with {_pace_of(known)}"
    if len(set(paced)) == 1:
        names = listed([profile.name for profile in profiles], last="and")
        return f"on {names}{',' * (len(profiles) > 1) + with_pace if paced[0] else ''}"
    parts = [f"on {p.name}{with_pace if p.has_pace else ''}" for p in profiles]
    return listed(parts, last="and")


def _pace_of(known: YearToDate) -> str:
    last = f"last {known.noun}" if known.step == 1 else f"last three {known.noun}s"
    return f"the pace of the {last}"


def _within(known: YearToDate, found: Outturn) -> Outturn:
    """Return a forecast without what can't be: below 0, or above 100 of a percentage."""
    low, high = known.floor, known.ceiling

    def held(number: Fraction) -> Fraction:
        if low is not None and number < low:
            return Fraction(low)
        return Fraction(high) if high is not None and number > high else number

    return replace(found, value=held(found.value), low=held(found.low), high=held(found.high))
