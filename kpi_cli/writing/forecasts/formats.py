"""The formats that forecasts are written in; a new one is a new module here."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TextIO

from kpi_cli.outlook import Forecasts
from kpi_cli.writing.format import Format
from kpi_cli.writing.view import View

_Format = Format[Callable[[Iterable[Forecasts], TextIO, View], None]]
_HERE = "kpi_cli.writing.forecasts"


class ForecastFormat(Enum):
    """A format of forecasts."""

    TABLE = _Format("table", f"{_HERE}.table:write_table", ".txt", is_for_people=True)
    JSON = _Format("json", f"{_HERE}.json_text:write_json", ".json")
    JSONL = _Format("jsonl", f"{_HERE}.json_text:write_json_lines", ".jsonl")
    CSV = _Format("csv", f"{_HERE}.csv_text:write_csv", ".csv", file_encoding="utf-8-sig")
    MARKDOWN = _Format("markdown", f"{_HERE}.markdown:write_markdown", ".md", is_for_people=True)
