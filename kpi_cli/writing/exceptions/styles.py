"""Styles of cells: each is made once in a workbook, and shared by all cells that look so."""

from copy import copy
from typing import NamedTuple
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill
from openpyxl.styles.cell_style import StyleArray

from kpi_cli.writing.exceptions.looks import BODY, WRAPPED


class Style(NamedTuple):
    """How a cell looks."""

    font: Font = BODY
    alignment: Alignment = WRAPPED
    fill: PatternFill | None = None
    border: Border | None = None
    number_format: str = "General"
    is_quoted: bool = False  # text that stays text when it is edited, whatever it begins with


_Made = dict[tuple[object, ...], tuple[StyleArray, Style]]
_MADE: WeakKeyDictionary[Workbook, _Made] = WeakKeyDictionary()


def dress(cell: Cell, style: Style) -> None:
    """Give a cell a style.

    openpyxl finds each part of a style by all that it consists of, which takes longer than to
    write the cell. Here the parts are known by their identity; it stays theirs, as they are kept.
    """
    book = cell.parent.parent
    assert book
    made = _MADE.setdefault(book, {})
    key = (*map(id, style[:4]), style.number_format, style.is_quoted)
    if key not in made:
        made[key] = (_make(cell, style), style)
    cell._style = copy(made[key][0])  # type: ignore[attr-defined]


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
