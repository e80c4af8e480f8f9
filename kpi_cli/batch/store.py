"""The output folder of a batch: what it holds, what is known to be done, one batch at a time.

Beside the results there is a folder `.kpi-batch` with a file for each workbook: what it was made
from and what became of it. It is written last, so that what it vouches for is there.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import UnionType
from typing import Any

from filelock import FileLock, Timeout

from kpi_cli.batch.sources import STATE, Source
from kpi_cli.batch.task import Product, Result, Row, Status
from kpi_cli.terms import Outcome
from kpi_cli.writing.files import OutputError, check_output, remove_parts, write_whole

SUMMARY = "summary.csv"
LINES = "ratings.jsonl"
_RESULTS = (SUMMARY, LINES, *(product.folder for product in Product))
_KEPT = ".gz"
_LONGEST_ROW = 1 << 20  # bytes of what is known of a workbook, beside its ratings
_KINDS: Mapping[str, type | UnionType] = {
    "message": str | None,
    "report_month": str | None,
    "counts": dict,
    "not_rated": int,
    "errors": int,
    "warnings": int,
    "products": list,
    "seconds": float | None,
}
"""What a Row has in it, as it is kept."""
_NOT_AS_KEPT = (
    OSError, EOFError, zlib.error, MemoryError, RecursionError,
    ValueError, LookupError, TypeError, AttributeError,
)  # fmt: skip
"""What a file that is gone, cut short or somebody else's lets its reading stumble over."""


@dataclass(frozen=True)
class _Kept:
    """What is known of a workbook from an earlier run."""

    settings: str
    content: str
    row: Row
    files: Mapping[Product, str]  # the hashes of the outputs


class Store:
    """The folder into which the results of one batch go."""

    def __init__(self, folder: Path, settings: str) -> None:
        self.folder = folder
        self.settings = settings
        self._state = folder / STATE
        self._earlier: set[str] = set()  # the names of what is known of workbooks at the start

    @contextmanager
    def opened(self, resume: bool, force: bool) -> Iterator[None]:
        """Keep the folder for this batch alone.

        The summary and the ratings of all are removed first: where they are, a batch is complete.
        Raises OutputError where the folder can't be used: it has results, and is neither to be
        resumed nor to be replaced; another batch is writing into it; a file in it is open.
        """
        try:
            self._refuse_results(resume, force)
            self._state.mkdir(parents=False, exist_ok=True)
            lock = FileLock(self._state / "lock", timeout=0)
            lock.acquire()
        except Timeout:
            raise OutputError(
                f"another kpi batch is writing into {self.folder}; wait for its end, or give"
                " another folder"
            ) from None
        except (OSError, NotImplementedError) as error:
            reason = getattr(error, "strerror", None) or error
            raise OutputError(f"the folder {self.folder} can't be used: {reason}") from error
        try:
            self._clear()
            yield
        finally:
            lock.release()

    def done(self, source: Source, content: str) -> Row | None:
        """Return the row of a workbook that needs not be done again, or None.

        The content (by its hash), the settings and the program are the same, and its outputs are
        as they were.
        """
        kept = self._kept(source)
        if kept is None or kept.row.status is Status.FAILED:
            return None
        if (kept.settings, kept.content) != (self.settings, content):
            return None
        for product, hashed in kept.files.items():
            if _hash_of_file(self.output(source, product)) != hashed:
                return None
        return kept.row

    def keep(self, source: Source, content: str, result: Result) -> None:
        """Write the outputs of a workbook, then what vouches for them.

        An output of an earlier run that there is no more is removed: what is in the folder is
        what the summary says. Raises OutputError where something can't be written.
        """
        before = self._kept(source)
        for product, made in result.files.items():
            path = self.output(source, product)
            _make_folder(path.parent)
            write_whole(path, made, force=True)
        for product in set(before.files if before else ()) - set(result.files):
            _remove(self.output(source, product))
        self._vouch(source, content, result)

    def lines(self, source: Source) -> bytes:
        """Return the ratings of a workbook that was kept, as JSON Lines.

        Raises OutputError where they are not there any more.
        """
        try:
            return gzip.decompress(_parts(self._path(source).read_bytes())[1])
        except _NOT_AS_KEPT as error:
            reason = getattr(error, "strerror", None) or error
            raise OutputError(
                f"its ratings can't be read again: {reason}; run again with --resume"
            ) from error

    def output(self, source: Source, product: Product) -> Path:
        """Return the path of an output."""
        return self.folder / product.folder / f"{source.stem}{product.suffix}"

    def left(self, sources: Iterable[Source]) -> int:
        """Return how many workbooks were in the folder before that are not in this batch."""
        return len(self._earlier - {self._path(source).name for source in sources})

    def _refuse_results(self, resume: bool, force: bool) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise OutputError(f"{self.folder} is a file; --output is a folder")
        _make_folder(self.folder, parents=False)
        there = next((name for name in _RESULTS if (self.folder / name).exists()), None)
        with suppress(FileNotFoundError):
            self._earlier = {p.name for p in self._state.iterdir() if p.suffix == _KEPT}
        if self._earlier and not (resume or force):
            raise OutputError(
                f"{self.folder} has the results of an earlier batch; add --resume to do only what"
                " has changed since, or --force to do it all again"
            )
        if there and not self._earlier and not force:
            raise OutputError(
                f"{self.folder / there} exists already; give another folder, or --force to replace"
                " it"
            )

    def _clear(self) -> None:
        """Remove what a killed run left half done, and the outputs that are made at the end."""
        for name in (SUMMARY, LINES):
            check_output(self.folder / name, force=True)
        for name in (SUMMARY, LINES):
            _remove(self.folder / name)
        for folder in (self.folder, self._state):
            remove_parts(folder)
        for product in Product:
            for here, _, _ in os.walk(self.folder / product.folder):
                remove_parts(Path(here))

    def _vouch(self, source: Source, content: str, result: Result) -> None:
        row = asdict(result.row) | {"status": result.row.status.value}
        known = {
            "workbook": source.name,
            "settings": self.settings,
            "content": content,
            "row": row,
            "lines": hash_of(result.lines),
            "files": {product.folder: hash_of(made) for product, made in result.files.items()},
        }
        first = gzip.compress(json.dumps(known).encode() + b"\n", mtime=0)  # zcat shows all
        write_whole(self._path(source), first + result.lines, force=True)

    def _kept(self, source: Source) -> _Kept | None:
        """Return what is known of a workbook; None where nothing is, or it can't be understood."""
        try:
            first, lines = _parts(_stored(self._path(source)))
            known = json.loads(first)
            return _understood(known) if known["lines"] == hash_of(lines) else None
        except _NOT_AS_KEPT:
            return None

    def _path(self, source: Source) -> Path:
        return self._state / f"{hash_of(os.fsencode(source.stem))}{_KEPT}"


