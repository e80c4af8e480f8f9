"""LibreOffice and poppler: the workbook as it is printed, word by word."""

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from openpyxl.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.writing.exceptions_workbook.reading_back import shown

MISSING = [name for name in ("soffice", "pdftotext") if not shutil.which(name)]
needs_libreoffice = pytest.mark.skipif(
    bool(MISSING), reason=f"{' and '.join(MISSING)} not installed: nothing can be printed"
)
_XHTML = "{http://www.w3.org/1999/xhtml}"
_SAME_LINE = 3.5  # points between the middles of words that stand on one line
_BOTTOM = 0.6 * 72  # points: the margin, with the footer
LINE = 1.149  # height of a line of Arial, as a part of the font's size


@dataclass(frozen=True)
class Word:
    """A word of a page, and where its middle is, in points from the top left."""

    text: str
    x: float
    y: float
    left: float


@dataclass(frozen=True)
class Page:
    """A printed page: its size and its words."""

    width: float
    height: float
    words: tuple[Word, ...]

    @property
    def body(self) -> list[Word]:
        """The words above the footer."""
        return [word for word in self.words if word.y < self.height - _BOTTOM]

    @property
    def footer(self) -> str:
        """The footer, as one line."""
        words = [word for word in self.words if word.y >= self.height - _BOTTOM]
        return " ".join(word.text for word in sorted(words, key=lambda word: word.x))

    @property
    def first_line(self) -> str:
        """The first line of the page."""
        return " ".join(word.text for word in lines(self.body)[0])


@cache
def _profile() -> TemporaryDirectory[str]:
    """Return a folder for LibreOffice's profile, which it makes at its first start."""
    return TemporaryDirectory(prefix="libreoffice")


def convert(book: Path, kind: str, folder: Path) -> Path:
    """Convert a workbook with LibreOffice, which has a profile of these tests alone."""
    (converted,) = convert_all([book], kind, folder)
    return converted


def convert_all(books: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """Convert workbooks of different names in one start of LibreOffice."""
    profile = f"-env:UserInstallation={Path(_profile().name).as_uri()}"
    asked = ["--headless", "--convert-to", kind, "--outdir", str(folder), *map(str, books)]
    subprocess.run(["soffice", profile, *asked], check=True, capture_output=True, timeout=180)
    return [folder / f"{book.stem}.{kind}" for book in books]


def printed(book: Path, folder: Path) -> list[Page]:
    """Return the pages that LibreOffice prints."""
    pdf = convert(book, "pdf", folder)
    text = subprocess.run(
        ["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    pages = ElementTree.fromstring(text).iter(f"{_XHTML}page")
    return [
        Page(
            float(page.attrib["width"]),
            float(page.attrib["height"]),
            tuple(_word(word) for word in page.iter(f"{_XHTML}word")),
        )
        for page in pages
    ]


def _word(word: ElementTree.Element) -> Word:
    left, right, top, bottom = (
        float(word.attrib[name]) for name in ("xMin", "xMax", "yMin", "yMax")
    )
    return Word(word.text or "", (left + right) / 2, (top + bottom) / 2, left)


def lines(words: Iterable[Word]) -> list[list[Word]]:
    """Return words in lines, from the top, each from the left."""
    found: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.y):
        if found and word.y - found[-1][0].y < _SAME_LINE:
            found[-1].append(word)
        else:
            found.append([word])
    return [sorted(line, key=lambda word: word.x) for line in found]


def together(words: Iterable[Word]) -> str:
    """Return words in reading order, without spaces: a line may break after a hyphen."""
    return "".join(word.text for line in lines(words) for word in line)


def solid(text: str) -> str:
    """Return a text without its spaces."""
    return "".join(text.split())


def cell_text(cell: Cell) -> str:
    """Return what is printed of a cell, without spaces."""
    if isinstance(cell.value, datetime):
        return f"{cell.value:%b%Y}"
    return solid(shown(cell))


def column_edges(sheet: Worksheet, columns: int, first: Word, last: Word) -> list[float]:
    """Return where the columns end on paper, as the first and the last heading show."""
    widths = [sheet.column_dimensions[get_column_letter(n + 1)].width for n in range(columns)]
    scale = (last.left - first.left) / sum(widths[:-1])
    return [first.left + scale * (sum(widths[: n + 1]) - 0.3) for n in range(columns)]


def table_rows(page: Page, sheet: Worksheet, headings: list[str]) -> list[list[list[Word]]]:
    """Return a page's table as it is printed: the words of each cell of headings and rows.

    A row reaches from the line of its first cell to that of the next row's.
    """
    marks = [line[0] for line in lines(page.body) if line[0].text == headings[0].split()[0]]
    first = marks[0]
    around = [word for word in page.body if abs(word.y - first.y) < 24]
    last = [word for word in around if word.text == headings[-1].split()[0]][-1]
    edges = column_edges(sheet, len(headings), first, last)
    starts = [
        line[0].y
        for line in lines(word for word in page.body if word.x < edges[0])
        if line[0].y > first.y + 12
    ]
    bands = [(first.y - 22, starts[0]), *zip(starts, [*starts[1:], page.height], strict=True)]
    columns = list(zip([0, *edges[:-1]], [*edges[:-1], page.width], strict=True))
    return [
        [
            [
                word
                for word in page.body
                if top <= word.y + _SAME_LINE < bottom and left <= word.x < right
            ]
            for left, right in columns
        ]
        for top, bottom in bands
    ]
