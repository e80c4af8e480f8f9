"""`kpi compare`: read → rate → compare → select → write, of two workbooks or two periods of one."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.commands.beside import Beside
from kpi_cli.commands.ending import EXIT_CODES, ExitCode, clear_end
from kpi_cli.commands.filters import Filters
from kpi_cli.commands.opening import names_of, open_workbook
from kpi_cli.commands.options import (
    Debug,
    Force,
    OutputFile,
    Quiet,
    ReadingOptions,
    period_asked,
    with_groups,
)
from kpi_cli.commands.output import destination_asked
from kpi_cli.commands.selecting import SelectingRun
from kpi_cli.comparison.compared import Compared
from kpi_cli.comparison.compared import compare as compare_standings
from kpi_cli.comparison.standings import Standings, standings
from kpi_cli.models import Workbook
from kpi_cli.report import rate
from kpi_cli.writing.changes.formats import ChangesFormat
from kpi_cli.writing.problems.lines import say_problems

NOTES = f"""\b
Examples:
  kpi compare sample_workbooks/southend_january_2019.xlsx --month 2018-12 --month 2019-01
  kpi compare sample_workbooks/as_published.xlsx sample_workbooks/wide_history.xlsx
  kpi compare sample_workbooks/wide_history.xlsx --period "Q2 2018/19" --period "Q3 2018/19"

{EXIT_CODES.format(more=", or --fail-on was met")}"""


class FailOn(Enum):
    """What makes a run exit with 1, apart from errors in the data, which always do."""

    WORSE = "worse"
    CHANGED = "changed"
    REWRITTEN = "rewritten"

    def is_met_by(self, compared: Compared) -> bool:
        """Whether what is shown has it."""
        has: Mapping[FailOn, bool] = {
            FailOn.WORSE: compared.is_worse,
            FailOn.CHANGED: compared.is_changed,
            FailOn.REWRITTEN: compared.is_rewritten,
        }
        return has[self]


@with_groups
def compare(
    *,
    workbooks: Annotated[
        list[Path],
        typer.Argument(
            metavar="EARLIER [LATER]",
            help="Two Excel workbooks (.xlsx), the earlier one first; or one, with two periods.",
        ),
    ],
    month: Annotated[
        list[str] | None,
        typer.Option(
            "--month",
            "--period",
            metavar="PERIOD",
            help='Compare the report of this period, such as 2018-12 or "Q3 2018/19", as it stood'
            " then. Given twice, the earlier one first: of one workbook, or of each of two. It is"
            " also the period of figures that say none.",
        ),
    ] = None,
    format: Annotated[
        ChangesFormat | None,
        typer.Option(
            "--format",
            "-f",
            help="How to write the changes; if it is not given, by the ending of the output file,"
            " or as a table.",
        ),
    ] = None,
    output: OutputFile = None,
    force: Force = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show what is unchanged, and what isn't known, too.")
    ] = False,
    reading: ReadingOptions,
    filters: Filters,
    fail_on: Annotated[
        list[FailOn] | None,
        typer.Option(
            metavar="WHAT",
            help="Exit with 1 if anything shown is: worse (an outcome), changed (anything but"
            " figures that move with the month), rewritten (a figure of the past). Can be"
            " repeated.",
        ),
    ] = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Compare two reports: what changed, why, and what isn't known.

    Indicators are matched by their codes. Each is rated in both reports by the rules of its own
    workbook, and what a workbook has no figure of is not known, which is no change. History that
    both have is compared too.
    """
    periods = _periods(workbooks, month or [])
    to = destination_asked("compare", ChangesFormat, format, output, force, workbooks)
    with clear_end(debug):
        run = SelectingRun(filters.selection(), quiet)
        openings = [reading.opening_for(period, debug) for period in periods[-len(workbooks) :]]
        names = names_of(workbooks)
        opened = (
            open_workbook(path, name, Beside(opening))
            for path, name, opening in zip(workbooks, names, openings, strict=True)
        )
        sides = list(_sides(run, run.readable(opened), periods, len(workbooks)))
        if len(sides) == len(periods):
            compared = compare_standings(*sides).selected(run.selection)
            write = to.format.writer()
            if run.is_wanted():
                to.put(lambda stream: write(compared, stream, everything))
            if any(condition.is_met_by(compared) for condition in fail_on or ()):
                run.worsen(ExitCode.DATA_ERRORS)
        run.end(output)
    raise typer.Exit(run.exit_code)


def _periods(workbooks: Sequence[Path], asked: list[str]) -> list[str | None]:
    """Return the periods of the two reports; raises BadParameter where there are no two."""
    periods = [period_asked(text) for text in asked]
    if len(workbooks) > 2:
        raise typer.BadParameter(
            f"two workbooks can be compared, and {len(workbooks)} are given",
            param_hint="EARLIER LATER",
        )
    if len(periods) > 2:
        raise typer.BadParameter(
            f"two periods can be compared, and {len(periods)} are given", param_hint="--month"
        )
    if len(workbooks) == 2:
        return [*periods, *periods][:2] if periods else [None, None]
    if len(periods) < 2:
        raise typer.BadParameter(
            "one workbook is compared with another, or in two periods: give a second workbook, or"
            " --month twice",
            param_hint="LATER",
        )
    if periods[0] == periods[1]:
        raise typer.BadParameter("both periods are the same", param_hint="--month")
    return periods


def _sides(
    run: SelectingRun, workbooks: Iterator[Workbook], periods: Sequence[str | None], number: int
) -> Iterator[Standings]:
    """Yield what is compared of the workbooks that could be read, and say what is wrong."""
    for workbook, of in zip(workbooks, _of_each(periods, number), strict=False):
        report = rate(workbook)
        say_problems(report, with_warnings=not run.quiet)
        if run.has_nothing(workbook):
            continue
        if report.has_errors:
            run.worsen(ExitCode.DATA_ERRORS)
        run.selected(report, list(dict.fromkeys(reading.code for reading in workbook.history)))
        for period in of:
            yield standings(workbook, report, period)


def _of_each(periods: Sequence[str | None], number: int) -> list[Sequence[str | None]]:
    """Return the periods of each workbook: of one both, of two one each."""
    return [periods] if number == 1 else [[period] for period in periods]
