"""Workbook → indicators: the file, its cells, the tables in its sheets, their values.

`whole_workbook` is where it begins. Nothing is loaded by this module alone, so that who only needs
a limit or an error of the reading doesn't load all of it.
"""
