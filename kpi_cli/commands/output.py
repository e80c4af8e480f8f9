"""Where a command's result goes: to a file, whole, or to standard output as it comes."""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from kpi_cli.writing.files import OutputError, check_output, write_whole
from kpi_cli.writing.format import Format


@dataclass(frozen=True)
class Destination:
    """Where a result is to go, and in which format; without a file, to standard output."""

    format: Format[Any]
    file: Path | None = None
    force: bool = False
    inputs: Sequence[Path] = ()  # which the file may not be

    def put(
        self, write: Callable[[TextIO], object], is_wanted: Callable[[], bool] = lambda: True
    ) -> None:
        """Put there what is written; into a file only if it is wanted after all was written.

        Raises OutputError where it can't be written.
        """
        if self.file is None:
            write(standard_output(self.format))
            return
        check_output(self.file, self.force, tuple(self.inputs))
        text = io.StringIO()
        write(text)
        if is_wanted():
            content = text.getvalue().encode(self.format.file_encoding)
            write_whole(self.file, content, self.force)


def standard_output(format: Format[Any]) -> io.TextIOWrapper:
    """Return standard output, in UTF-8 where a program will read it.

    Raises OutputError where it is closed.
    """
    stream = sys.stdout
    if not isinstance(stream, io.TextIOWrapper):
        raise OutputError("standard output is closed; add --output FILE")
    if not format.is_for_people:
        stream.reconfigure(encoding="utf-8", newline="\n")
    return stream
