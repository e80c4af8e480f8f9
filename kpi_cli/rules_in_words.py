"""The rules that were applied, in words: what each outcome means under the workbook's settings."""

from collections.abc import Iterable
from decimal import Decimal

from kpi_cli.amounts import decimal_places
from kpi_cli.models import Outcome, Rating, Settings, ToleranceBasis


def meanings(settings: Settings) -> dict[Outcome, str]:
    """Return what each expected outcome means, with the tolerances."""
    return {
        Outcome.AT_RISK: _at_risk(settings),
        Outcome.SLIPPAGE: _slippage(settings),
        Outcome.ON_COURSE: _on_course(settings),
        Outcome.NO_VALUE: "There is no value for the month.",
        Outcome.NO_TARGET: "There is no target, neither for the month nor for the year.",
    }


def _at_risk(settings: Settings) -> str:
    if _slips(settings):
        missed = f"{_of_basis(settings.amber_tolerance, settings)} or more"
    else:
        missed = f"more than {_of_basis(settings.green_tolerance, settings)}"
    text = f"The target is missed by {missed}; a Goldilocks band by its own width or more"
    if settings.improving_is_amber:
        text += "; and it is worse than a year ago, or has no value to compare with"
    return f"{text}."


def _slippage(settings: Settings) -> str:
    text = "A Goldilocks band is missed by less than its own width"
    if _slips(settings):
        amber = _of_basis(settings.amber_tolerance, settings)
        text = f"The target is missed by less than {amber}; a Goldilocks band by less than its own"
        text += " width"
    if settings.improving_is_amber:
        text += "; or it would be at risk, but is no worse than a year ago"
    return f"{text}."


def _on_course(settings: Settings) -> str:
    if not settings.green_tolerance:
        return "The target is met; a Goldilocks value lies inside its band."
    green = _of_basis(settings.green_tolerance, settings)
    return (
        f"The target is met, or missed by no more than {green}; a Goldilocks value lies inside its"
        f" band, or outside by no more than {_percent(settings.green_tolerance)} of its midpoint."
    )


def _slips(settings: Settings) -> bool:
    """Whether a shortfall can be too large for green and too small for red."""
    return settings.amber_tolerance > settings.green_tolerance


def _of_basis(tolerance: Decimal, settings: Settings) -> str:
    months_first = settings.tolerance_basis is ToleranceBasis.MONTHS_TARGET
    basis, other = ("month's", "annual") if months_first else ("annual", "month's")
    return f"{_percent(tolerance)} of the {basis} target (of the {other}, where that is missing)"


def other_rules(ratings: Iterable[Rating]) -> list[str]:
    """Return the rules that no single outcome tells."""
    own = [rating.indicator.code for rating in ratings if rating.indicator.tolerance]
    rules = [
        "Aim to Maximise: higher is better. Aim to Minimise: lower is better. Goldilocks: a value"
        " inside the band is good, both ends included.",
        "Where there is no target for the month, the annual target is used.",
        "Better or worse: the value against the same month last year; for Goldilocks, closer to"
        ' this year\'s band is better. "-": there is no value a year ago.',
    ]
    if own:
        rules.append(f"With a tolerance of their own: {', '.join(own)}.")
    return rules


def _percent(number: Decimal) -> str:
    return f"{number:.{decimal_places(number)}f}%"
