"""What is measured: the programs, what each is compared with, and what is asked for."""

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.benchmarks.growing import LINEAR, growth, memory
from tests.benchmarks.inputs import PARTS, PEERS, Inputs
from tests.benchmarks.measurement import Measurement, Peer, compared
from tests.benchmarks.measuring import DEBIAN, LONG, NEW, Figures, kpi, kpi_of_debian, program
from tests.benchmarks.table import SECONDS, Row
from tests.running import SOUTHEND

_PANDAS = ("pandas", "python_calamine")
_BESIDE_RATING = 1.3  # times as long as rating the same takes, where nothing is drawn
_TWO_JOBS = 1 / 1.7


def start(_: Inputs) -> Iterator[Measurement]:
    """Compare the start of the program."""
    peer = Peer("`import typer`", program(PEERS / "import_typer.py"), 1)
    yield compared("`kpi --version`", kpi("--version"), peer)


def report(_: Inputs) -> Iterator[Measurement]:
    """Compare one report: the sample, 29 indicators."""
    what, ours = "`kpi rate` of the sample", kpi("rate", SOUTHEND)
    yield compared(
        what,
        ours,
        Peer(
            "`import typer, rich, pydantic, openpyxl`; rich and pydantic load next to nothing"
            " before they are used",
            program(PEERS / "import_four.py"),
            1.1,
        ),
        Peer(
            "the same four, with `BaseModel`, `Console` and `Table`, and an app of typer run",
            program(PEERS / "use_four.py"),
        ),
    )
    peers = [
        Peer(
            f"the same job with pandas, in floats; its {engine} engine reads",
            program(PEERS / "pandas_report.py", SOUTHEND, engine),
            0.6,
        )
        for engine in ("openpyxl", "calamine")
    ]
    yield compared(what, ours, *peers, needs=_PANDAS)


def large(inputs: Inputs) -> Iterator[Measurement]:
    """Compare a large organisation's workbook: as openpyxl writes it, and as Excel does."""
    size = f"{inputs.indicators:,} indicators and 36 months of each"
    what = f"`kpi rate --format json` of {size}"
    inline, shared = inputs.large(), inputs.shared()
    yield from _read(f"{what}, its texts inline, as openpyxl writes them", inline, 0.65)
    yield from _read(f"{what}, its texts shared, as Excel writes them", shared, 1.1)
    here = Peer("by this Python", kpi("rate", inline, "--format", "json"))
    yield compared(
        f"the same by `{DEBIAN}`, which Debian builds with PGO",
        kpi_of_debian("rate", inline, "--format", "json"),
        here,
        needs=(DEBIAN,),
        most_runs=LONG,
    )
    yield compared(
        "its sheets read, and nothing more",
        program(PARTS / "reading.py", inline),
        Peer(
            "its sheets read with calamine, and a pass over the XML for what it doesn't tell",
            program(PEERS / "calamine_and_pass.py", inline),
        ),
        needs=_PANDAS,
        most_runs=LONG,
    )


def _read(what: str, book: Path, beside_openpyxl: float) -> Iterator[Measurement]:
    ours = kpi("rate", book, "--format", "json")
    yield compared(
        what,
        ours,
        Peer(
            "the two sheets read with openpyxl's read-only mode",
            program(PEERS / "openpyxl_read.py", book),
            beside_openpyxl,
        ),
        Peer(
            "the floor: unzipped, and the XML gone through with bare expat",
            program(PEERS / "unzip_and_expat.py", book),
        ),
        most_runs=LONG,
    )
    yield compared(
        what,
        ours,
        Peer(
            "the two sheets read with pandas and its calamine engine",
            program(PEERS / "pandas_read.py", book),
            2.1,
        ),
        needs=_PANDAS,
        most_runs=LONG,
    )


def exceptions(inputs: Inputs) -> Iterator[Measurement]:
    """Compare the exceptions workbook of the large workbook."""
    for charts, options, named, at_most in (
        ((), ("--no-charts",), "without charts", 1.6),
        (("--charts",), (), "with charts", 2.1),
    ):
        alone = program(PARTS / "writing.py", "write", inputs.report(), NEW, *charts)
        whole = kpi("exceptions", inputs.large(), "-o", f"{NEW}.xlsx", *options)
        values = program(PEERS / "same_cells.py", "write", inputs.cells(*options), NEW)
        plain = Peer("the same values in openpyxl's write-only mode", values)
        styled = Peer(f"{plain.beside}, with their styles", (*values, "--styled"), at_most)
        what = f"its exceptions workbook {named}, from the report at hand"
        yield compared(what, alone, styled, plain, most_runs=LONG)
        yield compared(f"the whole of `kpi exceptions`, {named}", whole, plain, most_runs=LONG)


