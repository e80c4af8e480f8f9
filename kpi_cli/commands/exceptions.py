"""`kpi exceptions`: one workbook, or one for each committee, aim or group of OUs, and an index."""

from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.commands.ending import EXIT_CODES, clear_end
from kpi_cli.commands.filters import Filters
from kpi_cli.commands.options import NoCharts, RatingOptions, with_groups
from kpi_cli.commands.reporting import Form, Reporting, ReportOptions
from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
from kpi_cli.writing.exceptions_workbook.plain_document import plain_workbook

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
    reading: RatingOptions,
    filters: Filters,
    no_charts: NoCharts = False,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="Write the accessible data workbook instead: a cover, contents and notes, then one"
            " table a sheet, without charts, fills or merged cells.",
        ),
    ] = False,
    wanted: ReportOptions,
) -> None:
    """Write the exceptions workbook for the committees.

    It has a summary with charts and what changed since the period before, the indicators rated red
    or amber with their comments, all indicators, each exception with its figures and a
    chart, and notes on the data.
    """
    form = _PLAIN if plain else _PACK
    form.check_name(output, wanted.split)
    with clear_end(wanted.debug):
        run = Reporting(
            form=form,
            output=output,
            wanted=wanted,
            month=reading.period,
            selection=filters.selection(),
            with_charts=not no_charts,
        )
        exit_code = run.go(workbook, reading.opening(wanted.debug))
    raise typer.Exit(exit_code)
