"""What a script may take for a failure: `--fail-on`."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kpi_cli.models import Report


class FailOn(Enum):
    """What makes a run exit with 1, apart from errors in the data, which always do."""

    RED = "red"
    AMBER = "amber"
    NO_VALUE = "no-value"
    NO_TARGET = "no-target"
    WORSE = "worse"
    DIFFERENCE = "difference"
    WARNING = "warning"
    ERROR = "error"


def fails(report: "Report", conditions: Iterable[FailOn]) -> bool:
    """Return whether a report meets any of the conditions, or has errors."""
    return report.has_errors or any(_CONDITIONS[condition](report) for condition in conditions)


def _has_outcome(*keys: str) -> Callable[["Report"], bool]:
    return lambda report: any(rating.outcome.key in keys for rating in report.ratings)


def _has_difference(report: "Report") -> bool:
    from kpi_cli.published import compare_published

    return bool(compare_published(report).differences)


_CONDITIONS: Mapping[FailOn, Callable[["Report"], bool]] = {
    FailOn.RED: _has_outcome("at_risk"),
    FailOn.AMBER: _has_outcome("at_risk", "slippage"),
    FailOn.NO_VALUE: _has_outcome("no_value"),
    FailOn.NO_TARGET: _has_outcome("no_target"),
    FailOn.WORSE: lambda report: any(r.direction.key == "worse" for r in report.ratings),
    FailOn.DIFFERENCE: _has_difference,
    FailOn.WARNING: lambda report: bool(report.problems),
    FailOn.ERROR: lambda report: report.has_errors,
}
