"""`kpi new`: an empty workbook to fill in."""

from pathlib import Path

from kpi_cli.clock import time_now
from kpi_cli.exits import ExitCode
from kpi_cli.models import Settings
from kpi_cli.writing.files import write_whole
from kpi_cli.writing.messages import shown
from kpi_cli.writing.template.document import new_workbook


def write_new(file: Path, settings: Settings, force: bool) -> ExitCode:
    """Write a workbook with these settings, and say what to do next.

    Raises OutputError where the file can't be written.
    """
    write_whole(file, new_workbook(settings, time_now()), force)
    asked = f'"{file}"' if " " in str(file) else file
    print(shown(f"Wrote {file}; fill it in, then: kpi check {asked}"))
    return ExitCode.DONE
