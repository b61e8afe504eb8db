"""Layout of a document as data. The default is the national standard GB/T 9704-2012; a county's variant is a dict."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from math import floor
from typing import Any, Self

from xiezuo.papers.errors import BadProfile

TWIPS_PER_MM = 1440 / 25.4
TWIPS_PER_PT = 20

SONG, HEI, KAI = "Noto Serif SC", "Noto Sans SC", "LXGW WenKai"


@dataclass(frozen=True, slots=True)
class Face:
    """How one role of text looks: `word` names the font in a Word file and `instead` what Word takes on a machine
    without it; `families` is the stack of the PDF, first choice first; `size` is in points, `weight` 100–900 picks a
    cut in the PDF."""

    word: str
    families: tuple[str, ...]
    size: float
    weight: int = 400
    instead: str = ""


def song(size: float) -> Face:
    """宋体, for page numbers."""
    return Face("宋体", (SONG,), size, instead="SimSun")


def fangsong(size: float) -> Face:
    """仿宋: an office's own font file in the font folder comes first; the set-up's nearest open font is a Song."""
    return Face("仿宋_GB2312", ("FangSong_GB2312", "FangSong", "FandolFang R", SONG), size, instead="仿宋")


def kai(size: float) -> Face:
    """楷体, for second headings and names of signers."""
    return Face("楷体_GB2312", ("KaiTi_GB2312", "KaiTi", KAI), size, instead="楷体")


def hei(size: float) -> Face:
    """黑体, for first headings and table heads."""
    return Face("黑体", ("SimHei", HEI), size, instead="SimHei")


def title_song(size: float) -> Face:
    """小标宋, for the title and the letterhead."""
    return Face("方正小标宋简体", ("FZXiaoBiaoSong-B05S", SONG), size, 700, instead="华文中宋")


TITLE, LETTERHEAD = title_song(22), title_song(30)
BODY, KAI_BODY, HEI_BODY = fangsong(16), kai(16), hei(16)
TABLE, TABLE_HEAD = fangsong(12), hei(12)
NOTICE, FOOTER = kai(14), song(14)


@dataclass(frozen=True, slots=True)
class Profile:
    """Page, grid and fonts. Lengths in millimetres, sizes in points; `lines` a page and `characters` a line."""

    name: str = "GB/T 9704-2012"
    width: float = 210
    height: float = 297
    top: float = 37
    left: float = 28
    right: float = 26
    bottom: float = 35
    lines: int = 22
    characters: int = 28
    page_number: str = "outside"
    page_number_below: float = 7
    letterhead_below: float = 35
    table_line: float = 18
    title: Face = TITLE
    letterhead: Face = LETTERHEAD
    body: Face = BODY
    heading1: Face = HEI_BODY
    heading2: Face = KAI_BODY
    heading3: Face = BODY
    heading4: Face = BODY
    approver: Face = KAI_BODY
    table: Face = TABLE
    table_head: Face = TABLE_HEAD
    notice: Face = NOTICE
    footer: Face = FOOTER

    def __post_init__(self) -> None:
        if self.page_number not in ("outside", "centre"):
            raise BadProfile("page_number", self.page_number, "outside or centre")
        for name in LENGTHS:
            check_number(name, getattr(self, name), 0, 1000)
        for name in COUNTS:
            check_number(name, getattr(self, name), 1, 200)
        if self.text_width <= 0 or self.text_height <= 0:
            raise BadProfile(
                "margins", (self.left, self.right, self.top, self.bottom), "margins that leave room"
            )

    @property
    def text_width(self) -> int:
        """Width of the type area in twips."""
        return twips(self.width) - twips(self.left) - twips(self.right)

    @property
    def text_height(self) -> int:
        """Height of the type area in twips."""
        return twips(self.height) - twips(self.top) - twips(self.bottom)

    @property
    def line_pitch(self) -> int:
        """Distance of lines in twips, rounded down so that `lines` fit."""
        return floor(self.text_height / self.lines)

    @property
    def spacing(self) -> int:
        """What is added between characters, in twips, rounded down so that `characters` fit; mostly negative."""
        return floor(self.text_width / self.characters - self.body.size * TWIPS_PER_PT)

    @property
    def character_pitch(self) -> int:
        """Distance of characters in twips."""
        return floor(self.body.size * TWIPS_PER_PT) + self.spacing

    @property
    def faces(self) -> dict[str, Face]:
        """The face of every role."""
        return {name: getattr(self, name) for name in ROLES}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """A variant of the standard: only what differs is named. A role is a dict of the fields of `Face`.

        Raises `BadProfile` for unknown names and for values that cannot be laid out.
        """
        standard = cls()
        unknown = sorted(set(data) - {item.name for item in fields(cls)})
        if unknown:
            raise BadProfile(
                unknown[0], data[unknown[0]], f"one of {', '.join(item.name for item in fields(cls))}"
            )
        changes: dict[str, Any] = {
            name: face_from(name, value, standard) if name in ROLES else value for name, value in data.items()
        }
        return replace(standard, **changes)


ROLES = tuple(item.name for item in fields(Profile) if isinstance(item.default, Face))
COUNTS = ("lines", "characters")
LENGTHS = tuple(item.name for item in fields(Profile) if item.type is float)


def face_from(name: str, value: Any, standard: Profile) -> Face:
    """The face of role `name` with the changes of `value`. Raises `BadProfile`."""
    known = {item.name for item in fields(Face)}
    if not isinstance(value, Mapping) or not set(value) <= known:
        raise BadProfile(name, value, f"a mapping of {', '.join(sorted(known))}")
    for field in ("word", "instead"):
        check_name(f"{name}.{field}", value.get(field, "仿宋"))
    for family in value.get("families", ()):
        check_name(f"{name}.families", family)
    families = {"families": tuple(value["families"])} if "families" in value else {}
    face: Face = replace(getattr(standard, name), **{**value, **families})
    check_number(f"{name}.size", face.size, 1, 200)
    check_number(f"{name}.weight", face.weight, 100, 900)
    return face


def check_number(name: str, value: object, least: float, most: float) -> None:
    """Raise `BadProfile` unless `value` is a number from `least` to `most`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise BadProfile(name, value, f"a number from {least} to {most}")


def check_name(name: str, value: object) -> None:
    """Raise `BadProfile` unless `value` can name a font."""
    if not isinstance(value, str) or not value.isprintable():
        raise BadProfile(name, value, "the name of a font")


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point, rounded."""
    return round(millimetres * TWIPS_PER_MM)


STANDARD = Profile()
ACROSS = Profile(
    name="GB/T 9704-2012, across", width=297, height=210, top=28, bottom=26, left=30, right=30, lines=17, characters=47,
    page_number="centre", title=title_song(20), body=fangsong(14), heading1=hei(14), table=fangsong(11), table_head=hei(11),
    table_line=16,
)  # fmt: skip
"""A4 across, for tables of many columns; letters are smaller, since nobody reads such a sheet aloud."""
