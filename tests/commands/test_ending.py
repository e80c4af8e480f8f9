"""Exit codes, which scripts go by, and how `kpi rate` ends when it can't go on."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
import typer

from kpi_cli.commands.ending import clear_end
from kpi_cli.models import Report
from tests.builders import save_workbook
from tests.running import (
    MISTAKES,
    PUBLISHED,
    ROOT,
    SOUTHEND,
    command,
    environment,
    kpi,
    kpi_program,
)

FORMATS = ("table", "json", "jsonl", "csv", "markdown")


def test_done() -> None:
    run = kpi("rate", SOUTHEND)
    assert (run.exit_code, run.stderr) == (0, "")


def test_errors_in_the_data_are_told_and_the_rest_is_rated() -> None:
    run = kpi("rate", MISTAKES, "--format", "jsonl")
    assert run.exit_code == 1
    assert len(run.stdout.splitlines()) == 13
    assert run.stderr.splitlines()[-1] == (
        "with_mistakes.xlsx: 29 errors, 8 warnings; 19 rows not rated"
    )


def unreadable(folder: Path, name: str) -> Path:
    path = folder / name
    contents = {
        "text.xlsx": b"Code,Value\n",
        "empty.xlsx": b"",
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        "damaged.xlsx": b"PK\x03\x04" + bytes(500),
        "~$open.xlsx": b"somebody",
    }
    if name in contents:
        path.write_bytes(contents[name])
    if name == "folder.xlsx":
        path.mkdir()
    if name == "no_table.xlsx":
        save_workbook(path, Notes=[("Nothing", "to see")])
    return path


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.xlsx", "there is no such file; check the path"),
        ("folder.xlsx", "it is a folder; give the workbook's own path"),
        ("text.xlsx", "it is a file of text, such as CSV; open it in Excel, and save it as .xlsx"),
        ("empty.xlsx", "the file is empty; save the workbook again"),
        (
            "old.xls",
            "it is in the format of Excel 97-2003; save it in Excel as .xlsx, without a password",
        ),
        (
            "damaged.xlsx",
            "it is damaged, or not a workbook; open it in Excel, and save it again as .xlsx",
        ),
        (
            "~$open.xlsx",
            "it is the lock file that Excel keeps while a workbook is open; give the workbook's"
            " own path, without the ~$: open.xlsx",
        ),
        (
            "no_table.xlsx",
            "no sheet has a table of indicators, with headings such as Code, Indicator, Target and"
            " Actual (kpi map writes a profile in which to say what each heading means); the sheets"
            " found: Notes (Nothing, to see)",
        ),
    ],
)
@pytest.mark.parametrize("format", ["table", "json", "jsonl", "markdown"])
def test_a_workbook_that_cannot_be_read(
    name: str, reason: str, format: str, tmp_path: Path
) -> None:
    path = unreadable(tmp_path, name)
    run = kpi("rate", path, "--format", format)
    assert (run.exit_code, run.stdout) == (3, "")
    assert run.stderr == f"{path}: {reason}\n"


def test_debug_shows_why_a_workbook_cannot_be_read(tmp_path: Path) -> None:
    path = unreadable(tmp_path, "text.xlsx")
    run = kpi("rate", path, "--debug")
    assert run.exit_code == 3
    assert run.stderr.startswith("Traceback (most recent call last):\n")
    assert run.stderr.endswith(kpi("rate", path).stderr)


BROKEN = """\
import sys
import kpi_cli.commands.rate
from kpi_cli.__main__ import main

def broken(*_):
    raise RuntimeError("boom")

