"""The options that several commands have, and what the texts given to them mean.

It loads neither the reading nor the models: the batch, which has these options too, begins with
starting the processes that do the work, and loads the rest beside them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.periods import Month, parse_month
from kpi_cli.sentences import listed
from kpi_cli.writing.format import Format, Writer, format_of_suffix
from kpi_cli.xlsx.limits import MAX_SIZE

_OF_EXCEPTIONS = (".xlsx", ".xls", ".pdf")  # who asks for such a file wants the exceptions workbook
_UNITS = {"": 1024**2, "k": 1024, "m": 1024**2, "g": 1024**3}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?", re.IGNORECASE)

OutputFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to the screen."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace an output file that exists.")]
MonthAsked = Annotated[
    str | None,
    typer.Option(
        metavar="MONTH",
        help="Rate the report as it stood in an earlier month, such as 2018-10, from the history.",
    ),
]
SheetsAsked = Annotated[
    list[str] | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help="Read this sheet, and no other of its kind (indicators, history, settings). Can be"
        " repeated; * stands for anything.",
    ),
]
MaxSize = Annotated[
    str | None,
    typer.Option(
        metavar="SIZE",
        help="Read workbooks that unpack to more than 512 MiB: up to this size, such as 2GiB.",
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        help="Say only what makes the exit code other than 0: no warnings, and nothing of what"
        " went well.",
    ),
]
Debug = Annotated[
    bool, typer.Option("--debug", help="Show the traceback of an error of the program.")
]
KeepGoing = Annotated[
    bool,
    typer.Option(
        "--keep-going",
        help="Write the indicators that can be rated even if the data has errors; the errors"
        " are named on the Summary and listed on Data notes.",
    ),
]
NoCharts = Annotated[bool, typer.Option("--no-charts", help="Leave the charts out.")]


@dataclass(frozen=True)
class Opening:
    """How workbooks are to be opened."""

    sheets: tuple[str, ...] = ()  # the only ones of their kind to be read; all, where none is named
    max_size: int = MAX_SIZE  # bytes that a workbook may unpack to
    debug: bool = False


def opening_asked(sheets: list[str] | None, max_size: str | None, debug: bool) -> Opening:
    """Return how workbooks are to be opened; raises BadParameter where a text is no size."""
    return Opening(tuple(sheets or ()), max_size_asked(max_size), debug)


def check_force(force: bool, output: Path | None) -> None:
    """Raise BadParameter where a file is to be replaced, and none is to be written."""
    if force and not output:
        raise typer.BadParameter("it goes with --output FILE", param_hint="--force")


def format_of_file(
    output: Path | None, formats: Sequence[Format[Writer]], command: str
) -> Format[Writer]:
    """Return the format that a file's name asks for; the first, a table, where it asks for none.

    Raises BadParameter where a name ends in what is none of them.
    """
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


def month_asked(text: str | None) -> Month | None:
    """Return the month that a text names; raises BadParameter where it names none."""
    if text is None:
        return None
    month = parse_month(text)
    if month is None:
        message = f'"{text}" is no month; write 2018-10, or "October 2018"'
        raise typer.BadParameter(message, param_hint="--month")
    return month


def max_size_asked(text: str | None) -> int:
    """Return the bytes that a size names, what is usual without one; raises BadParameter."""
    if text is None:
        return MAX_SIZE
    size = parse_size(text)
    if size is None:
        raise typer.BadParameter(
            f'"{text}" is no size; write 800MiB, or 2GiB', param_hint="--max-size"
        )
    return size


def parse_size(text: str) -> int | None:
    """Return the bytes that a text names, 1024 to the kilobyte; None where it names no size.

    A number alone counts mebibytes.
    """
    found = _SIZE.fullmatch(text.strip())
    size = round(Decimal(found[1]) * _UNITS[found[2].lower()]) if found else 0
    return size or None
