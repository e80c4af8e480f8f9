"""Where a command's result goes: to a file, whole, or to standard output as it comes."""

import io
import sys
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import typer

from kpi_cli.sentences import listed
from kpi_cli.writing.files import OutputError, check_output, write_whole
from kpi_cli.writing.format import Format, Writer, format_of_suffix

_OF_EXCEPTIONS = (".xlsx", ".xls", ".pdf")  # who asks for such a file wants the exceptions workbook


class Destination(NamedTuple):
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


def destination_asked(
    command: str,
    formats: type[Enum],
    format: Enum | None,
    output: Path | None,
    force: bool,
    inputs: Sequence[Path],
) -> Destination:
    """Return where a command's result is to go, in one of its formats.

    Without a format it is that of the file's name, and the first of them, a table, where that says
    none. Raises BadParameter for a name that ends in no format, and for --force without a file.
    """
    known = [each.value for each in formats]
    written = format.value if format else _format_of_file(output, known, command)
    check_force(force, output)
    return Destination(written, output, force, inputs)


def check_force(force: bool, output: Path | None) -> None:
    """Raise BadParameter where a file is to be replaced, and none is to be written."""
    if force and not output:
        raise typer.BadParameter("it goes with --output FILE", param_hint="--force")


def _format_of_file(
    output: Path | None, formats: Sequence[Format[Writer]], command: str
) -> Format[Writer]:
    """Return the format that a file's name asks for; the first, where it asks for none."""
    suffix = output.suffix.lower() if output else ""
    if not suffix:
        return formats[0]
    if format := format_of_suffix(suffix, formats):
        return format
    table, *others = (format.suffix for format in formats)
    instead = f"end its name in {listed([f'{table} (the table)', *others])}, or give --format"
    if suffix in _OF_EXCEPTIONS:
        instead = "kpi exceptions writes a workbook"
    message = f"kpi {command} writes no {suffix} files; {instead}"
    raise typer.BadParameter(message, param_hint="--output")
