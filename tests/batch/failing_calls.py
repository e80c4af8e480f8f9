"""A file system on which one call fails: the n-th of a run that has to do with a folder."""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CALLS = (
    "chmod", "fsync", "link", "listdir", "lstat", "mkdir", "open", "rename", "replace", "scandir",
    "stat", "unlink",
)  # fmt: skip


@dataclass
class Calls:
    """The calls of a run that have to do with a folder; the one of a number fails."""

    folder: Path
    failing: int | None = None
    error: int = errno.EIO
    made: list[tuple[str, str]] = field(default_factory=list)
    _paths: dict[int, str] = field(default_factory=dict)  # of open files

    def count(self, name: str, where: Any) -> None:
        """Take note of a call; raises OSError where it is the one to fail."""
        path = self.path_of(where)
        if not path.startswith(str(self.folder)):
            return
        self.made.append((name, os.path.relpath(path, self.folder)))
        if len(self.made) - 1 == self.failing:
            raise OSError(self.error, os.strerror(self.error), path)

    def path_of(self, where: Any) -> str:
        """Return the whole path that a call was given, or that of the open file; "" of others."""
        if isinstance(where, int):
            return self._paths.get(where, "")
        is_path = isinstance(where, str | os.PathLike)
        return str(Path(os.fsdecode(where)).absolute()) if is_path else ""

    def opened(self, number: int, path: str) -> None:
        """Take note of which file has a number."""
        self._paths[number] = path


@contextmanager
def failing(calls: Calls) -> Iterator[None]:
    """Have the calls counted, and the one to fail fail."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, _counted(calls, name, getattr(os, name)))
        patch.setattr(io, "open", _opening(calls))  # which is that of paths, too
        yield


def _counted(calls: Calls, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        calls.count(name, arguments[0] if arguments else ".")
        if name == "fsync":  # it takes its time, and nothing here depends on it
            return None
        result = call(*arguments, **named)
        if name == "open":
            calls.opened(result, calls.path_of(arguments[0]))
        return result

    return counted


def _opening(calls: Calls) -> Callable[..., Any]:
    """Return `open` for binary files whose reading and writing is counted, each as one call."""
    plain = io.open

    class File(io.FileIO):
        def readall(self) -> bytes:
            calls.count("read", self.name)
            return super().readall()

        def readinto(self, buffer: Any) -> int | None:
            calls.count("read", self.name)
            return super().readinto(buffer)

        def write(self, content: Any) -> int:
            calls.count("write", self.name)
            return super().write(content)

    def opened(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
        if "b" not in mode:
            return plain(file, mode, *arguments, **named)
        if not isinstance(file, int):
            calls.count("open", file)
        raw = File(file, mode.replace("b", ""), opener=named.get("opener"))
        calls.opened(raw.fileno(), calls.path_of(file))
        return io.BufferedReader(raw) if "r" in mode else io.BufferedWriter(raw)

    return opened
