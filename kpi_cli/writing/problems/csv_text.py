"""Problems as CSV: one row each, and nothing that Excel takes for a formula."""

from collections.abc import Iterable
from typing import TextIO

from kpi_cli.writing.csv_cells import write_records
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.problems.record import FoundRecord, found_record


def write_csv(workbooks: Iterable[Checked], stream: TextIO) -> None:
    """Write one row for each problem of all workbooks, below one row of field names."""
    records = (
        {"workbook": checked.workbook, **found_record(problem).model_dump()}
        for checked in workbooks
        for problem in checked.problems
    )
    write_records(records, stream, ["workbook", *FoundRecord.model_fields])
