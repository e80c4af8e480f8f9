"""Workbooks that unpack to very much: refused in one line, in bounded time and memory."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.parts import BOOK, DOCUMENT, MAIN, SHEET, TEXTS, save_streamed
from tests.running import command, environment
from tests.xlsx.test_hostile_files import AGAIN, DEEP, ENDLESS, OUTSIDE


def many(
    unit: str, megabytes: int, before: str = "", after: str = "", part: str = SHEET
) -> Callable[[Path], Path]:
    """Return how to save a workbook with a part that holds something very often."""

    def pieces() -> Iterator[bytes]:
        yield before.encode()
        times = 1024**2 // len(unit)
        for _ in range(megabytes):
            yield unit.encode() * times
        yield after.encode()

    return lambda path: save_streamed(path, part, pieces())


ROWS = f'<worksheet xmlns="{MAIN}"><sheetData>'
END = "</sheetData></worksheet>"
TOO_MANY = (
    "it has more than 4,000,000 cells, rows and the like, filled or empty; delete the empty rows"
    " and columns after the data, and save it again; or, if it is known to be good, add"
    " --max-size "
)
BOMBS = {
    "rows": (many("<row/>", 40, ROWS, END), OUTSIDE),
    "a giant value": (many("9" * 64, 60, f"{ROWS}<row><c><v>", f"</v></c></row>{END}"), ENDLESS),
    "space": (many(" " * 64, 60, ROWS, END), ENDLESS),
    "a giant attribute": (many("a" * 64, 60, f"{ROWS}<row r='", f"'/>{END}"), ENDLESS),
    "a giant comment": (many("a" * 64, 60, f"{ROWS}<!--", f"-->{END}"), ENDLESS),
    "blank cells": (many(f"<row>{'<c/>' * 60}</row>", 30, ROWS, END), f"{TOO_MANY}1536MiB"),
    "empty shared texts": (many("<si/>", 40, "<sst>", "</sst>", TEXTS), f"{TOO_MANY}2048MiB"),
    "deep": (many("<a>", 20, ROWS), DEEP),
    "deep cells": (many("<c>", 20, ROWS), DEEP),
    "sheets": (
        many(
            '<sheet name="x" r:id="rId1"/>',
            20,
            f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets>',
            "</sheets></workbook>",
            BOOK,
        ),
        f'it is damaged: it has two sheets with the name "x"; {AGAIN}',
    ),
    "more than is allowed": (
        many("x" * 64, 513, part="xl/media/film"),
        "it unpacks to 514 MiB, more than the 512 MiB that are allowed; if it is known to be"
        " good, add --max-size 514MiB",
    ),
}


def limited() -> None:
    """Allow this process a gibibyte of addresses, which is more than it may take of memory."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))


@pytest.mark.no_cover
@pytest.mark.parametrize(("save", "message"), BOMBS.values(), ids=BOMBS)
def test_a_bomb_takes_little_time_and_memory(
    tmp_path: Path, save: Callable[[Path], Path], message: str
) -> None:
    path = save(tmp_path / "x.xlsx")
    run = subprocess.run(
        command("rate", path),
        env=environment(),
        capture_output=True,
        timeout=60,  # ten seconds, or many more where the machine is slow, and busy
        text=True,
        encoding="utf-8",
        preexec_fn=None if sys.platform == "win32" else limited,
    )
    assert (run.returncode, run.stderr) == (3, f"{path}: {message}\n")
