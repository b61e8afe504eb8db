"""A talk of the fictional county with a whole recording, and an incident that was reported in time and closed."""

from collections.abc import Generator
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from xiezuo.collaboration.models import Member, Request
from xiezuo.collaboration.safety.asked import Happened, Held, Stretch, Upward
from xiezuo.collaboration.safety.incident_operations import close_incident, file_incident, report_incident
from xiezuo.collaboration.safety.talk_operations import record_talk
from xiezuo.collaboration.states import MemberState
from xiezuo.config.demonstrated.director import Scene

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def talked(scene: Scene, row: Request, by: str, now: datetime) -> Generator[datetime, None, datetime]:
    """The next day a talk is held; that its companion's paper was not signed is filed, reported and closed."""
    yield (now := scene.later(now, 1, 17))
    held = Request.objects.select_related("commission").get(pk=row.pk)
    members = list(Member.objects.filter(request=row, state=MemberState.JOINED).order_by("pk"))
    record_talk(request=held, talk=_talk(members, now), key=uuid4(), by=scene.actor(by, now), now=now)
    happened = Happened("谈话规范", now - HOUR, now - HOUR / 2, "陪送交接单漏签，见安全台账3号", sure=True)
    incident = file_incident(request=held, happened=happened, key=uuid4(), by=scene.actor(by, now), now=now)
    yield (now := scene.later(now, 1, 9))
    # A day off between them would make it late; the report itself went out the evening before.
    upward = Upward("市纪委监委案件监督管理室（虚构）", incident.at + 2 * HOUR, f"澜纪安〔{now.year}〕1号")
    report_incident(incident=incident, upward=upward, key=uuid4(), by=scene.actor(by, now), now=now)
    yield (now := scene.later(now, 1, 9))
    close_incident(
        incident=incident, said="交接单已补签，安全员逐次核对", sure=True, key=uuid4(), by=scene.actor(by, now), now=now
    )  # fmt: skip
    return now


def _talk(members: list[Member], now: datetime) -> Held:
    """An hour and a half in the afternoon; the recorder ran from before its beginning until after its end."""
    began, ended = now - 3 * HOUR, now - 3 * HOUR / 2
    digest = sha256("虚构录音录像".encode()).hexdigest()
    stretch = Stretch(began - 4 * MINUTE, ended + 2 * MINUTE, digest, "虚构LY-02")
    who = tuple(each.pk for each in members)
    return Held(began, ended, who, who[0], "谈话室（虚构）", (stretch,), sure=True)
