"""Checks of tolerances and lines: those that may mean something else, and both in one row."""

from decimal import Decimal

import pytest

from kpi_cli.amounts import Tolerance
from kpi_cli.models import Polarity
from tests.builders import line
from tests.checks.finding import found, row


@pytest.mark.parametrize(
    ("amount", "is_percent", "target", "message"),
    [
        ("0.05", False, "70%", "0.05: it counts as 0.05 of its own units, and may mean 5%"),
        ("0.025", False, "1,200", "0.025: it counts as 0.025 of its own units, and may mean 2.5%"),
        ("500", True, "70%", "500%: it counts as 500% of the target, and may mean 5%"),
        ("5", True, "70%", None),
        ("100", True, "70%", None),
        ("5", False, "70%", None),
        ("0.5", False, "70%", None),
        ("0.05", False, "6.18", None),
        ("0", False, "70%", None),
        ("0.05", False, None, None),
    ],
)
def test_a_tolerance_that_may_mean_another(
    amount: str, is_percent: bool, target: str | None, message: str | None
) -> None:
    tolerance = Tolerance(amount=Decimal(amount), is_percent=is_percent)
    said = found("tolerance-doubtful", row(4, "67", target, tolerance=tolerance))
    expected = [("Indicators!P4", f"the tolerance of CP 1.4 is {message}")] if message else []
    assert said == expected


@pytest.mark.parametrize(
    ("red", "target", "polarity", "message"),
    [
        ("5%", "80%", Polarity.MAXIMISE, "5% (Floor), far from the target of 80%"),
        ("0.7", "80%", Polarity.MAXIMISE, None),  # of mixed units another check tells
        ("1-5", "38-48", Polarity.GOLDILOCKS, "1-5 (Floor), far from the target of 38-48"),
        ("70%", "80%", Polarity.MAXIMISE, None),
        ("20", "80", Polarity.MAXIMISE, None),
        ("0", "80", Polarity.MAXIMISE, None),
        ("30", "20", Polarity.MINIMISE, None),
        ("5", "0", Polarity.MINIMISE, None),
        ("5", None, Polarity.MAXIMISE, None),
    ],
)
def test_a_red_line_that_may_be_a_tolerance(
    red: str, target: str | None, polarity: Polarity, message: str | None
) -> None:
    own = row(4, "67", target, polarity=polarity, red_line=line(red))
    counts = "it counts as the value itself"
    expected = [("Indicators!A4", f"the red line of CP 1.4 is {message}: {counts}")]
    assert found("red-line-far", own) == (expected if message else [])


def test_a_tolerance_that_a_red_line_goes_before() -> None:
    tolerance = Tolerance(amount=Decimal(3), is_percent=True)
    own = [
        row(4, "67", "80", tolerance=tolerance, red_line=line("70")),
        row(5, "67", "80", tolerance=tolerance, green_line=line("78")),  # both count
        row(6, "67", "80", red_line=line("70")),
    ]
    assert found("line-and-tolerance", *own) == [
        (
            "Indicators!P4",
            "CP 1.4 has a tolerance of 3%, and a red line of 70 (Floor) in Indicators!A4, which"
            " counts",
        )
    ]


def test_an_indicator_with_a_green_line_needs_no_target() -> None:
    assert found("target-missing", row(4, target=None, green_line=line("70"))) == []
    assert len(found("target-missing", row(4, target=None, red_line=line("70")))) == 1
