"""Forecasts as CSV: one row for each indicator, its forecast laid flat."""

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from kpi_cli.outlook import Forecasts
from kpi_cli.writing.csv_cells import flat, write_records
from kpi_cli.writing.forecasts.record import OutlookLineRecord, ScoreRecord, outlook_record
from kpi_cli.writing.ratings.insight_record import ForecastRecord, ProfilesRecord
from kpi_cli.writing.view import View

_BANDS = ("annual_target",)


def fields(view: View) -> list[str]:
    """Return the fields of a line of JSON, those of what is in it one by one."""
    parts = {
        "forecast": [*ForecastRecord.model_fields],
        "backtest": [*ScoreRecord.model_fields] if view.backtest else [],
    }
    names = [
        name
        for field in OutlookLineRecord.model_fields
        for name in ([f"{field}_{part}" for part in parts[field]] if field in parts else [field])
    ]
    at = names.index("forecast_profiles")
    names[at : at + 1] = [f"forecast_on_{name}" for name in ProfilesRecord.model_fields]
    return names


def write_csv(workbooks: Iterable[Forecasts], stream: TextIO, view: View) -> None:
    """Write one row for each indicator of all workbooks, below one row of field names."""
    write_records(_records(workbooks, view), stream, fields(view), _BANDS)


def _records(workbooks: Iterable[Forecasts], view: View) -> Iterator[dict[str, Any]]:
    names = fields(view)
    for forecasts in workbooks:
        for outlook in forecasts.outlooks:
            record = outlook_record(outlook, view).model_dump()
            told = record["forecast"]
            told |= {f"on_{name}": number for name, number in told.pop("profiles").items()}
            told["notes"] = "; ".join(told["notes"])
            if score := record["backtest"]:
                refused = score["refused"].items()
                score["refused"] = "; ".join(f"{why}: {count}" for why, count in refused)
            band = record["annual_target"]  # no part of the record, but an amount with two ends
            row = flat({"workbook": forecasts.report.workbook, **record}, names)
            yield row | {"annual_target": band}
