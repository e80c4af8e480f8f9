"""The forecast of an indicator's outturn: where its year ends, how surely, and how that is rated.

How it is computed is in outturn.py; here it is brought back into the workbook's own look and rated
by the rules of the rating, at both ends of its range too. All of it is pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from kpi_cli.amounts import Band, Target, Value
from kpi_cli.forecasting.outturn import Outturn, outturn
from kpi_cli.forecasting.outturn_kinds import Kind, Refusal, basis_of, kind_of
from kpi_cli.forecasting.year_profiles import SHARE
from kpi_cli.forecasting.year_to_date import YEAR, Figures, YearToDate, figures_of, is_part_of_year
from kpi_cli.history import Series
from kpi_cli.models import Indicator, Outcome, Settings
from kpi_cli.periods import Period
from kpi_cli.rating import outcome_of
from kpi_cli.sentences import counted, some

_MOST_DECIMALS = 1  # more than the value has
_BY_BADNESS = tuple(Outcome)


@dataclass(frozen=True)
class Forecast:
    """Where an indicator's year ends, or why that is not foretold.

    Values have the look of the workbook, and are rounded to its decimals or one more: they are
    what is shown, and what is rated. The exact numbers are those of the outturn.
    """

    indicator: Indicator
    kind: Kind | None = None  # None where that could not be told
    from_period: Period | None = None  # that of the last value; None where there is none
    from_value: Value | None = None
    periods_left: int | None = None
    outturn: Outturn | None = None  # exact; None where it was refused
    value: Value | None = None
    low: Value | None = None
    high: Value | None = None
    outcome: Outcome | None = None  # NO_TARGET where there is no annual target
    outcome_low: Outcome | None = None  # of the lower end of the range, not of the worse one
    outcome_high: Outcome | None = None
    best: Outcome | None = None  # of all that the range holds; of a band it can lie inside it
    worst: Outcome | None = None
    refused: str | None = None  # the reason in one sentence; None where there is a forecast
    notes: tuple[str, ...] = ()
    share: Decimal = Decimal(SHARE.numerator) / SHARE.denominator

    @property
    def method(self) -> str | None:
        """How it was made, in words."""
        return self.outturn.method if self.outturn else None

    @property
    def past_errors(self) -> int | None:
        """How many past errors the range is from."""
        return self.outturn.past_errors if self.outturn else None

    @property
    def annual_target(self) -> Target | None:
        """What it is rated against."""
        return self.indicator.annual_target

    @property
    def year(self) -> Period:
        """The financial year whose end is forecast."""
        return self.indicator.period.financial_year

    @property
    def range_text(self) -> str | None:
        """The range as a report shows it: "5,022 to 6,028"."""
        return f"{self.low.text} to {self.high.text}" if self.low and self.high else None

    @property
    def outcome_text(self) -> str | None:
        """The outcome, with all that the range holds: "Slippage (On course to At risk)".

        It is never one outcome alone where the range holds several.
        """
        if not self.outcome or not self.best or not self.worst:
            return None
        if self.best is self.worst:
            return self.outcome.short_label
        return f"{self.outcome.short_label} ({self.best.short_label} to {self.worst.short_label})"


def forecast(
    indicator: Indicator, settings: Settings, series: Series, report: Period | None = None
) -> Forecast:
    """Return the forecast of the last period of the indicator's financial year.

    It is made from the last period of that year, up to the indicator's own, that has a value; no
    later figure of the series is used. Where the report's period is given, a value that is older
    is noted. Months, quarters and half-years are forecast by the same formulas.
    """
    period = indicator.period
    if period.length == YEAR:
        why = "its figures are of whole years, so that no part of a year tells of the rest"
        return Forecast(indicator, refused=why)
    if not is_part_of_year(period):
        what = f"{period.label} is no {period.noun} of the financial year"
        return Forecast(indicator, refused=f"{what}, which it would have to be forecast from")
    figures = figures_of(indicator, series)
    if figures.now is None:
        return Forecast(indicator, refused=f"there is no value in {figures.year.label}")
    known = figures.known_in(figures.now, figures.length)
    made = partial(
        Forecast,
        indicator,
        from_period=known.latest.period,
        from_value=known.latest.value,
        periods_left=known.left,
    )
    notes = tuple(_notes(indicator, figures, known, report))
    if not known.left:
        text = known.latest.value.text if known.latest.value else ""
        ended = f"{figures.year.label} ended with {known.latest.period.label}"
        return made(refused=f"{ended}, whose value, {text}, is the outturn", notes=notes)
    kind = kind_of(known, basis_of(indicator))
    if isinstance(kind, Refusal):
        return made(refused=kind.reason, notes=notes)
    found = outturn(known, kind)
    if isinstance(found, Refusal):
        return made(kind=kind, refused=found.reason, notes=notes)
    at_end = _at_year_end(indicator, kind, known)
    return made(
        kind=kind,
        outturn=found,
        notes=(*notes, *_lines_note(indicator, at_end)),
        **_rated(found, known, at_end, settings, series),
    )


def _notes(
    indicator: Indicator, figures: Figures, known: YearToDate, report: Period | None
) -> Iterator[str]:
    own, used = indicator.period, known.latest.period
    if used != own:
        said = f' ("{indicator.no_value_text}")' if indicator.no_value_text else ""
        yield f"{own.label} has no value{said}, so that of {used.label} counts"
    behind = own.behind(report) if report else 0
    if used == own and behind:
        older = f"{counted(behind, own.noun)} older than the report"
        yield f"the value is of {used.label}, {older}"
    for what, left_out in (("values", figures.other_units), ("targets", figures.other_targets)):
        if left_out:
            labels = [reading.period.label for reading in left_out]
            yield f"{what} in another unit are not used: those of {some(labels)}"


def _rated(
    found: Outturn, known: YearToDate, at_end: Indicator, settings: Settings, series: Series
) -> dict[str, Any]:
    """Return the values of a forecast in the workbook's look, and how they are rated."""
    look = known.latest.value
    assert look  # it is what the forecast is made from
    most_known = max([each.value.decimals for each in known.readings.values() if each.value])
    most = min(most_known, look.decimals + _MOST_DECIMALS)
    value = _value(look, *_in_look(found.value, look, most))
    ends = [_in_look(end, look, most) for end in (found.low, found.high)]
    fewest = max(decimals for _, decimals in ends)  # both have as many
    low, high = (_value(look, number, fewest) for number, _ in ends)
    outcomes = [outcome_of(at_end, settings, series, each) for each in (value, low, high)]
    inside = _better_inside(low, high, at_end)
    held = [*outcomes, *(outcome_of(at_end, settings, series, each) for each in inside)]
    by_badness = [outcome for outcome in _BY_BADNESS if outcome in held]
    return {
        "value": value,
        "low": low,
        "high": high,
        "outcome": outcomes[0],
        "outcome_low": outcomes[1],
        "outcome_high": outcomes[2],
        "best": by_badness[-1],
        "worst": by_badness[0],
    }


