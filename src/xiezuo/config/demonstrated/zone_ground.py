"""What the zones of the fictional county are drawn on: minutes to the stations, villages and people, neighbours. All of it
is made up."""

from datetime import datetime
from io import BytesIO

from openpyxl import Workbook

from xiezuo.accounts.api import Actor
from xiezuo.organisation.api import Commission
from xiezuo.zones.models import GroundEdition
from xiezuo.zones.proposals.ground_operations import load_ground

FILE_NAME = "划区底图（虚构）.xlsx"

WAYS = (
    ("机构", "GZ01", "GZ02", "GZ03"),
    ("XZ01", 3, 38, 36),
    ("XZ02", 39, 2, 74),
    ("XZ03", 35, 75, 3),
    ("XZ04", 34, 52, 41),
    ("XZ05", 58, 27, 92),
    ("XZ06", 24, 60, 19),
    ("XZ07", 66, 104, 31),
    ("XZ08", 47, 24, 83),
)
"""Minutes by car from each township to each station."""

LOADS = (
    ("机构", "村数", "人口"),
    ("XZ01", 24, 96_000),
    ("XZ02", 19, 58_000),
    ("XZ03", 18, 52_000),
    ("XZ04", 16, 41_000),
    ("XZ05", 11, 19_000),
    ("XZ06", 12, 22_000),
    ("XZ07", 10, 17_000),
    ("XZ08", 13, 24_000),
)
"""Villages and people of each township."""

NEIGHBOURS = (
    ("机构", "相邻机构"),
    ("XZ01", "XZ02"),
    ("XZ01", "XZ04"),
    ("XZ01", "XZ06"),
    ("XZ01", "XZ08"),
    ("XZ02", "XZ04"),
    ("XZ02", "XZ05"),
    ("XZ02", "XZ08"),
    ("XZ03", "XZ04"),
    ("XZ03", "XZ06"),
    ("XZ03", "XZ07"),
    ("XZ04", "XZ06"),
    ("XZ06", "XZ07"),
)
"""Which townships lie beside each other."""


def ground_book() -> bytes:
    """The county's workbook, as an office would fill it in."""
    book = Workbook(write_only=True)
    for name, rows in (("行程", WAYS), ("负荷", LOADS), ("相邻", NEIGHBOURS)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def give_ground(commission: Commission, by: Actor, now: datetime) -> list[GroundEdition]:
    """The county gives its workbook; given again, it changes nothing."""
    return load_ground(commission=commission, book=ground_book(), file_name=FILE_NAME, by=by, now=now)
