"""What cannot be true: checked over the whole ledger as it would stand after the load, column by column."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.book.changes import Changes
from xiezuo.book.columns import Sheet
from xiezuo.book.errors import Problems
from xiezuo.book.queries import Row
from xiezuo.book.reading import Table
from xiezuo.book.words import KNOWN_POSTS
from xiezuo.organisation.states import Engagement, MoveIn
from xiezuo.shared.lists import listed
from xiezuo.shared.periods import ALWAYS, OPEN, shown
from xiezuo.zones.states import Level, Role

Standing = Mapping[str, Changes]
_ENTITY_OF = {"unit": "机构", "zone": "协作区", "site": "场所"}


def check_periods(table: Table, problems: Problems) -> None:
    """An end before its start (or on it, where a period must have a day)."""
    sheet = table.sheet
    if "ends" in table.columns and "starts" in table.columns:
        _check_order(table, "starts", "ends", problems, may_be_equal=sheet.may_be_empty_period)
    pairs = {"会议调研": [("starts", "last_day")], "设备": [("faulty_from", "repaired_on"), ("starts", "faulty_from")],
             "工作谋划": [("starts", "due_on")], "改造": [("starts", "due_on")], "制度": []}  # fmt: skip
    for first, last in pairs.get(sheet.name, []):
        _check_order(table, first, last, problems, may_be_equal=True)
    if sheet.name == "配备标准":
        _check_of_which(table, problems)


def _check_order(table: Table, first: str, last: str, problems: Problems, *, may_be_equal: bool) -> None:
    starts, ends = table.columns[first], table.columns[last]
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if start is None or end is None or start < end or (may_be_equal and start == end):
            continue
        if last == "ends" and table.sheet.name == "会议调研":
            continue
        told = {"day": shown(start)}
        expected = _("%(day)s or later") % told if may_be_equal else _("a day after %(day)s") % told
        problems.error(table.sheet.name, table.rows[index], table.sheet.heading(last), shown(end), expected)
        table.bad.add(index)


def _check_of_which(table: Table, problems: Problems) -> None:
    for index, (people, full_time) in enumerate(
        zip(table.columns["people"], table.columns["full_time"], strict=True)
    ):
        if people is not None and full_time is not None and full_time > people:
            expected = _("at most the number of people, %(people)d") % {"people": people}
            problems.error(table.sheet.name, table.rows[index], "其中专职", full_time, expected)
            table.bad.add(index)


def check_keys(table: Table, problems: Problems) -> None:
    """Two rows of the book that say the same thing under one key."""
    sheet = table.sheet
    if sheet.entity:
        return
    first: dict[Any, int] = {}
    for index, key in enumerate(zip(*(table.columns[name] for name in sheet.key), strict=True)):
        if first.setdefault(key, index) != index and index not in table.bad:
            expected = _("one row for the same %(key)s; row %(row)d has it already") % {
                "key": listed(sheet.heading(name) for name in sheet.key), "row": table.rows[first[key]],
            }  # fmt: skip
            found = " ".join(shown(part) if isinstance(part, date) else str(part) for part in key if part)
            problems.error(sheet.name, table.rows[index], sheet.heading(sheet.key[0]), found, expected)
            table.bad.add(index)


def check_standing(standing: Standing, problems: Problems) -> None:
    """Everything that needs the whole ledger: overlaps, lives of what is spoken of, the order of zones."""
    for changes in standing.values():
        for names in changes.sheet.once:
            _check_once(changes, names, problems)
        for name in changes.sheet.stands:
            _check_life(changes, name, standing[_ENTITY_OF[name]], problems)
    _check_zones(standing["协作区"], problems)
    _check_one_zone(standing["协作区成员"], standing["协作区"], problems)
    _check_establishment(standing["配备标准"], standing["机构"], problems)
    _warn_made_full_time(standing["任职"], problems)


def _values(changes: Changes, name: str) -> list[Any]:
    place = changes.sheet.place[name]
    return [row[place] for row in changes.standing]


@dataclass(frozen=True)
class _Rule:
    """What may not be true twice on a day: how that is said, and which pairs are fine all the same."""

    words: str
    fine: Callable[[int, int], bool] = lambda _first, _second: False


def _check_once(changes: Changes, names: tuple[str, ...], problems: Problems) -> None:
    keys = zip(*(_values(changes, name) for name in names), strict=True)
    rule = _Rule(_("no day on which %(who)s already stands, as row %(row)s says"))
    _check_overlaps(changes, keys, rule, problems)


def _check_overlaps(changes: Changes, keys: Iterable[Any], rule: _Rule, problems: Problems) -> None:
    together: dict[Any, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        if key is not None:
            together[key].append(index)
    starts, ends = _values(changes, "starts"), _values(changes, "ends")
    for key, indexes in together.items():
        if len(indexes) > 1:
            indexes.sort(key=lambda index: (starts[index], index))
            for pair in _overlapping(indexes, starts, ends, rule):
                _note_rival(changes, key, pair, rule.words, problems)


def _overlapping(
    indexes: list[int], starts: list[date], ends: list[date], rule: _Rule
) -> Iterator[tuple[int, int]]:
    """Each row that begins while another stands, with the one it meets; `indexes` are in the order of their starts."""
    standing: list[int] = []
    for index in indexes:
        standing = [other for other in standing if ends[other] > starts[index]]
        rival = next((other for other in standing if not rule.fine(other, index)), None)
        if rival is not None:
            yield rival, index
        standing.append(index)


def _note_rival(changes: Changes, key: Any, pair: tuple[int, int], words: str, problems: Problems) -> None:
    rival, index = pair if changes.rows[pair[1]] else (pair[1], pair[0])
    row, other = changes.rows[index], changes.rows[rival]
    who = " ".join(str(part) for part in key if part not in (None, ""))
    told = {"who": who, "row": other or _("of the ledger")}
    heading = next((c.heading for c in changes.sheet.columns if c.field == "starts"), "")
    found = shown(changes.standing[index][changes.sheet.place["starts"]])
    problems.error(changes.sheet.name, row, heading, f"{who} {found}", words % told)


def _lives(entities: Changes) -> dict[str, tuple[date, date]]:
    return dict(
        zip(
            _values(entities, "code"),
            zip(_values(entities, "starts"), _values(entities, "ends"), strict=True),
            strict=True,
        )
    )


def _check_life(changes: Changes, name: str, entities: Changes, problems: Problems) -> None:
    """A fact of a unit, zone or site before it stood or after it ended."""
    lives = _lives(entities)
    always = (ALWAYS, OPEN)
    rows = zip(_values(changes, name), _values(changes, "starts"), _values(changes, "ends"), strict=True)
    for index, (code, starts, ends) in enumerate(rows):
        first, last = lives.get(code, always)
        if starts < first or ends > last or (starts >= last and last != OPEN):
            _note_outside(changes, index, code, (first, last), problems)


def _note_outside(
    changes: Changes, index: int, code: str, life: tuple[date, date], problems: Problems
) -> None:
    sheet, row = changes.sheet, changes.rows[index]
    values = changes.standing[index]
    fact = (values[sheet.place["starts"]], values[sheet.place["ends"]])
    told = {"code": code, "first": shown(life[0]), "last": shown(life[1])}
    if fact[0] < life[0]:
        expected = _("a day on or after %(first)s, when %(code)s began") % told
        problems.error(sheet.name, row, sheet.heading("starts"), shown(fact[0]), expected)
    elif fact[0] >= life[1]:
        expected = _("a day before %(last)s, when %(code)s ended") % told
        problems.error(sheet.name, row, sheet.heading("starts"), shown(fact[0]), expected)
    else:
        expected = _("%(last)s or earlier, because %(code)s ended then") % told
        problems.error(sheet.name, row, sheet.heading("ends"), shown(fact[1]) or _("blank"), expected)


def _check_zones(zones: Changes, problems: Problems) -> None:
    """First-level zones have neither kind nor parent; a second-level zone's parent is a first-level one that stands."""
    sheet, place = zones.sheet, zones.sheet.place
    by_code = {row[place["code"]]: row for row in zones.standing}
    for number, row in zip(zones.rows, zones.standing, strict=True):
        level, kind, parent = row[place["level"]], row[place["kind"]], row[place["parent"]]
        if level == Level.FIRST:
            for name, value in (("kind", kind), ("parent", parent)):
                if value:
                    expected = _("blank: a first-level zone has none")
                    problems.error(sheet.name, number, sheet.heading(name), value, expected)
        elif parent is not None:
            _check_parent(sheet, number, row, by_code.get(parent), problems)


