"""The work of a team, to its evaluation and its file."""
