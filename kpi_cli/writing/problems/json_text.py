"""Problems as JSON; in ASCII, so that no console garbles them."""

import json
from collections.abc import Iterable
from typing import TextIO

from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.problems.record import checks_record


def write_json(workbooks: Iterable[Checked], stream: TextIO) -> None:
    """Write one object for all workbooks."""
    stream.write(json.dumps(checks_record(list(workbooks)).model_dump(), indent=2) + "\n")
