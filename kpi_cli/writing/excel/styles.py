"""Styles of cells: each is made once in a workbook, and shared by all cells that look so."""

from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray

from kpi_cli.writing.excel.looks import BODY, WRAPPED, set_default_font


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
