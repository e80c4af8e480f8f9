"""A run of a command over workbooks, of which it selects what the filters ask for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

from kpi_cli.commands.ending import ExitCode
from kpi_cli.models import Report, Workbook
from kpi_cli.selection import Selection, select
from kpi_cli.sentences import counted
from kpi_cli.writing.messages import say

_Shown = TypeVar("_Shown")


@dataclass
class SelectingRun:
    """A run over workbooks: one that can't be read doesn't stop the rest."""

    selection: Selection
    quiet: bool
    exit_code: ExitCode = ExitCode.DONE
    _read: int = 0
    _is_emptied: bool = False  # the last report, by a name that its workbook has not
    _unmatched: defaultdict[tuple[str, str], list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def readable(self, workbooks: Iterable[Workbook | None]) -> Iterator[Workbook]:
        """Yield the workbooks that could be read."""
        for workbook in workbooks:
            if workbook is None:
                self.worsen(ExitCode.UNREADABLE)
                continue
            self._read += 1
            yield workbook

    def has_nothing(self, workbook: Workbook) -> bool:
        """Whether no row of a workbook could be read, which is as if the workbook could not be."""
        if workbook.indicators or workbook.unrated:
            return False
        self._read -= 1
        self.worsen(ExitCode.UNREADABLE)
        return True

    def selected(self, report: Report, other_codes: Sequence[str] = ()) -> Report:
        """Return what the filters ask for of a report, and say which names it has not.

        Other codes are those that what is shown has beside the report's.
        """
        selected = select(report, self.selection, other_codes)
        for unmatched in selected.unmatched:
            line = f"{report.workbook}: {unmatched.message}"
            self._unmatched[unmatched.what, unmatched.name].append(line)
            self._note(line)
        if selected.is_emptied_by_names:
            self._note(f"{report.workbook}: no indicator is all that was asked for")
        has_others = any(map(self.selection.takes_code, other_codes))
        is_empty = not selected.report.ratings and not has_others
        self._is_emptied = bool(selected.unmatched) and is_empty
        return selected.report

    def note_gaps(self, report: Report) -> None:
        """Say how many indicators have nothing for the period asked for; all are a problem told."""
        figures = [rating.indicator.value_text for rating in report.ratings]
        lacking = sum(text is None for text in figures)
        if report.period and 0 < lacking < len(figures):
            have = "has" if lacking == 1 else "have"
            self._note(
                f"{report.workbook}: {lacking} of {counted(len(figures), 'indicator')} {have} no"
                f" figure for {report.period.label}"
            )

    def note_left_to_check(self, report: Report, left: int) -> None:
        """Say that `kpi check` finds more than what bears on the ratings."""
        if left:
            more = " more" * bool(report.problems)
            self._note(f"{report.workbook}: kpi check finds {counted(left, 'warning')}{more}")

    def write(self, write: Callable[[Iterable[_Shown]], object], reports: Iterable[_Shown]) -> None:
        """Write reports; nothing where no workbook has what was asked for.

        Each is of a report that was selected from just before.
        """
        shown = self._held_back(reports)
        first = list(islice(shown, 1))
        if first or not self._wrong_names():
            write(chain(first, shown))

    def _held_back(self, reports: Iterable[_Shown]) -> Iterator[_Shown]:
        """Yield reports; those without what was asked for only where another has it."""
        held: list[_Shown] = []
        for report in reports:
            held.append(report)
            if not self._is_emptied:
                yield from held
                held.clear()
        if not self._wrong_names():
            yield from held

    def is_wanted(self) -> bool:
        """Whether what was written is of any use: not where nothing is what was asked for."""
        return self._read > 0 and not self._wrong_names()

    def end(self, output: Path | None) -> None:
        """Say which names in filters no workbook has; they are wrong usage."""
        lines = self._wrong_names()
        if not lines:
            return
        self.worsen(ExitCode.USAGE)
        if self.quiet:  # else they were said with their workbooks
            for line in lines:
                say(line)
        if output:
            say(f"{output} is not written; correct the name, or leave it out")

    def worsen(self, exit_code: ExitCode) -> None:
        """End with this exit code, if no higher one counts."""
        self.exit_code = max(self.exit_code, exit_code)

    def _wrong_names(self) -> list[str]:
        """Return what there is to say of the names in filters that no workbook has."""
        told = self._unmatched.values()
        return [line for lines in told if len(lines) == self._read for line in lines]

    def _note(self, line: str) -> None:
        """Say what is worth knowing, and no failure."""
        if not self.quiet:
            say(line)
