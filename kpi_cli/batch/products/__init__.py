"""What a batch can make of each workbook: a file for each entry in the table of products."""
