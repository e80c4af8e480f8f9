"""Work that makes many objects and drops none, done without the garbage collector."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the garbage collector, which would go through all that is made again and again.

    It finds nothing there but circles of objects that nothing uses, of which reading and rating
    leave none; everything else goes as ever when its last user does. To be used as a decorator too.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
