"""Parts of kpi that are measured alone: each a program of its own, run by its path."""
