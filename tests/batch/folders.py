"""Folders of small workbooks for tests, and what a batch left in one."""

import functools
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.builders import HEADINGS, row, save_workbook

EPOCH = {"SOURCE_DATE_EPOCH": "1548979200"}  # with it a batch gives the same bytes each time


@functools.cache
def content(value: object = 95, code: str = "CP 1.1") -> bytes:
    """Return a workbook with one indicator, whose target is 90."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [HEADINGS, row(code=code, value=value)]
        return save_workbook(Path(folder, "x.xlsx"), Indicators=rows).read_bytes()


def save(folder: Path, names: Iterable[str], value: object = 95) -> Path:
    """Save a workbook under each of these names, and return the folder."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(value))
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Return everything that is in a folder, by its path there, but for the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


def names(folder: Path) -> list[str]:
    """Return the paths of the results in a folder."""
    return [name for name in files(folder) if not name.startswith(".kpi-batch/")]
