"""What all sample workbooks are made of: cells as Excel holds them, tables, and the same bytes."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).resolve().parent
BUILT = datetime(2019, 2, 22, 10, 31)
NUMBER = re.compile(r"(£?)(-?[\d,]*\d)((?:\.\d+)?)(%?)")


@dataclass(frozen=True)
class Cell:
    """What Excel holds, and the number format that shows it."""

    value: float | str | datetime
    number_format: str = "General"


Content = str | Cell
Row = Sequence[Content]
Columns = Mapping[str, int]  # heading: width in characters


def as_cell(content: Content) -> Cell:
    """Return what Excel would make of a printed text: 67.5% becomes 0.675 shown as 0.0%."""
    if isinstance(content, Cell):
        return content
    if match := NUMBER.fullmatch(content):
        pound, whole, fraction, percent = match.groups()
        number = Decimal(whole.replace(",", "") + fraction)
        digits = "#,##0" if pound or "," in whole else "0"
        shown = pound + digits + re.sub(r"\d", "0", fraction) + percent
        return Cell(float(number / 100 if percent else number), shown)
    try:
        return Cell(datetime.strptime(content, "%B %Y"), "mmmm yyyy")
    except ValueError:
        return Cell(content)


def write_table(sheet: Worksheet, columns: Columns, rows: Iterable[Row], title: str = "") -> None:
    """Fill a sheet with a heading row and the rows under it; a title takes two rows above them."""
    heading_row = 1
    if title:
        heading_row = 3
        sheet.cell(1, 1, title).font = Font(bold=True, size=14)
    for number, (heading, width) in enumerate(columns.items(), start=1):
        cell = write_heading(sheet, heading_row, number, heading)
        sheet.column_dimensions[cell.column_letter].width = width
    for row_number, row in enumerate(rows, start=heading_row + 1):
        write_row(sheet, row_number, row)
    sheet.freeze_panes = f"A{heading_row + 1}"


def write_heading(sheet: Worksheet, row: int, column: int, content: Content) -> ExcelCell:
    """Write a heading, and return its cell."""
    cell = write_cell(sheet, row, column, content)
    cell.font = Font(bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", fgColor="1F4E79")
    return cell


def write_row(sheet: Worksheet, number: int, row: Row) -> None:
    """Write the cells of a row that aren't empty."""
    for column, content in enumerate(row, start=1):
        if content != "":
            write_cell(sheet, number, column, content)


def write_cell(sheet: Worksheet, row: int, column: int, content: Content) -> ExcelCell:
    """Write what Excel would make of a content, and return the cell."""
    source = as_cell(content)
    cell = sheet.cell(row, column)
    assert isinstance(cell, ExcelCell)
    cell.value = source.value
    cell.number_format = source.number_format
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def figures(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of figures."""
    return list(csv.DictReader(io.StringIO((HERE / "figures" / name).read_text(encoding="utf-8"))))


def empty_workbook() -> Workbook:
    """Return a workbook without sheets, whose properties name no person."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "kpi sample"
    book.properties.created = BUILT
    return book


def save(book: Workbook, path: Path) -> None:
    """Write a workbook without the time of writing, so that each build gives the same bytes."""
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                modified = rb"\g<1>" + BUILT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", modified, content)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
