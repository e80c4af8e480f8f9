"""A worker that hangs and runs no Python any more, not even for a signal, ends with the batch."""

import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.folders import names, save
from tests.batch.hanging import HUNG
from tests.batch.programs import (
    Program,
    gone,
    interrupt,
    kill,
    posix_only,
    started,
    terminate,
    terminate_all,
    wait_until,
)

PROMPT = 10  # seconds: less than anyone waits, more than a busy machine takes


def hanging(jobs: int) -> list[str]:
    """Return the command of a batch of three workbooks, of which the last hangs."""
    arguments = ["batch", "1.xlsx", "2.xlsx", "hang.xlsx", "--out", "out", "--jobs", str(jobs)]
    return [sys.executable, "-m", "tests.batch.hanging", *arguments]


def two_are_done(folder: Path) -> bool:
    """Whether the others are done, and their results kept."""
    return (folder / HUNG).exists() and len(list((folder / "out" / ".kpi-batch").glob("*.gz"))) == 2


@posix_only
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("stop", [interrupt, terminate, terminate_all])
def test_a_batch_that_hangs_can_be_stopped(
    stop: Callable[[Program], None], jobs: int, tmp_path: Path
) -> None:
    save(tmp_path, ["1.xlsx", "2.xlsx", "hang.xlsx"])
    with started(hanging(jobs), tmp_path) as program:
        assert wait_until(lambda: two_are_done(tmp_path))
        begun = time.monotonic()
        stop(program)
        stdout, stderr = program.communicate(timeout=60)
        assert gone(program, PROMPT)
        assert time.monotonic() - begun < PROMPT
    assert (program.returncode, stdout, stderr.decode()) == (
        130,
        b"",
        "kpi: interrupted after 2 of 3 workbooks; run again with --resume to go on\n",
    )
    assert names(tmp_path / "out") == ["ratings/1.json", "ratings/2.json"]


@pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere no kernel ends what lets no Python run"
)
def test_a_worker_that_hangs_ends_though_the_batch_was_killed(tmp_path: Path) -> None:
    save(tmp_path, ["1.xlsx", "2.xlsx", "hang.xlsx"])
    with started(hanging(jobs=2), tmp_path) as program:
        assert wait_until(lambda: two_are_done(tmp_path))
        kill(program)
        assert program.wait(timeout=60) == -signal.SIGKILL
        assert gone(program, PROMPT)
