"""What workers are copied from: there before it is needed, with all they load, no Ctrl-C's prey."""

import inspect
import os
import signal
import subprocess
import sys
from multiprocessing import forkserver
from pathlib import Path
from pkgutil import resolve_name

import pytest

from kpi_cli.batch.task import Product, modules_for
from kpi_cli.commands import batch
from kpi_cli.commands.ending import ExitCode
from tests.batch.folders import save
from tests.running import environment, kpi

PREPARED = """
import sys
from multiprocessing import forkserver
from pathlib import Path
from kpi_cli.batch.workers import prepare
prepare(int(sys.argv[1]), ["json"], at_once=True)
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
            ["--make", "exceptions"],
            [(None, ["kpi_cli.batch.work", "kpi_cli.writing.exceptions_workbook.document"])],
        ),
        (["--scheduler", "tcp://127.0.0.1:1"], []),
    ],
)
def test_a_batch_has_what_it_makes_loaded_early(
    monkeypatch: pytest.MonkeyPatch, options: list[str], expected: list[object]
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        batch, "prepare", lambda jobs, modules, at_once: asked.append((jobs, modules))
    )
    monkeypatch.setattr(batch, "rate_all", lambda _: ExitCode.DONE)
    assert kpi("batch", "x.xlsx", "--output", "results", *options).exit_code == 0
    assert asked == expected


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no process to copy others from")
@pytest.mark.parametrize(("options", "expected"), [([], 1), (["--resume"], 0)])
def test_where_nothing_is_left_to_do_no_process_is_started(
    options: list[str], expected: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, ["1.xlsx", "2.xlsx"])
    out = tmp_path / "out"
    kpi("batch", tmp_path / "1.xlsx", tmp_path / "2.xlsx", "--output", out, "--jobs", "1")
    started: list[int] = []
    monkeypatch.setattr(forkserver, "ensure_running", lambda: started.append(1))
    arguments = ["batch", tmp_path / "1.xlsx", tmp_path / "2.xlsx", "--output", out]
    assert kpi(*arguments, "--jobs", "2", "--quiet", *options).exit_code == (0 if options else 4)
    assert len(started) == expected


LOADED = """
import sys
from kpi_cli.cli import app
if __name__ == "__main__":
    try:
        app()
    except SystemExit as end:
        assert end.code == 0
    print(*sys.modules)
"""


@pytest.mark.parametrize(("jobs", "is_loaded"), [(1, True), (2, False)])
def test_only_workers_load_what_reads_and_makes(jobs: int, is_loaded: bool, tmp_path: Path) -> None:
    (tmp_path / "kpi_loaded.py").write_text(LOADED)
    save(tmp_path, ["1.xlsx", "2.xlsx"])
    arguments = ["batch", "1.xlsx", "2.xlsx", "--output", "out", "--quiet", "--jobs", str(jobs)]
    run = subprocess.run(
        [sys.executable, "kpi_loaded.py", *arguments, "--make", "ratings,exceptions,report"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    made = {"kpi_cli.reading.workbook", *modules_for(Product), "openpyxl"}
    assert made & set(run.stdout.split()) == (made if is_loaded else set())


@pytest.mark.parametrize("product", Product)
def test_every_product_has_a_writer_that_can_be_found(product: Product) -> None:
    assert len(inspect.signature(resolve_name(product.writer)).parameters) == 1
