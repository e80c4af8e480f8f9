"""What can be asked of `kpi schema`."""

from typing import Annotated

import typer

from kpi_cli.asking.options import (
    Debug,
    Force,
    OutputFile,
    check_force,
)
from kpi_cli.exits import clear_end
from kpi_cli.writing.outputs import Output

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
    """Show the JSON Schema of an output: its fields, what they mean, and when they are null.

    It is for those who write programs that read the output. Without OUTPUT it is that of
    kpi rate --format json.
    """
    check_force(force, output)
    with clear_end(debug):
        from kpi_cli.commands.schema import write_schema

        write_schema(output_of, output, force)
