"""Days away in the fictional county: entered by the head of a unit and by the office, one of them cancelled again."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from xiezuo.config.demonstrated.director import Scene, Story
from xiezuo.organisation.api import cancel_leave, enter_leave
from xiezuo.organisation.models import Leave, Person

DAY = timedelta(days=1)


def stories(scene: Scene) -> Iterator[Story]:
    """Somebody on annual leave this week, somebody at a training next week, and a trip that was called off."""
    yield _town(scene)
    yield _office(scene)


def _town(scene: Scene) -> Story:
    yield (now := scene.ago(2, 17))
    _enter(scene, "P202", "年休", (-1, 5), by="xiangzhen", now=now)


def _office(scene: Scene) -> Story:
    yield (now := scene.ago(2, 18))
    _enter(scene, "P302", "培训", (7, 12), by="anguanshi", now=now)
    gone = _enter(scene, "P056", "出差", (2, 4), by="anguanshi", now=now)
    yield (then := scene.later(now, 1, 9))
    cancel_leave(leave=gone, by=scene.actor("anguanshi", then), now=then)


def _enter(scene: Scene, who: str, kind: str, days: tuple[int, int], *, by: str, now: datetime) -> Leave:
    """Days away of somebody, counted from the day on which the stories end."""
    person = Person.objects.get(commission=scene.commission, code=who)
    return enter_leave(
        person=person, kind=kind, starts=scene.today + days[0] * DAY, ends=scene.today + days[1] * DAY, by=scene.actor(by, now), now=now,
    )  # fmt: skip