def _check_parent(sheet: Sheet, number: int, row: Row, parent: Row | None, problems: Problems) -> None:
    place = sheet.place
    code = row[place["parent"]]
    heading = sheet.heading("parent")
    if parent is None:
        return
    if parent[place["level"]] != Level.FIRST:
        problems.error(sheet.name, number, heading, code, _("a first-level zone"))
    elif row[place["starts"]] < parent[place["starts"]] or row[place["ends"]] > parent[place["ends"]]:
        told = {"first": shown(parent[place["starts"]]), "last": shown(parent[place["ends"]]) or "…"}
        problems.error(
            sheet.name, number, heading, code, _("a zone that stands as long: %(first)s to %(last)s") % told
        )


def _check_one_zone(members: Changes, zones: Changes, problems: Problems) -> None:
    """A unit is 轴, 领办 or 成员 of one second-level zone at a time; helping is no membership."""
    levels = dict(zip(_values(zones, "code"), _values(zones, "level"), strict=True))
    zone_of = _values(members, "zone")
    keys = [
        (unit,) if role != Role.HELPER and levels.get(zone) == Level.SECOND else None
        for unit, zone, role in zip(_values(members, "unit"), zone_of, _values(members, "role"), strict=True)
    ]
    words = _("one second-level zone at a time; row %(row)s puts %(who)s in another")
    rule = _Rule(words, lambda first, second: zone_of[first] == zone_of[second])
    _check_overlaps(members, keys, rule, problems)


