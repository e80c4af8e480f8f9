"""Rows as text: openpyxl's own writer, which makes a tree of each cell, says the same."""

import gc
import io
import sys
import zipfile
from datetime import date, datetime
from xml.etree.ElementTree import canonicalize

import pytest
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.writer.excel import ExcelWriter

from kpi_cli.writing.excel.cells import put
from kpi_cli.writing.excel.finished_file import finished
from kpi_cli.writing.excel.styles import BOLD, StyledWorkbook

CONTENTS = (
    *("plain", " blanks around ", "\tlines\nof text\n", '<b> & "\'" ]]>', "● é 🙂", " ", ""),
    *("=1+1", "#N/A", 0, 7, -1, 10**20, 0.1 + 0.2, 1e-7, 43.0, True, None),
    *(date(2019, 1, 1), date(1900, 2, 28), datetime(2019, 1, 31, 12, 30)),
)


def _book() -> StyledWorkbook:
    """Return a workbook with whatever cells and rows there are, and a sheet without any."""
    book = StyledWorkbook()
    sheet = book.create_sheet("Every kind")
    for row, content in enumerate(CONTENTS, start=2):
        put(sheet, row, 30, "beside", BOLD)
        for column in (1, 28):
            cell = sheet.cell(row, column, content)
            if isinstance(content, str):
                cell.data_type = "s"
    for column in (3, 4):
        cell = put(sheet, 1, column, "more")
        assert isinstance(cell, Cell)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location="'Every kind'!A1")
        cell.comment = Comment("a note", author="kpi")
    sheet.cell(1, 5).comment = Comment("of nothing", author="kpi")
    sheet.row_dimensions[2].height = 26.5
    sheet.row_dimensions[90].height = 12  # of a row without cells
    sheet.row_dimensions[91].hidden = True
    put(sheet, 95, 1, None, BOLD)
    book.create_sheet("Empty")
    return book


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_all_parts_are_as_openpyxl_alone_writes_them() -> None:
    alone = io.BytesIO()
    book = _book()
    ExcelWriter(book, zipfile.ZipFile(alone, "w")).save()
    again = _book()
    again.properties = book.properties
    expected, found = _parts(alone.getvalue()), _parts(finished(again, ()))
    assert found.keys() == expected.keys()
    for name, part in expected.items():
        assert canonicalize(found[name].decode()) == canonicalize(part.decode())


def test_where_writing_is_broken_off_nothing_else_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda what: told.append(what.exc_value))
    book = _book()
    book.worksheets[0]["A1"].value = "=1+1"  # a formula
    with pytest.raises(AssertionError):
        finished(book, ())
    gc.collect()
    assert told == []
