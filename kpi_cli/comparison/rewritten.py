"""The history that two workbooks have of one past: rewritten, late, added or no longer there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from kpi_cli.amounts import Target, same_amount
from kpi_cli.comparison.standings import Standings
from kpi_cli.history import Reading, Readings, Series
from kpi_cli.models import Indicator, Outcome
from kpi_cli.names import fold
from kpi_cli.periods import Period
from kpi_cli.rating import outcome_of


class Rewriting(Enum):
    """What happened to the figures of a past period."""

    REWRITTEN = "rewritten"  # value or target was another, or the value is gone
    LATE = "late"  # the period was there without it
    ADDED = "added"  # the period was not there at all
    REMOVED = "removed"


@dataclass(frozen=True)
class Past:
    """The figures of a past period in one of the workbooks, and their expected outcome."""

    reading: Reading
    outcome: Outcome | None = None  # by the rules of the later workbook; None where not rated


@dataclass(frozen=True)
class Rewrite:
    """What two workbooks have of one indicator in one past period, which differs."""

    code: str
    short_name: str | None  # None where no indicator has the code
    kind: Rewriting
    period: Period
    before: Past | None
    after: Past | None
    indicator: Indicator | None  # for the filters

    @property
    def changes_outcome(self) -> bool:
        """Whether the period's outcome is another by the figures of the later workbook."""
        outcomes = {past and past.outcome for past in (self.before, self.after)}
        return None not in outcomes and len(outcomes) == 2


def rewrites(before: Standings, after: Standings) -> Iterator[Rewrite]:
    """Yield what differs in the past that two workbooks have, by code and period.

    An indicator's row is the record of its own period. What the one has of periods that the other
    can't have, being of an earlier month, is no difference; nor is the period that is compared.
    """
    if before.workbook is after.workbook:
        return
    had, has = _figures(before), _figures(after)
    keeps_targets = any(reading.target for reading in after.workbook.history)
    for code, past in has.items():
        if code not in had:
            continue
        compared = _compared(code, before, after)
        for period in sorted(past.keys() | had[code].keys()):
            here, there = had[code].get(period), past.get(period)
            if period == compared or _is_of_course(code, period, here, there, before, after):
                continue
            if kind := _kind(here, there, keeps_targets):
                yield _rewrite(code, kind, here, there, after, before)


_Figures = Mapping[Period, Reading]


def _figures(standings: Standings) -> dict[str, _Figures]:
    """Return the figures of all periods by key: the history's, and those of the rows."""
    history = standings.workbook.history
    figures: dict[str, _Figures] = {
        key: history.of(row.code).by_period | {row.period: row.reading}
        for key, row in standings.rows.items()
    }
    claimed = {fold(row.code) for row in standings.rows.values()}
    others = dict.fromkeys(fold(reading.code) for reading in history)
    return figures | {code: history.of(code).by_period for code in others if code not in claimed}


def _compared(code: str, before: Standings, after: Standings) -> Period | None:
    """Return the period of an indicator that is compared anyway, where it is one in both."""
    ratings = before.ratings.get(code), after.ratings.get(code)
    periods = {rating.indicator.period for rating in ratings if rating}
    return periods.pop() if len(periods) == 1 and all(ratings) else None


def _is_of_course(
    code: str,
    period: Period,
    here: Reading | None,
    there: Reading | None,
    before: Standings,
    after: Standings,
) -> bool:
    """Whether it is natural that only one has a period.

    It is that of a later month than the other, or its figures stand in the row of the indicator,
    which is the record of one period alone and does not say whether there is a history.
    """
    if here and there:
        return False
    has, lacks = (before, after) if here else (after, before)
    own = has.rows.get(code)
    is_later = lacks.period is None or period.last > lacks.period.last
    return is_later or (own is not None and own.period == period)


def _kind(here: Reading | None, there: Reading | None, keeps_targets: bool) -> Rewriting | None:
    if here is None or there is None:
        found = here or there
        if found is None or found.value is None:
            return None  # a target planned ahead
        return Rewriting.ADDED if here is None else Rewriting.REMOVED
    is_other_target = not same_amount(here.target, there.target)
    if is_other_target and here.target and (there.target or keeps_targets):
        return Rewriting.REWRITTEN
    if here.value and not same_amount(here.value, there.value):
        return Rewriting.REWRITTEN
    is_late = there.value and not here.value
    return Rewriting.LATE if is_late else None


def _rewrite(
    code: str,
    kind: Rewriting,
    here: Reading | None,
    there: Reading | None,
    after: Standings,
    before: Standings,
) -> Rewrite:
    indicator = after.rows.get(code) or before.rows.get(code)
    found = there or here
    assert found
    old, new = here and Past(here), there and Past(there)
    if indicator and here and there:
        target = there.target or here.target  # not every history keeps targets
        old = Past(here, _outcome(indicator, here, here.target or target, after))
        new = Past(there, _outcome(indicator, there, target, after))
    name = indicator.short_name if indicator else None
    spelt = indicator.code if indicator else found.code
    return Rewrite(spelt, name, kind, found.period, old, new, indicator)


def _outcome(
    indicator: Indicator, reading: Reading, target: Target | None, after: Standings
) -> Outcome | None:
    """Return how a period would be rated with these figures, the rest being as it is now."""
    counted = reading._replace(target=target)
    history, settings = after.workbook.history.of(indicator.code), after.workbook.settings
    past = Readings([*(each for each in history if each.period != reading.period), counted])
    try:
        if reading.period == indicator.period:
            figures = {"value": counted.value, "target": counted.target}
            stood = indicator.model_copy(update=figures)
        else:
            stood = indicator.as_it_stood(reading.period, past)
    except ValueError:
        return None
    return outcome_of(stood, settings, Series(stood.reading, past))
