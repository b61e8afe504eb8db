"""Where everything of a form stands on its one page: sizes are reduced, then long values shortened, then rows left out.

Both writers draw the same layout. Lengths are points; a row of the page is cut into `UNITS`, which cells span.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from xiezuo.papers.form import Entry, Fields, Form, Grid
from xiezuo.papers.measure import broken_lines, shortened
from xiezuo.papers.model import Column
from xiezuo.papers.profile import TWIPS_PER_PT, Profile, fangsong, hei, song, title_song
from xiezuo.papers.text import clean

UNITS = 48
LABEL_UNITS = 8
LINE_HEIGHT = 1.4
CODE_SIDE = 62.0
"""Side of the square code with its quiet edge: 22 mm."""
HEAD_HEIGHT = 76.0
NUMBER_HEIGHT = 20.0
FOOT_SIZE, FOOT_PITCH, MOST_FOOT_LINES = 9.0, 13.0, 6
RESERVE = 14.0
MOST_ROWS = 60
MOST_NAME = 80
MOST_LINES = 60
MOST_CHARACTERS = 8_000
"""More than a page can hold of the narrowest letters in the smallest size."""
TITLE_SIZES = (22.0, 18.0, 15.0)
MOST_BY_HAND = 90.0
"""Height to which a row for handwriting grows where there is room."""
AIRY = 1.3
"""By how much other rows grow where there is room."""
FITS = ((12.0, 54.0), (10.5, 46.0), (9.0, 40.0), (8.0, 28.0))
"""Sizes of letters with the least height of a row for handwriting, the best first."""


def form_profile(size: float) -> Profile:
    """The page of a form with letters of `size` points; wider at the left, where it is bound."""
    return Profile(
        name="form", top=14, left=25, right=18, bottom=12, table_line=size * LINE_HEIGHT, title=title_song(TITLE_SIZES[0]),
        table=fangsong(size), table_head=hei(size), footer=song(FOOT_SIZE),
    )  # fmt: skip


PAGE = form_profile(FITS[0][0])
WIDTH = PAGE.text_width / TWIPS_PER_PT
HEIGHT = PAGE.text_height / TWIPS_PER_PT
TITLE_WIDTH = WIDTH - 2 * (CODE_SIDE + 6)
"""Between the corners left and right of the title."""
INSET = 4.0
"""Distance of words from the sides of their box: 80 twips, as tables of the Word file have it."""
OFFICE_SIZE = NUMBER_SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Box:
    """One cell: its words, how they look (`label`, `head`, `value`, `number`), its span, and the lines they break into."""

    text: str
    look: str
    span: int
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of boxes that together span the page."""

    boxes: tuple[Box, ...]
    by_hand: bool = False
    height: float = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form with its places: `size` of the letters in the tables, `title_size`, broken lines and heights of rows."""

    form: Form
    size: float
    title_size: float
    title: tuple[str, ...]
    office: str
    number: str
    mark: str
    rows: tuple[Row, ...]
    foot: tuple[str, ...]

    @property
    def name(self) -> str:
        """The title as the file carries it, which no reader shows at length."""
        return one_line(self.form.title, MOST_NAME)

    @property
    def height(self) -> float:
        """Height of all that is drawn; never more than the type area."""
        return (
            HEAD_HEIGHT + NUMBER_HEIGHT + sum(row.height for row in self.rows) + FOOT_PITCH * len(self.foot)
        )


def lay_out(form: Form) -> Sheet:
    """The form on its page, whatever is written in it."""
    title_size, title = _title(_words(form.title))
    foot = _foot(form)
    office = one_line(form.office, TITLE_WIDTH / OFFICE_SIZE)
    number, mark = (
        one_line(form.number, WIDTH * 0.55 / NUMBER_SIZE),
        one_line(form.mark, WIDTH * 0.4 / NUMBER_SIZE),
    )
    room = HEIGHT - HEAD_HEIGHT - NUMBER_HEIGHT - FOOT_PITCH * len(foot) - RESERVE
    size, rows = _fitted(list(rows_of(form)), room, form)
    return Sheet(form, size, title_size, title, office, number, mark, _filled(rows, room), foot)


def one_line(text: str, most: float) -> str:
    """`text` on one line of so many characters' width, shortened if it must be."""
    return shortened(_words(text).replace("\n", " "), most, 1, "…")


def _title(text: str) -> tuple[float, tuple[str, ...]]:
    """In letters as large as two lines allow."""
    for size in TITLE_SIZES:
        most = TITLE_WIDTH / size
        if len(broken_lines(text, most)) <= 2:
            break
    return size, tuple(broken_lines(shortened(text, most, 2, "…"), most))


def _foot(form: Form) -> tuple[str, ...]:
    most = WIDTH / FOOT_SIZE
    lines = [line for words in form.foot for line in broken_lines(_words(words), most, MOST_FOOT_LINES)]
    return tuple(lines[:MOST_FOOT_LINES])


def _words(text: str) -> str:
    return clean(text[:MOST_CHARACTERS])


def rows_of(form: Form) -> Iterator[Row]:
    """The rows of every block, not yet broken into lines."""
    for block in form.blocks:
        yield from _entry_rows(block) if isinstance(block, Fields) else _grid_rows(block)


