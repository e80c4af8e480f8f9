"""Workbooks read for a command, or a line that says why one can't be."""

import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kpi_cli.models import Workbook
from kpi_cli.reading import UnreadableWorkbookError, read_workbook
from kpi_cli.writing.messages import say


def open_workbooks(paths: tuple[Path, ...], debug: bool) -> Iterator[Workbook | None]:
    """Yield what each workbook holds; where one can't be read, say so and yield None.

    A workbook's name is the file's; its whole path, where several have that name.
    """
    names = Counter(path.name for path in paths)
    for path in paths:
        yield open_workbook(path, path.name if names[path.name] == 1 else str(path), debug)


def open_workbook(path: Path, name: str, debug: bool) -> Workbook | None:
    """Return what a workbook holds; where it can't be read, say so and return None."""
    try:
        return read_workbook(path, name)
    except UnreadableWorkbookError as error:
        if debug:
            traceback.print_exc()
        say(f"{path}: {error}")
        return None
