"""Report → the exceptions workbook that goes to the committees: one module for each sheet."""
