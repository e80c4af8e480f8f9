"""The options that commands share, and what the texts given to them mean."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from kpi_cli.sentences import listed
from kpi_cli.writing.formats import Format, NamedFormat, ProblemFormat

if TYPE_CHECKING:
    from kpi_cli.batch.task import Product
    from kpi_cli.models import Outcome
    from kpi_cli.periods import Month
    from kpi_cli.selection import Selection

_Format = TypeVar("_Format", bound=NamedFormat)
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+:[0-9]{1,5}")

Workbooks = Annotated[
    list[Path], typer.Argument(metavar="WORKBOOK", help="Excel workbooks (.xlsx) to rate.")
]
WorkbooksToCheck = Annotated[
    list[Path], typer.Argument(metavar="WORKBOOK", help="Excel workbooks (.xlsx) to check.")
]
OneWorkbook = Annotated[
    Path, typer.Argument(metavar="WORKBOOK", help="The Excel workbook (.xlsx) to report on.")
]
NewWorkbook = Annotated[
    Path, typer.Argument(metavar="FILE", help="The Excel workbook (.xlsx) to write.")
]
OutputFormat = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="How to write the ratings; if it is not given, by the ending of the output file, or"
        " as a table.",
    ),
]
ProblemsFormat = Annotated[
    ProblemFormat | None,
    typer.Option(
        "--format",
        "-f",
        help="How to write the problems; if it is not given, by the ending of the output file, or"
        " as a table.",
    ),
]
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
Committees = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only this scrutiny committee. Filters can be repeated, and combine; case,"
        ' spacing and "&" or "and" make no difference; * stands for anything.',
    ),
]
Aims = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this corporate aim.")]
OUs = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this responsible OU.")]
Codes = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help='Only this code, or "CP 3.*".')
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


def check_force(force: bool, output: Path | None) -> None:
    """Raise BadParameter where a file is to be replaced, and none is to be written."""
    if force and not output:
        raise typer.BadParameter("it goes with --output FILE", param_hint="--force")


def format_of_file(output: Path | None) -> Format:
    """Return the format that a file's name asks for: a table, where it asks for none."""
    return _format_of(output, Format, "rate") or Format.TABLE


def problem_format_of_file(output: Path | None) -> ProblemFormat:
    """Return the format that a file's name asks for, of those that problems are written in."""
    return _format_of(output, ProblemFormat, "check") or ProblemFormat.TABLE


def _format_of(output: Path | None, formats: type[_Format], command: str) -> _Format | None:
    suffix = output.suffix.lower() if output else ""
    if suffix in (".xlsx", ".xls", ".pdf"):
        raise typer.BadParameter(
            f"kpi {command} writes no {suffix} files; kpi exceptions writes a workbook",
            param_hint="--output",
        )
    return formats.of_suffix(suffix)


def selection_of(
    committees: list[str] | None,
    aims: list[str] | None,
    ous: list[str] | None,
    codes: list[str] | None,
    outcomes: list[str] | None,
) -> "Selection":
    """Return the selection that the filters ask for; None where one was not given."""
    from kpi_cli.selection import Selection

    return Selection(
        committees=tuple(committees or ()),
        aims=tuple(aims or ()),
        responsible_ous=tuple(ous or ()),
        codes=tuple(codes or ()),
        outcomes=tuple(outcome_asked(text) for text in outcomes or ()),
    )


def month_asked(text: str | None) -> "Month | None":
    """Return the month that a text names; raises BadParameter where it names none."""
    from kpi_cli.periods import parse_month

    if text is None:
        return None
    month = parse_month(text)
    if month is None:
        message = f'"{text}" is no month; write 2018-10, or "October 2018"'
        raise typer.BadParameter(message, param_hint="--month")
    return month


def first_month_asked(text: str) -> int:
    """Return the number of the month that a text names; raises BadParameter where it names none."""
    from kpi_cli.periods import month_number

    number = month_number(text)
    if number is None:
        message = f'"{text}" is no month; write its name, such as April'
        raise typer.BadParameter(message, param_hint="--year-starts")
    return number


def products_asked(text: str) -> "tuple[Product, ...]":
    """Return what a text such as "ratings,exceptions" names; raises BadParameter for the rest."""
    from kpi_cli.batch.task import Product

    by_name = {product.folder: product for product in Product}
    names = [name.strip().lower() for name in text.split(",")]
    for name in names:
        if name not in by_name:
            message = (
                f'"{name}" can\'t be made; write ratings, exceptions or both: {",".join(by_name)}'
            )
            raise typer.BadParameter(message, param_hint="--make")
    return tuple(product for name, product in by_name.items() if name in names)


def scheduler_asked(text: str | None) -> str | None:
    """Return the address of a scheduler as it is given; raises BadParameter where it is none."""
    if text is not None and not _ADDRESS.fullmatch(text):
        message = f'"{text}" is no address; write it like tcp://host:8786'
        raise typer.BadParameter(message, param_hint="--scheduler")
    return text


def outcome_asked(text: str) -> "Outcome":
    """Return the outcome that a text names; raises BadParameter where it names none."""
    from kpi_cli.models import Outcome
    from kpi_cli.reading.vocabulary import parse_outcome

    outcome = parse_outcome(text)
    if outcome is None:
        known = listed(["red", "amber", "green", *(f'"{o.short_label}"' for o in Outcome)])
        message = f'"{text}" is no expected outcome; write {known}'
        raise typer.BadParameter(message, param_hint="--outcome")
    return outcome


def max_size_asked(text: str | None) -> int:
    """Return the bytes that a size names, what is usual without one; raises BadParameter."""
    from kpi_cli.sizes import parse_size
    from kpi_cli.xlsx.limits import MAX_SIZE

    if text is None:
        return MAX_SIZE
    size = parse_size(text)
    if size is None:
        raise typer.BadParameter(
            f'"{text}" is no size; write 800MiB, or 2GiB', param_hint="--max-size"
        )
    return size
