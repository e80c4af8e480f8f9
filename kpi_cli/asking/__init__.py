"""What can be asked of each command: its arguments, its options, and what stands below its help."""
