"""Report → terminal table, JSON, JSON Lines, CSV or Markdown: one module for each."""
