"""Reports as JSON, and ratings as JSON Lines; in ASCII, so that no console garbles them."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from kpi_cli.comparison import Tally, compare_published
from kpi_cli.models import Report
from kpi_cli.writing.record import rating_record, report_record
from kpi_cli.writing.view import View


def write_json(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write one object for one workbook, and a list of objects for several."""
    objects = (json.dumps(_report(report, view), indent=2) for report in reports)
    if view.several:
        stream.write("[\n" + ",\n".join(objects) + "\n]\n")
        return
    for text in objects:
        stream.write(text + "\n")


def write_json_lines(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write one line for each rating, with its workbook."""
    for report in reports:
        for rating in report.ratings:
            record = rating_record(rating).model_dump()
            stream.write(json.dumps({"workbook": report.workbook, **record}) + "\n")


def _report(report: Report, view: View) -> dict[str, Any]:
    record = report_record(report).model_dump()
    if view.compare:
        comparison = compare_published(report)
        record["comparison"] = {
            "expected_outcome": _tally(comparison.outcomes),
            "direction": _tally(comparison.directions),
            "differences": [
                {
                    "code": pair.rating.indicator.code,
                    "what": pair.key,
                    "published": pair.published.key,
                    "computed": pair.computed.key,
                    "reason": pair.reason,
                    "cell": pair.cell,
                }
                for pair in comparison.differences
            ],
        }
    return record


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "agree": tally.agree,
        "differ": tally.differ,
        "not_comparable": tally.not_comparable,
    }