def _check_establishment(standards: Changes, units: Changes, problems: Problems) -> None:
    kinds = dict(zip(_values(units, "code"), _values(units, "kind"), strict=True))
    rows = zip(standards.rows, _values(standards, "unit"), _values(standards, "kind"), strict=True)
    for number, unit, kind in rows:
        if unit is not None and kinds.get(unit, kind) != kind:
            expected = _("%(kind)s, the kind of %(unit)s") % {"kind": kinds[unit], "unit": unit}
            problems.error(standards.sheet.name, number, "机构类型", kind, expected)


def warn_of_posts(standing: Standing, accepted: Container[str], problems: Problems) -> None:
    """Posts that the figures do not know by name: kept as they are, and named, because one may mean a known post."""
    first: dict[str, tuple[str, int]] = {}
    for sheet in ("任职", "配备标准"):
        changes = standing[sheet]
        for number, post in zip(changes.rows, _values(changes, "post"), strict=True):
            if number and post not in KNOWN_POSTS and post not in accepted:
                first.setdefault(post, (sheet, number))
    for post, (sheet, number) in first.items():
        told = {"sheet": sheet, "row": number, "post": post}
        problems.warn(
            _(
                "%(sheet)s row %(row)d: 职务 “%(post)s” is taken as a post of its own; if it means another, map it once."
            )
            % told
        )


def _warn_made_full_time(posts: Changes, problems: Problems) -> None:
    """专职 that begins on the day on which 兼职 in the same post ended, without saying that it was made so."""
    place = posts.sheet.place
    engagement = _values(posts, "engagement")
    keys = list(zip(_values(posts, "person"), _values(posts, "unit"), _values(posts, "post"), strict=True))
    ended = {
        (key, row[place["ends"]])
        for key, row, how in zip(keys, posts.standing, engagement, strict=True)
        if how == Engagement.PART_TIME
    }
    for number, key, row in zip(posts.rows, keys, posts.standing, strict=True):
        full_time = row[place["engagement"]] == Engagement.FULL_TIME
        if (
            full_time
            and (key, row[place["starts"]]) in ended
            and MoveIn.MADE_FULL_TIME not in row[place["moves"]]
        ):
            told = {"row": number, "who": key[0], "day": shown(row[place["starts"]])}
            problems.warn(
                _(
                    "任职 row %(row)s: %(who)s became 专职 in the same post on %(day)s; add 兼职转专职 to 变动方式?"
                )
                % told
            )
