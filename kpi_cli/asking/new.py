"""What can be asked of `kpi new`."""

from typing import Annotated

import typer

from kpi_cli.asking.options import (
    Debug,
    Force,
    NewWorkbook,
    first_month_asked,
)
from kpi_cli.exits import clear_end

NOTES = """\b
Examples:
  kpi new indicators.xlsx
  kpi new indicators.xlsx --organisation "Example Borough Council"

\b
Exit codes:
  0  done
  2  wrong usage
  4  the workbook could not be written"""


def new(
    file: NewWorkbook,
    force: Force = False,
    organisation: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="The organisation that stands above its reports."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The title of its reports.")
    ] = None,
    year_starts: Annotated[
        str,
        typer.Option(
            metavar="MONTH",
            show_default=False,
            help="The month that its financial year starts with; April, if it is not given.",
        ),
    ] = "April",
    debug: Debug = False,
) -> None:
    """Write an empty workbook to fill in.

    It has the sheets Indicators, History and Settings, with a note on every heading, drop-downs
    where the answers are fixed, and an example to type over or delete.
    """
    if file.suffix.lower() != ".xlsx":
        message = f'"{file}" is no .xlsx file; give one to write, such as indicators.xlsx'
        raise typer.BadParameter(message, param_hint="FILE")
    with clear_end(debug):
        from kpi_cli.commands.new import write_new
        from kpi_cli.models import Settings

        settings = Settings(
            organisation=organisation,
            report_title=title,
            financial_year_starts=first_month_asked(year_starts),
        )
        exit_code = write_new(file, settings, force)
    raise typer.Exit(exit_code)
