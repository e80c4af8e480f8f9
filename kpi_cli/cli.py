"""The command line: its commands, and what it says of itself.

Libraries are loaded when a command needs them.
"""

from typing import Annotated

import typer

from kpi_cli import __version__
from kpi_cli.asking import batch, check, exceptions, new, rate, schema

app = typer.Typer(
    name="kpi",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"kpi {__version__}")
        raise typer.Exit


@app.callback(
    epilog="\b\nExample:\n  kpi rate sample_workbooks/southend_january_2019.xlsx --explain"
)
def kpi(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Rate performance indicators kept in a workbook, and say why each is rated so."""


app.command(epilog=new.NOTES)(new.new)
app.command(epilog=check.NOTES)(check.check)
app.command(epilog=rate.NOTES)(rate.rate)
app.command(epilog=exceptions.NOTES)(exceptions.exceptions)
app.command(epilog=batch.NOTES)(batch.batch)
app.command(epilog=schema.NOTES)(schema.schema)
