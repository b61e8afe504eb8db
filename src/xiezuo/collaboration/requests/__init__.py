"""Requests: from the need of a unit to the file."""
