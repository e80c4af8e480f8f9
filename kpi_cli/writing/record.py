"""A report as records with stable field names, for the formats that programs read.

`RatingRecord`, `ProblemRecord` and `ReportRecord` are the specification's section "Outputs": what
is missing is null, numbers are in display units, a band has two ends.
"""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel

from kpi_cli.models import Band, Outcome, Problem, Rating, Report, Target, count_outcomes

SCHEMA_VERSION = 1


class BandRecord(BaseModel):
    """Both ends of a band."""

    low: int | float
    high: int | float


class RatingRecord(BaseModel):
    """One indicator, its figures, its rating and the reason."""

    code: str
    short_name: str
    aim: str | None
    responsible_ous: list[str]
    managed_by: str | None
    committee: str | None
    polarity: Literal["maximise", "minimise", "goldilocks"]
    basis: str | None
    month: str
    unit: Literal["percent", "number", "currency"] | None
    value: int | float | None
    value_text: str | None
    target: int | float | BandRecord | None
    target_text: str | None
    annual_target: int | float | BandRecord | None
    annual_target_text: str | None
    expected_outcome: Literal["at_risk", "slippage", "on_course", "no_value", "no_target"]
    direction: Literal["better", "worse", "same"] | None
    last_year: int | float | None
    reason: str
    published_outcome: Literal["at_risk", "slippage", "on_course", "no_value", "no_target"] | None
    published_direction: Literal["better", "worse", "same"] | None
    comment: str | None
    cell: str


class ProblemRecord(BaseModel):
    """One problem with its place and what to do."""

    severity: Literal["error", "warning"]
    cell: str | None
    message: str
    hint: str


class ReportRecord(BaseModel):
    """A workbook's report."""

    schema_version: int
    workbook: str
    title: str | None
    report_month: str | None
    summary: dict[str, int]
    ratings: list[RatingRecord]
    problems: list[ProblemRecord]


def report_record(report: Report) -> ReportRecord:
    """Return a report as a record."""
    counts = count_outcomes(report.ratings)
    return ReportRecord(
        schema_version=SCHEMA_VERSION,
        workbook=report.workbook,
        title=report.settings.report_title,
        report_month=str(report.month) if report.month else None,
        summary={outcome.key: counts[outcome] for outcome in Outcome},
        ratings=[rating_record(rating) for rating in report.ratings],
        problems=[problem_record(problem) for problem in report.problems],
    )


def rating_record(rating: Rating) -> RatingRecord:
    """Return a rating as a record."""
    indicator = rating.indicator
    outcome, direction = indicator.published_outcome, indicator.published_direction
    return RatingRecord.model_validate(
        {
            "code": indicator.code,
            "short_name": indicator.short_name,
            "aim": indicator.aim,
            "responsible_ous": list(indicator.responsible_ous),
            "managed_by": indicator.managed_by,
            "committee": indicator.committee,
            "polarity": indicator.polarity.value,
            "basis": indicator.reporting_basis,
            "month": str(indicator.month),
            "unit": indicator.unit.value if indicator.unit else None,
            "value": _number(indicator.value),
            "value_text": indicator.value_text,
            "target": _number(indicator.target),
            "target_text": indicator.target.text if indicator.target else None,
            "annual_target": _number(indicator.annual_target),
            "annual_target_text": indicator.annual_target.text if indicator.annual_target else None,
            "expected_outcome": rating.outcome.key,
            "direction": rating.direction.key,
            "last_year": _number(rating.last_year),
            "reason": rating.reason,
            "published_outcome": outcome.key if outcome else None,
            "published_direction": direction.key if direction else None,
            "comment": indicator.comment,
            "cell": indicator.place.cell("code"),
        }
    )


def problem_record(problem: Problem) -> ProblemRecord:
    """Return a problem as a record."""
    return ProblemRecord.model_validate(
        {
            "severity": problem.severity.value,
            "cell": problem.cell,
            "message": problem.message,
            "hint": problem.hint,
        }
    )


def _number(amount: Target | None) -> int | float | BandRecord | None:
    if isinstance(amount, Band):
        return BandRecord(low=_plain(amount.low.number), high=_plain(amount.high.number))
    return None if amount is None else _plain(amount.number)


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
