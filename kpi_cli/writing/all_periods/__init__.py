"""What `kpi history` writes: the figures of all periods as one long table, a format each."""
