"""The changes between two reports as JSON; in ASCII, so that no console garbles it."""

from typing import TextIO

from kpi_cli.comparison.compared import Compared
from kpi_cli.writing.changes.record import compare_record
from kpi_cli.writing.json_objects import write_objects


def write_json(compared: Compared, stream: TextIO, everything: bool) -> None:
    """Write one object; with everything, what is unchanged is among the changes."""
    write_objects([compare_record(compared, everything)], stream, several=False)
