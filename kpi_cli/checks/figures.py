"""Checks of figures: missing, unlike those of the history, or falling where they only add up."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kpi_cli.amounts import Target, ends
from kpi_cli.checks.base import Data, Finding, IndicatorSeries, is_percent
from kpi_cli.history import Reading
from kpi_cli.models import Indicator

# Cumulative figures that are no plain counts, and may fall.
_NO_COUNT = r"(?i)%|\b(rate|ratio|average|mean|median|score|index|net|percentage|proportion)\b"


def last_year_differs(data: Data) -> Iterator[Finding]:
    """Same Month Last Year that isn't what the history has; the history counts."""
    for indicator in data.workbook.indicators:
        reading = data.history.at(indicator.code, indicator.period.year_before)
        stated = indicator.last_year
        if stated and reading and reading.value and _differ(stated, reading.value):
            yield Finding(
                indicator.place.cell("last_year"),
                f"the value of {indicator.code} last year is {stated.text} here, and"
                f" {reading.value.text} in {reading.place.cell('value')}, which counts",
                "Correct the one that is wrong.",
            )


def history_differs(data: Data) -> Iterator[Finding]:
    """A value or a target that isn't what the history has for the same period.

    The indicator's own row counts.
    """
    for indicator, *others in data.rows.values():
        if others:
            continue  # a code used twice is a problem of its own
        reading = data.history.at(indicator.code, indicator.period)
        for field in ("value", "target") if reading else ():
            here: Target | None = getattr(indicator, field)
            there: Target | None = getattr(reading, field)
            if reading and here and there and _differ(here, there):
                yield Finding(
                    indicator.place.cell(field),
                    f"the {field} of {indicator.code} for {indicator.period.label} is {here.text}"
                    f" here, which counts, and {there.text} in {reading.place.cell(field)}",
                    "Correct the one that is wrong.",
                )


def value_missing(data: Data) -> Iterator[Finding]:
    """An indicator without a value for its latest period: blank, TBC and the like."""
    for indicator in data.workbook.indicators:
        if indicator.value is None:
            said = f': the cell says "{indicator.no_value_text}"' if indicator.no_value_text else ""
            yield Finding(
                indicator.place.cell("value"),
                f"{indicator.code} has no value for {indicator.period.label}{said}",
                _known_value(data, indicator) or "Give the value as soon as it is known.",
            )


def cumulative_falls(data: Data) -> Iterator[Finding]:
    """A count or an amount of money that is cumulative, yet falls within the financial year."""
    for series in data.series:
        if not _only_grows(series.indicator):
            continue
        for earlier, later in pairwise(_with_values(series)):
            year = later.period.financial_year
            if earlier.period.financial_year == year and _falls(earlier, later):
                assert earlier.value
                assert later.value
                yield Finding(
                    later.place.cell("value"),
                    f"{series.indicator.code} is cumulative, yet falls from {earlier.value.text}"
                    f" ({earlier.period.label}) to {later.value.text} ({later.period.label}) within"
                    f" {year.label}",
                    "Correct the figure that is wrong, or say in the comment why it fell.",
                )


def _differ(amount: Target, other: Target) -> bool:
    """Whether two amounts are unlike; a percentage and a plain number are another check's."""
    return is_percent(amount) == is_percent(other) and ends(amount) != ends(other)


def _known_value(data: Data, indicator: Indicator) -> str | None:
    reading = data.history.at(indicator.code, indicator.period)
    if not reading or not reading.value:
        return None
    return f"The history has {reading.value.text}, in {reading.place.cell('value')}."


def _only_grows(indicator: Indicator) -> bool:
    basis = indicator.reporting_basis or ""
    return "cumulative" in basis.casefold() and not re.search(_NO_COUNT, indicator.short_name)


def _with_values(series: IndicatorSeries) -> list[Reading]:
    """Return the periods that have a value, but for percentages, which may well fall."""
    return [
        reading for reading in series.readings if reading.value and not is_percent(reading.value)
    ]


def _falls(earlier: Reading, later: Reading) -> bool:
    return bool(earlier.value and later.value and later.value.number < earlier.value.number)
