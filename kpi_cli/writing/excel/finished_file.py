"""The finished file: its properties, the same bytes for the same contents, charts with texts."""

import io
import re
import zipfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import tostring

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter

from kpi_cli import __version__
from kpi_cli.models import Settings
from kpi_cli.writing.excel.bullet_bar import BulletBar
from kpi_cli.writing.excel.sheet_rows import SheetWriter
from kpi_cli.writing.excel.text import safe

LANGUAGE = "en-GB"
_IN_XML = str.maketrans(  # as xml.sax.saxutils has it, which takes long to load
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\n": "&#10;",
        "\r": "&#13;",
        "\t": "&#9;",
    }
)
_CHART = re.compile(rb'(<(?:\w+:)?cNvPr id="\d+" name="Chart \d+")')


def properties(
    settings: Settings, title: str, made: datetime, source: str | None = None
) -> DocumentProperties:
    """Return the properties of a workbook that is made at a time, from the source of that name."""
    made = made.astimezone(UTC).replace(tzinfo=None)
    origin = f" from {source}" if source else ""
    return DocumentProperties(
        title=safe(title),
        subject="Performance indicators",
        creator=safe(settings.organisation or f"kpi {__version__}"),
        description=safe(f"Made by kpi {__version__}{origin}"),
        created=made,
        modified=made,
        language=LANGUAGE,
    )


def finished(book: Workbook, alt_texts: Sequence[str]) -> bytes:
    """Return a workbook's bytes, with its charts' alternative texts.

    The texts are those of all charts, in the order of sheets and charts.
    """
    result = io.BytesIO()
    _Writer(book, _Parts(result, alt_texts)).save()  # book.save writes the time of saving
    return result.getvalue()


class _Parts(zipfile.ZipFile):
    """The parts of a workbook, without the time of writing; charts get their texts."""

    def __init__(self, file: io.BytesIO, alt_texts: Sequence[str]) -> None:
        super().__init__(file, "w")
        self._alt_texts = iter(alt_texts)

    def writestr(self, part: Any, content: Any) -> None:  # type: ignore[override]
        """Write a part under its name."""
        if part.startswith("xl/drawings/drawing"):
            content = _CHART.sub(self._with_text, content)
        entry = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(entry, content)

    def _with_text(self, chart: re.Match[bytes]) -> bytes:
        return chart[1] + _description(next(self._alt_texts))


class _Writer(ExcelWriter):
    """openpyxl's writer, but faster with cells, and with charts, of which an exception has two."""

    def write_worksheet(self, sheet: Any) -> None:
        """Write a sheet; its drawing is written by openpyxl after it."""
        sheet._drawing = SpreadsheetDrawing()
        sheet._drawing.charts = sheet._charts
        writer: Any = SheetWriter(sheet)
        with closing(writer):  # whatever happens
            writer.write()
        sheet._rels = writer._rels
        self._archive.writestr(sheet.path[1:], writer.read())  # type: ignore[attr-defined]
        self.manifest.append(sheet)

    def _write_charts(self) -> None:
        """Write them by way of text; to write bytes, Python encodes each name on its own."""
        for chart in self._charts:  # type: ignore[attr-defined]
            is_bar = isinstance(chart, BulletBar)
            text = chart.as_xml() if is_bar else tostring(chart._write(), encoding="unicode")
            self._archive.writestr(chart.path[1:], text)  # type: ignore[attr-defined]
            self.manifest.append(chart)


def _description(text: str) -> bytes:
    return f' descr="{safe(text).translate(_IN_XML)}"'.encode()
