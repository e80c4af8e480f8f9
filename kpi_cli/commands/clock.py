"""The time that a command goes by; SOURCE_DATE_EPOCH sets it, so that a run can be repeated."""

import os
from datetime import UTC, datetime

from kpi_cli.writing.files import OutputError


def now() -> datetime:
    """Return SOURCE_DATE_EPOCH as a time where it is set, or the time now.

    Raises OutputError where SOURCE_DATE_EPOCH is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return datetime.now().astimezone()
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise OutputError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds"
        ) from None
