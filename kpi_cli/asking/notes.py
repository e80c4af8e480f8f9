"""What stands below the help of several commands."""

EXIT_CODES = """\b
Exit codes:
  0  done
  1  done, but the data has errors{more}
  2  wrong usage, or a filter names what no workbook has
  3  a workbook could not be read at all
  4  the output could not be written"""
