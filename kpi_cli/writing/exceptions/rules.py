"""The rules that were applied, in words: what each outcome means under the workbook's settings."""

from collections.abc import Iterable
from decimal import Decimal

from kpi_cli.models import Outcome, Rating, Settings, ToleranceBasis, decimal_places


def meanings(settings: Settings) -> dict[Outcome, str]:
    """Return what each expected outcome means, with the tolerances."""
    months_first = settings.tolerance_basis is ToleranceBasis.MONTHS_TARGET
    basis, other = ("month's", "annual") if months_first else ("annual", "month's")
    amber = f"{_percent(settings.amber_tolerance)} of the {basis} target"
    green = f"{_percent(settings.green_tolerance)} of the {basis} target"
    met = "The target for the month is met"
    on_course = f"{met}, or missed by no more than {green}" if settings.green_tolerance else met
    at_risk = "The target is missed by the amber tolerance, or by more"
    if settings.improving_is_amber:
        at_risk += "; an indicator that is no worse than a year ago slips instead"
    return {
        Outcome.AT_RISK: f"{at_risk}.",
        Outcome.SLIPPAGE: f"The target is missed by less than the amber tolerance: {amber} (of the"
        f" {other} where there is no such target), for a Goldilocks band the band's own width.",
        Outcome.ON_COURSE: f"{on_course}; a Goldilocks value lies inside its band.",
        Outcome.NO_VALUE: "There is no value for the month.",
        Outcome.NO_TARGET: "There is no target, neither for the month nor for the year.",
    }


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
