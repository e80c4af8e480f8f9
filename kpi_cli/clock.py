"""What time it is: SOURCE_DATE_EPOCH where that is set, so that the same input gives the same."""

import os
import re
from datetime import UTC, datetime

from kpi_cli.periods import Month, month_of

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable by which builds are made reproducible: a number of seconds since 1970."""

_SECONDS = r"[+-]?[0-9]{1,20}"
_MOST_SHOWN = 60


class ClockError(Exception):
    """SOURCE_DATE_EPOCH says no time; the message says what it holds."""


def time_now() -> datetime:
    """Return the time now, or that of SOURCE_DATE_EPOCH; raises ClockError where it has none."""
    epoch = os.environ.get(EPOCH)
    if epoch is None:
        return _local_time()
    try:
        if not re.fullmatch(_SECONDS, epoch):  # Python would take 1_0 and other digits as well
            raise ValueError
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        shown = epoch if len(epoch) <= _MOST_SHOWN else f"{epoch[:_MOST_SHOWN]}…"
        raise ClockError(f"{EPOCH} is {shown!r}, which is no number of seconds") from None


def _local_time() -> datetime:
    """Return the time now where this machine is: in UTC where its zone is none, as in UTC+25."""
    now = datetime.now(UTC)
    try:
        return now.astimezone()
    except (ValueError, OverflowError, OSError):  # zones are less than a day off
        return now


def this_month() -> Month:
    """Return the month that it is now."""
    return month_of(time_now())
