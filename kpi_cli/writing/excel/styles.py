"""How workbooks look: fonts, colours with enough contrast, number formats, and styles of cells.

Each style is made once in a workbook, and shared by all cells that look so.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils.indexed_list import IndexedList

from kpi_cli.amounts import Unit, Value
from kpi_cli.models import Direction, Outcome
from kpi_cli.terms import Variation

FONT = "Arial"
SIZE = 10  # points: nothing is smaller

INK, PAPER = "1A1A1A", "FFFFFF"
HEADING_FILL = "1F3B57"
BLOCK_FILL = "E8EEF4"
FAINT_LINE, STRONG_LINE = "BFC7CF", "1F3B57"
MISSING = "9C1C1C"

# Text and fill of each outcome; the text has a contrast of at least 4.5 to 1 on the fill.
OUTCOME_COLOURS: Mapping[Outcome, tuple[str, str]] = {
    Outcome.AT_RISK: ("8F1414", "FBE3E1"),
    Outcome.SLIPPAGE: ("6B4700", "FFF0CC"),
    Outcome.ON_COURSE: ("175C2B", "E2F2E5"),
    Outcome.NO_VALUE: ("404040", "EFEFEF"),
    Outcome.NO_TARGET: ("404040", "EFEFEF"),
}
RED, GREEN = "B3261E", "2E7D32"  # of lines


class Bar(NamedTuple):
    """What a part of a bar is filled with: dark, striped, light, white or dotted."""

    colour: str
    ink: str = INK  # of the count inside
    pattern: Literal["wdUpDiag", "pct20"] | None = None
    paper: str = PAPER  # between what a pattern draws


OUTCOME_BARS: Mapping[Outcome, Bar] = {
    Outcome.AT_RISK: Bar(RED, PAPER),
    Outcome.SLIPPAGE: Bar("E0A100", pattern="wdUpDiag", paper="FFF0CC"),
    Outcome.ON_COURSE: Bar("A5D6A7"),
    Outcome.NO_VALUE: Bar(PAPER),
    Outcome.NO_TARGET: Bar("8C8C8C", pattern="pct20"),
}
DIRECTION_COLOURS: Mapping[Direction, str] = {
    Direction.BETTER: "175C2B",
    Direction.WORSE: "8F1414",
    Direction.SAME: INK,
    Direction.UNKNOWN: INK,
}
# The edge of what a control chart says: the NHS's colours, and no fill, which is the outcomes'.
VARIATION_COLOURS: Mapping[Variation, str] = {
    Variation.COMMON_CAUSE: "A6A6A6",
    Variation.IMPROVEMENT: "00B0F0",
    Variation.CONCERN: "E46C0A",
    Variation.HIGH: "490092",
    Variation.LOW: "490092",
}
VALUE_LINE, TARGET_LINE, CHART_LINE, LAST_YEAR_LINE = "1F4E8C", "B85C00", "595959", "6B6B6B"


@cache
def font(bold: bool = False, colour: str = INK, size: int = SIZE) -> Font:
    """Return a font of the workbook."""
    return Font(name=FONT, size=size, bold=bold, color=colour)


@cache
def plain_fill(colour: str) -> PatternFill:
    """Return a plain fill."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def set_default_font(book: Workbook) -> None:
    """Make the font that of the workbook; Excel measures the widths of columns by it."""
    book._fonts = IndexedList([font()])  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = font()  # type: ignore[attr-defined]


BODY, BOLD = font(), font(bold=True)
LINK = Font(name=FONT, size=SIZE, bold=True, underline="single", color=VALUE_LINE)
TITLE, SUBTITLE = font(bold=True, size=18), font(bold=True, size=13)
TYPED_HEADING = Alignment(wrap_text=True, vertical="center")  # without an indent
HEADING = font(bold=True, colour=PAPER)
WRAPPED = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
WRAPPED_LEFT = WRAPPED
PROSE = Alignment(wrap_text=True, vertical="top")
TYPED_LEFT = Alignment(wrap_text=True, vertical="top", horizontal="left")  # as Excel has it
TYPED_FIGURE = Alignment(vertical="top", horizontal="right")
FIGURE = Alignment(vertical="top", horizontal="right", indent=1)
RATED = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
ONE_LINE = Alignment(vertical="center")
CENTRED = Alignment(wrap_text=True, vertical="center", horizontal="left", indent=1)
_FAINT = Side("thin", color=FAINT_LINE)
CELL_BORDER = Border(top=_FAINT, bottom=_FAINT, left=_FAINT, right=_FAINT)
GROUP_BORDER = Border(
    top=Side("medium", color=STRONG_LINE), bottom=_FAINT, left=_FAINT, right=_FAINT
)