def _in_look(number: Fraction, look: Value, most: int) -> tuple[Decimal, int]:
    """Return a number with as many decimals as a value has, or more where those say more."""
    rounded = _rounded(number, look.decimals)
    if most == look.decimals or rounded == (exact := _rounded(number, most)):
        return rounded, look.decimals
    return exact, most


def _value(look: Value, number: Decimal, decimals: int) -> Value:
    return Value(
        number=number,
        unit=look.unit,
        decimals=decimals,
        grouped=look.grouped,
        symbol=look.symbol,
    )


def _rounded(number: Fraction, decimals: int) -> Decimal:
    """Return a number rounded half up, away from 0, as the look of a value rounds."""
    numerator, denominator = number.as_integer_ratio()
    whole = (2 * abs(numerator) * 10**decimals + denominator) // (2 * denominator)
    return Decimal(f"{'-' * (number < 0 and whole > 0)}{whole}E-{decimals}")


def _at_year_end(indicator: Indicator, kind: Kind, known: YearToDate) -> Indicator:
    """Return the indicator as it stands at the end of its year, but for the value.

    Lines of its own are drawn beside the target of its own period: they count at the year's end
    where the annual target is the same, or where there is none at all beside a level.
    """
    own, annual = indicator.target_in_force, indicator.annual_target
    is_same = annual is not None and own is not None and annual.measure == own.measure
    has_lines = is_same or (own is None and kind is Kind.LEVEL)
    return indicator.model_copy(
        update={
            **({} if has_lines else dict.fromkeys(("green_line", "red_line"))),
            "period": known.latest.period.after(known.left),
            "target": annual,
            "no_value_text": None,
            "last_year": None,
        }
    )


def _better_inside(low: Value, high: Value, at_end: Indicator) -> Iterator[Value]:
    """Yield what may be rated better than both ends of a range: the bands that lie within it."""
    amounts = (at_end.annual_target, at_end.green_line and at_end.green_line.amount)
    for band in amounts:
        if isinstance(band, Band):
            for number in (band.low.number, band.midpoint, band.high.number):
                if low.number <= number <= high.number:
                    yield replace(high, number=number)


def _lines_note(indicator: Indicator, at_end: Indicator) -> Iterator[str]:
    for name, line in indicator.lines.items():
        if not at_end.lines:
            beside = f"is beside the target of {indicator.period.label}"
            yield f"the {name} of {line.named} {beside}, and does not count at the year's end"
