"""The outputs that programs read, each with its record; a new one is a line here."""

from enum import Enum
from importlib import import_module
from typing import Any


class Output(Enum):
    """An output by its name: what it is, and its record, by its module in `writing`."""

    title: str
    _record: tuple[str, str]

    RATE_JSON = (
        "rate-json",
        "kpi rate --format json: an object for one workbook, a list of them for several",
        "ratings.record",
        "ReportsRecord",
    )
    RATE_JSONL = (
        "rate-jsonl",
        "One line of kpi rate --format jsonl",
        "ratings.record",
        "LineRecord",
    )
    BATCH_JSONL = (
        "batch-jsonl",
        "One line of ratings.jsonl of kpi batch",
        "ratings.record",
        "LineRecord",
    )
    CHECK_JSON = ("check-json", "kpi check --format json", "problems.record", "ChecksRecord")

    def __new__(cls, name: str, title: str, module: str, record: str) -> "Output":
        """Make an output whose value is its name, as the command line takes it."""
        output = object.__new__(cls)
        output._value_ = name
        output.title = title
        output._record = (module, record)
        return output

    def record(self) -> Any:
        """Return the type that the output is an instance of; loaded only when it is used."""
        module, record = self._record
        return getattr(import_module(f"kpi_cli.writing.{module}"), record)
