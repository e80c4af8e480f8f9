"""Ways to run the command in tests: in this process, as a program of its own, and in a terminal."""

import os
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import FrameType, ModuleType

import pytest
from typer.testing import CliRunner, Result

from kpi_cli.cli import app

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "sample_workbooks"
SOUTHEND = SAMPLES / "southend_january_2019.xlsx"
PUBLISHED = SAMPLES / "southend_january_2019_published.xlsx"
MISTAKES = SAMPLES / "with_mistakes.xlsx"
_EXPECTED = ROOT / "tests" / "writing" / "expected"
_OF_OUTPUT = (
    "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "PYTHONUNBUFFERED",
)  # fmt: skip


def kpi(*arguments: object) -> Result:
    """Run the command in this process, 120 columns wide; says what it wrote, and its exit code."""
    environment: dict[str, str | None] = dict.fromkeys(_OF_OUTPUT)
    return CliRunner().invoke(
        app, [str(argument) for argument in arguments], env=environment | {"COLUMNS": "120"}
    )


@cache
def written(*arguments: object) -> str:
    """Return what the command writes of samples, run once for all tests that read the same."""
    run = kpi(*arguments)
    assert (run.exit_code, run.stderr) == (0, "")
    return run.stdout


def command(*arguments: object) -> list[str]:
    """Return what runs the command as a program of its own."""
    return [sys.executable, "-m", "kpi_cli", *map(str, arguments)]


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for a program of its own: as here, but for what says how to draw."""
    kept = {name: text for name, text in os.environ.items() if name not in _OF_OUTPUT}
    here = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return kept | here | dict(changes or {})


def kpi_program(
    *arguments: object, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a program of its own, its output going into pipes."""
    return subprocess.run(
        command(*arguments), cwd=cwd, env=environment(env), capture_output=True, timeout=60
    )


def calls_within(module: ModuleType, function: Callable[..., object], *arguments: object) -> int:
    """Return how many of the functions of a module are called, where another one is."""
    count = 0

    def called(frame: FrameType, event: str, _: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code.co_filename == module.__file__

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        function(*arguments)
    finally:
        sys.setprofile(before)
    return count


def kpi_in_terminal(*arguments: object, width: int, env: Mapping[str, str] | None = None) -> str:
    """Run the command in a terminal of this width, and return everything that it printed there."""
    if sys.platform == "win32":
        pytest.skip("Windows has no pseudo-terminals")
    import fcntl
    import pty
    import termios

    terminal, inside = pty.openpty()
    fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    settings = environment({"TERM": "xterm-256color"} | dict(env or {}))
    with subprocess.Popen(
        command(*arguments), stdin=inside, stdout=inside, stderr=inside, env=settings
    ) as program:
        os.close(inside)
        printed = b""
        while piece := _read(terminal):
            printed += piece
        program.wait(timeout=60)
    os.close(terminal)
    return printed.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when nobody has the terminal open any more
        return b""


def expected(name: str, actual: str) -> str:
    """Return an expected output; one that isn't there is written, and the test fails.

    `tests/writing/expected/README.md` says how they are renewed.
    """
    path = _EXPECTED / name
    if not path.exists():
        path.write_bytes(actual.encode())
        pytest.fail(f"{path} was missing and is written: read it through, and test again")
    return path.read_text(encoding="utf-8")
