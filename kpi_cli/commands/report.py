"""`kpi report`: the report as a web page, or one for each committee, aim or group of OUs."""

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
    Quiet,
    RatingOptions,
    with_groups,
)
from kpi_cli.commands.reporting import Form, Reporting
from kpi_cli.models import EXCEPTIONS
from kpi_cli.writing.exceptions_workbook.splitting import Split
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
    force: Force = False,
    split: Annotated[
        Split | None,
        typer.Option(
            help="Write one page for each of them into a folder, with an index (index.csv)."
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
    keep_going: Annotated[
        bool,
        typer.Option(
            "--keep-going",
            help="Write the indicators that can be rated even if the data has errors; the notes on"
            " the data say which are missing.",
        ),
    ] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the report as a web page: one file to send, publish or print.

    It has a summary with filters, the exceptions at a glance, Section 1 with their comments,
    Section 2 with all indicators, Section 3 with a gauge, a chart and the figures of each
    exception, and notes on the data. It needs no network, and nothing else beside it.
    """
    _FORM.check_name(output, split)
    with clear_end(debug):
        run = Reporting(
            form=_FORM,
            output=output,
            force=force,
            split=split,
            month=reading.period,
            selection=filters.selection(),
            outcomes=outcomes_asked(outcome) or EXCEPTIONS,
            with_spc=spc,
            with_forecast=forecast,
            keep_going=keep_going,
            quiet=quiet,
        )
        exit_code = run.go(workbook, reading.opening(debug))
    raise typer.Exit(exit_code)