def _parts(state: bytes) -> tuple[bytes, bytes]:
    """Return what vouches for a workbook, and its ratings as they came, compressed."""
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS + 16)  # as gzip does
    return unpacking.decompress(state, _LONGEST_ROW), unpacking.unused_data


def _understood(known: dict[str, Any]) -> _Kept:
    """Return what is known of a workbook; raises ValueError where it is not what was kept."""
    row = known["row"]
    is_row = all(isinstance(row[name], kinds) for name, kinds in _KINDS.items())
    if not is_row or any(type(n) is not int for n in row["counts"].values()):
        raise ValueError("something else")
    if not row["counts"].keys() <= {outcome.key for outcome in Outcome}:
        raise ValueError("other outcomes")
    row |= {"status": Status(row["status"]), "products": tuple(row["products"])}
    products = {product.folder: product for product in Product}
    files = {products[folder]: hashed for folder, hashed in known["files"].items()}
    return _Kept(known["settings"], known["content"], Row(**row), files)


def _make_folder(folder: Path, parents: bool = True) -> None:
    try:
        folder.mkdir(parents=parents, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"the folder {folder} can't be made: {reason}") from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} can't be replaced: {error.strerror}") from error


def _stored(path: Path) -> bytes:
    """Return what is in a file; raises OSError where there is none, or something else."""
    if not path.is_file():  # a pipe would keep us waiting for ever
        raise FileNotFoundError(path)
    return path.read_bytes()


def hash_of(content: bytes, *beside: object) -> str:
    """Return what tells one content from another, with what it is read with, if anything."""
    told = hashlib.sha256(content)
    for each in beside:
        if each is not None:
            told.update(repr(each).encode())
    return told.hexdigest()


def _hash_of_file(path: Path) -> str | None:
    try:
        return hash_of(_stored(path))
    except OSError:
        return None
