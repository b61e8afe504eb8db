"""P12: an incident has its safety officer, its 24 hours by the rule T11, and goes to the secretary when nobody reports it."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.collaboration.safety.talking import (
    HOUR,
    MINUTE,
    NOW,
    Working,
    ago,
    close,
    incident,
    now_of,
    refused,
    report,
    seen,
    stretch,
    talk,
    the_round,
    working,
)
from tests.once import fresh, once
from tests.reading import journal
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Incident, IncidentStep, Member
from xiezuo.collaboration.safety.wording import incident_state
from xiezuo.collaboration.work.closing import against_closing
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.tasks import tell
from xiezuo.rules.models import WorkRule
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere

pytestmark = pytest.mark.django_db


built = once(working)


@pytest.fixture
def work(built: Working, db: None) -> Working:
    return fresh(built)


def steps(of: Incident) -> list[tuple[str, str]]:
    with acting_as(OPERATOR):
        return list(IncidentStep.objects.filter(incident=of).order_by("pk").values_list("verb", "state"))


def told_of(work: Working, kind: str) -> list[str]:
    """Whose notices of a kind are open."""
    names = {user.pk: name for name, user in work.here.office.accounts.items()}
    with acting_as(OPERATOR):
        return sorted(names[each.account] for each in Notice.objects.filter(kind=kind, done_at=None))


def words(of: Incident, now: Any) -> str:
    """Its clock in words at an instant."""
    with acting_as(OPERATOR):
        return str(incident_state(Incident.objects.prefetch_related("steps").get(pk=of.pk), now).plain)


RESPONSIBLE = ["checker", "chief", "clerk", "head", "second"]


def test_p12_an_incident_without_a_report_at_24_hours_escalates(work: Working) -> None:
    """To the secretary, once; it shows as late at that instant, whether or not the round has been."""
    made = incident(work)
    due = made.due_at
    assert due == ago(30) + 24 * HOUR
    assert told_of(work, "incident") == RESPONSIBLE
    assert (seen(work, "secretary"), the_round(due - MINUTE)) == ((0, 0, 0), 0)
    assert words(made, due - 90 * MINUTE) == "还剩1小时30分上报"
    assert words(made, due) == "未上报，已逾期不到1分钟"
    with journal() as acts:
        assert [the_round(due), the_round(due + HOUR)] == [1, 0]
    assert [act for act in acts if "incident" in str(act)] != []
    assert (steps(made), now_of(made).state) == ([("escalate", "逾期未报")], "逾期未报")
    assert told_of(work, "incident_late") == sorted([*RESPONSIBLE, "secretary"])
    assert seen(work, "secretary") == (0, 1, 1)
    assert words(made, due + 2 * HOUR) == "未上报，已逾期2小时"


def test_p12_the_round_of_every_half_hour_takes_it_up(work: Working) -> None:
    """What was known more than a day ago is late from its filing on, and goes with the next round at any hour."""
    made = incident(work, known=25 * 60)
    assert words(made, NOW) == "未上报，已逾期1小时"
    tell(0)
    assert steps(made) == [("escalate", "逾期未报")]


def test_p12_a_report_in_time_stops_the_clock_and_a_late_one_is_taken_and_told_as_late(work: Working) -> None:
    first, second = incident(work), incident(work, by="clerk", kind="失泄密")
    report(work, first)
    assert (steps(first), told_of(work, "incident")) == ([("report", "已上报")], RESPONSIBLE)
    late = second.due_at + 3 * HOUR
    assert the_round(late) == 1
    report(work, second, by="clerk", at=late, now=late + MINUTE)
    assert steps(second) == [("escalate", "逾期未报"), ("report", "已上报")]
    assert (words(first, late), words(second, late)) == ("按时上报，待办结", "迟报3小时，待办结")
    assert told_of(work, "incident") == []
    with acting_as(OPERATOR):
        assert Incident.objects.get(pk=second.pk).escalated_at == late


def test_p12_a_late_report_before_the_round_goes_to_the_secretary_all_the_same(work: Working) -> None:
    made = incident(work)
    report(work, made, at=made.due_at + MINUTE, now=made.due_at + 2 * MINUTE)
    assert steps(made) == [("escalate", "逾期未报"), ("report", "已上报")]
    assert the_round(made.due_at + HOUR) == 0
    assert "secretary" in told_of(work, "incident_late")


def test_p12_nothing_is_closed_that_was_not_reported_and_nothing_is_done_twice(work: Working) -> None:
    made = incident(work)
    assert refused(close, work, made) == ["not-reported"]
    with acting_as(OPERATOR):
        assert "incidents" in {each.code for each in against_closing(work.row)}
    key = uuid4()
    report(work, made, key=key)
    report(work, made, key=key)
    assert refused(report, work, made, by="chief") == ["wrong-state"]
    assert refused(close, work, made, by="second") == ["not-responsible"]
    assert refused(close, work, made, said=" ") == ["said"]
    assert refused(close, work, made, said="电话13800138000") == ["said"]
    close(work, made)
    assert refused(close, work, made) == ["wrong-state"]
    assert steps(made) == [("report", "已上报"), ("close", "已办结")]
    with acting_as(OPERATOR):
        assert "incidents" not in {each.code for each in against_closing(work.row)}
    assert (the_round(made.due_at + HOUR), told_of(work, "incident_late")) == (0, [])


def test_p12_an_incident_is_filed_by_whoever_is_concerned_and_by_nobody_else(work: Working) -> None:
    assert [incident(work, by=name).position for name in ("chief", "second", "lent", "head", "clerk")] == [1, 2, 3, 4, 5]  # fmt: skip
    assert refused(incident, work, by="asker") == ["not-concerned"]
    for name in ("outsider", "mender", "secretary"):
        with pytest.raises(NotThere):
            incident(work, by=name)
    work.recuse("lent")
    with pytest.raises(NotThere):
        incident(work, by="lent")
    work.stands("归档")
    assert incident(work, by="clerk").position == 6
    work.stands("已批准")
    assert refused(incident, work, by="clerk") == ["wrong-state"]


def test_p12_the_same_form_sent_twice_files_once_and_what_is_wrong_leaves_no_trace(work: Working) -> None:
    key = uuid4()
    assert incident(work, key=key).pk == incident(work, key=key).pk
    wrong = {
        "kind": {"kind": "事故"}, "said": {"kind": "其他"}, "occurred_at": {"occurred_at": NOW + HOUR}, "known_at": {"known_at": ago(60)},
        "officer": {"occurred_at": NOW - timedelta(days=9)},
    }  # fmt: skip
    with journal() as acts:
        assert {code: refused(incident, work, **more) for code, more in wrong.items()} == {code: [code] for code in wrong}  # fmt: skip
        assert refused(report, work, now_of(incident_of(key)), at=ago(60), office=" ", paper_no="") == ["office", "paper_no", "reported_at"]  # fmt: skip
    with acting_as(OPERATOR):
        assert (acts, Incident.objects.count(), IncidentStep.objects.count()) == ([], 1, 0)


def incident_of(key: Any) -> Incident:
    with acting_as(OPERATOR):
        return Incident.objects.get(key=key)


def test_p12_nothing_is_filed_without_a_safety_officer_named_in_the_team_then(work: Working) -> None:
    """The one named at that time is kept, whoever is named later."""
    made = incident(work)
    with acting_as(OPERATOR):
        Member.objects.filter(pk=work.members["second"].pk).update(roles=["成员"])
    assert refused(incident, work) == ["officer"]
    assert now_of(made).officer_id == work.members["second"].pk


def test_t11_the_clock_goes_by_the_rule_of_the_county_in_force_when_it_became_known(work: Working) -> None:
    """By its edition; of days to the end of the last; by the 24 hours of the work rule itself where the county has none."""
    kept = edition(work)
    assert incident(work).rule == kept.pk
    shorter = edition(work, limit=12)
    made = incident(work)
    assert (made.rule, made.due_at) == (shorter.pk, ago(30) + 12 * HOUR)
    edition(work, limit=1, limit_unit="日")
    last = timezone.localdate(ago(30)) + timedelta(days=2)
    assert incident(work).due_at == timezone.make_aware(datetime.combine(last, time.min))
    edition(work, limit=None, limit_unit="", limit_words="立即")
    assert incident(work).rule is None
    edition(work, code="T99")
    made = incident(work)
    assert (made.rule, made.due_at) == (None, ago(30) + 24 * HOUR)


def edition(work: Working, **changed: Any) -> WorkRule:
    """The deadline T11 of the county, stated anew where something of it is changed."""
    with acting_as(OPERATOR):
        found = WorkRule.objects.current().get(commission=work.here.office.county, code="T11")
        if changed:
            WorkRule.objects.filter(pk=found.pk).update(known_until=clock.now())
            found.pk, found.known_from = None, clock.now()
            for name, value in changed.items():
                setattr(found, name, value)
            found.save(force_insert=True)
        return found


def test_p10_p12_who_must_stand_out_neither_sees_an_incident_nor_is_told(work: Working) -> None:
    """A secretary too, once it escalates; and whoever is asked about later is reminded of nothing."""
    work.recuse("secretary")
    made = incident(work)
    the_round(made.due_at)
    assert seen(work, "secretary") == (0, 0, 0)
    assert "secretary" not in told_of(work, "incident_late")
    for name in ("outsider", "mender", "far head"):
        assert seen(work, name) == (0, 0, 0)
    for name in ("chief", "head", "clerk", "asker"):
        assert seen(work, name) == (0, 1, 1)


def test_p3_p12_a_gap_escalates_like_any_other_incident(work: Working) -> None:
    talk(work, stretch(120, 70), now=NOW)
    assert (the_round(NOW + 24 * HOUR - MINUTE), the_round(NOW + 24 * HOUR)) == (0, 1)
