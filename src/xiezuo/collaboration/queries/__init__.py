"""Questions about the collaboration."""
