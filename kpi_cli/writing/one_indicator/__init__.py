"""What `kpi show` writes: one indicator with all that is known of it, a format in each module."""
