"""`kpi schema`: the shape of an output, to the screen or into a file."""

import json
from typing import Annotated

import typer

from kpi_cli.commands.ending import clear_end
from kpi_cli.commands.options import Debug, Force, OutputFile
from kpi_cli.commands.output import Destination, check_force
from kpi_cli.writing.json_schema import Output, schema_of
from kpi_cli.writing.ratings.formats import RatingsFormat

NOTES = """\b
Examples:
  kpi schema
  kpi schema rate-jsonl -o line.schema.json

\b
Exit codes:
  0  done
  2  wrong usage
  4  the output could not be written"""


def schema(
    output_of: Annotated[
        Output,
        typer.Argument(metavar="OUTPUT", help="Of what to show the schema."),
    ] = Output.RATE_JSON,
    output: OutputFile = None,
    force: Force = False,
    debug: Debug = False,
) -> None:
    """Show the JSON Schema of an output: what each field means.

    It is for those who write programs that read the output. Without OUTPUT it is that of
    kpi rate --format json.
    """
    check_force(force, output)
    if output and output.suffix.lower() not in ("", ".json"):
        message = f"kpi schema writes no {output.suffix} files; end its name in .json"
        raise typer.BadParameter(message, param_hint="--output")
    with clear_end(debug):
        text = json.dumps(schema_of(output_of), indent=2) + "\n"
        Destination(RatingsFormat.JSON.value, output, force).put(lambda stream: stream.write(text))
