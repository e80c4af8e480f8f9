"""The formats that a report can be written in; a new one is a new module and a line here."""

from collections.abc import Callable, Iterable
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, TextIO, cast

if TYPE_CHECKING:
    from kpi_cli.models import Report
    from kpi_cli.writing.view import View

Writer = Callable[["Iterable[Report]", TextIO, "View"], None]


class Format(Enum):
    """A format by its name; its writer is loaded only when it is used."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"

    @property
    def is_for_people(self) -> bool:
        """Whether people read it; then it is written in the terminal's own encoding."""
        return self in (Format.TABLE, Format.MARKDOWN)

    @property
    def file_encoding(self) -> str:
        """The encoding of a file; by the mark before the text, Excel knows a CSV for UTF-8."""
        return "utf-8-sig" if self is Format.CSV else "utf-8"

    @classmethod
    def of_suffix(cls, suffix: str) -> "Format | None":
        """Return the format of files that end so, such as ".csv"; None where none does."""
        return _SUFFIXES.get(suffix)

    def writer(self) -> Writer:
        """Return the function that writes reports in this format to a stream."""
        module, function = _WRITERS[self]
        return cast("Writer", getattr(import_module(f"kpi_cli.writing.{module}"), function))


_WRITERS = {
    Format.TABLE: ("terminal", "write_table"),
    Format.JSON: ("json_text", "write_json"),
    Format.JSONL: ("json_text", "write_json_lines"),
    Format.CSV: ("csv_text", "write_csv"),
    Format.MARKDOWN: ("markdown", "write_markdown"),
}
_SUFFIXES = {
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".md": Format.MARKDOWN,
}
