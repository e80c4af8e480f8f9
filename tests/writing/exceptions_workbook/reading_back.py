"""The written workbook, read back: with openpyxl, and as XML where openpyxl drops something."""

import csv
import io
import posixpath
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from openpyxl import Workbook as ExcelWorkbook
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli import rate
from kpi_cli.history import History, Reading
from kpi_cli.models import Indicator, Problem, Settings, Workbook
from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
from kpi_cli.writing.exceptions_workbook.sections import sections_of
from tests.running import SAMPLES

SHEETS = ["Summary", "Exceptions", "All indicators", "Detail", "Data notes"]
MADE = datetime(2019, 2, 22, 10, 31, tzinfo=UTC)
NAMESPACES = {
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "d": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "p": "http://schemas.openxmlformats.org/package/2006/relationships",
}
_RELATION = f"{{{NAMESPACES['r']}}}id"


@dataclass(frozen=True)
class Chart:
    """A chart of a sheet: what it is, what is said of it, and where it stands (rows from 1)."""

    xml: Element
    alt_text: str | None
    row: int
    column: int
    width: float  # points
    height: float

    @property
    def is_gauge(self) -> bool:
        """Whether it is the gauge of an indicator."""
        return self.xml.find("c:chart/c:plotArea/c:scatterChart", NAMESPACES) is not None

    def texts(self, path: str) -> list[str]:
        """Return the texts of the elements at a path."""
        return [element.text or "" for element in self.xml.findall(path, NAMESPACES)]

    def values(self, path: str) -> list[str | None]:
        """Return what the elements at a path say in their attribute `val`."""
        return [element.get("val") for element in self.xml.findall(path, NAMESPACES)]


@dataclass(frozen=True)
class Written:
    """An exceptions workbook, as the bytes of its file."""

    content: bytes

    @cached_property
    def book(self) -> ExcelWorkbook:
        """The workbook as openpyxl reads it."""
        return load_workbook(io.BytesIO(self.content))

    @property
    def sheets(self) -> list[Worksheet]:
        """All sheets, in order."""
        return [self.sheet(name) for name in self.book.sheetnames]

    def sheet(self, name: str) -> Worksheet:
        """Return a sheet as openpyxl reads it."""
        sheet = self.book[name]
        assert isinstance(sheet, Worksheet)
        return sheet

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """The files inside the file, by name."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as file:
            return {name: file.read(name) for name in file.namelist()}

    def xml(self, part: str) -> Element:
        """Return a part as XML."""
        return ElementTree.fromstring(self.parts[part])

    def sheet_xml(self, name: str) -> Element:
        """Return a sheet's XML."""
        return self.xml(self._sheet_part(name))

    def charts(self, name: str) -> list[Chart]:
        """Return a sheet's charts, in the order of its drawing."""
        part = self._sheet_part(name)
        drawing = self.xml(part).find("s:drawing", NAMESPACES)
        if drawing is None:
            return []
        part = self._related(part)[drawing.attrib[_RELATION]]
        related = self._related(part)
        return [self._chart(anchor, related) for anchor in self.xml(part)]

    def _chart(self, anchor: Element, related: dict[str, str]) -> Chart:
        corner, size = _found(anchor, "d:from"), _found(anchor, "d:ext")
        relation = _found(anchor, ".//c:chart").attrib[_RELATION]
        return Chart(
            xml=self.xml(related[relation]),
            alt_text=_found(anchor, ".//d:cNvPr").get("descr"),
            row=int(_found(corner, "d:row").text or "") + 1,
            column=int(_found(corner, "d:col").text or "") + 1,
            width=int(size.attrib["cx"]) / 12_700,
            height=int(size.attrib["cy"]) / 12_700,
        )

    def _sheet_part(self, name: str) -> str:
        related = self._related("xl/workbook.xml")
        sheets = self.xml("xl/workbook.xml").findall("s:sheets/s:sheet", NAMESPACES)
        (part,) = [related[s.attrib[_RELATION]] for s in sheets if s.attrib["name"] == name]
        return part

    def _related(self, part: str) -> dict[str, str]:
        folder, file = posixpath.split(part)
        relations = self.xml(f"{folder}/_rels/{file}.rels").findall("p:Relationship", NAMESPACES)
        return {
            relation.attrib["Id"]: posixpath.normpath(
                posixpath.join("/", folder, relation.attrib["Target"])
            ).lstrip("/")
            for relation in relations
        }


