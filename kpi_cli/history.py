"""The figures of all months: found by code and month, and an indicator's own as a series."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from kpi_cli.addresses import Place
from kpi_cli.amounts import Target, Value
from kpi_cli.names import fold
from kpi_cli.periods import Month


class Reading(NamedTuple):
    """An indicator's value and target in one month, and the row that they stand in."""

    code: str
    month: Month
    place: Place
    value: Value | None = None
    target: Target | None = None


@dataclass(frozen=True)
class Series:
    """An indicator's figures, month by month; its own row is the record of its own month."""

    own: Reading
    past: Sequence[Reading] = ()  # the history's, in its order; of its own month perhaps too

    @cached_property
    def readings(self) -> Sequence[Reading]:
        """The figures in the order of time, one reading a month, those after its own too."""
        return [self._by_month[month] for month in sorted(self._by_month)]

    @cached_property
    def _by_month(self) -> dict[Month, Reading]:
        return {reading.month: reading for reading in (*self.past, self.own)}

    def at(self, month: Month) -> Reading | None:
        """Return the figures of a month; None where there are none."""
        return self._by_month.get(month)

    def since(self, first: Month) -> list[Reading]:
        """Return the months from the first, or the first that has figures, up to its own.

        Those between that have none are there too.
        """
        known = {r.month: r for r in self.readings if first <= r.month <= self.own.month}
        if not known:
            return []
        start = min(known)
        months = (start.after(n) for n in range(self.own.month.months_after(start) + 1))
        code, _, place, *_ = self.own
        return [known.get(month) or Reading(code, month, place) for month in months]


class History:
    """The readings of a workbook, found by code and month; it never changes."""

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self.readings = tuple(readings)

    def __iter__(self) -> Iterator[Reading]:
        return iter(self.readings)

    def __getitem__(self, number: int) -> Reading:
        return self.readings[number]

    def __len__(self) -> int:
        return len(self.readings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, History) and self.readings == other.readings

    def __hash__(self) -> int:
        return hash(self.readings)

    def at(self, code: str, month: Month) -> Reading | None:
        """Return the reading of a month; None where there is none, or several that differ."""
        key = (fold(code), month)
        return None if self._differs(key) else self._index[0].get(key)

    def of(self, code: str) -> Sequence[Reading]:
        """Return an indicator's readings; of a month with several that differ there is none."""
        return self._by_code.get(fold(code), ())

    def series(self, own: Reading) -> Series:
        """Return the series of the indicator whose own row this is."""
        return Series(own, self.of(own.code))

    def contradicts(self, code: str, month: Month) -> bool:
        """Whether a month has several readings that differ, so that none can be used."""
        return self._differs((fold(code), month))

    def months(self) -> list[Month]:
        """Return the months that have a reading, in order."""
        return sorted({month for _, month in self._index[0]})

    def repeated(self) -> Iterator[tuple[list[Reading], bool]]:
        """Yield the readings of a code and month that has several, and whether they differ."""
        for readings in self._index[1].values():
            yield readings, _differ(readings)

    def _differs(self, key: tuple[str, Month]) -> bool:
        repeated = self._index[1]
        return key in repeated and _differ(repeated[key])

    @cached_property
    def _index(
        self,
    ) -> tuple[dict[tuple[str, Month], Reading], dict[tuple[str, Month], list[Reading]]]:
        """The first reading of each code and month, and all where there are several."""
        codes = {code: fold(code) for code in {reading.code for reading in self.readings}}
        firsts: dict[tuple[str, Month], Reading] = {}
        repeated: dict[tuple[str, Month], list[Reading]] = {}
        for reading in self.readings:
            key = (codes[reading.code], reading.month)
            first = firsts.setdefault(key, reading)
            if first is not reading:
                repeated.setdefault(key, [first]).append(reading)
        return firsts, repeated

    @cached_property
    def _by_code(self) -> dict[str, list[Reading]]:
        by_code: dict[str, list[Reading]] = {}
        for key, reading in self._index[0].items():
            if not self._differs(key):
                by_code.setdefault(key[0], []).append(reading)
        return by_code

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let a workbook be dumped to JSON, and loaded: as the list of the readings."""
        readings = handler.generate_schema(tuple[Reading, ...])
        loaded = core_schema.no_info_after_validator_function(cls, readings)
        return core_schema.json_or_python_schema(
            json_schema=loaded,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), loaded]),
            serialization=core_schema.plain_serializer_function_ser_schema(
                tuple, return_schema=readings
            ),
        )


def _differ(readings: list[Reading]) -> bool:
    figures = {
        tuple(amount and amount.measure for amount in (reading.value, reading.target))
        for reading in readings
    }
    return len(figures) > 1
