"""Checks of tolerances: those that may mean a hundred times as much, or a hundredth."""

from decimal import Decimal

import pytest

from kpi_cli.amounts import Tolerance
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
