"""Single indicators as CSV: one row for each indicator and period."""

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from kpi_cli.insight import insights
from kpi_cli.models import Report
from kpi_cli.writing.csv_cells import write_records
from kpi_cli.writing.one_indicator.record import PeriodRecord, period_record
from kpi_cli.writing.view import EVERYTHING, View

_FIELDS = ("workbook", "code", "short_name", *PeriodRecord.model_fields)
_BANDS = ("target",)


def write_csv(reports: Iterable[Report], stream: TextIO, view: View = EVERYTHING) -> None:
    """Write one row for each period of each indicator, below one row of field names."""
    write_records(_records(reports), stream, _FIELDS, _BANDS)


def _records(reports: Iterable[Report]) -> Iterator[dict[str, Any]]:
    for report in reports:
        for insight in insights(report):
            own = insight.rating.indicator
            names = {"code": own.code, "short_name": own.short_name}
            for past in insight.periods:
                period = period_record(past).model_dump()
                yield {"workbook": report.workbook, **names, **period}
