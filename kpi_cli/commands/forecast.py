"""`kpi forecast`: read → check → rate → select → forecast → write, for each workbook in turn."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.commands.ending import EXIT_CODES, ExitCode, clear_end
from kpi_cli.commands.filters import Filters
from kpi_cli.commands.opening import open_workbooks
from kpi_cli.commands.options import Debug, Force, OutputFile, Quiet, ReadingOptions, with_groups
from kpi_cli.commands.output import destination_asked
from kpi_cli.commands.selecting import SelectingRun
from kpi_cli.models import Workbook
from kpi_cli.outlook import Forecasts, forecasts
from kpi_cli.report import rate
from kpi_cli.writing.forecasts.formats import ForecastFormat
from kpi_cli.writing.problems.lines import say_problems
from kpi_cli.writing.view import View

NOTES = f"""\b
Examples:
  kpi forecast sample_workbooks/southend_january_2019.xlsx
  kpi forecast sample_workbooks/southend_january_2019.xlsx --backtest
  kpi forecast sample_workbooks/southend_january_2019.xlsx -o forecast.csv

{EXIT_CODES.format(more="")}"""


@with_groups
def forecast(
    *,
    workbooks: Annotated[
        list[Path],
        typer.Argument(
            metavar="WORKBOOK", help="Excel workbooks (.xlsx) to read; - for standard input."
        ),
    ],
    format: Annotated[
        ForecastFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="How to write the forecasts; if it is not given, by the ending of the output file,"
            " or as a table.",
        ),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    reading: ReadingOptions,
    filters: Filters,
    backtest: Annotated[
        bool,
        typer.Option(
            "--backtest",
            help="Also show what such forecasts would have been worth in the years that are known,"
            " beside no change and a straight line.",
        ),
    ] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Forecast where each indicator's year ends, and how surely.

    Counts that accumulate go on along last year's profile and the target's, and at this year's
    pace; what has a level stays where it is. The range says how far such forecasts have been off.
    Where too little is known there is no forecast, and the reason is told.
    """
    to = destination_asked("forecast", ForecastFormat, format, output, force, workbooks)
    with clear_end(debug):
        run = SelectingRun(filters.selection(), quiet)
        opened = open_workbooks(workbooks, reading.opening(debug))
        view = View(several=len(workbooks) > 1, backtest=backtest)
        write = to.format.writer()
        found = _forecasts(run, opened, backtest)
        to.put(
            lambda stream: run.write(lambda shown: write(shown, stream, view), found),
            is_wanted=run.is_wanted,
        )
        run.end(output)
    raise typer.Exit(run.exit_code)


def _forecasts(
    run: SelectingRun, workbooks: Iterable[Workbook | None], with_backtest: bool
) -> Iterator[Forecasts]:
    """Yield what is asked for of each workbook that could be read, and say what is wrong."""
    for workbook in run.readable(workbooks):
        report = rate(workbook)
        say_problems(report, with_warnings=not run.quiet)
        if run.has_nothing(workbook):
            continue
        if report.has_errors:
            run.worsen(ExitCode.DATA_ERRORS)
        yield forecasts(run.selected(report), with_backtest=with_backtest)
