"""The garbage collector is the program's to set up, and no function of the library touches it."""

import gc
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from kpi_cli import rate, read_workbook
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
    assert run.stdout.split() == ["True", "True", "200000", "20", "100", "3", "True"]


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
