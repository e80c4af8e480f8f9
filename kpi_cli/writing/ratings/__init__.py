"""What `kpi rate` writes: the ratings of workbooks, a format in each module."""
