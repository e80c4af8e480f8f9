"""What can be asked of `kpi exceptions`."""

from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.asking.notes import EXIT_CODES
from kpi_cli.asking.options import (
    Aims,
    Codes,
    Committees,
    Debug,
    Force,
    KeepGoing,
    MaxSize,
    MonthAsked,
    NoCharts,
    OneWorkbook,
    OUs,
    Quiet,
    SheetsAsked,
    max_size_asked,
    month_asked,
    outcome_asked,
    selection_of,
)
from kpi_cli.exits import clear_end
from kpi_cli.split import Split

NOTES = f"""\b
Examples:
  kpi exceptions sample_workbooks/southend_january_2019.xlsx -o exceptions.xlsx
  kpi exceptions sample_workbooks/southend_january_2019.xlsx -o out --split aim

{EXIT_CODES.format(more=": nothing written without --keep-going")}"""


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
    no_charts: NoCharts = False,
    keep_going: KeepGoing = False,
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
