"""`kpi exceptions`: one workbook, or one for each committee, aim or group of OUs, and an index."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.clock import time_now
from kpi_cli.commands.beside import Beside
from kpi_cli.commands.ending import EXIT_CODES, ExitCode, clear_end
from kpi_cli.commands.filters import Filters, outcomes_asked
from kpi_cli.commands.opening import open_workbook
from kpi_cli.commands.options import (
    ControlCharts,
    Debug,
    Force,
    Forecasts,
    KeepGoing,
    NoCharts,
    Opening,
    Quiet,
    RatingOptions,
    with_groups,
)
from kpi_cli.models import EXCEPTIONS, Outcome, Report
from kpi_cli.report import rate as rate_workbook
from kpi_cli.selection import Selected, Selection, select
from kpi_cli.sentences import counted
from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
from kpi_cli.writing.exceptions_workbook.sections import Sections, nothing_in, sections_of
from kpi_cli.writing.exceptions_workbook.splitting import (
    INDEX,
    Split,
    file_names,
    groups_of,
    index_of,
)
from kpi_cli.writing.files import OutputError, check_output, write_whole
from kpi_cli.writing.messages import say, shown
from kpi_cli.writing.problems.lines import say_problems
from kpi_cli.writing.view import total

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
    keep_going: KeepGoing = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Write the exceptions workbook for the committees.

    It has a summary with charts and what changed since the period before, the indicators rated red
    or amber with their comments, all indicators, a page for each exception with its figures and a
    chart, and notes on the data.
    """
    if split and output.suffix.lower() == ".xlsx":
        message = f'"{output}" is no folder; with --split there are several workbooks'
        raise typer.BadParameter(message, param_hint="--output")
    if not split and output.suffix.lower() != ".xlsx":
        message = f'"{output}" is no .xlsx file; with --split it may be a folder'
        raise typer.BadParameter(message, param_hint="--output")
    with clear_end(debug):
        run = _Run(
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


@dataclass(frozen=True)
class _Run:
    """What is wanted of a workbook, and where it goes."""

    output: Path
    force: bool
    split: Split | None
    month: str | None
    selection: Selection
    outcomes: tuple[Outcome, ...]
    with_charts: bool
    with_spc: bool
    with_forecast: bool
    keep_going: bool
    quiet: bool

    def go(self, path: Path, opening: Opening) -> ExitCode:
        """Write what is wanted, say what was written, and return the exit code.

        Nothing is written where the data has errors, unless it is to keep going, and nothing where
        a filter matches nothing. Raises OutputError where a file can't be written.
        """
        if not self.split:
            check_output(self.output, self.force, (path,))
        workbook = open_workbook(path, path.name, Beside(opening))
        if workbook is None:
            return ExitCode.UNREADABLE
        report = rate_workbook(workbook, self.month)
        say_problems(report, with_warnings=not self.quiet)
        if not workbook.indicators and not workbook.unrated:
            say(f"{workbook.name}: nothing was written; no indicator could be read")
            return ExitCode.UNREADABLE
        if report.has_errors and not self.keep_going:
            say(f"{workbook.name}: nothing was written; mend the errors, or add --keep-going")
            return ExitCode.DATA_ERRORS
        selected = select(report, self.selection)
        for unmatched in selected.unmatched:
            say(f"{workbook.name}: {unmatched.message}")
        if reason := self._nothing_to_write(report, selected):
            say(f"{workbook.name}: nothing was written; {reason}")
            return ExitCode.USAGE if report.ratings else ExitCode.DATA_ERRORS
        sections_for = partial(
            sections_of,
            made=time_now(),
            outcomes=self.outcomes,
            with_charts=self.with_charts,
            with_spc=self.with_spc,
            with_forecast=self.with_forecast,
            is_earlier=self.month is not None,
        )
        if self.split:
            groups = groups_of(selected.report, self.split)
            parts = {name: sections_for(part, group=name) for name, part in groups.items()}
            self._write_split(parts, path)
        else:
            self._write(self.output, sections_for(selected.report))
        return ExitCode.DATA_ERRORS if report.has_errors else ExitCode.DONE

    def _nothing_to_write(self, report: Report, selected: Selected) -> str | None:
        """Return why there is nothing to write, or None where there is."""
        if report.ratings and (selected.unmatched or not selected.report.ratings):
            return "no indicator is all that was asked for"
        return nothing_in(report, is_earlier=self.month is not None)

    def _write_split(self, parts: Mapping[str, Sections], source: Path) -> None:
        """Write a workbook for each group into a folder, and the index when all are written."""
        folder, names = self.output, file_names(parts)
        if folder.is_file():
            raise OutputError(f"{folder} is a file; with --split, --output is a folder")
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"the folder {folder} can't be made: {reason}") from error
        for name in (*names.values(), INDEX):
            check_output(folder / name, self.force, (source,))
        for group, sections in parts.items():
            self._write(folder / names[group], sections)
        write_whole(folder / INDEX, index_of(names, parts), self.force)
        self._say_written(f"Wrote {folder / INDEX}: {counted(len(parts), 'workbook')}")

    def _write(self, path: Path, sections: Sections) -> None:
        write_whole(path, exceptions_workbook(sections), self.force)
        exceptions = counted(len(sections.exceptions), "exception")
        self._say_written(f"Wrote {path}: {exceptions} among {total(sections.report)}")

    def _say_written(self, line: str) -> None:
        if not self.quiet:
            print(shown(line))
