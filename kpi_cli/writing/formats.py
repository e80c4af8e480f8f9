"""The formats that results can be written in; a new one is a new module and a line here."""

from collections.abc import Callable, Iterable
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self, TextIO, cast

if TYPE_CHECKING:
    from kpi_cli.models import Report
    from kpi_cli.writing.problems.checked import Checked
    from kpi_cli.writing.view import View

Writer = Callable[["Iterable[Report]", TextIO, "View"], None]
ProblemWriter = Callable[["Iterable[Checked]", TextIO], None]

_SUFFIXES = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".md": "markdown"}


class NamedFormat(Enum):
    """What a command can write, each format by its name."""

    @property
    def is_for_people(self) -> bool:
        """Whether people read it; then it is written in the terminal's own encoding."""
        return self.value in ("table", "markdown")

    @property
    def file_encoding(self) -> str:
        """The encoding of a file; by the mark before the text, Excel knows a CSV for UTF-8."""
        return "utf-8-sig" if self.value == "csv" else "utf-8"

    @classmethod
    def of_suffix(cls, suffix: str) -> Self | None:
        """Return the format of files that end so, such as ".csv"; None where none does."""
        name = _SUFFIXES.get(suffix)
        return next((format for format in cls if format.value == name), None)


class Format(NamedFormat):
    """A format of ratings; its writer is loaded only when it is used."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"

    def writer(self) -> Writer:
        """Return the function that writes reports in this format to a stream."""
        return cast("Writer", _loaded(*_WRITERS[self]))


class ProblemFormat(NamedFormat):
    """A format of problems; its writer is loaded only when it is used."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"

    def writer(self) -> ProblemWriter:
        """Return the function that writes what was checked in this format to a stream."""
        return cast("ProblemWriter", _loaded(*_PROBLEM_WRITERS[self]))


def _loaded(module: str, function: str) -> Any:
    return getattr(import_module(f"kpi_cli.writing.{module}"), function)


_WRITERS = {
    Format.TABLE: ("ratings.table", "write_table"),
    Format.JSON: ("ratings.json_text", "write_json"),
    Format.JSONL: ("ratings.json_text", "write_json_lines"),
    Format.CSV: ("ratings.csv_text", "write_csv"),
    Format.MARKDOWN: ("ratings.markdown", "write_markdown"),
}
_PROBLEM_WRITERS = {
    ProblemFormat.TABLE: ("problems.table", "write_table"),
    ProblemFormat.JSON: ("problems.json_text", "write_json"),
    ProblemFormat.CSV: ("problems.csv_text", "write_csv"),
}
