"""Ratings as CSV: one row for each indicator."""

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from kpi_cli.insight import insights
from kpi_cli.models import Report
from kpi_cli.writing.csv_cells import flat, write_records
from kpi_cli.writing.ratings.insight_record import (
    ControlChartRecord,
    ForecastRecord,
    PreviousRecord,
)
from kpi_cli.writing.ratings.record import LineRecord
from kpi_cli.writing.ratings.record_fields import rating_fields
from kpi_cli.writing.view import View

_BANDS = (
    "target", "annual_target", "green_line", "red_line", "previous_target", "spc_target",
)  # fmt: skip
_FORECAST = [field for field in ForecastRecord.model_fields if field != "profiles"]


def fields(view: View) -> list[str]:
    """Return the fields of a line of JSON, those of what is in it one by one."""
    parts = {
        "previous": list(PreviousRecord.model_fields),
        "spc": list(ControlChartRecord.model_fields) if view.spc else [],
        "forecast": _FORECAST if view.forecast else [],
        "series": [],
    }
    return [
        name
        for field in LineRecord.model_fields
        for name in ([f"{field}_{part}" for part in parts[field]] if field in parts else [field])
    ]


def write_csv(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write one row for each rating of all reports, below one row of field names."""
    write_records(_records(reports, view), stream, fields(view), _BANDS)


def _records(reports: Iterable[Report], view: View) -> Iterator[dict[str, Any]]:
    names = fields(view)
    for report in reports:
        for insight in insights(report):
            line = {"workbook": report.workbook, **rating_fields(insight, view)}
            yield flat(line, names)
