"""The rules: expected outcome and direction of an indicator, with the reason in one sentence.

The source of every rule is the specification of the report: sections "Expected outcome",
"Direction" and "Thresholds of an indicator's own". All amounts are exact, in display units: 67.5
for 67.5%.
"""

from collections.abc import Callable
from decimal import Decimal

from kpi_cli.amounts import EXACT, Band, Line, Target, Unit, Value, decimal_places, ends
from kpi_cli.history import Series
from kpi_cli.models import Direction, Indicator, Outcome, Polarity, Rating, Settings
from kpi_cli.periods import Period
from kpi_cli.tolerances import Allowance, amber_allowance, green_allowance, is_annual

_BETTER = {Polarity.MAXIMISE: "over", Polarity.MINIMISE: "under", Polarity.GOLDILOCKS: "inside"}
_Because = Callable[[], str]  # makes the reason for an outcome, where somebody wants it

_WORSE = {Polarity.MAXIMISE: "under", Polarity.MINIMISE: "over", Polarity.GOLDILOCKS: "outside"}


def rate_indicator(
    indicator: Indicator, settings: Settings, series: Series | None = None
) -> Rating:
    """Return the indicator's rating; the series has its figures of earlier months.

    What the series has of the same period last year goes before the column of that name.
    """
    series = series or Series(indicator.reading)
    last_year, of = _last_year(indicator, series)
    direction = direction_of(indicator.value, last_year, indicator.polarity, indicator.yardstick)
    value = indicator.value
    outcome, because = _outcome_of(indicator, value, settings, direction, last_year)
    reason = because()
    if last_year is None and (outturn := outturn_text(series, indicator)):
        reason += f"; there is no direction, as last year has only {outturn}"
    return Rating(
        indicator=indicator,
        outcome=outcome,
        direction=direction,
        last_year=last_year,
        last_year_of=of,
        reason=reason,
        series=series,
    )


def outcome_of(
    indicator: Indicator, settings: Settings, series: Series, value: Value | None = None
) -> Outcome:
    """Return the outcome of `rate_indicator`, which takes longer as it gives the reason too.

    Where a value is given, it is that of the indicator with this value in place of its own.
    """
    value, last_year = value or indicator.value, None
    if settings.improving_is_amber:  # only then it matters
        last_year, _ = _last_year(indicator, series)
    direction = direction_of(value, last_year, indicator.polarity, indicator.yardstick)
    return _outcome_of(indicator, value, settings, direction, last_year)[0]


def _last_year(indicator: Indicator, series: Series) -> tuple[Value | None, Period]:
    """Return the value to compare with, and the period that it is of.

    It is of the same period a year earlier: the history's, or the column's of that name. Of what
    doesn't add up over a year, such as a percentage, last year's outturn serves as well.
    """
    a_year_ago = indicator.period.year_before
    reading = series.at(a_year_ago)
    if reading and reading.value:
        return reading.value, a_year_ago
    if indicator.last_year:
        return indicator.last_year, a_year_ago
    year = indicator.period.financial_year.year_before
    outturn = series.at(year)
    if outturn and outturn.value and not indicator.adds_up:
        return outturn.value, year
    return None, a_year_ago


def shortfall(value: Value, target: Target, polarity: Polarity) -> Decimal:
    """Return how far the value misses its target on the bad side; not above 0 where it meets it.

    A Goldilocks target of one number is a band of no width.
    """
    low, high = ends(target)
    if polarity is Polarity.MAXIMISE:
        return EXACT.subtract(low, value.number)
    if polarity is Polarity.MINIMISE:
        return EXACT.subtract(value.number, high)
    below, above = EXACT.subtract(low, value.number), EXACT.subtract(value.number, high)
    return max(below, above, Decimal(0))


