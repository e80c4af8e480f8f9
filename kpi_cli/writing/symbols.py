"""Icons, colours and words of outcomes, directions and polarities."""

from collections.abc import Mapping

from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.writing.script import Look

OUTCOME_LOOKS: Mapping[Outcome, Look] = {
    Outcome.AT_RISK: Look("●", "red", Outcome.AT_RISK.short_label),
    Outcome.SLIPPAGE: Look("⚠", "yellow", Outcome.SLIPPAGE.short_label),
    Outcome.ON_COURSE: Look("✔", "green", Outcome.ON_COURSE.short_label),
    Outcome.NO_VALUE: Look("○", "default", Outcome.NO_VALUE.short_label),
    Outcome.NO_TARGET: Look("□", "default", Outcome.NO_TARGET.short_label),
}
DIRECTION_LOOKS: Mapping[Direction, Look] = {
    Direction.BETTER: Look("↑", "green", "Better"),
    Direction.WORSE: Look("↓", "red", "Worse"),
    Direction.SAME: Look("→", "default", "Same"),
    Direction.UNKNOWN: Look("", "default", "-"),
}
POLARITY_WORDS: Mapping[Polarity, str] = {
    Polarity.MAXIMISE: "Maximise",
    Polarity.MINIMISE: "Minimise",
    Polarity.GOLDILOCKS: "Goldilocks",
}
