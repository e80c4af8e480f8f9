"""Ratings as CSV: one row for each indicator."""

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from kpi_cli.models import Report
from kpi_cli.writing.csv_cells import columns_of, write_records
from kpi_cli.writing.ratings.record import LineRecord, rating_record
from kpi_cli.writing.view import View

_BANDS = ("target", "annual_target", "green_line", "red_line")


def columns() -> list[str]:
    """Return the columns: the fields of a line of JSON, and the ends of what may be a band."""
    return columns_of(LineRecord.model_fields, _BANDS)


def write_csv(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write one row for each rating of all reports, below one row of field names."""
    write_records(_records(reports), stream, LineRecord.model_fields, _BANDS)


def _records(reports: Iterable[Report]) -> Iterator[dict[str, Any]]:
    for report in reports:
        for rating in report.ratings:
            record = rating_record(rating).model_dump()
            ous = "; ".join(record["responsible_ous"])
            yield {"workbook": report.workbook, **record, "responsible_ous": ous}
