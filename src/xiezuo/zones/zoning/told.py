"""Who hears of a search while it runs."""

from collections.abc import Callable

Told = Callable[[float, float, float], bool]
"""Hears seconds, cost (infinite before there is one) and bound; ends the search by giving False."""
