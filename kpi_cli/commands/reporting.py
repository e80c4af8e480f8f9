"""What the commands that write a report for readers do alike: read → rate → select → write.

They write one file, or one for each committee, aim or group of OUs, and an index.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from kpi_cli.clock import time_now
from kpi_cli.commands.beside import Beside
from kpi_cli.commands.ending import ExitCode
from kpi_cli.commands.filters import outcomes_asked
from kpi_cli.commands.opening import open_workbook
from kpi_cli.commands.options import (
    ControlCharts,
    Debug,
    Force,
    Forecasts,
    KeepGoing,
    Opening,
    Quiet,
)
from kpi_cli.models import EXCEPTIONS, Report
from kpi_cli.report import rate as rate_workbook
from kpi_cli.selection import Selected, Selection, select
from kpi_cli.sentences import counted
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
from kpi_cli.writing.view import by_committee, total


class Form(NamedTuple):
    """What a report is written as: its suffix, what such a file is called, and its content."""

    suffix: str
    noun: str
    content: Callable[[Sections], bytes]

    def check_name(self, output: Path, split: Split | None) -> None:
        """Raise BadParameter where the output is a file in place of a folder, or another file."""
        is_file = output.suffix.lower() == self.suffix
        if split and is_file:
            message = f'"{output}" is no folder; with --split there are several {self.noun}s'
            raise typer.BadParameter(message, param_hint="--output")
        if not split and not is_file:
            message = f'"{output}" is no {self.suffix} file; with --split it may be a folder'
            raise typer.BadParameter(message, param_hint="--output")


@dataclass(frozen=True)
class ReportOptions:
    """The options of every command that writes a report for readers."""

    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="OUTCOME",
            help="What counts as an exception; red and amber unless you say otherwise.",
        ),
    ] = None
    split: Annotated[
        Split | None,
        typer.Option(help="Write one for each of them into a folder, with an index (index.csv)."),
    ] = None
    spc: ControlCharts = False
    forecast: Forecasts = False
    keep_going: KeepGoing = False
    force: Force = False
    quiet: Quiet = False
    debug: Debug = False


class Reporting(NamedTuple):
    """What is wanted of a workbook, and where it goes."""

    form: Form
    output: Path
    wanted: ReportOptions
    month: str | None
    selection: Selection
    with_charts: bool = True

    def go(self, path: Path, opening: Opening) -> ExitCode:
        """Write what is wanted, say what was written, and return the exit code.

        Nothing is written where the data has errors, unless it is to keep going, and nothing where
        a filter matches nothing. Raises OutputError where a file can't be written.
        """
        split, outcomes = self.wanted.split, outcomes_asked(self.wanted.outcome)
        if not split:
            check_output(self.output, self.wanted.force, (path,))
        workbook = open_workbook(path, path.name, Beside(opening))
        if workbook is None:
            return ExitCode.UNREADABLE
        report = rate_workbook(workbook, self.month)
        say_problems(report, with_warnings=not self.wanted.quiet)
        if not workbook.indicators and not workbook.unrated:
            say(f"{workbook.name}: nothing was written; no indicator could be read")
            return ExitCode.UNREADABLE
        if report.has_errors and not self.wanted.keep_going:
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
            outcomes=outcomes or EXCEPTIONS,
            with_charts=self.with_charts,
            with_spc=self.wanted.spc,
            with_forecast=self.wanted.forecast,
            is_earlier=self.month is not None,
        )
        if split:
            groups = groups_of(selected.report, split)
            parts = {name: sections_for(part, group=name) for name, part in groups.items()}
            self._write_split(parts, path)
        else:
            self._write(self.output, sections_for(selected.report, group=self._committee(selected)))
        return ExitCode.DATA_ERRORS if report.has_errors else ExitCode.DONE

    def _nothing_to_write(self, report: Report, selected: Selected) -> str | None:
        """Return why there is nothing to write, or None where there is."""
        if report.ratings and (selected.unmatched or not selected.report.ratings):
            return "no indicator is all that was asked for"
        return nothing_in(report, is_earlier=self.month is not None)

    def _committee(self, selected: Selected) -> str | None:
        """Return the committee that the report is for, where one was asked for."""
        committees = list(by_committee(selected.report.ratings))
        return committees[0] if self.selection.committees and len(committees) == 1 else None

    def _write_split(self, parts: Mapping[str, Sections], source: Path) -> None:
        """Write a file for each group into a folder, and the index when all are written."""
        folder, names = self.output, file_names(parts, self.form.suffix)
        if folder.is_file():
            raise OutputError(f"{folder} is a file; with --split, --output is a folder")
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"the folder {folder} can't be made: {reason}") from error
        for name in (*names.values(), INDEX):
            check_output(folder / name, self.wanted.force, (source,))
        for group, sections in parts.items():
            self._write(folder / names[group], sections)
        write_whole(folder / INDEX, index_of(names, parts), self.wanted.force)
        self._say_written(f"Wrote {folder / INDEX}: {counted(len(parts), self.form.noun)}")

    def _write(self, path: Path, sections: Sections) -> None:
        write_whole(path, self.form.content(sections), self.wanted.force)
        exceptions = counted(len(sections.exceptions), "exception")
        self._say_written(f"Wrote {path}: {exceptions} among {total(sections.report)}")

    def _say_written(self, line: str) -> None:
        if not self.wanted.quiet:
            print(shown(line))
