"""An Excel file as sheets of cells; the only module that knows the library which reads Excel."""

import io
import re
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from openpyxl import load_workbook

from kpi_cli.reading.cells import Area, Cell, Fault, Sheet
from kpi_cli.visible import visible

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # the first bytes of an OLE file
_ZIP = b"PK"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how Excel keeps what XML can't: _x000D_


class UnreadableWorkbookError(Exception):
    """A workbook that could not be read at all; says why, and what to do."""


def content_of(path: Path) -> bytes:
    """Return the bytes of a workbook's file.

    Raises UnreadableWorkbookError where there is no such file, or it can't be opened.
    """
    if path.name.startswith("~$"):
        raise UnreadableWorkbookError(
            "it is the lock file that Excel keeps while a workbook is open; give the workbook's"
            f" own path, without the ~$: {visible(path.name[2:])}"
        )
    try:
        if path.is_dir():
            raise UnreadableWorkbookError("it is a folder; give the workbook's own path")
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableWorkbookError("there is no such file; check the path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableWorkbookError(f"it can't be opened: {reason}") from error


def read_sheets(content: bytes) -> list[Sheet]:
    """Return a workbook's worksheets in their order, with the saved results of formulas.

    Raises UnreadableWorkbookError where the content isn't that of a workbook that can be read.
    """
    _look_at_start(content[:4])
    file = io.BytesIO(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features that it leaves out
            book = load_workbook(file, data_only=True)
            formulas = load_workbook(file) if _has_formulas(file) else None
        return [
            _read_sheet(sheet, formulas[sheet.title] if formulas else None)
            for sheet in book.worksheets
        ]
    except MemoryError:
        raise UnreadableWorkbookError("it is too large for this machine's memory") from None
    except Exception as error:
        # The library raises whatever its parsing stumbles over: nothing narrower covers it.
        raise UnreadableWorkbookError(
            "it is damaged, or not a workbook; open it in Excel, and save it again as .xlsx"
        ) from error


def _look_at_start(start: bytes) -> None:
    """Raise UnreadableWorkbookError for what is plainly no .xlsx workbook, by its first bytes."""
    if start == _OLD_OR_ENCRYPTED:
        raise UnreadableWorkbookError(
            "it is encrypted, or in the format of Excel 97-2003; save it in Excel as .xlsx,"
            " without a password"
        )
    if not start:
        raise UnreadableWorkbookError("the file is empty; save the workbook again")
    if not start.startswith(_ZIP):
        raise UnreadableWorkbookError("it is not an Excel workbook; save it in Excel as .xlsx")


def _has_formulas(file: BinaryIO) -> bool:
    with zipfile.ZipFile(file) as parts:
        sheets = [name for name in parts.namelist() if "worksheets/" in name]
        return any(b"<f" in parts.read(name) for name in sheets)


def _read_sheet(sheet: "Worksheet", formulas: "Worksheet | None") -> Sheet:
    name = visible(sheet.title)
    rows: dict[int, dict[int, Cell]] = {}
    # The cells that the file holds: a walk over the rectangle they span could be endless.
    for (row, column), found in sorted(sheet._cells.items()):
        is_formula = formulas is not None and formulas.cell(row, column).data_type == "f"
        cell = _read_cell(name, found, is_formula)
        if not cell.is_blank:
            rows.setdefault(row, {})[column] = cell
    return Sheet(
        name,
        rows,
        tuple(Area(a.min_row, a.min_col, a.max_row, a.max_col) for a in sheet.merged_cells.ranges),
        frozenset(row for row in rows if sheet.row_dimensions[row].hidden),
        is_hidden=sheet.sheet_state != "visible",
    )


def _read_cell(sheet: str, cell: Any, is_formula: bool) -> Cell:
    value, fault = cell.value, None
    if isinstance(value, str):
        value = visible(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value))
        fault = Fault.ERROR if cell.data_type == "e" else None
    elif value is None and is_formula and cell.data_type != "str":  # "str": its result is ""
        fault = Fault.NO_RESULT
    return Cell(sheet, cell.row, cell.column, value, cell.number_format, fault)
