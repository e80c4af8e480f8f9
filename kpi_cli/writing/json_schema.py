"""What programs may rely on in an output, as JSON Schema 2020-12: made from its record."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from kpi_cli.writing.problems.record import ChecksRecord
from kpi_cli.writing.ratings.record import SCHEMA_VERSION, LineRecord, ReportsRecord

_RATE_JSON = "kpi rate --format json: an object for one workbook, a list of them for several"


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

    RATE_JSON = _Kind("rate-json", _RATE_JSON, ReportsRecord)
    RATE_JSONL = _Kind("rate-jsonl", "One line of kpi rate --format jsonl", LineRecord)
    BATCH_JSONL = _Kind("batch-jsonl", "One line of ratings.jsonl of kpi batch", LineRecord)
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
