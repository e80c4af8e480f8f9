"""Tolerances: how far a value may miss its target, and in words what that is made of."""

from decimal import Decimal
from typing import NamedTuple

from kpi_cli.amounts import EXACT, Band, decimal_places
from kpi_cli.models import Indicator, Polarity, Settings, ToleranceBasis


class Allowance(NamedTuple):
    """How far a value may miss its target: the amount, and what it is made of."""

    amount: Decimal
    basis: str  # of the percentage, where it is one: "the annual target"
    percent: Decimal | None = None
    is_own: bool = False  # the indicator's own tolerance

    @property
    def words(self) -> str:
        """What the amount is made of: "its own tolerance, 3% of the annual target"."""
        if self.percent is None:
            return self.basis
        own = "its own tolerance, " if self.is_own else ""
        return f"{own}{_plain(self.percent)}% of {self.basis}"


def green_allowance(indicator: Indicator, settings: Settings) -> Allowance:
    """Return how far a value may miss its target and be on course all the same."""
    return _percentage(settings.green_tolerance, indicator, settings)


def amber_allowance(indicator: Indicator, settings: Settings) -> Allowance:
    """Return from which shortfall on an indicator is at risk; below it, it slips.

    The indicator's own tolerance goes before the workbook's; a Goldilocks band allows its width.
    """
    own = indicator.tolerance
    if own and own.is_percent:
        return _percentage(own.amount, indicator, settings)._replace(is_own=True)
    if own:
        return Allowance(own.amount, "its own tolerance")
    target = indicator.yardstick
    if isinstance(target, Band) and target.width:
        return Allowance(target.width, "one band's width")
    return _percentage(settings.amber_tolerance, indicator, settings)


def is_annual(indicator: Indicator) -> bool:
    """Whether the figures are of a whole year, so that its target is the annual one."""
    return indicator.period.length == 12


def _percentage(percent: Decimal, indicator: Indicator, settings: Settings) -> Allowance:
    """Return a percentage of the basis: the annual target, or the month's where set so.

    Where the one is missing it is the other, and where both are the green line. For Goldilocks it
    is the target in force, whatever is set; of a band, the midpoint.
    """
    noun = "annual" if is_annual(indicator) else f"{indicator.period.noun}'s"
    annual, months = (indicator.annual_target, "annual"), (indicator.target, noun)
    is_months_first = settings.tolerance_basis is ToleranceBasis.MONTHS_TARGET
    if is_months_first or indicator.polarity is Polarity.GOLDILOCKS:
        annual, months = months, annual
    basis, name = annual if annual[0] else months
    named = f"the {name} target"
    if basis is None and indicator.green_line:
        basis, named = indicator.green_line.amount, "the green line"
    assert basis  # it is asked only where there is something to miss
    if isinstance(basis, Band):
        return Allowance(_share(percent, basis.midpoint), f"{named}'s midpoint", percent)
    return Allowance(_share(percent, basis.number), named, percent)


def _share(percent: Decimal, of: Decimal) -> Decimal:
    """Return a percentage of the size of a number, with all its digits."""
    return EXACT.multiply(of.copy_abs(), percent).scaleb(-2, EXACT)


def _plain(number: Decimal) -> str:
    return f"{number:.{decimal_places(number)}f}"
