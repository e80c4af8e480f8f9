"""Workbooks damaged at random: never a traceback, never a torn output, never long, never large."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.fuzzing import damaged
from tests.running import MISTAKES, PUBLISHED, SAMPLES, SOUTHEND, command, environment, kpi

pytestmark = pytest.mark.no_cover  # any line may run here by chance

SEEDS = 150
_AT_ONCE = 100
_LAYOUTS = (
    SAMPLES / "as_published.xlsx",
    SAMPLES / "wide_history.xlsx",
    SAMPLES / "quarterly" / "quarterly_scorecard.xlsx",
)
_SOURCES = [path.read_bytes() for path in (SOUTHEND, PUBLISHED, MISTAKES, *_LAYOUTS)]


def save_damaged(folder: Path, seed: int) -> Path:
    """Save a sample workbook that is damaged."""
    path = folder / f"{seed}.xlsx"
    path.write_bytes(damaged(_SOURCES[seed % len(_SOURCES)], seed))
    return path


def test_damage_is_the_same_for_the_same_seed() -> None:
    assert damaged(_SOURCES[0], 1) == damaged(_SOURCES[0], 1) != damaged(_SOURCES[0], 2)


def check(path: Path) -> None:
    """Check what is said of a workbook: whole JSON, or one line that says why there is none."""
    rated = said_of(path, "rate")
    assert rated is None or rated["workbook"] == path.name
    checked = said_of(path, "check")
    assert (rated is None) is (checked is None)
    assert checked is None or checked["workbooks"][0]["workbook"] == path.name


def said_of(path: Path, name: str) -> Any:
    """Return what a command says of a workbook as JSON; None where it refuses it."""
    run = kpi(name, path, "--format", "json")
    assert run.exit_code in (0, 1, 3), f"{path}: {run.stderr}"
    assert "Traceback" not in run.stderr
    assert "error of its own" not in run.stderr, f"{path}: {run.stderr}"
    if run.exit_code != 3:
        return json.loads(run.stdout)
    assert run.stderr.startswith(f"{path}: ")
    assert run.stderr.count("\n") == 1
    return None


@pytest.mark.parametrize("first", range(0, SEEDS, 10))
def test_a_damaged_workbook_is_rated_or_refused(tmp_path: Path, first: int) -> None:
    for seed in range(first, first + 10):
        path = save_damaged(tmp_path, seed)
        start = time.process_time()
        check(path)
        assert time.process_time() - start < 10


def test_some_damaged_workbooks_are_rated_and_some_refused(tmp_path: Path) -> None:
    codes = {kpi("rate", save_damaged(tmp_path, seed), "-q").exit_code for seed in range(30)}
    assert codes == {0, 1, 3}


def test_many_damaged_workbooks(tmp_path: Path, fuzz: range) -> None:
    """Rate as many as `--fuzz` asks for, in programs that may take no more than a gibibyte."""
    for first in fuzz[::_AT_ONCE]:
        paths = [save_damaged(tmp_path, s) for s in fuzz if first <= s < first + _AT_ONCE]
        run = subprocess.run(
            command_for(paths), env=environment(), capture_output=True, text=True, timeout=600
        )
        assert run.returncode == 0, run.stdout + run.stderr
        for path in paths:
            path.unlink()


def command_for(paths: list[Path]) -> list[str]:
    """Return what checks these workbooks in a program of its own."""
    return [*command()[:1], "-m", "tests.test_fuzz", *map(str, paths)]


def check_each(paths: list[str]) -> None:
    """Check workbooks one by one, within a gibibyte and ten seconds for each."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    for path in map(Path, paths):
        start = time.process_time()
        check(path)
        assert time.process_time() - start < 10, path
        out = path.with_suffix(".out.xlsx")
        assert kpi("exceptions", path, "-o", out, "--keep-going").exit_code in (0, 1, 2, 3), path
        out.unlink(missing_ok=True)


if __name__ == "__main__":
    check_each(sys.argv[1:])
