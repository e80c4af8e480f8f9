"""Checks of percentages: those beside plain numbers, a hundred times too large, or impossible."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.addresses import Place
from kpi_cli.amounts import Line, Target, ends
from kpi_cli.checks.base import Data, Finding, is_percent, middle
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.history import Reading
from kpi_cli.models import Indicator
from kpi_cli.periods import noun_of

_FEW = 3  # more months than these are one problem
_HUNDREDFOLD = (30, 300)  # times another figure: what is meant is likely a hundredth
_WHOLE = Decimal(100)
_HINT = "Show both as percentages, or neither."
_FIELDS = {
    **{k: f.name for k, f in INDICATOR_FIELDS.items() if f.kind.is_amount},
    "green_line": "green line",
    "red_line": "red line",
}
# Names of a part of a whole, and words of what may be over 100% or below nothing all the same.
_PART = r"(?i)(?<!as )(?<!as a )(%|percentage|proportion)(?! point)"
_NO_PART = (
    r"(?i)change|growth|increase|decrease|reduc|varia|differen|budget|target|forecast|plan\b|planned"
    r"|capacity|yield|return on|inflation|occupan|ratio\b"
)


def units_mixed(data: Data) -> Iterator[Finding]:
    """A percentage beside a target or values of other periods that are plain numbers.

    They are rated as they stand, and 0.675 is not 67.5%; both readings are shown.
    """
    for indicator in data.workbook.indicators:
        yield from _mixed_in_row(indicator)
    for indicator, readings in data.past():
        yield from _mixed_in_history(indicator, readings)


def percentage_hundredfold(data: Data) -> Iterator[Finding]:
    """A percentage about a hundred times its target or value, such as 6750% beside 88.7%.

    A plain 67.5 in a cell with a percent format is one.
    """
    for figure in _percentages(data):
        if beside := _outgrown(figure):
            likely = _as_percentage(figure.amount, Decimal("0.01"))
            yield Finding(
                figure.cell,
                f"{figure.name} is {figure.amount.text}, beside {beside.text}: it counts as"
                f" {figure.amount.text}, and may mean {likely}",
                f"If {likely} is meant, type it with its percent sign.",
            )


def percentage_impossible(data: Data) -> Iterator[Finding]:
    """A percentage over 100% or below 0%, where the name says that it is a part of a whole.

    Such names are "Percentage of …", "% of …" and "Proportion of …".
    """
    for figure in _percentages(data):
        if _is_part(figure.indicator) and not _outgrown(figure):
            yield Finding(
                figure.cell,
                f"{figure.name} is {figure.amount.text}, and no part of a whole is over 100% or"
                " below 0%",
                "Correct the figure, or the name if it isn't about a part of a whole.",
            )


class _Figure(NamedTuple):
    """A percentage below nothing or over 100, with the amounts that it can be held against."""

    indicator: Indicator
    cell: str
    name: str
    amount: Target
    others: Sequence[Target]


def _percentages(data: Data) -> Iterator[_Figure]:
    """Yield every percentage below nothing or over 100: the only ones that these checks doubt."""
    for indicator in data.workbook.indicators:
        yield from _odd(indicator, indicator.place, indicator.code, _row_amounts(indicator))
    for indicator, readings in data.past():
        for reading in readings:
            if not _is_odd(reading.value) and not _is_odd(reading.target):
                continue
            amounts = {"value": reading.value, "target": reading.target}
            name = f"{indicator.code} for {reading.period.label}"
            beside = _row_amounts(indicator).values()
            yield from _odd(indicator, reading.place, name, amounts, beside)


def _row_amounts(indicator: Indicator) -> dict[str, Target | None]:
    return {field: _amount(indicator, field) for field in _FIELDS}


def _amount(indicator: Indicator, field: str) -> Target | None:
    held: Target | Line | None = getattr(indicator, field)
    return held.amount if isinstance(held, Line) else held


def _is_odd(amount: Target | None) -> bool:
    if amount is None or not is_percent(amount):
        return False
    low, high = ends(amount)
    return low < 0 or high > _WHOLE


def _odd(
    indicator: Indicator,
    place: Place,
    name: str,
    amounts: Mapping[str, Target | None],
    beside: Iterable[Target | None] = (),
) -> Iterator[_Figure]:
    for field, amount in amounts.items():
        if amount and _is_odd(amount):
            others = [other for key, other in amounts.items() if other and key != field]
            others += [other for other in beside if other]
            what = f"the {_FIELDS[field]} of {name}"
            yield _Figure(indicator, place.cell(field), what, amount, others)


def _outgrown(figure: _Figure) -> Target | None:
    """Return the other percentage that this one is about a hundred times of, if there is one."""
    fewest, most = _HUNDREDFOLD
    for other in figure.others:
        if is_percent(other) and fewest * middle(other) <= middle(figure.amount) <= (
            most * middle(other)
        ):
            return other
    return None


def _is_part(indicator: Indicator) -> bool:
    name = indicator.short_name
    return bool(re.search(_PART, name)) and not re.search(_NO_PART, name)


def _mixed_in_row(indicator: Indicator) -> Iterator[Finding]:
    value = indicator.value
    for field in _FIELDS:
        other = _amount(indicator, field)
        if value and other and is_percent(value) != is_percent(other):
            yield Finding(
                indicator.place.cell("value"),
                f"the value of {indicator.code} is {value.text}, and the {_FIELDS[field]} is"
                f" {other.text}: {_readings(value, other)}",
                _HINT,
            )
            return


def _mixed_in_history(indicator: Indicator, readings: Sequence[Reading]) -> Iterator[Finding]:
    """Yield the periods whose values are percentages though the usual one isn't, or vice versa."""
    usual = _usual(indicator, readings)
    odd = [r for r in readings if r.value and usual and is_percent(r.value) != is_percent(usual)]
    for reading in odd if len(odd) <= _FEW else odd[:1]:
        assert reading.value
        assert usual
        nouns = f"{noun_of(each.period for each in odd)}s"
        others = f" (and so are {len(odd) - 1} other {nouns})" if len(odd) > _FEW else ""
        yield Finding(
            reading.place.cell("value"),
            f"the value of {indicator.code} for {reading.period.label} is {reading.value.text}"
            f"{others}, and the usual one is like {usual.text}: {_readings(reading.value, usual)}",
            _HINT,
        )


