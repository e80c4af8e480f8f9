"""Ratings as CSV: one row for each indicator, and nothing that Excel takes for a formula."""

import csv
import re
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from kpi_cli.models import Report
from kpi_cli.writing.record import LineRecord, rating_record
from kpi_cli.writing.view import View

_BANDS = ("target", "annual_target")
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-?[£$€¥]?[\d,]+(\.\d+)?%?|-")  # Excel reads these as a number, or a dash


def columns() -> list[str]:
    """Return the columns: the fields of a line of JSON, each target with the ends of a band."""
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


def safe_cell(value: Any) -> Any:
    """Return a text that would start a formula with an apostrophe before it."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
