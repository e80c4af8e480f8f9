"""All sheets read with calamine, and then the style of each cell, which it doesn't tell.

calamine_and_styles.py WORKBOOK. The second pass takes the starts of elements alone.
"""

import sys
import zipfile
from xml.parsers import expat

from python_calamine import CalamineWorkbook


def styles(xml: bytes) -> dict[str, str]:
    """Return the number of the style of each cell, by its address."""
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            found[attributes["r"]] = attributes.get("s", "0")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


book = CalamineWorkbook.from_path(sys.argv[1])
rows = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
with zipfile.ZipFile(sys.argv[1]) as package:
    sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    of_cells = [styles(package.read(name)) for name in sheets]
