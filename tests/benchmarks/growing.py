"""What is measured of kpi beside itself: how time and memory grow, and the most that it takes."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from tests.benchmarks.inputs import PARTS, Inputs
from tests.benchmarks.measurement import Measurement
from tests.benchmarks.measuring import LONG, NEW, PEAK, Command, Figures, kpi, program
from tests.benchmarks.table import MEGABYTES, SECONDS, Row
from tests.running import SOUTHEND

LINEAR = 1.05
"""1, and what medians of a few runs differ by."""
_DOUBLINGS = 3  # sizes by which the growth of memory is told


def growth(inputs: Inputs) -> Iterator[Measurement]:
    """Compare ever more indicators by what each adds.

    Of the seconds, the start is subtracted: what a workbook of one indicator takes. Memory that the
    start has used and freed holds the first hundreds too, and so each doubling is compared with
    the one before. Of what else is made of a workbook the largest alone is shown.
    """
    sizes = tuple(inputs.growth)
    fewer = tuple(sorted({sizes[0], *sizes[-_DOUBLINGS:]}))
    json = "--format", "json"
    rating = "`kpi rate --format json`"
    yield _growing(rating, sizes, lambda n: kpi("rate", inputs.large(n), *json), True)
    others: dict[str, Callable[[int], Command]] = {
        "`kpi report`": lambda n: kpi("report", inputs.large(n), "-o", f"{NEW}.html"),
        "`kpi rate --format json --spc --forecast`": lambda n: kpi(
            "rate", inputs.large(n), *json, "--spc", "--forecast"
        ),
        "`kpi compare --format json` of two workbooks": lambda n: kpi(
            "compare", inputs.earlier(n), inputs.large(n), *json
        ),
    }
    for what, command in others.items():
        yield _growing(what, fewer, command, False)


def _growing(
    what: str, sizes: Sequence[int], command: Callable[[int], Command], is_whole: bool
) -> Measurement:
    """Return how a command grows: each size where the whole is to be shown, or else the largest."""

    def rows(figures: Sequence[Figures]) -> list[Row]:
        seconds = [each.seconds for each in figures]
        megabytes = [each.megabytes for each in figures[1:]]
        doubled = sizes if is_whole else sizes[-_DOUBLINGS:]
        found = [
            *_grown(what, sizes, seconds),
            *_doubled(what, doubled, megabytes[-len(doubled) :]),
        ]
        return [row for row in found if is_whole or row.at_most]

    return Measurement(tuple(map(command, (1, *sizes))), rows, most_runs=LONG)


def _grown(what: str, sizes: Sequence[int], seconds: Sequence[float]) -> Iterator[Row]:
    """Yield how each size compares with the first one; the first figure is the start's."""
    beginning, first, *others = seconds
    for size, figure in zip(sizes[1:], others, strict=True):
        times = size / sizes[0]
        yield Row(
            f"{what} of {size:,} indicators, less the start",
            f"of {sizes[0]}, less the start, times {times:g}",
            figure - beginning,
            (first - beginning) * times,
            SECONDS,
            LINEAR if size == sizes[-1] else None,
        )


def _doubled(what: str, sizes: Sequence[int], megabytes: Sequence[float]) -> Iterator[Row]:
    """Yield how what is added from each size to the next compares with what was added before."""
    added = [later - earlier for earlier, later in pairwise(megabytes)]
    for (before, now), (_, size) in zip(pairwise(added), pairwise(sizes[1:]), strict=True):
        yield Row(
            f"{what}: peak memory that the last {size // 2:,} of {size:,} indicators add",
            f"the last {size // 4:,} of {size // 2:,}, times 2",
            now,
            before * 2,
            MEGABYTES,
            LINEAR if size == sizes[-1] else None,
        )


def memory(inputs: Inputs) -> Iterator[Measurement]:
    """Compare the most memory that a run has at any time with what is allowed."""
    book, shared = inputs.large(), inputs.shared()
    yield _held("`kpi rate` of the sample", kpi("rate", SOUTHEND), 100)
    for path, texts in ((book, "inline texts"), (shared, "shared texts")):
        what = f"`kpi rate --format json` of the large workbook, {texts}"
        yield _held(what, kpi("rate", path, "--format", "json"), 120)
    yield _held("`kpi report` of the large workbook", kpi("report", book, "-o", f"{NEW}.html"), 300)
    batch = ("batch", inputs.small()[0].parent, "--output", NEW, "--jobs", 2)
    what = f"`kpi batch --jobs 2` of {inputs.many:,} small workbooks, without its workers (one run)"
    yield _held(what, program(PARTS / "itself.py", PEAK, *batch), 60, ("resource",), 1)


def _held(
    what: str,
    command: Command,
    limit: float,
    needs: tuple[str, ...] = (),
    most_runs: int = LONG,
) -> Measurement:
    def rows(figures: Sequence[Figures]) -> list[Row]:
        peak = figures[0].megabytes
        return [Row(f"peak memory of {what}", "what is allowed", peak, limit, MEGABYTES, 1)]

    return Measurement((command,), rows, needs, most_runs)
