"""The sheets of a workbook, read and nothing more: reading.py WORKBOOK."""

import sys
from pathlib import Path

from kpi_cli.collecting import uncollected
from kpi_cli.reading.workbook import read_sheets

with uncollected():
    read_sheets(Path(sys.argv[1]))
