"""Files written whole or not at all."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_PART = (".kpi-", ".part")  # how the name of a file begins and ends while it is being written


class OutputError(Exception):
    """An output that could not be written; says why, and what to do."""


def check_output(path: Path, force: bool, inputs: tuple[Path, ...] = ()) -> None:
    """Raise OutputError where the file may not be written: to be known before any work is done."""
    if any(_is_same(path, other) for other in inputs):
        raise OutputError(f"{path} is a workbook that is read; give another name")
    if path.is_dir():
        raise OutputError(f"{path} is a folder; give the name of a file in it")
    if not path.parent.is_dir():
        raise OutputError(f"there is no folder {path.parent}; make it first")
    if path.exists() and not path.is_file():
        raise OutputError(f"{path} is no ordinary file; redirect the output to it instead")
    lock = path.with_name(f"~${path.name}")
    if lock.exists():
        raise OutputError(
            f"{path} is open in Excel; close it there first (if it isn't, delete {lock.name})"
        )
    if path.exists() and not force:
        raise OutputError(f"{path} exists already; give another name, or --force to replace it")


def write_whole(path: Path, content: bytes, force: bool) -> None:
    """Write a file so that at any moment there is the old one or the new one, whole.

    Raises OutputError where it can't be written, or exists and is not to be replaced.
    """
    with whole_file(path, force) as file:
        file.write(content)


@contextmanager
def whole_file(path: Path, force: bool) -> Iterator[BinaryIO]:
    """Give a file to write into, bit by bit; it takes its place only when the block has ended.

    Raises OutputError where it can't be written, or exists and is not to be replaced.
    """
    check_output(path, force)
    path = path.resolve()  # a link stays a link
    try:
        handle, part = tempfile.mkstemp(prefix=_PART[0], suffix=_PART[1], dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(part).chmod(_mode_for(path))
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except PermissionError as error:
        message = f"{path} can't be written; if it is open in Excel, close it there first"
        raise OutputError(message) from error
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror or error}") from error


def remove_parts(folder: Path) -> None:
    """Remove what a program that was killed left in a folder of files that it was writing."""
    for part in folder.glob(f"{_PART[0]}*{_PART[1]}"):
        part.unlink(missing_ok=True)


def _mode_for(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those of a new one."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False
