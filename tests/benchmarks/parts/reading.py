"""The sheets of a workbook, read and nothing more: reading.py WORKBOOK."""

import gc
import sys
from pathlib import Path

from kpi_cli.xlsx.workbook_file import read_sheets

gc.set_threshold(200_000, 20, 100)  # as `kpi` does
read_sheets(Path(sys.argv[1]))
