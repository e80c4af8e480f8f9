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
    KeepGoing,
    MonthAsked,
    NoCharts,
    OneWorkbook,
    OUs,
    OutputFormat,
    Workbooks,
    format_of_file,
    month_asked,
    outcome_asked,
    products_asked,
    scheduler_asked,
    selection_of,
)
from kpi_cli.split import Split
from kpi_cli.writing.formats import Format

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

_BATCH_NOTES = f"""\b
Examples:
  kpi batch "sample_workbooks/south*.xlsx" --out results
  kpi batch "sample_workbooks/south*.xlsx" --out results --resume
  kpi batch "**/south*.xlsx" --out results --force --make ratings,exceptions

{_EXIT_CODES.format(more=", or a workbook could not be read or made")}"""


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"kpi {__version__}")
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
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to the screen."),
    ] = None,
    force: Force = False,
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
    if force and not output:
        raise typer.BadParameter("it goes with --output FILE", param_hint="--force")
    with clear_end(debug):
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
            debug=debug,
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
    no_charts: NoCharts = False,
    keep_going: KeepGoing = False,
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
            debug=debug,
        )
        exit_code = write_exceptions(asked)
    raise typer.Exit(exit_code)


@app.command(epilog=_BATCH_NOTES)
def batch(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help="Workbooks, folders (searched to their depths) and patterns such as"
            ' "returns/**/*.xlsx".',
        ),
    ],
    output: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="DIR", help="The folder to write the results into."),
    ],
    make: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help="What to make of each workbook: ratings (JSON), exceptions (a workbook), or both:"
            " ratings,exceptions.",
        ),
    ] = "ratings",
    month: MonthAsked = None,
    no_charts: NoCharts = False,
    keep_going: KeepGoing = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Rate so many workbooks at a time, in as many processes; if it is not given, as"
            " many as there are processors.",
        ),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Rate on the workers of a Dask cluster, by its scheduler's address, such as"
            " tcp://host:8786.",
        ),
    ] = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on with what is in the folder: do only the workbooks that are new, have"
            " changed or have failed.",
        ),
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the results that are in the folder.")
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but what failed.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Rate many workbooks, and write the results into a folder.

    It gets summary.csv with a row for each workbook, ratings.jsonl with all ratings, and what is
    made of each workbook. One bad workbook never stops the rest.
    """
    if scheduler and jobs:
        message = "the cluster has its own number of workers; give one or the other"
        raise typer.BadParameter(message, param_hint="--jobs")
    if resume and force:
        raise typer.BadParameter("it is the opposite of --force", param_hint="--resume")
    products = products_asked(make)
    for given, option in ((no_charts, "--no-charts"), (keep_going, "--keep-going")):
        if given and "exceptions" not in (product.folder for product in products):
            raise typer.BadParameter("it goes with --make exceptions", param_hint=option)
    with clear_end(debug):
        from kpi_cli.commands.batch import Asked, rate_all

        asked = Asked(
            paths=tuple(paths),
            output=output,
            products=products,
            month=month_asked(month),
            keep_going=keep_going,
            with_charts=not no_charts,
            jobs=jobs,
            scheduler=scheduler_asked(scheduler),
            resume=resume,
            force=force,
            quiet=quiet,
            debug=debug,
        )
        exit_code = rate_all(asked)
    raise typer.Exit(exit_code)
