"""Every value of two sheets, read with openpyxl's read-only mode: openpyxl_read.py WORKBOOK."""

import sys

from openpyxl import load_workbook

book = load_workbook(sys.argv[1], read_only=True, data_only=True)
for name in ("Indicators", "History"):
    for _row in book[name].iter_rows(values_only=True):
        pass