def _found(element: Element, path: str) -> Element:
    found = element.find(path, NAMESPACES)
    assert found is not None, path
    return found


def written(
    *indicators: Indicator,
    history: Iterable[Reading] = (),
    settings: Settings | None = None,
    problems: Iterable[Problem] = (),
    name: str = "figures.xlsx",
    **asked: Any,
) -> Written:
    """Return the exceptions workbook of some indicators, as `sections_of` is asked for it."""
    workbook = Workbook(
        name=name,
        indicators=indicators,
        history=History(history),
        settings=settings or Settings(),
        problems=tuple(problems),
    )
    sections = sections_of(rate(workbook), MADE, **asked)
    return Written(exceptions_workbook(sections))


def figures(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of the sample's figures, as they are printed."""
    with (SAMPLES / "figures" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_spelling(committee: str) -> str:
    """Return a committee of the sample as its first indicator spells it."""
    return committee.replace("Policy and Resources", "Policy & Resources")


def cells(sheet: Worksheet) -> list[Cell]:
    """Return the cells of a sheet that have content."""
    return [
        cell
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and cell.value is not None
    ]


def texts(sheet: Worksheet) -> list[str]:
    """Return the texts in a sheet's first column."""
    column = [row[0].value for row in sheet.iter_rows(max_col=1)]
    return [value for value in column if isinstance(value, str)]


A4_LANDSCAPE = (841.9, 595.3)  # points


def room_of_a_page(sheet: Worksheet) -> float:
    """Return how many points of rows Excel prints on a page, at the scale that fits the width."""
    margins, (width, height) = sheet.page_margins, A4_LANDSCAPE
    if sheet.page_setup.orientation == "portrait":
        width, height = height, width
    last = range_boundaries(str(sheet.print_area).split("!")[-1])[2] or 0
    columns = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, last + 1)]
    pixels = sum(7 * column for column in columns)  # Excel's unit is a digit of 7 pixels
    scale = min(1, (width - (margins.left + margins.right) * 72) / (pixels * 0.75))
    return (height - (margins.top + margins.bottom) * 72) / scale


def heights_between_breaks(sheet: Worksheet) -> dict[int, float]:
    """Return the height of what stands between page breaks, in points, by its first row."""
    starts = [1, *(int(page_break.id) + 1 for page_break in sheet.row_breaks.brk)]
    ends = [*starts[1:], sheet.max_row + 1]
    return {
        start: sum(sheet.row_dimensions[row].height or 15 for row in range(start, end))
        for start, end in zip(starts, ends, strict=True)
    }


def table(sheet: Worksheet, name: str) -> list[dict[str, Cell]]:
    """Return the rows of a table: its cells by their headings."""
    ref = sheet.tables[name].ref
    headings, *rows = [[c for c in row if isinstance(c, Cell)] for row in sheet[ref]]
    assert range_boundaries(ref)[0] == 1
    return [
        {str(heading.value): cell for heading, cell in zip(headings, row, strict=True)}
        for row in rows
    ]


def shown(cell: Cell) -> str:
    """Return what Excel shows of a cell: a number in its format, a month, a text."""
    value, number_format = cell.value, cell.number_format
    if isinstance(value, datetime):
        assert (value.day, number_format) == (1, "mmm yyyy")
        return f"{value:%B %Y}"
    if isinstance(value, int | float):
        return _in_format(value, number_format)
    return str(value or "")


def _in_format(number: float, number_format: str) -> str:
    found = re.fullmatch(r'(?:"([^"]*)")?(#,##)?0(\.0+)?(%)?', number_format)
    assert found, number_format
    symbol, grouped, decimals, percent = found.groups()
    places = len(decimals) - 1 if decimals else 0
    digits = f"{number * 100 if percent else number:{',' if grouped else ''}.{places}f}"
    return f"{symbol or ''}{digits}{percent or ''}"
