"""`kpi rate`: read → check → rate → select → write, for each workbook in turn."""

import io
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kpi_cli.commands.opening import open_workbook
from kpi_cli.exits import ExitCode
from kpi_cli.failing import FailOn, fails
from kpi_cli.models import Report
from kpi_cli.months import Month
from kpi_cli.report import rate
from kpi_cli.selection import Selection, select
from kpi_cli.writing.files import OutputError, check_output, write_whole
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
    sheets: tuple[str, ...] = ()
    month: Month | None = None
    selection: Selection = field(default_factory=Selection)
    explain: bool = False
    compare: bool = False
    fail_on: tuple[FailOn, ...] = ()
    debug: bool = False


class Run:
    """A run over workbooks: one that can't be read doesn't stop the rest."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.exit_code = ExitCode.DONE
        self._unmatched: Counter[tuple[str, str]] = Counter()
        self._read = 0

    def go(self) -> ExitCode:
        """Rate the workbooks, write the result, say what is wrong, and return the exit code.

        Raises OutputError where the result can't be written.
        """
        asked = self.asked
        view = View(asked.explain, asked.compare, several=len(asked.workbooks) > 1)
        if asked.output:
            check_output(asked.output, asked.force, asked.workbooks)
            text = io.StringIO()
            asked.format.writer()(self._reports(), text, view)
            if self._names_nothing():
                say(f"{asked.output} is not written; correct the name, or leave it out")
            elif self._read:
                content = text.getvalue().encode(asked.format.file_encoding)
                write_whole(asked.output, content, asked.force)
        else:
            asked.format.writer()(self._reports(), _stdout(asked.format), view)
        if self._names_nothing():
            self._worsen(ExitCode.USAGE)
        return self.exit_code

    def _names_nothing(self) -> bool:
        """Whether a filter has a name that no workbook has."""
        return any(times == self._read for times in self._unmatched.values())

    def _reports(self) -> Iterator[Report]:
        names = Counter(path.name for path in self.asked.workbooks)
        for path in self.asked.workbooks:
            name = path.name if names[path.name] == 1 else str(path)
            workbook = open_workbook(path, name, self.asked.debug, self.asked.sheets)
            if workbook is None:
                self._worsen(ExitCode.UNREADABLE)
                continue
            report = rate(workbook, self.asked.month)
            self._read += 1
            say_problems(report)
            selected = select(report, self.asked.selection)
            for unmatched in selected.unmatched:
                say(f"{name}: {unmatched.message}")
            if selected.is_emptied_by_names:
                say(f"{name}: no indicator is all that was asked for")
            self._unmatched.update({(each.what, each.name) for each in selected.unmatched})
            if fails(selected.report, self.asked.fail_on):
                self._worsen(ExitCode.DATA_ERRORS)
            yield selected.report

    def _worsen(self, exit_code: ExitCode) -> None:
        self.exit_code = max(self.exit_code, exit_code)


def _stdout(format: Format) -> io.TextIOWrapper:
    """Return standard output, in UTF-8 where a program will read it."""
    stream = sys.stdout
    if not isinstance(stream, io.TextIOWrapper):
        raise OutputError("standard output is closed; add --output FILE")
    if not format.is_for_people:
        stream.reconfigure(encoding="utf-8", newline="\n")
    return stream
