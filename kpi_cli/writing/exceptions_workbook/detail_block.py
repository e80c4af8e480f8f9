"""An exception on Detail: what it is, why it is rated so, its figures with their chart."""

from collections.abc import Iterator
from functools import cached_property

from openpyxl.chart._chart import ChartBase
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.checks.completeness import year_told
from kpi_cli.gauge import gauge_of
from kpi_cli.models import Direction, Rating
from kpi_cli.periods import Period
from kpi_cli.rating import direction_reason
from kpi_cli.sentences import sentence
from kpi_cli.writing.excel.bullet_bar import GAUGE_HEIGHT, BulletBar
from kpi_cli.writing.excel.cells import put
from kpi_cli.writing.excel.filtered_tables import add_table, headings_height, write_headings
from kpi_cli.writing.excel.pages import POINTS, SUBTITLE_HEIGHT, write_subtitle
from kpi_cli.writing.excel.styles import BODY, CELL_BORDER, HEADING_FILL, PAPER, font, plain_fill
from kpi_cli.writing.excel.text import MOST_LINES, height, lines_of, parts_of
from kpi_cli.writing.exceptions_workbook.detail_chart import (
    LEVELS_COLUMN,
    chart_of_figures,
    said_of_chart,
)
from kpi_cli.writing.exceptions_workbook.detail_figures import FigureRow, figures_of, levels_of
from kpi_cli.writing.exceptions_workbook.detail_findings import (
    findings_of,
    height_of_findings,
    rows_for,
    write_findings,
)
from kpi_cli.writing.exceptions_workbook.detail_rows import (
    COLUMNS,
    FIGURES,
    RIGHT,
    ROW,
    WIDTHS,
    Pair,
    height_across,
    pairs_height,
    width,
    write_across,
    write_label,
    write_pairs,
)
from kpi_cli.writing.exceptions_workbook.exceptions_sheet import look_of_comment
from kpi_cli.writing.exceptions_workbook.sections import Sections, named
from kpi_cli.writing.view import ous, since_last_period

_HEADING_LOOK, _HEADING_SCALE = font(bold=True, colour=PAPER, size=12), 1.25
_CHART_HEIGHT = 6.4  # centimetres
_SPACE = 6.0  # points around a chart
_PIXEL, _DIGIT = 2.54 / 96, 7  # centimetres; of a column's width, pixels


