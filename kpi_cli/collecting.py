"""The garbage collector, paused where it finds nothing, and at work where a run is long.

It searches all objects for circles that nothing uses any more; everything else goes as ever when
its last user does. Reading, checking and rating leave no such circles; openpyxl does.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the collector, which would go through all that is made again and again.

    To be used as a decorator too.
    """
    with _collecting(False):
        yield


@contextmanager
def collected() -> Iterator[None]:
    """Let the collector work, though what goes round it has paused it. Also a decorator."""
    with _collecting(True):
        yield


@contextmanager
def _collecting(wanted: bool) -> Iterator[None]:
    was_enabled = gc.isenabled()
    _set(wanted)
    try:
        yield
    finally:
        _set(was_enabled)


def _set(enabled: bool) -> None:
    if enabled:
        gc.enable()
    else:
        gc.disable()
