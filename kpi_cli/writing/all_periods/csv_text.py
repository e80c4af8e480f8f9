"""The figures of all periods as CSV: one row for each indicator and period."""

from collections.abc import Iterable
from typing import TextIO

from kpi_cli.all_periods import AllPeriods
from kpi_cli.writing.all_periods.record import FiguresLineRecord, figures_records
from kpi_cli.writing.csv_cells import write_records
from kpi_cli.writing.view import View

_BANDS = ("target",)


def write_csv(workbooks: Iterable[AllPeriods], stream: TextIO, view: View) -> None:
    """Write one row for each code and period of all workbooks, below one row of field names."""
    records = (
        {"workbook": periods.report.workbook, **record.model_dump()}
        for periods in workbooks
        for record in figures_records(periods)
    )
    write_records(records, stream, FiguresLineRecord.model_fields, _BANDS)
