"""Two reports compared: how each stood, what changed and why, and what was rewritten since."""
