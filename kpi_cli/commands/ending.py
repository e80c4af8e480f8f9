"""Exit codes, and how a command ends when it can't go on: one clear line, never a traceback."""

import errno
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import typer

from kpi_cli.clock import ClockError
from kpi_cli.writing.files import OutputError
from kpi_cli.writing.messages import say

EXIT_CODES = """\b
Exit codes:
  0  done
  1  done, but the data has errors{more}
  2  wrong usage, or a filter names what no workbook has
  3  a workbook could not be read at all
  4  the output could not be written"""


class ExitCode(IntEnum):
    """What a command tells the script that ran it; the highest of several counts."""

    DONE = 0
    DATA_ERRORS = 1  # or --fail-on was met
    USAGE = 2
    UNREADABLE = 3
    NOT_WRITTEN = 4
    INTERRUPTED = 130


@contextmanager
def clear_end(debug: bool) -> Iterator[None]:
    """Turn what stops a command into one line on standard error and its exit code.

    With debug, the traceback goes before the line.
    """
    try:
        yield
        if sys.stdout:
            sys.stdout.flush()
    except typer.BadParameter:
        raise
    except Exception as error:
        exit_code, message = _ending(error)
        if debug:
            traceback.print_exc()
        if isinstance(error, OSError):
            _drop_output()
        if message:
            say(f"kpi: {message}")
        raise typer.Exit(exit_code) from None


def _ending(error: Exception) -> tuple[ExitCode, str | None]:
    """Return the exit code for what stopped a command, and what to say of it."""
    match error:
        case ClockError():
            return ExitCode.USAGE, str(error)
        case OutputError():
            return ExitCode.NOT_WRITTEN, str(error)
        case BrokenPipeError() | OSError(errno=errno.EINVAL, filename=None):
            return ExitCode.NOT_WRITTEN, None  # the reader, such as `more`, has had enough
        case OSError():
            reason = error.strerror or str(error)
            return ExitCode.NOT_WRITTEN, f"the output can't be written: {reason}"
    name = type(error).__name__
    return ExitCode.UNREADABLE, f"stopped by an error of its own ({name}); --debug shows it"


def unwritten(error: OSError) -> int:
    """Say that what the command line itself has to say can't be written; return the exit code.

    That of what is wrong with the usage goes before it.
    """
    exit_code, message = _ending(error)
    _drop_output()
    if message:
        say(f"kpi: {message}")
    return int(getattr(error.__context__, "exit_code", exit_code))


def _drop_output() -> None:
    """Keep Python from complaining, at its end, of output that nobody takes."""
    if sys.stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
