"""The options that several commands have, and what the texts given to them mean.

It loads neither the reading nor the models: the batch, which has these options too, begins with
starting the processes that do the work, and loads the rest beside them.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NamedTuple, get_type_hints

import typer

from kpi_cli.period_words import parse_period
from kpi_cli.periods import Period, UnclearPeriod
from kpi_cli.terms import Polarity
from kpi_cli.xlsx.limits import MAX_SIZE

_UNITS = {"": 1024**2, "k": 1024, "m": 1024**2, "g": 1024**3}
_SIZE = r"(?i)(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?"

OutputFile = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file, not to the screen."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace an output file that exists.")]
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
        help="Write the indicators that can be rated even if the data has errors; what is missing"
        " is told there.",
    ),
]
NoCharts = Annotated[bool, typer.Option("--no-charts", help="Leave the charts out.")]
ControlCharts = Annotated[
    bool,
    typer.Option(
        "--spc",
        help="Also write what each indicator's control chart says, and draw its mean and limits:"
        " whether the latest figure is a signal, and whether the target is met as figures vary.",
    ),
]
Forecasts = Annotated[
    bool,
    typer.Option(
        "--forecast",
        help="Also write where each indicator's year will end, with the range and how it is rated.",
    ),
]


class Opening(NamedTuple):
    """How workbooks are to be opened."""

    sheets: tuple[str, ...] = ()  # the only ones of their kind to be read; all, where none is named
    max_size: int = MAX_SIZE  # bytes that a workbook may unpack to
    debug: bool = False
    period: str | None = None  # of figures that say none
    polarity: Polarity | None = None  # of indicators that nothing tells it of
    profile: Path | None = None  # what explains them; that beside them, where it is None
    no_profile: bool = False
    definitions: Path | None = None  # what is known of each indicator


@dataclass(frozen=True)
class ReadingOptions:
    """The options of every command that reads workbooks: how these are to be read."""

    sheet: Annotated[
        list[str] | None,
        typer.Option(
            "--sheet",
            metavar="NAME",
            help="Read this sheet, and no other of its kind (indicators, history, settings, aims)."
            " Can be repeated; * stands for anything.",
        ),
    ] = None
    month: Annotated[
        str | None,
        typer.Option(
            "--month",
            "--period",
            metavar="PERIOD",
            help='The period of figures that say none, such as 2018-10 or "Q3 2018/19".',
        ),
    ] = None
    polarity: Annotated[
        str | None,
        typer.Option(
            "--polarity",
            metavar="WAY",
            help="Which way is good, maximise or minimise, for every indicator that nothing else"
            " tells it of.",
        ),
    ] = None
    definitions: Annotated[
        Path | None,
        typer.Option(
            "--definitions",
            metavar="FILE",
            help="A workbook with what is known of each indicator, by its code or name: polarity,"
            " thresholds, committee and so on. The workbook's own cells go before it.",
        ),
    ] = None
    profile: Annotated[
        Path | None,
        typer.Option(
            "--profile",
            metavar="FILE",
            help="Read the workbook as this profile says, which explains its headings and words. It"
            " is kpi.toml beside the workbook, where there is one.",
        ),
    ] = None
    no_profile: Annotated[
        bool, typer.Option("--no-profile", help="Leave out of account any kpi.toml that there is.")
    ] = False
    max_size: Annotated[
        str | None,
        typer.Option(
            metavar="SIZE",
            help="Read workbooks that unpack to more than 512 MiB, or have more than 1,000,000"
            " cells: up to this size, such as 2GiB, and as many times the cells.",
        ),
    ] = None

    def opening(self, debug: bool = False) -> Opening:
        """Return what they mean; raises BadParameter for a text that says nothing."""
        return self.opening_for(self.period, debug)

    def opening_for(self, period: str | None, debug: bool = False) -> Opening:
        """Return what they mean for a workbook whose undated figures are of a period."""
        if self.profile and self.no_profile:
            raise typer.BadParameter("it is the opposite of --profile", param_hint="--no-profile")
        return Opening(
            sheets=tuple(self.sheet or ()),
            max_size=max_size_asked(self.max_size),
            debug=debug,
            period=period,
            polarity=polarity_asked(self.polarity),
            profile=self.profile,
            no_profile=self.no_profile,
            definitions=self.definitions,
        )

    @property
    def period(self) -> str | None:
        """The period that is asked for; raises BadParameter for a text that names none."""
        return period_asked(self.month)


@dataclass(frozen=True)
class RatingOptions(ReadingOptions):
    """Those of the commands that rate: a period is also that of the report."""

    month: Annotated[
        str | None,
        typer.Option(
            "--month",
            "--period",
            metavar="PERIOD",
            help='Rate the report of this period, such as 2018-10 or "Q3 2018/19": of an earlier'
            " one as it stood then, from the history. It is also the period of figures that say"
            " none.",
        ),
    ] = None


def with_groups(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command in whose options the groups that it asks for stand one by one.

    A group is a dataclass whose fields are options: the command gets one value of it. An option
    that the command has itself, in a way of its own, stands in place of the group's.
    """
    signature = inspect.signature(command)
    asked = signature.parameters.values()
    own = set(signature.parameters)
    groups: dict[str, Any] = {
        each.name: each.annotation for each in asked if is_dataclass(each.annotation)
    }

    @wraps(command)
    def grouped(**given: Any) -> None:
        for name, group in groups.items():
            names = [each.name for each in fields(group) if each.name not in own]
            given[name] = group(**{each: given.pop(each) for each in names})
        command(**given)

    options = [o for each in asked for o in _options(each, own, is_group=each.name in groups)]
    grouped.__signature__ = signature.replace(parameters=options)  # type: ignore[attr-defined]
    return grouped


def _options(
    asked: inspect.Parameter, own: set[str], *, is_group: bool
) -> Iterator[inspect.Parameter]:
    """Yield the options that a parameter of a command stands for, as parameters."""
    if not is_group:
        yield asked
        return
    kinds = get_type_hints(asked.annotation, include_extras=True)
    for each in fields(asked.annotation):
        if each.name in own:
            continue
        yield asked.replace(name=each.name, default=each.default, annotation=kinds[each.name])


def period_asked(text: str | None) -> str | None:
    """Return a text that names a period, a month in one form; raises BadParameter for any other.

    Which months "Q3 2018/19" has depends on the month that a workbook's financial year starts with.
    """
    if text is None:
        return None
    meanings = [parse_period(text, year_starts) for year_starts in (4, 1)]
    for period in meanings:
        if isinstance(period, Period):
            return str(period.last) if period.length == 1 else " ".join(text.split())
    if isinstance(meanings[0], UnclearPeriod):
        why, hint, _ = meanings[0]
        raise typer.BadParameter(f"{why}. {hint}", param_hint="--month")
    message = f'"{text}" is no month or other period; write 2018-10, or "Q3 2018/19"'
    raise typer.BadParameter(message, param_hint="--month")


def polarity_asked(text: str | None) -> Polarity | None:
    """Return the polarity that a text names; raises BadParameter where it names none."""
    if text is None:
        return None
    for polarity in (Polarity.MAXIMISE, Polarity.MINIMISE):
        if text.strip().lower() == polarity.value:
            return polarity
    message = f'"{text}" is no polarity for all; write maximise or minimise'
    raise typer.BadParameter(message, param_hint="--polarity")


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
    found = re.fullmatch(_SIZE, text.strip())
    size = round(Decimal(found[1]) * _UNITS[found[2].lower()]) if found else 0
    return size or None
