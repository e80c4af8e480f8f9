"""The finished file: the same bytes for the same contents, and charts that say what they show."""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import quoteattr

from openpyxl import Workbook

from kpi_cli.writing.exceptions.text import safe

_CHART = re.compile(rb'(<(?:\w+:)?cNvPr id="\d+" name="Chart \d+")')
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def finished(book: Workbook, made: datetime, alt_texts: Sequence[str]) -> bytes:
    """Return a workbook's bytes, with the time it was made and its charts' alternative texts.

    The texts are those of all charts, in the order of sheets and charts.
    """
    saved = io.BytesIO()
    book.save(saved)
    result = io.BytesIO()
    texts, made = iter(alt_texts), made.astimezone(UTC)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(result, "w") as finished_parts:
        for info in parts.infolist():
            content = parts.read(info)
            if info.filename.startswith("xl/drawings/drawing"):
                content = _CHART.sub(lambda found: found[1] + _description(next(texts)), content)
            if info.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{made:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            entry = zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            finished_parts.writestr(entry, content)
    return result.getvalue()


def _description(text: str) -> bytes:
    return f" descr={quoteattr(safe(text))}".encode()
