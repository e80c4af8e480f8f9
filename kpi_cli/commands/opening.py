"""A workbook read for a command, or a line that says why it can't be."""

import traceback
from collections.abc import Sequence
from pathlib import Path

from kpi_cli.models import Workbook
from kpi_cli.reading import UnreadableWorkbookError, read_workbook
from kpi_cli.writing.messages import say


def open_workbook(
    path: Path, name: str, debug: bool, sheets: Sequence[str] = ()
) -> Workbook | None:
    """Return what a workbook holds; where it can't be read, say so and return None.

    Where sheets are named, no other of their kind is read.
    """
    try:
        return read_workbook(path, name, sheets)
    except UnreadableWorkbookError as error:
        if debug:
            traceback.print_exc()
        say(f"{path}: {error}")
        return None
