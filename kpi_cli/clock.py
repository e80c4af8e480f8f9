"""What time it is: SOURCE_DATE_EPOCH where that is set, so that the same input gives the same."""

import os
from datetime import UTC, datetime

from kpi_cli.periods import Month, month_of

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable by which builds are made reproducible: a number of seconds since 1970."""


class ClockError(Exception):
    """SOURCE_DATE_EPOCH says no time; the message says what it holds."""


def time_now() -> datetime:
    """Return the time now, or that of SOURCE_DATE_EPOCH; raises ClockError where it has none."""
    epoch = os.environ.get(EPOCH)
    if epoch is None:
        return datetime.now().astimezone()
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise ClockError(f"{EPOCH} is {epoch!r}, which is no number of seconds") from None


def this_month() -> Month:
    """Return the month that it is now."""
    return month_of(time_now())
