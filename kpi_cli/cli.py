"""The command line: what can be asked for. Libraries are loaded when a command needs them."""

from pathlib import Path
from typing import Annotated

import typer

from kpi_cli import __version__
from kpi_cli.exits import clear_end
from kpi_cli.failing import FailOn
from kpi_cli.options import (
    Aims,
    Codes,
    Committees,
    Debug,
    Force,
    MaxSize,
    MonthAsked,
    NewWorkbook,
    OneWorkbook,
    OUs,
    OutputFile,
    OutputFormat,
    ProblemsFormat,
    Quiet,
    SheetsAsked,
    Workbooks,
    WorkbooksToCheck,
    check_force,
    first_month_asked,
    format_of_file,
    max_size_asked,
    month_asked,
    outcome_asked,
    problem_format_of_file,
    selection_of,
)
from kpi_cli.split import Split
from kpi_cli.writing.formats import Format
from kpi_cli.writing.outputs import Output

app = typer.Typer(
    name="kpi",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_EXIT_CODES = """\b
Exit codes:
  0  done
  1  done, but the data has errors{more}
  2  wrong usage, or a filter names what no workbook has
  3  a workbook could not be read at all
  4  the output could not be written"""
_RATE_NOTES = f"""\b
Examples:
  kpi rate sample_workbooks/southend_january_2019.xlsx
  kpi rate sample_workbooks/southend_january_2019.xlsx --outcome red --explain
  kpi rate sample_workbooks/southend_january_2019.xlsx --month 2018-10
  kpi rate sample_workbooks/southend_january_2019.xlsx --format csv -o r.csv

{_EXIT_CODES.format(more=", or --fail-on was met")}"""
_EXCEPTIONS_NOTES = f"""\b
Examples:
  kpi exceptions sample_workbooks/southend_january_2019.xlsx -o exceptions.xlsx
  kpi exceptions sample_workbooks/southend_january_2019.xlsx -o out --split aim

{_EXIT_CODES.format(more=": nothing written without --keep-going")}"""

_SCHEMA_NOTES = """\b
Examples:
  kpi schema
  kpi schema rate-jsonl -o line.schema.json

\b
Exit codes:
  0  done
  2  wrong usage
  4  the output could not be written"""


_CHECK_NOTES = f"""\b
Examples:
  kpi check sample_workbooks/southend_january_2019.xlsx
  kpi check sample_workbooks/southend_january_2019.xlsx --format csv -o p.csv
  kpi check --list

{_EXIT_CODES.format(more=", or with --strict warnings")}"""


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"kpi {__version__}")
        raise typer.Exit


def _show_checks(asked: bool) -> None:
    if asked:
        with clear_end(debug=False):
            from kpi_cli.commands.output import standard_output
            from kpi_cli.writing.formats import ProblemFormat
            from kpi_cli.writing.problems.table import write_list

            write_list(standard_output(ProblemFormat.TABLE))
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


@app.command(epilog=_RATE_NOTES)
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


@app.command(epilog=_CHECK_NOTES)
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


@app.command(epilog=_EXCEPTIONS_NOTES)
def exceptions(
    workbook: OneWorkbook,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The workbook to write (.xlsx); with --split, the folder to write into.",
        ),
    ],
    force: Force = False,
    split: Annotated[
        Split | None,
        typer.Option(
            help="Write one workbook for each of them into a folder, with an index (index.csv)."
        ),
    ] = None,
    sheet: SheetsAsked = None,
    month: MonthAsked = None,
    committee: Committees = None,
    aim: Aims = None,
    ou: OUs = None,
    code: Codes = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTCOME",
            help="What counts as an exception; red and amber unless you say otherwise.",
        ),
    ] = None,
    no_charts: Annotated[bool, typer.Option("--no-charts", help="Leave the charts out.")] = False,
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going",
            help="Write the indicators that can be rated even if the data has errors; the errors"
            " are named on the Summary and listed on Data notes.",
        ),
    ] = False,
    max_size: MaxSize = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the exceptions workbook for the committees.

    It has a summary with charts, the indicators rated red or amber with their comments, all
    indicators, a page for each exception with its months and a chart, and notes on the data.
    """
    if split and output.suffix.lower() == ".xlsx":
        message = f'"{output}" is no folder; with --split there are several workbooks'
        raise typer.BadParameter(message, param_hint="--output")
    if not split and output.suffix.lower() != ".xlsx":
        message = f'"{output}" is no .xlsx file; with --split it may be a folder'
        raise typer.BadParameter(message, param_hint="--output")
    with clear_end(debug):
        from kpi_cli.commands.exceptions import Asked, write_exceptions
        from kpi_cli.commands.opening import Opening
        from kpi_cli.models import EXCEPTIONS

        asked = Asked(
            workbook=workbook,
            output=output,
            force=force,
            month=month_asked(month),
            selection=selection_of(committee, aim, ou, code, None),
            outcomes=tuple(outcome_asked(text) for text in outcome) if outcome else EXCEPTIONS,
            split=split,
            keep_going=keep_going,
            with_charts=not no_charts,
            opening=Opening(tuple(sheet or ()), max_size_asked(max_size), debug),
            quiet=quiet,
        )
        exit_code = write_exceptions(asked)
    raise typer.Exit(exit_code)


@app.command(epilog=_SCHEMA_NOTES)
def schema(
    output_of: Annotated[
        Output,
        typer.Argument(metavar="OUTPUT", help="Of what to show the schema."),
    ] = Output.RATE_JSON,
    output: OutputFile = None,
    force: Force = False,
    debug: Debug = False,
) -> None:
    """Show the JSON Schema of an output: its fields, what they mean, and when they are null.

    It is for those who write programs that read the output. Without OUTPUT it is that of
    kpi rate --format json.
    """
    check_force(force, output)
    with clear_end(debug):
        from kpi_cli.commands.schema import write_schema

        write_schema(output_of, output, force)


_NEW_NOTES = """\b
Examples:
  kpi new indicators.xlsx
  kpi new indicators.xlsx --organisation "Example Borough Council"

\b
Exit codes:
  0  done
  2  wrong usage
  4  the workbook could not be written"""


@app.command(epilog=_NEW_NOTES)
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
