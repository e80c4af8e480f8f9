"""Icons and colours of outcomes and directions, and plain text where they can't be shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi_cli.models import Direction, Outcome, Polarity


@dataclass(frozen=True)
class Look:
    """An icon and a colour; the word always stands beside them."""

    icon: str
    colour: str
    word: str


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
_PLAIN = str.maketrans(
    {"·": "|", "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...",
     "•": "*", "─": "-", "\xa0": " ", "£": "GBP ", "€": "EUR "}
)  # fmt: skip


@dataclass(frozen=True)
class Script:
    """What an output encoding can show."""

    encoding: str = "utf-8"

    def shows(self, text: str) -> bool:
        """Whether the encoding has every character of a text."""
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def text(self, text: str) -> str:
        r"""Return the text as far as it can be shown; what can't is replaced, or named "\u20ac"."""
        if self.shows(text):
            return text
        plain = "".join(c if self.shows(c) else c.translate(_PLAIN) for c in text)
        return plain.encode(self.encoding, "backslashreplace").decode(self.encoding)

    def look(self, look: Look) -> str:
        """Return icon and word, or the word alone where there is no such icon."""
        return f"{look.icon} {look.word}" if look.icon and self.shows(look.icon) else look.word
