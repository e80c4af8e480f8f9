"""Where a command's result goes that isn't written to a file."""

import io
import sys

from kpi_cli.writing.files import OutputError
from kpi_cli.writing.formats import NamedFormat


def standard_output(format: NamedFormat) -> io.TextIOWrapper:
    """Return standard output, in UTF-8 where a program will read it.

    Raises OutputError where it is closed.
    """
    stream = sys.stdout
    if not isinstance(stream, io.TextIOWrapper):
        raise OutputError("standard output is closed; add --output FILE")
    if not format.is_for_people:
        stream.reconfigure(encoding="utf-8", newline="\n")
    return stream