def _entry_rows(block: Fields) -> Iterator[Row]:
    """Two entries in a row; a wide one, and one without a neighbour, takes the row alone."""
    waiting: Entry | None = None
    for entry in block.entries:
        if entry.wide and waiting:
            yield _entry_row(waiting)
            waiting = None
        if entry.wide:
            yield _entry_row(entry)
        elif waiting:
            yield _entry_row(waiting, entry)
            waiting = None
        else:
            waiting = entry
    if waiting:
        yield _entry_row(waiting)


def _entry_row(*entries: Entry) -> Row:
    span = UNITS // len(entries) - LABEL_UNITS
    boxes = [
        box
        for entry in entries
        for box in (Box(_words(entry.label), "label", LABEL_UNITS), Box(_words(entry.value), "value", span))
    ]
    return Row(tuple(boxes), any(entry.by_hand for entry in entries))


def _grid_rows(grid: Grid) -> Iterator[Row]:
    spans = spans_of(grid.columns)
    looks = ["number" if column.number else "value" for column in grid.columns]
    if grid.caption:
        yield Row((Box(_words(grid.caption), "head", UNITS),))
    titles = zip(grid.columns, spans, strict=True)
    yield Row(tuple(Box(_words(column.title), "head", span) for column, span in titles))
    for line in grid.lines:
        cells = zip(line.cells, looks, spans, strict=True)
        yield Row(tuple(Box(_words(text), look, span) for text, look, span in cells), line.by_hand)


def spans_of(columns: Sequence[Column]) -> list[int]:
    """The units of each column by its share; what rounding leaves goes to the widest, and none has less than two."""
    shares = sum(column.width for column in columns)
    spans = [max(2, int(UNITS * column.width / shares)) for column in columns]
    while sum(spans) != UNITS:
        spans[spans.index(max(spans))] += 1 if sum(spans) < UNITS else -1
    return spans


def _fitted(rows: list[Row], room: float, form: Form) -> tuple[float, list[Row]]:
    """The rows in the largest letters in which they fit; else shortened; else with rows left out."""
    for size, by_hand in FITS:
        found = [_broken(row, size, by_hand) for row in rows]
        if _total(found) <= room:
            return size, found
    return size, _left_out(_shortened(rows, room, form.cut), room, form, size)


def _shortened(rows: Sequence[Row], room: float, cut: str) -> list[Row]:
    """The rows in the smallest letters, each box with as many lines as the room allows, and at least one."""
    size, by_hand = FITS[-1]

    def of(most: int) -> list[Row]:
        return [_broken(row, size, by_hand, most, cut) for row in rows]

    lines = range(1, MOST_LINES + 1)
    too_many = bisect_left(lines, True, key=lambda most: _total(of(most)) > room)
    return of(max(1, too_many))


def _left_out(rows: list[Row], room: float, form: Form, size: float) -> list[Row]:
    """The first and last rows that find room, and between them how many did not."""
    if _total(rows) <= room:
        return rows
    for kept in range(min(len(rows), MOST_ROWS) - 1, -1, -1):
        words = clean(form.left_out.format(len(rows) - kept))
        between = _broken(Row((Box(words, "head", UNITS),)), size, 0, 1, "…")
        tail = kept // 2
        found = [*rows[: kept - tail], between, *rows[len(rows) - tail :]]
        if _total(found) <= room:
            break
    return found


def _total(rows: Sequence[Row]) -> float:
    return sum(row.height for row in rows)


def _broken(row: Row, size: float, by_hand: float, most: int = 0, cut: str = "") -> Row:
    """The row with its lines, at most so many of each box if `most` is given, and the height that they need."""
    boxes = tuple(_box_lines(box, size, most, cut) for box in row.boxes)
    lines = max(len(box.lines) for box in boxes)
    height = lines * size * LINE_HEIGHT + size * 0.7
    return replace(row, boxes=boxes, height=max(height, by_hand) if row.by_hand else height)


def _box_lines(box: Box, size: float, most: int, cut: str) -> Box:
    wide = (WIDTH * box.span / UNITS - 2 * INSET) / size
    text = shortened(box.text, wide, most, cut) if most else box.text
    # One more than a page holds: the row is then too high for it, however much of the text is left.
    return replace(box, text=text, lines=tuple(broken_lines(text, wide, MOST_LINES + 1)))


def _filled(rows: Sequence[Row], room: float) -> tuple[Row, ...]:
    """Rows share what room is left: first those for handwriting, then all the others, none beyond what looks well."""
    by_hand = _grown(rows, room, lambda row: MOST_BY_HAND if row.by_hand else row.height)
    return tuple(_grown(by_hand, room, lambda row: row.height if row.by_hand else row.height * AIRY))


def _grown(rows: Sequence[Row], room: float, most: Callable[[Row], float]) -> list[Row]:
    """Each row at most as high as it may be, all with the same part of the way to it, within the room."""
    wanted = sum(max(0, most(row) - row.height) for row in rows)
    part = min(1, (room - _total(rows)) / wanted) if wanted else 0
    return [replace(row, height=row.height + max(0, most(row) - row.height) * part) for row in rows]
