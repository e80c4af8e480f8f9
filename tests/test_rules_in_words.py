"""The rules in words are those by which the ratings came about."""

import pytest

from kpi_cli.models import Polarity, Settings
from kpi_cli.rating import rate_indicator
from kpi_cli.rules_in_words import other_rules
from tests.builders import indicator


@pytest.mark.parametrize(
    ("polarity", "target", "is_told"),
    [
        (Polarity.GOLDILOCKS, "66", True),
        (Polarity.GOLDILOCKS, "38-48", False),  # its own width counts
        (Polarity.MAXIMISE, "66", False),
    ],
)
def test_what_tolerances_of_goldilocks_are_of_is_told_where_it_counts(
    polarity: Polarity, target: str, is_told: bool
) -> None:
    rating = rate_indicator(indicator("60", target, polarity=polarity), Settings())
    rules = other_rules([rating], Settings())
    assert any(rule.startswith("Goldilocks with one number") for rule in rules) is is_told
