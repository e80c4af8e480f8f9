"""Two sheets as pandas reads them with its calamine engine: pandas_read.py WORKBOOK."""

import sys

import pandas as pd

pd.read_excel(sys.argv[1], sheet_name=["Indicators", "History"], engine="calamine")
