"""What an indicator's history says beside its rating, as records for formats that programs read."""

from typing import Literal

from pydantic import Field

from kpi_cli.changes import Previous
from kpi_cli.models import Rating
from kpi_cli.spc import ControlChart, explain
from kpi_cli.writing.records import (
    BandRecord,
    Count,
    DirectionKey,
    MonthText,
    Number,
    OutcomeKey,
    Record,
    number_record,
    plain,
)

VariationKey = Literal[
    "common_cause", "special_cause_improvement", "special_cause_concern",
    "special_cause_neutral_high", "special_cause_neutral_low",
]  # fmt: skip


class PreviousRecord(Record):
    """The period just before the rated one, as it stood then, by the same rules."""

    month: MonthText = Field(
        description="The month, or the last one of a longer period, as year and month: 2018-12."
    )
    period: str = Field(description="The period in words: December 2018, Q2 2018/19.")
    value: Number | None = Field(description="Its value in display units.")
    value_text: str | None = Field(description="Its value as the workbook shows it.")
    target: Number | BandRecord | None = Field(
        description="Its target in display units; null where it has none of its own."
    )
    target_text: str | None = Field(description="Its target as the workbook shows it, or null.")
    expected_outcome: OutcomeKey = Field(description="What it was rated.")
    change: DirectionKey | None = Field(
        description="The value since then: of what accumulates over the year, by its share of the"
        " target of each period; null where it can't be told."
    )
    outcome_change: DirectionKey | None = Field(
        description="The expected outcome since then; null where either is no value or no target."
    )
    cell: str = Field(description='Where the code stands beside these figures: "History!A26".')


class SeriesRecord(Record):
    """The figures of one period of an indicator."""

    month: MonthText = Field(
        description="The month, or the last one of a longer period, as year and month: 2018-12."
    )
    period: str = Field(description="The period in words: December 2018, Q2 2018/19.")
    period_months: Literal[1, 3, 6, 12] = Field(description="How many months it has.")
    value: Number | None = Field(description="Its value in display units; null where it has none.")
    target: Number | BandRecord | None = Field(
        description="Its own target in display units; null where it has none."
    )
    cell: str = Field(description='Where the code stands beside these figures: "History!A26".')


class ControlChartRecord(Record):
    """What the control chart of an indicator says; where there is none, the reason."""

    charted: Literal["value", "monthly_amount"] = Field(
        description="What is charted: the values, or the amounts that a total grows by, of each"
        " month, quarter or half-year."
    )
    points: Count = Field(description="How many figures there are to chart.")
    missing: Count = Field(description="How many are missing between the first and the latest.")
    mean: Number | None = Field(description="Their mean; null without a chart.")
    lower_limit: Number | None = Field(description="The lower limit; null without a chart.")
    upper_limit: Number | None = Field(description="The upper limit; null without a chart.")
    average_moving_range: Number | None = Field(
        description="The average step between neighbours that the limits come from, or null."
    )
    variation: VariationKey | None = Field(
        description="What the latest figure is; null without a verdict. The keys are those of the R"
        " package NHSRplotthedots."
    )
    variation_icon: str | None = Field(
        description="The package's name of the icon, such as concern_high; null without a verdict."
    )
    rule: Literal["outside_limits", "trend", "two_of_three", "one_side"] | None = Field(
        description="The rule that makes the latest figure a signal; null for common cause."
    )
    since: MonthText | None = Field(
        description="The last month of the period in which the signal began; null without one."
    )
    assurance: Literal["consistent_pass", "consistent_fail", "inconsistent"] | None = Field(
        description="Whether the target is met as figures vary; null without a target or verdict."
    )
    target: Number | BandRecord | None = Field(
        description="The target for what is charted: of amounts the annual target's share."
    )
    text: str = Field(
        description="The verdict in a sentence with its figures, or why there is none."
    )
    notes: list[str] = Field(description="What is to be known of the chart.")
    reason: str | None = Field(description="Why there is no chart; null where there is one.")


def control_chart_record(chart: ControlChart) -> ControlChartRecord:
    """Return what a control chart says as a record."""
    return ControlChartRecord.model_validate(
        {
            "charted": chart.charted.key,
            "points": chart.count,
            "missing": len(chart.missing),
            "mean": plain(chart.mean),
            "lower_limit": plain(chart.lower_limit),
            "upper_limit": plain(chart.upper_limit),
            "average_moving_range": plain(chart.average_moving_range),
            "variation": chart.variation.key if chart.variation else None,
            "variation_icon": chart.variation_icon,
            "rule": chart.rule.key if chart.rule else None,
            "since": str(chart.since.last) if chart.since else None,
            "assurance": chart.assurance.key if chart.assurance else None,
            "target": number_record(chart.target),
            "text": explain(chart),
            "notes": list(chart.notes),
            "reason": chart.reason,
        }
    )


def previous_record(previous: Previous) -> PreviousRecord:
    """Return the period before as a record."""
    then = previous.rating.indicator
    return PreviousRecord(
        month=str(then.month),
        period=then.period.label,
        value=number_record(then.value),
        value_text=then.value_text,
        target=number_record(then.target),
        target_text=then.target.text if then.target else None,
        expected_outcome=previous.rating.outcome.key,
        change=previous.change.key,
        outcome_change=previous.outcome_change.key,
        cell=then.place.cell("code"),
    )


def series_record(rating: Rating) -> list[SeriesRecord]:
    """Return the figures of all periods up to the rated one, in the order of time."""
    return [
        SeriesRecord(
            month=str(reading.month),
            period=reading.period.label,
            period_months=reading.period.length,
            value=number_record(reading.value),
            target=number_record(reading.target),
            cell=reading.place.cell("code"),
        )
        for reading in rating.series.readings
        if reading.period <= rating.indicator.period
    ]
