"""The check of what was published against what is computed."""

from typing import Any

import pytest

from kpi_cli.models import Direction, Outcome
from tests.builders import reading
from tests.checks.finding import found, row


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (
            {"published_outcome": Outcome.AT_RISK},
            [
                (
                    "Indicators!I4",
                    'CP 1.4: the expected outcome is "On course to achieve target", and "At risk of'
                    ' missing target" was published: 5 over the target of 90, and higher is better',
                )
            ],
        ),
        (
            {"published_direction": Direction.WORSE},
            [
                (
                    "Indicators!J4",
                    'CP 1.4: the direction is "Better", and "Worse" was published: 95, against 61'
                    " in January 2018; higher is better",
                )
            ],
        ),
        ({"published_outcome": Outcome.ON_COURSE}, []),
        ({"published_direction": Direction.BETTER}, []),
        ({}, []),
    ],
)
def test_what_was_published_and_what_is_computed(
    published: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    history = (reading("CP 1.4", "January 2018", "61"),)
    assert found("published-differs", row(4, **published), history=history) == expected


def test_a_direction_that_cannot_be_told_is_not_compared() -> None:
    assert found("published-differs", row(4, published_direction=Direction.WORSE)) == []
