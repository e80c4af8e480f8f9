"""Ways to be stopped: Ctrl-C, and the signal by which a system or a scheduler ends a program."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

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
