"""`kpi schema`: the shape of an output, to the screen or into a file."""

import json
from pathlib import Path

from kpi_cli.commands.output import standard_output
from kpi_cli.writing.files import write_whole
from kpi_cli.writing.formats import Format
from kpi_cli.writing.outputs import Output
from kpi_cli.writing.schema import schema_of


def write_schema(output: Output, file: Path | None, force: bool) -> None:
    """Write the JSON Schema of an output; raises OutputError where it can't be written."""
    text = json.dumps(schema_of(output), indent=2) + "\n"
    if file:
        write_whole(file, text.encode(), force)
    else:
        standard_output(Format.JSON).write(text)