def direction_of(
    value: Value | None, last_year: Value | None, polarity: Polarity, target: Target | None
) -> Direction:
    """Return whether the value is better or worse than the same period last year.

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
    a_year_ago = rating.last_year_of.label
    if last_year is None:
        outturn = outturn_text(rating.series, indicator)
        return f"no value for {a_year_ago}{f', only {outturn}' if outturn else ''}"
    if indicator.value is None:
        return f"no value for {indicator.period.label}"
    good = {
        Polarity.MAXIMISE: "higher is better",
        Polarity.MINIMISE: "lower is better",
        Polarity.GOLDILOCKS: "closer to the band is better",
    }[indicator.polarity]
    return f"{indicator.value.text}, against {last_year.text} in {a_year_ago}; {good}"


def outturn_text(series: Series, indicator: Indicator) -> str | None:
    """Return what is known of the whole of last year, in words; None where nothing is."""
    year = indicator.period.financial_year.year_before
    reading = series.at(year)
    return f"{reading.value.text} for all of {year.label}" if reading and reading.value else None


def _outcome_of(
    indicator: Indicator,
    value: Value | None,
    settings: Settings,
    direction: Direction,
    last_year: Value | None,
) -> tuple[Outcome, _Because]:
    """Return the outcome, and what makes its reason."""
    if value is None:
        return (
            Outcome.NO_VALUE,
            lambda: f"no value for {indicator.period.label}{_said(indicator.no_value_text)}",
        )
    outcome, because = _of_value(indicator, value, settings)
    if indicator.target_in_force is None and outcome is not Outcome.NO_TARGET:
        by_lines = because
        because = lambda: f"there is no target, and {by_lines()}"  # noqa: E731
    is_no_worse = direction in (Direction.BETTER, Direction.SAME)
    if outcome is Outcome.AT_RISK and settings.improving_is_amber and is_no_worse:
        a_year_ago = last_year.text if last_year else "value"
        return (
            Outcome.SLIPPAGE,
            lambda: f"{because()}, but no worse than the {a_year_ago} of a year ago",
        )
    return outcome, because


def _of_value(indicator: Indicator, value: Value, settings: Settings) -> tuple[Outcome, _Because]:
    """Return the outcome of a value, by the first of the rules that applies.

    Lines of its own go before tolerances. Where one is missing, the target and the tolerance that
    stand for it count.
    """
    green, red, polarity = indicator.green_line, indicator.red_line, indicator.polarity
    is_good = _is_good(value, indicator)
    if red and _is_red(value, red, polarity, settings, is_good):
        at_it = ", at which it is at risk" if _is_at(value, red) else ""
        return Outcome.AT_RISK, lambda: _beside_line(value, red, "red", polarity) + at_it
    if green and is_good:
        good = "" if _is_at(value, green) else _good_side(polarity)
        return Outcome.ON_COURSE, lambda: _beside_line(value, green, "green", polarity) + good
    if green is None and (found := _by_target(indicator, value, settings)):
        return found
    if red:
        return Outcome.SLIPPAGE, lambda: _between_lines(indicator, value, red)
    return _by_tolerance(indicator, value, settings)


def _is_good(value: Value, indicator: Indicator) -> bool:
    """Whether a value reaches the green line, or the target where there is no such line."""
    line, target = indicator.green_line, indicator.target_in_force
    if line is None:
        return target is not None and shortfall(value, target, indicator.polarity) <= 0
    missed = shortfall(value, line.amount, indicator.polarity)
    return missed <= 0 and not (_is_at(value, line) and line.is_good_at_it is False)


def _is_red(
    value: Value, line: Line, polarity: Polarity, settings: Settings, is_good: bool
) -> bool:
    """Whether a value is red by a red line; at it, by what its condition or the settings say."""
    if not _is_at(value, line):
        return shortfall(value, line.amount, polarity) > 0
    if line.is_good_at_it is None:
        return settings.at_the_limit is Outcome.AT_RISK and not is_good
    return not line.is_good_at_it


def _by_target(
    indicator: Indicator, value: Value, settings: Settings
) -> tuple[Outcome, _Because] | None:
    """Return that a value meets its target, or that there is none; None where it misses it."""
    target = indicator.target_in_force
    if target is None:
        return Outcome.NO_TARGET, lambda: _without_target(indicator, value)
    missed = shortfall(value, target, indicator.polarity)
    if missed <= 0:
        good = _good_side(indicator.polarity) if missed else ""
        return Outcome.ON_COURSE, lambda: _position(indicator, value) + good
    green = green_allowance(indicator, settings)
    if missed <= green.amount:
        return Outcome.ON_COURSE, lambda: _tolerated(indicator, value, missed, green)
    return None


def _without_target(indicator: Indicator, value: Value) -> str:
    red = indicator.red_line
    own = "" if is_annual(indicator) else f" the {indicator.period.noun}, and none for"
    reason = f"no target for{own} the year{_said(indicator.no_target_text)}"
    more = f"; {_beside_line(value, red, 'red', indicator.polarity)}" if red else ""
    return reason + more


def _by_tolerance(
    indicator: Indicator, value: Value, settings: Settings
) -> tuple[Outcome, _Because]:
    """Return whether a value that isn't green slips or is at risk, where there is no red line."""
    target = indicator.yardstick
    assert target  # without any there would be no target to miss
    missed = shortfall(value, target, indicator.polarity)
    amber = amber_allowance(indicator, settings)
    is_at_amber = missed == amber.amount and settings.at_the_limit is Outcome.SLIPPAGE
    if missed <= 0:
        return Outcome.SLIPPAGE, lambda: _beside_green(indicator, value, missed)
    if missed < amber.amount or is_at_amber:
        return (
            Outcome.SLIPPAGE,
            lambda: (
                f"{_beside_green(indicator, value, missed)},"
                f" {_beside(missed, amber, indicator)} counts as slippage"
            ),
        )
    return Outcome.AT_RISK, lambda: _at_risk(indicator, value, missed, amber, settings)


def _beside_green(indicator: Indicator, value: Value, missed: Decimal) -> str:
    """Return where a value lies beside its green line, if it has one, and its target."""
    line, position = indicator.green_line, _position(indicator, value)
    if not line or not indicator.target_in_force:
        return position
    beside = _missing_green(value, line, indicator.polarity)
    return f"{beside}, {'and' if missed > 0 else 'though'} {position}"


