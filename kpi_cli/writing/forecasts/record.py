"""Forecasts as records with stable field names, for the formats that programs read.

What the fields mean is said here once; `kpi schema forecast-json` prints it.
"""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from kpi_cli.forecasting.backtest import Score
from kpi_cli.forecasting.outturn_kinds import Kind
from kpi_cli.outlook import Forecasts, Outlook
from kpi_cli.writing.json_objects import SCHEMA_VERSION
from kpi_cli.writing.ratings.insight_record import ForecastRecord
from kpi_cli.writing.ratings.record_fields import forecast_fields
from kpi_cli.writing.records import (
    BandRecord,
    Count,
    MonthText,
    NamedWorkbook,
    Number,
    OutcomeKey,
    ProblemRecord,
    Record,
    WorkbookName,
    number_record,
    problem_record,
)
from kpi_cli.writing.view import View

_Percent = Annotated[Number, Field(ge=0)]
_ERROR_DECIMALS = 4


class ScoreRecord(Record):
    """What forecasts of the past would have been worth, made with what was known then."""

    made: Count = Field(description="How many forecasts could be made.")
    forecast: _Percent | None = Field(
        description="The median error of the forecasts, in percent of what came; null without any."
    )
    no_change: _Percent | None = Field(
        description="That of no change: the last amount again, or the same level; null without any."
    )
    straight_line: _Percent | None = Field(
        description="That of a straight line through the year; null without any."
    )
    in_range: Count = Field(description="How many times what came was in the range.")
    refused: dict[str, Count] = Field(
        description="How often a forecast was refused, by the reason in words."
    )


class OutlookRecord(Record):
    """One indicator, what it was forecast from, and the forecast."""

    code: str = Field(description='The indicator\'s code, such as "CP 3.10".')
    short_name: str = Field(description="The indicator's name.")
    aim: str | None = Field(description="The corporate aim; null where none is named.")
    committee: str | None = Field(description="The scrutiny committee; null where none is named.")
    basis: str | None = Field(
        description="The reporting basis, such as Cumulative YTD: the last square bracket of the"
        " short name; null where it has none."
    )
    month: MonthText = Field(
        description="The month of its row, or the last one of a longer period: 2019-01."
    )
    period: str = Field(description="The period of its row, in words: January 2019, Q3 2018/19.")
    period_months: Literal[1, 3, 6, 12] = Field(
        description="How many months the period has: 1 for a month, 3 for a quarter."
    )
    unit: Literal["percent", "number", "currency"] | None = Field(
        description="What the value counts in or, where there is none, its target; null where"
        " there is neither."
    )
    value: Number | None = Field(
        description="The period's value in display units (67.5 for 67.5%); null for no value."
    )
    value_text: str | None = Field(
        description="The value as the workbook shows it, or what stands in its place; null where"
        " nothing stands there."
    )
    annual_target: Number | BandRecord | None = Field(
        description="The target for the financial year in display units, for Goldilocks also as a"
        " band; null where there is none."
    )
    annual_target_text: str | None = Field(
        description="The annual target as the workbook shows it; null where there is none."
    )
    expected_outcome: OutcomeKey = Field(
        description="The rating of the period's value, as kpi rate has it."
    )
    cell: str = Field(description='Where the indicator\'s code stands: "Indicators!A26".')
    forecast: ForecastRecord = Field(description="The forecast of the year's last period.")
    backtest: ScoreRecord | None = Field(
        description="What its forecasts would have been worth; null without --backtest."
    )


class OutlookLineRecord(OutlookRecord, NamedWorkbook):  # the fields of the last base come first
    """One indicator with its workbook, what it was forecast from, and the forecast."""


class BacktestRecord(Record):
    """What forecasts of the past would have been worth, those of each kind together."""

    accumulates: ScoreRecord | None = Field(
        description="Of what accumulates over the year; null without any."
    )
    running_total: ScoreRecord | None = Field(description="Of running totals; null without any.")
    level: ScoreRecord | None = Field(description="Of levels; null without any.")


class ForecastsRecord(Record):
    """The forecasts of a workbook's indicators."""

    schema_version: Literal[1] = Field(
        description="The version of this shape: it rises when a field goes or changes its meaning."
    )
    workbook: WorkbookName
    title: str | None = Field(description="The report's title; null where the workbook sets none.")
    report_month: MonthText | None = Field(
        description="The last month of the latest period that any has; null where there is no"
        " indicator."
    )
    forecasts: list[OutlookRecord] = Field(
        description="The indicators that were asked for, in the workbook's order."
    )
    backtest: BacktestRecord | None = Field(
        description="What forecasts would have been worth, by kind; null without --backtest."
    )
    problems: list[ProblemRecord] = Field(
        description="Everything wrong in the workbook; rows that could not be rated are named here."
    )


AllForecastsRecord = ForecastsRecord | list[ForecastsRecord]
"""What `--format json` writes: an object for one workbook, a list of them for several."""


def forecasts_record(forecasts: Forecasts, view: View) -> ForecastsRecord:
    """Return the forecasts of a workbook as a record, on the wish with the backtest."""
    report = forecasts.report
    return ForecastsRecord(
        schema_version=SCHEMA_VERSION,
        workbook=report.workbook,
        title=report.settings.report_title,
        report_month=str(report.period.last) if report.period else None,
        forecasts=[outlook_record(outlook, view) for outlook in forecasts.outlooks],
        backtest=_backtest_record(forecasts) if view.backtest else None,
        problems=[problem_record(problem) for problem in report.problems],
    )


def _backtest_record(forecasts: Forecasts) -> BacktestRecord:
    by_kind = {kind: score_record(score) for kind, score in forecasts.scores.items()}
    return BacktestRecord.model_validate({kind.key: by_kind.get(kind) for kind in Kind})


def outlook_record(outlook: Outlook, view: View) -> OutlookRecord:
    """Return an indicator and its forecast as a record, on the wish with the backtest."""
    indicator = outlook.rating.indicator
    annual = indicator.annual_target
    return OutlookRecord.model_validate(
        {
            "code": indicator.code,
            "short_name": indicator.short_name,
            "aim": indicator.aim,
            "committee": indicator.committee,
            "basis": indicator.reporting_basis,
            "month": str(indicator.month),
            "period": indicator.period.label,
            "period_months": indicator.period.length,
            "unit": indicator.unit.value if indicator.unit else None,
            "value": number_record(indicator.value),
            "value_text": indicator.value_text,
            "annual_target": number_record(annual),
            "annual_target_text": annual.text if annual else None,
            "expected_outcome": outlook.rating.outcome.key,
            "cell": indicator.place.cell("code"),
            "forecast": forecast_fields(outlook.forecast),
            "backtest": score_record(outlook.score) if view.backtest else None,
        }
    )


def score_record(score: Score) -> ScoreRecord:
    """Return how good forecasts were as a record: median errors in percent."""
    return ScoreRecord(
        made=score.made,
        forecast=_percent(score.forecast),
        no_change=_percent(score.no_change),
        straight_line=_percent(score.straight_line),
        in_range=score.in_range,
        refused={why.value: count for why, count in score.refused.items()},
    )


def _percent(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share * 100), _ERROR_DECIMALS)
