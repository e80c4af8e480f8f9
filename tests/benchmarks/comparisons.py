"""What is measured: the programs, what each is compared with, and what is asked for."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.benchmarks.inputs import PARTS, PEERS, Inputs
from tests.benchmarks.measuring import NEW, Command, Figures, kpi, program
from tests.benchmarks.table import MEGABYTES, SECONDS, Row
from tests.running import SOUTHEND

_LINEAR = 1.05  # 1, and what medians of a few runs differ by
_ALLOWED = (100, 300)  # MB, for the sample and for the large workbook
_PANDAS = ("pandas", "python_calamine")


@dataclass(frozen=True)
class Measurement:
    """Commands to run in turn, and the rows of the table that their medians make.

    It may need packages or programs that aren't there.
    """

    commands: tuple[Command, ...]
    rows: Callable[[Sequence[Figures]], list[Row]]
    needs: tuple[str, ...] = ()


def _compared(
    what: str,
    ours: Command,
    beside: str,
    peer: Command,
    at_most: float | None = None,
    times: float = 1,
    needs: tuple[str, ...] = (),
) -> Measurement:
    """Return a comparison of seconds; times is how often the peer would have to run."""

    def rows(figures: Sequence[Figures]) -> list[Row]:
        seconds = figures[0].seconds, figures[1].seconds * times
        return [Row(what, beside, *seconds, SECONDS, at_most)]

    return Measurement((ours, peer), rows, needs)


def start(_: Inputs) -> Iterator[Measurement]:
    """Compare the start of the program."""
    peer = program(PEERS / "import_typer.py")
    yield _compared("`kpi --version`", kpi("--version"), "`import typer`", peer, 1.2)


def report(_: Inputs) -> Iterator[Measurement]:
    """Compare one report: the sample, 29 indicators."""
    what, ours = "`kpi rate` of the sample", kpi("rate", SOUTHEND)
    yield _compared(
        what,
        ours,
        "`import typer, rich, pydantic, openpyxl`; rich and pydantic load next to nothing before"
        " they are used",
        program(PEERS / "import_four.py"),
        1.1,
    )
    yield _compared(
        what,
        ours,
        "the same four, with `BaseModel`, `Console` and `Table`, and an app of typer run",
        program(PEERS / "use_four.py"),
    )
    for engine in ("openpyxl", "calamine"):
        yield _compared(
            what,
            ours,
            f"the same job with pandas, in floats; its {engine} engine reads",
            program(PEERS / "pandas_report.py", SOUTHEND, engine),
            0.6,
            needs=_PANDAS,
        )


def large(inputs: Inputs) -> Iterator[Measurement]:
    """Compare a large organisation's workbook."""
    book = inputs.large()
    what = f"`kpi rate --format json` of {inputs.indicators:,} indicators and 36 months of each"
    ours = kpi("rate", book, "--format", "json")
    yield _compared(
        what,
        ours,
        "the two sheets read with openpyxl's read-only mode",
        program(PEERS / "openpyxl_read.py", book),
        0.4,
    )
    yield _compared(
        what,
        ours,
        "the two sheets read with pandas and its calamine engine",
        program(PEERS / "pandas_read.py", book),
        1,
        needs=_PANDAS,
    )
    yield _compared(
        "its sheets read, and nothing more",
        program(PARTS / "reading.py", book),
        "its sheets read with calamine, and a pass over the XML for what it doesn't tell",
        program(PEERS / "calamine_and_pass.py", book),
        needs=_PANDAS,
    )


def exceptions(inputs: Inputs) -> Iterator[Measurement]:
    """Compare the exceptions workbook of the large workbook."""
    for charts, options, named in (
        ((), ("--no-charts",), "without charts"),
        (("--charts",), (), "with charts"),
    ):
        alone = program(PARTS / "writing.py", "write", inputs.report(), NEW, *charts)
        whole = kpi("exceptions", inputs.large(), "-o", f"{NEW}.xlsx", *options)
        values = program(PEERS / "same_cells.py", "write", inputs.cells(*options), NEW)
        what = f"its exceptions workbook {named}, from the report at hand"
        plain = "the same values in openpyxl's write-only mode"
        yield _compared(what, alone, plain, values, 2)
        yield _compared(what, alone, f"{plain}, with their styles", (*values, "--styled"))
        yield _compared(f"the whole of `kpi exceptions`, {named}", whole, plain, values)


