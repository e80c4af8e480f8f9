"""The columns of the table in the terminal: what each shows of an indicator, and how important."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from rich import get_console
from rich.cells import cell_len
from rich.console import JustifyMethod
from rich.text import Text

from kpi_cli.amounts import Target
from kpi_cli.insight import Insight
from kpi_cli.models import Direction, Indicator
from kpi_cli.tolerances import is_annual
from kpi_cli.writing.script import Look, Script
from kpi_cli.writing.symbols import (
    ASSURANCE_LOOKS,
    DIRECTION_LOOKS,
    OUTCOME_LOOKS,
    POLARITY_WORDS,
    VARIATION_LOOKS,
)
from kpi_cli.writing.trend import BLOCKS, trend

GAP = 2
NEEDED = 2  # columns of this importance and above are always shown
_CORE = 6  # columns of this importance and above are shown before the name gets a column
_PLAIN_CORE = 8  # those of a report without a trend or verdicts
_DISPLACING = {"Trend", "Variation"}
NAME_WIDTH = 28  # with less room beside the figures, the name stands below them
_FIGURES = 54  # characters that value, target, outcome and direction take beside a name
_ROOMY_NAME_WIDTH = 40  # with less, columns past the core are dropped
_WIDEST = 30  # names of services and committees wrap at this width
_WIDEST_FIGURE = 24  # a figure alone is shorter; what is said with it or instead of it wraps
_WIDEST_VERDICT = 12
_WIDEST_CODE = 20  # a code is on one line, unless it is longer than any code should be


class Column(NamedTuple):
    """A column: its heading, what it shows, and its importance; 1 is kept longest."""

    heading: str
    importance: int
    cell: Callable[[Insight], Text]
    is_figure: bool = False
    widest: int | None = None  # what is longer wraps

    @property
    def justify(self) -> Literal["left", "right"]:
        """On which side of the column its cells stand."""
        return "right" if self.is_figure else "left"

    def width(self, insights: Sequence[Insight]) -> int:
        """Return the width that the heading and all cells need."""
        widest = max([cell_len(self.heading), *(self.cell(each).cell_len for each in insights)])
        return min(widest, self.widest or widest)


class Columns(NamedTuple):
    """The columns of a table of indicators, as an encoding shows them."""

    script: Script
    is_named: bool  # the names are the keys
    with_charts: bool = False  # the verdicts of control charts

    def all(self, insights: Sequence[Insight], width: int) -> Iterator[Column]:
        """Yield every column that says anything, in the order in which they stand."""
        name = min(width // 2, max(width - _FIGURES, NAME_WIDTH))
        widest = name if self.is_named else min(_WIDEST_CODE, width // 3)
        yield self.key(widest)
        yield self.value
        yield self.target
        yield self._figure("Annual", 8, lambda i: self._amount(i.rating.indicator.annual_target))
        yield self.outcome
        yield Column("Direction", 5 + self.with_charts, self._direction)
        if self.with_charts:
            yield Column("Variation", 4, self._variation, widest=_WIDEST_VERDICT)
            yield Column("Target met", 5, self._assurance, widest=_WIDEST_VERDICT)
        yield from self.trends(insights)
        yield Column(
            "Polarity", 7, lambda i: self.text(POLARITY_WORDS[i.rating.indicator.polarity])
        )
        if any(each.previous and each.previous.outcome for each in insights):
            yield Column("Was", 9, self._was)
        yield self._figure("Year ago", 10, lambda i: self._amount(i.rating.last_year))
        yield self._name("Managed by", 11, lambda i: i.rating.indicator.managed_by)
        yield self._name("Committee", 12, lambda i: i.rating.indicator.committee)

    def key(self, widest: int | None) -> Column:
        """Return the column of the codes; of the names, where these are the keys."""
        heading = "Indicator" if self.is_named else "Code"
        return Column(
            heading, 1, lambda i: self.text(i.rating.indicator.code, "bold"), widest=widest
        )

    @property
    def value(self) -> Column:
        """The value, or what stands in its place."""
        return self._figure("Value", 2, lambda i: self.text(i.rating.indicator.value_text))

    @property
    def target(self) -> Column:
        """The target in force: the period's, or else that of the year, which is marked so."""
        return self._figure("Target", 4, lambda i: self.text(_target(i.rating.indicator)))

    @property
    def outcome(self) -> Column:
        """The expected outcome."""
        return Column("Outcome", 3, lambda i: self.look(OUTCOME_LOOKS[i.rating.outcome]))

    @property
    def arrow(self) -> Column:
        """The direction, without its word where the encoding has the arrow."""
        return Column("", 5, self._arrow)

    def trends(self, insights: Sequence[Insight]) -> Iterator[Column]:
        """Yield the column of the trend, where any indicator has one that can be shown."""
        if self.script.shows(BLOCKS) and any(trend(each.rating) for each in insights):
            yield Column("Trend", _CORE + self.with_charts, lambda i: self.text(trend(i.rating)))

    def text(self, text: str | None, style: str = "") -> Text:
        """Return a text in one line, as the encoding shows it; markup in it means nothing."""
        return Text(self.script.text(" ".join((text or "-").split())), style)

    def look(self, look: Look) -> Text:
        """Return an icon and its word in their colour."""
        return Text(self.script.look(look), look.colour)

    def _arrow(self, insight: Insight) -> Text:
        look = DIRECTION_LOOKS[insight.rating.direction]
        if insight.rating.direction is Direction.UNKNOWN or not self.script.shows(look.icon):
            return self.look(look)
        return Text(look.icon, look.colour)

    def _direction(self, insight: Insight) -> Text:
        return self.look(DIRECTION_LOOKS[insight.rating.direction])

    def _variation(self, insight: Insight) -> Text:
        variation = insight.chart.variation
        return self.look(VARIATION_LOOKS[variation]) if variation else self.text(None)

    def _assurance(self, insight: Insight) -> Text:
        assurance = insight.chart.assurance
        return self.look(ASSURANCE_LOOKS[assurance]) if assurance else self.text(None)

    def _was(self, insight: Insight) -> Text:
        outcome = insight.previous.outcome if insight.previous else None
        return self.look(OUTCOME_LOOKS[outcome]) if outcome else self.text(None)

    def _figure(self, heading: str, importance: int, cell: Callable[[Insight], Text]) -> Column:
        return Column(heading, importance, cell, is_figure=True, widest=_WIDEST_FIGURE)

    def _name(self, heading: str, importance: int, name: Callable[[Insight], str | None]) -> Column:
        return Column(heading, importance, lambda i: self.text(name(i)), widest=_WIDEST)

    def _amount(self, amount: Target | None) -> Text:
        return self.text(amount.text if amount else None)


