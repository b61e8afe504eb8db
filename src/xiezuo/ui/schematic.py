"""A schematic map: named points at their places, lines to the axis, groups by colour, pattern and shape.

It draws no areas of its own: areas that look like borders would claim what nobody decided. Whoever has areas gives them.
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


@dataclass(frozen=True)
class Shape:
    """An area under the points, as polygons (an outer ring and holes) in the unit of the points; `bold` is drawn with a
    thicker edge."""

    words: Words
    polygons: Sequence[Sequence[Sequence[tuple[float, float]]]]
    group: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Tie:
    """A thick line between two points that belong together for other reasons than a group; `words` stand on it."""

    start: str
    end: str
    words: Words


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
    sheet: Sheet = WHOLE_PAGE, areas: Sequence[Shape] = (), ties: Sequence[Tie] = (),
) -> SafeString:  # fmt: skip
    """The map as SVG with its legend; an edge or tie that names no node is left out."""
    if not nodes:
        return drawn(f'<p class="xz-secondary">{escape(_("No place on this list has coordinates."))}</p>')
    scale = _Scale.of(nodes, areas, sheet)
    places = _apart({node.key: scale.at(node.x, node.y) for node in nodes}, sheet)
    order = {group.key: place for place, group in _in_places(groups)}
    by_key = {node.key: node for node in nodes}
    inside = "".join(_areas(areas, scale, order, name))
    inside += "".join(
        _line(edge, by_key, places, order) for edge in edges if {edge.start, edge.end} <= by_key.keys()
    )
    drawn_ties = [tie for tie in ties if {tie.start, tie.end} <= by_key.keys()]
    inside += "".join(_tie_line(places[tie.start], places[tie.end]) for tie in drawn_ties)
    inside += "".join(_point(node, places[node.key], order) for node in nodes)
    marks = [_tie_mark(tie, places) for tie in drawn_ties]
    inside += "".join(mark for mark, _box in marks)
    inside += "".join(_labels(nodes, places, sheet, [box for _mark, box in marks]))
    # Safe: every text is escaped where it is put in.
    return drawn(
        f'<figure class="xz-picture" id="{escape(name)}"><div class="xz-map-scroll{_class(sheet)}"><svg class="xz-svg" viewBox="0 0 {sheet.width} {sheet.height}" role="group"'
        f' aria-label="{escape(str(title))}" font-size="{TYPE}">{inside}</svg></div>{_legend(groups)}</figure>'
    )


def _in_places(groups: Sequence[Group]) -> list[tuple[int, Group]]:
    return [(at if group.place is None else group.place, group) for at, group in enumerate(groups)]


def _class(sheet: Sheet) -> str:
    return f" xz-map-{escape(sheet.name)}" if sheet.name else ""


@dataclass(frozen=True)
class _Scale:
    """From coordinates to the sheet: one scale for both axes, north up."""

    west: float
    north: float
    scale: float
    left: float
    top: float

    @classmethod
    def of(cls, nodes: Sequence[Node], areas: Sequence[Shape], sheet: Sheet) -> "_Scale":
        corners = [
            point for area in areas for polygon in area.polygons for ring in polygon[:1] for point in ring
        ]
        xs = [*(node.x for node in nodes), *(x for x, _y in corners)]
        ys = [*(node.y for node in nodes), *(y for _x, y in corners)]
        wide, high = max(xs) - min(xs), max(ys) - min(ys)
        # Areas need no room for labels around them.
        margin = sheet.margin / 3 if areas else sheet.margin
        scale = min((sheet.width - 2 * margin) / (wide or 1), (sheet.height - 2 * margin) / (high or 1))
        return cls(
            min(xs), max(ys), scale, (sheet.width - wide * scale) / 2, (sheet.height - high * scale) / 2
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.left + (x - self.west) * self.scale, self.top + (self.north - y) * self.scale


def _areas(areas: Sequence[Shape], scale: _Scale, order: dict[str, int], name: str) -> Iterable[str]:
    """Areas with the colour and the hatching of their group; of no group only the edge. Bold edges come last."""
    used = sorted({order[area.group] for area in areas if area.group in order})
    if used:
        yield f"<defs>{''.join(_hatching(place, name) for place in used)}</defs>"
    for area in sorted(areas, key=lambda each: each.bold):
        path = "".join(_ring_path(ring, scale) for polygon in area.polygons for ring in polygon)
        colour = _colour(area.group, order)
        hatched = f"url(#{escape(name)}-h{order[area.group]})" if area.group in order else "none"
        edge = 'stroke-width="3.5"' if area.bold else 'stroke-width="1.2"'
        yield (
            f'<path d="{path}" fill="{hatched}" fill-rule="evenodd" stroke="{colour}" {edge} stroke-linejoin="round">'
            f"<title>{escape(str(area.words))}</title></path>"
        )


def _ring_path(ring: Sequence[tuple[float, float]], scale: _Scale) -> str:
    points: list[str] = []
    for x, y in ring:
        across, down = scale.at(x, y)
        if (point := f"{across:.1f} {down:.1f}") not in points[-1:]:
            points.append(point)
    return f"M{'L'.join(points)}z" if len(points) > 2 else ""


def _hatching(place: int, name: str) -> str:
    """Eight hatchings that differ in angle and density, light enough for words on top of them."""
    angle, step = 45 * (place % 4), 9 if place % 8 < 4 else 5
    colour = COLOURS[place % len(COLOURS)]
    return (
        f'<pattern id="{escape(name)}-h{place}" width="{step}" height="{step}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate({angle})"><rect width="{step}" height="{step}" fill="{colour}" fill-opacity=".1"/>'
        f'<path d="M0 0V{step}" stroke="{colour}" stroke-width="1.4" stroke-opacity=".4"/></pattern>'
    )


def _tie_line(start: tuple[float, float], end: tuple[float, float]) -> str:
    path = f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    return (
        f'<path d="{path}" stroke="#3a3833" stroke-width="9" stroke-opacity=".16" fill="none" stroke-linecap="round"/>'
        f'<path d="{path}" stroke="#3a3833" stroke-width="2.2" fill="none"/>'
    )


def _tie_mark(tie: Tie, places: dict[str, tuple[float, float]]) -> tuple[str, Box]:
    """The words of a tie in a frame at its middle, and the room that they take."""
    (x1, y1), (x2, y2) = places[tie.start], places[tie.end]
    x, y, wide = (x1 + x2) / 2, (y1 + y2) / 2, width_of(str(tie.words), TYPE) + 10
    box = (x - wide / 2, y - LINE / 2 - 1, x + wide / 2, y + LINE / 2 + 1)
    return (
        f'<rect x="{box[0]:.1f}" y="{box[1]:.1f}" width="{wide:.1f}" height="{LINE + 2}" rx="4" fill="#ffffff" stroke="#3a3833"/>'
        f'<text x="{x:.1f}" y="{y + 5:.1f}" text-anchor="middle" font-weight="600">{escape(str(tie.words))}</text>'
    ), box


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


def _labels(
    nodes: Sequence[Node], places: dict[str, tuple[float, float]], sheet: Sheet, marks: Sequence[Box] = ()
) -> Iterable[str]:
    """Each label on the first side where it hits no point, mark or earlier label; big points choose first."""
    taken: list[Box] = [*((x - 11, y - 11, x + 11, y + 11) for x, y in places.values()), *marks]
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
