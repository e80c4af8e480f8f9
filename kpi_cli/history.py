"""What the history says: of the same month last year, and of the report as it stood earlier."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kpi_cli.models import Indicator, Reading, Settings, Target, Value
from kpi_cli.names import fold
from kpi_cli.periods import Month


class History:
    """The readings of a workbook, found by code and month."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        codes = {code: fold(code) for code in {reading.code for reading in readings}}
        self._first: dict[tuple[str, Month], Reading] = {}
        self._repeated: dict[tuple[str, Month], list[Reading]] = {}
        for reading in readings:
            key = (codes[reading.code], reading.month)
            first = self._first.setdefault(key, reading)
            if first is not reading:
                self._repeated.setdefault(key, [first]).append(reading)

    def at(self, code: str, month: Month) -> Reading | None:
        """Return the reading of a month; None where there is none, or several that differ."""
        key = (fold(code), month)
        return None if self._differs(key) else self._first.get(key)

    def of(self, code: str) -> Sequence[Reading]:
        """Return an indicator's readings; of a month with several that differ there is none."""
        return self._by_code.get(fold(code), ())

    def contradicts(self, code: str, month: Month) -> bool:
        """Whether a month has several readings that differ, so that none can be used."""
        return self._differs((fold(code), month))

    def _differs(self, key: tuple[str, Month]) -> bool:
        return key in self._repeated and _differ(self._repeated[key])

    @cached_property
    def _by_code(self) -> dict[str, list[Reading]]:
        by_code: dict[str, list[Reading]] = {}
        for key, reading in self._first.items():
            if not self._differs(key):
                by_code.setdefault(key[0], []).append(reading)
        return by_code

    def months(self) -> list[Month]:
        """Return the months that have a reading, in order."""
        return sorted({month for _, month in self._first})

    def repeated(self) -> Iterator[tuple[list[Reading], bool]]:
        """Yield the readings of a code and month that has several, and whether they differ."""
        for readings in self._repeated.values():
            yield readings, _differ(readings)


def _differ(readings: list[Reading]) -> bool:
    figures = {
        tuple(amount and amount.measure for amount in (reading.value, reading.target))
        for reading in readings
    }
    return len(figures) > 1


@dataclass(frozen=True)
class Point:
    """The figures of one month; None where there are none."""

    month: Month
    value: Value | None
    target: Target | None


def series_of(indicator: Indicator, history: History, settings: Settings) -> list[Point]:
    """Return an indicator's months up to its latest, from the start of the year before its own.

    Months at the start that have neither value nor target are left out, later ones are not. The
    row of the indicator is the record of its own month.
    """
    year_end = indicator.month.last_of_financial_year(settings.financial_year_starts)
    points = []
    for months in range(-23, 1):
        month = year_end.after(months)
        reading = history.at(indicator.code, month)
        if month > indicator.month:
            break
        if month == indicator.month:
            points.append(Point(month, indicator.value, indicator.target))
        elif reading:
            points.append(Point(month, reading.value, reading.target))
        elif points:
            points.append(Point(month, None, None))
    return points


def as_it_stood(
    indicator: Indicator, month: Month, history: History, settings: Settings
) -> Indicator:
    """Return the indicator with the figures of an earlier month.

    They are the history's, with the target of the financial year's last month as the annual
    target (the month's own where there is none). The row of the indicator is the record of its
    own month. Comment and published rating belong to that month, and to no other. Raises
    ValueError where the history's target does not go with the polarity.
    """
    if month == indicator.month:
        return indicator
    reading = history.at(indicator.code, month)
    year_end = history.at(
        indicator.code, month.last_of_financial_year(settings.financial_year_starts)
    )
    target = reading.target if reading else None
    return Indicator.model_validate(
        {
            **dict(indicator),
            "month": month,
            "value": reading.value if reading else None,
            "no_value_text": None,
            "target": target,
            "annual_target": (year_end and year_end.target) or target,
            "last_year": None,
            "published_outcome": None,
            "published_direction": None,
            "comment": None,
            "place": reading.place if reading else indicator.place,
        }
    )
