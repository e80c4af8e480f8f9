"""What workbooks are written with: cells and their looks, tables, charts, pages, the file."""
