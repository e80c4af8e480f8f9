"""The changes between two reports as records with stable field names, for programs.

What the fields mean is said here once; `kpi schema compare-json` prints it. Where a field is one of
a rating too, it says the same.
"""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field

from kpi_cli.comparison.causes import Difference
from kpi_cli.comparison.compared import Compared, Kind, NotCompared, Pair
from kpi_cli.comparison.rewritten import Past, Rewrite
from kpi_cli.comparison.standings import Standings
from kpi_cli.models import Outcome, Rating
from kpi_cli.writing.json_objects import SCHEMA_VERSION
from kpi_cli.writing.ratings.record import SummaryRecord
from kpi_cli.writing.records import (
    BandRecord,
    Count,
    DirectionKey,
    MonthText,
    Number,
    OutcomeKey,
    Record,
    WorkbookName,
    number_record,
)

ChangeKind = Literal[
    "worse", "better", "other", "revised", "redefined", "unchanged", "new", "gone", "rewritten",
    "late", "added", "removed",
]  # fmt: skip


class StateRecord(Record):
    """An indicator in one of the two reports, or its figures in a past period."""

    month: MonthText = Field(
        description="The month, or the last one of a longer period, as year and month: 2018-12."
    )
    period: str = Field(description="The period in words: December 2018, Q3 2018/19.")
    period_months: Literal[1, 3, 6, 12] = Field(
        description="How many months the period has: 1 for a month, 3 for a quarter."
    )
    unit: Literal["percent", "number", "currency"] | None = Field(
        description="What the value counts in or, where there is none, its target; null where"
        " there is neither."
    )
    value: Number | None = Field(
        description="The value in display units (67.5 for 67.5%); null for no value."
    )
    value_text: str | None = Field(
        description="The value as the workbook shows it, or what stands in its place, or null."
    )
    target: Number | BandRecord | None = Field(
        description="The period's target in display units, for Goldilocks also as a band; null"
        " where it has none of its own."
    )
    target_text: str | None = Field(description="The period's target as shown, or null.")
    annual_target: Number | BandRecord | None = Field(
        description="The annual target that it is rated by in display units; null where there is"
        " none, and of past periods."
    )
    annual_target_text: str | None = Field(description="The annual target as shown, or null.")
    expected_outcome: OutcomeKey | None = Field(
        description="The rating; of a past period by the rules of the later workbook; null where it"
        " was not rated."
    )
    direction: DirectionKey | None = Field(
        description="The value against the same period last year; null where it can't be told, and"
        " of past periods."
    )
    reason: str | None = Field(
        description="Why the rating is what it is, in one sentence; null of past periods."
    )
    cell: str = Field(description='Where the code stands beside these figures: "History!A26".')


class CellsRecord(Record):
    """Where the value stands in both workbooks."""

    before: str | None = Field(description='In the earlier report: "History!C41", or null.')
    after: str | None = Field(description="In the later report, or null.")


class DifferenceRecord(Record):
    """Something that differs apart from the value."""

    what: str = Field(
        description="What differs: short_name, target, annual_target, polarity, tolerance,"
        " green_line, red_line; or the key of a setting."
    )
    before: str = Field(description="What it was, as text.")
    after: str = Field(description="What it is, as text.")


class ChangeRecord(Record):
    """An indicator that differs, or one of its past periods."""

    code: str = Field(description='The indicator\'s code, such as "CP 3.10".')
    short_name: str | None = Field(description="Its name; null where no indicator has the code.")
    kind: ChangeKind = Field(
        description="worse, better or other: another expected outcome (other: to or from no value"
        " or no target). revised: another figure of the same period, with the same outcome."
        " redefined: another name, target or rule, with the same outcome. new, gone: in one report"
        " only. Of a past period: rewritten, late (a value came), added, removed. unchanged: only"
        " with --all."
    )
    before: StateRecord | None = Field(description="In the earlier report; null where it is not.")
    after: StateRecord | None = Field(description="In the later report; null where it is not.")
    value_change: DirectionKey | None = Field(
        description="Whether the value moved to the better: of what accumulates over the year, its"
        " share of the target; null where it can't be told."
    )
    cause: (
        Literal[
            "value", "target", "value_and_target", "rules", "settings", "period", "last_year"
        ]
        | None
    ) = Field(
        description="What made the outcome another: its value, its target, both together, its own"
        " polarity, tolerance or lines, the workbook's settings, the period (a count over the year"
        " went on), last year's value; null where the outcome is the same."
    )  # fmt: skip
    cause_text: str | None = Field(description="The cause with the figures of both, or null.")
    differences: list[DifferenceRecord] = Field(
        description="What else differs: names, targets, rules."
    )
    name_of: str | None = Field(
        description="Of a new indicator, the code of one that is gone and had its name, or null."
    )
    cells: CellsRecord = Field(description="Where the values stand.")