def batch(inputs: Inputs) -> Iterator[Measurement]:
    """Compare many workbooks: copies of the sample."""
    copies = inputs.copies()
    what = f"`kpi batch --jobs 2` of {inputs.batch} copies of the sample"
    ours, alone = (kpi("batch", copies[0].parent, "--output", NEW, "--jobs", n) for n in (2, 1))
    looped, times = copies[: inputs.loop], inputs.batch / inputs.loop
    one_job = Peer("`--jobs 1`, to take 1.7 times as long", alone, _TWO_JOBS)
    yield compared(what, ours, one_job, most_runs=LONG)
    at_once, in_turn = (
        program(PEERS / "counting.py", how, inputs.count) for how in ("at-once", "in-turn")
    )
    yield compared(
        "two processes that only count, at once", at_once, Peer("in turn", in_turn), most_runs=LONG
    )
    loop = Peer(
        "a shell loop of `kpi rate`, to take 8 times as long; measured with"
        f" {inputs.loop}, times {times:g}",
        ("sh", str(PEERS / "loop.sh"), sys.executable, NEW, *map(str, looped)),
        1 / 8,
        times,
    )
    yield compared(what, ours, loop, needs=("sh",), most_runs=LONG)
    yield _batch_with_reports(inputs)


def _batch_with_reports(inputs: Inputs) -> Measurement:
    """Compare a batch that makes web pages with one job, with none of them, and with fewer."""
    copies, fewer = inputs.copies(), inputs.fewer_copies()
    what = f"`kpi batch --make report` of {len(copies)} copies of the sample"
    two, one = ("--output", NEW, "--jobs", 2), ("--output", NEW, "--jobs", 1)
    pages = ("--make", "report")
    commands = (
        kpi("batch", copies[0].parent, *two, *pages),
        kpi("batch", copies[0].parent, *one, *pages),
        kpi("batch", copies[0].parent, *one),
        kpi("batch", fewer[0].parent, *one, *pages),
        kpi("batch", SOUTHEND, *one, *pages),
    )
    times = (len(copies) - 1) / max(1, len(fewer) - 1)

    def rows(figures: Sequence[Figures]) -> list[Row]:
        at_twice, in_turn, rated, some, single = (each.seconds for each in figures)
        return [
            Row(f"{what}, `--jobs 2`", "`--jobs 1`", at_twice, in_turn, SECONDS, _TWO_JOBS),
            Row(f"{what}, `--jobs 1`", "`--make ratings` of them", in_turn, rated, SECONDS),
            Row(
                f"{what}, `--jobs 1`, less that of one",
                f"of {len(fewer)}, less that of one, times {times:.3g}",
                in_turn - single,
                (some - single) * times,
                SECONDS,
                LINEAR,
            ),
        ]

    return Measurement(commands, rows, most_runs=LONG)


def more(inputs: Inputs) -> Iterator[Measurement]:
    """Compare what else is made of large workbooks with rating the same."""
    book, json = inputs.large(), ("--format", "json")
    rating = Peer("`kpi rate --format json` of it", kpi("rate", book, *json), _BESIDE_RATING)
    size = f"{inputs.indicators:,} indicators and 36 months of each"
    what = f"`kpi rate --format json --spc --forecast` of {size}"
    ours = kpi("rate", book, *json, "--spc", "--forecast")
    yield compared(what, ours, rating, most_runs=LONG)
    drawn = Peer(f"{rating.beside}, which draws nothing", rating.command)
    page = kpi("report", book, "-o", f"{NEW}.html")
    yield compared(f"`kpi report` of {size}", page, drawn, most_runs=LONG)
    books = inputs.earlier(), book
    both = Peer("`kpi rate --format json` of both", kpi("rate", *books, *json), _BESIDE_RATING)
    what = "`kpi compare --format json` of two such workbooks, of two months"
    yield compared(what, kpi("compare", *books, *json), both, most_runs=LONG)


COMPARISONS: dict[str, Callable[[Inputs], Iterator[Measurement]]] = {
    each.__name__: each for each in (start, report, large, exceptions, batch, more, growth, memory)
}
