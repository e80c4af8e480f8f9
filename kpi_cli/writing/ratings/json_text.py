"""Reports as JSON, and ratings as JSON Lines; in ASCII, so that no console garbles them."""

import json
from collections.abc import Iterable
from typing import TextIO

from kpi_cli.insight import insights
from kpi_cli.models import Report
from kpi_cli.writing.json_objects import write_objects
from kpi_cli.writing.ratings.record_fields import rating_fields, report_fields
from kpi_cli.writing.view import View


def write_json(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write one object for one workbook, and a list of objects for several."""
    objects = (report_fields(report, view) for report in reports)
    write_objects(objects, stream, view.several)


def write_json_lines(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write one line for each rating, with its workbook."""
    for report in reports:
        for insight in insights(report):
            line = {"workbook": report.workbook, **rating_fields(insight, view)}
            stream.write(json.dumps(line) + "\n")
