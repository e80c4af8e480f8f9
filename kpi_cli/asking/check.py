"""What can be asked of `kpi check`."""

from typing import Annotated

import typer

from kpi_cli.asking.notes import EXIT_CODES
from kpi_cli.asking.options import (
    Debug,
    Force,
    MaxSize,
    OutputFile,
    ProblemsFormat,
    SheetsAsked,
    WorkbooksToCheck,
    check_force,
    max_size_asked,
    problem_format_of_file,
)
from kpi_cli.exits import clear_end

NOTES = f"""\b
Examples:
  kpi check sample_workbooks/southend_january_2019.xlsx
  kpi check sample_workbooks/southend_january_2019.xlsx --format csv -o p.csv
  kpi check --list

{EXIT_CODES.format(more=", or with --strict warnings")}"""


def _show_checks(asked: bool) -> None:
    if asked:
        with clear_end(debug=False):
            from kpi_cli.commands.output import standard_output
            from kpi_cli.writing.formats import ProblemFormat
            from kpi_cli.writing.problems.table import write_list

            write_list(standard_output(ProblemFormat.TABLE))
        raise typer.Exit


def check(
    workbooks: WorkbooksToCheck,
    format: ProblemsFormat = None,
    output: OutputFile = None,
    force: Force = False,
    sheet: SheetsAsked = None,
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
    max_size: MaxSize = None,
    debug: Debug = False,
) -> None:
    """Report everything that is wrong or odd in a workbook.

    Each problem has its cell, what was found, and what to do; they stand in the order of the
    workbook.
    """
    format = format or problem_format_of_file(output)
    check_force(force, output)
    with clear_end(debug):
        from kpi_cli.commands.check import Asked, Run
        from kpi_cli.commands.opening import Opening

        asked = Asked(
            workbooks=tuple(workbooks),
            format=format,
            output=output,
            force=force,
            strict=strict,
            opening=Opening(tuple(sheet or ()), max_size_asked(max_size), debug),
        )
        exit_code = Run(asked).go()
    raise typer.Exit(exit_code)