def batch(inputs: Inputs) -> Iterator[Measurement]:
    """Compare many workbooks: copies of the sample."""
    copies = inputs.copies()
    what = f"`kpi batch --jobs 2` of {inputs.batch} copies of the sample"
    ours, alone = (kpi("batch", copies[0].parent, "--output", NEW, "--jobs", n) for n in (2, 1))
    yield _compared(what, ours, "`--jobs 1`, to take 1.7 times as long", alone, 1 / 1.7)
    at_once, in_turn = (
        program(PEERS / "counting.py", how, inputs.count) for how in ("at-once", "in-turn")
    )
    yield _compared("two processes that only count, at once", at_once, "in turn", in_turn)
    looped, times = copies[: inputs.loop], inputs.batch / inputs.loop
    yield _compared(
        what,
        ours,
        "a shell loop of `kpi rate`, to take 8 times as long; measured with"
        f" {inputs.loop}, times {times:g}",
        ("sh", str(PEERS / "loop.sh"), sys.executable, NEW, *map(str, looped)),
        1 / 8,
        times,
        needs=("sh",),
    )


def growth(inputs: Inputs) -> Iterator[Measurement]:
    """Compare ever more indicators by what each adds.

    Of the seconds, the start is subtracted: what a workbook of one indicator takes. Memory that the
    start has used and freed holds the first hundreds too, and so each doubling is compared with
    the one before.
    """
    sizes = tuple(inputs.growth)
    commands = tuple(kpi("rate", inputs.large(n), "-f", "json") for n in (1, *sizes))

    def rows(figures: Sequence[Figures]) -> list[Row]:
        seconds = [each.seconds for each in figures]
        megabytes = [each.megabytes for each in figures]
        return [*_grown(sizes, seconds), *_doubled(sizes, megabytes[1:])]

    yield Measurement(commands, rows)


def _grown(sizes: Sequence[int], seconds: Sequence[float]) -> Iterator[Row]:
    """Yield how each size compares with the first one; the first figure is the start's."""
    beginning, first, *others = seconds
    for size, figure in zip(sizes[1:], others, strict=True):
        times = size / sizes[0]
        yield Row(
            f"`kpi rate -f json` of {size:,} indicators, less the start",
            f"of {sizes[0]}, less the start, times {times:g}",
            figure - beginning,
            (first - beginning) * times,
            SECONDS,
            _LINEAR if size == sizes[-1] else None,
        )


def _doubled(sizes: Sequence[int], megabytes: Sequence[float]) -> Iterator[Row]:
    """Yield how what is added from each size to the next compares with what was added before."""
    added = [later - earlier for earlier, later in pairwise(megabytes)]
    for (before, now), (_, size) in zip(pairwise(added), pairwise(sizes[1:]), strict=True):
        yield Row(
            f"peak memory that the last {size // 2:,} of {size:,} indicators add",
            f"the last {size // 4:,} of {size // 2:,}, times 2",
            now,
            before * 2,
            MEGABYTES,
            _LINEAR if size == sizes[-1] else None,
        )


def memory(inputs: Inputs) -> Iterator[Measurement]:
    """Compare the most memory that a run has at any time with what is allowed."""
    commands = (kpi("rate", SOUTHEND), kpi("rate", inputs.large(), "--format", "json"))
    named = ("`kpi rate` of the sample", "`kpi rate --format json` of the large workbook")

    def rows(figures: Sequence[Figures]) -> list[Row]:
        return [
            Row(f"peak memory of {what}", "what is allowed", peak.megabytes, limit, MEGABYTES, 1)
            for what, peak, limit in zip(named, figures, _ALLOWED, strict=True)
        ]

    yield Measurement(commands, rows)


COMPARISONS: dict[str, Callable[[Inputs], Iterator[Measurement]]] = {
    each.__name__: each for each in (start, report, large, exceptions, batch, growth, memory)
}
