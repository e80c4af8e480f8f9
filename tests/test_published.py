"""The computed ratings beside those that were published."""

from typing import Any

import pytest

from kpi_cli import read_workbook
from kpi_cli.models import Direction, Outcome, Report, Workbook
from kpi_cli.published import Comparison, Tally, compare_published
from kpi_cli.report import rate
from tests.builders import indicator, reading
from tests.running import PUBLISHED, SOUTHEND

Difference = tuple[str, str, str, str]  # code, what, published, computed


def compared(value: str | None, last_year: str | None, **published: Any) -> Comparison:
    """Compare one indicator that aims to maximise, with a target of 90, with what was published."""
    history = (reading("CP 1.1", "January 2018", last_year),) if last_year else ()
    indicators = (indicator(value, "90", "90", **published),)
    return compare_published(rate(Workbook(name="x.xlsx", indicators=indicators, history=history)))


def differences(comparison: Comparison) -> list[Difference]:
    return [
        (pair.rating.indicator.code, pair.what, pair.published.label, pair.computed.label)
        for pair in comparison.differences
    ]


def test_the_real_report_was_published_as_the_rules_rate_it() -> None:
    comparison = compare_published(rate(read_workbook(PUBLISHED)))
    # CP 3.2, CP 3.9, and the "-" of CP 2.3 and CP 3.1; CP 2.4, 3.4, 3.5, 3.6 and 3.7 have no
    # value a year ago
    assert comparison == Comparison(Tally(29, 0, 0), Tally(4, 0, 5), ())


def test_what_was_not_published_is_not_counted() -> None:
    comparison = compare_published(rate(read_workbook(SOUTHEND)))
    assert comparison == Comparison(Tally(0, 0, 0), Tally(0, 0, 0), ())


@pytest.mark.parametrize(
    ("value", "published", "tally", "expected"),
    [
        ("95", Outcome.ON_COURSE, Tally(1, 0, 0), []),
        ("85.5", Outcome.AT_RISK, Tally(1, 0, 0), []),  # at 5% of 90 it is red
        (
            "85.5",
            Outcome.SLIPPAGE,
            Tally(0, 1, 0),
            [("CP 1.1", "expected outcome", Outcome.SLIPPAGE.label, Outcome.AT_RISK.label)],
        ),
        (
            None,
            Outcome.ON_COURSE,
            Tally(0, 1, 0),
            [("CP 1.1", "expected outcome", "On course to achieve target", "No Value")],
        ),
    ],
)
def test_outcomes(
    value: str | None, published: Outcome, tally: Tally, expected: list[Difference]
) -> None:
    comparison = compared(value, "80", published_outcome=published)
    assert comparison.outcomes == tally
    assert comparison.directions == Tally(0, 0, 0)
    assert differences(comparison) == expected


@pytest.mark.parametrize(
    ("last_year", "published", "tally", "expected"),
    [
        ("80", Direction.BETTER, Tally(1, 0, 0), []),
        ("99", Direction.WORSE, Tally(1, 0, 0), []),
        ("95", Direction.SAME, Tally(1, 0, 0), []),
        (None, Direction.UNKNOWN, Tally(1, 0, 0), []),
        ("80", Direction.WORSE, Tally(0, 1, 0), [("CP 1.1", "direction", "Worse", "Better")]),
        ("80", Direction.UNKNOWN, Tally(0, 1, 0), [("CP 1.1", "direction", "-", "Better")]),
        # without a value a year ago the published direction can't be wrong
        (None, Direction.WORSE, Tally(0, 0, 1), []),
    ],
)
def test_directions(
    last_year: str | None, published: Direction, tally: Tally, expected: list[Difference]
) -> None:
    comparison = compared("95", last_year, published_direction=published)
    assert comparison.directions == tally
    assert comparison.outcomes == Tally(0, 0, 0)
    assert differences(comparison) == expected


def test_differences_stand_in_the_workbooks_order() -> None:
    wrong: dict[str, Any] = {
        "published_outcome": Outcome.AT_RISK,
        "published_direction": Direction.WORSE,
    }
    report: Report = rate(
        Workbook(
            name="x.xlsx",
            indicators=tuple(
                indicator("95", "90", code=code, **wrong) for code in ("CP 2", "CP 10", "CP 1")
            ),
            history=tuple(reading(code, "Jan-18", "80") for code in ("CP 2", "CP 1")),
        )
    )
    assert [(code, what) for code, what, *_ in differences(compare_published(report))] == [
        ("CP 2", "expected outcome"),
        ("CP 2", "direction"),
        ("CP 10", "expected outcome"),
        ("CP 1", "expected outcome"),
        ("CP 1", "direction"),
    ]
