"""What is told of one workbook or of several, as JSON; in ASCII, so that no console garbles it."""

from collections.abc import Iterable
from typing import TextIO

from kpi_cli.writing.records import Record


def write_objects(records: Iterable[Record], stream: TextIO, several: bool) -> None:
    """Write one object for one workbook, and a list of objects where several were asked for."""
    objects = map(_in_json, records)
    if several:
        stream.write("[\n" + ",\n".join(objects) + "\n]\n")
        return
    for text in objects:
        stream.write(text + "\n")


def _in_json(record: Record) -> str:
    """Return a record as JSON: pydantic writes it faster than Python, but one control as it is."""
    return record.model_dump_json(indent=2, ensure_ascii=True).replace("\x7f", r"\u007f")