def _usual(indicator: Indicator, readings: Sequence[Reading]) -> Target | None:
    """Return an amount of the unit that an indicator has: its row's, or most of its history's.

    Where the row itself mixes units, the history decides.
    """
    amounts = (indicator.value, indicator.target, indicator.annual_target)
    own = [amount for amount in amounts if amount]
    values = [reading.value for reading in readings if reading.value]
    if own and len({is_percent(amount) for amount in own}) == 1:
        return own[0]
    percents = [value for value in values if is_percent(value)]
    numbers = [value for value in values if not is_percent(value)]
    return next(iter(percents if len(percents) >= len(numbers) else numbers), None)


def _readings(amount: Target, other: Target) -> str:
    """Return in words as what the plain number of the two is rated, and what it may mean."""
    plain, percent = (other, amount) if is_percent(amount) else (amount, other)
    counts = f"{plain.text} counts as {_as_percentage(plain)}"
    as_fraction, as_it_stands = middle(plain) * 100, middle(plain)
    if abs(as_fraction - middle(percent)) < abs(as_it_stands - middle(percent)):
        return f"{counts}, and may mean {_as_percentage(plain, Decimal(100))}"
    return counts


def _as_percentage(amount: Target, times: Decimal = Decimal(1)) -> str:
    """Return an amount times a factor as a percentage: "67.5%", or "38%-48%" for a band."""
    texts = (f"{(end * times).normalize():f}%" for end in ends(amount))
    return "-".join(dict.fromkeys(texts))
