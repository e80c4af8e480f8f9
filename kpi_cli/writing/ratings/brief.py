"""Reports in brief for the terminal: a line for each indicator, its name cut to what has room."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.console import RenderableType
from rich.text import Text

from kpi_cli.insight import Insight, insights
from kpi_cli.models import Outcome, Report
from kpi_cli.writing.ratings.table_columns import GAP, Column, Columns, fitted, side_by_side
from kpi_cli.writing.screen import cut
from kpi_cli.writing.script import Script
from kpi_cli.writing.symbols import OUTCOME_LOOKS
from kpi_cli.writing.view import lag, other_period

_NEEDED = 3  # key, value and outcome are always shown
_SHORTEST_NAME = 12  # with less room for a name, other columns are left out
_LEAST_NAME = 4  # with less, the name itself
_WIDEST_TEXT = 12  # what stands in place of a value may be cut to this; a figure never is


class BriefLines(NamedTuple):
    """The indicators of a report, one line each, for a width."""

    report: Report
    script: Script
    width: int
    is_named: bool

    def lines(self) -> Iterator[RenderableType]:
        """Yield the heading, a line for each indicator, and whose periods are others."""
        shown = insights(self.report)
        if not shown:
            return
        fitting = self._fitting(shown)
        yield Text()
        yield self._line(fitting, [Text(column.heading) for column, _ in fitting])
        for each in shown:
            yield self._line(fitting, [column.cell(each) for column, _ in fitting])
        yield from self._other_periods(shown)
        if all(column.heading != "Outcome" for column, _ in fitting):
            yield self._key_to_icons(shown)

    def _line(self, columns: list[tuple[Column, int]], cells: list[Text]) -> Text:
        shown = [
            fitted(cut(cell, wide, self.script), wide, column.justify)
            for (column, wide), cell in zip(columns, cells, strict=True)
        ]
        return side_by_side(shown)

    def _fitting(self, shown: list[Insight]) -> list[tuple[Column, int]]:
        """Return the columns that leave room for a name, and their widths.

        Where there is little room, an outcome is its icon alone.
        """
        every = Columns(self.script, self.is_named)
        key, outcome = every.key(None), every.outcome
        name = key if self.is_named else Column("Short name", 1, self._name)
        keys = [key] if self.is_named else [key, name]
        columns = [*keys, every.value, every.target, outcome, every.arrow, *every.trends(shown)]
        room = self.width - _SHORTEST_NAME
        fitting: dict[Column, int] = {}
        for column in sorted(columns, key=lambda column: column.importance):
            if column is name:
                continue
            wide = self._width(column, shown)
            if column is outcome and wide + GAP > room and self._has_icons():
                column = outcome._replace(heading="", cell=self._icon)
                columns[columns.index(outcome)] = column
                wide = 1
            elif wide + GAP > room and column.importance > _NEEDED:
                break
            fitting[column] = wide
            room -= wide + GAP
        name_width = room + _SHORTEST_NAME
        if self.is_named or name_width >= _LEAST_NAME:
            fitting[name] = max(name_width, 1)
        return [(column, fitting[column]) for column in columns if column in fitting]

    def _width(self, column: Column, shown: list[Insight]) -> int:
        wide = column.width(shown)
        if column.importance == 1:
            return min(wide, self.width // 3)
        if column.heading == "Value":
            cells = ((column.cell(each).cell_len, each.rating.indicator.value) for each in shown)
            figures = max((cell for cell, value in cells if value), default=0)
            return min(wide, max(figures, _WIDEST_TEXT, self.width // 6))
        return wide

    def _has_icons(self) -> bool:
        return all(self.script.shows(look.icon) for look in OUTCOME_LOOKS.values())

    def _icon(self, insight: Insight) -> Text:
        look = OUTCOME_LOOKS[insight.rating.outcome]
        return Text(look.icon, look.colour)

    def _name(self, insight: Insight) -> Text:
        return Text(self.script.text(" ".join(insight.rating.indicator.short_name.split())))

    def _key_to_icons(self, shown: list[Insight]) -> Text:
        """Return what the icons mean that stand without their words."""
        found = {each.rating.outcome for each in shown}
        looks = [OUTCOME_LOOKS[outcome] for outcome in Outcome if outcome in found]
        return Text("  ").join(Text(self.script.look(look), look.colour) for look in looks)

    def _other_periods(self, shown: list[Insight]) -> Iterator[Text]:
        for each in shown:
            note = lag(self.report, each.rating)
            if said := note or other_period(self.report, each.rating):
                line = f"{'! ' if note else ''}{each.rating.indicator.code}: {said}"
                yield Text(self.script.text(line), "yellow" if note else "italic")
