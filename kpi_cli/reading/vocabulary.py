"""The words, colours and icons in which people write polarities, outcomes and directions."""

import re

from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.names import fold

_POLARITIES = {
    Polarity.MAXIMISE: (
        "aim to maximise", "maximise", "aim to maximize", "maximize", "max", "high", "higher",
        "higher is better", "high is good", "bigger is better", "increase",
    ),
    Polarity.MINIMISE: (
        "aim to minimise", "minimise", "aim to minimize", "minimize", "min", "low", "lower",
        "lower is better", "low is good", "smaller is better", "decrease",
    ),
    Polarity.GOLDILOCKS: (
        "goldilocks", "band", "in band", "within band", "range", "in range", "within range",
    ),
}  # fmt: skip
_OUTCOMES = {
    Outcome.AT_RISK: ("red", "r", "●", "🔴"),
    Outcome.SLIPPAGE: ("amber", "a", "⚠", "🟠", "🟡", "slippage"),
    Outcome.ON_COURSE: ("green", "g", "✔", "✓", "✅", "🟢"),
    Outcome.NO_VALUE: (),
    Outcome.NO_TARGET: (),
}
_DIRECTIONS = {
    Direction.BETTER: ("better", "↑", "▲", "⬆", "improved", "improving"),
    Direction.WORSE: ("worse", "↓", "▼", "⬇", "declined", "declining"),
    Direction.SAME: ("same", "→", "↔", "no change", "unchanged"),
    Direction.UNKNOWN: ("-", "–", "—", "n/a", "no data", "tbc", "tba"),
}
_NO_CODE = re.compile(r"\s*+(?:(?:notes?|source)\b|\D*+$)", re.IGNORECASE)
_POLARITY_WORDS = {word: polarity for polarity, words in _POLARITIES.items() for word in words}
_DIRECTION_WORDS = {word: direction for direction, words in _DIRECTIONS.items() for word in words}
_OUTCOME_WORDS = {word: outcome for outcome, words in _OUTCOMES.items() for word in words} | {
    fold(name.replace("_", " ")): outcome
    for outcome in Outcome
    for name in (outcome.key, outcome.label, outcome.short_label)
}


def parse_polarity(text: str) -> Polarity | None:
    """Return which way is good, from "Aim to Maximise", "Low", "Goldilocks" and the like."""
    return _POLARITY_WORDS.get(fold(text))


def parse_outcome(text: str) -> Outcome | None:
    """Return the outcome that a label, a key, a colour, R/A/G or an icon names, or None."""
    return _OUTCOME_WORDS.get(fold(_without_variation(text).replace("_", " ").replace("-", " ")))


def parse_direction(text: str) -> Direction | None:
    """Return the direction that a word or an arrow names, or None."""
    return _DIRECTION_WORDS.get(fold(_without_variation(text)))


def _without_variation(text: str) -> str:
    """Return an icon without the mark that asks for its coloured or its plain picture."""
    return text.replace("\ufe0f", "").replace("\ufe0e", "")


def is_no_code(text: object) -> bool:
    """Whether what stands in place of a code is a text that is none: Red, Source:, Note 1."""
    return isinstance(text, str) and _NO_CODE.match(text) is not None
