"""`kpi history`: read → check → rate every period → select → write, for each workbook in turn."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.all_periods import AllPeriods, all_periods
from kpi_cli.commands.ending import EXIT_CODES, ExitCode, clear_end
from kpi_cli.commands.filters import Filters
from kpi_cli.commands.opening import open_workbooks
from kpi_cli.commands.options import (
    Debug,
    Force,
    OutputFile,
    Quiet,
    ReadingOptions,
    with_groups,
)
from kpi_cli.commands.output import destination_asked
from kpi_cli.commands.selecting import SelectingRun
from kpi_cli.models import Workbook
from kpi_cli.report import rate
from kpi_cli.writing.all_periods.formats import HistoryFormat
from kpi_cli.writing.problems.lines import say_problems
from kpi_cli.writing.view import View

NOTES = f"""\b
Examples:
  kpi history sample_workbooks/southend_january_2019.xlsx
  kpi history sample_workbooks/southend_january_2019.xlsx --code "CP 3.2"
  kpi history sample_workbooks/southend_january_2019.xlsx -o history.csv

{EXIT_CODES.format(more="")}"""


@with_groups
def history(
    *,
    workbooks: Annotated[
        list[Path],
        typer.Argument(
            metavar="WORKBOOK", help="Excel workbooks (.xlsx) to read; - for standard input."
        ),
    ],
    format: Annotated[
        HistoryFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="How to write the figures; if it is not given, by the ending of the output file,"
            " or as a table.",
        ),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    reading: ReadingOptions,
    filters: Filters,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the figures of all periods as one table, each rated.

    There is a line for each indicator and period: value, target, expected outcome and direction,
    as kpi rate --month gives them. Codes that only the history has are at the end, not rated.
    """
    to = destination_asked("history", HistoryFormat, format, output, force, workbooks)
    with clear_end(debug):
        run = SelectingRun(filters.selection(), quiet)
        opened = open_workbooks(workbooks, reading.opening(debug))
        view = View(several=len(workbooks) > 1)
        write = to.format.writer()
        histories = _histories(run, opened)
        to.put(
            lambda stream: run.write(lambda shown: write(shown, stream, view), histories),
            is_wanted=run.is_wanted,
        )
        run.end(output)
    raise typer.Exit(run.exit_code)


def _histories(run: SelectingRun, workbooks: Iterable[Workbook | None]) -> Iterator[AllPeriods]:
    """Yield what is asked for of each workbook that could be read, and say what is wrong."""
    for workbook in run.readable(workbooks):
        periods = all_periods(workbook, rate(workbook))
        say_problems(periods.report, with_warnings=not run.quiet)
        if run.has_nothing(workbook) and not workbook.history:
            continue
        if periods.report.has_errors:
            run.worsen(ExitCode.DATA_ERRORS)
        report = run.selected(periods.report, periods.other_codes)
        yield periods.selected(report, run.selection)
