"""What is told of one workbook or of several, as JSON; in ASCII, so that no console garbles it."""

import json
from collections.abc import Iterable
from typing import Any, TextIO


def write_objects(records: Iterable[dict[str, Any]], stream: TextIO, several: bool) -> None:
    """Write one object for one workbook, and a list of objects where several were asked for."""
    objects = (json.dumps(record, indent=2) for record in records)
    if several:
        stream.write("[\n" + ",\n".join(objects) + "\n]\n")
        return
    for text in objects:
        stream.write(text + "\n")
