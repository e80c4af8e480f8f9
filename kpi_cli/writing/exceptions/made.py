"""When an exceptions workbook is made: now, or the moment that makes its bytes the same again."""

import os
from datetime import UTC, datetime

from kpi_cli.writing.files import OutputError

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable by which builds are made reproducible: a number of seconds since 1970."""


def time_made() -> datetime:
    """Return the time to write into the workbook: SOURCE_DATE_EPOCH where it is set, or now.

    Raises OutputError where SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = os.environ.get(EPOCH)
    if epoch is None:
        return datetime.now().astimezone()
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise OutputError(f"{EPOCH} is {epoch!r}, which is no number of seconds") from None
