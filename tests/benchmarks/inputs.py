"""What is measured with: workbooks and what is taken from them, each made when it is needed."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measuring import kpi, program, run
from tests.running import SOUTHEND

HERE = Path(__file__).parent
PEERS, PARTS = HERE / "peers", HERE / "parts"


@dataclass(frozen=True)
class Inputs:
    """The files in a folder, and how large they are to be."""

    folder: Path
    indicators: int = 2000  # of the large workbook
    batch: int = 200  # workbooks
    loop: int = 20  # of these, rated by a process each
    count: int = 12_000_000  # of what only counts
    growth: Sequence[int] = (250, 500, 1000, 2000, 4000)  # indicators, each size double
    many: int = 5000  # small workbooks of a batch

    def large(self, indicators: int | None = None) -> Path:
        """Return a workbook of so many indicators: of the large workbook's, if not given."""
        return self._made(indicators or self.indicators)

    def earlier(self, indicators: int | None = None) -> Path:
        """Return the workbook of the month before."""
        return self._made(indicators or self.indicators, "--earlier")

    def _made(self, indicators: int, *options: str) -> Path:
        path = self.folder / f"{indicators}{''.join(options)}.xlsx"
        if not path.exists():
            run(program(HERE / "large.py", indicators, path, *options))
        return path

    def shared(self) -> Path:
        """Return the large workbook as Excel writes it, with the texts in a table."""
        path = self.folder / "shared.xlsx"
        if not path.exists():
            run(program(HERE / "as_excel.py", self.large(), path))
        return path

    def report(self) -> Path:
        """Return the report of the large workbook, and its history, as a process keeps them."""
        path = self.folder / "report"
        if not path.exists():
            run(program(PARTS / "writing.py", "take", self.large(), path))
        return path

    def cells(self, *options: str) -> Path:
        """Return the cells of the large workbook's exceptions workbook, written with options."""
        path = self.folder / "-".join(("cells", *options))
        if not path.exists():
            book = path.with_suffix(".xlsx")
            run(kpi("exceptions", self.large(), "-o", book, *options))
            run(program(PEERS / "same_cells.py", "take", book, path))
        return path

    def copies(self) -> list[Path]:
        """Return copies of the sample, in a folder of their own, as many as a batch has."""
        return self._copies(SOUTHEND, self.batch)

    def fewer_copies(self) -> list[Path]:
        """Return a quarter of the copies, in a folder of their own."""
        return self._copies(SOUTHEND, max(1, self.batch // 4))

    def small(self) -> list[Path]:
        """Return many workbooks of one indicator, in a folder of their own."""
        return self._copies(self.large(1), self.many)

    def _copies(self, book: Path, count: int) -> list[Path]:
        folder = self.folder / f"{book.stem}-{count}"
        folder.mkdir(exist_ok=True)
        paths = [folder / f"{number:04}.xlsx" for number in range(count)]
        for path in paths:
            if not path.exists():
                shutil.copy(book, path)
        return paths
