"""How the indicators of a workbook stood at the end of a period, by their latest figures then."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from kpi_cli.addresses import Place
from kpi_cli.history import Readings, Series
from kpi_cli.models import Indicator, Outcome, Rating, Report, UnratedRow, Workbook
from kpi_cli.names import fold
from kpi_cli.periods import Month, Period
from kpi_cli.rating import rate_indicator
from kpi_cli.report import period_asked
from kpi_cli.sentences import counted


class Why(Enum):
    """Why there is no rating of an indicator to compare."""

    NOT_KNOWN = auto()  # the workbook has no figure for the period: that is no outcome
    REPEATED = auto()
    UNREADABLE = auto()
    CONTRADICTED = auto()


@dataclass(frozen=True)
class Unknown:
    """An indicator of which a workbook has no rating to compare, and why in words."""

    code: str
    short_name: str | None
    why: Why
    words: str
    workbook: str
    period: Period | None = None  # that nothing is known of
    indicator: Indicator | None = None  # where its row could be read, for the filters
    rating: Rating | None = None  # where its figure is known, and the target of its time is not


@dataclass(frozen=True)
class Standings:
    """The ratings of a workbook at the end of a period; the keys are folded codes, or names."""

    workbook: Workbook
    period: Period | None  # the one asked for, or else the report's; None without any indicator
    is_asked: bool
    ratings: Mapping[str, Rating]
    unknown: Mapping[str, Unknown]
    rows: Mapping[str, Indicator] = field(default_factory=dict)  # of codes that stand once

    @property
    def codes(self) -> list[str]:
        """The codes of all rows, those not rated too, in the workbook's order."""
        return [*self.ratings, *(code for code in self.unknown if code not in self.ratings)]

    @property
    def is_named(self) -> bool:
        """Whether the workbook has no codes, so that the names stand for them."""
        rows = self.rows.values()
        return bool(rows) and all(row.code == row.short_name for row in rows)

    def by_name(self) -> "Standings":
        """Return the same with names as keys, to be matched with a workbook that has no codes.

        Names that several indicators have stay under their codes.
        """
        named = {code: row.short_name for code, row in self.rows.items()}
        named |= {code: each.short_name or each.code for code, each in self.unknown.items()}
        count = Counter(fold(name) for name in named.values())
        keys = {code: fold(n) if count[fold(n)] == 1 else code for code, n in named.items()}
        return replace(
            self,
            ratings={keys[code]: rating for code, rating in self.ratings.items()},
            unknown={keys[code]: unknown for code, unknown in self.unknown.items()},
            rows={keys[code]: row for code, row in self.rows.items()},
        )

    def figures(self, code: str) -> Rating | None:
        """Return an indicator's rating, also where its target was not known; None without any."""
        unknown = self.unknown.get(code)
        return unknown.rating if unknown else self.ratings.get(code)


def standings(
    workbook: Workbook, report: Report, asked: Period | Month | str | None = None
) -> Standings:
    """Return how a workbook's indicators stood at the end of a period; report is its latest.

    Without a period they are as in the report. With one, an indicator that had no later figure
    stands with its own row (that of September is the latest in December and in January), and any
    other with what the history has for the period, or for the last one by then that is as long as
    its own. Raises ValueError for words that name no period.
    """
    period = period_asked(workbook, asked)
    unknown = {_key(row): _unreadable(row, workbook) for row in workbook.unrated}
    by_code: dict[str, list[Indicator]] = {}
    for indicator in workbook.indicators:
        by_code.setdefault(fold(indicator.code), []).append(indicator)
    latest = {id(rating.indicator): rating for rating in report.ratings}
    ratings: dict[str, Rating] = {}
    rows: dict[str, Indicator] = {}
    for code, same in by_code.items():
        first = same[0]
        if len(same) > 1 or code in unknown:
            number = len(same) + (code in unknown)
            unknown[code] = _repeated(first, number, workbook)
            continue
        rows[code] = first
        found = _at(first, period, workbook, report) if period else latest[id(first)]
        if isinstance(found, Rating):
            ratings[code] = found
        else:
            unknown[code] = found
    is_asked = period is not None
    return Standings(workbook, period or report.period, is_asked, ratings, unknown, rows)


def _at(
    indicator: Indicator, asked: Period, workbook: Workbook, report: Report
) -> Rating | Unknown:
    period = _period_by(indicator, asked, workbook, report)
    if workbook.history.contradicts(indicator.code, period) and period != indicator.period:
        words = f"the history of {workbook.name} contradicts itself for {period.label}"
        return _without(indicator, Why.CONTRADICTED, words, workbook.name, period)
    past = workbook.history.of(indicator.code)
    reading = past.by_period.get(period)
    if period != indicator.period and not (
        reading and (reading.value or _has_value_cell(reading.place))
    ):
        words = f"{workbook.name} has no figure for {period.label}"
        return _without(indicator, Why.NOT_KNOWN, words, workbook.name, period)
    try:
        stood = indicator.as_it_stood(period, past)
    except ValueError as invalid:
        words = f"{invalid}, in {workbook.name} for {period.label}"
        return _without(indicator, Why.UNREADABLE, words, workbook.name, period)
    rating = rate_indicator(stood, workbook.settings, Series(stood.reading, past))
    if _lacks_target(rating, indicator, past):
        words = f"{workbook.name} has no target for {period.label}"
        unknown = _without(indicator, Why.NOT_KNOWN, words, workbook.name, period)
        return replace(unknown, rating=rating)
    return rating


def _lacks_target(rating: Rating, row: Indicator, past: Readings) -> bool:
    """Whether an indicator has a target now, and its history keeps none: then it may have had one.

    A sheet with a column for each period often has a single column of targets beside them.
    """
    is_of_history = rating.indicator is not row
    has_none = rating.outcome is Outcome.NO_TARGET and row.yardstick is not None
    return is_of_history and has_none and not any(reading.target for reading in past)


def _period_by(indicator: Indicator, asked: Period, workbook: Workbook, report: Report) -> Period:
    """Return the period of an indicator's latest figures at the end of the one asked for."""
    own = indicator.period
    if own == asked or asked in workbook.history.of(indicator.code).by_period:
        return asked
    is_over = report.period is None or asked.last > report.period.last
    if own.last <= asked.last:
        return asked if is_over else own  # of what is after the report nothing is known
    return own.after(-own.last.months_after(asked.last) // own.length)


def _has_value_cell(place: Place) -> bool:
    """Whether a row of history has a cell for a value: a target planned ahead has none."""
    return "value" in place.columns or "value" in place.elsewhere


def _without(
    indicator: Indicator, why: Why, words: str, name: str, period: Period | None = None
) -> Unknown:
    return Unknown(indicator.code, indicator.short_name, why, words, name, period, indicator)


def _repeated(indicator: Indicator, number: int, workbook: Workbook) -> Unknown:
    words = f"{indicator.code} stands in {counted(number, 'row')} of {workbook.name}"
    return _without(indicator, Why.REPEATED, words, workbook.name)


def _unreadable(row: UnratedRow, workbook: Workbook) -> Unknown:
    code = row.code or row.short_name or row.place.cell("code")
    words = f"the row in {workbook.name} can't be read"
    return Unknown(code, row.short_name, Why.UNREADABLE, words, workbook.name)


def _key(row: UnratedRow) -> str:
    return fold(row.code or row.short_name or row.place.cell("code"))
