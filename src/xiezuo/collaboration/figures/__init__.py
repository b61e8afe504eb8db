"""What the collaboration came to: its figures, and the page that compares periods."""
