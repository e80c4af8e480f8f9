"""What can be asked of `kpi rate`."""

from typing import Annotated

import typer

from kpi_cli.asking.notes import EXIT_CODES
from kpi_cli.asking.options import (
    Aims,
    Codes,
    Committees,
    Debug,
    Force,
    MaxSize,
    MonthAsked,
    OUs,
    OutputFile,
    OutputFormat,
    Quiet,
    SheetsAsked,
    Workbooks,
    check_force,
    format_of_file,
    max_size_asked,
    month_asked,
    selection_of,
)
from kpi_cli.exits import clear_end
from kpi_cli.failing import FailOn
from kpi_cli.writing.formats import Format

NOTES = f"""\b
Examples:
  kpi rate sample_workbooks/southend_january_2019.xlsx
  kpi rate sample_workbooks/southend_january_2019.xlsx --outcome red --explain
  kpi rate sample_workbooks/southend_january_2019.xlsx --month 2018-10
  kpi rate sample_workbooks/southend_january_2019.xlsx --format csv -o r.csv

{EXIT_CODES.format(more=", or --fail-on was met")}"""


def rate(
    workbooks: Workbooks,
    format: OutputFormat = None,
    output: OutputFile = None,
    force: Force = False,
    sheet: SheetsAsked = None,
    month: MonthAsked = None,
    committee: Committees = None,
    aim: Aims = None,
    ou: OUs = None,
    code: Codes = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTCOME", help='Only this expected outcome: red, amber, green, "no value" …'
        ),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the reason under each indicator.")
    ] = False,
    compare_published: Annotated[
        bool,
        typer.Option(
            "--compare-published",
            help="Also list where the ratings differ from those published in the workbook.",
        ),
    ] = False,
    fail_on: Annotated[
        list[FailOn] | None,
        typer.Option(
            metavar="WHAT",
            help="Exit with 1 if any indicator shown is: red, amber (or red), no-value, no-target,"
            " worse; or if there is a: difference (from what was published), warning, error (in"
            " the data; it always does). Can be repeated.",
        ),
    ] = None,
    max_size: MaxSize = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Rate every indicator of a workbook, and show the ratings.

    Problems in the workbook go to standard error, each with its cell and what to do. The rows
    that can be rated are rated all the same.
    """
    format = format or format_of_file(output)
    if compare_published and format in (Format.CSV, Format.JSONL):
        raise typer.BadParameter(
            f"{format.value} has the published ratings in every row; compare with table, json or"
            " markdown",
            param_hint="--compare-published",
        )
    check_force(force, output)
    with clear_end(debug):
        from kpi_cli.commands.opening import Opening
        from kpi_cli.commands.rate import Asked, Run

        asked = Asked(
            workbooks=tuple(workbooks),
            format=format,
            output=output,
            force=force,
            month=month_asked(month),
            selection=selection_of(committee, aim, ou, code, outcome),
            explain=explain,
            compare=compare_published,
            fail_on=tuple(fail_on or ()),
            opening=Opening(tuple(sheet or ()), max_size_asked(max_size), debug),
            quiet=quiet,
        )
        exit_code = Run(asked).go()
    raise typer.Exit(exit_code)
