"""What `kpi check` writes: the problems of workbooks, in each of its formats."""