class NotComparedRecord(Record):
    """An indicator that can't be compared."""

    code: str = Field(description="The indicator's code; its name or cell where it has none.")
    short_name: str | None = Field(description="Its name, or null.")
    kind: Literal["not_known", "not_compared"] = Field(
        description="not_known: a workbook has no figure for the period, or no target of its time."
        " not_compared: for another reason, such as a code in two rows."
    )
    reason: str = Field(description="Why it is not compared.")
    before: StateRecord | None = Field(description="What is known in the earlier report, or null.")
    after: StateRecord | None = Field(description="What is known in the later report, or null.")


class SideRecord(Record):
    """One of the two reports."""

    workbook: WorkbookName
    month: MonthText | None = Field(
        description="The last month of the report's period; null where it has no indicator."
    )
    period: str | None = Field(description="The period in words, or null.")
    outcomes: SummaryRecord = Field(
        description="How many have each outcome, of the indicators that are known in both reports."
    )


class CountsRecord(Record):
    """How many indicators of each kind there are, and how many past figures."""

    worse: Count = Field(description="With a worse outcome.")
    better: Count = Field(description="With a better outcome.")
    other: Count = Field(description="With another outcome that is neither.")
    revised: Count = Field(description="With another figure of the same period.")
    redefined: Count = Field(description="With another name, target or rule.")
    unchanged: Count = Field(description="With the same outcome.")
    not_known: Count = Field(description="Of which a workbook has no figure for the period.")
    not_compared: Count = Field(description="That can't be compared for another reason.")
    new: Count = Field(description="Only in the later report.")
    gone: Count = Field(description="Only in the earlier report.")
    rewritten: Count = Field(description="Past figures that are others, or gone.")
    late: Count = Field(description="Past figures that came late.")
    added: Count = Field(description="Past figures of periods that only the later history has.")
    removed: Count = Field(description="Past figures of periods that only the earlier one has.")


class CompareRecord(Record):
    """What differs between two reports."""

    schema_version: Literal[1] = Field(
        description="The version of this shape: it rises when a field goes or changes its meaning."
    )
    before: SideRecord = Field(description="The earlier report, as it was asked for.")
    after: SideRecord = Field(description="The later report.")
    notes: list[str] = Field(
        description="What has to be known first: another order, other years or units."
    )
    summary: CountsRecord = Field(description="How many there are of each kind.")
    changes: list[ChangeRecord] = Field(description="Everything that differs, worst first.")
    settings: list[DifferenceRecord] = Field(description="The settings that differ.")
    not_compared: list[NotComparedRecord] = Field(description="What can't be compared, and why.")


def compare_record(compared: Compared, everything: bool = False) -> CompareRecord:
    """Return what differs between two reports as a record; everything has the unchanged too."""
    before, after = compared.outcomes
    return CompareRecord(
        schema_version=SCHEMA_VERSION,
        before=_side(compared.before, before),
        after=_side(compared.after, after),
        notes=list(compared.notes),
        summary=CountsRecord.model_validate(vars(compared.counts)),
        changes=list(change_records(compared, everything)),
        settings=[_difference(each) for each in compared.settings],
        not_compared=[not_compared_record(each) for each in compared.not_compared],
    )