class Block:
    """An exception's part of the sheet, with the heading above it where it begins an aim."""

    def __init__(self, sections: Sections, rating: Rating, above: str | None = None) -> None:
        self.rating = rating
        self.above = above
        self.sections = sections
        self.figures = figures_of(rating, sections.periods(rating))
        self.findings = findings_of(rating, sections)
        self.levels = levels_of(sections.insight(rating).chart) if sections.with_spc else []
        self.gauge = gauge_of(rating, sections.report.settings)
        self.has_chart = sections.with_charts and self._has_value
        self.texts: list[str] = []  # the alternative texts of what is drawn

    @property
    def _has_value(self) -> bool:
        readings = [each for row in self.figures.rows for each in (row.reading, row.year_before)]
        return any(reading.value for reading in readings if reading)

    @property
    def _has_room_beside(self) -> bool:
        """Whether the figures leave the columns free in which all else stands."""
        return len(self.figures.headings) <= FIGURES

    @property
    def _heights_drawn(self) -> list[float]:
        """The heights of what is drawn, one below the other, in points."""
        drawn = [GAUGE_HEIGHT] * (self.gauge is not None) + [_CHART_HEIGHT]
        return [height * POINTS + _SPACE for height in drawn]

    @property
    def columns_of_figures(self) -> int:
        """How many columns its figures take."""
        return len(self.figures.headings)

    def first_row(self, row: int) -> int:
        """Return the row of its name, for a block that begins in this row."""
        return row + (self.above is not None)

    def row_of_figures(self, row: int) -> int:
        """Return the row in which the figures begin, for a block that begins in this row."""
        return self.first_row(row) + 1 + len(self._lines)

    @cached_property
    def height(self) -> float:
        """The height that it takes, in points, whether it has a chart or not."""
        name = height_across(self._name, 1, _HEADING_LOOK, _HEADING_SCALE)
        name += SUBTITLE_HEIGHT if self.above else 0
        texts = sum(height_across(text, 2, look, label=label) for label, text, look in self._lines)
        pairs = list(map(pairs_height, self._pairs))
        figures = [self._headings_height, *map(self._row_height, self.figures.rows)]
        chart = sum(self._heights_drawn) + _SPACE + height_of_findings(self.findings)
        if not self._has_room_beside:
            return name + texts + sum(pairs) + sum(figures) + chart
        beside = zip(figures, [*pairs, *[0.0] * len(figures)], strict=False)
        left = sum(max(each) for each in beside)
        right = sum(max(each) for each in zip(pairs, [*figures, *[0.0] * 9], strict=False))
        return name + texts + max(left, right + chart)

    def write(self, sheet: Worksheet, row: int) -> int:
        """Write it from a row on; return the last row."""
        if self.above:
            write_subtitle(sheet, row, self.above)
        row = self.first_row(row)
        fill = plain_fill(HEADING_FILL)
        write_across(sheet, row, 1, self._name, _HEADING_LOOK, _HEADING_SCALE, fill)
        for label, text, look in self._lines:
            row += 1
            write_label(sheet, row, label)
            write_across(sheet, row, 2, text, look, label=label)
        row += 1
        heading_row = row if self._has_room_beside else row + len(self._pairs)
        last = self._write_figures(sheet, heading_row)
        for below, pairs in enumerate(self._pairs, start=row):
            write_pairs(sheet, below, pairs)
        below = row + len(self._pairs) if self._has_room_beside else last + 1
        if self.has_chart:
            for chart, space in zip(
                self._drawn(sheet, heading_row), self._heights_drawn, strict=True
            ):
                sheet.add_chart(chart, f"{get_column_letter(RIGHT)}{below}")
                below = rows_for(sheet, below, space)
        return max(last, write_findings(sheet, below, self.findings) - 1)

    @property
    def _name(self) -> str:
        return named(self.rating, between="  ")

    @cached_property
    def _lines(self) -> list[tuple[str, str, Font]]:
        """What is said of it over the whole width: labels, texts and how these look."""
        rating, sections = self.rating, self.sections
        noun = rating.indicator.period.noun
        comment = sections.comment(rating)
        look = look_of_comment(comment)
        parts = parts_of(comment, width(2, COLUMNS), MOST_LINES)
        labels = ["Comment", *[""] * (len(parts) - 1)]
        return [
            ("Reason", _reason(rating), BODY),
            (f"{noun.capitalize()} Before", _before(rating, sections), BODY),
            *([("Gauge", self.gauge.said, BODY)] if self.gauge else []),
            *((name, part, look) for name, part in zip(labels, parts, strict=True)),
        ]

    @cached_property
    def _pairs(self) -> list[list[Pair]]:
        """What is said of it beside its figures."""
        rating, indicator = self.rating, self.rating.indicator
        name = indicator.period.noun.capitalize()
        pairs: list[list[Pair]] = [
            [("Expected Outcome", rating.outcome), ("Than last year", rating.direction)],
            [(f"Latest {name}", indicator.period), ("Polarity", indicator.polarity.label)],
            [
                (f"{name}'s Value", indicator.value or indicator.no_value_text or "-"),
                (f"{name}'s Target", indicator.target or "-"),
            ],
            [
                ("Annual Target", indicator.annual_target or "-"),
                ("Year Introduced", year_told(indicator.year_introduced) or "-"),
            ],
            [("Managed By", indicator.managed_by or "-"), ("Aim", indicator.aim or "-")],
            [("Responsible OUs", ous(rating)), ("Committee", self.sections.committee(rating))],
        ]
        if indicator.lines:
            lines = {"Green Line": indicator.green_line, "Red Line": indicator.red_line}
            pairs.append([(name, line.amount if line else "-") for name, line in lines.items()])
        others = [("Data Source", indicator.data_source), ("Value is marked", indicator.value_note)]
        if shown := [(label, text) for label, text in others if text]:
            pairs.append(list(shown))
        return pairs

    @property
    def _headings_height(self) -> float:
        return headings_height(self.figures.headings, WIDTHS)

    def _row_height(self, row: FigureRow) -> float:
        """Return the height of a row: "November 2018 to January 2019" takes two lines."""
        if isinstance(row.label, Period) and row.label.length > 1:
            lines = lines_of(row.label.label, width(1, 1))
            return ROW if lines == 1 else height(lines)
        return ROW

    def _write_figures(self, sheet: Worksheet, heading_row: int) -> int:
        """Write the figures as a table, and what the chart draws beside; return the last row."""
        headings = self.figures.headings
        write_headings(sheet, heading_row, headings)
        levels = self.levels if self.has_chart else []
        write_headings(sheet, heading_row, [each.heading for each in levels], LEVELS_COLUMN)
        row = heading_row
        for row, figures in enumerate(self.figures.rows, start=heading_row + 1):
            cells = (figures.label, *(column.figure(figures) for column in self.figures.columns))
            for number, content in enumerate(cells, start=1):
                put(sheet, row, number, content, border=CELL_BORDER)
            for number, level in enumerate(levels, start=LEVELS_COLUMN):
                put(sheet, row, number, level.figure(figures), border=CELL_BORDER)
            sheet.row_dimensions[row].height = self._row_height(figures)
        add_table(sheet, f"Figures{self._number}", heading_row, row, headings, with_filter=False)
        return row

    @property
    def _number(self) -> int:
        """Its place among the exceptions, which are not compared by all that is in them."""
        numbered = enumerate(self.sections.exceptions, start=1)
        return next(number for number, each in numbered if each is self.rating)

    def _drawn(self, sheet: Worksheet, heading_row: int) -> Iterator[ChartBase]:
        """Yield the gauge, and the chart of the figures, whose headings stand in a row."""
        wide = round(sum(WIDTHS[RIGHT - 1 :]) * _DIGIT * _PIXEL - 0.1, 1)
        if self.gauge:
            result = f"result {self.gauge.value.text}. {self.gauge.said}"
            self.texts.append(f"Gauge of {self.rating.indicator.code}: {result}")
            yield _sized(BulletBar(self.gauge), wide, GAUGE_HEIGHT)
        chart = chart_of_figures(sheet, heading_row, self.rating, self.figures, self.levels)
        self.texts.append(said_of_chart(self.rating, self.figures, self.levels))
        yield _sized(chart, wide, _CHART_HEIGHT)


def _sized(chart: ChartBase, width: float, height: float) -> ChartBase:
    """Return a chart with its size in centimetres."""
    chart.width, chart.height = width, height  # type: ignore[assignment]
    return chart


def _reason(rating: Rating) -> str:
    reason = sentence(rating.reason)
    if rating.direction is not Direction.UNKNOWN:
        reason += f" {rating.direction.label}: {direction_reason(rating)}."
    return reason


def _before(rating: Rating, sections: Sections) -> str:
    """Return how the indicator stood in the period before its own, as a sentence."""
    before = sections.previous(rating)
    if before:
        return sentence(since_last_period(before))
    return f"Nothing is known of {rating.indicator.period.before.label}."
