"""Single indicators as records with stable field names, for the formats that programs read.

An indicator is what `kpi rate` has of it, with its chart and its forecast, and its periods one by
one.
"""

from typing import Any, Literal

from pydantic import Field

from kpi_cli.gauge import gauge_of
from kpi_cli.insight import Insight, Past, insights
from kpi_cli.models import Report
from kpi_cli.writing.json_objects import SCHEMA_VERSION, plain
from kpi_cli.writing.ratings.insight_record import (
    ControlChartRecord,
    ForecastRecord,
    VariationKey,
)
from kpi_cli.writing.ratings.record import RatedRecord
from kpi_cli.writing.ratings.record_fields import rating_fields
from kpi_cli.writing.records import (
    BandRecord,
    MonthText,
    Number,
    OutcomeKey,
    ProblemRecord,
    Record,
    WorkbookName,
    number_record,
    problem_record,
)
from kpi_cli.writing.view import EVERYTHING, View


class PeriodRecord(Record):
    """An indicator's figures in one period, and what they were rated."""

    month: MonthText = Field(
        description="The month, or the last one of a longer period, as year and month: 2018-12."
    )
    period: str = Field(description="The period in words: December 2018, Q2 2018/19.")
    value: Number | None = Field(description="Its value in display units; null where it has none.")
    value_text: str | None = Field(description="Its value as the workbook shows it, or null.")
    target: Number | BandRecord | None = Field(
        description="Its own target in display units; null where it has none."
    )
    target_text: str | None = Field(description="Its target as the workbook shows it, or null.")
    expected_outcome: OutcomeKey | None = Field(
        description="What it was rated, as it stood then; null where it can't be rated."
    )
    reason: str | None = Field(description="Why it was rated so; null where it can't be rated.")
    monthly_amount: Number | None = Field(
        description="By how much a total grew in the period; null where its values are charted, or"
        " the amount isn't known."
    )
    variation: VariationKey | None = Field(
        description="What the control chart calls it; null where it isn't charted."
    )
    rule: Literal["outside_limits", "trend", "two_of_three", "one_side"] | None = Field(
        description="The rule that makes it a signal; null for common cause."
    )
    cell: str | None = Field(
        description="Where its value stands; null of a period that has no row."
    )


class ZoneRecord(Record):
    """A stretch of values that are rated alike."""

    expected_outcome: OutcomeKey = Field(description="What a value in it is rated.")
    low: Number = Field(
        description="Its lower end, in display units; a value exactly at an end may be rated as in"
        " the zone beside it, or, at a target of one number, better than in both."
    )
    high: Number = Field(description="Its upper end, in display units.")


class IndicatorRecord(RatedRecord):
    """One indicator with all that is known of it."""

    spc: ControlChartRecord | None = Field(
        description="What its control chart says, or why none does; null with --no-spc."
    )
    forecast: ForecastRecord | None = Field(
        description="Where its year ends, or why that isn't told; null with --no-forecast."
    )
    gauge: list[ZoneRecord] | None = Field(
        description="Which values would be rated what, from the lowest shown to the highest; null"
        " without a value, or anything to measure it by."
    )
    months: list[PeriodRecord] = Field(
        description="Its periods up to the rated one, as long as that, without a gap."
    )


class ShownRecord(Record):
    """The indicators of a workbook that were asked for."""

    schema_version: Literal[1] = Field(
        description="The version of this shape: it rises when a field goes or changes its meaning."
    )
    workbook: WorkbookName
    title: str | None = Field(description="The report's title; null where the workbook sets none.")
    report_month: MonthText | None = Field(
        description="The last month of the period asked for, or else of the latest that any has;"
        " null where there is no indicator."
    )
    indicators: list[IndicatorRecord] = Field(description="The indicators, in natural order.")
    problems: list[ProblemRecord] = Field(description="Everything wrong in the workbook.")


def shown_record(report: Report, view: View = EVERYTHING) -> ShownRecord:
    """Return the indicators of a report, with all that is known of them, as a record."""
    return ShownRecord(
        schema_version=SCHEMA_VERSION,
        workbook=report.workbook,
        title=report.settings.report_title,
        report_month=str(report.period.last) if report.period else None,
        indicators=[_indicator_record(insight, view) for insight in insights(report)],
        problems=[problem_record(problem) for problem in report.problems],
    )


def _indicator_record(insight: Insight, view: View) -> IndicatorRecord:
    periods = [period_record(past) for past in insight.periods]
    own = {"gauge": _zones(insight), "months": periods}
    asked = {"spc": None, "forecast": None} | rating_fields(insight, view)
    return IndicatorRecord.model_validate({**asked, **own})


def _zones(insight: Insight) -> list[dict[str, Any]] | None:
    gauge = gauge_of(insight.rating, insight.report.settings)
    if gauge is None:
        return None
    return [
        {"expected_outcome": zone.outcome.key, "low": plain(zone.low), "high": plain(zone.high)}
        for zone in gauge.zones
    ]


def period_record(past: Past) -> PeriodRecord:
    """Return the figures of a period as a record."""
    value, target = past.reading.value, past.reading.target
    point, rating = past.point, past.rating
    return PeriodRecord.model_validate(
        {
            "month": str(past.reading.month),
            "period": past.reading.period.label,
            "value": number_record(value),
            "value_text": value.text if value else None,
            "target": number_record(target),
            "target_text": target.text if target else None,
            "expected_outcome": rating.outcome.key if rating else None,
            "reason": rating.reason if rating else None,
            "monthly_amount": number_record(past.amount),
            "variation": point.variation.key if point else None,
            "rule": point.rule.key if point and point.rule else None,
            "cell": past.reading.place.cell("value") if past.is_known else None,
        }
    )
