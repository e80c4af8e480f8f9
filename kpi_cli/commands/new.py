"""`kpi new`: an empty workbook to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.clock import time_now
from kpi_cli.commands.ending import clear_end
from kpi_cli.commands.options import Debug, Force, Quiet
from kpi_cli.models import Settings
from kpi_cli.periods import month_number
from kpi_cli.writing.files import write_whole
from kpi_cli.writing.messages import shown
from kpi_cli.writing.template.document import new_workbook
from kpi_cli.writing.template.rhythm import Rhythm

NOTES = """\b
Examples:
  kpi new indicators.xlsx
  kpi new indicators.xlsx --periods quarterly
  kpi new indicators.xlsx --organisation "Example Borough Council"

\b
Exit codes:
  0  done
  2  wrong usage
  4  the workbook could not be written"""


def new(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The Excel workbook (.xlsx) to write.")
    ],
    force: Force = False,
    periods: Annotated[
        Rhythm,
        typer.Option(
            help="How often its figures are reported: monthly, quarterly, half-yearly or yearly.",
        ),
    ] = Rhythm.MONTHLY,
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
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write an empty workbook to fill in.

    It has the sheets Indicators, History, Settings and Aims, with a note on every heading,
    drop-downs where the answers are fixed, and an example to type over or delete.
    """
    if file.suffix.lower() != ".xlsx":
        message = f'"{file}" is no .xlsx file; give one to write, such as indicators.xlsx'
        raise typer.BadParameter(message, param_hint="FILE")
    with clear_end(debug):
        settings = Settings(
            organisation=organisation,
            report_title=title,
            financial_year_starts=_first_month_asked(year_starts),
        )
        write_whole(file, new_workbook(settings, time_now(), periods), force)
        if not quiet:
            asked = f'"{file}"' if " " in str(file) else file
            print(shown(f"Wrote {file}; fill it in, then: kpi check {asked}"))


def _first_month_asked(text: str) -> int:
    """Return the number of the month that a text names; raises BadParameter where it names none."""
    number = month_number(text)
    if number is None:
        message = f'"{text}" is no month; write its name, such as April'
        raise typer.BadParameter(message, param_hint="--year-starts")
    return number
