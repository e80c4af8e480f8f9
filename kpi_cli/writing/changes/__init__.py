"""What `kpi compare` writes: what differs between two reports, a format each."""
