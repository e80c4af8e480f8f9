"""Files written whole or not at all."""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_PART = (".kpi-", ".part")  # how the name of a file begins and ends while it is being written
_LONGEST = 259 if sys.platform == "win32" else None  # characters of a path, unless it is told to
_WAITS = (0.05, 0.1, 0.2, 0.4) if sys.platform == "win32" else ()
"""Seconds between tries: on Windows a virus scanner holds a file that is new for a moment."""


class OutputError(Exception):
    """An output that could not be written; says why, and what to do."""


def check_output(path: Path, force: bool, inputs: tuple[Path, ...] = ()) -> None:
    """Raise OutputError where the file may not be written: to be known before any work is done."""
    if any(_is_same(path, other) for other in inputs):
        raise OutputError(f"{path} is a workbook that is read; give another name")
    with _told(path):
        mode, folder = _mode(path), _mode(path.parent)
    if mode is not None and stat.S_ISDIR(mode):
        raise OutputError(f"{path} is a folder; give the name of a file in it")
    if folder is None or not stat.S_ISDIR(folder):
        raise OutputError(f"there is no folder {path.parent}; make it first")
    if mode is not None and not stat.S_ISREG(mode):
        raise OutputError(f"{path} is no ordinary file; redirect the output to it instead")
    lock = path.with_name(f"~${path.name}")
    if os.path.exists(lock):  # noqa: PTH110  # its name may be too long for one that there is
        raise OutputError(
            f"{path} is open in Excel; close it there first (if it isn't, delete {lock.name})"
        )
    if mode is not None and not force:
        raise _already(path)


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
    place = Path(os.path.realpath(path))  # a link stays a link
    part = place.with_name(f"{_PART[0]}{os.urandom(4).hex()}{_PART[1]}")
    with _told(place):
        try:
            with part.open("xb") as file:
                _keep_permissions(place, part)
                yield file
                file.flush()
                os.fsync(file.fileno())
            _put(part, place, force)
        finally:
            with suppress(OSError):  # or remove_parts does it
                _patiently(lambda: part.unlink(missing_ok=True))


def remove_parts(folder: Path) -> None:
    """Remove what a program that was killed left in a folder of files that it was writing.

    What can't be removed is left: nothing is ever read from it.
    """
    with suppress(OSError):
        for part in folder.glob(f"{_PART[0]}*{_PART[1]}"):
            with suppress(OSError):
                part.unlink()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what the system has against a file into an OutputError, with what to do."""
    try:
        yield
    except FileExistsError as error:  # since it was looked for
        raise _already(path) from error
    except PermissionError as error:
        message = f"{path} can't be written; if it is open in Excel, close it there first"
        if os.access(path, os.F_OK) and not os.access(path, os.W_OK):
            message = f"{path} is read-only; allow it to be written, or give another name"
        raise OutputError(message) from error
    except OSError as error:
        reason = error.strerror or error
        if _LONGEST and len(str(path)) > _LONGEST:
            reason = f"its path is longer than the {_LONGEST} characters that Windows takes"
        raise OutputError(f"{path} can't be written: {reason}") from error


def _already(path: Path) -> OutputError:
    return OutputError(f"{path} exists already; give another name, or --force to replace it")


def _mode(path: Path) -> int | None:
    """Return what kind of file a path leads to, and its permissions; None where there is none."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _keep_permissions(place: Path, part: Path) -> None:
    """Give the part the permissions of the file that it replaces, before anything is in it.

    On Windows they are the folder's; all that a file has of its own is to be read-only, which
    would keep the part from being moved.
    """
    mode = _mode(place)
    if mode is not None and os.name == "posix":
        part.chmod(stat.S_IMODE(mode))


def _put(part: Path, place: Path, force: bool) -> None:
    """Move a file that is whole to its place; raises FileExistsError where it may replace none."""
    if force:
        _patiently(lambda: part.replace(place))
    elif sys.platform == "win32":
        _patiently(lambda: part.rename(place))  # there it replaces none
    else:
        try:
            os.link(part, place)
        except FileExistsError:
            raise
        except OSError:  # as on file systems without links
            _reserve_and_replace(part, place)


def _reserve_and_replace(part: Path, place: Path) -> None:
    place.touch(exist_ok=False)
    try:
        part.replace(place)
    except BaseException:
        place.unlink(missing_ok=True)
        raise


def _patiently(step: Callable[[], object]) -> None:
    """Take a step, again and again for a while where another program keeps it from being taken."""
    for seconds in _WAITS:
        try:
            step()
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    step()


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False
