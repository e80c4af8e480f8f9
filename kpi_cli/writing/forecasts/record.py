"""Forecasts as records with stable field names, for the formats that programs read.

What the fields mean is said here once; `kpi schema forecast-json` prints it.
"""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from kpi_cli.backtest import Score
from kpi_cli.forecast import Forecast
from kpi_cli.forecasts import Forecasts, Outlook
from kpi_cli.models import Outcome
from kpi_cli.outturn_kinds import Kind
from kpi_cli.writing.records import (
    SCHEMA_VERSION,
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

KindKey = Literal["accumulates", "running_total", "level"]
_Percent = Annotated[Number, Field(ge=0)]
_ERROR_DECIMALS = 4
_REFUSED = "null where it is refused."


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
            "forecast": forecast_record(outlook.forecast),
            "backtest": score_record(outlook.score) if view.backtest else None,
        }
    )


def forecast_record(forecast: Forecast) -> ForecastRecord:
    """Return a forecast, or its refusal, as a record."""
    found, period, left = forecast.outturn, forecast.from_period, forecast.periods_left
    texts = {"value": forecast.value, "low": forecast.low, "high": forecast.high}
    return ForecastRecord.model_validate(
        {
            "kind": forecast.kind.key if forecast.kind else None,
            "method": forecast.method,
            **{name: number_record(value) for name, value in texts.items()},
            **{f"{name}_text": value.text if value else None for name, value in texts.items()},
            "past_errors": forecast.past_errors,
            "share": float(forecast.share),
            "outcome": _key(forecast.outcome),
            "outcome_low": _key(forecast.outcome_low),
            "outcome_high": _key(forecast.outcome_high),
            "outcome_best": _key(forecast.best),
            "outcome_worst": _key(forecast.worst),
            "from_month": str(period.last) if period else None,
            "from_period": period.label if period else None,
            "from_value": number_record(forecast.from_value),
            "months_left": None if left is None or not period else left * period.length,
            "profiles": ProfilesRecord(
                last_year=_number(found.on_last_year if found else None),
                target=_number(found.on_target if found else None),
            ),
            "refused": forecast.refused,
            "notes": list(forecast.notes),
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


def _key(outcome: Outcome | None) -> str | None:
    return outcome.key if outcome else None


def _number(number: Fraction | None) -> float | None:
    return None if number is None else round(float(number), _ERROR_DECIMALS)


def _percent(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share * 100), _ERROR_DECIMALS)
