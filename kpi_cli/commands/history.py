"""`kpi history`: read → check → rate every period → select → write, for each workbook in turn."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.all_periods import AllPeriods, all_periods
from kpi_cli.commands.ending import EXIT_CODES, ExitCode, clear_end
from kpi_cli.commands.filters import Aims, Codes, Committees, OUs, selection_of
from kpi_cli.commands.opening import open_workbooks
from kpi_cli.commands.options import (
    Debug,
    DefinitionsAsked,
    Force,
    MaxSize,
    NoProfile,
    OutputFile,
    PeriodAsked,
    PolarityAsked,
    ProfileAsked,
    Quiet,
    SheetsAsked,
    check_force,
    format_of_file,
    opening_asked,
)
from kpi_cli.commands.output import Destination
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


def history(
    workbooks: Annotated[
        list[Path], typer.Argument(metavar="WORKBOOK", help="Excel workbooks (.xlsx) to read.")
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
    sheet: SheetsAsked = None,
    month: PeriodAsked = None,
    polarity: PolarityAsked = None,
    definitions: DefinitionsAsked = None,
    profile: ProfileAsked = None,
    no_profile: NoProfile = False,
    committee: Committees = None,
    aim: Aims = None,
    ou: OUs = None,
    code: Codes = None,
    max_size: MaxSize = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the figures of all periods as one long table, each rated as it was then.

    There is a line for each indicator and period: value, target, expected outcome and direction,
    as kpi rate --month gives them. Codes that only the history has are at the end, not rated.
    """
    formats = [each.value for each in HistoryFormat]
    written = format.value if format else format_of_file(output, formats, "history")
    check_force(force, output)
    with clear_end(debug):
        run = SelectingRun(selection_of(committee, aim, ou, code), quiet)
        opened = open_workbooks(
            workbooks,
            opening_asked(
                sheet=sheet,
                max_size=max_size,
                debug=debug,
                month=month,
                polarity=polarity,
                profile=profile,
                no_profile=no_profile,
                definitions=definitions,
            ),
        )
        view = View(several=len(workbooks) > 1)
        write = written.writer()
        Destination(written, output, force, workbooks).put(
            lambda stream: write(_histories(run, opened), stream, view), is_wanted=run.is_wanted
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
