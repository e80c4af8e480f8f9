"""The garbage collector is the program's to set up, and no function of the library touches it."""

import gc
import subprocess
import sys
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.batch.workers import Here, Processes
from kpi_cli.models import Rating
from tests.running import SOUTHEND

RUN = """
import gc
from kpi_cli import cli

def app():
    print(gc.isenabled(), gc.get_freeze_count() > 0, *gc.get_threshold())
    raise SystemExit(3)

cli.app = app
from kpi_cli.__main__ import main
try:
    main()
except SystemExit as stopped:
    print(stopped.code, gc.isenabled())
"""


def test_a_command_runs_with_it_but_seldom_and_not_over_what_was_loaded() -> None:
    run = subprocess.run([sys.executable, "-c", RUN], capture_output=True, text=True)
    assert run.stdout.split() == ["True", "True", "1000000", "20", "100", "3", "True"]


def thresholds(task: object) -> tuple[int, ...]:
    """Stand for a task: return how seldom the process collects."""
    return gc.get_threshold()


def test_a_worker_works_with_it_as_a_command_does() -> None:
    workers: Any = Processes(1, f"{__name__}:thresholds")
    try:
        workers.begin(1, None)
        assert list(workers.finished()) == [(1, (1_000_000, 20, 100))]
    finally:
        workers.drop()


class Ring:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.held = self


LEFT: list[weakref.ref[Ring]] = []


def leave_a_circle(task: object) -> None:
    """Stand for a task: leave what does not end by itself."""
    LEFT.append(weakref.ref(Ring()))


def test_nothing_is_left_of_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "LEFT", [])
    gc.disable()
    try:
        here: Any = Here(f"{__name__}:leave_a_circle")
        here.begin(1, None)
        assert list(here.finished()) == [(1, None)]
        assert [ring() for ring in LEFT] == [None]
    finally:
        gc.enable()


def test_eight_threads_read_and_leave_it_on() -> None:
    assert gc.isenabled()
    before = gc.get_threshold()

    def ratings(_: int) -> tuple[Rating, ...]:
        return rate(read_workbook(SOUTHEND)).ratings

    alone = ratings(0)
    with ThreadPoolExecutor(8) as threads:
        for found in threads.map(ratings, range(16)):
            assert found == alone
            assert gc.isenabled()
    assert gc.get_threshold() == before


def test_reading_and_rating_leave_no_circles() -> None:
    """So that a run over many workbooks stays small, however seldom it works."""
    rate(read_workbook(SOUTHEND))
    gc.collect()
    gc.disable()
    try:
        rate(read_workbook(SOUTHEND))
        assert gc.collect() == 0
    finally:
        gc.enable()
