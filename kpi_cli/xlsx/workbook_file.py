"""An Excel file as sheets of cells, read in bounded time and memory whatever the file is."""

import io
from pathlib import Path
from typing import BinaryIO

from kpi_cli.xlsx.limits import MAX_SIZE
from kpi_cli.xlsx.package import Package
from kpi_cli.xlsx.sheet import Sheet
from kpi_cli.xlsx.unreadable import (
    DAMAGE,
    UnreadableWorkbookError,
    damaged,
    look_at_start,
    open_file,
)
from kpi_cli.xlsx.workbook_part import read_book
from kpi_cli.xlsx.worksheet_part import read_sheet


def read_sheets(source: Path | bytes, max_size: int = MAX_SIZE) -> list[Sheet]:
    """Return a workbook's worksheets in their order, with the saved results of formulas.

    The source is a path, or a workbook's content; max_size is how many bytes it may unpack to.
    A damaged sheet has the rows up to the damage, and says so; it may be one that nobody asks for.
    Raises UnreadableWorkbookError where it isn't a workbook that can be read.
    """
    with io.BytesIO(source) if isinstance(source, bytes) else open_file(source) as file:
        look_at_start(file)
        try:
            return _read_package(file, max_size)
        except DAMAGE as error:
            raise damaged() from error
        except MemoryError:
            raise UnreadableWorkbookError("it is too large for this machine's memory") from None


def _read_package(file: BinaryIO, max_size: int) -> list[Sheet]:
    package = Package(file, max_size)
    book = read_book(package)
    return [read_sheet(package.pieces(s.part), s, book, package.room) for s in book.sheets]
