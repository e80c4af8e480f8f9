"""`kpi show`: read → check → rate → find the codes → write."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.commands.beside import Beside
from kpi_cli.commands.completing import codes as indicator_codes
from kpi_cli.commands.completing import offered
from kpi_cli.commands.ending import EXIT_CODES, ExitCode, clear_end
from kpi_cli.commands.opening import name_of, open_workbook
from kpi_cli.commands.options import Debug, Force, OutputFile, Quiet, RatingOptions, with_groups
from kpi_cli.commands.output import Destination, destination_asked
from kpi_cli.models import Workbook
from kpi_cli.report import rate
from kpi_cli.selection import find_codes
from kpi_cli.sentences import listed
from kpi_cli.writing.messages import say
from kpi_cli.writing.one_indicator.formats import ShowFormat
from kpi_cli.writing.problems.lines import say_problems_of
from kpi_cli.writing.view import View

NOTES = f"""\b
Examples:
  kpi show sample_workbooks/southend_january_2019.xlsx "CP 4.8"
  kpi show sample_workbooks/southend_january_2019.xlsx 4.8 "CP 1.*"
  kpi show sample_workbooks/southend_january_2019.xlsx 4.8 --format csv

{EXIT_CODES.format(more="").replace("a filter names what no workbook has", "no such code")}"""


@with_groups
def show(
    *,
    workbook: Annotated[
        Path,
        typer.Argument(
            metavar="WORKBOOK", help="The Excel workbook (.xlsx) to read; - for standard input."
        ),
    ],
    codes: Annotated[
        list[str],
        typer.Argument(
            metavar="CODE",
            autocompletion=offered(indicator_codes),
            help='The codes to show: "CP 4.8", 4.8 or "CP 4.*"; case and spaces don\'t matter.',
        ),
    ],
    format: Annotated[
        ShowFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="How to write them; if it is not given, by the ending of the output file, or as a"
            " screen for each.",
        ),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    reading: RatingOptions,
    spc: Annotated[
        bool,
        typer.Option(
            help="Say what its control chart says, and draw its limits; --no-spc does not.",
            show_default=False,
        ),
    ] = True,
    forecast: Annotated[
        bool,
        typer.Option(
            help="Say where its year will end; --no-forecast does not.", show_default=False
        ),
    ] = True,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Show all that is known of single indicators, one by one.

    It says how an indicator is, where it is heading, and whether that means anything: the rating
    with its reason, both directions, the forecast, the control chart's verdict, a plot, and the
    figures of all periods, each with what it was rated.
    """
    to = destination_asked("show", ShowFormat, format, output, force, [workbook])
    view = View(spc=spc, forecast=forecast)
    with clear_end(debug):
        period = reading.period
        opened = open_workbook(workbook, name_of(workbook), Beside(reading.opening(debug)))
        exit_code = (
            ExitCode.UNREADABLE if opened is None else _show(opened, period, codes, to, view, quiet)
        )
    raise typer.Exit(exit_code)


def _show(
    workbook: Workbook,
    period: str | None,
    codes: list[str],
    to: Destination,
    view: View,
    quiet: bool,
) -> ExitCode:
    """Show what codes name, or say which name nothing; return the exit code."""
    report = rate(workbook, period)
    found = find_codes(report, codes)
    say_problems_of(report, found.ratings, with_warnings=not quiet)
    for code, nearest in found.unknown.items():
        near = f"; is it {listed(nearest)}?" if nearest else ""
        say(f'{report.workbook}: no indicator has the code "{code}"{near}')
    for row in found.unrated:
        say(f"{report.workbook}: {row.code} is not rated, for errors in the workbook")
    if found.unknown:
        return ExitCode.USAGE
    write = to.format.writer()
    if found.ratings:
        to.put(lambda stream: write([replace(report, ratings=found.ratings)], stream, view))
    return ExitCode.DATA_ERRORS if report.has_errors else ExitCode.DONE
