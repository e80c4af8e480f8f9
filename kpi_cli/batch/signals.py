"""How a batch is stopped: the signals that reach the program, and its workers that end with it."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from types import FrameType

if sys.platform == "linux":
    import fcntl

_SIGNALS = [
    getattr(signal, name) for name in ("SIGTERM", "SIGBREAK") if hasattr(signal, name)
]  # Windows has the second


@contextmanager
def stopped_as_by_control_c() -> Iterator[None]:
    """Have the signals that end a program raise KeyboardInterrupt, as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield  # where signals can't be received
        return
    before = {number: signal.signal(number, _interrupt) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def interruption_held() -> Iterator[None]:
    """Hold back what would stop this program while its workers are half started.

    They inherit that: no Ctrl-C ever reaches them.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_stopping_to(parent: Connection) -> None:
    """Have this worker heed no Ctrl-C, and end when the other end of a pipe is closed.

    The pipe is this worker's alone, its other end is the parent's alone, and nothing is ever sent
    through it: it is closed where the parent ends, however it ends. On Linux it is the kernel that
    ends the worker then, even while C code, such as a regular expression, lets no Python run.
    Elsewhere a thread does, which has to wait until such code comes to its end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    if sys.platform == "linux":
        fcntl.fcntl(parent, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(parent, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(parent, fcntl.F_SETFL, fcntl.fcntl(parent, fcntl.F_GETFL) | os.O_ASYNC)
    # On Linux too: the parent may have ended before the kernel was asked.
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Connection) -> None:
    parent.poll(None)  # until the other end is closed
    os._exit(1)
