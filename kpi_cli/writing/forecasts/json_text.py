"""Forecasts as JSON and JSON Lines; in ASCII, so that no console garbles them."""

import json
from collections.abc import Iterable
from typing import TextIO

from kpi_cli.outlook import Forecasts
from kpi_cli.writing.forecasts.record import forecasts_record, outlook_record
from kpi_cli.writing.json_objects import write_objects
from kpi_cli.writing.view import View


def write_json(workbooks: Iterable[Forecasts], stream: TextIO, view: View) -> None:
    """Write one object for one workbook, and a list of objects for several."""
    records = (forecasts_record(forecasts, view) for forecasts in workbooks)
    write_objects(records, stream, view.several)


def write_json_lines(workbooks: Iterable[Forecasts], stream: TextIO, view: View) -> None:
    """Write one line for each indicator, with its workbook."""
    for forecasts in workbooks:
        for outlook in forecasts.outlooks:
            record = outlook_record(outlook, view).model_dump()
            stream.write(json.dumps({"workbook": forecasts.report.workbook, **record}) + "\n")
