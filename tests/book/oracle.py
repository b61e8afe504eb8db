"""A second opinion on every figure: counts straight from a ledger book, with openpyxl and plain Python.

It shares nothing with the product. Each function below is one row of "What each figure counts" and is
deliberately written the slow, obvious way: read the sheets as lists of dictionaries, keep what is true on
the day, count.

Where the definitions leave room, this is how they are read here:

* A site is in use on D if 启用日期 ≤ D and not yet 停用; without 启用日期 it is not in use.
* 有效期至 is the last good day: equipment is in date on D if D ≤ 有效期至; a blank never runs out.
* Equipment is out of order on D if D is in [故障日期, 修复日期). Of the two days a missing first one means
  "always", a missing second one "still". With neither, 状态 = 故障 means always.
* Of several pieces of one kind in a room one that is good is enough.
* A commission without people counts as 0 wherever "each" is asked; without commissions there is no answer.
* "The others" of a single commission are nobody, so there is no number for them.
* A first-level or second-level zone counts on D if 设立日期 ≤ D and it is not yet 撤销.
* An office that leads a direct zone counts once, however many zones it leads.
* A meeting of several days lies in the year of its first day.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from tests.book.ledger_rows import Book, Row, code, day, holds, in_year, items, last_of, text, within

Figures = dict[str, int | None]

GROUP, TOWNSHIP, STATION = "派驻纪检监察组", "乡镇纪委", "驻乡镇纪检监察工作室"
SUPERVISION, INVESTIGATION = "监督检查室", "审查调查室"
ORGANS = {SUPERVISION, INVESTIGATION, "综合科室", "巡察机构", "其他内设机构"}
DIRECT = {"县直", "市直", "区直", "直属"}


def figures(path: Path | str, on: date) -> Figures:
    """Every figure of the book on the day `on`; moves also as `key@MM` for each month of the year so far.

    None means that the definition has no answer (an "each" that is not the same everywhere).
    """
    return figures_of(Book(path), on)


def figures_of(book: Book, on: date) -> Figures:
    """The same of a book that has been read already."""
    answers: Figures = {key: count(book, on) for key, count in COUNTS.items()}
    since = date(on.year, 1, 1)
    for key, is_such in MOVES.items():
        answers[key] = len(begun(book, is_such, since, on))
        for month in range(1, on.month + 1):
            first = date(on.year, month, 1)
            answers[f"{key}@{month:02d}"] = len(begun(book, is_such, first, min(on, last_of(first))))
    return answers


# People in post


def posts(book: Book, on: date, kind: str) -> list[Row]:
    in_force = [row for row in book["任职"] if holds(row, on, "任职日期", "免职日期")]
    return [row for row in in_force if book.kind(row) == kind]


def people(book: Book, rows: Iterable[Row]) -> set[str]:
    return {book.person(row) for row in rows}


def full_time(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if text(row, "专兼职") == "专职"]


def standing(book: Book, on: date, kind: str) -> list[str]:
    rows = [row for row in book["机构"] if holds(row, on, "设立日期", "撤销日期")]
    return [code(row, "机构") for row in rows if text(row, "机构类型") == kind]


def sizes(book: Book, on: date, rows: list[Row]) -> list[int]:
    """How many people of `rows` each township commission has, the largest first."""
    units = standing(book, on, TOWNSHIP)
    by_unit = [len(people(book, [row for row in rows if book.unit(row) == unit])) for unit in units]
    return sorted(by_unit, reverse=True)


def only(numbers: list[int]) -> int | None:
    return numbers[0] if len(set(numbers)) == 1 else None


def stationed_leaders(book: Book, on: date) -> int:
    return len(people(book, [row for row in posts(book, on, GROUP) if text(row, "职务") == "组长"]))


def full_time_sizes(book: Book, on: date) -> list[int]:
    return sizes(book, on, full_time(posts(book, on, TOWNSHIP)))


# Moves


def begun(book: Book, is_such: Callable[[Book, Row], bool], first: date, last: date) -> list[Row]:
    return [row for row in book["任职"] if within(row, "任职日期", first, last) and is_such(book, row)]


def moved(kind: str, word: str, post: str = "", also: str = "") -> Callable[[Book, Row], bool]:
    """A test of 任职 rows: begun at a unit of this kind, by this word (and `also`), to this post."""

    def is_such(book: Book, row: Row) -> bool:
        words = set(items(row, "变动方式"))
        fits = book.kind(row) == kind and post in ("", text(row, "职务"))
        return fits and {word, *([also] if also else [])} <= words

    return is_such


def moved_from_organs(book: Book, row: Row) -> bool:
    return moved(GROUP, "调整")(book, row) and book.kind(row, "原机构编码") in ORGANS


MOVES: dict[str, Callable[[Book, Row], bool]] = {
    "stationed.moved_from_organs": moved_from_organs,
    "stationed.transferred_in": moved(GROUP, "调入"),
    "stationed.seconded_in": moved(GROUP, "借调"),
    "stationed.leaders_appointed": moved(GROUP, "配备", "组长"),
}

CONVERSIONS: dict[str, Callable[[Book, Row], bool]] = {
    "township.deputies_made_full_time": moved(TOWNSHIP, "兼职转专职", "副书记"),
    "township.members_made_full_time": moved(TOWNSHIP, "兼职转专职", "委员"),
    "township.deputies_newly_appointed": moved(TOWNSHIP, "兼职转专职", "副书记", "新任"),
    "township.members_newly_appointed": moved(TOWNSHIP, "兼职转专职", "委员", "新任"),
}


def in_the_year(is_such: Callable[[Book, Row], bool]) -> Callable[[Book, date], int]:
    return lambda book, on: len(begun(book, is_such, date(on.year, 1, 1), on))


# Visits, meetings, plan, regulations


def townships_visited(book: Book, on: date) -> int:
    visits = [row for row in book["会议调研"] if text(row, "类型") == "检查调研" and in_year(row, "日期", on)]
    places = {book.named("机构", item) for row in visits for item in items(row, "涉及机构")}
    return len([place for place in places if book.kinds.get(place) == TOWNSHIP])


def promotion_meetings(book: Book, on: date) -> int:
    meetings = [row for row in book["会议调研"] if text(row, "类型") == "专题推进会"]
    return len([row for row in meetings if in_year(row, "日期", on)])


def plan_items(word: str) -> Callable[[Book, date], int]:
    def count(book: Book, on: date) -> int:
        rows = [row for row in book["工作谋划"] if text(row, "类别") == word]
        return len([row for row in rows if in_year(row, "起始日期", on)])

    return count


def regulations(*stages: str) -> Callable[[Book, date], int]:
    """Counts regulations that have reached one of the stages and are not repealed."""

    def count(book: Book, on: date) -> int:
        living = [row for row in book["制度"] if not reached(row, "废止日期", on)]
        return len([row for row in living if any(reached(row, stage, on) for stage in stages)])

    return count


def reached(row: Row, column: str, on: date) -> bool:
    when = day(row, column)
    return when is not None and when <= on


# Sites


def in_use(book: Book, on: date, kind: str) -> list[Row]:
    sites = [row for row in book["场所"] if text(row, "类型") == kind]
    return [row for row in sites if holds(row, on, "启用日期", "停用日期")]


def soft_rooms(book: Book, on: date) -> list[Row]:
    return [row for row in in_use(book, on, "谈话室") if text(row, "软包") == "是"]


def out_of_order(row: Row, on: date) -> bool:
    broke, mended = day(row, "故障日期"), day(row, "修复日期")
    if broke is None and mended is None:
        return text(row, "状态") == "故障"
    return (broke is None or broke <= on) and (mended is None or on < mended)


def in_date(row: Row, on: date) -> bool:
    until = day(row, "有效期至")
    return until is None or on <= until


def has(book: Book, room: Row, item: str, on: date, dated: bool = True) -> bool:
    """Whether the room has the item in place and sound (and, if `dated`, in date)."""
    here = [row for row in book["设备"] if book.named("场所", text(row, "场所编码")) == code(room, "场所")]
    placed = [row for row in here if text(row, "设备") == item and holds(row, on, "配备日期", "撤除日期")]
    sound = [row for row in placed if not out_of_order(row, on)]
    return any(in_date(row, on) or not dated for row in sound)


def with_recording(book: Book, on: date) -> list[Row]:
    return [room for room in soft_rooms(book, on) if has(book, room, "同步录音录像", on, dated=False)]


def with_item(item: str) -> Callable[[Book, date], int]:
    return lambda book, on: len([room for room in soft_rooms(book, on) if has(book, room, item, on)])


def fully_equipped(book: Book, on: date) -> int:
    rooms = with_recording(book, on)
    return len([room for room in rooms if has(book, room, "保密柜", on) and has(book, room, "急救药品", on)])


def being_upgraded(book: Book, on: date) -> int:
    works = [row for row in book["改造"] if holds(row, on, "开工日期", "实际完成日期")]
    places = {book.named("场所", text(row, "场所编码")) for row in works}
    rooms = {code(row, "场所") for row in book["场所"] if text(row, "类型") == "谈话室"}
    return len(places & rooms)


def independent_offices(book: Book, on: date) -> int:
    offices = [row for row in in_use(book, on, "办公室") if text(row, "独立") == "是"]
    return len([row for row in offices if book.kind(row) in (TOWNSHIP, STATION)])


def full_time_with_office(book: Book, on: date) -> int:
    offices = in_use(book, on, "办公室")
    users = {book.named("人员", item) for row in offices for item in items(row, "使用人员编号")}
    return len(people(book, full_time(posts(book, on, TOWNSHIP))) & users)


def corridors(book: Book, on: date) -> int:
    rows = [row for row in book["场所"] if text(row, "类型") == "廉政文化走廊"]
    return len([row for row in rows if holds(row, on, "立项日期", "停用日期")])


# Zones


def zones(book: Book, on: date, level: str, kinds: set[str] | None = None) -> set[str]:
    rows = [row for row in book["协作区"] if holds(row, on, "设立日期", "撤销日期")]
    rows = [row for row in rows if text(row, "级别") == level]
    return {code(row, "协作区") for row in rows if kinds is None or text(row, "类别") in kinds}


def leaderships(book: Book, on: date, level: str) -> set[tuple[str, str]]:
    """Pairs of person and standing zone of that level."""
    of_level = zones(book, on, level)
    rows = [row for row in book["协作区领导"] if holds(row, on, "起始日期", "终止日期")]
    pairs = {(book.person(row), book.named("协作区", text(row, "协作区编码"))) for row in rows}
    return {(person, zone) for person, zone in pairs if zone in of_level}


def zone_leaders(level: str) -> Callable[[Book, date], int]:
    return lambda book, on: len({person for person, _ in leaderships(book, on, level)})


def spans(book: Book, on: date) -> Counter[str]:
    """How many second-level zones each leader leads."""
    return Counter(person for person, _ in leaderships(book, on, "二级"))


def lead_offices(book: Book, on: date) -> int:
    direct = zones(book, on, "二级", DIRECT)
    rows = [row for row in book["协作区成员"] if holds(row, on, "起始日期", "终止日期")]
    rows = [row for row in rows if book.named("协作区", text(row, "协作区编码")) in direct]
    leading = {book.unit(row) for row in rows if text(row, "角色") == "领办"}
    return len([unit for unit in leading if book.kinds.get(unit) in (SUPERVISION, INVESTIGATION)])


ZONED = {SUPERVISION, INVESTIGATION, GROUP, STATION, TOWNSHIP, "街道纪工委", "开发区纪检监察工委"}


def zoned_units(book: Book, on: date) -> set[str]:
    return {unit for kind in ZONED for unit in standing(book, on, kind)}


def units_in_zones(book: Book, on: date) -> set[str]:
    second = zones(book, on, "二级")
    rows = [row for row in book["协作区成员"] if holds(row, on, "起始日期", "终止日期")]
    inside = [row for row in rows if book.named("协作区", text(row, "协作区编码")) in second]
    return {book.unit(row) for row in inside if text(row, "角色") != "支援"} & zoned_units(book, on)


COUNTS: dict[str, Callable[[Book, date], int | None]] = {
    "visits.townships_visited": townships_visited,
    "meetings.promotion_meetings": promotion_meetings,
    "stationed.leaders": stationed_leaders,
    "stationed.staff": lambda book, on: len(people(book, posts(book, on, GROUP))),
    **{key: in_the_year(is_such) for key, is_such in CONVERSIONS.items()},
    "township.commissions": lambda book, on: len(standing(book, on, TOWNSHIP)),
    "township.staff": lambda book, on: len(people(book, posts(book, on, TOWNSHIP))),
    "township.staff_each": lambda book, on: only(sizes(book, on, posts(book, on, TOWNSHIP))),
    "township.full_time": lambda book, on: len(people(book, full_time(posts(book, on, TOWNSHIP)))),
    "township.full_time_most": lambda book, on: max(full_time_sizes(book, on), default=None),
    "township.full_time_others_each": lambda book, on: only(full_time_sizes(book, on)[1:]),
    "regulations.listed": regulations("起草日期", "征求意见日期", "试行日期", "施行日期"),
    "regulations.in_force": regulations("试行日期", "施行日期"),
    "talk_rooms.count": lambda book, on: len(soft_rooms(book, on)),
    "talk_rooms.with_recording": lambda book, on: len(with_recording(book, on)),
    "talk_rooms.with_safe": with_item("保密柜"),
    "talk_rooms.with_first_aid": with_item("急救药品"),
    "talk_rooms.fully_equipped": fully_equipped,
    "talk_rooms.being_upgraded": being_upgraded,
    "offices.independent": independent_offices,
    "offices.full_time_with_office": full_time_with_office,
    "offices.integrated_areas": lambda book, on: len(in_use(book, on, "集中办公区")),
    "culture.corridors": corridors,
    "units.supervision_offices": lambda book, on: len(standing(book, on, SUPERVISION)),
    "units.investigation_offices": lambda book, on: len(standing(book, on, INVESTIGATION)),
    "units.stationed_groups": lambda book, on: len(standing(book, on, GROUP)),
    "units.township_stations": lambda book, on: len(standing(book, on, STATION)),
    "units.township_commissions": lambda book, on: len(standing(book, on, TOWNSHIP)),
    "zones.first_level": lambda book, on: len(zones(book, on, "一级")),
    "zones.second_level": lambda book, on: len(zones(book, on, "二级")),
    "zones.township_zones": lambda book, on: len(zones(book, on, "二级", {"乡镇"})),
    "zones.direct_zones": lambda book, on: len(zones(book, on, "二级", DIRECT)),
    "zones.first_level_leaders": zone_leaders("一级"),
    "zones.second_level_leaders": zone_leaders("二级"),
    "zones.leaders_with_two": lambda book, on: list(spans(book, on).values()).count(2),
    "zones.lead_offices": lead_offices,
    "zones.members": lambda book, on: len(units_in_zones(book, on)),
    "zones.units_outside": lambda book, on: len(zoned_units(book, on) - units_in_zones(book, on)),
    "plan.leads": plan_items("带动"),
    "plan.pushes": plan_items("推进"),
}
