"""All sheets read with calamine, and a pass over their XML for what it doesn't tell.

calamine_and_pass.py WORKBOOK. The pass takes the starts of elements alone: the style of each cell,
the formulas without a result, the hidden rows, and how far apart the cells are, which has to be
known before calamine makes room for all between them.
"""

import sys
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from python_calamine import CalamineWorkbook


@dataclass
class Told:
    """What the XML of a sheet tells."""

    styles: dict[str, str] = field(default_factory=dict)  # by address
    formulas: set[str] = field(default_factory=set)  # without a result
    hidden_rows: set[str] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)  # by their letters


def told(xml: bytes) -> Told:
    """Return what the XML of a sheet tells."""
    found = Told()
    cell = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal cell
        tag = name[name.rfind(" ") + 1 :]
        if tag == "c":
            cell = attributes["r"]
            found.columns.add(cell.rstrip("0123456789"))
            if style := attributes.get("s"):
                found.styles[cell] = style
        elif tag == "f":
            found.formulas.add(cell)
        elif tag == "v" and cell in found.formulas:
            found.formulas.remove(cell)
        elif tag == "row" and attributes.get("hidden") == "1":
            found.hidden_rows.add(attributes["r"])

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


with zipfile.ZipFile(sys.argv[1]) as package:
    sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    of_sheets = [told(package.read(name)) for name in sheets]
book = CalamineWorkbook.from_path(sys.argv[1])
rows = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
