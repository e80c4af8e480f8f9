"""Polarities, outcomes and directions, in the words and icons that people use (domain 6)."""

import pytest

from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.reading.vocabulary import parse_direction, parse_outcome, parse_polarity


@pytest.mark.parametrize(
    ("polarity", "texts"),
    [
        (
            Polarity.MAXIMISE,
            "Aim to Maximise|AIM TO MAXIMISE|Aim  to\nmaximise|Maximise|Maximize|max|High|Higher"
            "|Higher is better|Bigger is better|Increase",
        ),
        (
            Polarity.MINIMISE,
            "Aim to Minimise|aim to minimize|Minimise|min|Low|Lower|Low is good|Smaller is better"
            "|Decrease",
        ),
        (Polarity.GOLDILOCKS, "Goldilocks|GOLDILOCKS|Band|In range|Within band"),
        (None, "Sideways|Aim to|-|N/A|Aim to Maximise or Minimise|Not maximise|M"),
    ],
)
def test_which_way_is_good(polarity: Polarity | None, texts: str) -> None:
    assert {text: parse_polarity(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), polarity
    )


@pytest.mark.parametrize(
    ("outcome", "texts"),
    [
        (
            Outcome.AT_RISK,
            "At risk of missing target|AT RISK OF MISSING TARGET|at_risk|At risk|at-risk"
            "|Red|RED|r|R|●|🔴",
        ),
        (
            Outcome.SLIPPAGE,
            "Some slippage against target|some slippage|slippage|Amber|A|⚠|⚠\ufe0f|⚠\ufe0e|🟠",
        ),
        (
            Outcome.ON_COURSE,
            "On course to achieve target|On  course|on_course|Green|G|✔|✔\ufe0f|✓|🟢",
        ),
        (Outcome.NO_VALUE, "No Value|no_value|NO VALUE"),
        (Outcome.NO_TARGET, "No Target|no_target"),
        (None, "Purple|Amber/Red|Not red|-|○|Red Amber"),
    ],
)
def test_the_outcome_that_was_published(outcome: Outcome | None, texts: str) -> None:
    assert {text: parse_outcome(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), outcome
    )


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_is_read_from_all_its_own_names(outcome: Outcome) -> None:
    names = (outcome.key, outcome.label, outcome.short_label)
    assert [parse_outcome(name) for name in names] == [outcome] * 3


@pytest.mark.parametrize("polarity", Polarity)
def test_each_polarity_is_read_from_its_own_names(polarity: Polarity) -> None:
    assert [parse_polarity(name) for name in (polarity.value, polarity.label)] == [polarity] * 2


@pytest.mark.parametrize(
    ("direction", "texts"),
    [
        (Direction.BETTER, "Better|BETTER|improved|↑|▲|⬆|⬆\ufe0f"),
        (Direction.WORSE, "Worse|worse|declined|↓|▼|⬇|⬇\ufe0f"),
        (Direction.SAME, "Same|SAME|No change|unchanged|→|↔"),
        (Direction.UNKNOWN, "-|–|—|N/A|no data"),
        (None, "Sideways|Better than last month|?|↗"),
    ],
)
def test_the_direction_that_was_published(direction: Direction | None, texts: str) -> None:
    assert {text: parse_direction(text) for text in texts.split("|")} == dict.fromkeys(
        texts.split("|"), direction
    )
