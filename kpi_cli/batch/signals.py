"""How a batch is stopped: its workers heed no Ctrl-C, and end with the program."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

if sys.platform == "linux":
    import fcntl
if sys.platform == "win32":
    import ctypes

_HELD = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}


@contextmanager
def interruption_held() -> Iterator[None]:
    """Hold back what would stop this program while its workers are half started.

    They inherit that: no Ctrl-C ever reaches them, also while they load.
    """
    if sys.platform == "win32":
        console = ctypes.windll.kernel32
        console.SetConsoleCtrlHandler(None, True)  # it is dropped, which can't be helped there
        try:
            yield
        finally:
            console.SetConsoleCtrlHandler(None, False)
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD)
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
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD - {signal.SIGINT})
    if sys.platform == "linux":
        fcntl.fcntl(parent, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(parent, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(parent, fcntl.F_SETFL, fcntl.fcntl(parent, fcntl.F_GETFL) | os.O_ASYNC)
    # On Linux too: the parent may have ended before the kernel was asked.
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Connection) -> None:
    parent.poll(None)  # until the other end is closed
    os._exit(1)
