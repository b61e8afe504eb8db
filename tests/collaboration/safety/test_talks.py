"""P3: a talk is recorded throughout, by two of the own staff, under an approval with talks; what is missing is an incident."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.collaboration.safety.talking import (
    HOUR,
    NOW,
    Working,
    ago,
    refused,
    seen,
    stretch,
    talk,
    told,
    working,
)
from tests.once import fresh, once
from tests.reading import journal
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Incident, Member, Recording, Request, Talk
from xiezuo.collaboration.safety.asked import Held, Stretch
from xiezuo.collaboration.safety.talk_operations import record_talk
from xiezuo.shared.errors import NotThere

pytestmark = pytest.mark.django_db


built = once(working)


@pytest.fixture
def work(built: Working, db: None) -> Working:
    return fresh(built)


def incidents() -> list[tuple[str, Any, str]]:
    with acting_as(OPERATOR):
        return list(Incident.objects.order_by("pk").values_list("kind", "occurred_at", "state"))


def test_p3_a_talk_that_ends_later_than_its_recording_makes_an_incident(work: Working) -> None:
    """In the same act, known from that moment, with a clock of 24 hours and whoever answers for it."""
    made = talk(work, stretch(125, 65), now=NOW)
    assert incidents() == [("录音录像中断", ago(65), "待上报")]
    with acting_as(OPERATOR):
        found = Incident.objects.get()
        assert (found.talk_id, found.known_at, found.due_at) == (made.pk, NOW, NOW + 24 * HOUR)
        assert (found.officer_id, found.leader_id) == (work.members["second"].pk, work.members["chief"].pk)
        assert found.head_id == work.here.office.people["head"].pk
        assert found.said == "第1次谈话录音录像缺1段，共5分0秒"


def test_p3_every_gap_of_a_talk_is_one_incident_and_a_whole_recording_is_none(work: Working) -> None:
    talk(work, stretch(120, 60))
    talk(work, stretch(130, 90, "a"), stretch(95, 50, "b", "虚构录音机2"), back=2)
    assert incidents() == []
    talk(work, stretch(118, 100, "a"), stretch(95, 60, "b"), back=4)
    assert incidents() == [("录音录像中断", ago(120 + 4 * 60), "待上报")]


def wrong(work: Working, change: str) -> Held:
    """The usual talk with one thing wrong."""
    who, usual = work.members, told(work)
    changes: dict[str, dict[str, Any]] = {
        "one talker": {"talkers": (who["chief"].pk,)},
        "one of the own staff": {"talkers": (who["chief"].pk, who["lent"].pk)},
        "not of the team": {"talkers": (who["chief"].pk, who["second"].pk, 0)},
        "no custodian": {"custodian": None},
        "not over yet": {"ended": NOW + HOUR},
        "ends before it began": {"ended": ago(121)},
        "a day too long": {"started": NOW - timedelta(hours=30)},
        "before the team": {"started": NOW - timedelta(days=9), "ended": NOW - timedelta(days=9) + HOUR},
        "no room": {"room": " "},
        "a telephone number": {"room": "电话13800138000"},
        "no stretch": {"stretches": ()},
        "five stretches": {"stretches": tuple(stretch(120 - n, 119 - n, digit) for n, digit in enumerate("abcde"))},
        "digest": {"stretches": (Stretch(ago(120), ago(60), "xyz", "机1"),)},
        "one file twice": {"stretches": (stretch(120, 90), stretch(90, 60))},
        "one device twice at once": {"stretches": (stretch(120, 80, "a"), stretch(90, 60, "b"))},
        "outside the talk": {"stretches": (stretch(120, 60), stretch(30, 20, "b"))},
        "stops before it starts": {"stretches": (stretch(60, 120),)},
        "no device": {"stretches": (Stretch(ago(120), ago(60), "a" * 64, " "),)},
        "replaces another's": {"replaces": 0, "because": "时间有误"},
    }  # fmt: skip
    return replace(usual, **changes[change])


WRONG = {
    "one talker": {"talkers"}, "one of the own staff": {"talkers"}, "not of the team": {"talkers"}, "no custodian": {"custodian"},
    "not over yet": {"ended"}, "ends before it began": {"ended"}, "a day too long": {"ended"}, "before the team": {"talkers", "custodian", "officer", "started_1"},
    "no room": {"room"}, "a telephone number": {"room"}, "no stretch": {"started_1"}, "five stretches": {"started_1"},
    "digest": {"digest_1"}, "one file twice": {"digest_2"}, "one device twice at once": {"started_2"}, "outside the talk": {"started_2"},
    "stops before it starts": {"stopped_1"}, "no device": {"device_1"}, "replaces another's": {"replaces"},
}  # fmt: skip


def test_p2_p3_what_is_told_wrongly_is_refused_at_its_field_and_leaves_no_trace(work: Working) -> None:
    with journal() as acts:
        found = {change: set(refused(work.do, "chief", record_talk, request=work.row, talk=wrong(work, change), key=uuid4())) for change in WRONG}  # fmt: skip
    assert (found, acts) == (WRONG, [])
    with acting_as(OPERATOR):
        assert (Talk.objects.count(), Recording.objects.count(), Incident.objects.count()) == (0, 0, 0)


def test_p12_no_talk_is_entered_of_a_team_without_a_named_safety_officer(work: Working) -> None:
    with acting_as(OPERATOR):
        Member.objects.filter(pk=work.members["second"].pk).update(roles=["成员"])
    assert refused(talk, work) == ["officer"]


def test_p1_whoever_had_to_stand_out_by_then_did_not_talk(work: Working) -> None:
    """Of a question that was raised after the talk nothing follows for it."""
    work.recuse("second")
    assert talk(work, back=1).position == 1
    work.recuse("chief", raised_at=ago(130))
    assert refused(talk, work, by="head") == ["talkers"]


def test_p3_p4_talks_are_entered_by_the_team_of_a_request_approved_with_them(work: Working) -> None:
    for place, name in enumerate(("chief", "second", "lent", "head"), 1):
        assert talk(work, by=name, back=2 * place).position == place
    assert refused(talk, work, by="asker") == ["not-of-the-team"]
    assert refused(talk, work, by="clerk") == ["not-of-the-team"]
    with pytest.raises(NotThere):
        talk(work, by="outsider")
    with acting_as(OPERATOR):
        Request.objects.filter(pk=work.row.pk).update(measures=["检查"])
    assert refused(talk, work) == ["measure"]
    work.stands("组队", measures=["谈话"])
    assert refused(talk, work) == ["wrong-state"]


def test_the_same_form_sent_twice_enters_one_talk(work: Working) -> None:
    key = uuid4()
    assert talk(work, stretch(120, 70), key=key).pk == talk(work, stretch(120, 70), key=key).pk
    assert refused(talk, work, by="second", key=key) == ["foreign-form"]
    assert len(incidents()) == 1


def test_p3_one_talk_is_entered_once_whoever_of_them_enters_it(work: Working) -> None:
    """Others of the team may talk at that time; the same people may talk before and after."""
    talk(work)
    assert refused(talk, work, by="second") == ["started"]
    assert refused(talk, work, by="head", started=ago(61), ended=ago(50)) == ["started"]
    assert talk(work, started=ago(60), ended=ago(50), stretches=(stretch(60, 50),)).position == 2


def test_p3_a_mistake_is_put_right_by_a_further_entry_and_the_first_stays(work: Working) -> None:
    first = talk(work, stretch(120, 70))
    again = told(work, replaces=first.pk)
    assert refused(work.do, "chief", record_talk, request=work.row, talk=again, key=uuid4()) == ["because"]
    second = talk(work, replaces=first.pk, because="停录时间抄错，见交接单")
    assert refused(talk, work, replaces=first.pk, because="再次更正") == ["started", "replaces"]
    with acting_as(OPERATOR):
        assert list(Talk.objects.order_by("pk").values_list("pk", "replaces")) == [(first.pk, None), (second.pk, first.pk)]  # fmt: skip
    assert len(incidents()) == 1


def test_p10_whoever_does_not_read_the_request_sees_no_talk(work: Working) -> None:
    talk(work, stretch(120, 70))
    assert {name: seen(work, name) for name in ("chief", "head", "clerk", "asker")} == dict.fromkeys(("chief", "head", "clerk", "asker"), (1, 1, 0))  # fmt: skip
    assert {name: seen(work, name) for name in ("outsider", "mender", "secretary")} == dict.fromkeys(("outsider", "mender", "secretary"), (0, 0, 0))  # fmt: skip
    work.recuse("lent")
    assert seen(work, "lent") == (0, 0, 0)


@pytest.mark.parametrize("table", ["talk", "recording", "incident", "incidentstep"])
def test_p3_p12_the_database_lets_nobody_change_or_delete_it(actor: None, table: str) -> None:
    for act in ("DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {}"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:  # fmt: skip
            cursor.execute(act.format(f"collaboration_{table}"))
