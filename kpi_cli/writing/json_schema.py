"""What programs may rely on in an output, as JSON Schema 2020-12: made from its record."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from kpi_cli.reading.profile import Profile
from kpi_cli.writing.all_periods.record import FiguresLineRecord, HistoriesRecord
from kpi_cli.writing.changes.record import CompareRecord
from kpi_cli.writing.forecasts.record import AllForecastsRecord, OutlookLineRecord
from kpi_cli.writing.json_objects import SCHEMA_VERSION
from kpi_cli.writing.one_indicator.record import ShownRecord
from kpi_cli.writing.problems.record import ChecksRecord
from kpi_cli.writing.ratings.record import LineRecord, ReportsRecord

_OBJECTS = "an object for one workbook, a list of them for several"


@dataclass(frozen=True)
class _Kind:
    """A kind of output: its name, what it is, and the type that it is an instance of."""

    name: str
    title: str
    record: Any

    def __str__(self) -> str:
        """Return its name, by which the command line offers it."""
        return self.name


class Output(Enum):
    """An output that programs read; a new one is a line here."""

    RATE_JSON = _Kind("rate-json", f"kpi rate --format json: {_OBJECTS}", ReportsRecord)
    RATE_JSONL = _Kind("rate-jsonl", "One line of kpi rate --format jsonl", LineRecord)
    SHOW_JSON = _Kind("show-json", "kpi show --format json", ShownRecord)
    HISTORY_JSON = _Kind("history-json", f"kpi history --format json: {_OBJECTS}", HistoriesRecord)
    HISTORY_JSONL = _Kind(
        "history-jsonl", "One line of kpi history --format jsonl", FiguresLineRecord
    )
    FORECAST_JSON = _Kind(
        "forecast-json", f"kpi forecast --format json: {_OBJECTS}", AllForecastsRecord
    )
    FORECAST_JSONL = _Kind(
        "forecast-jsonl", "One line of kpi forecast --format jsonl", OutlookLineRecord
    )
    COMPARE_JSON = _Kind("compare-json", "kpi compare --format json", CompareRecord)
    BATCH_JSONL = _Kind("batch-jsonl", "One line of ratings.jsonl of kpi batch", LineRecord)
    PROFILE = _Kind("profile", "A profile (kpi.toml), as JSON would hold it", Profile)
    CHECK_JSON = _Kind("check-json", "kpi check --format json", ChecksRecord)


def schema_of(output: Output) -> dict[str, Any]:
    """Return the schema of an output, with its title and `schema_version`."""
    schema = TypeAdapter(output.value.record).json_schema(schema_generator=_Plain)
    schema.pop("title", None)  # the name of a class
    head = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": output.value.title,
        "schema_version": SCHEMA_VERSION,
    }
    definitions = schema.pop("$defs", {})
    return head | schema | {"$defs": definitions}


class _Plain(GenerateJsonSchema):
    """A schema without what repeats the field names, and without defaults: none is left out."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])
