"""A schematic map: named points at their places, lines to the axis, groups by colour, pattern and shape.

It draws no areas: areas that look like borders would claim what nobody decided.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, inf, pi, sin

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiezuo.ui.markup import drawn
from xiezuo.ui.shapes import COLOURS, NO_GROUP, shape
from xiezuo.ui.timeline import width_of
from xiezuo.ui.words import Words

WIDTH, HEIGHT = 840, 560
MARGIN = 56
TYPE = 14
LINE = 17
DASHES = ("", "6 3", "2 3", "8 3 2 3", "12 4", "1 4", "4 4", "10 2 2 2")
SIDES = ((0, -1), (0, 1), (1, 0), (-1, 0), (1, -1), (-1, -1), (1, 1), (-1, 1))
"""Where a label may stand around its point, best first."""


@dataclass(frozen=True)
class Group:
    """A group of points: one colour, one shape and one pattern of lines, in the order given or by `place`."""

    key: str
    words: Words
    place: int | None = None


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


@dataclass(frozen=True)
class Sheet:
    """The size of the drawing in its own units; drawn at that many pixels, its words are as large as the page's."""

    width: int = WIDTH
    height: int = HEIGHT
    margin: int = MARGIN
    name: str = ""


WHOLE_PAGE = Sheet()
SMALL = Sheet(width=420, height=372, margin=34, name="small")
"""For a map beside other things."""


def render_schematic(
    nodes: Sequence[Node], edges: Sequence[Edge], groups: Sequence[Group], *, title: Words, name: str = "map",
    sheet: Sheet = WHOLE_PAGE,
) -> SafeString:  # fmt: skip
    """The map as SVG with its legend; an edge that names no node is left out."""
    if not nodes:
        return drawn(f'<p class="xz-secondary">{escape(_("No place on this list has coordinates."))}</p>')
    places = _places(nodes, sheet)
    order = {group.key: place for place, group in _in_places(groups)}
    by_key = {node.key: node for node in nodes}
    inside = "".join(
        _line(edge, by_key, places, order) for edge in edges if {edge.start, edge.end} <= by_key.keys()
    )
    inside += "".join(_point(node, places[node.key], order) for node in nodes)
    inside += "".join(_labels(nodes, places, sheet))
    # Safe: every text is escaped where it is put in.
    return drawn(
        f'<figure class="xz-picture" id="{escape(name)}"><div class="xz-map-scroll{_class(sheet)}"><svg class="xz-svg" viewBox="0 0 {sheet.width} {sheet.height}" role="group"'
        f' aria-label="{escape(str(title))}" font-size="{TYPE}">{inside}</svg></div>{_legend(groups)}</figure>'
    )


def _in_places(groups: Sequence[Group]) -> list[tuple[int, Group]]:
    return [(at if group.place is None else group.place, group) for at, group in enumerate(groups)]


def _class(sheet: Sheet) -> str:
    return f" xz-map-{escape(sheet.name)}" if sheet.name else ""


def _places(nodes: Sequence[Node], sheet: Sheet) -> dict[str, tuple[float, float]]:
    """Points on the sheet: one scale for both axes, north up, near points pushed apart."""
    xs, ys = [node.x for node in nodes], [node.y for node in nodes]
    scale = min(
        (sheet.width - 2 * sheet.margin) / ((max(xs) - min(xs)) or 1),
        (sheet.height - 2 * sheet.margin) / ((max(ys) - min(ys)) or 1),
    )
    left = (sheet.width - (max(xs) - min(xs)) * scale) / 2
    top = (sheet.height - (max(ys) - min(ys)) * scale) / 2
    raw = {n.key: (left + (n.x - min(xs)) * scale, top + (max(ys) - n.y) * scale) for n in nodes}
    return _apart(raw, sheet)


