"""Reports in brief for the terminal: a line for each indicator, its name cut to what has room."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from kpi_cli.insight import Insight, insights
from kpi_cli.models import Report
from kpi_cli.writing.ratings.table_columns import GAP, NEEDED, Column, Columns
from kpi_cli.writing.screen import cut
from kpi_cli.writing.script import Script
from kpi_cli.writing.view import lag, other_period

_SHORTEST_NAME = 12  # with less room for a name, a column is left out
_SHORTEST_KEY = 8


@dataclass(frozen=True)
class BriefLines:
    """The indicators of a report, one line each, for a width."""

    report: Report
    script: Script
    width: int
    is_named: bool

    def lines(self) -> Iterator[RenderableType]:
        """Yield the heading, a line for each indicator, and whose periods are others."""
        shown = insights(self.report)
        columns, widths = self._fitting(shown)
        name_width = self.width - sum(wide + GAP for wide in widths)
        grid = Table.grid(padding=(0, GAP, 0, 0))
        for column, wide in zip(columns, widths, strict=True):
            grid.add_column(width=wide, justify=column.justify, no_wrap=True)
            if column.importance == 1 and not self.is_named:
                grid.add_column(width=name_width, no_wrap=True)
        names = [] if self.is_named else [Text("Short name")]
        headings = [Text(column.heading) for column in columns]
        grid.add_row(headings[0], *names, *headings[1:])
        for each in shown:
            first, *others = (
                cut(column.cell(each), wide, self.script)
                for column, wide in zip(columns, widths, strict=True)
            )
            name = Text(self.script.text(" ".join(each.rating.indicator.short_name.split())))
            names = [] if self.is_named else [cut(name, name_width, self.script)]
            grid.add_row(first, *names, *others)
        yield Text()
        yield grid
        yield from self._other_periods(shown)

    def _fitting(self, shown: list[Insight]) -> tuple[list[Column], list[int]]:
        """Return the columns that leave room for a name, and their widths."""
        every = Columns(self.script, self.is_named)
        columns = [
            every.key(None), every.value, every.target, every.outcome, every.arrow,
            *every.trends(shown),
        ]  # fmt: skip
        least = 0 if self.is_named else _SHORTEST_NAME
        fitting: dict[str, int] = {}
        room = self.width - least
        for column in sorted(columns, key=lambda column: column.importance):
            wide = column.width(shown)
            if wide + GAP > room and column.importance > NEEDED:
                break
            fitting[column.heading] = min(wide, max(room - GAP, _SHORTEST_KEY))
            room -= fitting[column.heading] + GAP
        columns = [column for column in columns if column.heading in fitting]
        return columns, [fitting[column.heading] for column in columns]

    def _other_periods(self, shown: list[Insight]) -> Iterator[Text]:
        for each in shown:
            note = lag(self.report, each.rating)
            if said := note or other_period(self.report, each.rating):
                line = f"{'! ' if note else ''}{each.rating.indicator.code}: {said}"
                yield Text(self.script.text(line), "yellow" if note else "italic")
