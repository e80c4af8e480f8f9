"""The figures of all periods as JSON and JSON Lines; in ASCII, so that no console garbles them."""

import json
from collections.abc import Iterable
from typing import TextIO

from kpi_cli.all_periods import AllPeriods
from kpi_cli.writing.all_periods.record import figures_records, history_record
from kpi_cli.writing.json_objects import write_objects
from kpi_cli.writing.view import View


def write_json(workbooks: Iterable[AllPeriods], stream: TextIO, view: View) -> None:
    """Write one object for one workbook, and a list of objects for several."""
    records = (history_record(periods) for periods in workbooks)
    write_objects(records, stream, view.several)


def write_json_lines(workbooks: Iterable[AllPeriods], stream: TextIO, view: View) -> None:
    """Write one line for each code and period, with its workbook."""
    for periods in workbooks:
        for record in figures_records(periods):
            line = {"workbook": periods.report.workbook, **record.model_dump()}
            stream.write(json.dumps(line) + "\n")
