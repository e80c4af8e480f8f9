"""What an indicator's history says beside its rating, as records for formats that programs read."""

from typing import Literal

from pydantic import Field

from kpi_cli.changes import Previous
from kpi_cli.models import Rating
from kpi_cli.writing.records import (
    BandRecord,
    DirectionKey,
    MonthText,
    Number,
    OutcomeKey,
    Record,
    number_record,
)


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
