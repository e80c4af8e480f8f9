"""The formats that single indicators are written in; a new one is a new module here, and a line."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TextIO

from kpi_cli.models import Report
from kpi_cli.writing.format import Format
from kpi_cli.writing.view import View

_Format = Format[Callable[[Iterable[Report], TextIO, View], None]]
_HERE = "kpi_cli.writing.one_indicator"


class ShowFormat(Enum):
    """A format of single indicators."""

    TABLE = _Format("table", f"{_HERE}.table:write_table", ".txt", is_for_people=True)
    JSON = _Format("json", f"{_HERE}.json_text:write_json", ".json")
    CSV = _Format("csv", f"{_HERE}.csv_text:write_csv", ".csv", file_encoding="utf-8-sig")
