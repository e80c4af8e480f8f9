"""The words of a report: polarity, outcome, direction, a control chart's verdicts, severity.

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


class _Named(Enum):
    """What has a key in the JSON output and a label in a report."""

    label: str

    def __new__(cls, key: str, label: str) -> Self:
        """Make a member whose value is its key."""
        member = object.__new__(cls)
        member._value_ = key
        member.label = label
        return member

    @property
    def key(self) -> str:
        """The member as the JSON output names it."""
        return str(self.value)


class Variation(_Named):
    """What a control chart says of a point; the keys are those of the R package NHSRplotthedots.

    What has no good direction is only unusually high or low.
    """

    COMMON_CAUSE = ("common_cause", "Common cause")
    IMPROVEMENT = ("special_cause_improvement", "Improvement")
    CONCERN = ("special_cause_concern", "Concern")
    HIGH = ("special_cause_neutral_high", "Unusually high")
    LOW = ("special_cause_neutral_low", "Unusually low")


class Assurance(_Named):
    """Whether a target is met as figures vary; the keys are those of NHSRplotthedots."""

    PASSES = ("consistent_pass", "Consistently passes")
    FAILS = ("consistent_fail", "Consistently fails")
    HIT_AND_MISS = ("inconsistent", "Hit and miss")


class Rule(_Named):
    """What makes a point of a control chart a signal: of several that hold, the first counts."""

    OUTSIDE = ("outside_limits", "outside the limits")
    TREND = ("trend", "a trend of seven")
    TWO_OF_THREE = ("two_of_three", "two of three close to a limit")
    ONE_SIDE = ("one_side", "seven on one side of the mean")


class Charted(_Named):
    """What a control chart is of; amounts are of a quarter where the periods are quarters."""

    VALUE = ("value", "values")
    AMOUNT = ("monthly_amount", "amounts of each period")


class ToleranceBasis(Enum):
    """What a tolerance is a percentage of."""

    ANNUAL_TARGET = "annual target"
    MONTHS_TARGET = "month's target"


class Severity(Enum):
    """How bad a problem is: with an error, something could not be used as it stands."""

    ERROR = "error"
    WARNING = "warning"
