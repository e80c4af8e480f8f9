"""Paths, folders and patterns → the workbooks of a batch: each once, in order, by its own name."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from kpi_cli.names import natural_order, untaken
from kpi_cli.sentences import visible
from kpi_cli.writing.files import OutputError

STATE = ".kpi-batch"
"""The folder in an output folder by which it is known for one."""

_SUFFIXES = (".xlsx", ".xlsm")
_MAGIC = re.compile(r"[*?\[]")
_NO_NAME = 123  # what Windows says of a path that no file can have, such as a pattern


@dataclass(frozen=True)
class Source:
    """A workbook of the batch, or a path under which there is none."""

    path: Path
    name: str  # the one that results carry: the path below the folder that all have in common
    stem: str  # the path of its outputs below their folder, without a suffix; unique
    fault: str | None = None  # why there is nothing to read
    root: Path | None = None  # the folder from which it was found


@dataclass
class Sources:
    """All that a batch is to read."""

    workbooks: list[Source] = field(default_factory=list)
    passed_over: int = 0  # lock files, hidden files and files that are no workbooks, in folders


def find_sources(paths: Iterable[Path], output: Path) -> Sources:
    """Return the workbooks that the paths name: files, folders (to their depths) and patterns.

    Files are in the order given, and in natural order within a folder or a pattern. What an
    earlier batch wrote is passed by. Raises OutputError where the inputs lie in the output folder.
    """
    search = _Search(Path(os.path.realpath(output)))
    for path in paths:
        search.add(path)
    return search.sources()


@dataclass(frozen=True)
class _Found:
    path: Path
    root: Path  # the folder from which it was found
    fault: str | None = None


class _Search:
    def __init__(self, output: Path) -> None:
        self.output = output
        self._found: list[_Found] = []
        self._passed_over: set[str] = set()
        self._files: set[str] = set()  # the real paths of the workbooks: each counts once
        self._matched = 0  # workbooks, those that were given before too

    def add(self, path: Path) -> None:
        with self._told(path, path.parent):
            if _is_folder(path):
                self._add_folder(path)
            elif not os.path.lexists(path) and _MAGIC.search(str(path)):
                self._add_pattern(path)
            else:
                self._refuse_if_output(path, path)
                self._add_file(path, path.parent)

    def sources(self) -> Sources:
        """Return what was found; the names of outputs differ in more than case."""
        common = _common(found.root for found in self._found)
        taken: set[str] = set()
        workbooks = []
        for found in self._found:
            name = _below(common, found.path)
            stem = _free(name, taken)
            workbooks.append(Source(found.path, visible(name), stem, found.fault, found.root))
        return Sources(workbooks, len(self._passed_over))

    def _add_file(self, path: Path, root: Path) -> None:
        self._matched += 1
        if _is_new(path, self._files):
            self._found.append(_Found(path, root))

    def _add_folder(self, folder: Path) -> None:
        self._refuse_if_output(folder, folder)
        before = self._matched, len(self._found)
        self._search(folder, folder)
        if (self._matched, len(self._found)) == before:
            self._fail(folder, folder, "there is no workbook (.xlsx, .xlsm) in this folder")

    def _search(self, folder: Path, root: Path) -> None:
        """Add the workbooks of a folder and of all folders in it; links go round in no circle."""
        files: list[Path] = []
        searched = {os.path.realpath(root)} if folder != root else set()
        for top, folders, names in os.walk(folder, onerror=self._fail_at(root), followlinks=True):
            here = Path(top)
            is_new = _is_new(here, searched)
            folders[:] = [n for n in folders if is_new and self._is_readable(here / n, root)]
            folders.sort(key=natural_order)
            paths = (here / name for name in names if is_new)
            files += [path for path in paths if self._is_workbook(path)]
        for path in sorted(files, key=_order):
            self._add_file(path, root)

    def _add_pattern(self, pattern: Path) -> None:
        """Add what a pattern matches, for shells that leave that to the program."""
        base, parts = _split(pattern)
        self._refuse_if_output(base, pattern)
        before = self._matched, len(self._found)
        for path in sorted(set(self._matches(base, parts, base)), key=_order):
            with self._told(path, base):
                if _is_folder(path):
                    self._search(path, base)
                elif self._is_workbook(path):
                    self._add_file(path, base)
        if (self._matched, len(self._found)) == before:
            self._fail(pattern, base, "no workbook (.xlsx, .xlsm) matches; check the path")

    def _matches(self, folder: Path, parts: Sequence[str], base: Path) -> Iterator[Path]:
        """Yield what the parts of a pattern match below a folder, in folders that may be read."""
        part, *rest = parts
        if part == "**":
            for each in self._folders(folder, base):
                yield from self._matches(each, rest, base) if rest else (each,)
            return
        names = [part]
        if _MAGIC.search(part):
            with self._told(folder, base):
                names = [each.name for each in folder.iterdir() if fnmatch(each.name, part)]
        for path in (folder / name for name in names):
            with self._told(path, base):
                if _is_folder(path):
                    if self._is_readable(path, base):
                        yield from self._matches(path, rest, base) if rest else (path,)
                elif not rest and os.path.lexists(path):
                    yield path

    def _folders(self, folder: Path, base: Path) -> Iterator[Path]:
        """Yield a folder and all that are in it and may be read; links are not followed."""
        for top, folders, _ in os.walk(folder, onerror=self._fail_at(base)):
            here = Path(top)
            folders[:] = [name for name in folders if self._is_readable(here / name, base)]
            yield here

    @contextmanager
    def _told(self, path: Path, root: Path) -> Iterator[None]:
        """Have what can't be looked into stand among what was found, as a failure."""
        try:
            yield
        except OSError as error:
            self._fail(path, root, f"it can't be opened: {error.strerror or error}")

    def _fail_at(self, root: Path) -> Callable[[OSError], None]:
        return lambda error: self._fail(
            Path(error.filename), root, f"it can't be opened: {error.strerror}"
        )

    def _fail(self, path: Path, root: Path, fault: str) -> None:
        self._found.append(_Found(path, root, fault))

    def _is_workbook(self, path: Path) -> bool:
        is_one = path.suffix.lower() in _SUFFIXES and not path.name.startswith(("~$", "."))
        is_one = is_one and not self._is_in_output(path)
        if not is_one:
            self._passed_over.add(os.path.realpath(path))
        return is_one

    def _is_readable(self, folder: Path, root: Path) -> bool:
        """Whether a folder is neither hidden nor one that a batch has written."""
        if folder.name.startswith(".") or Path(os.path.realpath(folder)) == self.output:
            return False
        with self._told(folder, root):
            return not _is_folder(folder / STATE)
        return False

    def _is_in_output(self, path: Path) -> bool:
        return Path(os.path.realpath(path)).is_relative_to(self.output)

    def _refuse_if_output(self, folder: Path, given: Path) -> None:
        if self._is_in_output(folder):
            raise OutputError(
                f"{given} is in the output folder, {self.output}; give the results a folder of"
                " their own"
            )


