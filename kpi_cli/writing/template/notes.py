"""Notes on headings: they show when the pointer is on the heading, and don't print."""

from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment

from kpi_cli.writing.excel.text import lines_of

_WIDTH, _LINE = 260, 17  # pixels


def add_note(cell: Cell | MergedCell, text: str) -> None:
    """Add a note to a cell, in a box that is large enough for its text."""
    lines = lines_of(text, _WIDTH / 7) + 1  # a line to spare for other fonts
    cell.comment = Comment(text, author="kpi", width=_WIDTH, height=_LINE * lines)
