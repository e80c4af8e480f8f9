"""What the records of a report have in their fields, as plain objects, in the records' order.

What the fields mean is said by `record` and `insight_record`, for `kpi schema`. Tests hold these
objects to them: to do that in every run takes longer than to write the report of a usual workbook.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kpi_cli.changes import Previous
from kpi_cli.insight import Insight, insights
from kpi_cli.models import Outcome, Rating, Report, count_outcomes
from kpi_cli.published import Comparison, compare_published
from kpi_cli.writing.json_objects import SCHEMA_VERSION, number_fields, plain, problem_fields
from kpi_cli.writing.view import View, aims, priorities_of

if TYPE_CHECKING:  # what is in these is loaded for those who ask for it
    from fractions import Fraction

    from kpi_cli.forecast import Forecast
    from kpi_cli.spc import ControlChart

_ERROR_DECIMALS = 4


def report_fields(report: Report, view: View) -> dict[str, Any]:
    """Return what a report's record has, with what is asked for beside the ratings."""
    counts = count_outcomes(report.ratings)
    fields = {
        "schema_version": SCHEMA_VERSION,
        "workbook": report.workbook,
        "title": report.settings.report_title,
        "report_month": str(report.period.last) if report.period else None,
        "summary": {each.key: counts[each] for each in Outcome},
        "ratings": [rating_fields(insight, view) for insight in insights(report)],
        "aims": [
            {"aim": aim, "priorities": list(priorities_of(report, aim))} for aim in aims(report)
        ],
        "problems": [problem_fields(problem) for problem in report.problems],
        "read_as": [asdict(table) for table in report.read_as],
    }
    if view.compare:
        fields["comparison"] = _comparison_fields(compare_published(report))
    return fields


def rating_fields(insight: Insight, view: View) -> dict[str, Any]:
    """Return what a rating's record has, with what is asked for beside it."""
    rating = insight.rating
    indicator = rating.indicator
    target, annual_target = indicator.target, indicator.annual_target
    green, red = indicator.green_line, indicator.red_line
    outcome, direction = indicator.published_outcome, indicator.published_direction
    fields = {
        "code": indicator.code,
        "short_name": indicator.short_name,
        "aim": indicator.aim,
        "responsible_ous": list(indicator.responsible_ous),
        "managed_by": indicator.managed_by,
        "committee": indicator.committee,
        "data_source": indicator.data_source,
        "polarity": indicator.polarity.value,
        "basis": indicator.reporting_basis,
        "month": str(indicator.month),
        "period": indicator.period.label,
        "period_months": indicator.period.length,
        "unit": indicator.unit.value if indicator.unit else None,
        "value": number_fields(indicator.value),
        "value_text": indicator.value_text,
        "value_note": indicator.value_note,
        "target": number_fields(target),
        "target_text": target.text if target else None,
        "annual_target": number_fields(annual_target),
        "annual_target_text": annual_target.text if annual_target else None,
        "green_line": number_fields(green.amount if green else None),
        "green_line_text": green.text if green else None,
        "red_line": number_fields(red.amount if red else None),
        "red_line_text": red.text if red else None,
        "expected_outcome": rating.outcome.key,
        "direction": rating.direction.key,
        "last_year": number_fields(rating.last_year),
        "reason": rating.reason,
        "published_outcome": outcome.key if outcome else None,
        "published_direction": direction.key if direction else None,
        "comment": indicator.comment,
        "cell": indicator.place.cell("code"),
        "previous": insight.previous and previous_fields(insight.previous),
    }
    if view.spc:
        fields["spc"] = control_chart_fields(insight.chart)
    if view.forecast:
        fields["forecast"] = forecast_fields(insight.forecast)
    if view.series:
        fields["series"] = _series_fields(rating)
    return fields


def previous_fields(previous: Previous) -> dict[str, Any]:
    """Return the fields of the period before."""
    then = previous.indicator
    return {
        "month": str(then.month),
        "period": then.period.label,
        "value": number_fields(then.value),
        "value_text": then.value_text,
        "target": number_fields(then.target),
        "target_text": then.target.text if then.target else None,
        "expected_outcome": previous.outcome.key if previous.outcome else None,
        "change": previous.change.key,
        "outcome_change": previous.outcome_change.key,
        "cell": then.place.cell("code"),
    }


def control_chart_fields(chart: "ControlChart") -> dict[str, Any]:
    """Return the fields of what a control chart says."""
    return {
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
        "target": number_fields(chart.target),
        "text": chart.text,
        "notes": list(chart.notes),
        "reason": chart.reason,
    }


def forecast_fields(forecast: "Forecast") -> dict[str, Any]:
    """Return the fields of a forecast, or of its refusal."""
    found, period, left = forecast.outturn, forecast.from_period, forecast.periods_left
    ends = {"value": forecast.value, "low": forecast.low, "high": forecast.high}
    figures: dict[str, Any] = {}
    for name, value in ends.items():
        figures |= {name: number_fields(value), f"{name}_text": value.text if value else None}
    return {
        "kind": forecast.kind.key if forecast.kind else None,
        "method": forecast.method,
        **figures,
        "past_errors": forecast.past_errors,
        "share": float(forecast.share),
        "outcome": _key(forecast.outcome),
        "outcome_low": _key(forecast.outcome_low),
        "outcome_high": _key(forecast.outcome_high),
        "outcome_best": _key(forecast.best),
        "outcome_worst": _key(forecast.worst),
        "from_month": str(period.last) if period else None,
        "from_period": period.label if period else None,
        "from_value": number_fields(forecast.from_value),
        "months_left": None if left is None or not period else left * period.length,
        "profiles": {
            "last_year": _number(found.on_last_year if found else None),
            "target": _number(found.on_target if found else None),
        },
        "refused": forecast.refused,
        "notes": list(forecast.notes),
    }


def _series_fields(rating: Rating) -> list[dict[str, Any]]:
    """Return the fields of all periods up to the rated one, in the order of time."""
    return [
        {
            "month": str(reading.month),
            "period": reading.period.label,
            "period_months": reading.period.length,
            "value": number_fields(reading.value),
            "target": number_fields(reading.target),
            "cell": reading.place.cell("code"),
        }
        for reading in rating.series.readings
        if reading.period <= rating.indicator.period
    ]


def _comparison_fields(comparison: Comparison) -> dict[str, Any]:
    differences = [
        {
            "code": pair.rating.indicator.code,
            "what": pair.key,
            "published": pair.published.key,
            "computed": pair.computed.key,
            "reason": pair.reason,
            "cell": pair.cell,
        }
        for pair in comparison.differences
    ]
    return {
        "expected_outcome": comparison.outcomes._asdict(),
        "direction": comparison.directions._asdict(),
        "differences": differences,
    }


def _key(outcome: Outcome | None) -> str | None:
    return outcome.key if outcome else None


def _number(number: "Fraction | None") -> float | None:
    return None if number is None else round(float(number), _ERROR_DECIMALS)
