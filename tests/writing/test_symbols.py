"""Icons, colours and words of what is rated."""

import pytest

from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.writing.script import Look
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS, POLARITY_WORDS


@pytest.mark.parametrize(
    ("outcome", "look"),
    [
        (Outcome.AT_RISK, Look("●", "red", "At risk")),
        (Outcome.SLIPPAGE, Look("⚠", "yellow", "Some slippage")),
        (Outcome.ON_COURSE, Look("✔", "green", "On course")),
        (Outcome.NO_VALUE, Look("○", "default", "No value")),
        (Outcome.NO_TARGET, Look("□", "default", "No target")),
    ],
)
def test_looks_of_outcomes(outcome: Outcome, look: Look) -> None:
    assert OUTCOME_LOOKS[outcome] == look


@pytest.mark.parametrize(
    ("direction", "look"),
    [
        (Direction.BETTER, Look("↑", "green", "Better")),
        (Direction.WORSE, Look("↓", "red", "Worse")),
        (Direction.SAME, Look("→", "default", "Same")),
        (Direction.UNKNOWN, Look("", "default", "-")),
    ],
)
def test_looks_of_directions(direction: Direction, look: Look) -> None:
    assert DIRECTION_LOOKS[direction] == look


def test_every_outcome_direction_and_polarity_has_a_look() -> None:
    assert set(OUTCOME_LOOKS) == set(Outcome)
    assert set(DIRECTION_LOOKS) == set(Direction)
    assert set(POLARITY_WORDS) == set(Polarity)
