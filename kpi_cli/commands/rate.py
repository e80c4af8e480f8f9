"""`kpi rate`: read → check → rate → select → write, for each workbook in turn."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from kpi_cli.commands.ending import EXIT_CODES, ExitCode, clear_end
from kpi_cli.commands.filters import Filters
from kpi_cli.commands.opening import open_workbooks
from kpi_cli.commands.options import (
    Debug,
    Force,
    OutputFile,
    Quiet,
    RatingOptions,
    with_groups,
)
from kpi_cli.commands.output import destination_asked
from kpi_cli.commands.selecting import SelectingRun
from kpi_cli.models import Report, Workbook
from kpi_cli.published import compare_published
from kpi_cli.report import left_to_check
from kpi_cli.report import rate as rate_workbook
from kpi_cli.selection import Order, in_order
from kpi_cli.writing.format import Format
from kpi_cli.writing.messages import is_watched
from kpi_cli.writing.problems.lines import say_problems
from kpi_cli.writing.ratings.formats import RatingsFormat
from kpi_cli.writing.view import View

NOTES = f"""\b
Examples:
  kpi rate sample_workbooks/southend_january_2019.xlsx
  kpi rate sample_workbooks/southend_january_2019.xlsx --outcome red --explain
  kpi rate sample_workbooks/southend_january_2019.xlsx --month 2018-10
  kpi rate sample_workbooks/southend_january_2019.xlsx --format csv -o r.csv

{EXIT_CODES.format(more=", or --fail-on was met")}"""


class FailOn(Enum):
    """What makes a run exit with 1, apart from errors in the data, which always do."""

    RED = "red"
    AMBER = "amber"
    NO_VALUE = "no-value"
    NO_TARGET = "no-target"
    WORSE = "worse"
    DIFFERENCE = "difference"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Showing:
    """What is shown of the indicators, and in which order."""

    sort: Annotated[
        Order,
        typer.Option(
            help="The order: the workbook's, by outcome or variation (worst first), by code."
        ),
    ] = Order.WORKBOOK
    brief: Annotated[
        bool, typer.Option("--brief", help="Show one line for each indicator, names cut to fit.")
    ] = False
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the reason under each indicator.")
    ] = False
    spc: Annotated[
        bool,
        typer.Option(
            "--spc",
            help="Show what each indicator's control chart says: whether the latest figure is a"
            " signal, and whether the target is met as figures vary.",
        ),
    ] = False
    variation: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VARIATION",
            help='Only what its control chart calls this: concern, improvement, "unusually high",'
            ' "unusually low", "common cause"; which --spc shows.',
        ),
    ] = None
    forecast: Annotated[
        bool,
        typer.Option(
            "--forecast",
            help="Show where each indicator's year will end, with the range and how it is rated.",
        ),
    ] = False
    series: Annotated[
        bool,
        typer.Option(
            "--series",
            help="With JSON, each indicator's figures of all periods too; kpi history has them as"
            " a table.",
        ),
    ] = False
    compare_published: Annotated[
        bool,
        typer.Option(
            "--compare-published",
            help="Also list where the ratings differ from those published in the workbook.",
        ),
    ] = False

    def check(self, format: Format[Any]) -> None:
        """Raise BadParameter for an option that does not go with the format, or with another."""
        if self.compare_published and format in (
            RatingsFormat.CSV.value,
            RatingsFormat.JSONL.value,
        ):
            raise typer.BadParameter(
                f"{format} has the published ratings in every row; compare with table, json or"
                " markdown",
                param_hint="--compare-published",
            )
        if self.brief and format is not RatingsFormat.TABLE.value:
            raise typer.BadParameter("only the table can be brief", param_hint="--brief")
        if self.series and format not in (RatingsFormat.JSON.value, RatingsFormat.JSONL.value):
            raise typer.BadParameter("it goes with --format json or jsonl", param_hint="--series")
        more = {"--explain": self.explain, "--spc": self.spc, "--forecast": self.forecast}
        if self.brief and any(more.values()):
            option = next(option for option, given in more.items() if given)
            raise typer.BadParameter("a line has no room for more", param_hint=option)

    def view(self, *, several: bool) -> View:
        """Return what they mean; a verdict that is asked for or sorted by is shown."""
        return View(
            explain=self.explain,
            compare=self.compare_published,
            several=several,
            brief=self.brief,
            order=self.sort,
            spc=self.spc or bool(self.variation) or self.sort is Order.VARIATION,
            forecast=self.forecast,
            series=self.series,
        )


@with_groups
def rate(
    *,
    workbooks: Annotated[
        list[Path],
        typer.Argument(
            metavar="WORKBOOK", help="Excel workbooks (.xlsx) to rate; - for standard input."
        ),
    ],
    format: Annotated[
        RatingsFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="How to write the ratings; if it is not given, by the ending of the output file,"
            " or as a table.",
        ),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    reading: RatingOptions,
    filters: Filters,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTCOME", help='Only this expected outcome: red, amber, green, "no value" …'
        ),
    ] = None,
    showing: Showing,
    fail_on: Annotated[
        list[FailOn] | None,
        typer.Option(
            metavar="WHAT",
            help="Exit with 1 if any indicator shown is: red, amber (or red), no-value, no-target,"
            " worse; or if there is a: difference (from what was published), warning, error (in"
            " the data; it always does). Can be repeated.",
        ),
    ] = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Rate every indicator of a workbook, and show the ratings.

    Problems in the workbook go to standard error, each with its cell and what to do. The rows
    that can be rated are rated all the same.
    """
    to = destination_asked("rate", RatingsFormat, format, output, force, workbooks)
    showing.check(to.format)
    with clear_end(debug):
        asked, failing = reading.period, tuple(fail_on or ())
        run = SelectingRun(filters.selection(outcome, showing.variation), quiet)
        opened = open_workbooks(workbooks, reading.opening(debug))
        view = showing.view(several=len(workbooks) > 1)
        write = to.format.writer()
        reports = (in_order(each, showing.sort) for each in _reports(run, opened, asked, failing))
        to.put(
            lambda stream: run.write(lambda shown: write(shown, stream, view), reports),
            is_wanted=run.is_wanted,
        )
        run.end(output)
    raise typer.Exit(run.exit_code)


