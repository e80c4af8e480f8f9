"""A batch as a program in a session of its own: how it is stopped, and what it leaves."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.batch.folders import EPOCH
from tests.running import environment

Program = subprocess.Popen[bytes]

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@contextmanager
def started(command: list[str], folder: Path) -> Iterator[Program]:
    """Give a program that works in a folder, and kill what is left of it at the end."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment(EPOCH),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as program:
        try:
            yield program
        finally:
            for process in everyone(program):
                os.kill(process, signal.SIGKILL)


def wait_until(is_so: Callable[[], bool], seconds: float = 60) -> bool:
    """Return whether something becomes so in time."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def everyone(program: Program) -> list[int]:
    """Return the processes of a program, its workers and what it started for them."""
    found = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == program.pid and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except (psutil.NoSuchProcess, ProcessLookupError):
            continue
    return found


def gone(program: Program, seconds: float = 30) -> bool:
    """Whether all processes of a program have ended, or do so in time."""
    return wait_until(lambda: not everyone(program), seconds)


def interrupt(program: Program) -> None:
    """Send what Ctrl-C sends: the workers get it too."""
    os.killpg(program.pid, signal.SIGINT)


def terminate(program: Program) -> None:
    """Ask the program alone to end."""
    program.terminate()


def terminate_all(program: Program) -> None:
    """Ask all its processes to end, as a service manager does."""
    os.killpg(program.pid, signal.SIGTERM)


def kill(program: Program) -> None:
    """Kill the program alone."""
    program.kill()
