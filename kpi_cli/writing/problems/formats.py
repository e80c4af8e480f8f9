"""The formats that problems are written in; a new one is a new module here, and a line."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TextIO

from kpi_cli.writing.format import Format
from kpi_cli.writing.problems.checked import Checked

_Format = Format[Callable[[Iterable[Checked], TextIO], None]]
_HERE = "kpi_cli.writing.problems"


class ProblemsFormat(Enum):
    """A format of problems."""

    TABLE = _Format("table", f"{_HERE}.table:write_table", ".txt", is_for_people=True)
    JSON = _Format("json", f"{_HERE}.json_text:write_json", ".json")
    CSV = _Format("csv", f"{_HERE}.csv_text:write_csv", ".csv", file_encoding="utf-8-sig")


LIST_OF_CHECKS = Format[Callable[[TextIO], None]](
    "list", f"{_HERE}.table:write_list", ".txt", is_for_people=True
)
