"""The words of a report: polarity, expected outcome, direction, and how bad a problem is.

They need no library, so that who only names outcomes doesn't load what validates workbooks.
"""

from enum import Enum
from typing import Self


class Polarity(Enum):
    """Which way is good."""

    MAXIMISE = "maximise"
    MINIMISE = "minimise"
    GOLDILOCKS = "goldilocks"

    @property
    def label(self) -> str:
        """The polarity as a report names it: "Aim to Maximise"."""
        return "Goldilocks" if self is Polarity.GOLDILOCKS else f"Aim to {self.value.title()}"


class Outcome(Enum):
    """The expected outcome: an indicator's rating, worst first."""

    AT_RISK = ("at_risk", "At risk of missing target", "At risk")
    SLIPPAGE = ("slippage", "Some slippage against target", "Some slippage")
    ON_COURSE = ("on_course", "On course to achieve target", "On course")
    NO_VALUE = ("no_value", "No Value", "No value")
    NO_TARGET = ("no_target", "No Target", "No target")

    label: str
    short_label: str

    def __new__(cls, key: str, label: str, short_label: str) -> Self:
        """Make an outcome whose value is its key, as the JSON output names it."""
        outcome = object.__new__(cls)
        outcome._value_ = key
        outcome.label = label
        outcome.short_label = short_label
        return outcome

    @property
    def key(self) -> str:
        """The outcome as the JSON output names it: "at_risk"."""
        return str(self.value)


EXCEPTIONS = (Outcome.AT_RISK, Outcome.SLIPPAGE)
"""The outcomes that make an indicator an exception: red and amber."""


class Direction(Enum):
    """A value against an earlier one, of last year or before; UNKNOWN, "-": it can't be told."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "-"

    @property
    def label(self) -> str:
        """The direction as a report names it: "Better", or a dash."""
        return self.value.capitalize()

    @property
    def key(self) -> str | None:
        """The direction as the JSON output names it: None where it can't be told."""
        return None if self is Direction.UNKNOWN else self.value


class ToleranceBasis(Enum):
    """What a tolerance is a percentage of."""

    ANNUAL_TARGET = "annual target"
    MONTHS_TARGET = "month's target"


class Severity(Enum):
    """How bad a problem is: with an error, something could not be used as it stands."""

    ERROR = "error"
    WARNING = "warning"
