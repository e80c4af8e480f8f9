"""`kpi check`: read → check → write, for each workbook in turn."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kpi_cli.commands.opening import Opening, open_workbooks
from kpi_cli.commands.output import Destination
from kpi_cli.exits import ExitCode
from kpi_cli.report import check
from kpi_cli.writing.formats import ProblemFormat
from kpi_cli.writing.problems.checked import Checked


@dataclass(frozen=True)
class Asked:
    """What the command is asked for."""

    workbooks: tuple[Path, ...]
    format: ProblemFormat = ProblemFormat.TABLE
    output: Path | None = None
    force: bool = False
    strict: bool = False  # warnings count as errors do
    opening: Opening = field(default_factory=Opening)


class Run:
    """A run over workbooks: one that can't be read doesn't stop the rest."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.exit_code = ExitCode.DONE
        self._read = 0

    def go(self) -> ExitCode:
        """Check the workbooks, write their problems, and return the exit code.

        Raises OutputError where the result can't be written.
        """
        asked, write = self.asked, self.asked.format.writer()
        Destination(asked.format, asked.output, asked.force, asked.workbooks).put(
            lambda stream: write(self._checked(), stream),
            is_wanted=lambda: self._read > 0,
        )
        return self.exit_code

    def _checked(self) -> Iterator[Checked]:
        for workbook in open_workbooks(self.asked.workbooks, self.asked.opening):
            if workbook is None:
                self._worsen(ExitCode.UNREADABLE)
                continue
            self._read += 1
            rows = len(workbook.indicators) + len(workbook.unrated)
            checked = Checked(workbook.name, rows, tuple(check(workbook)))
            if checked.errors or (self.asked.strict and checked.problems):
                self._worsen(ExitCode.DATA_ERRORS)
            yield checked

    def _worsen(self, exit_code: ExitCode) -> None:
        self.exit_code = max(self.exit_code, exit_code)
