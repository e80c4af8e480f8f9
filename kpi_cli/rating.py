"""The rules: expected outcome and direction of an indicator, with the reason in one sentence.

The source of every rule is the specification of the report: sections "Expected outcome" and
"Direction". All amounts are exact, in display units: 67.5 for 67.5%.
"""

from dataclasses import dataclass
from decimal import Decimal

from kpi_cli.amounts import Band, Target, Unit, Value, decimal_places, ends
from kpi_cli.history import Series
from kpi_cli.models import Direction, Indicator, Outcome, Polarity, Rating, Settings, ToleranceBasis


@dataclass(frozen=True)
class Allowance:
    """How far a value may miss its target: the amount, and in words what it is made of."""

    amount: Decimal
    words: str


def rate_indicator(
    indicator: Indicator, settings: Settings, series: Series | None = None
) -> Rating:
    """Return the indicator's rating; the series has its figures of earlier months.

    What the series has of the same month last year goes before the column of that name.
    """
    series = series or Series(indicator.reading)
    a_year_ago = series.at(indicator.month.year_before)
    last_year = (a_year_ago and a_year_ago.value) or indicator.last_year
    direction = direction_of(
        indicator.value, last_year, indicator.polarity, indicator.target_in_force
    )
    outcome, reason = _outcome_of(indicator, settings, direction, last_year)
    return Rating(
        indicator=indicator,
        outcome=outcome,
        direction=direction,
        last_year=last_year,
        reason=reason,
        series=series,
    )


def shortfall(value: Value, target: Target, polarity: Polarity) -> Decimal:
    """Return how far the value misses its target on the bad side; not above 0 where it meets it.

    A Goldilocks target of one number is a band of no width.
    """
    low, high = ends(target)
    if polarity is Polarity.MAXIMISE:
        return low - value.number
    if polarity is Polarity.MINIMISE:
        return value.number - high
    return max(low - value.number, value.number - high, Decimal(0))


def direction_of(
    value: Value | None, last_year: Value | None, polarity: Polarity, target: Target | None
) -> Direction:
    """Return whether the value is better or worse than the same month last year.

    Goldilocks: closer to this year's band is better, and both inside it is the same.
    """
    if value is None or last_year is None:
        return Direction.UNKNOWN
    if polarity is not Polarity.GOLDILOCKS:
        gain = value.number - last_year.number
        return _direction(gain if polarity is Polarity.MAXIMISE else -gain)
    if target is None:
        return Direction.UNKNOWN
    return _direction(shortfall(last_year, target, polarity) - shortfall(value, target, polarity))


def direction_reason(rating: Rating) -> str:
    """Return why a direction is what it is, with its figures: "67.5%, against 84.5% in …"."""
    indicator, last_year = rating.indicator, rating.last_year
    a_year_ago = indicator.month.year_before.label
    if last_year is None:
        return f"no value for {a_year_ago}"
    if indicator.value is None:
        return f"no value for {indicator.month.label}"
    good = {
        Polarity.MAXIMISE: "higher is better",
        Polarity.MINIMISE: "lower is better",
        Polarity.GOLDILOCKS: "closer to the band is better",
    }[indicator.polarity]
    return f"{indicator.value.text}, against {last_year.text} in {a_year_ago}; {good}"


def green_allowance(indicator: Indicator, settings: Settings) -> Allowance:
    """Return how far a value may miss its target and be on course all the same."""
    return _percentage(settings.green_tolerance, indicator, settings)


def amber_allowance(indicator: Indicator, settings: Settings) -> Allowance:
    """Return from which shortfall on an indicator is at risk; below it, it slips.

    The indicator's own tolerance goes before the workbook's; a Goldilocks band allows its width.
    """
    own = indicator.tolerance
    if own and own.is_percent:
        allowance = _percentage(own.amount, indicator, settings)
        return Allowance(allowance.amount, f"its own tolerance, {allowance.words}")
    if own:
        return Allowance(own.amount, "its own tolerance")
    target = indicator.target_in_force
    if isinstance(target, Band) and target.width:
        return Allowance(target.width, "one band's width")
    return _percentage(settings.amber_tolerance, indicator, settings)


