"""What an indicator's history says beside its rating, as records for formats that programs read."""

from typing import Literal

from pydantic import Field

from kpi_cli.writing.records import (
    BandRecord,
    Count,
    DirectionKey,
    MonthText,
    Number,
    OutcomeKey,
    Record,
)

KindKey = Literal["accumulates", "running_total", "level"]
VariationKey = Literal[
    "common_cause", "special_cause_improvement", "special_cause_concern",
    "special_cause_neutral_high", "special_cause_neutral_low",
]  # fmt: skip

_REFUSED = "null where it is refused."


class PreviousRecord(Record):
    """The period just before the rated one, as it stood then, by the same rules."""

    month: MonthText = Field(
        description="The month, or the last one of a longer period, as year and month: 2018-12."
    )
    period: str = Field(description="The period in words: December 2018, Q2 2018/19.")
    value: Number = Field(description="Its value in display units.")
    value_text: str = Field(description="Its value as the workbook shows it.")
    target: Number | BandRecord | None = Field(
        description="Its target in display units; null where it has none of its own."
    )
    target_text: str | None = Field(description="Its target as the workbook shows it, or null.")
    expected_outcome: OutcomeKey | None = Field(
        description="What it was rated; null where the history has no target to rate it against."
    )
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
        description="The target for what is charted, of amounts the annual target's share; null"
        " where there is none in its unit."
    )
    text: str = Field(
        description="The verdict in a sentence with its figures, or why there is none."
    )
    notes: list[str] = Field(description="What is to be known of the chart.")
    reason: str | None = Field(description="Why there is no chart; null where there is one.")


class ProfilesRecord(Record):
    """The forecast by each of the profiles of a year, of what accumulates."""

    last_year: Number | None = Field(
        description="The forecast by last year's profile, in display units; null where it has none."
    )
    target: Number | None = Field(
        description="The forecast by the target's profile, in display units; null where it has"
        " none."
    )


class ForecastRecord(Record):
    """Where an indicator's year ends, with the range that past errors tell; or why it is refused.

    Values are rounded as they are shown: to the workbook's decimals or one more.
    """

    kind: KindKey | None = Field(
        description="How its figures go together: they accumulate over the year, are a running"
        " total that never starts again, or a level; null where that can't be told."
    )
    method: str | None = Field(description=f"How it was made, in words; {_REFUSED}")
    value: Number | None = Field(
        description=f"The forecast of the year's last period, in display units; {_REFUSED}"
    )
    value_text: str | None = Field(
        description=f"The forecast in the look of the workbook; {_REFUSED}"
    )
    low: Number | None = Field(
        description=f"The lower end of its range, in display units; {_REFUSED}"
    )
    low_text: str | None = Field(
        description=f"The lower end in the look of the workbook; {_REFUSED}"
    )
    high: Number | None = Field(
        description=f"The upper end of its range, in display units; {_REFUSED}"
    )
    high_text: str | None = Field(
        description=f"The upper end in the look of the workbook; {_REFUSED}"
    )
    past_errors: Count | None = Field(
        description=f"How many past errors the range is from; {_REFUSED}"
    )
    share: Number = Field(
        description="Which share of the past errors was no larger than half the range is wide: 0.8,"
        " four in five."
    )
    outcome: OutcomeKey | None = Field(
        description=f"How the forecast is rated against the annual target; {_REFUSED}"
    )
    outcome_low: OutcomeKey | None = Field(
        description=f"How the lower end of the range is rated; {_REFUSED}"
    )
    outcome_high: OutcomeKey | None = Field(
        description=f"How the upper end of the range is rated; {_REFUSED}"
    )
    outcome_best: OutcomeKey | None = Field(
        description="The best outcome that the range holds: of a band it can be inside the range;"
        f" {_REFUSED}"
    )
    outcome_worst: OutcomeKey | None = Field(
        description=f"The worst outcome that the range holds; {_REFUSED}"
    )
    from_month: MonthText | None = Field(
        description="The last month of the period that it is made from, as year and month: 2019-01;"
        " null where the year has no value."
    )
    from_period: str | None = Field(
        description="That period in words: January 2019, Q3 2018/19; null where the year has no"
        " value."
    )
    from_value: Number | None = Field(
        description="That period's value in display units; null where the year has no value."
    )
    months_left: Count | None = Field(
        description="How many months are left from there to the year's end; null where the year has"
        " no value."
    )
    profiles: ProfilesRecord = Field(
        description="The forecast by each of the profiles, of what accumulates."
    )
    refused: str | None = Field(
        description="Why there is no forecast, in one sentence; null where there is one."
    )
    notes: list[str] = Field(description="What else there is to know of it.")
