"""The command line: what can be asked for. Libraries are loaded when a command needs them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpi_cli import __version__
from kpi_cli.exits import clear_end
from kpi_cli.failing import FailOn
from kpi_cli.split import Split
from kpi_cli.writing.formats import Format

if TYPE_CHECKING:
    from kpi_cli.models import Outcome
    from kpi_cli.months import Month
    from kpi_cli.selection import Selection

app = typer.Typer(
    name="kpi",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Workbooks = Annotated[
    list[Path], typer.Argument(metavar="WORKBOOK", help="Excel workbooks (.xlsx) to rate.")
]
OneWorkbook = Annotated[
    Path, typer.Argument(metavar="WORKBOOK", help="The Excel workbook (.xlsx) to report on.")
]
OutputFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="How to write the ratings; if it is not given, by the ending of the output file, or"
        " as a table.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace an output file that exists.")]
MonthAsked = Annotated[
    str | None,
    typer.Option(
        metavar="MONTH",
        help="Rate the report as it stood in an earlier month, such as 2018-10, from the history.",
    ),
]
Committees = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only this scrutiny committee. Filters can be repeated, and combine; case,"
        ' spacing and "&" or "and" make no difference; * stands for anything.',
    ),
]
Aims = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this corporate aim.")]
OUs = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this responsible OU.")]
Codes = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help='Only this code, or "CP 3.*".')
]
Debug = Annotated[
    bool, typer.Option("--debug", help="Show the traceback of an error of the program.")
]

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
    format = format or _format_of(output)
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
            month=_month(month),
            selection=_selection(committee, aim, ou, code, outcome),
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
    no_charts: Annotated[bool, typer.Option("--no-charts", help="Leave the charts out.")] = False,
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going",
            help="Write the indicators that can be rated even if the data has errors; the errors"
            " are named on the Summary and listed on Data notes.",
        ),
    ] = False,
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
            month=_month(month),
            selection=_selection(committee, aim, ou, code, None),
            outcomes=tuple(_outcome(text) for text in outcome) if outcome else EXCEPTIONS,
            split=split,
            keep_going=keep_going,
            with_charts=not no_charts,
            debug=debug,
        )
        exit_code = write_exceptions(asked)
    raise typer.Exit(exit_code)


def _format_of(output: Path | None) -> Format:
    """Return the format that a file's name asks for: a table, where it asks for none."""
    suffix = output.suffix.lower() if output else ""
    if suffix in (".xlsx", ".xls", ".pdf"):
        raise typer.BadParameter(
            f"kpi rate writes no {suffix} files; kpi exceptions writes a workbook",
            param_hint="--output",
        )
    return Format.of_suffix(suffix) or Format.TABLE


def _selection(
    committees: list[str] | None,
    aims: list[str] | None,
    ous: list[str] | None,
    codes: list[str] | None,
    outcomes: list[str] | None,
) -> "Selection":
    from kpi_cli.selection import Selection

    return Selection(
        committees=tuple(committees or ()),
        aims=tuple(aims or ()),
        responsible_ous=tuple(ous or ()),
        codes=tuple(codes or ()),
        outcomes=tuple(_outcome(text) for text in outcomes or ()),
    )


def _month(text: str | None) -> "Month | None":
    from kpi_cli.months import parse_month

    if text is None:
        return None
    month = parse_month(text)
    if month is None:
        message = f'"{text}" is no month; write 2018-10, or "October 2018"'
        raise typer.BadParameter(message, param_hint="--month")
    return month


def _outcome(text: str) -> "Outcome":
    from kpi_cli.models import Outcome
    from kpi_cli.names import listed
    from kpi_cli.reading.words import parse_outcome

    outcome = parse_outcome(text)
    if outcome is None:
        known = listed(["red", "amber", "green", *(f'"{o.short_label}"' for o in Outcome)])
        message = f'"{text}" is no expected outcome; write {known}'
        raise typer.BadParameter(message, param_hint="--outcome")
    return outcome
