"""Programs run to their end, one after the other: how long each takes, and how much memory.

This process stays small. Linux counts the memory of the process that starts a program as the
program's own until it runs, and so a large one would show in every figure.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.running import ROOT, SOUTHEND, environment

NEW = "{new}"
"""What a command has in place of a path that isn't there yet: a new one each time it runs."""
PEAK = f"{NEW}.peak"
"""Where a program may write its own peak memory, in MB: the system's figure is that of the largest
of its children where that is larger."""
DEBIAN = "/usr/bin/python3"
"""The system's own Python: Debian's is built with PGO, as few are that are built by hand."""

LONG = 3
"""How many runs there are at most of what takes long."""

Command = tuple[str, ...]
_MOST_OF_ERROR = 2000  # characters that are shown of what a program says before it fails


class Figures(NamedTuple):
    """What a program took: seconds from start to end, and its peak memory in MB (1,000,000)."""

    seconds: float
    megabytes: float


Measure = Callable[[Command], Figures]


_START = "import sys; from kpi_cli.__main__ import main; sys.exit(main())"
_PACKAGES = sysconfig.get_path("purelib")  # of this Python


def kpi(*arguments: object) -> Command:
    """Return what runs kpi as the installed program does."""
    return (sys.executable, "-c", _START, *map(str, arguments))


def kpi_of_debian(*arguments: object) -> Command:
    """Return what runs kpi by the system's Python, with its packages or else with this one's."""
    start = f"import site; site.addsitedir({_PACKAGES!r}); {_START}"
    return (DEBIAN, "-c", start, *map(str, arguments))


def program(path: Path, *arguments: object) -> Command:
    """Return what runs a program of Python."""
    return (sys.executable, str(path), *map(str, arguments))


def medians(commands: Sequence[Command], runs: int, measure: Measure) -> list[Figures]:
    """Return the medians of each command: all are run in turn, again and again.

    A first turn fills caches (of files, and Python's own), and doesn't count. What takes long goes
    without: the median of its few runs is no other for a slow one.
    """
    caches_filled = 1 if runs > LONG else 0
    turns = [[measure(command) for command in commands] for _ in range(caches_filled + runs)]
    return [
        Figures(median(f.seconds for f in figures), median(f.megabytes for f in figures))
        for figures in zip(*turns[caches_filled:], strict=True)
    ]


def run(command: Command) -> Figures:
    """Return what a program took; raises RuntimeError where it fails."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as errors:
        new = str(Path(folder) / "new")
        arguments = [argument.replace(NEW, new) for argument in command]
        start = time.perf_counter()
        process = subprocess.Popen(
            arguments, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL, stderr=errors
        )
        megabytes = _end_of(process)
        seconds = time.perf_counter() - start
        if (told := Path(f"{new}{PEAK.removeprefix(NEW)}")).exists():
            megabytes = float(told.read_text())
        if process.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace")[-_MOST_OF_ERROR:]
            raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}:\n{said}")
    return Figures(seconds, megabytes)


def _end_of(process: subprocess.Popen[bytes]) -> float:
    """Wait for a program's end, and return its peak memory in MB; NaN where that isn't told."""
    if sys.platform == "win32":
        process.wait()
        return float("nan")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    in_bytes = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return in_bytes / 1e6


def is_here(name: str) -> bool:
    """Whether a package, or a program such as a shell, is installed; a Python has to run kpi."""
    if name != DEBIAN:
        return bool(find_spec(name) or shutil.which(name))
    try:
        run(kpi_of_debian("rate", SOUTHEND))
    except (OSError, RuntimeError):
        return False
    return True
