"""Workbooks read for a command, or a line that says why one can't be."""

import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_cli.writing.messages import say
from kpi_cli.xlsx.limits import MAX_SIZE
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

if TYPE_CHECKING:
    from kpi_cli.models import Workbook


@dataclass(frozen=True)
class Opening:
    """How workbooks are to be opened."""

    sheets: tuple[str, ...] = ()  # the only ones of their kind to be read; all, where none is named
    max_size: int = MAX_SIZE  # bytes that a workbook may unpack to
    debug: bool = False


def open_workbooks(paths: tuple[Path, ...], opening: Opening) -> Iterator["Workbook | None"]:
    """Yield what each workbook holds; where one can't be read, say so and yield None.

    A workbook's name is the file's; its whole path, where several have that name.
    """
    names = Counter(path.name for path in paths)
    for path in paths:
        yield open_workbook(path, path.name if names[path.name] == 1 else str(path), opening)


def open_workbook(path: Path, name: str, opening: Opening) -> "Workbook | None":
    """Return what a workbook holds; where it can't be read, say so and return None."""
    from kpi_cli.reading.workbook import read_workbook  # not where a batch's workers read

    try:
        return read_workbook(path, name, sheets=opening.sheets, max_size=opening.max_size)
    except UnreadableWorkbookError as error:
        if opening.debug:
            traceback.print_exc()
        say(f"{path}: {error}")
        return None
