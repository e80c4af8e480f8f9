"""The garbage collector is paused or set to work, and is afterwards as it was."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.batch.store import Store
from kpi_cli.collecting import collected, uncollected
from kpi_cli.commands import exceptions
from tests.running import SOUTHEND, kpi


@pytest.fixture(autouse=True)
def _collector_as_it_was() -> Iterator[None]:
    was_enabled = gc.isenabled()
    yield
    gc.enable() if was_enabled else gc.disable()


def test_nothing_is_collected_within() -> None:
    gc.enable()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_within_changes_nothing() -> None:
    gc.enable()
    with pytest.raises(ZeroDivisionError), uncollected():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_who_has_paused_it_before_keeps_it_paused() -> None:
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()


def test_a_long_run_within_collects() -> None:
    gc.enable()
    with uncollected():
        with collected():
            assert gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


COLLECTS = """
import gc, sys
from kpi_cli import cli

def app():
    print(gc.isenabled())
    raise SystemExit(3)

cli.app = app
from kpi_cli.__main__ import main
try:
    main()
except SystemExit as stopped:
    print(stopped.code, gc.isenabled(), gc.get_freeze_count() > 0)
"""


def test_a_command_is_run_without_it_and_leaves_nothing_to_search() -> None:
    run = subprocess.run([sys.executable, "-c", COLLECTS], capture_output=True, text=True)
    assert run.stdout.split() == ["False", "3", "True", "True"]


def test_a_batch_is_run_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def left(*_: object) -> int:
        seen.append(gc.isenabled())
        return 0

    monkeypatch.setattr(Store, "left", left)
    with uncollected():
        assert kpi("batch", SOUTHEND, "--out", tmp_path / "out", "--jobs", "1").exit_code == 0
    assert seen == [True]


def test_workbooks_are_written_for_each_group_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(exceptions, "_write", lambda *_: seen.append(gc.isenabled()))
    with uncollected():
        run = kpi("exceptions", SOUTHEND, "-o", tmp_path / "out", "--split", "aim")
    assert (run.exit_code, set(seen)) == (0, {True})


def test_reading_and_rating_leave_no_circles() -> None:
    """So that a run over many workbooks stays small without the collector."""
    rate(read_workbook(SOUTHEND))
    gc.collect()
    with uncollected():
        rate(read_workbook(SOUTHEND))
        assert gc.collect() == 0
