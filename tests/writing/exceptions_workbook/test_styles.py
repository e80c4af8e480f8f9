"""Styles that cells share: each cell has its own look, and changing one changes no other."""

from decimal import Decimal

import pytest
from openpyxl.cell import Cell
from openpyxl.styles import Font

from kpi_cli.amounts import Unit, Value
from kpi_cli.writing.excel.styles import (
    BOLD,
    CELL_BORDER,
    FIGURE,
    Style,
    StyledWorkbook,
    dress,
    font,
    look_of,
    number_format,
    plain_fill,
)

EVERYTHING = Style(BOLD, FIGURE, plain_fill("E8EEF4"), CELL_BORDER, "0.0%", is_quoted=True)


def cells(book: StyledWorkbook, count: int) -> list[Cell]:
    """Return the first cells of a new sheet."""
    sheet = book.create_sheet()
    return [cell for row in range(1, count + 1) if isinstance(cell := sheet.cell(row, 1), Cell)]


def look(cell: Cell) -> tuple[object, ...]:
    """Return how a cell looks."""
    return (
        cell.font.b,
        cell.alignment.horizontal,
        cell.fill.fgColor.rgb,
        cell.border.top.style,
        cell.number_format,
        bool(cell.quotePrefix),
    )


def test_every_part_of_a_style_reaches_each_cell_that_has_it() -> None:
    first, plain, second = cells(StyledWorkbook(), 3)
    dress(first, EVERYTHING)
    dress(plain, Style())
    dress(second, EVERYTHING)
    assert look(first) == (True, "right", "00E8EEF4", "thin", "0.0%", True)
    assert look(second) == look(first)
    assert look(plain) == (False, "left", "00000000", None, "General", False)


def test_a_cell_changed_later_changes_no_other() -> None:
    first, second = cells(StyledWorkbook(), 2)
    dress(first, EVERYTHING)
    dress(second, EVERYTHING)
    first.number_format = "0"
    assert second.number_format == "0.0%"


def test_each_workbook_has_its_own_styles() -> None:
    (other,) = cells(StyledWorkbook(), 1)
    dress(other, Style(font(size=13)))
    dress(other, EVERYTHING)
    (first,) = cells(StyledWorkbook(), 1)
    dress(first, EVERYTHING)
    assert look(first) == look(other)


def test_a_part_that_nobody_else_keeps_is_not_mistaken_for_another() -> None:
    sizes = [size for new in range(11, 61) for size in (11, new)]  # openpyxl keeps the first 11
    dressed = cells(StyledWorkbook(), len(sizes))
    for cell, size in zip(dressed, sizes, strict=True):
        dress(cell, Style(Font(size=size)))
    assert [cell.font.size for cell in dressed] == list(sizes)


@pytest.mark.parametrize(
    ("decimals", "symbol", "format"),
    [
        (30, "", f"0.{'0' * 30}"),
        (315, "", f"0.{'0' * 30}"),
        (315, "£", f'"£"0.{"0" * 30}'),
        (2, "x" * 200, f'"{"x" * 100}"0.00'),
    ],
)
def test_a_number_format_is_never_too_long_for_excel(
    decimals: int, symbol: str, format: str
) -> None:
    unit = Unit.CURRENCY if symbol else Unit.NUMBER
    value = Value(number=Decimal("1E-300"), decimals=decimals, symbol=symbol, unit=unit)
    assert number_format(value) == format


def test_the_look_of_a_cell_is_that_which_openpyxl_tells() -> None:
    book = StyledWorkbook()
    dressed, changed = cells(book, 2)
    for cell in (dressed, changed):
        dress(cell, EVERYTHING)
    changed.font = Font(name="Arial", size=18)
    for cell, size, is_bold in ((dressed, 10, True), (changed, 18, False)):
        look, alignment = look_of(cell)
        assert (cell.font.size, bool(cell.font.b)) == (look.size, bool(look.b)) == (size, is_bold)
        assert cell.alignment.indent == alignment.indent == FIGURE.indent
