"""What kpi is compared with: each a program of its own, run by its path."""
