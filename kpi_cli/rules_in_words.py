"""The rules that were applied, in words: what each outcome means under the workbook's settings."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kpi_cli.amounts import Value, decimal_places
from kpi_cli.models import Indicator, Outcome, Polarity, Rating, Settings, ToleranceBasis
from kpi_cli.periods import noun_of

_AT_THE_LIMIT = {Outcome.SLIPPAGE: "some slippage", Outcome.AT_RISK: "at risk"}


def meanings(settings: Settings) -> dict[Outcome, str]:
    """Return what each expected outcome means, with the tolerances."""
    return {
        Outcome.AT_RISK: _at_risk(settings),
        Outcome.SLIPPAGE: _slippage(settings),
        Outcome.ON_COURSE: _on_course(settings),
        Outcome.NO_VALUE: "There is no value for the period.",
        Outcome.NO_TARGET: "There is no target, neither for the period nor for the year.",
    }


def _at_risk(settings: Settings) -> str:
    amber = _of_basis(settings.amber_tolerance, settings)
    is_amber_at_it = settings.at_the_limit is Outcome.SLIPPAGE
    if not _slips(settings):
        missed = f"more than {_of_basis(settings.green_tolerance, settings)}"
    else:
        missed = f"more than {amber}" if is_amber_at_it else f"{amber} or more"
    width = "more than its own width" if is_amber_at_it else "its own width or more"
    text = f"The target is missed by {missed}; a Goldilocks band by {width}"
    if settings.improving_is_amber:
        text += "; and it is worse than a year ago, or has no value to compare with"
    return f"{text}."


def _slippage(settings: Settings) -> str:
    less = "no more than" if settings.at_the_limit is Outcome.SLIPPAGE else "less than"
    text = f"A Goldilocks band is missed by {less} its own width"
    if _slips(settings):
        amber = _of_basis(settings.amber_tolerance, settings)
        text = f"The target is missed by {less} {amber}; a Goldilocks band by {less} its own width"
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
    basis, other = ("period's", "annual") if months_first else ("annual", "period's")
    return f"{_percent(tolerance)} of the {basis} target (of the {other}, where that is missing)"


def other_rules(ratings: Iterable[Rating], settings: Settings) -> list[str]:
    """Return the rules that no single outcome tells."""
    indicators = [rating.indicator for rating in ratings]
    own = [indicator.code for indicator in indicators if indicator.tolerance]
    rules = [
        "Aim to Maximise: higher is better. Aim to Minimise: lower is better. Goldilocks: a value"
        " inside the band is good, both ends included.",
        "Where there is no target for the period, the annual target is used.",
        f"Better or worse: the value against {a_year_ago(indicators)}; for Goldilocks, closer to"
        ' this year\'s band is better. "-": there is no value a year ago.',
    ]
    if any(map(_is_one_number_for_goldilocks, indicators)):
        rules.append(
            "Goldilocks with one number for its target: tolerances are percentages of the target"
            " that counts, the period's or else the annual one."
        )
    if own:
        rules.append(f"With a tolerance of their own: {', '.join(own)}.")
    if lined := [indicator for indicator in indicators if indicator.lines]:
        rules.append(_own_lines(lined, settings))
    return rules


def _is_one_number_for_goldilocks(indicator: Indicator) -> bool:
    is_goldilocks = indicator.polarity is Polarity.GOLDILOCKS
    return is_goldilocks and isinstance(indicator.target_in_force, Value)


def a_year_ago(indicators: Iterable[Indicator]) -> str:
    """Return what values are compared with: "the same month last year", "the year before"."""
    noun = noun_of(indicator.period for indicator in indicators)
    return "the year before" if noun == "year" else f"the same {noun} last year"


def _own_lines(indicators: Sequence[Indicator], settings: Settings) -> str:
    """Return whose thresholds are their own, and what is exactly at one."""
    at_it = settings.at_the_limit or Outcome.SLIPPAGE
    text = (
        "With thresholds of their own, which go before the tolerances:"
        f" {', '.join(indicator.code for indicator in indicators)}. At the green line or better is"
        f" on course, worse than the red line is at risk, exactly at it is"
        f" {_AT_THE_LIMIT[at_it]}"
    )
    if any(line.is_good_at_it is not None for i in indicators for line in i.lines.values()):
        text += "; where the threshold is a condition, such as <90%, it decides"
    return f"{text}."


def _percent(number: Decimal) -> str:
    return f"{number:.{decimal_places(number)}f}%"
