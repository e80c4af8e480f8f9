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

    def large(self, indicators: int | None = None) -> Path:
        """Return a workbook of so many indicators: of the large workbook's, if not given."""
        indicators = indicators or self.indicators
        path = self.folder / f"{indicators}.xlsx"
        if not path.exists():
            run(program(HERE / "large.py", indicators, path))
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
        folder = self.folder / "batch"
        folder.mkdir(exist_ok=True)
        paths = [folder / f"{number:03}.xlsx" for number in range(self.batch)]
        for path in paths:
            if not path.exists():
                shutil.copy(SOUTHEND, path)
        return paths
