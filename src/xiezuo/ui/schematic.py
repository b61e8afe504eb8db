"""A schematic map: named points at their places, lines to the axis, groups by colour, pattern and shape.

It draws no areas: areas that look like borders would claim what nobody decided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, sin

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.ui.markup import drawn
from xiezuo.ui.timeline import width_of
from xiezuo.ui.words import Words

WIDTH, HEIGHT = 840, 560
MARGIN = 56
TYPE = 14
LINE = 17
COLOURS = ("#1f5b87", "#d07c00", "#2f8f6d", "#a8507f", "#6aa9d4", "#7d4a1e", "#7b8087", "#b8a12c")
DASHES = ("", "6 3", "2 3", "8 3 2 3", "12 4", "1 4", "4 4", "10 2 2 2")
SIDES = ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))
"""Where a label may stand around its point, best first."""


@dataclass(frozen=True)
class Group:
    """A group of points: one colour, one shape and one pattern of lines, in the order given."""

    key: str
    words: Words


@dataclass(frozen=True)
class Node:
    """A named point; `x` and `y` are its coordinates (east and north) in any one unit. `size` is 1 to 3."""

    key: str
    words: Words
    x: float
    y: float
    group: str = ""
    href: str = ""
    hint: Words = ""
    size: int = 1


@dataclass(frozen=True)
class Edge:
    """A line between two points, such as a member and its axis."""

    start: str
    end: str


Box = tuple[float, float, float, float]


def render_schematic(
    nodes: Sequence[Node], edges: Sequence[Edge], groups: Sequence[Group], *, title: Words, name: str = "map"
) -> SafeString:
    """The map as SVG with its legend; an edge that names no node is left out."""
    if not nodes:
        return drawn(f'<p class="xz-secondary">{escape(_("No place on this list has coordinates."))}</p>')
    places = _places(nodes)
    order = {group.key: at for at, group in enumerate(groups)}
    by_key = {node.key: node for node in nodes}
    inside = "".join(
        _line(edge, by_key, places, order) for edge in edges if {edge.start, edge.end} <= by_key.keys()
    )
    inside += "".join(_point(node, places[node.key], order) for node in nodes)
    inside += "".join(_labels(nodes, places))
    # Safe: every text is escaped where it is put in.
    return drawn(
        f'<figure class="xz-picture" id="{escape(name)}"><div class="xz-map-scroll"><svg class="xz-svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="group"'
        f' aria-label="{escape(str(title))}" font-size="{TYPE}">{inside}</svg></div>{_legend(groups)}</figure>'
    )


def _places(nodes: Sequence[Node]) -> dict[str, tuple[float, float]]:
    """Points on the sheet: one scale for both axes, north up, near points pushed apart."""
    xs, ys = [node.x for node in nodes], [node.y for node in nodes]
    scale = min(
        (WIDTH - 2 * MARGIN) / ((max(xs) - min(xs)) or 1), (HEIGHT - 2 * MARGIN) / ((max(ys) - min(ys)) or 1)
    )
    left = (WIDTH - (max(xs) - min(xs)) * scale) / 2
    top = (HEIGHT - (max(ys) - min(ys)) * scale) / 2
    raw = {n.key: (left + (n.x - min(xs)) * scale, top + (max(ys) - n.y) * scale) for n in nodes}
    return _apart(raw)


def _apart(raw: dict[str, tuple[float, float]], least: float = 26) -> dict[str, tuple[float, float]]:
    """Points that would hide each other move to a ring around the first of them."""
    placed: dict[str, tuple[float, float]] = {}
    for key, (x, y) in raw.items():
        placed[key] = next(spot for spot in _spots(x, y) if _clear(spot, placed.values(), least))
    return placed


def _spots(x: float, y: float) -> Iterable[tuple[float, float]]:
    yield x, y
    for ring in range(1, 200):
        for step in range(6 * ring):
            angle = step * 2 * pi / (6 * ring)
            yield (
                min(max(x + ring * 14 * cos(angle), 16), WIDTH - 16),
                min(max(y + ring * 14 * sin(angle), 16), HEIGHT - 16),
            )
    yield x, y


def _clear(spot: tuple[float, float], others: Iterable[tuple[float, float]], least: float) -> bool:
    return all((spot[0] - x) ** 2 + (spot[1] - y) ** 2 >= least**2 for x, y in others)


def _colour(group: str, order: dict[str, int]) -> str:
    return COLOURS[order[group] % len(COLOURS)] if group in order else "#8d8a82"


def _line(
    edge: Edge, nodes: dict[str, Node], places: dict[str, tuple[float, float]], order: dict[str, int]
) -> str:
    (x1, y1), (x2, y2) = places[edge.start], places[edge.end]
    group = nodes[edge.start].group
    dash = DASHES[order.get(group, 0) % len(DASHES)]
    pattern = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{_colour(group, order)}" stroke-width="1.6"'
        f' stroke-opacity=".7" fill="none"{pattern}/>'
    )


def _point(node: Node, place: tuple[float, float], order: dict[str, int]) -> str:
    x, y = place
    radius = 5 + 2.5 * min(max(node.size, 1), 3)
    shape = _shape(order.get(node.group, -1), x, y, radius)
    hint = "\n".join(str(line) for line in (node.words, node.hint) if line)
    drawing = (
        f'<g fill="{_colour(node.group, order)}" stroke="#ffffff" stroke-width="1.5">'
        f"<title>{escape(hint)}</title>{shape}</g>"
    )
    return (
        f'<a href="{escape(node.href)}" aria-label="{escape(str(node.words))}">{drawing}</a>'
        if node.href
        else drawing
    )


def _shape(group: int, x: float, y: float, r: float) -> str:
    """Eight shapes, so that a group is known without its colour."""
    if group < 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r * 0.7:.1f}" fill="#ffffff" stroke="#8d8a82"/>'
    kind = group % 8
    if kind == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
    corners = {
        1: (4, 45, 1.25),
        2: (3, 0, 1.4),
        3: (4, 0, 1.3),
        4: (3, 180, 1.4),
        5: (6, 0, 1.15),
        6: (5, 0, 1.25),
        7: (8, 22.5, 1.1),
    }[kind]
    return f'<path d="{_polygon(x, y, r * corners[2], corners[0], corners[1])}"/>'


def _polygon(x: float, y: float, r: float, corners: int, turned: float) -> str:
    angles = (turned * pi / 180 + at * 2 * pi / corners for at in range(corners))
    return "M" + "L".join(f"{x + r * sin(a):.1f} {y - r * cos(a):.1f}" for a in angles) + "z"


def _labels(nodes: Sequence[Node], places: dict[str, tuple[float, float]]) -> Iterable[str]:
    """Each label on the first side where it hits no point and no earlier label; big points choose first."""
    taken: list[Box] = [(x - 11, y - 11, x + 11, y + 11) for x, y in places.values()]
    for node in sorted(nodes, key=lambda each: -each.size):
        words, place = str(node.words), places[node.key]
        boxes = [_label_box(words, place, side, reach) for reach in (0, 14) for side in SIDES]
        box = min(boxes, key=lambda each: _overlap(each, taken))
        taken.append(box)
        yield _label(node, words, box)


def _label_box(words: str, place: tuple[float, float], side: tuple[int, int], reach: float) -> Box:
    wide, (x, y), away = width_of(words, TYPE), place, 13 + reach
    middle_x = x + side[0] * (wide / 2 + away)
    middle_y = y + side[1] * (LINE / 2 + away - 2)
    left = min(max(middle_x - wide / 2, 2), WIDTH - wide - 2)
    top = min(max(middle_y - LINE / 2, 2), HEIGHT - LINE - 2)
    return left, top, left + wide, top + LINE


def _overlap(box: Box, taken: Iterable[Box]) -> float:
    def shared(other: Box) -> float:
        wide = min(box[2], other[2]) - max(box[0], other[0])
        high = min(box[3], other[3]) - max(box[1], other[1])
        return wide * high if wide > 0 and high > 0 else 0

    return sum(shared(other) for other in taken)


def _label(node: Node, words: str, box: Box) -> str:
    weight = ' font-weight="600"' if node.size > 1 else ""
    # A paper-coloured edge keeps the words readable where they cross a line.
    text = (
        f'<text x="{box[0]:.1f}" y="{box[3] - 4:.1f}" stroke="#fbfaf7" stroke-width="3" paint-order="stroke"{weight}>'
        f"{escape(words)}</text>"
    )
    return f'<a href="{escape(node.href)}" tabindex="-1">{text}</a>' if node.href else text


def _legend(groups: Sequence[Group]) -> str:
    entries = (
        f'<li><svg viewBox="0 0 20 20" aria-hidden="true"><g fill="{COLOURS[at % len(COLOURS)]}">'
        f"{_shape(at, 10, 10, 6.5)}</g></svg>{escape(str(group.words))}</li>"
        for at, group in enumerate(groups)
    )
    return f'<ul class="xz-legend">{"".join(entries)}</ul>' if groups else ""
