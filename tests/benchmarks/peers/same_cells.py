"""The cells of a finished workbook, written again with openpyxl's write-only mode.

To be compared with the time that `kpi exceptions` takes to write them:

    python tests/benchmarks/peers/same_cells.py take EXCEPTIONS.xlsx CELLS
    python tests/benchmarks/peers/same_cells.py write CELLS COPY.xlsx [--styled]

The second is timed: a process that has nothing to do but to write.
"""

import argparse
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles.cell_style import StyleArray

_STYLE_TABLES = (
    "_fonts", "_fills", "_borders", "_alignments", "_number_formats", "_cell_styles",
)  # fmt: skip


@dataclass(frozen=True)
class Cells:
    """The cells of each sheet by rows, each a value and a style, and the tables of the styles."""

    sheets: dict[str, list[list[tuple[Any, tuple[int, ...] | None]]]]
    style_tables: dict[str, Any]


def take(workbook: Path) -> Cells:
    """Return the cells of a workbook; of rows and columns without any, nothing."""
    book = load_workbook(workbook)
    sheets = {
        sheet.title: [[(cell.value, _style(cell)) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }
    return Cells(sheets, {name: getattr(book, name) for name in _STYLE_TABLES})


def _style(cell: Any) -> tuple[int, ...] | None:
    return tuple(cell._style) if cell.has_style else None


def write(cells: Cells, path: Path, styled: bool) -> None:
    """Write the cells: their values alone, or with the styles they had."""
    book = Workbook(write_only=True)
    if styled:
        for name, table in cells.style_tables.items():
            setattr(book, name, table)
    for title, rows in cells.sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([_cell(sheet, *cell) if styled else cell[0] for cell in row])
    book.save(path)


def _cell(sheet: Any, value: Any, style: tuple[int, ...] | None) -> Any:
    if style is None:
        return value
    cell = WriteOnlyCell(sheet, value)
    cell._style = StyleArray(style)  # type: ignore[attr-defined]
    return cell


def main() -> None:
    """Take or write the cells, as the command line asks."""
    parser = argparse.ArgumentParser(description="Write the cells of a workbook again.")
    parser.add_argument("what", choices=("take", "write"))
    parser.add_argument("source", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--styled", action="store_true")
    asked = parser.parse_args()
    if asked.what == "take":
        asked.result.write_bytes(pickle.dumps(take(asked.source)))
    else:
        write(pickle.loads(asked.source.read_bytes()), asked.result, asked.styled)


if __name__ == "__main__":
    main()
