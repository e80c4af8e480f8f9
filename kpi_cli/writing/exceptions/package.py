"""The finished file: the same bytes for the same contents, and charts that say what they show."""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from kpi_cli.writing.exceptions.text import safe

_CHART = re.compile(rb'(<(?:\w+:)?cNvPr id="\d+" name="Chart \d+")')


def finished(book: Workbook, alt_texts: Sequence[str]) -> bytes:
    """Return a workbook's bytes, with its charts' alternative texts.

    The texts are those of all charts, in the order of sheets and charts.
    """
    saved = io.BytesIO()
    # Not by book.save, which writes the time of saving, and compresses what is compressed below.
    ExcelWriter(book, zipfile.ZipFile(saved, "w")).save()
    result = io.BytesIO()
    texts = iter(alt_texts)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(result, "w") as finished_parts:
        for info in parts.infolist():
            content = parts.read(info)
            if info.filename.startswith("xl/drawings/drawing"):
                content = _CHART.sub(lambda found: found[1] + _description(next(texts)), content)
            entry = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            finished_parts.writestr(entry, content)
    return result.getvalue()


def _description(text: str) -> bytes:
    return f" descr={quoteattr(safe(text))}".encode()
