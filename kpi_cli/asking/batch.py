"""What can be asked of `kpi batch`."""

from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.asking.notes import EXIT_CODES
from kpi_cli.asking.options import (
    Debug,
    KeepGoing,
    MaxSize,
    MonthAsked,
    NoCharts,
    SheetsAsked,
    max_size_asked,
    month_asked,
    products_asked,
    scheduler_asked,
)
from kpi_cli.exits import clear_end

NOTES = f"""\b
Examples:
  kpi batch "sample_workbooks/south*.xlsx" --out results
  kpi batch "sample_workbooks/south*.xlsx" --out results --resume
  kpi batch "**/south*.xlsx" --out results --force --make ratings,exceptions

{EXIT_CODES.format(more=", or a workbook could not be read or made")}"""


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
    sheet: SheetsAsked = None,
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
    max_size: MaxSize = None,
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
        address, rated_month = scheduler_asked(scheduler), month_asked(month)
        most = max_size_asked(max_size)
        if not address:
            from kpi_cli.batch.task import modules_for
            from kpi_cli.batch.workers import prepare

            prepare(jobs, modules_for(products))
        # Loaded while the process from which workers are copied loads what they need.
        from kpi_cli.commands.batch import Asked, rate_all
        from kpi_cli.commands.opening import Opening

        asked = Asked(
            paths=tuple(paths),
            output=output,
            products=products,
            month=rated_month,
            keep_going=keep_going,
            with_charts=not no_charts,
            jobs=jobs,
            scheduler=address,
            resume=resume,
            force=force,
            opening=Opening(tuple(sheet or ()), most, debug),
            quiet=quiet,
        )
        exit_code = rate_all(asked)
    raise typer.Exit(exit_code)
