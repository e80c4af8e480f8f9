"""Report → terminal table, JSON, JSON Lines, CSV, Markdown or the exceptions workbook."""