@cache
def edged(border: Border | None, colour: str) -> Border:
    """Return a border with a broad left edge in a colour."""
    edge = Side("thick", color=colour)
    if border is None:
        return Border(left=edge)
    return Border(top=border.top, bottom=border.bottom, left=edge, right=border.right)


MONTH_FORMAT = "mmm yyyy"
MOST_DECIMALS = 30  # that Excel shows
_LONGEST_SYMBOL = 100
COUNT_FORMAT = '0;-0;"–"'


def number_format(value: Value) -> str:
    """Return the format that shows a value as the source did: `0.0%`, `#,##0`, `"£"#,##0.00`.

    It has no more decimals than Excel shows; a format too long for it would damage the workbook.
    """
    decimals = min(value.decimals, MOST_DECIMALS)
    digits = ("#,##0" if value.grouped else "0") + ("." + "0" * decimals) * bool(decimals)
    if value.unit is Unit.PERCENT:
        return f"{digits}%"
    symbol = value.symbol.replace('"', "")[:_LONGEST_SYMBOL]
    return f'"{symbol}"{digits}' if symbol else digits


def excel_number(value: Value) -> float | int:
    """Return the number that Excel keeps for a value: 0.675 for 67.5%."""
    number = value.number / 100 if value.unit is Unit.PERCENT else value.number
    return int(number) if number == number.to_integral_value() else float(number)


class Style(NamedTuple):
    """How a cell looks."""

    font: Font = BODY
    alignment: Alignment = WRAPPED
    fill: PatternFill | None = None
    border: Border | None = None
    number_format: str = "General"
    is_quoted: bool = False  # text that stays text when it is edited, whatever it begins with


class StyledWorkbook(Workbook):
    """A workbook, without sheets to begin with, that keeps the styles of its cells.

    openpyxl finds each part of a style by all that it consists of, which takes longer than to
    write the cell. Here the parts are known by their identity; it stays theirs, as they are kept.
    """

    def __init__(self) -> None:
        super().__init__()
        self.remove(self.worksheets[0])
        set_default_font(self)
        self._made: dict[tuple[object, ...], tuple[StyleArray, Style]] = {}

    def dress(self, cell: Cell, style: Style) -> None:
        """Give a cell a style."""
        key = (*map(id, style[:4]), style.number_format, style.is_quoted)
        if key not in self._made:
            self._made[key] = _make(cell, style), style
        cell._style = StyleArray(self._made[key][0])  # type: ignore[attr-defined]


def dress(cell: Cell, style: Style) -> None:
    """Give a cell of a StyledWorkbook a style."""
    book = cell.parent.parent
    assert isinstance(book, StyledWorkbook)
    book.dress(cell, style)


def look_of(cell: Any) -> tuple[Font, Alignment]:
    """Return a cell's font and alignment: openpyxl makes a proxy of each whenever it is asked."""
    book, style = cell.parent.parent, cell._style
    return book._fonts[style.fontId], book._alignments[style.alignmentId]


def _make(cell: Cell, style: Style) -> StyleArray:
    """Return a style as openpyxl keeps it: the places of its parts in the workbook's lists."""
    cell.font, cell.alignment, cell.number_format = style.font, style.alignment, style.number_format
    if style.fill:
        cell.fill = style.fill
    if style.border:
        cell.border = style.border
    cell.quotePrefix = style.is_quoted
    style_array: StyleArray = cell._style  # type: ignore[attr-defined]
    return style_array
