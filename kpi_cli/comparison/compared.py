"""Two reports compared: what changed, what didn't, and what is known of one of them only."""

from dataclasses import dataclass, replace
from enum import Enum

from kpi_cli.amounts import same_amount
from kpi_cli.changes import outcome_change, value_change
from kpi_cli.comparison.causes import (
    Difference,
    Reason,
    differences,
    reason_of,
    settings_that_differ,
)
from kpi_cli.comparison.caveats import caveats
from kpi_cli.comparison.rewritten import Rewrite, Rewriting, rewrites
from kpi_cli.comparison.standings import Standings, Unknown, Why
from kpi_cli.models import EXCEPTIONS, Direction, Indicator, Outcome, Rating, count_outcomes
from kpi_cli.names import fold, natural_order
from kpi_cli.periods import Period
from kpi_cli.selection import Selection
from kpi_cli.sentences import listed

_RANKS = (*EXCEPTIONS, Outcome.ON_COURSE)  # worst first


class Kind(Enum):
    """How an indicator compares that is known in both reports."""

    WORSE = "worse"  # of the expected outcome
    BETTER = "better"
    OTHER = "other"  # another outcome, that is neither better nor worse: no value, no target
    REVISED = "revised"  # another figure for the same period, with the same outcome
    REDEFINED = "redefined"  # another name, target, tolerance, polarity or line: the same outcome
    UNCHANGED = "unchanged"  # the same outcome; its value may have moved on with the month

    @property
    def is_of_outcome(self) -> bool:
        """Whether the expected outcome is another."""
        return self in (Kind.WORSE, Kind.BETTER, Kind.OTHER)


@dataclass(frozen=True)
class Pair:
    """An indicator in both reports."""

    before: Rating
    after: Rating
    kind: Kind
    value_change: Direction  # of the value; UNKNOWN where the two can't be compared
    differences: tuple[Difference, ...] = ()  # of what isn't its value
    reason: Reason | None = None  # why its outcome is another

    @property
    def code(self) -> str:
        """The indicator's code, as the later report spells it."""
        return self.after.indicator.code

    @property
    def is_same_period(self) -> bool:
        """Whether both figures are of one period."""
        return self.before.indicator.period == self.after.indicator.period


@dataclass(frozen=True)
class NotCompared:
    """An indicator that can't be compared, and why."""

    code: str
    short_name: str | None
    words: str
    not_known: tuple[Period, ...] = ()  # that a workbook has no figure of; empty for other reasons
    indicator: Indicator | None = None  # for the filters
    before: Rating | None = None  # where the one is known, or its figure without its target
    after: Rating | None = None

    @property
    def value_change(self) -> Direction | None:
        """Whether the value moved to the better; None where it isn't known in both."""
        if self.before is None or self.after is None:
            return None
        return value_change(self.before.indicator, self.after.indicator)


@dataclass(frozen=True)
class Counts:
    """How many indicators of each state there are, and how many past figures differ."""

    worse: int
    better: int
    other: int
    revised: int
    redefined: int
    unchanged: int
    not_known: int
    not_compared: int  # for other reasons
    new: int
    gone: int
    rewritten: int
    late: int
    added: int
    removed: int


@dataclass(frozen=True)
class Compared:
    """Everything that differs between two reports, and what doesn't."""

    before: Standings
    after: Standings
    pairs: tuple[Pair, ...]  # changes of outcome first, worst first
    new: tuple[Rating, ...]
    gone: tuple[Rating, ...]
    not_compared: tuple[NotCompared, ...]
    settings: tuple[Difference, ...]
    history: tuple[Rewrite, ...]
    notes: tuple[str, ...]  # what has to be known before anything else

    @property
    def is_one_workbook(self) -> bool:
        """Whether two periods of one workbook are compared."""
        return self.before.workbook is self.after.workbook

    @property
    def is_one_period(self) -> bool:
        """Whether two versions of the report of one period are compared."""
        return self.before.period == self.after.period

    @property
    def renumbered(self) -> dict[str, str]:
        """By the code of what is new, the code of what is gone and has the same name."""
        gone = {fold(rating.indicator.short_name): rating.indicator.code for rating in self.gone}
        pairs = ((each.indicator.code, fold(each.indicator.short_name)) for each in self.new)
        return {code: gone[name] for code, name in pairs if name in gone}

    @property
    def counts(self) -> Counts:
        """How many there are of each kind."""
        kinds = [pair.kind for pair in self.pairs]
        past = [rewrite.kind for rewrite in self.history]
        not_known = sum(bool(each.not_known) for each in self.not_compared)
        return Counts(
            **{kind.value: kinds.count(kind) for kind in Kind},
            **{kind.value: past.count(kind) for kind in Rewriting},
            not_known=not_known,
            not_compared=len(self.not_compared) - not_known,
            new=len(self.new),
            gone=len(self.gone),
        )

    @property
    def outcomes(self) -> tuple[dict[Outcome, int], dict[Outcome, int]]:
        """How many there are of each outcome before and after, of the same indicators."""
        before = count_outcomes(pair.before for pair in self.pairs)
        return before, count_outcomes(pair.after for pair in self.pairs)

    @property
    def is_changed(self) -> bool:
        """Whether anything differs that time alone does not bring."""
        kinds = {pair.kind for pair in self.pairs} - {Kind.UNCHANGED}
        return bool(kinds or self.new or self.gone or self.settings or self.is_rewritten)

    @property
    def is_rewritten(self) -> bool:
        """Whether a figure of the past is another, or is gone."""
        rewritten = (Rewriting.REWRITTEN, Rewriting.REMOVED)
        return any(rewrite.kind in rewritten for rewrite in self.history)

    @property
    def is_worse(self) -> bool:
        """Whether any expected outcome is worse."""
        return any(pair.kind is Kind.WORSE for pair in self.pairs)

    def explained_by_settings(self) -> int:
        """Return how many changes of outcome the settings make alone."""
        causes = (pair.reason.cause.value for pair in self.pairs if pair.reason)
        return sum(cause == "settings" for cause in causes)

    def selected(self, selection: Selection) -> "Compared":
        """Return what the filters let through, by what either report says of an indicator."""

        def takes(code: str, *indicators: Indicator | None) -> bool:
            known = [indicator for indicator in indicators if indicator]
            return any(map(selection.takes, known)) or (not known and selection.takes_code(code))

        return replace(
            self,
            pairs=tuple(
                p for p in self.pairs if takes(p.code, p.before.indicator, p.after.indicator)
            ),
            new=tuple(r for r in self.new if selection.takes(r.indicator)),
            gone=tuple(r for r in self.gone if selection.takes(r.indicator)),
            not_compared=tuple(n for n in self.not_compared if takes(n.code, n.indicator)),
            history=tuple(r for r in self.history if takes(r.code, r.indicator)),
        )


