"""`kpi report`: the report as a web page, or one for each committee, aim or group of OUs."""

from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.commands.ending import EXIT_CODES, clear_end
from kpi_cli.commands.filters import Filters
from kpi_cli.commands.options import RatingOptions, with_groups
from kpi_cli.commands.reporting import Form, Reporting, ReportOptions
from kpi_cli.writing.web.document import web_page

_FORM = Form(".html", "page", web_page)

NOTES = f"""\b
Examples:
  kpi report sample_workbooks/southend_january_2019.xlsx -o report.html
  kpi report sample_workbooks/southend_january_2019.xlsx -o pages --split committee
  kpi report sample_workbooks/southend_january_2019.xlsx -o more.html --spc --forecast

{EXIT_CODES.format(more=": nothing written without --keep-going")}"""


@with_groups
def report(
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
            help="The page to write (.html); with --split, the folder to write into.",
        ),
    ],
    reading: RatingOptions,
    filters: Filters,
    wanted: ReportOptions,
) -> None:
    """Write the report as a web page, one file to send or publish.

    It has a summary with filters, the exceptions at a glance, Section 1 with their comments,
    Section 2 with all indicators, Section 3 with a gauge, a chart and the figures of each
    exception, and notes on the data. It needs no network, and nothing else beside it.
    """
    _FORM.check_name(output, wanted.split)
    with clear_end(wanted.debug):
        run = Reporting(
            form=_FORM,
            output=output,
            wanted=wanted,
            month=reading.period,
            selection=filters.selection(),
        )
        exit_code = run.go(workbook, reading.opening(wanted.debug))
    raise typer.Exit(exit_code)