def _target(indicator: Indicator) -> str | None:
    if indicator.target or is_annual(indicator) or not indicator.annual_target:
        return indicator.target_in_force.text if indicator.target_in_force else None
    return f"{indicator.annual_target.text} (yr)"


def fitting(widths: Sequence[tuple[Column, int]], room: int) -> list[tuple[Column, int]]:
    """Return the columns that fit, by their importance up to the first that doesn't.

    Columns past the core need room for a name beside them too. Those that a trend or the verdicts
    of charts displace are of the core where there are none.
    """
    chosen: list[Column] = []
    core = _CORE if {column.heading for column, _ in widths} & _DISPLACING else _PLAIN_CORE
    used = 0
    for column, wide in sorted(widths, key=lambda pair: pair[0].importance):
        spare = 0 if column.importance <= core else GAP + _ROOMY_NAME_WIDTH
        if used + wide + spare > room and column.importance > NEEDED:
            break
        chosen.append(column)
        used += wide + GAP
    return [pair for pair in widths if pair[0] in chosen]


def fitted(cell: Text, wide: int, justify: JustifyMethod, *, wraps: bool = False) -> list[Text]:
    """Return the lines of a cell, each as wide as its column; the cell itself is filled up."""
    room = wide - cell.cell_len
    if room < 0:
        return list(
            cell.wrap(get_console(), wide, justify=justify, overflow="fold", no_wrap=not wraps)
        )
    (cell.pad_left if justify == "right" else cell.pad_right)(room)
    return [cell]


def side_by_side(columns: Sequence[Sequence[Text]]) -> Text:
    """Return the lines of columns as those of a row: what a table of rich is, in less time."""
    row, gap = Text(no_wrap=True, overflow="ignore"), " " * GAP
    for number in range(max(map(len, columns))):
        row.append("\n" if number else "")
        for index, lines in enumerate(columns):
            row.append(gap if index else "")
            row.append(lines[number] if number < len(lines) else " " * lines[0].cell_len)
    return row
