"""The command line: what can be asked for. Libraries are loaded when a command needs them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpi_cli import __version__
from kpi_cli.exits import clear_end
from kpi_cli.failing import FailOn
from kpi_cli.writing.formats import Format

if TYPE_CHECKING:
    from kpi_cli.models import Outcome
    from kpi_cli.months import Month

app = typer.Typer(
    name="kpi",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line."""
    app()


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


_RATE_EXAMPLES = """\b
Examples:
  kpi rate sample_workbooks/southend_january_2019.xlsx
  kpi rate sample_workbooks/southend_january_2019.xlsx --outcome red --explain
  kpi rate sample_workbooks/southend_january_2019.xlsx --month 2018-10
  kpi rate sample_workbooks/southend_january_2019.xlsx --format csv -o r.csv

\b
Exit codes:
  0  done
  1  done, but the data has errors, or --fail-on was met
  2  wrong usage, or a filter names what no workbook has
  3  a workbook could not be read at all
  4  the output could not be written"""


@app.command(epilog=_RATE_EXAMPLES)
def rate(
    workbooks: Annotated[
        list[Path], typer.Argument(metavar="WORKBOOK", help="Excel workbooks (.xlsx) to rate.")
    ],
    format: Annotated[
        Format, typer.Option("--format", "-f", help="How to write the ratings.")
    ] = Format.TABLE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to the screen."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the output file if it exists.")
    ] = False,
    month: Annotated[
        str | None,
        typer.Option(
            metavar="MONTH",
            help="Rate the report as it stood in an earlier month, such as 2018-10, from the"
            " history.",
        ),
    ] = None,
    committee: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only this scrutiny committee. Filters can be repeated, and combine; case,"
            ' spacing and "&" or "and" make no difference; * stands for anything.',
        ),
    ] = None,
    aim: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this corporate aim.")
    ] = None,
    ou: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Only this responsible OU.")
    ] = None,
    code: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help='Only this code, or "CP 3.*".')
    ] = None,
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
            help="Exit with 1 if any indicator shown is red, amber (or red), no-value, no-target,"
            " or worse, if there is a difference from what was published, or a warning. An error"
            " in the data always makes it 1.",
        ),
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error of the program.")
    ] = False,
) -> None:
    """Rate every indicator of a workbook, and show the ratings.

    Problems in the workbook go to standard error, each with its cell and what to do. The rows
    that can be rated are rated all the same.
    """
    if compare_published and format in (Format.CSV, Format.JSONL):
        raise typer.BadParameter(
            f"{format.value} has the published ratings in every row; compare with table, json or"
            " markdown",
            param_hint="--compare-published",
        )
    if force and not output:
        raise typer.BadParameter("it goes with --output FILE", param_hint="--force")
    with clear_end(debug):
        from kpi_cli.run import Asked, Run
        from kpi_cli.selection import Selection

        selection = Selection(
            committees=tuple(committee or ()),
            aims=tuple(aim or ()),
            responsible_ous=tuple(ou or ()),
            codes=tuple(code or ()),
            outcomes=tuple(_outcome(text) for text in outcome or ()),
        )
        asked = Asked(
            workbooks=tuple(workbooks),
            format=format,
            output=output,
            force=force,
            month=_month(month) if month is not None else None,
            selection=selection,
            explain=explain,
            compare=compare_published,
            fail_on=tuple(fail_on or ()),
            debug=debug,
        )
        raise typer.Exit(Run(asked).go())


def _month(text: str) -> "Month":
    from kpi_cli.months import parse_month

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
