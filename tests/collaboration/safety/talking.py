"""Talks and incidents of a request at work in the fictional county; times are told in minutes before now."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.collaboration.work.working import Working, now_of, refused, working
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Incident, IncidentStep, Talk
from xiezuo.collaboration.safety.asked import Happened, Held, Stretch, Upward
from xiezuo.collaboration.safety.incident_operations import (
    close_incident,
    escalate_incidents,
    file_incident,
    report_incident,
)
from xiezuo.collaboration.safety.talk_operations import record_talk
from xiezuo.shared import clock

NOW = clock.now().replace(microsecond=0)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def ago(minutes: float) -> Any:
    """So many minutes before the tests began."""
    return NOW - minutes * MINUTE


def stretch(first: float, last: float, digit: str = "a", device: str = "虚构录音机1") -> Stretch:
    """The recorder ran from so many minutes ago to so many."""
    return Stretch(ago(first), ago(last), digit * 64, device)


def told(work: Working, *stretches: Stretch, back: float = 0, **more: Any) -> Held:
    """A talk of the chief and the second from 120 to 60 minutes ago, recorded throughout unless told; all `back` hours earlier."""
    who = work.members
    usual = {
        "started": ago(120), "ended": ago(60), "talkers": (who["chief"].pk, who["second"].pk), "custodian": who["second"].pk, "room": "虚构谈话室1",
        "stretches": stretches or (stretch(125, 58),),
    } | more  # fmt: skip
    return earlier(Held(**usual), back * HOUR)


def earlier(held: Held, by: timedelta) -> Held:
    """The same talk so much earlier."""
    ran = tuple(
        replace(each, started=each.started - by, stopped=each.stopped - by) for each in held.stretches
    )
    return replace(held, started=held.started - by, ended=held.ended - by, stretches=ran)


def talk(work: Working, *stretches: Stretch, by: str = "chief", key: Any = None, now: Any = None, **more: Any) -> Talk:  # fmt: skip
    """Entered."""
    given = {"request": work.row, "talk": told(work, *stretches, **more), "key": key or uuid4()}
    return work.do(by, record_talk, now=now or clock.now(), **given)  # type: ignore[no-any-return]


def incident(work: Working, by: str = "chief", kind: str = "人身安全", *, known: float = 30, key: Any = None, **more: Any) -> Incident:  # fmt: skip
    """Filed; it happened 40 minutes ago."""
    happened = Happened(**{"kind": kind, "occurred_at": ago(known + 10), "known_at": ago(known)} | more)
    return work.do(by, file_incident, request=work.row, happened=happened, key=key or uuid4())  # type: ignore[no-any-return]


def report(work: Working, of: Incident, by: str = "second", *, at: Any = None, now: Any = None, key: Any = None, **more: Any) -> Incident:  # fmt: skip
    """Reported upward now, unless told."""
    now = now or clock.now()
    upward = Upward(
        **{"office": "虚构市纪委监委案管室", "reported_at": at or now, "paper_no": "虚报〔2026〕1号"} | more
    )
    return work.do(by, report_incident, incident=of, upward=upward, key=key or uuid4(), now=now)  # type: ignore[no-any-return]


def close(work: Working, of: Incident, by: str = "head", said: str = "设备已更换，见虚构台账3号", **more: Any) -> Incident:  # fmt: skip
    """Closed."""
    return work.do(by, close_incident, **{"incident": of, "said": said, "key": uuid4()} | more)  # type: ignore[no-any-return]


def the_round(now: Any) -> int:
    """The round of the background at an instant."""
    with acting_as(OPERATOR):
        return escalate_incidents(now=now)


def seen(work: Working, name: str) -> tuple[int, int, int]:
    """How many talks, incidents and steps somebody sees."""
    with acting_as(work.here.actor(name)):
        return Talk.objects.count(), Incident.objects.count(), IncidentStep.objects.count()


__all__ = ["HOUR", "MINUTE", "NOW", "Working", "ago", "close", "incident", "now_of", "refused", "report", "seen", "stretch", "talk", "the_round", "told", "working"]  # fmt: skip