def change_records(compared: Compared, everything: bool) -> Iterator[ChangeRecord]:
    """Yield what differs: indicators worst first, those in one report, and the past."""
    for pair in compared.pairs:
        if everything or pair.kind is not Kind.UNCHANGED:
            yield _pair(pair)
    renumbered = compared.renumbered
    for rating in compared.new:
        code = rating.indicator.code
        yield _change(rating, "new", None, rating, name_of=renumbered.get(code))
    for rating in compared.gone:
        yield _change(rating, "gone", rating, None)
    for rewrite in compared.history:
        yield _rewrite(rewrite)


def not_compared_record(each: NotCompared) -> NotComparedRecord:
    """Return what can't be compared as a record."""
    return NotComparedRecord(
        code=each.code,
        short_name=each.short_name,
        kind="not_known" if each.not_known else "not_compared",
        reason=each.words,
        before=_state(each.before) if each.before else None,
        after=_state(each.after) if each.after else None,
    )


def _side(standings: Standings, counts: dict[Outcome, int]) -> SideRecord:
    period = standings.period
    return SideRecord(
        workbook=standings.workbook.name,
        month=str(period.last) if period else None,
        period=period.label if period else None,
        outcomes=SummaryRecord.model_validate({each.key: counts[each] for each in Outcome}),
    )


def _pair(pair: Pair) -> ChangeRecord:
    return _change(
        pair.after,
        pair.kind.value,
        pair.before,
        pair.after,
        value_change=pair.value_change.key,
        cause=pair.reason.cause.value if pair.reason else None,
        cause_text=pair.reason.words if pair.reason else None,
        differences=[_difference(each) for each in pair.differences],
    )


def _change(
    of: Rating, kind: ChangeKind, before: Rating | None, after: Rating | None, **more: Any
) -> ChangeRecord:
    fields = {
        "code": of.indicator.code,
        "short_name": of.indicator.short_name,
        "kind": kind,
        "before": _state(before) if before else None,
        "after": _state(after) if after else None,
        "cells": CellsRecord(
            before=before.indicator.place.cell("value") if before else None,
            after=after.indicator.place.cell("value") if after else None,
        ),
    }
    return ChangeRecord.model_validate(_NOTHING_MORE | fields | more)


_NOTHING_MORE: dict[str, Any] = {
    "value_change": None,
    "cause": None,
    "cause_text": None,
    "differences": [],
    "name_of": None,
}


def _rewrite(rewrite: Rewrite) -> ChangeRecord:
    before, after = rewrite.before, rewrite.after
    fields = {
        "code": rewrite.code,
        "short_name": rewrite.short_name,
        "kind": rewrite.kind.value,
        "before": _past(before) if before else None,
        "after": _past(after) if after else None,
        "cells": CellsRecord(
            before=before.reading.place.cell("value") if before else None,
            after=after.reading.place.cell("value") if after else None,
        ),
    }
    return ChangeRecord.model_validate(_NOTHING_MORE | fields)


def _state(rating: Rating) -> StateRecord:
    indicator = rating.indicator
    annual = indicator.annual_target
    return StateRecord(
        month=str(indicator.month),
        period=indicator.period.label,
        period_months=indicator.period.length,
        unit=indicator.unit.value if indicator.unit else None,
        value=number_record(indicator.value),
        value_text=indicator.value_text,
        target=number_record(indicator.target),
        target_text=indicator.target.text if indicator.target else None,
        annual_target=number_record(annual),
        annual_target_text=annual.text if annual else None,
        expected_outcome=rating.outcome.key,
        direction=rating.direction.key,
        reason=rating.reason,
        cell=indicator.place.cell("code"),
    )


def _past(past: Past) -> StateRecord:
    reading = past.reading
    unit = next((each.unit.value for each in (reading.value, reading.target) if each), None)
    return StateRecord(
        month=str(reading.month),
        period=reading.period.label,
        period_months=reading.period.length,
        unit=unit,
        value=number_record(reading.value),
        value_text=reading.value.text if reading.value else None,
        target=number_record(reading.target),
        target_text=reading.target.text if reading.target else None,
        annual_target=None,
        annual_target_text=None,
        expected_outcome=past.outcome.key if past.outcome else None,
        direction=None,
        reason=None,
        cell=reading.place.cell("code"),
    )


def _difference(difference: Difference) -> DifferenceRecord:
    return DifferenceRecord(what=difference.key, before=difference.before, after=difference.after)
