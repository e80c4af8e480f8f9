"""Every system call of a batch fails once in turn: one workbook at most goes with it."""

import csv
import errno
import gzip
import io
import re
import shutil
from collections.abc import Mapping
from contextlib import redirect_stderr
from pathlib import Path

import pytest
import typer

from kpi_cli.batch.task import Product, Result, Row, Status, Task, failed
from kpi_cli.commands.batch import Asked, RunningOptions, rate_all
from kpi_cli.commands.ending import clear_end
from tests.batch.failing_calls import Calls, failing
from tests.batch.folders import EPOCH, files, save

pytestmark = pytest.mark.no_cover  # the same lines run in hundreds of batches

SHARED = re.compile(r"out(/\.kpi-batch(/lock)?|/(~\$)?(summary\.csv|ratings\.jsonl)|/\.kpi-\S+)?")
"""What all workbooks share of the output; without it there is no batch."""
EMPTY = "pattern/2.xlsx: the file is empty\n"


def rated(task: Task) -> Result:
    """Return what is made of a workbook, in no time."""
    if not task.content:
        return failed("the file is empty")
    row = Row(Status.RATED, products=(Product.RATINGS.folder,))
    return Result(row, {Product.RATINGS: task.content}, gzip.compress(b"{}\n", mtime=0))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, current, with the workbooks of the batch and what it made of them before."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH["SOURCE_DATE_EPOCH"])
    monkeypatch.setattr("kpi_cli.commands.batch.WORK", f"{__name__}:rated")
    save(tmp_path, ["folder/1.xlsx", "pattern/2.xlsx", "3.xlsx"])
    batch()
    Path("out").rename("before")
    save(tmp_path, ["3.xlsx"], value=80)
    Path("pattern/2.xlsx").write_bytes(b"")
    return tmp_path


def batch(*options: str, calls: Calls | None = None) -> tuple[int, str]:
    """Run the batch, with one call that fails, and return its exit code and what it said."""
    paths = (Path("folder"), Path("pattern/*.xlsx"), Path("3.xlsx"))
    asked = Asked(paths, Path("out"), running=RunningOptions(1, resume=bool(options)), quiet=True)
    said = io.StringIO()
    try:
        with redirect_stderr(said), failing(calls or Calls(Path("/nowhere"))), clear_end(False):
            return rate_all(asked), said.getvalue()
    except typer.Exit as stopped:
        return stopped.exit_code, said.getvalue()


def rows() -> list[dict[str, str]]:
    text = Path("out/summary.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def outcome(place: Path, options: str, number: int | None, error: int) -> tuple[Calls, int, str]:
    """Return the calls of a batch whose call of a number failed, and how it ended."""
    if Path("out").exists():
        Path("out").rename(f"out of {len(list(place.iterdir()))}")
    if options:
        shutil.copytree("before", "out")
    calls = Calls(place, number, error)
    return calls, *batch(*options.split(), calls=calls)


@pytest.mark.parametrize(("options", "error"), [("", errno.EIO), ("--resume", errno.EACCES)])
def test_whichever_call_fails_the_rest_is_done(place: Path, options: str, error: int) -> None:
    calls, exit_code, said = outcome(place, options, None, error)
    assert (exit_code, said) == (1, EMPTY)
    good = files(Path("out"))
    assert len(calls.made) > 50
    wrong = []
    for number in range(len(calls.made)):
        calls, exit_code, said = outcome(place, options, number, error)
        name, path = calls.made[number]
        if fault := fault_in(good, name, path, exit_code, said):
            wrong.append(f"{name} {path}: {fault}; exit code {exit_code}, {said}")
    assert not wrong, "\n".join([f"{len(calls.made)} calls", *wrong])


def fault_in(
    good: Mapping[str, bytes], name: str, path: str, exit_code: int, said: str
) -> str | None:
    """Return what is wrong with how a batch ended in which a call failed; None where nothing is."""
    if "Traceback" in said or "error of its own" in said:
        return "an error of its own"
    if name != "unlink" and list(Path("out").rglob("*.part")):
        return "a part is left"
    *_, last = said.splitlines()
    if last.startswith("kpi: "):
        is_shared = SHARED.fullmatch(path) or "the folder out can't be used" in last
        return None if is_shared and exit_code == 4 else "it took the batch with it"
    failed = [row["path"] for row in rows() if row["status"] == "failed"]
    if len(rows()) != 3 or len(failed) > 2:
        return "it took others with it"
    if sorted(line.partition(": ")[0] for line in said.splitlines()) != sorted(failed):
        return "what failed is not told in a line each"
    if exit_code not in (1, 4):
        return "the exit code is wrong"
    made = files(Path("out"))
    if any(
        made.get(each["ratings"]) != good[each["ratings"]] for each in rows() if each["ratings"]
    ):
        return "what is said to be made is not there"
    return None
