"""The rows of a sheet as XML: what openpyxl writes, made as text at once.

openpyxl makes a tree of each cell and goes through it, which takes longer than all else that it
does to write a sheet. All but the rows is left to it.
"""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.compat import safe_string
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import Element

_PLACE = re.compile(rb"<sheetData ?/>")
_KINDS = {"s": "inlineStr", "d": "n"}  # others are called what openpyxl calls them
_IN_XML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


class SheetWriter(WorksheetWriter):
    """openpyxl's writer of a sheet, but for the rows; it has no formulas."""

    def __init__(self, sheet: Worksheet) -> None:
        super().__init__(sheet, BytesIO())
        self._sheet: Any = sheet  # with what openpyxl's types don't tell
        self._rows = ""
        self._styles: dict[bytes, str] = {}

    def write_rows(self) -> None:
        """Make the rows, and write the place in which they will be, as it takes no text."""
        self._rows = "".join(text for row, cells in self.rows() for text in self._row(row, cells))
        self.xf.send(Element("sheetData"))

    def read(self) -> bytes:
        """Return the whole sheet as XML."""
        before, after = _PLACE.split(super().read(), maxsplit=1)
        return b"".join((before, b"<sheetData>", self._rows.encode(), b"</sheetData>", after))

    def _row(self, number: int, cells: Sequence[Any]) -> Iterator[str]:
        look = dict(self._sheet.row_dimensions.get(number, {}))
        looks = "".join(f' {name}="{text}"' for name, text in look.items())
        yield f'<row r="{number}"{looks}>'
        yield from map(self._cell, cells)
        yield "</row>"

    def _cell(self, cell: Any) -> str:
        """Return a cell; its comment and its hyperlink are written below the rows."""
        value, kind, style = cell.value, cell.data_type, self._style(cell)
        assert kind != "f"
        if cell.comment:
            self._sheet._comments.append(CommentRecord.from_cell(cell))
        if cell.hyperlink:
            self._sheet._hyperlinks.append(cell.hyperlink)
        if value is None and not style and not cell.comment:
            return ""
        start = f'<c r="{cell.coordinate}"{style} t="{_KINDS.get(kind, kind)}"'
        if value is None or value == "":
            return f"{start} />"
        if kind == "s":
            return f"{start}><is>{_text(value)}</is></c>"
        number = to_excel(value, self._sheet.parent.epoch) if kind == "d" else value  # type: ignore[no-untyped-call]
        return f"{start}><v>{safe_string(number)}</v></c>"

    def _style(self, cell: Any) -> str:
        """Return the attribute that names a cell's style, whose place is looked up once."""
        if not cell.has_style:
            return ""
        style = cell._style.tobytes()
        if style not in self._styles:
            self._styles[style] = f' s="{cell.style_id}"'
        return self._styles[style]


def _text(text: str) -> str:
    """Return a text as XML, which keeps no blanks around it unless it says so."""
    keep = ' xml:space="preserve"' if text.strip() not in ("", text) else ""
    return f"<t{keep}>{text.translate(_IN_XML)}</t>"
