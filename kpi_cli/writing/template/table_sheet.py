"""A sheet to fill in: headings with notes, columns that take what is typed, example rows."""

from collections.abc import Mapping, Sequence

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.fields import EXAMPLE, Field, Kind
from kpi_cli.models import Outcome
from kpi_cli.writing.excel.cells import Content, put
from kpi_cli.writing.excel.filtered_tables import lines_in, write_headings
from kpi_cli.writing.excel.pages import set_widths
from kpi_cli.writing.excel.styles import (
    BLOCK_FILL,
    BODY,
    BOLD,
    OUTCOME_COLOURS,
    TYPED_HEADING,
    plain_fill,
)
from kpi_cli.writing.excel.text import height, lines_of
from kpi_cli.writing.template.allowed import Column
from kpi_cli.writing.template.example import Row

_LAST_ROW = 1_048_576  # of a sheet in Excel
_NOTE_WIDTH, _NOTE_LINE = 260, 17  # pixels
_EXAMPLE_INK, _EXAMPLE_FILL = OUTCOME_COLOURS[Outcome.NO_VALUE]


class _FittedRow(RowDimension):
    """A row whose height fits its text, and is fitted anew when something else is typed there."""

    customHeight = False  # noqa: N815 - the name in the file: Excel keeps a custom height


def write_table_sheet(
    sheet: Worksheet,
    fields: Mapping[str, Field],
    columns: Mapping[Kind, Column],
    headings: Sequence[str],
    rows: Sequence[Row],
) -> None:
    """Write the headings of these fields, set up their columns, and write the example rows."""
    set_widths(sheet, [field.width for field in fields.values()])
    write_headings(sheet, 1, headings, alignment=TYPED_HEADING)
    for number, field in enumerate(fields.values(), start=1):
        _mark_heading(sheet.cell(1, number), field)
        _set_up_column(sheet, number, columns[field.kind])
    for row, contents in enumerate(rows, start=2):
        row_of = [(f.width, columns[f.kind], contents.get(key)) for key, f in fields.items()]
        _write_row(sheet, row, row_of)
    _mark_example(sheet, len(fields))


def _mark_heading(cell: Cell | MergedCell, field: Field) -> None:
    """Add the note; the headings of columns that may be left out, or empty, are lighter."""
    kind = "Required." if field.is_required else "Optional."
    add_note(cell, f"{kind} {field.note}")
    if not field.is_required:
        cell.font, cell.fill = BOLD, plain_fill(BLOCK_FILL)


def add_note(cell: Cell | MergedCell, text: str) -> None:
    """Add a note that shows when the pointer is on the cell, in a box large enough for its text."""
    lines = lines_of(text, _NOTE_WIDTH / 7) + 1  # a line to spare for other fonts
    cell.comment = Comment(text, author="kpi", width=_NOTE_WIDTH, height=_NOTE_LINE * lines)


def _set_up_column(sheet: Worksheet, number: int, column: Column) -> None:
    """Give a column the looks that its cells take when they are typed, and what is allowed."""
    letter = get_column_letter(number)
    whole = sheet.column_dimensions[letter]
    whole.font, whole.alignment, whole.number_format = BODY, column.alignment, column.number_format
    if column.allowed:
        column.allowed.apply(sheet, f"{letter}2:{letter}{_LAST_ROW}")


def _write_row(
    sheet: Worksheet, row: int, contents: Sequence[tuple[float, Column, Content]]
) -> None:
    lines = 1
    for number, (width, column, content) in enumerate(contents, start=1):
        cell = put(sheet, row, number, content, alignment=column.alignment)
        cell.number_format = column.number_format
        lines = max(lines, lines_in(cell, width))
    sheet.row_dimensions[row] = _FittedRow(sheet, index=row, ht=height(lines))


def _mark_example(sheet: Worksheet, columns: int) -> None:
    """Make rows look like an example for as long as their code says that they are one."""
    look = DifferentialStyle(
        font=Font(italic=True, color=_EXAMPLE_INK), fill=PatternFill(bgColor=_EXAMPLE_FILL)
    )
    is_example = f'LEFT($A2,{len(EXAMPLE)})="{EXAMPLE}"'
    rule = Rule(type="expression", dxf=look, formula=[is_example])
    sheet.conditional_formatting.add(f"A2:{get_column_letter(columns)}{_LAST_ROW}", rule)
