"""Reports as JSON, and ratings as JSON Lines; in ASCII, so that no console garbles them."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from kpi_cli.models import Report
from kpi_cli.published import compare_published
from kpi_cli.writing.json_objects import write_objects
from kpi_cli.writing.ratings.record import rating_record, report_record
from kpi_cli.writing.view import View


def write_json(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write one object for one workbook, and a list of objects for several."""
    write_objects((_report(report, view) for report in reports), stream, view.several)


def write_json_lines(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write one line for each rating, with its workbook."""
    for report in reports:
        for rating in report.ratings:
            record = rating_record(rating).model_dump()
            stream.write(json.dumps({"workbook": report.workbook, **record}) + "\n")


def _report(report: Report, view: View) -> dict[str, Any]:
    comparison = compare_published(report) if view.compare else None
    return report_record(report, comparison).model_dump()
