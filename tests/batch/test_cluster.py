"""A batch on a Dask cluster gives what it gives on one machine, though a worker is killed."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from kpi_cli.batch.cluster import connected
from kpi_cli.batch.running import DIED, Crew
from tests.batch.folders import EPOCH, content, files, save
from tests.batch.test_running import said, tasks, work
from tests.running import SOUTHEND, command, environment, kpi, kpi_program


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Return a cluster of two worker processes."""
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


def test_a_killed_worker_changes_nothing(cluster: LocalCluster, tmp_path: Path) -> None:
    book = SOUTHEND.read_bytes()
    folder = save(tmp_path / "in", ["a/small.xlsx", "b/small.xlsx"])
    for number in range(60):
        (folder / f"{number}.xlsx").write_bytes(book)
    (folder / "damaged.xlsx").write_bytes(book[:5000])
    with Client(cluster) as client:  # type: ignore[no-untyped-call]
        workers = list(client.run(os.getpid).values())
    arguments = ["batch", "in", "--out", "far", "--make", "ratings,exceptions"]
    with subprocess.Popen(
        command(*arguments, "--scheduler", cluster.scheduler_address),
        cwd=tmp_path,
        env=environment(EPOCH),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as far:
        while len(list((tmp_path / "far").glob("*/*.gz"))) < 3:
            time.sleep(0.01)
        os.kill(workers[0], signal.SIGTERM)
        out, err = far.communicate(timeout=120)
    near = kpi_program("batch", "in", "--out", "near", *arguments[4:], cwd=tmp_path, env=EPOCH)
    assert (far.returncode, near.returncode) == (1, 1)
    assert (err, out) == (near.stderr, near.stdout.replace(b"near", b"far"))
    assert files(tmp_path / "far") == files(tmp_path / "near")
    assert len(files(tmp_path / "near")) == 62 * 3 + 1 + 2
    with Client(cluster) as client:  # type: ignore[no-untyped-call]
        assert workers[0] not in client.run(os.getpid).values()


def test_a_task_that_kills_its_worker_fails_alone(cluster: LocalCluster) -> None:
    with connected(cluster.scheduler_address) as place:
        assert place.window == 4
        assert said(Crew(work, place).results(tasks("a", "kill", "b", "raise", "c"))) == [
            "a",
            DIED,
            "b",
            "stopped by an error of its own (RuntimeError); --debug shows it",
            "c",
        ]
