"""Problems as JSON; in ASCII, so that no console garbles them."""

from collections.abc import Iterable
from typing import TextIO

from kpi_cli.writing.json_objects import write_objects
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.problems.record import checks_record


def write_json(workbooks: Iterable[Checked], stream: TextIO) -> None:
    """Write one object for all workbooks."""
    write_objects([checks_record(list(workbooks))], stream, several=False)
