"""Names of the measurements' fictional people, places and posts."""

from xiezuo.organisation.states import UnitKind

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安平和顺清正明德文武成立志坚国庆建华永康海山春秋雨雪松柏"

SHAPE: tuple[tuple[UnitKind, int, tuple[str, ...]], ...] = (
    (UnitKind.LEADERSHIP, 1, ("书记", "副书记", "常委")),
    (UnitKind.SUPERVISION_OFFICE, 6, ("主任", "副主任", "科员")),
    (UnitKind.INVESTIGATION_OFFICE, 4, ("主任", "副主任", "科员")),
    (UnitKind.SUPPORT_OFFICE, 5, ("主任", "副主任", "科员")),
    (UnitKind.INSPECTION_BODY, 2, ("组长", "副组长", "科员")),
    (UnitKind.OTHER_OFFICE, 2, ("主任", "科员")),
    (UnitKind.STATIONED_GROUP, 12, ("组长", "副组长", "组员")),
    (UnitKind.TOWNSHIP_STATION, 4, ("主任", "科员")),
    (UnitKind.TOWNSHIP_COMMISSION, 18, ("书记", "副书记", "委员", "干事")),
    (UnitKind.SUBDISTRICT_COMMITTEE, 3, ("书记", "副书记", "干事")),
    (UnitKind.ZONE_COMMITTEE, 1, ("书记", "干事")),
)
"""Kinds of unit of one county, how many stand of each, and the posts in them."""


def name_of(number: int) -> str:
    """A fictional person's name; many people share one."""
    given = GIVEN[number // 32 % len(GIVEN)] + GIVEN[number // 7 % len(GIVEN)]
    return SURNAMES[number % len(SURNAMES)] + given
