"""`kpi exceptions`: one workbook, or one for each committee, aim or group of OUs, and an index."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kpi_cli.clock import time_now
from kpi_cli.commands.opening import Opening, open_workbook
from kpi_cli.exits import ExitCode
from kpi_cli.models import EXCEPTIONS, Outcome, Report
from kpi_cli.periods import Month
from kpi_cli.report import rate
from kpi_cli.selection import Selected, Selection, select
from kpi_cli.sentences import counted
from kpi_cli.split import Split
from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
from kpi_cli.writing.exceptions_workbook.sections import Sections, nothing_in, sections_of
from kpi_cli.writing.exceptions_workbook.splitting import INDEX, file_names, groups_of, index_of
from kpi_cli.writing.files import OutputError, check_output, write_whole
from kpi_cli.writing.messages import say, say_problems, shown
from kpi_cli.writing.view import total


@dataclass(frozen=True)
class Asked:
    """What the command is asked for."""

    workbook: Path
    output: Path
    force: bool = False
    month: Month | None = None
    selection: Selection = field(default_factory=Selection)
    outcomes: tuple[Outcome, ...] = EXCEPTIONS
    split: Split | None = None
    keep_going: bool = False
    with_charts: bool = True
    opening: Opening = field(default_factory=Opening)
    quiet: bool = False


def write_exceptions(asked: Asked) -> ExitCode:
    """Write what is asked for, say what was written, and return the exit code.

    Nothing is written where the data has errors, unless it is to keep going, and nothing where a
    filter matches nothing. Raises OutputError where a file can't be written.
    """
    if not asked.split:
        check_output(asked.output, asked.force, (asked.workbook,))
    workbook = open_workbook(asked.workbook, asked.workbook.name, asked.opening)
    if workbook is None:
        return ExitCode.UNREADABLE
    report = rate(workbook, asked.month)
    say_problems(report, with_warnings=not asked.quiet)
    if report.has_errors and not asked.keep_going:
        say(f"{workbook.name}: nothing was written; mend the errors, or add --keep-going")
        return ExitCode.DATA_ERRORS
    selected = select(report, asked.selection)
    for unmatched in selected.unmatched:
        say(f"{workbook.name}: {unmatched.message}")
    if reason := _nothing_to_write(report, selected, asked):
        say(f"{workbook.name}: nothing was written; {reason}")
        return ExitCode.USAGE if report.ratings else ExitCode.DATA_ERRORS
    contents_for = partial(
        sections_of,
        made=time_now(),
        outcomes=asked.outcomes,
        with_charts=asked.with_charts,
        is_earlier=asked.month is not None,
    )
    if asked.split:
        parts = groups_of(selected.report, asked.split)
        _write_split(asked, {name: contents_for(part, group=name) for name, part in parts.items()})
    else:
        _write(asked, asked.output, contents_for(selected.report))
    return ExitCode.DATA_ERRORS if report.has_errors else ExitCode.DONE


def _nothing_to_write(report: Report, selected: Selected, asked: Asked) -> str | None:
    """Return why there is nothing to write, or None where there is."""
    if report.ratings and (selected.unmatched or not selected.report.ratings):
        return "no indicator is all that was asked for"
    return nothing_in(report, asked.month)


def _write_split(asked: Asked, parts: Mapping[str, Sections]) -> None:
    """Write a workbook for each group into a folder, and the index when all are written."""
    folder, names = asked.output, file_names(parts)
    if folder.is_file():
        raise OutputError(f"{folder} is a file; with --split, --output is a folder")
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"the folder {folder} can't be made: {reason}") from error
    for name in (*names.values(), INDEX):
        check_output(folder / name, asked.force, (asked.workbook,))
    for group, sections in parts.items():
        _write(asked, folder / names[group], sections)
    write_whole(folder / INDEX, index_of(names, parts), asked.force)
    _say_written(asked, f"Wrote {folder / INDEX}: {counted(len(parts), 'workbook')}")


def _write(asked: Asked, path: Path, sections: Sections) -> None:
    write_whole(path, exceptions_workbook(sections), asked.force)
    exceptions = counted(len(sections.exceptions), "exception")
    _say_written(asked, f"Wrote {path}: {exceptions} among {total(sections.report)}")


def _say_written(asked: Asked, line: str) -> None:
    if not asked.quiet:
        print(shown(line))
