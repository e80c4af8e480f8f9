"""The figures of all periods: found by code and period, and an indicator's own as a series."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from kpi_cli.addresses import Place
from kpi_cli.amounts import Target, Value
from kpi_cli.names import fold
from kpi_cli.periods import Month, Period


class Reading(NamedTuple):
    """An indicator's value and target in one period, and the row that they stand in."""

    code: str
    period: Period
    place: Place
    value: Value | None = None
    target: Target | None = None

    @property
    def month(self) -> Month:
        """The last month of the period."""
        return self.period.last


class Readings(tuple[Reading, ...]):
    """An indicator's readings in the history's order, found by period."""

    @cached_property
    def by_period(self) -> dict[Period, Reading]:
        """The readings by their periods: of a period with several, the last."""
        return {reading.period: reading for reading in self}


@dataclass(frozen=True)
class Series:
    """An indicator's figures, period by period; its own row is the record of its own period."""

    own: Reading
    past: Sequence[Reading] = ()  # the history's, in its order; of its own period perhaps too

    @cached_property
    def readings(self) -> Sequence[Reading]:
        """The figures in the order of time, one reading a period, those after its own too."""
        return [reading for _, reading in sorted(self._by_period.items())]

    @cached_property
    def alike(self) -> Sequence[Reading]:
        """Those of the readings whose periods are as long as its own."""
        length = self.own.period.length
        return [reading for reading in self.readings if reading.period.length == length]

    def up_to(self, period: Period) -> Sequence[Reading]:
        """Return those of the readings that are alike, up to a period."""
        alike = self.alike
        if alike[-1].period <= period:  # its own row is mostly the latest
            return alike
        return [reading for reading in alike if reading.period <= period]

    @cached_property
    def _by_period(self) -> dict[Period, Reading]:
        return self._past | {self.own.period: self.own}

    @property
    def of_history(self) -> Readings:
        """The history's figures, found by period: without its own row."""
        return self.past if isinstance(self.past, Readings) else Readings(self.past)

    @property
    def _past(self) -> dict[Period, Reading]:
        return self.of_history.by_period

    def at(self, period: Period) -> Reading | None:
        """Return the figures of a period; None where there are none."""
        return self.own if period == self.own.period else self._past.get(period)

    def since(self, first: Month) -> list[Reading]:
        """Return the periods from a first month, or the first that has figures, up to its own.

        They are as long as its own. Those between that have no figures are there too.
        """
        code, own, place, *_ = self.own
        last = first.after(own.length - 1)  # that of the period which begins with the first month
        known = {r.period: r for r in self.alike if last <= r.period.last and r.period <= own}
        if not known:
            return []
        start = min(known)
        periods = (start.after(number) for number in range(own.periods_after(start) + 1))
        return [known.get(period) or Reading(code, period, place) for period in periods]


class History:
    """The readings of a workbook, found by code and period; it never changes."""

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

    def at(self, code: str, period: Period) -> Reading | None:
        """Return the reading of a period; None where there is none, or several that differ."""
        key = (fold(code), period)
        return None if self._differs(key) else self._index[0].get(key)

    def of(self, code: str) -> Readings:
        """Return an indicator's readings; of a period with several that differ there is none."""
        return self._by_code.get(fold(code), Readings())

    def by_code(self) -> dict[str, list[Reading]]:
        """Return the first reading of each period by the code's fold, where they differ too."""
        by_code: dict[str, list[Reading]] = {}
        for (code, _), first in self._index[0].items():
            by_code.setdefault(code, []).append(first)
        return by_code

    def series(self, own: Reading) -> Series:
        """Return the series of the indicator whose own row this is."""
        return Series(own, self.of(own.code))

    def contradicts(self, code: str, period: Period) -> bool:
        """Whether a period has several readings that differ, so that none can be used."""
        return self._differs((fold(code), period))

    def periods(self) -> list[Period]:
        """Return the periods that have a reading, in order."""
        return sorted({period for _, period in self._index[0]})

    def repeated(self) -> Iterator[tuple[list[Reading], bool]]:
        """Yield the readings of a code and period that has several, and whether they differ."""
        for readings in self._index[1].values():
            yield readings, _differ(readings)

    def _differs(self, key: tuple[str, Period]) -> bool:
        repeated = self._index[1]
        return key in repeated and _differ(repeated[key])

    @cached_property
    def _index(
        self,
    ) -> tuple[dict[tuple[str, Period], Reading], dict[tuple[str, Period], list[Reading]]]:
        """The first reading of each code and period, and all where there are several."""
        codes = {code: fold(code) for code in {reading.code for reading in self.readings}}
        firsts: dict[tuple[str, Period], Reading] = {}
        repeated: dict[tuple[str, Period], list[Reading]] = {}
        for reading in self.readings:
            key = (codes[reading.code], reading.period)
            first = firsts.setdefault(key, reading)
            if first is not reading:
                repeated.setdefault(key, [first]).append(reading)
        return firsts, repeated

    @cached_property
    def _by_code(self) -> dict[str, Readings]:
        by_code = self.by_code()
        if not self._index[1]:  # as in most workbooks
            return {code: Readings(firsts) for code, firsts in by_code.items()}
        return {
            code: Readings(each for each in firsts if not self._differs((code, each.period)))
            for code, firsts in by_code.items()
        }

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
