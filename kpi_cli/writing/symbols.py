"""Icons, colours and words of outcomes, directions, control charts' verdicts and polarities."""

from collections.abc import Mapping

from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.terms import Assurance, Variation
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
VARIATION_LOOKS: Mapping[Variation, Look] = {  # not red and green, which are the outcome's
    Variation.CONCERN: Look("", "dark_orange", Variation.CONCERN.label),
    Variation.IMPROVEMENT: Look("", "blue", Variation.IMPROVEMENT.label),
    Variation.HIGH: Look("", "magenta", Variation.HIGH.label),
    Variation.LOW: Look("", "magenta", Variation.LOW.label),
    Variation.COMMON_CAUSE: Look("", "default", Variation.COMMON_CAUSE.label),
}
ASSURANCE_LOOKS: Mapping[Assurance, Look] = {
    Assurance.PASSES: Look("", "blue", Assurance.PASSES.label),
    Assurance.FAILS: Look("", "dark_orange", Assurance.FAILS.label),
    Assurance.HIT_AND_MISS: Look("", "default", Assurance.HIT_AND_MISS.label),
}
POLARITY_WORDS: Mapping[Polarity, str] = {
    Polarity.MAXIMISE: "Maximise",
    Polarity.MINIMISE: "Minimise",
    Polarity.GOLDILOCKS: "Goldilocks",
}