def compare(before: Standings, after: Standings) -> Compared:
    """Return how two reports compare, the earlier one first, as the caller has them.

    Indicators are matched by their codes, as these fold; where one of the workbooks has none, by
    their names. What a workbook has no figure of is not
    known, which is no change; a code that stands in several rows of a workbook is not compared.
    """
    if before.is_named and not after.is_named:
        after = after.by_name()
    elif after.is_named and not before.is_named:
        before = before.by_name()
    pairs: list[Pair] = []
    new: list[Rating] = []
    gone: list[Rating] = []
    apart: list[NotCompared] = []
    for code in dict.fromkeys([*before.codes, *after.codes]):
        then, now = before.figures(code), after.figures(code)
        unknown = [found for each in (before, after) if (found := each.unknown.get(code))]
        if unknown:
            apart.append(_not_compared(unknown, then, now))
        elif then and now:
            pair = _pair(then, now, (before.rows[code], after.rows[code]), before, after)
            pairs += [pair] if isinstance(pair, Pair) else []
            apart += [pair] if isinstance(pair, NotCompared) else []
        elif now:
            new.append(now)
        elif then:
            gone.append(then)
    indicators = [(pair.before.indicator, pair.after.indicator) for pair in pairs]
    old, latest = before.workbook.settings, after.workbook.settings
    return Compared(
        before=before,
        after=after,
        pairs=tuple(sorted(pairs, key=_order)),
        new=tuple(new),
        gone=tuple(gone),
        not_compared=tuple(apart),
        settings=settings_that_differ(old, latest),
        history=tuple(rewrites(before, after)),
        notes=tuple(caveats(before, after, indicators)),
    )


def _not_compared(unknown: list[Unknown], then: Rating | None, now: Rating | None) -> NotCompared:
    first, known = unknown[0], now or then
    rows = [known.indicator] if known else [each.indicator for each in unknown if each.indicator]
    indicator = rows[0] if rows else None
    name = indicator.short_name if indicator else first.short_name
    words = "; ".join(dict.fromkeys(each.words for each in unknown))
    periods: tuple[Period, ...] = ()
    if all(each.why is Why.NOT_KNOWN for each in unknown):
        periods = tuple(dict.fromkeys(each.period for each in unknown if each.period))
        lacking = listed(dict.fromkeys("target" if u.rating else "figure" for u in unknown))
        workbooks = listed(dict.fromkeys(each.workbook for each in unknown), last="and")
        labels = listed((each.label for each in periods), last="or")
        words = f"no {lacking} for {labels} in {workbooks}"
    return NotCompared(first.code, name, words, periods, indicator, then, now)


def _pair(
    then: Rating,
    now: Rating,
    rows: tuple[Indicator, Indicator],
    before: Standings,
    after: Standings,
) -> Pair | NotCompared:
    here, there = then.indicator, now.indicator
    if here.period.length != there.period.length:
        words = f"it is of {here.period.label} in the one, and of {there.period.label} in the other"
        return NotCompared(there.code, there.short_name, words, (), there, then, now)
    differ = tuple(differences(here, there, rows))
    change = value_change(here, there)
    settings = before.workbook.settings, after.workbook.settings
    if then.outcome is not now.outcome:
        kinds = {Direction.WORSE: Kind.WORSE, Direction.BETTER: Kind.BETTER}
        kind = kinds.get(outcome_change(then.outcome, now.outcome), Kind.OTHER)
        return Pair(then, now, kind, change, differ, reason_of(then, now, *settings))
    kind = Kind.REDEFINED if differ else Kind.UNCHANGED
    if here.period == there.period and not same_amount(here.value, there.value):
        kind = Kind.REVISED
    return Pair(then, now, kind, change, differ)


def _order(pair: Pair) -> tuple[int, int, int, list[tuple[int, int, str]]]:
    """Return what pairs sort by: kinds, then the largest steps, then the worst that it is now."""
    step = ends_at = 0
    if pair.kind in (Kind.WORSE, Kind.BETTER):
        ends_at = _RANKS.index(pair.after.outcome)
        step = -abs(ends_at - _RANKS.index(pair.before.outcome))
    return list(Kind).index(pair.kind), step, ends_at, natural_order(pair.code)
