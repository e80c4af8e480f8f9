"""The sheet Data notes: the problems of the workbook and what readers should know, with cells."""

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.writing.excel.cells import Entry, put
from kpi_cli.writing.excel.filtered_tables import Column, write_table
from kpi_cli.writing.excel.looks import BODY, BOLD, ONE_LINE, font
from kpi_cli.writing.excel.pages import set_up_page, write_title
from kpi_cli.writing.exceptions_workbook.sections import NOTE_WIDTH, Contents, Note, notes_of

NAME = "Data notes"
_HEADING_ROW = 4
_COLOURS = {"Error": font(bold=True, colour="8F1414"), "Warning": BOLD, "Note": BODY}
_COLUMNS: list[Column[Note]] = [
    Column("Kind", 11, lambda x: Entry(x.kind, _COLOURS[x.kind])),
    Column("Cell", 22, lambda x: Entry(x.cell or "-")),
    Column("What was found", NOTE_WIDTH, lambda x: Entry(x.text)),
    Column("What to do", 50, lambda x: Entry(x.hint)),
]


def write_notes(sheet: Worksheet, contents: Contents) -> None:
    """Write a table of the notes, or that there are none."""
    notes = notes_of(contents)
    write_title(sheet, "Data notes", f"What was found in {contents.report.workbook}")
    last = write_table(
        sheet, _HEADING_ROW, "DataNotes", _COLUMNS, notes, group_of=lambda note: note.kind
    )
    if not notes:
        put(sheet, last + 1, 1, "Nothing wrong or odd was found.", alignment=ONE_LINE)
    set_up_page(sheet, contents, len(_COLUMNS), _HEADING_ROW)
