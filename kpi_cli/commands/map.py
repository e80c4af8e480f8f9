"""`kpi map`: read → show what was understood → write the profile that says so."""

import traceback
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.commands.beside import Beside
from kpi_cli.commands.ending import ExitCode, clear_end
from kpi_cli.commands.opening import name_of, read_explained, shown
from kpi_cli.commands.options import (
    Debug,
    Force,
    ReadingOptions,
    with_groups,
)
from kpi_cli.commands.output import check_force, standard_output
from kpi_cli.models import ReadAs  # noqa: TC001  # a name of the code below
from kpi_cli.writing.account import write_map
from kpi_cli.writing.files import check_output, write_whole
from kpi_cli.writing.messages import say
from kpi_cli.writing.messages import shown as as_line
from kpi_cli.writing.profile_file import profile_text
from kpi_cli.writing.ratings.formats import RatingsFormat
from kpi_cli.xlsx.unreadable import NoTableError, UnreadableWorkbookError

NOTES = """\b
Examples:
  kpi map sample_workbooks/southend_january_2019.xlsx
  kpi map sample_workbooks/southend_january_2019.xlsx -o kpi.toml

\b
Exit codes:
  0  done
  2  wrong usage
  3  the workbook, its profile or its definitions could not be read
  4  the output could not be written"""


@with_groups
def map(  # the command's name
    *,
    workbook: Annotated[
        Path,
        typer.Argument(
            metavar="WORKBOOK",
            help="The Excel workbook (.xlsx) to understand; - for standard input.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write a profile: what was understood, and in comments what is to be said. Named"
            " kpi.toml it counts for the workbooks beside it.",
        ),
    ] = None,
    force: Force = False,
    reading: ReadingOptions,
    debug: Debug = False,
) -> None:
    """Show how a workbook is understood, and write a profile of it.

    It shows each table with its period, each field with the heading taken for it, the columns that
    are not read, and where polarity and rules come from. A profile that is in force is kept, and
    completed.
    """
    if output and output.suffix.lower() != ".toml":
        message = f'"{output}" is no .toml file, as a profile is'
        raise typer.BadParameter(message, param_hint="--output")
    check_force(force, output)
    with clear_end(debug):
        exit_code = _map(workbook, Beside(reading.opening(debug)), output, force)
    raise typer.Exit(exit_code)


def _map(path: Path, beside: Beside, output: Path | None, force: bool) -> ExitCode:
    """Show what was understood of a workbook, write what was asked for; return the exit code."""
    if output:
        check_output(output, force, (path,))
    read_as: tuple[ReadAs, ...] = ()
    headings: tuple[str, ...] = ()
    exit_code = ExitCode.DONE
    try:
        workbook = read_explained(path, name_of(path), beside)
    except NoTableError as error:
        say(f"{shown(path)}: {error}")
        headings, exit_code = error.headings, ExitCode.UNREADABLE
    except UnreadableWorkbookError as error:
        if beside.opening.debug:
            traceback.print_exc()
        say(f"{shown(path)}: {error}")
        return ExitCode.UNREADABLE
    else:
        read_as = workbook.read_as
        write_map(workbook, standard_output(RatingsFormat.TABLE.value))
    if output:
        existing = beside.profile_of(path)
        text = profile_text(name_of(path), read_as, headings, existing)
        write_whole(output, text.encode(errors="replace"), force)
        stream = standard_output(RatingsFormat.TABLE.value)
        stream.write(f"\n{as_line(f'Wrote {output}: complete what stands behind a #.')}\n")
    return exit_code
