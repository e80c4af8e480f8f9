"""The zip file that a workbook is: its parts, unpacked piece by piece and under a limit."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from kpi_cli.sentences import visible
from kpi_cli.xlsx.limits import LARGEST_DIRECTORY, MAX_SIZE, PIECE, Room
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError, damaged, refused

_MEBIBYTE = 1024**2
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # Excel's; others unpack without a limit


class Package:
    """The parts of a workbook by their names, such as "xl/workbook.xml".

    Raises UnreadableWorkbookError where the parts claim more than max_size bytes, before any is
    unpacked, or turn out to hold more.
    """

    def __init__(self, file: BinaryIO, max_size: int = MAX_SIZE) -> None:
        self._zip = zipfile.ZipFile(cast("BinaryIO", _File(file)))
        parts = self._zip.infolist()
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for part in parts:
            name = _name(part.filename)
            if not part.is_dir() and self._parts.setdefault(name, part) is not part:
                raise damaged(f"it has the part {visible(name)} twice")
        self._max_size = max_size
        self._unpacked = 0
        size = sum(part.file_size for part in parts)
        self._check_size(size)
        self.room = Room(max_size, size)

    @property
    def names(self) -> set[str]:
        """The names of the parts, in lower case."""
        return set(self._parts)

    def __contains__(self, name: str) -> bool:
        return _name(name) in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield the content of a part; raises UnreadableWorkbookError where there is none."""
        part = self._parts.get(_name(name))
        if part is None:
            raise damaged(f"its part {name} is missing")
        if part.flag_bits & 1:
            raise UnreadableWorkbookError("it has a password; save it in Excel without one")
        if part.compress_type not in _METHODS:
            raise damaged(f"its part {name} is packed in a way that Excel doesn't use")
        with self._zip.open(part) as content:
            while piece := content.read(PIECE):
                self._unpacked += len(piece)
                self._check_size(self._unpacked)
                yield piece

    def _check_size(self, size: int) -> None:
        if size > self._max_size:
            needed, allowed = (-(-number // _MEBIBYTE) for number in (size, self._max_size))
            raise UnreadableWorkbookError(
                f"it unpacks to {needed:,} MiB, more than the {allowed:,} MiB that are allowed;"
                f" if it is known to be good, add --max-size {needed}MiB"
            )


class _File:
    """A zip file that isn't read by more at a time than the names of its parts may take.

    They are read in one go, before anything of them can be counted.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable
        self._file = file

    def read(self, size: int = -1) -> bytes:
        if size > LARGEST_DIRECTORY:
            raise damaged("it has too many parts")
        try:
            return self._file.read(size)
        except OSError as error:
            raise refused("read", error) from error


def _name(name: str) -> str:
    """Return a part's name as all spellings of it agree: some programs write backslashes.

    Two parts that agree are none of Excel's making: which one is read would depend on the program.
    """
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
