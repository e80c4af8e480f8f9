"""What `kpi forecast` writes: where the year ends for each indicator, a format each."""
