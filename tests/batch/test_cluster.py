"""A batch on a Dask cluster gives what it gives on one machine, though a worker is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_all_start_methods
from pathlib import Path

import dask
import pytest
from distributed import Client, LocalCluster

from kpi_cli import __version__
from kpi_cli.batch.cluster import connected
from kpi_cli.batch.results import DIED, results
from tests.batch.folders import EPOCH, files, save
from tests.batch.test_results import WORK, said, tasks
from tests.running import SOUTHEND, command, environment, kpi, kpi_program

IMPATIENT = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"}
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # what Windows calls so kills too


@pytest.fixture(scope="module", autouse=True)
def little_is_waited_for() -> Iterator[None]:
    """Start workers soon, and give those up soon that don't answer.

    They come from a process that has loaded Dask, where they can: else each takes seconds. And
    where a worker dies with a result that is just being asked for, Dask waits for it to answer.
    """
    changes = {"distributed.comm.timeouts.connect": "3s"}
    if "forkserver" in get_all_start_methods():
        changes["distributed.worker.multiprocessing-method"] = "forkserver"
    with dask.config.set(changes):
        yield


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Return a cluster of two worker processes."""
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        yield cluster


def test_a_killed_worker_changes_nothing(cluster: LocalCluster, tmp_path: Path) -> None:
    book = SOUTHEND.read_bytes()
    folder = save(tmp_path / "in", ["a/small.xlsx", "b/small.xlsx"])
    for number in range(12):
        (folder / f"{number}.xlsx").write_bytes(book)
    (folder / "damaged.xlsx").write_bytes(book[:5000])
    with Client(cluster) as client:  # type: ignore[no-untyped-call]
        workers = list(client.run(os.getpid).values())
    arguments = ["batch", "in", "--output", "far", "--make", "ratings,exceptions"]
    with subprocess.Popen(
        command(*arguments, "--scheduler", cluster.scheduler_address),
        cwd=tmp_path,
        env=environment(EPOCH),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as far:
        while len(list((tmp_path / "far").glob("*/*.gz"))) < 3:
            time.sleep(0.01)
        os.kill(workers[0], KILL)
        out, err = far.communicate(timeout=120)
    near = kpi_program("batch", "in", "--output", "near", *arguments[4:], cwd=tmp_path, env=EPOCH)
    assert (far.returncode, near.returncode) == (1, 1)
    assert (err, out) == (near.stderr, near.stdout.replace(b"near", b"far"))
    assert files(tmp_path / "far") == files(tmp_path / "near")
    assert len(files(tmp_path / "near")) == 14 * 3 + 1 + 2
    with Client(cluster) as client:  # type: ignore[no-untyped-call]
        assert workers[0] not in client.run(os.getpid).values()


def test_a_task_that_kills_its_worker_fails_alone(cluster: LocalCluster) -> None:
    with connected(cluster.scheduler_address, WORK) as place:
        assert place.window == 4
        assert said(results(tasks("a", "kill", "b", "raise", "c"), place)) == [
            "a",
            DIED,
            "b",
            "stopped by an error of its own (RuntimeError); --debug shows it",
            "c",
        ]


@pytest.mark.parametrize(
    "address", ["tcp://127.0.0.1:9", "tcp://nowhere.invalid:8786", "tcp://127.0.0.1:99999"]
)
def test_a_scheduler_that_does_not_answer_is_told_in_time(address: str, tmp_path: Path) -> None:
    arguments = ["batch", SOUTHEND, "--output", "out", "--scheduler", address]
    run = kpi_program(*arguments, cwd=tmp_path, env=IMPATIENT)
    assert (run.returncode, run.stdout, run.stderr.decode()) == (
        3,
        b"",
        f"kpi: the scheduler {address} can't be reached; check the address, and that it runs\n",
    )


def test_a_cluster_without_workers_is_told(tmp_path: Path) -> None:
    with LocalCluster(n_workers=0, dashboard_address=":0") as cluster:  # type: ignore[no-untyped-call]
        address = cluster.scheduler_address
        arguments = ["batch", SOUTHEND, "--output", "out", "--scheduler", address]
        run = kpi_program(*arguments, cwd=tmp_path, env=IMPATIENT)
    assert (run.returncode, run.stdout, run.stderr.decode()) == (
        3,
        b"",
        f"kpi: the scheduler {address} has no workers; start some\n",
    )


def test_workers_with_another_version_are_refused(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("kpi_cli.batch.cluster.__version__", "9.9")
    address = cluster.scheduler_address
    run = kpi("batch", SOUTHEND, "--output", tmp_path / "out", "--scheduler", address)
    assert (run.exit_code, run.stdout) == (3, "")
    assert run.stderr.endswith(f" has kpi {__version__}; install kpi-cli 9.9 on every worker\n")


def test_a_scheduler_that_is_lost_ends_the_run_and_it_can_be_resumed(tmp_path: Path) -> None:
    book = SOUTHEND.read_bytes()
    for number in range(40):
        (tmp_path / f"{number}.xlsx").write_bytes(book)
    arguments = ["batch", "*.xlsx", "--output", "out"]
    with LocalCluster(n_workers=1, dashboard_address=":0") as cluster:  # type: ignore[no-untyped-call]
        far = subprocess.Popen(
            command(*arguments, "--scheduler", cluster.scheduler_address),
            cwd=tmp_path,
            env=environment(IMPATIENT),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        address = cluster.scheduler_address
        while not list((tmp_path / "out").glob("*/*.gz")):
            time.sleep(0.01)
    out, err = far.communicate(timeout=120)
    assert (far.returncode, out) == (3, b"")
    assert re.fullmatch(
        rf"kpi: the connection to the scheduler {address} was lost after \d+ of 40 workbooks; run"
        r" again with --resume to go on\n",
        err.decode(),
    )
    assert kpi_program(*arguments, "--resume", cwd=tmp_path).returncode == 0


def test_dask_has_to_be_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    run = kpi("batch", SOUTHEND, "--output", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
    assert (run.exit_code, run.stdout) == (3, "")
    assert run.stderr.startswith("kpi: --scheduler needs Dask")
    assert run.stderr.endswith(": pip install 'kpi-cli[distributed]'\n")
