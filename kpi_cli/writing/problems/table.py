"""Problems as a table for people: where, what, and what to do, fitted to the terminal."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TextIO

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kpi_cli.checks import CHECKS
from kpi_cli.models import Problem, Severity
from kpi_cli.reading.problems import FOUND_IN_READING
from kpi_cli.sentences import sentence
from kpi_cli.writing.account import short_account
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Script

MOST_SHOWN = 200  # of a workbook's problems; a longer table is not read
_GAP = 2
_ROOM_FOR_BOTH = 80  # with less, what to do stands below what was found
_ROOM_FOR_ONE = 30  # with less, both stand below severity and cell
_INDENT = 2
_SEVERITY = len("Severity")
_MARK = " *"
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def write_table(workbooks: Iterable[Checked], stream: TextIO) -> None:
    """Write the problems of each workbook, and how many there are."""
    for number, checked in enumerate(workbooks):
        if number:
            stream.write("\n")
        paint(stream, partial(_lines, checked))


def write_list(stream: TextIO) -> None:
    """Write what each check finds, and what reading a workbook finds by itself."""
    paint(stream, _listing)


def problem_rows(checked: Checked, script: Script, width: int) -> Iterator[RenderableType]:
    """Yield a row for each problem of a workbook, without headings, laid out for a width."""
    return _Page(checked, script, width).rows()


def _lines(checked: Checked, script: Script, width: int) -> Iterator[RenderableType]:
    return _Page(checked, script, width).lines()


class _Page:
    """One workbook's problems, laid out for a width."""

    def __init__(self, checked: Checked, script: Script, width: int) -> None:
        self.checked, self.script, self.width = checked, script, width
        self.shown = checked.problems[:MOST_SHOWN]
        longest = max((len(problem.cell or "") for problem in self.shown), default=0)
        self.cell = min(max(longest, len("Cell")), width // 4)
        self.room = width - _SEVERITY - self.cell - 2 * _GAP

    def lines(self) -> Iterator[RenderableType]:
        """Yield everything from what was understood to the counts."""
        if self.shown or self.checked.read_as:
            yield self._text(self.checked.workbook, "bold")
            yield Text()
            yield from short_account(self.checked.read_as, self.script, self.width)
        if self.shown:
            heads = [Text("Severity"), Text("Cell"), Text("What was found"), Text("What to do")]
            yield self._row(heads)
            yield self._text("─" * self.width, "dim")
        yield from self.rows()
        if left := len(self.checked.problems) - len(self.shown):
            yield self._text(f"and {left:,} more; --format csv lists them all", "bold")
        if self.shown:
            yield Text()
        yield self._text(self.checked.summary, "bold")

    def rows(self) -> Iterator[RenderableType]:
        """Yield a row for each problem that is shown."""
        for problem in self.shown:
            yield self._row(self._cells(problem))

    def _cells(self, problem: Problem) -> list[Text]:
        return [
            Text(problem.severity.value.title(), _COLOURS[problem.severity]),
            self._text(problem.cell or "-"),
            self._text(sentence(problem.message)),
            self._text(problem.hint, "italic"),
        ]

    def _row(self, cells: Sequence[Text]) -> RenderableType:
        """Return a problem on a line or, where there is less room, its parts below one another."""
        severity, cell, found, hint = cells
        if self.room >= _ROOM_FOR_BOTH:
            what = (self.room - _GAP) * 3 // 5
            return _grid(cells, (_SEVERITY, self.cell, what, self.room - _GAP - what))
        below = Padding(hint, (0, 0, 0, _INDENT))
        if self.room >= _ROOM_FOR_ONE:
            texts = Group(found, below)
            return _grid([severity, cell, texts], (_SEVERITY, self.cell, self.room))
        return Group(
            _grid([severity, cell], (_SEVERITY, self.width - _SEVERITY - _GAP)),
            Padding(Group(found, below), (0, 0, 0, _INDENT)),
        )

    def _text(self, text: str, style: str = "") -> Text:
        """Return a text in one line, as the encoding shows it; markup in it means nothing."""
        return Text(self.script.text(" ".join(text.split())), style)


def _listing(script: Script, width: int) -> Iterator[RenderableType]:
    """Yield the checks with their severity, and what reading finds."""
    names = max(len(check.name) for check in CHECKS) + len(_MARK)
    widths = (_SEVERITY, names, width - _SEVERITY - names - 2 * _GAP)
    yield Text("Checks; those with a * run with kpi rate and kpi exceptions too", "bold")
    for check in CHECKS:
        name = check.name + (_MARK if check.bears_on_rating else "")
        shown = Text(check.severity.value.title(), _COLOURS[check.severity])
        yield _grid([shown, Text(name), Text(script.text(check.description))], widths)
    yield Text()
    yield Text("Found in reading, by every command", "bold")
    for severity, description in FOUND_IN_READING:
        shown = Text(severity.value.title(), _COLOURS[severity])
        yield _grid([shown, Text(script.text(description))], (_SEVERITY, width - _SEVERITY - _GAP))


def _grid(cells: Sequence[RenderableType], widths: Sequence[int]) -> Table:
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    for width in widths:
        grid.add_column(width=width, overflow="fold")
    grid.add_row(*cells)
    return grid
