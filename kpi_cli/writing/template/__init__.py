"""The empty workbook that an analyst starts from, with the canonical sheets and headings."""
