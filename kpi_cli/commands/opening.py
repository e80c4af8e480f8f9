"""Workbooks opened for a command, or a line that says why one can't be."""

import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from kpi_cli.commands.beside import Beside
from kpi_cli.commands.options import Opening
from kpi_cli.models import Workbook
from kpi_cli.reading.workbook import read_workbook
from kpi_cli.writing.messages import say
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError, refused, too_large

STANDARD_INPUT = Path("-")  # in place of a file, as other programs take it
_ITS_NAME = "standard input"
_PIECE = 1 << 20  # bytes


def open_workbooks(paths: Sequence[Path], opening: Opening) -> Iterator[Workbook | None]:
    """Yield what each workbook holds; where one can't be read, say so and yield None.

    A workbook's name is the file's; its whole path, where several have that name.
    """
    beside = Beside(opening)
    for path, name in zip(paths, names_of(paths), strict=True):
        yield open_workbook(path, name, beside)


def names_of(paths: Sequence[Path]) -> list[str]:
    """Return what workbooks are called: as their files are; by their paths where these repeat."""
    names = Counter(path.name for path in paths)
    return [shown(path) if names[path.name] > 1 else name_of(path) for path in paths]


def name_of(path: Path) -> str:
    """Return what a single workbook is called: as its file is."""
    return _ITS_NAME if path == STANDARD_INPUT else path.name


def shown(path: Path) -> str:
    """Return where a workbook is, for a message."""
    return _ITS_NAME if path == STANDARD_INPUT else str(path)


def open_workbook(path: Path, name: str, beside: Beside) -> Workbook | None:
    """Return what a workbook holds; where it can't be read, say so and return None."""
    try:
        return read_explained(path, name, beside)
    except UnreadableWorkbookError as error:
        if beside.opening.debug:
            traceback.print_exc()
        say(f"{shown(path)}: {error}")
        return None


def read_explained(path: Path, name: str, beside: Beside) -> Workbook:
    """Return what a workbook holds, read as what stands beside it says.

    Raises UnreadableWorkbookError where it, its profile or its definitions can't be read.
    """
    opening, explained = beside.opening, beside.of(path)
    return read_workbook(
        _read_input(opening.max_size) if path == STANDARD_INPUT else path,
        name,
        sheets=opening.sheets,
        max_size=opening.max_size,
        period=opening.period,
        polarity=opening.polarity,
        profile=explained.profile,
        definitions=explained.definitions,
    )


def _read_input(max_size: int) -> bytes:
    """Return the workbook that comes in; raises UnreadableWorkbookError where none does."""
    stream = sys.stdin.buffer if sys.stdin else None
    if stream is None or stream.isatty():
        raise UnreadableWorkbookError("it is no workbook; send one into it, such as: < x.xlsx")
    content = bytearray()
    try:
        while piece := stream.read(_PIECE):
            content += piece
            if len(content) > max_size:  # it may never end
                raise too_large(max_size)
    except OSError as error:
        raise refused("read", error) from error
    if not content:
        raise UnreadableWorkbookError("nothing came in; it can be read only once")
    return bytes(content)
