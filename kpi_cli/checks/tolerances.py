"""Checks of tolerances: those that may mean a hundred times as much, or a hundredth."""

from collections.abc import Iterator
from decimal import Decimal

from kpi_cli.amounts import Tolerance
from kpi_cli.checks.check import Data, Finding, middle
from kpi_cli.models import Indicator

_LARGEST_FRACTION = Decimal("0.5")  # 50%, kept as 0.5
_NEXT_TO_NOTHING = 0.005  # of the target
_WHOLE = Decimal(100)
_HINT = "Write a percentage with its sign, such as 5%, or a number of the indicator's units."


def tolerance_doubtful(data: Data) -> Iterator[Finding]:
    """A tolerance that is next to nothing, such as a bare 0.05, or over 100%, such as 500%.

    They are used as they stand; 5% may be meant, and both readings are shown.
    """
    for indicator in data.workbook.indicators:
        tolerance = indicator.tolerance
        if tolerance and (likely := _likely(indicator, tolerance)):
            text = f"{tolerance.amount:f}{'%' if tolerance.is_percent else ''}"
            counts = "of the target" if tolerance.is_percent else "of its own units"
            yield Finding(
                indicator.place.cell("tolerance"),
                f"the tolerance of {indicator.code} is {text}: it counts as {text} {counts},"
                f" and may mean {likely.normalize():f}%",
                _HINT,
            )


def _likely(indicator: Indicator, tolerance: Tolerance) -> Decimal | None:
    """Return the percentage that a tolerance may mean; None where it is likely enough."""
    amount, target = tolerance.amount, indicator.annual_target or indicator.target
    if tolerance.is_percent:
        return amount / _WHOLE if amount > _WHOLE else None
    if target is None or not 0 < amount <= _LARGEST_FRACTION:
        return None
    is_next_to_nothing = float(amount) < _NEXT_TO_NOTHING * abs(middle(target))
    return amount * _WHOLE if is_next_to_nothing else None
