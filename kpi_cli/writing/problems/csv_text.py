"""Problems as CSV: one row each, and nothing that Excel takes for a formula."""

import csv
from collections.abc import Iterable
from typing import TextIO

from kpi_cli.writing.csv_cells import safe_cell
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.problems.record import FoundRecord, found_record


def write_csv(workbooks: Iterable[Checked], stream: TextIO) -> None:
    """Write one row for each problem of all workbooks, below one row of field names."""
    columns = ["workbook", *FoundRecord.model_fields]
    rows = csv.DictWriter(stream, columns, lineterminator="\n")
    rows.writeheader()
    for checked in workbooks:
        for problem in checked.problems:
            record = {"workbook": checked.workbook, **found_record(problem).model_dump()}
            rows.writerow({name: safe_cell(value) for name, value in record.items()})