def _reports(
    run: SelectingRun,
    workbooks: Iterable[Workbook | None],
    month: str | None,
    fail_on: tuple[FailOn, ...],
) -> Iterator[Report]:
    """Yield what is asked for of each workbook that could be read, and say what is wrong."""
    with_warnings = not run.quiet or FailOn.WARNING in fail_on
    for workbook in run.readable(workbooks):
        report = rate_workbook(workbook, month)
        say_problems(report, with_warnings)
        if not run.quiet and not month and is_watched():
            run.note_left_to_check(report, left_to_check(workbook, report))
        if run.has_nothing(workbook):
            continue
        if month:
            run.note_gaps(report)
        selected = run.selected(report)
        if _fails(selected, fail_on):
            run.worsen(ExitCode.DATA_ERRORS)
        yield selected


def _fails(report: Report, conditions: Iterable[FailOn]) -> bool:
    """Return whether a report meets any of the conditions, or has errors."""
    return report.has_errors or any(_CONDITIONS[condition](report) for condition in conditions)


def _has_outcome(*keys: str) -> Callable[[Report], bool]:
    return lambda report: any(rating.outcome.key in keys for rating in report.ratings)


_CONDITIONS: Mapping[FailOn, Callable[[Report], bool]] = {
    FailOn.RED: _has_outcome("at_risk"),
    FailOn.AMBER: _has_outcome("at_risk", "slippage"),
    FailOn.NO_VALUE: _has_outcome("no_value"),
    FailOn.NO_TARGET: _has_outcome("no_target"),
    FailOn.WORSE: lambda report: any(r.direction.key == "worse" for r in report.ratings),
    FailOn.DIFFERENCE: lambda report: bool(compare_published(report).differences),
    FailOn.WARNING: lambda report: bool(report.problems),
    FailOn.ERROR: lambda report: report.has_errors,
}
