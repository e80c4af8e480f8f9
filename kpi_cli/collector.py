"""Python's garbage collector, set up for a process that nothing but this program runs in.

Reading and rating leave no circles; what is written in Excel's format does.
"""

import gc

_THRESHOLDS = 1_000_000, 20, 100  # Python's own of 700 would search what is read again and again


def collect_seldom() -> None:
    """Have it work seldom, and never go through what is there by now: what was loaded."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(*_THRESHOLDS)


def collect_latest() -> None:
    """Have it go through what was made last, when a task is done: no other of its time is due."""
    gc.collect(0)
