"""What a batch says: how far it is, a line for each failure, and what it came to."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kpi_cli.batch.store import LINES, SUMMARY
from kpi_cli.batch.task import Row, Status
from kpi_cli.terms import Outcome
from kpi_cli.writing.messages import say, say_as_it_is, shown

_LABELS = {
    Status.RATED: "rated",
    Status.ERRORS: "rated, with errors in the data",
    Status.INCOMPLETE: "rated, but not all was made",
    Status.FAILED: "failed",
}

_ONLY_IF_ANY = ("Passed", "Left", f"  {_LABELS[Status.INCOMPLETE]}", "  of all")


class InOrder:
    """Lines that are ready in any order, and said in that of the workbooks."""

    def __init__(self) -> None:
        self._ready: dict[int, tuple[list[str], str | None]] = {}
        self._next = 0

    def ready(self, number: int, lines: list[str], trace: str | None) -> None:
        """Take the lines of a workbook by its number, and say all whose turn has come."""
        self._ready[number] = lines, trace
        while self._next in self._ready:
            self._say(self._next)
            self._next += 1

    def rest(self) -> None:
        """Say what has been waiting for its turn, where that won't come any more."""
        for number in sorted(self._ready):
            self._say(number)

    def _say(self, number: int) -> None:
        lines, trace = self._ready.pop(number)
        if trace:
            say_as_it_is(trace)
        for line in lines:
            say(line)


@contextmanager
def progress(total: int, quiet: bool) -> Iterator[Callable[[bool], None]]:
    """Give what is to be called when a workbook is done, with whether it was rated.

    On a terminal (standard error) it moves a bar; elsewhere, or where all is to be quiet, it does
    nothing.
    """
    if quiet or not (sys.stderr and sys.stderr.isatty()):
        yield lambda is_rated: None
        return
    # Loaded for a bar only: it takes as long as rating some workbooks.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), "{task.description}", TimeRemainingColumn())
    failed = 0
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("workbooks", total=total)

        def advance(is_rated: bool) -> None:
            nonlocal failed
            failed += not is_rated
            bar.update(task, advance=1, description=f"workbooks, {failed} failed")

        yield advance


@dataclass(frozen=True)
class Tally:
    """What a batch came to."""

    rows: Sequence[Row]
    unchanged: int  # not done again
    passed_over: int
    left: int  # of earlier runs


def closing_table(tally: Tally, folder: Path) -> str:
    """Return the counts of a batch, and where its results are, line by line."""
    statuses = Counter(row.status for row in tally.rows)
    outcomes: Counter[str] = Counter()
    for row in tally.rows:
        outcomes.update(row.counts)
    counts = [("Workbooks", len(tally.rows))]
    counts += [(f"  {_LABELS[status]}", statuses[status]) for status in Status]
    counts += [("  of all these, unchanged and not done again", tally.unchanged)]
    counts += [("Indicators", outcomes.total())]
    counts += [(f"  {outcome.short_label}", outcomes[outcome.key]) for outcome in Outcome]
    counts += [("Passed over: lock files and what is no workbook", tally.passed_over)]
    counts += [("Left from earlier: workbooks that are not in this batch", tally.left)]
    told = [(label, n) for label, n in counts if n or not label.startswith(_ONLY_IF_ANY)]
    wide = max(len(label) for label, _ in told)
    lines = [f"{label:<{wide}}  {number:>9,}" for label, number in told]
    return "\n".join([*lines, shown(f"Results: {folder / SUMMARY}, {folder / LINES}")])
