"""`kpi rate`: read → check → rate → select → write, for each workbook in turn."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kpi_cli.commands.opening import Opening, open_workbooks
from kpi_cli.commands.output import Destination
from kpi_cli.exits import ExitCode
from kpi_cli.failing import FailOn, fails
from kpi_cli.models import Report
from kpi_cli.periods import Month
from kpi_cli.report import rate
from kpi_cli.selection import Selection, select
from kpi_cli.writing.formats import Format
from kpi_cli.writing.messages import say, say_problems
from kpi_cli.writing.view import View


@dataclass(frozen=True)
class Asked:
    """What a run is asked for."""

    workbooks: tuple[Path, ...]
    format: Format = Format.TABLE
    output: Path | None = None
    force: bool = False
    month: Month | None = None
    selection: Selection = field(default_factory=Selection)
    explain: bool = False
    compare: bool = False
    fail_on: tuple[FailOn, ...] = ()
    opening: Opening = field(default_factory=Opening)
    quiet: bool = False

    @property
    def with_warnings(self) -> bool:
        """Whether warnings are told: a quiet run tells only what it fails on."""
        return not self.quiet or FailOn.WARNING in self.fail_on


class Run:
    """A run over workbooks: one that can't be read doesn't stop the rest."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.exit_code = ExitCode.DONE
        self._unmatched: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._read = 0

    def go(self) -> ExitCode:
        """Rate the workbooks, write the result, say what is wrong, and return the exit code.

        Raises OutputError where the result can't be written.
        """
        asked = self.asked
        view = View(asked.explain, asked.compare, several=len(asked.workbooks) > 1)
        write = asked.format.writer()
        Destination(asked.format, asked.output, asked.force, asked.workbooks).put(
            lambda stream: write(self._reports(), stream, view),
            is_wanted=lambda: self._read > 0 and not self._wrong_names(),
        )
        if lines := self._wrong_names():
            self._end_on_wrong_names(lines)
        return self.exit_code

    def _wrong_names(self) -> list[str]:
        """Return what there is to say of the names in filters that no workbook has."""
        told = self._unmatched.values()
        return [line for lines in told if len(lines) == self._read for line in lines]

    def _end_on_wrong_names(self, lines: list[str]) -> None:
        self._worsen(ExitCode.USAGE)
        if self.asked.quiet:  # else they were said with their workbooks
            for line in lines:
                say(line)
        if self.asked.output:
            say(f"{self.asked.output} is not written; correct the name, or leave it out")

    def _reports(self) -> Iterator[Report]:
        for workbook in open_workbooks(self.asked.workbooks, self.asked.opening):
            if workbook is None:
                self._worsen(ExitCode.UNREADABLE)
                continue
            report = rate(workbook, self.asked.month)
            self._read += 1
            say_problems(report, self.asked.with_warnings)
            selected = select(report, self.asked.selection)
            for unmatched in selected.unmatched:
                line = f"{workbook.name}: {unmatched.message}"
                self._unmatched[unmatched.what, unmatched.name].append(line)
                self._note(line)
            if selected.is_emptied_by_names:
                self._note(f"{workbook.name}: no indicator is all that was asked for")
            if fails(selected.report, self.asked.fail_on):
                self._worsen(ExitCode.DATA_ERRORS)
            yield selected.report

    def _note(self, line: str) -> None:
        """Say what is worth knowing, and no failure."""
        if not self.asked.quiet:
            say(line)

    def _worsen(self, exit_code: ExitCode) -> None:
        self.exit_code = max(self.exit_code, exit_code)