def _outcome_of(
    indicator: Indicator, settings: Settings, direction: Direction, last_year: Value | None
) -> tuple[Outcome, str]:
    """Return the outcome and its reason, by the first of the rules that applies."""
    target = indicator.target_in_force
    if indicator.value is None:
        found = _said(indicator.no_value_text)
        return Outcome.NO_VALUE, f"no value for {indicator.month.label}{found}"
    if target is None:
        found = _said(indicator.no_target_text)
        return Outcome.NO_TARGET, f"no target for the month, and none for the year{found}"
    missed = shortfall(indicator.value, target, indicator.polarity)
    position = _position(indicator, indicator.value, target)
    if missed <= 0:
        return Outcome.ON_COURSE, position + _good_side(indicator.polarity, missed)
    green = green_allowance(indicator, settings)
    amber = amber_allowance(indicator, settings)
    if missed <= green.amount:
        return Outcome.ON_COURSE, f"{position}, {_beside(missed, green, indicator)} is tolerated"
    slips = f"{position}, {_beside(missed, amber, indicator)} counts as slippage"
    if missed < amber.amount:
        return Outcome.SLIPPAGE, slips
    at_risk = _at_risk(position, missed, green, amber, indicator)
    if settings.improving_is_amber and direction in (Direction.BETTER, Direction.SAME):
        a_year_ago = last_year.text if last_year else "value"
        return Outcome.SLIPPAGE, f"{at_risk}, but no worse than the {a_year_ago} of a year ago"
    return Outcome.AT_RISK, at_risk


def _said(text: str | None) -> str:
    return f': the workbook says "{text}"' if text else ""


def _at_risk(
    position: str, missed: Decimal, green: Allowance, amber: Allowance, indicator: Indicator
) -> str:
    if amber.amount <= green.amount:  # nothing lies between green and red
        return f"{position}, {_beside(missed, green, indicator)} is tolerated"
    if missed == amber.amount:  # domain: at the amber tolerance is red
        figure = _figure(amber.amount, indicator)
        return f"{position}, exactly the {figure} ({amber.words}) from which it is at risk"
    return f"{position}, {_beside(missed, amber, indicator)} counts as slippage"


def _percentage(percent: Decimal, indicator: Indicator, settings: Settings) -> Allowance:
    """Return a percentage of the basis: the annual target, or the month's where set so.

    Where the one is missing it is the other; of a band, it is the midpoint.
    """
    annual, months = (indicator.annual_target, "annual"), (indicator.target, "month's")
    if settings.tolerance_basis is ToleranceBasis.MONTHS_TARGET:
        annual, months = months, annual
    basis, name = annual if annual[0] else months
    words = f"{_plain(percent)}% of the {name} target"
    if basis is None:
        return Allowance(Decimal(0), words)
    if isinstance(basis, Band):
        return Allowance(abs(basis.midpoint) * percent / 100, f"{words}'s midpoint")
    return Allowance(abs(basis.number) * percent / 100, words)


def _direction(gain: Decimal) -> Direction:
    if gain == 0:
        return Direction.SAME
    return Direction.BETTER if gain > 0 else Direction.WORSE


def _position(indicator: Indicator, value: Value, target: Target) -> str:
    """Return where the value lies: "0.18 over the target of 1.77%"."""
    low, high = ends(target)
    kind = "band" if isinstance(target, Band) else "target"
    name = f"the {kind} of {target.text}"
    if indicator.target is None:
        name = f"the annual {kind} of {target.text} (there is none for the month)"
    if low <= value.number <= high:
        return f"inside {name}" if low < high else f"exactly {name}"
    if value.number < low:
        return f"{_figure(low - value.number, indicator)} under {name}"
    return f"{_figure(value.number - high, indicator)} over {name}"


def _good_side(polarity: Polarity, missed: Decimal) -> str:
    if missed == 0:
        return ""
    return ", and higher is better" if polarity is Polarity.MAXIMISE else ", and lower is better"


def _beside(missed: Decimal, allowance: Allowance, indicator: Indicator) -> str:
    """Return how the shortfall compares with an allowance: "more than the 0.0885 (…) that"."""
    named = f"the {_figure(allowance.amount, indicator)} ({allowance.words}) that"
    return f"more than {named}" if missed > allowance.amount else f"within {named}"


def _figure(number: Decimal, indicator: Indicator) -> str:
    """Return an exact amount in the look of the value and its target, without a percent sign."""
    target = indicator.target_in_force
    end = target.high if isinstance(target, Band) else target
    looks = [look for look in (indicator.value, end) if look]
    look = next((look for look in looks if look.grouped), looks[0])
    fewest = look.decimals if look.unit is Unit.CURRENCY else 0
    return look.shown(number, max(decimal_places(number), fewest)).removesuffix("%")


def _plain(number: Decimal) -> str:
    return f"{number:.{decimal_places(number)}f}"
