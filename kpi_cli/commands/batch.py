"""`kpi batch`: find → rate, on all workers → keep → sum up; and what is said of it.

It loads neither models nor reading: the processes that do the work load theirs meanwhile.
"""

import errno
import os
import re
import traceback
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from kpi_cli.batch.cluster import ClusterError, LostClusterError, connected
from kpi_cli.batch.progress import InOrder, Tally, closing_table, progress
from kpi_cli.batch.results import Workplace, results
from kpi_cli.batch.sources import Source, Sources, find_sources
from kpi_cli.batch.store import Store, hash_of
from kpi_cli.batch.summary import write_results
from kpi_cli.batch.task import WORK, Product, Result, Row, Status, Task, Wanted, failed, modules_for
from kpi_cli.batch.workers import Here, Processes, cores, prepare
from kpi_cli.clock import EPOCH, time_now
from kpi_cli.commands.beside import Beside
from kpi_cli.commands.ending import EXIT_CODES, ExitCode, clear_end
from kpi_cli.commands.options import (
    ControlCharts,
    Debug,
    Forecasts,
    KeepGoing,
    NoCharts,
    Opening,
    RatingOptions,
    with_groups,
)
from kpi_cli.sentences import counted, listed
from kpi_cli.writing.files import OutputError
from kpi_cli.writing.messages import say
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError, content_of

FOR_READERS = tuple(product for product in Product if product.noun)
"""What is made for people who read it, and can have more in it."""
_FOR_ALL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}  # no other could be written either
_ADDRESS = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+:[0-9]{1,5}")

NOTES = f"""\b
Examples:
  kpi batch "sample_workbooks/south*.xlsx" --output results
  kpi batch "sample_workbooks/south*.xlsx" --output results --resume
  kpi batch "**/south*.xlsx" --output results --force --make ratings,exceptions

{EXIT_CODES.format(more=", or a workbook could not be read or made")}"""


@dataclass(frozen=True)
class ReadersOptions:
    """What else is to be in what is made for people who read it."""

    spc: ControlCharts = False
    forecast: Forecasts = False
    no_charts: NoCharts = False
    keep_going: KeepGoing = False

    def check(self, products: tuple[Product, ...]) -> None:
        """Raise BadParameter for an option that none of the products heeds."""
        for given, option, goes_with in (
            (self.spc, "--spc", FOR_READERS),
            (self.forecast, "--forecast", FOR_READERS),
            (self.no_charts, "--no-charts", (Product.EXCEPTIONS,)),
            (self.keep_going, "--keep-going", FOR_READERS),
        ):
            if given and not set(goes_with) & set(products):
                makes = listed(product.folder for product in goes_with)
                raise typer.BadParameter(f"it goes with --make {makes}", param_hint=option)


@dataclass(frozen=True)
class RunningOptions:
    """Where the work is done, and what becomes of that of an earlier run."""

    jobs: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=1,
            help="Rate so many workbooks at a time, in as many processes; if it is not given, as"
            " many as there are processors.",
        ),
    ] = None
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Rate on the workers of a Dask cluster, by its scheduler's address, such as"
            " tcp://host:8786.",
        ),
    ] = None
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on with what is in the folder: do only the workbooks that are new, have"
            " changed or have failed.",
        ),
    ] = False
    force: Annotated[
        bool, typer.Option("--force", help="Replace the results that are in the folder.")
    ] = False

    def check(self) -> None:
        """Raise BadParameter for an address that is none, and for opposites."""
        if self.scheduler and self.jobs:
            message = "the cluster has its own number of workers; give one or the other"
            raise typer.BadParameter(message, param_hint="--jobs")
        if self.resume and self.force:
            raise typer.BadParameter("it is the opposite of --force", param_hint="--resume")
        if self.scheduler is not None and not _ADDRESS.fullmatch(self.scheduler):
            message = f'"{self.scheduler}" is no address; write it like tcp://host:8786'
            raise typer.BadParameter(message, param_hint="--scheduler")


