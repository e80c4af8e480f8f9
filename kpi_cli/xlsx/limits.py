"""How much of a workbook is read: what goes past these limits is refused, to stay fast and small.

Excel writes nothing that comes near most of them. They keep the time and the memory of a run in
bounds for files that somebody made to exhaust them.
"""

import math

from kpi_cli.xlsx.unreadable import UnreadableWorkbookError, damaged

PIECE = (
    1 << 16
)  # bytes that are unpacked at a time; what is made of them stays in the processor's cache
MOST_KEPT = 50_000  # contents of cells, to be found again rather than worked out

MAX_SIZE = 512 * 1024**2
"""How many bytes a workbook may unpack to, unless more is asked for.

What is counted in cells, elements and characters rises with it.
"""

SMALLEST_CELL = 11  # bytes that a filled one unpacks to, <c><f/></c>; an empty one has 4

MOST_SHEETS = 1_000
MOST_ENTRIES = 200_000  # styles, say, or relations of parts; Excel has up to 65,490 styles
MOST_CELLS = 1_000_000  # that are filled; each takes some 200 bytes of memory
MOST_ELEMENTS = 4_000_000  # such as cells and rows, filled or not; each takes a microsecond
MOST_CHARACTERS = 50_000_000  # of text, which up to four bytes hold, counted in each cell
MOST_MERGED = 200_000  # areas in a sheet

LONGEST_TEXT = 32_767  # characters in a cell, by Excel's rule
LONGEST_FORMAT = 255  # characters of a number format, by the same
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

DEEPEST = 100  # elements in one another; Excel writes about ten
MOST_NAMES = 10_000  # that elements and attributes have; Excel knows some hundreds
LONGEST_PIECE = 1024**2  # bytes in which no element begins, such as a text; they stay in memory
LARGEST_ELEMENT = 16 * 1024**2  # bytes of a row, or of another element that is kept until it ends
MOST_WITHIN = 500_000  # elements in such a one; a full row with a formula in each cell has 49,000
LARGEST_DIRECTORY = 4 * 1024**2  # bytes; of the names of the zip file's parts


class Room:
    """What may still come in a workbook, counted down over all its parts.

    There is more where the workbook may unpack to more than is usual. Its own size, as it claims,
    tells how much would be enough.
    """

    def __init__(self, max_size: int = MAX_SIZE, size: int = 0) -> None:
        times = max(max_size / MAX_SIZE, 1)
        self.elements = self._most_elements = int(MOST_ELEMENTS * times)
        self.cells = self._most_cells = int(MOST_CELLS * times)
        self.characters = self._most_characters = int(MOST_CHARACTERS * times)
        enough = max(2 * times, math.ceil(size / (SMALLEST_CELL * MOST_CELLS)))
        self._hint = f"if it is known to be good, add --max-size {int(enough * MAX_SIZE) >> 20}MiB"

    def check(self, elements: int, cells: int = 0, characters: int = 0) -> None:
        """Raise UnreadableWorkbookError where there is no room for so many."""
        if cells > self.cells:
            raise self._too_large(f"it has more than {self._most_cells:,} filled cells")
        if characters > self.characters:
            raise self._too_large(
                f"its cells have more than {self._most_characters:,} characters of text"
            )
        if elements > self.elements:
            raise UnreadableWorkbookError(
                f"it has more than {self._most_elements:,} cells, rows and the like, filled or"
                " empty; delete the empty rows and columns after the data, and save it again; or,"
                f" {self._hint}"
            )

    def take(self, elements: int, cells: int = 0, characters: int = 0) -> None:
        """Count what has come; raises UnreadableWorkbookError where there is no room for it."""
        self.check(elements, cells, characters)
        self.elements -= elements
        self.cells -= cells
        self.characters -= characters

    def _too_large(self, found: str) -> UnreadableWorkbookError:
        return UnreadableWorkbookError(
            f"{found}; leave in it only the sheets that are to be rated; or, {self._hint}"
        )


def too_long() -> UnreadableWorkbookError:
    """Return the error for a text that is longer than any in Excel."""
    return damaged(f"a cell has more than the {LONGEST_TEXT:,} characters that Excel allows")
