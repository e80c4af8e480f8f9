"""Single indicators as JSON."""

from collections.abc import Iterable
from typing import TextIO

from kpi_cli.models import Report
from kpi_cli.writing.json_objects import write_objects
from kpi_cli.writing.one_indicator.record import shown_record
from kpi_cli.writing.view import EVERYTHING, View


def write_json(reports: Iterable[Report], stream: TextIO, view: View = EVERYTHING) -> None:
    """Write one object, which has the indicators of the one workbook."""
    records = (shown_record(report, view) for report in reports)
    write_objects(records, stream, several=False)
