"""`kpi exceptions`: one workbook, or one for each committee, aim or group of OUs, and an index."""

from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.commands.ending import EXIT_CODES, clear_end
from kpi_cli.commands.filters import Filters, outcomes_asked
from kpi_cli.commands.options import (
    ControlCharts,
    Debug,
    Force,
    Forecasts,
    KeepGoing,
    NoCharts,
    Quiet,
    RatingOptions,
    with_groups,
)
from kpi_cli.commands.reporting import Form, Reporting
from kpi_cli.models import EXCEPTIONS
from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
from kpi_cli.writing.exceptions_workbook.plain_document import plain_workbook
from kpi_cli.writing.exceptions_workbook.splitting import Split

_PACK = Form(".xlsx", "workbook", exceptions_workbook)
_PLAIN = Form(".xlsx", "workbook", plain_workbook)
NOTES = f"""\b
Examples:
  kpi exceptions sample_workbooks/southend_january_2019.xlsx -o exceptions.xlsx
  kpi exceptions sample_workbooks/southend_january_2019.xlsx -o out --split aim
  kpi exceptions sample_workbooks/southend_january_2019.xlsx -o more.xlsx --spc --forecast

{EXIT_CODES.format(more=": nothing written without --keep-going")}"""


@with_groups
def exceptions(
    *,
    workbook: Annotated[
        Path, typer.Argument(metavar="WORKBOOK", help="The Excel workbook (.xlsx) to report on.")
    ],
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
    reading: RatingOptions,
    filters: Filters,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTCOME",
            help="What counts as an exception; red and amber unless you say otherwise.",
        ),
    ] = None,
    spc: ControlCharts = False,
    forecast: Forecasts = False,
    no_charts: NoCharts = False,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="Write the accessible data workbook instead: a cover, contents and notes, then one"
            " table a sheet, without charts, fills or merged cells.",
        ),
    ] = False,
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the exceptions workbook for the committees.

    It has a summary with charts and what changed since the period before, the indicators rated red
    or amber with their comments, all indicators, each exception with its figures and a
    chart, and notes on the data.
    """
    form = _PLAIN if plain else _PACK
    form.check_name(output, split)
    with clear_end(debug):
        run = Reporting(
            form=form,
            output=output,
            force=force,
            split=split,
            month=reading.period,
            selection=filters.selection(),
            outcomes=outcomes_asked(outcome) or EXCEPTIONS,
            with_charts=not no_charts,
            with_spc=spc,
            with_forecast=forecast,
            keep_going=keep_going,
            quiet=quiet,
        )
        exit_code = run.go(workbook, reading.opening(debug))
    raise typer.Exit(exit_code)
