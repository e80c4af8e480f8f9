"""The process that others are copied from: there before it is needed, and out of Ctrl-C's reach."""

import signal
import subprocess
import sys

import pytest

from kpi_cli.commands import batch
from kpi_cli.commands.ending import ExitCode
from tests.running import kpi

PREPARED = """
import sys
from multiprocessing import forkserver
from pathlib import Path
from kpi_cli.batch.workers import prepare
prepare(int(sys.argv[1]), ["json"])
process = forkserver._forkserver._forkserver_pid
if process:
    status = Path(f"/proc/{process}/status").read_text()
    print(next(line.split()[1] for line in status.splitlines() if line.startswith("SigBlk")))
"""


def prepared(jobs: int) -> str:
    """Return the signals that the process holds back, as Linux tells them; nothing without one."""
    run = subprocess.run(
        [sys.executable, "-c", PREPARED, str(jobs)], capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process holds back")
def test_no_interruption_reaches_it() -> None:
    held = int(prepared(2), 16)
    assert all(held >> (number - 1) & 1 for number in (signal.SIGINT, signal.SIGTERM))


def test_there_is_none_for_one_job() -> None:
    assert prepared(1) == ""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--jobs", "2"], [(2, ["kpi_cli.batch.work"])]),
        (
            ["--make", "ratings,exceptions"],
            [(None, ["kpi_cli.batch.work", "kpi_cli.writing.exceptions_workbook.document"])],
        ),
        (["--scheduler", "tcp://127.0.0.1:1"], []),
    ],
)
def test_a_batch_has_what_it_makes_loaded_early(
    monkeypatch: pytest.MonkeyPatch, options: list[str], expected: list[object]
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(batch, "prepare", lambda jobs, modules: asked.append((jobs, modules)))
    monkeypatch.setattr(batch, "rate_all", lambda _: ExitCode.DONE)
    assert kpi("batch", "x.xlsx", "--output", "results", *options).exit_code == 0
    assert asked == expected