@with_groups
def batch(
    *,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help="Workbooks, folders (searched to their depths) and patterns such as"
            ' "returns/**/*.xlsx".',
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "--out",
            "-o",
            metavar="DIR",
            help="The folder to write the results into.",
        ),
    ],
    make: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help="What to make of each workbook: ratings (JSON), exceptions (a workbook), report (a"
            " web page), or several: ratings,exceptions,report.",
        ),
    ] = "ratings",
    reading: RatingOptions,
    readers: ReadersOptions,
    running: RunningOptions,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but what failed.")
    ] = False,
    debug: Debug = False,
) -> None:
    """Rate many workbooks, and write the results into a folder.

    It gets summary.csv with a row for each workbook, ratings.jsonl with all ratings, and what is
    made of each workbook. One bad workbook never stops the rest.
    """
    running.check()
    products = products_asked(make)
    readers.check(products)
    with clear_end(debug):
        asked = Asked(
            paths=tuple(paths),
            output=output,
            products=products,
            month=reading.period,
            readers=readers,
            running=running,
            opening=reading.opening(debug),
            quiet=quiet,
        )
        if not running.scheduler:
            modules = modules_for(products)
            prepare(running.jobs, modules, at_once=not running.resume)
        exit_code = rate_all(asked)
    raise typer.Exit(exit_code)


def products_asked(text: str) -> tuple[Product, ...]:
    """Return what a text such as "ratings,exceptions" names; raises BadParameter for the rest."""
    by_name = {product.folder: product for product in Product}
    names = [name.strip().lower() for name in text.split(",")]
    for name in names:
        if name not in by_name:
            message = f'"{name}" can\'t be made; write one or several of {",".join(by_name)}'
            raise typer.BadParameter(message, param_hint="--make")
    return tuple(product for name, product in by_name.items() if name in names)


@dataclass(frozen=True)
class Asked:
    """What the command is asked for."""

    paths: tuple[Path, ...]
    output: Path
    products: tuple[Product, ...] = (Product.RATINGS,)
    month: str | None = None
    readers: ReadersOptions = field(default_factory=ReadersOptions)
    running: RunningOptions = field(default_factory=RunningOptions)
    quiet: bool = False
    opening: Opening = field(default_factory=Opening)


def rate_all(asked: Asked) -> ExitCode:
    """Rate the workbooks, write the results, say what failed, and return the exit code.

    Raises OutputError where the results can't be written.
    """
    beside = Beside(asked.opening)
    sources = _without_definitions(find_sources(asked.paths, asked.output), beside)
    run = _Run(asked, sources.workbooks, beside)
    try:
        return run.go(sources.passed_over)
    except LostClusterError as error:
        run.say_stopped(str(error))
        return ExitCode.UNREADABLE
    except ClusterError as error:
        say(f"kpi: {error}")
        return ExitCode.UNREADABLE
    except KeyboardInterrupt:
        run.say_stopped("interrupted")
        return ExitCode.INTERRUPTED


def _without_definitions(sources: Sources, beside: Beside) -> Sources:
    """Return the sources without those that only explain others; alone, they are read like any."""
    asked_for = {beside.definitions_of(source.path, source.root) for source in sources.workbooks}
    definitions = {os.path.realpath(path) for path in asked_for if path}
    left = [each for each in sources.workbooks if os.path.realpath(each.path) not in definitions]
    passed_over = sources.passed_over + len(sources.workbooks) - len(left)
    return Sources(left, passed_over) if left else sources


@dataclass(frozen=True)
class _Job:
    """A workbook under way: its number, and the hash of the content that was sent."""

    number: int
    content: str


