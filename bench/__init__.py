"""Measurements of Xiezuo, each beside an anchor in the same run. `make bench` prints one table; no test depends on it."""
