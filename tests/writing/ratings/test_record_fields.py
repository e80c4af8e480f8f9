"""A report's fields: their names, order and values (domain: Outputs), as their records say."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import read_workbook
from kpi_cli.insight import Insight, insights
from kpi_cli.models import (
    Direction,
    Indicator,
    Outcome,
    Polarity,
    Problem,
    Report,
    Settings,
    Severity,
    Workbook,
)
from kpi_cli.report import rate
from kpi_cli.writing.ratings.record import RatingRecord, ReportRecord
from kpi_cli.writing.ratings.record_fields import rating_fields, report_fields
from kpi_cli.writing.records import problem_record
from kpi_cli.writing.view import View
from tests.builders import indicator, value
from tests.running import MISTAKES, PUBLISHED, SAMPLES, SOUTHEND

RATING_FIELDS = [
    "code", "short_name", "aim", "responsible_ous", "managed_by", "committee", "data_source",
    "polarity", "basis", "month", "period", "period_months", "unit", "value", "value_text",
    "value_note", "target",
    "target_text", "annual_target", "annual_target_text", "green_line", "green_line_text",
    "red_line", "red_line_text", "expected_outcome", "direction", "last_year", "reason",
    "published_outcome", "published_direction", "comment", "cell", "previous",
]  # fmt: skip
REPORT_FIELDS = [
    "schema_version", "workbook", "title", "report_month", "summary", "ratings", "aims",
    "problems", "read_as",
]  # fmt: skip


@pytest.fixture(scope="module")
def southend() -> Report:
    return rate(read_workbook(SOUTHEND))


def told_of(insight: Insight, view: View = View()) -> dict[str, Any]:  # noqa: B008
    """Return the fields of a rating, which are those of its record, in the same order."""
    fields = rating_fields(insight, view)
    record = RatingRecord.model_validate(fields, strict=True).model_dump(exclude_unset=True)
    assert list(record.items()) == list(fields.items())
    return fields


def told_of_report(report: Report, view: View = View()) -> dict[str, Any]:  # noqa: B008
    """Return the fields of a report, which are those of its record, in the same order."""
    fields = report_fields(report, view)
    record = ReportRecord.model_validate(fields).model_dump(exclude_unset=True)
    assert list(record) == list(fields)
    for told, known in zip(fields["read_as"], record["read_as"], strict=True):
        assert list(told) == list(known)
    return fields


def record_of(report: Report, code: str) -> dict[str, Any]:
    rating = next(rating for rating in report.ratings if rating.indicator.code == code)
    return told_of(Insight(rating, report))


def only_record(own: Indicator) -> dict[str, Any]:
    (insight,) = insights(rate(Workbook(name="x.xlsx", indicators=(own,))))
    return told_of(insight)


def test_the_specifications_example(southend: Report) -> None:
    record = record_of(southend, "CP 4.8")
    assert list(record) == RATING_FIELDS
    assert str(record.pop("comment")).startswith("Arrears are 1.95% of rent due")
    assert record == {
        "code": "CP 4.8",
        "short_name": "Current Rent Arrears as % of rent due [Monthly Snapshot]",
        "aim": "PROSPEROUS",
        "responsible_ous": ["Department for People"],
        "managed_by": "Housing",
        "committee": "Policy and Resources Scrutiny",
        "data_source": None,
        "polarity": "minimise",
        "basis": "Monthly Snapshot",
        "month": "2019-01",
        "period": "January 2019",
        "period_months": 1,
        "unit": "percent",
        "value": 1.95,
        "value_text": "1.95%",
        "value_note": None,
        "target": 1.77,
        "target_text": "1.77%",
        "annual_target": 1.77,
        "annual_target_text": "1.77%",
        "green_line": None,
        "green_line_text": None,
        "red_line": None,
        "red_line_text": None,
        "expected_outcome": "at_risk",
        "direction": "worse",
        "last_year": 1.51,
        "reason": "0.18 percentage points over the target of 1.77%, more than the 0.0885 (5% of"
        " the annual target)"
        " that counts as slippage",
        "published_outcome": None,
        "published_direction": None,
        "cell": "Indicators!A26",
        "previous": {
            "month": "2018-12",
            "period": "December 2018",
            "value": 1.94,
            "value_text": "1.94%",
            "target": 1.77,
            "target_text": "1.77%",
            "expected_outcome": "at_risk",
            "change": "worse",
            "outcome_change": "same",
            "cell": "History!A208",
        },
    }


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        # a band has two ends
        ("CP 1.1", {"polarity": "goldilocks", "unit": "number", "value": 33.49,
                    "target": {"low": 38, "high": 48}, "target_text": "38-48",
                    "annual_target": {"low": 38, "high": 48}, "last_year": 31.2}),
        # neither a month's target nor a value a year ago
        ("CP 2.3", {"month": "2018-09", "period": "September 2018", "period_months": 1,
                    "value": 48.5, "value_text": "48.50%", "target": None,
                    "target_text": None, "annual_target": 46.38, "direction": None,
                    "last_year": None, "comment": None, "responsible_ous": []}),
        # to be confirmed: no value, but a unit and a text
        ("CP 3.1", {"value": None, "value_text": "TBC", "unit": "percent", "target": 74,
                    "expected_outcome": "no_value", "direction": None}),
        # two departments
        ("CP 3.9", {"responsible_ous": ["Department for People", "Public Health"], "value": 4544,
                    "value_text": "4,544", "unit": "number", "direction": "better",
                    "last_year": 3648}),
        # the last bracket of several is the reporting basis
        ("CP 3.13", {"basis": "Cumulative YTD", "polarity": "minimise"}),
    ],
)  # fmt: skip
def test_records_of_the_real_report(southend: Report, code: str, fields: dict[str, object]) -> None:
    record = record_of(southend, code)
    assert {name: record[name] for name in fields} == fields


def test_published_ratings_are_keys() -> None:
    report = rate(read_workbook(PUBLISHED))
    record = record_of(report, "CP 3.2")
    assert (record["published_outcome"], record["published_direction"]) == ("at_risk", "worse")
    dash = record_of(report, "CP 3.1")  # "-" was published
    assert (dash["published_outcome"], dash["published_direction"]) == ("no_value", None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("95", 95),
        ("100.00%", 100),
        ("7.20", 7.2),
        ("86.60%", 86.6),
        ("4,969,171", 4969171),
        ("£1,234.50", 1234.5),
        ("(12)", -12),
        ("0.0885", 0.0885),
        ("0%", 0),
    ],
)
def test_whole_numbers_are_integers(text: str, number: float) -> None:
    record = only_record(indicator(text, text, text))
    for found in (record[name] for name in ("value", "target", "annual_target")):
        assert (found, type(found)) == (number, type(number))


@pytest.mark.parametrize(
    ("text", "unit"), [("67.5%", "percent"), ("67.5", "number"), ("£67.50", "currency")]
)
def test_units(text: str, unit: str) -> None:
    assert only_record(indicator(text, None))["unit"] == unit


def test_what_is_missing_is_none() -> None:
    bare = indicator(None, None, short_name="Visits made", polarity=Polarity.GOLDILOCKS)
    record = only_record(bare)
    assert record == {
        **dict.fromkeys(RATING_FIELDS),
        "code": "CP 1.1",
        "short_name": "Visits made",
        "responsible_ous": [],
        "polarity": "goldilocks",
        "month": "2019-01",
        "period": "January 2019",
        "period_months": 1,
        "expected_outcome": "no_value",
        "reason": "no value for January 2019",
        "cell": "Indicators!A4",
    }


@pytest.mark.parametrize(
    ("outcome", "key"),
    [
        (Outcome.AT_RISK, "at_risk"),
        (Outcome.SLIPPAGE, "slippage"),
        (Outcome.ON_COURSE, "on_course"),
        (Outcome.NO_VALUE, "no_value"),
        (Outcome.NO_TARGET, "no_target"),
    ],
)
def test_keys_of_outcomes(outcome: Outcome, key: str) -> None:
    own = indicator(published_outcome=outcome)
    report = rate(Workbook(name="x.xlsx", indicators=(own,)))
    rating = replace(report.ratings[0], outcome=outcome)
    record = told_of(Insight(rating, report))
    assert (record["expected_outcome"], record["published_outcome"]) == (key, key)


@pytest.mark.parametrize(
    ("last_year", "published", "key"),
    [
        ("90", Direction.BETTER, "better"),
        ("99", Direction.WORSE, "worse"),
        ("95", Direction.SAME, "same"),
        (None, Direction.UNKNOWN, None),
    ],
)
def test_keys_of_directions(last_year: str | None, published: Direction, key: str | None) -> None:
    own = indicator("95", published_direction=published, last_year=value(last_year))
    record = only_record(own)
    assert (record["direction"], record["published_direction"]) == (key, key)


def test_the_report(southend: Report) -> None:
    record = told_of_report(southend)
    assert list(record) == REPORT_FIELDS
    ratings, (read_as,) = record.pop("ratings"), record.pop("read_as")
    aims = record.pop("aims")
    assert [aim["aim"] for aim in aims] == ["SAFE", "CLEAN", "HEALTHY", "PROSPEROUS", "EXCELLENT"]
    assert aims[1]["priorities"] == ["Tidy streets", "Less waste"]
    assert [rating["code"] for rating in ratings] == [r.indicator.code for r in southend.ratings]
    assert record == {
        "schema_version": 1,
        "workbook": "southend_january_2019.xlsx",
        "title": "Monthly Performance Report",
        "report_month": "2019-01",
        "summary": {
            "at_risk": 6, "slippage": 6, "on_course": 16, "no_value": 1, "no_target": 0,
        },
        "problems": [],
    }  # fmt: skip
    assert (read_as["cell"], read_as["periods"], read_as["not_read"]) == ("Indicators!A3", (), ())
    assert (read_as["period"], read_as["period_from"]) == (None, None)  # each row has its own
    assert read_as["fields"]["value"] == '"Month\'s Value" in Indicators!F3'


def test_the_report_of_nothing() -> None:
    nothing = Workbook(name="x.xlsx", indicators=(), settings=Settings())
    assert told_of_report(rate(nothing)) == {
        "schema_version": 1,
        "workbook": "x.xlsx",
        "title": None,
        "report_month": None,
        "summary": {
            "at_risk": 0, "slippage": 0, "on_course": 0, "no_value": 0, "no_target": 0,
        },
        "ratings": [],
        "aims": [],
        "problems": [],
        "read_as": [],
    }  # fmt: skip


def test_a_problem() -> None:
    problem = Problem(
        severity=Severity.WARNING, cell="History!C41", message="It looks odd", hint="Look again."
    )
    assert list(problem_record(problem).model_dump().items()) == [
        ("severity", "warning"),
        ("cell", "History!C41"),
        ("message", "It looks odd"),
        ("hint", "Look again."),
    ]


def test_every_problem_of_a_workbook_is_in_its_report() -> None:
    report = rate(read_workbook(MISTAKES))
    problems = told_of_report(report)["problems"]
    found = [(problem["severity"], problem["cell"]) for problem in problems]
    assert found == [(problem.severity.value, problem.cell) for problem in report.problems]
    assert ("error", "Indicators!F5") in found
    assert ("warning", "History!A13") in found


def test_a_value_with_a_unit_or_a_mark() -> None:
    texts = ("512 kg", "£1.2m", "78% (prov)", "12,345*", "94.3% [1]", "95")
    report = rate(Workbook(name="x", indicators=tuple(indicator(text) for text in texts)))
    records = [told_of(insight) for insight in insights(report)]
    assert [(r["value"], r["unit"], r["value_text"], r["value_note"]) for r in records] == [
        (512, "number", "512 kg", "kg"),
        (1_200_000, "currency", "£1.2m", None),
        (78, "percent", "78% (prov)", "prov"),
        (12345, "number", "12,345*", "*"),
        (94.3, "percent", "94.3% [1]", "[1]"),
        (95, "number", "95", None),
    ]


@pytest.mark.parametrize("sample", sorted(SAMPLES.rglob("*_*.xlsx")), ids=lambda p: p.stem)
def test_everything_that_can_be_asked_for_is_as_the_records_say(sample: Path) -> None:
    view = View(compare=True, spc=True, forecast=True, series=True)
    report = rate(read_workbook(sample))
    told = told_of_report(report, view)
    assert [*told][-1] == "comparison"
    assert [told_of(insight, view) for insight in insights(report)] == told["ratings"]
