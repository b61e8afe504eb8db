"""The colours and shapes that tell groups and series apart, in a fixed order: never by colour alone."""

from math import cos, pi, sin

COLOURS = ("#1f5b87", "#d07c00", "#2f8f6d", "#a8507f", "#6aa9d4", "#7d4a1e", "#7b8087", "#b8a12c")
"""Told apart by people who see red and green alike; static/ui/charts.js has the same."""
NO_GROUP = "#8d8a82"

# Corners, turn in degrees, and size, so that all look equally large.
_POLYGONS = {
    1: (4, 45, 1.25), 2: (3, 0, 1.4), 3: (4, 0, 1.3), 4: (3, 180, 1.4), 5: (6, 0, 1.15), 6: (5, 0, 1.25), 7: (8, 22.5, 1.1),
}  # fmt: skip


def shape(place: int, x: float, y: float, r: float) -> str:
    """The shape of the group at `place` around a point, as SVG; the eight differ. Below 0: in no group."""
    if place < 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.7:.1f}" fill="#ffffff" stroke="{NO_GROUP}"/>'
    if place % 8 == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
    corners, turned, larger = _POLYGONS[place % 8]
    return f'<path d="{_polygon(x, y, r * larger, corners, turned)}"/>'


def _polygon(x: float, y: float, r: float, corners: int, turned: float) -> str:
    angles = (turned * pi / 180 + at * 2 * pi / corners for at in range(corners))
    return "M" + "L".join(f"{x + r * sin(a):.1f} {y - r * cos(a):.1f}" for a in angles) + "z"


def chart_mark(place: int) -> str:
    """The symbol of a chart's series, as in static/ui/charts.js: four shapes filled, then the same four hollow."""
    colour = COLOURS[place % len(COLOURS)]
    inside = colour if place % 8 < 4 else "#ffffff"
    return f'<g fill="{inside}" stroke="{colour}" stroke-width="1.6">{shape(place % 4, 10, 10, 5)}</g>'
