"""What a batch asks of a worker for one workbook, and what comes back: values that can travel."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from kpi_cli import __version__
from kpi_cli.terms import Polarity
from kpi_cli.xlsx.limits import MAX_SIZE

if TYPE_CHECKING:  # they travel, and are loaded where they are of use
    from kpi_cli.reading.definitions import DefinitionsFile
    from kpi_cli.reading.profile import Given

# What a worker does is named, so that it is loaded there and not where tasks are handed out.
WORK = "kpi_cli.batch.work:work"
"""The function that makes the Result of a Task."""


class Product(Enum):
    """What can be made of each workbook: the folder that it goes into, its suffix, and its writer.

    A writer is a function that returns the content: of the whole report, or, for readers, of its
    sections. What is for readers has a noun; it can have more in it, and there may be none.
    """

    RATINGS = ("ratings", ".json", "kpi_cli.batch.work:ratings", None)
    EXCEPTIONS = (
        "exceptions",
        ".xlsx",
        "kpi_cli.writing.exceptions_workbook.document:exceptions_workbook",
        "exceptions workbook",
    )
    REPORT = ("report", ".html", "kpi_cli.writing.web.document:web_page", "web page")

    def __init__(self, folder: str, suffix: str, writer: str, noun: str | None) -> None:
        self.folder = folder
        self.suffix = suffix
        self.writer = writer
        self.noun = noun


def modules_for(products: Iterable[Product]) -> list[str]:
    """Return the modules that a worker needs to make these products."""
    functions = [WORK, *(product.writer for product in products)]
    return list(dict.fromkeys(function.partition(":")[0] for function in functions))


class Status(Enum):
    """How it went with one workbook, best first."""

    RATED = "rated"
    ERRORS = "errors"  # rated, with errors in its data
    INCOMPLETE = "incomplete"  # rated, but something that was asked for could not be made
    FAILED = "failed"  # not rated at all


@dataclass(frozen=True)
class Wanted:
    """What is to be made of each workbook, and how."""

    made: datetime  # what is made for readers says when
    products: tuple[Product, ...] = (Product.RATINGS,)
    month: str | None = None
    polarity: Polarity | None = None  # of indicators that nothing tells it of
    keep_going: bool = False
    with_charts: bool = True
    with_spc: bool = False
    with_forecast: bool = False
    sheets: tuple[str, ...] = ()  # the only ones of their kind to be read, where any is named
    max_size: int = MAX_SIZE  # bytes that a workbook may unpack to
    is_reproducible: bool = False  # the same bytes each time: `made` is given, nothing is timed
    version: str = __version__  # of the program that asks

    def fingerprint(self) -> str:
        """Return a text that differs where the results of the same workbook could differ."""
        bearing = {
            "version": self.version,
            "products": [product.folder for product in self.products],
            "month": self.month,
            "polarity": self.polarity and self.polarity.value,
            "keep_going": self.keep_going,
            "with_charts": self.with_charts,
            "with_spc": self.with_spc,
            "with_forecast": self.with_forecast,
            "sheets": self.sheets,
            "max_size": self.max_size,
            "made": self.made.isoformat() if self.is_reproducible else None,
        }
        return hashlib.sha256(json.dumps(bearing).encode()).hexdigest()


@dataclass(frozen=True)
class Task:
    """One workbook to be rated: its content and not its path, so that any machine can do it."""

    name: str  # the one that results carry
    content: bytes = field(repr=False)
    wanted: Wanted
    profile: "Given | None" = None  # what explains it
    definitions: "DefinitionsFile | None" = field(default=None, repr=False)


@dataclass(frozen=True)
class Row:
    """What the summary says of one workbook."""

    status: Status
    message: str | None = None  # why it failed, or what could not be made and why
    report_month: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)  # by the key of the outcome
    not_rated: int = 0  # rows that could not be rated
    errors: int = 0
    warnings: int = 0
    products: tuple[str, ...] = ()  # what was made, by the folder that it goes into
    seconds: float | None = None


@dataclass(frozen=True)
class Result:
    """What was made of one workbook."""

    row: Row
    files: Mapping[Product, bytes] = field(default_factory=dict, repr=False)
    lines: bytes = field(default=b"", repr=False)  # its ratings as JSON Lines, compressed by gzip
    trace: str | None = None  # the traceback of what made it fail


def failed(message: str, trace: str | None = None) -> Result:
    """Return the result of a workbook that could not be rated at all."""
    return Result(Row(Status.FAILED, message), trace=trace)


def failed_by_itself(error: BaseException, trace: str | None = None) -> Result:
    """Return the result of a workbook over which the program itself stumbled."""
    name = type(error).__name__
    return failed(f"stopped by an error of its own ({name}); --debug shows it", trace)
