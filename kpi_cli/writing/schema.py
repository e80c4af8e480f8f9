"""What programs may rely on in an output, as JSON Schema 2020-12: made from its record."""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from kpi_cli.writing.outputs import Output
from kpi_cli.writing.ratings.record import SCHEMA_VERSION


def schema_of(output: Output) -> dict[str, Any]:
    """Return the schema of an output, with its title and `schema_version`."""
    schema = TypeAdapter(output.record()).json_schema(schema_generator=_Plain)
    schema.pop("title", None)  # the name of a class
    head = {
        "$schema": GenerateJsonSchema.schema_dialect,
        "title": output.title,
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
