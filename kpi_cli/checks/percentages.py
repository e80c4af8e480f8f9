"""Checks of percentages: those a hundred times too large, beside a share, or impossible."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.addresses import Place, position
from kpi_cli.amounts import Target, Unit, ends
from kpi_cli.checks.base import (
    AMOUNTS,
    FEW,
    Data,
    Finding,
    amounts_of,
    as_percentage,
    is_percent,
    middle,
)
from kpi_cli.history import Reading
from kpi_cli.models import Indicator
from kpi_cli.periods import noun_of

_HUNDREDFOLD = (30, 300)  # times another figure: what is meant is likely a hundredth
_WHOLE = Decimal(100)
_SHARE_HINT = "Give both as percentages, such as 67.5%."
_FAR = 20  # times a share: less than that may be two percentages, such as 0.5 and 5
_SAYS_PERCENT = r"(?i)(%|\bper ?cent\b|\bpercentages?\b|\bproportion\b)(?! ?points?\b)"
# Names of a part of a whole, and words of what may be over 100% or below nothing all the same.
_PART = r"(?i)(?<!as )(?<!as a )(%|percentage|proportion)(?! point)"
_NO_PART = (
    r"(?i)change|growth|increase|decrease|reduc|varia|differen|budget|target|forecast|plan\b|planned"
    r"|capacity|yield|return on|inflation|occupan|ratio\b"
)


def percentage_hundredfold(data: Data) -> Iterator[Finding]:
    """A percentage about a hundred times its target or value, such as 6750% beside 88.7%.

    A plain 67.5 in a cell with a percent format is one. So is a plain 62 beside a share such as
    0.95, where the name or the heading says that they are percentages.
    """
    for figure in _percentages(data):
        if beside := _outgrown(figure):
            likely = as_percentage(figure.amount, Decimal("0.01"))
            yield Finding(
                figure.cell,
                f"{figure.name} is {figure.amount.text}, beside {beside.text}: it counts as"
                f" {figure.amount.text}, and may mean {likely}",
                f"If {likely} is meant, type it with its percent sign.",
            )
    for indicator in data.workbook.indicators:
        yield from _share_in_row(indicator, data)
    for indicator, readings in data.past():
        yield from _shares_in_history(indicator, readings, data)


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
        yield from _odd(indicator, indicator.place, indicator.code, amounts_of(indicator))
    for indicator, readings in data.past():
        for reading in readings:
            if not _is_odd(reading.value) and not _is_odd(reading.target):
                continue
            amounts = {"value": reading.value, "target": reading.target}
            name = f"{indicator.code} for {reading.period.label}"
            beside = amounts_of(indicator).values()
            yield from _odd(indicator, reading.place, name, amounts, beside)


def _is_odd(amount: Target | None) -> bool:
    if amount is None or amount.unit is not Unit.PERCENT:
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
            what = f"the {AMOUNTS[field]} of {name}"
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


def _share_in_row(indicator: Indicator, data: Data) -> Iterator[Finding]:
    value = indicator.value
    for key, other in amounts_of(indicator).items():
        if not value or not other or not _is_share_beside(value, other):
            continue
        if _says_percent(indicator, key, data):
            yield Finding(
                indicator.place.cell("value"),
                f"the value of {indicator.code} is {value.text}, and the {AMOUNTS[key]} is"
                f" {other.text}: {_as_share(value, other)}",
                _SHARE_HINT,
            )
            return


def _shares_in_history(
    indicator: Indicator, readings: Sequence[Reading], data: Data
) -> Iterator[Finding]:
    """Yield the periods whose value is a share beside a percentage, of its own or of the row."""
    if not _says_percent(indicator, "value", data):
        return
    odd = [
        (reading, reading.value, other)
        for reading in readings
        if reading.value and (other := _beside_share(reading, indicator))
    ]
    if not odd:
        return
    nouns = f"{noun_of(reading.period for reading, *_ in odd)}s"
    others = f" (and so are {len(odd) - 1} other {nouns})" if len(odd) > FEW else ""
    for reading, value, other in odd if len(odd) <= FEW else odd[:1]:
        yield Finding(
            reading.place.cell("value"),
            f"the value of {indicator.code} for {reading.period.label} is {value.text}{others},"
            f" beside {other.text}: {_as_share(value, other)}",
            _SHARE_HINT,
        )


def _beside_share(reading: Reading, indicator: Indicator) -> Target | None:
    """Return the amount beside a reading's value where one of the two is a share."""
    beside = (reading.target, indicator.value)
    return next((other for other in beside if _is_share_beside(reading.value, other)), None)


def _is_share_beside(amount: Target | None, other: Target | None) -> bool:
    """Whether of two plain numbers one may be a share, and the other a percentage."""
    if not amount or not other or not amount.unit is other.unit is Unit.NUMBER:
        return False
    share, percentage = sorted((amount, other), key=middle)
    return (
        all(0 < end < 1 for end in ends(share))
        and all(1 < end <= _WHOLE for end in ends(percentage))
        and middle(percentage) >= _FAR * middle(share)
    )


def _as_share(amount: Target, other: Target) -> str:
    """Return in words what the smaller of two amounts may be, and what the larger is then."""
    share, percentage = sorted((amount, other), key=middle)
    return (
        f"they are compared as they stand, and {share.text} may be a share"
        f" ({as_percentage(share, _WHOLE)}), {percentage.text} a percentage"
    )


def _says_percent(indicator: Indicator, key: str, data: Data) -> bool:
    """Whether the name, or the heading of the value or of another amount, says "%"."""
    headings = (_heading(indicator.place, each, data) for each in ("value", key))
    return any(re.search(_SAYS_PERCENT, text) for text in (indicator.short_name, *headings))


def _heading(place: Place, key: str, data: Data) -> str:
    """Return the heading that was taken for a field, or "": that above the cell, in its sheet."""
    at = place.position(key)
    for table in data.workbook.read_as:
        heading, _, cell = table.fields.get(key, "").rpartition('" in ')
        above = position(cell)
        if (above.sheet, above.column) == (at.sheet, at.column) and above.row < at.row:
            return heading
    return ""