def _apart(
    raw: dict[str, tuple[float, float]], sheet: Sheet, least: float = 26
) -> dict[str, tuple[float, float]]:
    """Points that would hide each other move to a ring around the first of them."""
    placed: dict[str, tuple[float, float]] = {}
    for key, (x, y) in raw.items():
        placed[key] = next(spot for spot in _spots(x, y, sheet) if _clear(spot, placed.values(), least))
    return placed


def _spots(x: float, y: float, sheet: Sheet) -> Iterable[tuple[float, float]]:
    yield x, y
    for ring in range(1, 200):
        for step in range(6 * ring):
            angle = step * 2 * pi / (6 * ring)
            yield (
                min(max(x + ring * 14 * cos(angle), 16), sheet.width - 16),
                min(max(y + ring * 14 * sin(angle), 16), sheet.height - 16),
            )
    yield x, y


def _clear(spot: tuple[float, float], others: Iterable[tuple[float, float]], least: float) -> bool:
    here_x, here_y, nearest = *spot, least * least
    return all((here_x - x) * (here_x - x) + (here_y - y) * (here_y - y) >= nearest for x, y in others)


def _colour(group: str, order: dict[str, int]) -> str:
    return COLOURS[order[group] % len(COLOURS)] if group in order else NO_GROUP


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
    outline = shape(order.get(node.group, -1), x, y, radius)
    hint = "\n".join(str(line) for line in (node.words, node.hint) if line)
    drawing = (
        f'<g fill="{_colour(node.group, order)}" stroke="#ffffff" stroke-width="1.5">'
        f"<title>{escape(hint)}</title>{outline}</g>"
    )
    return (
        f'<a href="{escape(node.href)}" aria-label="{escape(str(node.words))}">{drawing}</a>'
        if node.href
        else drawing
    )


def _labels(nodes: Sequence[Node], places: dict[str, tuple[float, float]], sheet: Sheet) -> Iterable[str]:
    """Each label on the first side where it hits no point and no earlier label; big points choose first."""
    taken: list[Box] = [(x - 11, y - 11, x + 11, y + 11) for x, y in places.values()]
    for node in sorted(nodes, key=lambda each: -each.size):
        words, place = str(node.words), places[node.key]
        wide = width_of(words, TYPE)
        boxes = (_label_box(wide, place, side, reach, sheet) for reach in (0, 14) for side in SIDES)
        box = _least_hidden(boxes, taken)
        taken.append(box)
        yield _label(node, words, box)


def _label_box(
    wide: float, place: tuple[float, float], side: tuple[int, int], reach: float, sheet: Sheet
) -> Box:
    (x, y), away = place, 13 + reach
    middle_x = x + side[0] * (wide / 2 + away)
    middle_y = y + side[1] * (LINE / 2 + away - 2)
    left = min(max(middle_x - wide / 2, 2), sheet.width - wide - 2)
    top = min(max(middle_y - LINE / 2, 2), sheet.height - LINE - 2)
    return left, top, left + wide, top + LINE


def _least_hidden(boxes: Iterable[Box], taken: Sequence[Box]) -> Box:
    """The first box that nothing overlaps, else the first of those with the least overlap."""
    best, least = (0.0, 0.0, 0.0, 0.0), inf
    for box in boxes:
        overlap = _overlap(box, taken)
        if overlap < least:
            best, least = box, overlap
        if not overlap:
            break
    return best


def _overlap(box: Box, taken: Iterable[Box]) -> float:
    left, top, right, bottom = box
    # Most boxes lie elsewhere, and finding that out must cost little: there are as many pairs as labels squared.
    near = [
        each for each in taken if each[0] < right and each[2] > left and each[1] < bottom and each[3] > top
    ]
    return sum(
        [(min(right, x2) - max(left, x1)) * (min(bottom, y2) - max(top, y1)) for x1, y1, x2, y2 in near]
    )


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
        f"{shape(at, 10, 10, 6.5)}</g></svg>{escape(str(group.words))}</li>"
        for at, group in _in_places(groups)
    )
    return f'<ul class="xz-legend">{"".join(entries)}</ul>' if groups else ""
