"""Ratings as CSV: one row for each indicator."""

import csv
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from kpi_cli.models import Report
from kpi_cli.writing.csv_cells import safe_cell
from kpi_cli.writing.ratings.record import LineRecord, rating_record
from kpi_cli.writing.view import View

_BANDS = ("target", "annual_target", "green_line", "red_line")


def columns() -> list[str]:
    """Return the columns: the fields of a line of JSON, and the ends of what may be a band."""
    names: list[str] = []
    for name in LineRecord.model_fields:
        names += [name, f"{name}_low", f"{name}_high"] if name in _BANDS else [name]
    return names


def write_csv(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write one row for each rating of all reports, below one row of field names."""
    rows = csv.DictWriter(stream, columns(), lineterminator="\n")
    rows.writeheader()
    for report in reports:
        for rating in report.ratings:
            record = {"workbook": report.workbook, **rating_record(rating).model_dump()}
            rows.writerow({name: safe_cell(value) for name, value in _flat(record).items()})


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    flat = dict(record)
    flat["responsible_ous"] = "; ".join(record["responsible_ous"])
    for name in _BANDS:
        if isinstance(band := record[name], dict):
            flat |= {name: None, f"{name}_low": band["low"], f"{name}_high": band["high"]}
    return flat
