"""How the cells look: nothing too small, too faint, cut, or told by colour alone."""

import pytest
from openpyxl.cell import Cell
from openpyxl.styles import Color
from openpyxl.utils import get_column_letter

from kpi_cli.models import Outcome
from tests.builders import indicator, reading
from tests.writing.exceptions_workbook.reading_back import (
    SHEETS,
    Written,
    cells,
    shown,
    table,
    written,
)

EXCELS_TALLEST_ROW = 409
OUTCOMES = {
    "● At risk of missing target": ("FBE3E1", "8F1414"),
    "⚠ Some slippage against target": ("FFF0CC", "6B4700"),
    "✔ On course to achieve target": ("E2F2E5", "175C2B"),
    "○ No Value": ("EFEFEF", "404040"),
    "□ No Target": ("EFEFEF", "404040"),
}


@pytest.fixture(scope="module")
def of_all_kinds() -> Written:
    """Return a workbook with every outcome, every direction, and an exception uncommented."""
    last_year = {"CP 1": "94", "CP 2": "96", "CP 3": "95"}
    return written(
        *[indicator("95", "90", code=code, comment="Sun.") for code in last_year],
        indicator("50", code="CP 4"),
        indicator("87", code="CP 5", comment="Rain."),
        indicator(None, code="CP 6"),
        indicator("95", None, code="CP 7"),
        history=[reading(code, "January 2018", value) for code, value in last_year.items()],
        outcomes=list(Outcome),
    )


def rgb(colour: Color | None, otherwise: str) -> str:
    """Return the six digits of an explicit colour."""
    if colour is None:
        return otherwise
    assert colour.type == "rgb", colour
    return str(colour.rgb)[-6:]


def paper(cell: Cell) -> str:
    return rgb(cell.fill.fgColor, "") if cell.fill.fill_type == "solid" else "FFFFFF"


def contrast(ink: str, background: str) -> float:
    """Return the contrast of two colours, as the WCAG define it."""
    lighter, darker = sorted((_luminance(ink), _luminance(background)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def all_cells(book: Written) -> list[Cell]:
    """Return every cell of every sheet, also those without content."""
    return [
        cell
        for sheet in book.sheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell)
    ]


def test_the_contrast_is_measured_as_the_wcag_do() -> None:
    assert contrast("FFFFFF", "000000") == pytest.approx(21)
    assert contrast("777777", "FFFFFF") == pytest.approx(4.48, abs=0.005)


def test_every_text_has_enough_contrast(sample: Written, of_all_kinds: Written) -> None:
    for book in (sample, of_all_kinds):
        looks = {(rgb(cell.font.color, "000000"), paper(cell)) for cell in all_cells(book)}
        assert len(looks) > 6
        assert {look for look in looks if contrast(*look) < 4.5} == set()


def test_no_font_is_smaller_than_ten_points(sample: Written, of_all_kinds: Written) -> None:
    for book in (sample, of_all_kinds):
        fonts = {(cell.font.name, cell.font.sz) for cell in all_cells(book)}
        assert {name for name, _ in fonts} == {"Arial"}
        assert min(size for _, size in fonts if size) == 10


def test_an_outcome_is_icon_word_and_colour(of_all_kinds: Written) -> None:
    rows = table(of_all_kinds.sheet("All indicators"), "AllIndicators")
    found = {
        shown(row["Expected Outcome"]): (
            paper(row["Expected Outcome"]),
            rgb(row["Expected Outcome"].font.color, ""),
        )
        for row in rows
    }
    assert found == OUTCOMES


def test_a_direction_is_icon_and_word(of_all_kinds: Written) -> None:
    rows = table(of_all_kinds.sheet("All indicators"), "AllIndicators")
    directions = [shown(row["Better or worse than last year"]) for row in rows]
    assert directions == ["↑ Better", "↓ Worse", "→ Same", "-", "-", "-", "-"]


def test_no_colour_stands_alone(sample: Written, of_all_kinds: Written) -> None:
    tinted = {background for background, _ in OUTCOMES.values()}
    for book in (sample, of_all_kinds):
        told = [shown(cell) for cell in all_cells(book) if paper(cell) in tinted]
        # a merged cell's other parts have no content; its first says what the colour says
        assert len(told) > 10
        assert set(told) - {""} <= set(OUTCOMES)


def test_headings_are_marked_as_such(sample: Written) -> None:
    for sheet in sample.sheets:
        for name in sheet.tables:
            headings = sheet[sheet.tables[name].ref][0]
            assert {cell.font.b for cell in headings} == {True}
            assert {paper(cell) for cell in headings if isinstance(cell, Cell)} == {"1F3B57"}


@pytest.mark.parametrize("name", SHEETS)
def test_rows_are_no_taller_than_excel_can(sample: Written, name: str) -> None:
    sheet = sample.sheet(name)
    heights = [sheet.row_dimensions[cell.row].height or 0 for cell in cells(sheet)]
    assert 20 < max(heights) <= EXCELS_TALLEST_ROW


@pytest.mark.parametrize("name", ["Exceptions", "All indicators", "Data notes"])
def test_text_in_tables_is_wrapped_and_figures_are_not(sample: Written, name: str) -> None:
    sheet = sample.sheet(name)
    for table_name in sheet.tables:
        for row in table(sheet, table_name):
            for heading, cell in row.items():
                is_figure = "Value" in heading or "Target" in heading
                assert bool(cell.alignment.wrap_text) is not is_figure
                assert (cell.alignment.horizontal == "right") is is_figure


@pytest.mark.parametrize("value", ["67.5%", "4,969,171", "£123,456,789.01", "999,999,999,999.99"])
def test_every_figure_has_the_room_that_it_needs(value: str) -> None:
    unit = "%" if value.endswith("%") else ""
    target = f"{value[0]}99" if value.startswith("£") else f"99{unit}"
    book = written(indicator(value, target, comment="Sun."), outcomes=list(Outcome))
    for name, named in (("Exceptions", "Exceptions"), ("All indicators", "AllIndicators")):
        sheet = book.sheet(name)
        (row,) = table(sheet, named)
        column = get_column_letter(row["Month's Value"].column)
        # Excel's unit of width is a digit; a cell's margins and its indent take two more
        assert sheet.column_dimensions[column].width >= len(value) + 2