def _said(text: str | None) -> str:
    return f': the workbook says "{text}"' if text else ""


def _at_risk(
    indicator: Indicator, value: Value, missed: Decimal, amber: Allowance, settings: Settings
) -> str:
    position = _beside_green(indicator, value, missed)
    green = None if indicator.green_line else green_allowance(indicator, settings)
    if green and amber.amount <= green.amount:  # nothing lies between green and red
        return _tolerated(indicator, value, missed, green)
    if missed == amber.amount:  # domain: at the amber tolerance is red
        figure = _figure(amber.amount, indicator)
        return f"{position}, exactly the {figure} ({amber.words}) from which it is at risk"
    return f"{position}, {_beside(missed, amber, indicator)} counts as slippage"


def _tolerated(indicator: Indicator, value: Value, missed: Decimal, green: Allowance) -> str:
    return f"{_position(indicator, value)}, {_beside(missed, green, indicator)} is tolerated"


def _is_at(value: Value, line: Line) -> bool:
    """Whether a value is exactly at a line, or at an end of it."""
    return value.number in ends(line.amount)


def _beside_line(value: Value, line: Line, colour: str, polarity: Polarity) -> str:
    """Return where a value lies: "68% is under the red line of 70% (Floor)"."""
    low, high = ends(line.amount)
    if _is_at(value, line):
        where = "at the edge of" if low < high else "exactly"
    elif polarity is Polarity.GOLDILOCKS:
        where = "inside" if low < value.number < high else "outside"
    else:
        where = "under" if value.number < low else "over"
    return f"{value.text} is {where} the {colour} line of {line.named}"


def _missing_green(value: Value, line: Line, polarity: Polarity) -> str:
    """Return where a value lies that isn't green: also exactly at a line that has to be passed."""
    beside = _beside_line(value, line, "green", polarity)
    return f"{beside}, which it has to be {_BETTER[polarity]}" if _is_at(value, line) else beside


def _between_lines(indicator: Indicator, value: Value, red: Line) -> str:
    """Return why a value is amber: it isn't green, and isn't past the red line."""
    green, polarity = indicator.green_line, indicator.polarity
    first = _missing_green(value, green, polarity) if green else _position(indicator, value)
    if not _is_at(value, red):
        return f"{first}, but not {_WORSE[polarity]} the red line of {red.named}"
    where = "at the edge of" if isinstance(red.amount, Band) else "exactly"
    return f"{first}, and {where} the red line of {red.named}, at which it counts as slippage"


def _direction(gain: Decimal) -> Direction:
    if gain == 0:
        return Direction.SAME
    return Direction.BETTER if gain > 0 else Direction.WORSE


def _position(indicator: Indicator, value: Value) -> str:
    """Return where the value lies: "0.18 percentage points over the target of 1.77%"."""
    target = indicator.yardstick
    assert target
    low, high = ends(target)
    kind = "band" if isinstance(target, Band) else "target"
    name = f"the {kind} of {target.text}"
    if indicator.target_in_force is None and indicator.green_line:
        name = f"the green line of {indicator.green_line.named}"
    elif indicator.target is None:
        none = f" (there is none for the {indicator.period.noun})"
        name = f"the annual {kind} of {target.text}{'' if is_annual(indicator) else none}"
    if low <= value.number <= high:
        return f"inside {name}" if low < high else f"exactly {name}"
    if value.number < low:
        return f"{_gap(EXACT.subtract(low, value.number), indicator)} under {name}"
    return f"{_gap(EXACT.subtract(value.number, high), indicator)} over {name}"


def _good_side(polarity: Polarity) -> str:
    """Return why it is well that a value is past its target; a band has no such side."""
    return {
        Polarity.MAXIMISE: ", and higher is better",
        Polarity.MINIMISE: ", and lower is better",
        Polarity.GOLDILOCKS: "",
    }[polarity]


def _beside(missed: Decimal, allowance: Allowance, indicator: Indicator) -> str:
    """Return how the shortfall compares with an allowance: "more than the 0.0885 (…) that"."""
    named = f"the {_figure(allowance.amount, indicator)} ({allowance.words}) that"
    return f"more than {named}" if missed > allowance.amount else f"within {named}"


def _gap(number: Decimal, indicator: Indicator) -> str:
    """Return an exact amount that lies between two others: "0.18 percentage points"."""
    figure = _figure(number, indicator)
    if indicator.value is None or indicator.value.unit is not Unit.PERCENT:
        return figure
    return f"{figure} percentage point{'s' * (number != 1)}"


def _figure(number: Decimal, indicator: Indicator) -> str:
    """Return an exact amount in the look of the value and its target, without a percent sign."""
    target = indicator.yardstick
    end = target.high if isinstance(target, Band) else target
    looks = [look for look in (indicator.value, end) if look]
    look = next((look for look in looks if look.grouped), looks[0])
    fewest = look.decimals if look.unit is Unit.CURRENCY else 0
    return look.shown(number, max(decimal_places(number), fewest)).removesuffix("%")
