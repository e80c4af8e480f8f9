"""Why a file can't be read as a workbook: the error, and what a file's first bytes say."""

import os
import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from kpi_cli.sentences import visible

DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError,  # of the zip file
    ExpatError, ParseError, LookupError, ValueError,  # of the XML in it
)  # fmt: skip
"""What a damaged file lets the parsing stumble over."""

_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"  # Excel 97-2003, and the wrapper of an encrypted workbook
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LOOKED_AT = 1 << 20  # bytes in which an OLE file is searched for the mark of encryption

_NO_WORKBOOK = "it is not an Excel workbook; save it in Excel as .xlsx"


class UnreadableWorkbookError(Exception):
    """A workbook that could not be read at all; says why, and what to do."""


class NoTableError(UnreadableWorkbookError):
    """A workbook without a table of indicators; it has what stands where headings would."""

    def __init__(self, message: str, headings: Sequence[str]) -> None:
        super().__init__(message)
        self.headings = tuple(headings)


def damaged(detail: str = "") -> UnreadableWorkbookError:
    """Return the error for a file that is none of Excel's making, or not any more."""
    found = f"it is damaged: {detail}" if detail else "it is damaged, or not a workbook"
    return UnreadableWorkbookError(f"{found}; open it in Excel, and save it again as .xlsx")


def open_file(path: Path) -> BinaryIO:
    """Return a workbook's file, open for reading.

    Raises UnreadableWorkbookError for a path that leads to no file.
    """
    if path.name.startswith("~$"):
        raise UnreadableWorkbookError(
            "it is the lock file that Excel keeps while a workbook is open; give the workbook's"
            f" own path, without the ~$: {visible(path.name[2:])}"
        )
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UnreadableWorkbookError("it is a folder; give the workbook's own path")
        if not stat.S_ISREG(mode):  # a pipe could keep us waiting for ever
            raise UnreadableWorkbookError("it is no file that is stored; save it to one first")
        return path.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableWorkbookError("there is no such file; check the path") from None
    except (OSError, ValueError) as error:
        raise refused("opened", error) from error


def refused(what: str, error: Exception) -> UnreadableWorkbookError:
    """Return the error for a file that the system doesn't let be "opened" or "read"."""
    reason = getattr(error, "strerror", None) or error
    return UnreadableWorkbookError(f"it can't be {what}: {reason}")


def too_large(max_size: int) -> UnreadableWorkbookError:
    """Return the error for a file of more bytes than a workbook may unpack to."""
    return UnreadableWorkbookError(
        f"it is larger than the {-(-max_size // 1024**2):,} MiB that are allowed; if it is known"
        " to be good, add --max-size"
    )


def content_of(path: Path, max_size: int) -> bytes:
    """Return the bytes of a workbook's file.

    Raises UnreadableWorkbookError as open_file does, and, before it is read, for a file that is
    larger than a workbook may unpack to: it says what it is, where it is plainly none.
    """
    with open_file(path) as file:
        try:
            if os.fstat(file.fileno()).st_size > max_size:
                look_at_start(file)
                raise too_large(max_size)
            return file.read()
        except OSError as error:
            raise refused("read", error) from error
        except MemoryError:
            raise UnreadableWorkbookError("it is too large for this machine's memory") from None


def look_at_start(file: BinaryIO) -> None:
    """Raise UnreadableWorkbookError for what is plainly no .xlsx workbook; say what it is."""
    try:
        start = file.read(_LOOKED_AT)
        file.seek(0)
    except OSError as error:
        raise refused("read", error) from error
    if not start:
        raise UnreadableWorkbookError("the file is empty; save the workbook again")
    if start.startswith(_OLE):
        raise UnreadableWorkbookError(
            "it is encrypted; save it in Excel without a password"
            if _ENCRYPTED in start
            else "it is in the format of Excel 97-2003; save it in Excel as .xlsx, without a"
            " password"
        )
    if start.startswith(_ZIP):
        return
    if b"\0" in start[:4096]:
        raise UnreadableWorkbookError(_NO_WORKBOOK)
    raise UnreadableWorkbookError(
        "it is a file of text, such as CSV; open it in Excel, and save it as .xlsx"
    )


def other_package(names: set[str]) -> UnreadableWorkbookError:
    """Return the error for a zip file without a workbook in it, from the names of its parts."""
    if "xl/workbook.bin" in names:
        return UnreadableWorkbookError("it is a binary workbook (.xlsb); save it in Excel as .xlsx")
    if {"mimetype", "content.xml"} <= names:
        return UnreadableWorkbookError(
            "it is in the OpenDocument format (.ods); save it in Excel or LibreOffice as .xlsx"
        )
    if names & {"word/document.xml", "ppt/presentation.xml"}:
        return UnreadableWorkbookError(_NO_WORKBOOK)
    return damaged()
