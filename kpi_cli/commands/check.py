"""`kpi check`: read → check → write, for each workbook in turn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.commands.ending import EXIT_CODES, ExitCode, clear_end
from kpi_cli.commands.opening import open_workbooks
from kpi_cli.commands.options import (
    Debug,
    Force,
    OutputFile,
    ReadingOptions,
    with_groups,
)
from kpi_cli.commands.output import destination_asked, standard_output
from kpi_cli.models import Severity, Workbook
from kpi_cli.report import check as check_workbook
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.problems.formats import LIST_OF_CHECKS, ProblemsFormat

NOTES = f"""\b
Examples:
  kpi check sample_workbooks/southend_january_2019.xlsx
  kpi check sample_workbooks/southend_january_2019.xlsx --format csv -o p.csv
  kpi check --list

{EXIT_CODES.format(more=", or with --strict warnings")}"""


def _show_checks(asked: bool) -> None:
    if asked:
        with clear_end(debug=False):
            write_list = LIST_OF_CHECKS.writer()
            write_list(standard_output(LIST_OF_CHECKS))
        raise typer.Exit


@with_groups
def check(
    *,
    workbooks: Annotated[
        list[Path],
        typer.Argument(
            metavar="WORKBOOK", help="Excel workbooks (.xlsx) to check; - for standard input."
        ),
    ],
    format: Annotated[
        ProblemsFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="How to write the problems; if it is not given, by the ending of the output file,"
            " or as a table.",
        ),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    reading: ReadingOptions,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if there are warnings, too.")
    ] = False,
    show_list: Annotated[
        bool,
        typer.Option(
            "--list",
            help="Show what is checked, and check nothing.",
            callback=_show_checks,
            is_eager=True,
        ),
    ] = False,
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet",
            "-q",
            help="Show only what makes the exit code other than 0: errors, with --strict warnings"
            " too, and nothing of a workbook that has none. A file, JSON and CSV are whole all the"
            " same.",
        ),
    ] = False,
    debug: Debug = False,
) -> None:
    """Report everything that is wrong or odd in a workbook.

    Each problem has its cell, what was found, and what to do; they stand in the order of the
    workbook.
    """
    to = destination_asked("check", ProblemsFormat, format, output, force, workbooks)
    with clear_end(debug):
        run = _Run(strict)
        checked = run.checked(open_workbooks(workbooks, reading.opening(debug)))
        if quiet and not output and to.format.is_for_people:
            checked = run.failing(checked)
        write = to.format.writer()
        to.put(lambda stream: write(checked, stream), is_wanted=lambda: run.has_read)
    raise typer.Exit(run.exit_code)


@dataclass
class _Run:
    """A run over workbooks: one that can't be read doesn't stop the rest."""

    strict: bool  # warnings count as errors do
    exit_code: ExitCode = ExitCode.DONE
    has_read: bool = False

    def checked(self, workbooks: Iterable[Workbook | None]) -> Iterator[Checked]:
        """Yield what is wrong in each workbook that could be read."""
        for workbook in workbooks:
            if workbook is None:
                self._worsen(ExitCode.UNREADABLE)
                continue
            self.has_read = True
            rows = len(workbook.indicators) + len(workbook.unrated)
            problems = tuple(check_workbook(workbook))
            checked = Checked(workbook.name, rows, problems, workbook.read_as)
            if checked.errors or (self.strict and checked.problems):
                self._worsen(ExitCode.DATA_ERRORS)
            yield checked

    def failing(self, workbooks: Iterable[Checked]) -> Iterator[Checked]:
        """Yield the workbooks that fail, with those of their problems for which they do."""
        for checked in workbooks:
            problems = tuple(
                problem
                for problem in checked.problems
                if self.strict or problem.severity is Severity.ERROR
            )
            if problems:
                yield replace(checked, problems=problems, read_as=())

    def _worsen(self, exit_code: ExitCode) -> None:
        self.exit_code = max(self.exit_code, exit_code)
