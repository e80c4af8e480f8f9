"""How the exceptions workbook looks: fonts, colours with enough contrast, number formats."""

from collections.abc import Mapping
from functools import cache

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.indexed_list import IndexedList

from kpi_cli.models import Direction, Outcome, Unit, Value

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
# The bars of the charts.
OUTCOME_BARS: Mapping[Outcome, str] = {
    Outcome.AT_RISK: "B3261E",
    Outcome.SLIPPAGE: "E0A100",
    Outcome.ON_COURSE: "2E7D32",
    Outcome.NO_VALUE: "8C8C8C",
    Outcome.NO_TARGET: "C4C4C4",
}
DIRECTION_COLOURS: Mapping[Direction, str] = {
    Direction.BETTER: "175C2B",
    Direction.WORSE: "8F1414",
    Direction.SAME: INK,
    Direction.UNKNOWN: INK,
}
VALUE_LINE, TARGET_LINE = "1F4E8C", "B85C00"


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
TITLE, SUBTITLE = font(bold=True, size=18), font(bold=True, size=13)
HEADING = font(bold=True, colour=PAPER)
WRAPPED = Alignment(wrap_text=True, vertical="top")
WRAPPED_LEFT = Alignment(wrap_text=True, vertical="top", horizontal="left")
FIGURE = Alignment(vertical="top", horizontal="right")
RATED = Alignment(wrap_text=True, vertical="top", horizontal="left", indent=1)
ONE_LINE = Alignment(vertical="center")
CENTRED = Alignment(wrap_text=True, vertical="center")
_FAINT = Side("thin", color=FAINT_LINE)
CELL_BORDER = Border(top=_FAINT, bottom=_FAINT, left=_FAINT, right=_FAINT)
GROUP_BORDER = Border(
    top=Side("medium", color=STRONG_LINE), bottom=_FAINT, left=_FAINT, right=_FAINT
)

MONTH_FORMAT = "mmm yyyy"


def number_format(value: Value) -> str:
    """Return the format that shows a value as the source did: `0.0%`, `#,##0`, `"£"#,##0.00`."""
    digits = ("#,##0" if value.grouped else "0") + ("." + "0" * value.decimals) * bool(
        value.decimals
    )
    if value.unit is Unit.PERCENT:
        return f"{digits}%"
    symbol = value.symbol.replace('"', "")
    return f'"{symbol}"{digits}' if symbol else digits


def excel_number(value: Value) -> float | int:
    """Return the number that Excel keeps for a value: 0.675 for 67.5%."""
    number = value.number / 100 if value.unit is Unit.PERCENT else value.number
    return int(number) if number == number.to_integral_value() else float(number)