class _Run:
    """One run over the workbooks of a batch."""

    def __init__(self, asked: Asked, sources: list[Source], beside: Beside) -> None:
        self.asked = asked
        self.sources = sources
        self.wanted = Wanted(
            made=time_now(),
            products=asked.products,
            month=asked.month,
            polarity=asked.opening.polarity,
            keep_going=asked.readers.keep_going,
            with_charts=not asked.readers.no_charts,
            with_spc=asked.readers.spc,
            with_forecast=asked.readers.forecast,
            sheets=asked.opening.sheets,
            max_size=asked.opening.max_size,
            is_reproducible=EPOCH in os.environ,
        )
        self.beside = beside
        self.store = Store(asked.output, self.wanted.fingerprint())
        self.rows: dict[int, Row] = {}
        self.unchanged = 0
        self.exit_code = ExitCode.DONE

        self._lines = InOrder()

    def go(self, passed_over: int) -> ExitCode:
        """Do what is not done, then write what all of it comes to."""
        asked, total = self.asked, len(self.sources)
        with self.store.opened(asked.running.resume, asked.running.force):
            with _workplace(asked, total) as place, progress(total, asked.quiet) as advance:
                self._advance = advance
                with closing(results(self._tasks(), place)) as done:
                    for job, result in done:
                        self._finish(job, result)
            known = [self.rows[number] for number in range(total)]
            rows = write_results(self.store, zip(self.sources, known, strict=True))
        self._say_lost(known, rows)
        if not asked.quiet:
            left = self.store.left(self.sources)
            print(closing_table(Tally(rows, self.unchanged, passed_over, left), asked.output))
        return max(self.exit_code, _exit_code(rows))

    def say_stopped(self, why: str) -> None:
        """Say how far the run came, after the failures that were waiting for their turn."""
        self._lines.rest()
        done = f"after {len(self.rows)} of {counted(len(self.sources), 'workbook')}"
        say(f"kpi: {why} {done}; run again with --resume to go on")

    def _say_lost(self, known: Sequence[Row], written: Sequence[Row]) -> None:
        """Say which workbooks have failed when all were done, as their ratings were gone."""
        for source, before, row in zip(self.sources, known, written, strict=True):
            if row is not before:
                self.exit_code = ExitCode.NOT_WRITTEN
                say(f"{source.path}: {row.message}")

    def _tasks(self) -> Iterator[tuple[_Job, Task]]:
        """Yield what is to be done; what can't be read, or needs not be done, is finished here."""
        for number, source in enumerate(self.sources):
            try:
                content = self._content(source)
                explained = self.beside.of(source.path, source.root)
            except UnreadableWorkbookError as error:
                self._finish(_Job(number, ""), failed(str(error), traceback.format_exc()))
                continue
            job = _Job(number, hash_of(content, *explained))
            row = self.store.done(source, job.content) if self.asked.running.resume else None
            if row:
                self.unchanged += 1
                self._note(number, row)
            else:
                yield job, Task(source.name, content, self.wanted, *explained)

    def _content(self, source: Source) -> bytes:
        if source.fault:
            raise UnreadableWorkbookError(source.fault)
        return content_of(source.path, self.wanted.max_size)

    def _finish(self, job: _Job, result: Result) -> None:
        """Keep a result; where only this one can't be kept, it has failed, and the rest go on."""
        try:
            self.store.keep(self.sources[job.number], job.content, result)
        except OutputError as error:
            if isinstance(error.__cause__, OSError) and error.__cause__.errno in _FOR_ALL:
                raise
            self.exit_code = ExitCode.NOT_WRITTEN
            result = failed(str(error), traceback.format_exc())
        self._note(job.number, result.row, result.trace)

    def _note(self, number: int, row: Row, trace: str | None = None) -> None:
        self.rows[number] = row
        lines = [f"{self.sources[number].path}: {row.message}"] if row.message else []
        self._lines.ready(number, lines, trace if self.asked.opening.debug else None)
        self._advance(row.status is not Status.FAILED)


def _workplace(asked: Asked, number: int) -> AbstractContextManager[Workplace]:
    """Return where the workbooks are rated: no more processes than there are workbooks."""
    if asked.running.scheduler:
        return connected(asked.running.scheduler, WORK)
    jobs = min(asked.running.jobs or cores(), number)
    if jobs == 1:
        return nullcontext(Here(WORK))
    return nullcontext(Processes(jobs, WORK))


def _exit_code(rows: list[Row]) -> ExitCode:
    """Return 0 where all were well, 3 where nothing could be read, 1 for all between."""
    statuses = {row.status for row in rows}
    if statuses == {Status.RATED}:
        return ExitCode.DONE
    return ExitCode.UNREADABLE if statuses == {Status.FAILED} else ExitCode.DATA_ERRORS