kpi_cli.commands.rate.rate_workbook = broken
sys.argv[0] = "kpi"
main()
"""


def broken_program(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command with an error of its own in it."""
    return subprocess.run(
        [sys.executable, "-c", BROKEN, *map(str, arguments)],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def test_an_error_of_the_program_is_one_line() -> None:
    run = broken_program("rate", SOUTHEND)
    assert run.returncode == 3
    assert run.stdout == ""
    assert run.stderr == "kpi: stopped by an error of its own (RuntimeError); --debug shows it\n"


def test_debug_shows_an_error_of_the_program() -> None:
    run = broken_program("rate", SOUTHEND, "--debug")
    assert run.returncode == 3
    assert run.stderr.startswith("Traceback (most recent call last):\n")
    assert "\nRuntimeError: boom\n" in run.stderr


def test_an_interruption_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr("kpi_cli.commands.rate.rate_workbook", interrupt)
    for arguments in ([], ["--debug"]):
        run = kpi("rate", SOUTHEND, *arguments)
        assert (run.exit_code, run.stdout, run.stderr) == (130, "", "kpi: interrupted\n")


SLOW = """
import sys, time
import kpi_cli.xlsx.workbook_file as workbook
from kpi_cli.__main__ import main
def look_at_start(file):
    print("reading", flush=True)
    for _ in range(600):
        time.sleep(0.1)  # in short ones: a signal just before a sleep waits for its end
workbook.look_at_start = look_at_start
main()
"""


posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@posix_only
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_ends_a_program_interrupts(name: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, "rate", SOUTHEND],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == b"reading\n"
        program.send_signal(getattr(signal, name))
        out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err) == (130, b"", b"kpi: interrupted\n")


WRITING = """
import os, time
from kpi_cli.__main__ import main
def fsync(number):
    print("writing", flush=True)
    for _ in range(600):
        time.sleep(0.1)
os.fsync = fsync
main()
"""


@posix_only
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_is_half_written_is_removed(name: str, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITING, "rate", SOUTHEND, "-o", tmp_path / "r.csv"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout
        assert program.stdout.readline() == b"writing\n"
        assert len(list(tmp_path.iterdir())) == 1
        program.send_signal(getattr(signal, name))
        program.communicate(timeout=60)
    assert program.returncode == 130
    assert list(tmp_path.iterdir()) == []


HUNG_UP = """
import signal
import kpi_cli.cli as cli
from kpi_cli.__main__ import main
app = cli.app
def hang_up():
    signal.raise_signal(signal.SIGHUP)
    app()
cli.app = hang_up
main()
"""


@posix_only
def test_a_signal_that_is_not_to_end_it_does_not() -> None:
    """As of a program that goes on when its terminal is closed, by nohup."""
    run = subprocess.run(
        ["nohup", sys.executable, "-c", HUNG_UP, "--version"],
        env=environment(),
        capture_output=True,
        timeout=60,
    )
    assert (run.returncode, run.stdout.startswith(b"kpi ")) == (0, True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says so in another way")
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_had_enough_is_no_error(format: str, unbuffered: str) -> None:
    """As in `kpi rate x.xlsx | head -1`."""
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(
        command("rate", SOUTHEND, PUBLISHED, "--format", format),
        env=environment({"PYTHONUNBUFFERED": unbuffered}),
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=60,
    )
    os.close(writer)
    assert (run.returncode, run.stderr) == (4, b"")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EINVAL, "Invalid argument"), ""),
        (OSError(errno.EINVAL, "Invalid argument", "a?.csv"),
         "kpi: the output can't be written: Invalid argument\n"),
    ],
)  # fmt: skip
def test_a_reader_that_has_had_enough_on_windows_is_no_error(
    error: OSError, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """There a pipe that is closed is no broken one, but an argument that is invalid."""
    with patch("kpi_cli.commands.ending._drop_output"), pytest.raises(typer.Exit), clear_end(False):
        raise error
    assert capfd.readouterr() == ("", said)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_is_told(format: str, unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            command("rate", SOUTHEND, PUBLISHED, "--format", format),
            env=environment({"PYTHONUNBUFFERED": unbuffered}),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert run.returncode == 4
    assert run.stderr == b"kpi: the output can't be written: No space left on device\n"


def test_the_program_runs_as_a_module_and_gives_its_exit_code() -> None:
    run = kpi_program("rate", "sample_workbooks/with_mistakes.xlsx", "--format", "json", cwd=ROOT)
    assert run.returncode == 1
    assert run.stdout.decode().splitlines()[0] == "{"
