"""The formats that the changes between two reports are written in; a new one is a module here."""

from collections.abc import Callable
from enum import Enum
from typing import TextIO

from kpi_cli.comparison.compared import Compared
from kpi_cli.writing.format import Format

_Format = Format[Callable[[Compared, TextIO, bool], None]]
_HERE = "kpi_cli.writing.changes"


class ChangesFormat(Enum):
    """A format of the changes; its writer is also told whether what is unchanged is wanted."""

    TABLE = _Format("table", f"{_HERE}.table:write_table", ".txt", is_for_people=True)
    JSON = _Format("json", f"{_HERE}.json_text:write_json", ".json")
    CSV = _Format("csv", f"{_HERE}.csv_text:write_csv", ".csv", file_encoding="utf-8-sig")
    MARKDOWN = _Format("markdown", f"{_HERE}.markdown:write_markdown", ".md", is_for_people=True)
