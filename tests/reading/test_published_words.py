"""Words that stand in the cells of published workbooks, with what they mean (domain 12)."""

from decimal import Decimal

import pytest

from kpi_cli.amounts import Band, Value
from kpi_cli.models import Direction, Outcome, Polarity, Problem
from kpi_cli.reading.values import (
    read_no_value,
    read_polarity,
    read_published_direction,
    read_published_outcome,
    read_target,
    read_value,
)
from kpi_cli.xlsx.sheet import Cell

POLARITIES = {
    Polarity.MAXIMISE: (
        "Higher", "Bigger is better", "Good to be high", "↑", "▲", "Up", "Max", "Maximise",
        "Aim for higher", "UTB", "Increase is good", "Aim to increase", "Larger is better",
        "More is better", "Higher Better", "High Good", "Bigger Better", ">", "Up is good",
    ),
    Polarity.MINIMISE: (
        "Low", "Lower", "Smaller is better", "Smaller", "Low is good", "▼", "Decrease", "Reduce",
        "Minimise", "Aim for lower", "Lower the better", "LTB", "Low Good", "As low as possible",
        "≤", "<",
    ),
    Polarity.GOLDILOCKS: (
        "Plan is best", "Within range",
    ),
}  # fmt: skip
OUTCOMES = {
    Outcome.AT_RISK: (
        "R", "Off target", "Not met", "Off track", "At risk", "🔴", "✘",
    ),
    Outcome.SLIPPAGE: (
        "Amber", "A", "Yellow", "Y", "Warning", "Close to target", "Within 5%", "🟡", "Orange",
    ),
    Outcome.ON_COURSE: (
        "Green", "On target", "Met", "Exceeded", "On track", "Target met", "Ahead", "Blue",
    ),
    Outcome.NO_VALUE: (
        "Grey", "Gray", "Unknown", "No data",
    ),
    Outcome.NO_TARGET: (
        "Data Only", "No target",
    ),
}  # fmt: skip
DIRECTIONS = {
    Direction.BETTER: (
        "Better", "Improved", "▲ Improving", "▲",
    ),
    Direction.WORSE: (
        "Declining", "Declined", "Worsening", "↓", "▼", "⬇",
    ),
    Direction.SAME: (
        "Same", "No Change", "Stable", "Static", "Maintained", "Steady", "→", "↔", "►", "⇨",
    ),
}  # fmt: skip
NO_VALUES = (
    "Not yet available", "Measured annually", "Annual Indicator", "Data only", "No data", "TBC",
    "To follow", "-", "..", "[c]", "None", "Suppressed", "n.a.", "not due", "No update",
    "awaiting data", "#N/A",
)  # fmt: skip
VALUES = (
    ("0", "0"),
    ("£1.2m", "1200000"),
    ("£1,234", "1234"),
    ("1.2m", "1200000"),
    ("12,345*", "12345"),
    ("78% (prov)", "78"),
    ("78.2% (p)", "78.2"),
    ("78.2 %", "78.2"),
    ("−3.2", "-3.2"),
    ("(3.2)", "-3.2"),
    ("2.5 days", "2.5"),
    ("512 kg", "512"),
)
NO_FIGURES = (
    "Yes", "1 in 3", "3 out of 5", "A*", "12 (YTD 34)", "78,2",
)  # fmt: skip
NO_TARGETS = (
    "n/a", "Monitor", "Monitoring", "TBC", "No Target Set", "Not set", "Not applicable", "-",
    "TBD", "Under review", "Baseline", "Baseline year",
)  # fmt: skip
TARGETS = (
    ("≥95%", "95"),
    (">=95%", "95"),
    ("≤5", "5"),
    ("95%+", "95"),
    ("at least 95%", "95"),
    ("5 or fewer", "5"),
    ("95", "95"),
    ("£1.2m", "1200000"),
    ("95% by March 2019", "95"),
    ("0", "0"),
)
BANDS = (
    "90-95%",
    "90% - 95%",
    "90 to 95",
)
NOT_RATEABLE = (
    "Reduce by 5%", "48–38", "95%/90%", "Maintain", "Increase",
)  # fmt: skip
DASH = "-"


def cell(text: str) -> Cell:
    return Cell("Indicators", 14, 5, text)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [(text, polarity) for polarity, texts in POLARITIES.items() for text in texts],
)
def test_polarities(text: str, polarity: Polarity) -> None:
    assert read_polarity(cell(text)) is polarity


@pytest.mark.parametrize(
    ("text", "outcome"), [(text, outcome) for outcome, texts in OUTCOMES.items() for text in texts]
)
def test_outcomes(text: str, outcome: Outcome) -> None:
    assert read_published_outcome(cell(text)) is outcome


@pytest.mark.parametrize(
    ("text", "direction"), [(text, way) for way, texts in DIRECTIONS.items() for text in texts]
)
def test_directions(text: str, direction: Direction) -> None:
    assert read_published_direction(cell(text)) is direction


@pytest.mark.parametrize("text", NO_VALUES)
def test_no_values(text: str) -> None:
    assert read_value(cell(text)) is None
    assert read_no_value(cell(text)) == (None if text == DASH else text)


@pytest.mark.parametrize(("text", "number"), VALUES)
def test_values(text: str, number: str) -> None:
    value = read_value(cell(text))
    assert isinstance(value, Value)
    assert value.number == Decimal(number)


@pytest.mark.parametrize("text", NO_FIGURES)
def test_no_figures(text: str) -> None:
    assert isinstance(read_value(cell(text)), Problem)


@pytest.mark.parametrize("text", NO_TARGETS)
def test_no_targets(text: str) -> None:
    assert read_target(cell(text)) is None
    assert read_no_value(cell(text)) == (None if text == DASH else text)


@pytest.mark.parametrize(("text", "number"), TARGETS)
def test_targets(text: str, number: str) -> None:
    target = read_target(cell(text))
    assert isinstance(target, Value)
    assert target.number == Decimal(number)


@pytest.mark.parametrize("text", BANDS)
def test_bands(text: str) -> None:
    target = read_target(cell(text))
    assert isinstance(target, Band)
    assert (target.low.number, target.high.number) == (Decimal(90), Decimal(95))


@pytest.mark.parametrize("text", NOT_RATEABLE)
def test_targets_that_cannot_be_rated(text: str) -> None:
    assert isinstance(read_target(cell(text)), Problem)
