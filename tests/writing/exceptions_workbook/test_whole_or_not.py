"""The file is written whole or not at all, whenever the run ends, and always the same."""

import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest

from tests.running import SOUTHEND, command, environment, kpi, kpi_program
from tests.writing.exceptions_workbook.reading_back import MADE, SHEETS, Written

EPOCH = {"SOURCE_DATE_EPOCH": f"{MADE.timestamp():.0f}"}
STEPS = ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return an exceptions workbook that differs from the one to be written: it has no charts."""
    path = tmp_path / "out.xlsx"
    run = kpi_program("exceptions", SOUTHEND, "-o", path, "--no-charts", env=EPOCH)
    assert run.returncode == 0
    return path


def test_the_same_input_gives_the_same_bytes(sample: Written, tmp_path: Path) -> None:
    time.sleep(1.1)  # since the sample was written; times in files are in seconds
    path = tmp_path / "out.xlsx"
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    kpi_program("exceptions", SOUTHEND, "-o", path, env=EPOCH | other)
    assert path.read_bytes() == sample.content


@pytest.mark.parametrize("epoch", ["", "soon", "1.5", "99999999999999999"])
def test_a_time_that_is_none_is_an_error(
    epoch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    run = kpi("exceptions", SOUTHEND, "-o", tmp_path / "out.xlsx")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == f"kpi: SOURCE_DATE_EPOCH is '{epoch}', which is no number of seconds\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.no_cover
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("failure", "exit_code", "message"),
    [
        (OSError(28, "No space left on device"), 4, "kpi: {} can't be written: No space left"),
        (
            PermissionError(13, "Permission denied"),
            4,
            "kpi: {} can't be written; if it is open in Excel, close it there first\n",
        ),
        (KeyboardInterrupt(), 130, "kpi: interrupted\n"),
    ],
)
def test_a_failure_leaves_the_old_file(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    failure: BaseException,
    exit_code: int,
    message: str,
) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(step, fail)
    run = kpi("exceptions", SOUTHEND, "-o", path, "--force")
    assert (run.exit_code, run.stdout) == (exit_code, "")
    assert run.stderr.startswith(message.format(path))
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


@cache
def sheets_of(content: bytes) -> list[str]:
    return Written(content).book.sheetnames


def end_of(path: Path, sample: Written, old: bytes) -> str:
    """Return which of the two workbooks the file is; it must be one of them, and whole."""
    content = path.read_bytes()
    assert content in (old, sample.content)
    assert sheets_of(content) == SHEETS
    return "new" if content == sample.content else "old"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("step", STEPS)
def test_killed_while_it_writes(step: str, old: Path, sample: Written) -> None:
    before = old.read_bytes()
    code = (
        "import os, pathlib, runpy, signal, sys\n"
        f"{step} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"sys.argv = ['kpi', 'exceptions', {str(SOUTHEND)!r}, '-o', {str(old)!r}, '--force']\n"
        "runpy.run_module('kpi_cli', run_name='__main__')\n"
    )
    run = subprocess.run([sys.executable, "-c", code], env=environment(EPOCH))
    assert run.returncode == -signal.SIGKILL
    assert end_of(old, sample, before) == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_killed_at_any_moment(old: Path, sample: Written) -> None:
    before = old.read_bytes()
    whole_run = command("exceptions", SOUTHEND, "-o", old, "--force")
    started = time.monotonic()
    subprocess.run(whole_run, env=environment(EPOCH), check=True, capture_output=True)
    duration = time.monotonic() - started
    assert end_of(old, sample, before) == "new"
    ends = []
    for moment in range(8):
        old.write_bytes(before)
        with subprocess.Popen(
            whole_run, env=environment(EPOCH), stdout=subprocess.DEVNULL
        ) as program:
            time.sleep(duration * (0.1 + moment * 0.14))
            program.kill()
        ends.append((program.returncode, end_of(old, sample, before)))
    assert {code for code, _ in ends} <= {0, -signal.SIGKILL}
    assert (-signal.SIGKILL, "old") in ends
    assert (0, "old") not in ends