def _is_folder(path: Path) -> bool:
    """Whether a path leads to a folder; raises OSError where that can't be known."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        if getattr(error, "winerror", None) == _NO_NAME:
            return False
        raise


def _is_new(path: Path, seen: set[str]) -> bool:
    """Whether a path, with its links followed, is not among those seen; it is from now on."""
    real = os.path.realpath(path)
    is_new = real not in seen
    seen.add(real)
    return is_new


def _order(path: Path) -> tuple[list[list[tuple[int, int, str]]], str]:
    """Return what paths sort by: naturally, folder by folder."""
    return [natural_order(part) for part in path.parts], str(path)


def _split(pattern: Path) -> tuple[Path, Sequence[str]]:
    """Return the folder that a pattern starts from, and the parts of the rest."""
    base = Path(pattern.anchor)
    parts = pattern.parts[1 if pattern.anchor else 0 :]
    number = 0
    while number < len(parts) - 1 and _is_folder(base / parts[number]):
        base /= parts[number]
        number += 1
    return base, parts[number:]


def _common(roots: Iterable[Path]) -> str | None:
    """Return the folder that all roots lie in; None where there is none, as on several drives."""
    try:
        return os.path.commonpath({os.path.abspath(root) for root in roots})  # noqa: PTH100
    except ValueError:
        return None


def _below(common: str | None, path: Path) -> str:
    """Return a path from the common folder on, with forward slashes."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100  # a link keeps its own name
    if common is None:
        drive = re.sub(r"\W+", "-", whole.drive).strip("-")
        return "/".join((drive, *whole.parts[1:]))
    return whole.relative_to(common).as_posix()


def _free(name: str, taken: set[str]) -> str:
    """Return the stem of a workbook's outputs, and take it; no two are alike on any system."""
    stem = name[: -len(".xlsx")] if name.lower().endswith(".xlsx") else name
    return untaken(stem, taken)
