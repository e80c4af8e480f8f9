"""The file format of Excel, and nothing of indicators: a workbook's file → sheets of cells."""
