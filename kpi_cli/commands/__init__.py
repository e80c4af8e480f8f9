"""What the commands do: read → check → rate → select → write, and the exit code."""
