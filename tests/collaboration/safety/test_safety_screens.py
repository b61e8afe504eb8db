"""Pages of talks and incidents: who reads and acts, what is refused keeps the words, and a page costs the same for many rows."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.urls import get_resolver, reverse

from tests.collaboration.request_screens.test_request_pages import Door
from tests.collaboration.safety.talking import (
    NOW,
    Working,
    ago,
    incident,
    report,
    stretch,
    talk,
    the_round,
    working,
)
from tests.once import fresh, once
from tests.reading import questions_of
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Incident, Recording, Talk
from xiezuo.collaboration.safety.forms import OF_STRETCH

pytestmark = pytest.mark.django_db


built = once(working)


@pytest.fixture
def work(built: Working, db: None) -> Working:
    return fresh(built)


def at(route: str, *args: Any) -> str:
    return reverse(f"collaboration:{route}", args=args)


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def moment(minutes: float) -> str:
    """So many minutes ago as the browser sends it."""
    return f"{ago(minutes).astimezone():%Y-%m-%dT%H:%M:%S}"


def sent(work: Working, **more: Any) -> dict[str, Any]:
    """The form of a talk whose recorder was stopped five minutes too early."""
    who = work.members
    return {
        "started": moment(120), "ended": moment(60), "talkers": [who["chief"].pk, who["second"].pk], "room": "虚构谈话室1",
        "custodian": who["second"].pk, "started_1": moment(120), "stopped_1": moment(90), "digest_1": "a" * 64, "device_1": "虚构录音机1",
        "started_2": moment(90), "stopped_2": moment(65), "digest_2": "B" * 64, "device_2": "虚构录音机1", "key": uuid4(),
    } | more  # fmt: skip


def test_p3_a_talk_is_entered_on_its_page_and_its_gap_stands_on_the_request(work: Working) -> None:
    """What is refused loses nothing that was typed and writes nothing."""
    chief, page = Door(work.here, "chief"), at("do-safety", work.row.pk, "talk")
    shown = text(chief.get(page))
    asked = set(re.findall(r'name="(\w+)"', shown.split('class="xz-form"')[1].split("</form>")[0]))
    assert asked == {"csrfmiddlewaretoken", "sure", *sent(work), *(f"{each}_{place}" for each in OF_STRETCH for place in (3, 4))}  # fmt: skip
    assert (shown.count('xz-stretch" open><summary>录制第'), shown.count('xz-stretch"><summary>录制第')) == (
        1,
        3,
    )
    wrong = chief.post(page, sent(work, digest_2="短", room="电话13800138000", started_3=moment(65)))
    assert (wrong.status_code, "电话13800138000" in text(wrong), "虚构录音机1" in text(wrong)) == (422, True, True)  # fmt: skip
    assert text(wrong).count('xz-stretch" open><summary>录制第') == 3
    with acting_as(OPERATOR):
        assert (Talk.objects.count(), Incident.objects.count()) == (0, 0)
    assert chief.post(page, sent(work)).status_code == 302
    request = text(chief.get(at("request", work.row.pk)))
    for words in ("第1次谈话", "停录之后5分", "录音录像中断", "还剩23小时59分上报", "安全员"):
        assert words in request
    with acting_as(OPERATOR):
        made, found = Talk.objects.get(), Incident.objects.get()
        assert list(Recording.objects.order_by("pk").values_list("digest", flat=True)) == ["a" * 64, "b" * 64]
    told = text(chief.get(at("talk", made.pk)))
    assert ("b" * 64 in told, "停录之后5分" in told, at("incident", found.pk) in told) == (True, True, True)


def test_p12_an_incident_is_filed_reported_and_closed_on_its_pages(work: Working) -> None:
    chief, head = Door(work.here, "chief"), Door(work.here, "head")
    filed = {"kind": "谈话规范", "occurred_at": moment(50), "known_at": moment(40), "said": "虚构登记3号", "key": uuid4()}  # fmt: skip
    assert chief.post(at("do-safety", work.row.pk, "incident"), filed).status_code == 302
    with acting_as(OPERATOR):
        found = Incident.objects.get()
    page = at("incident", found.pk)
    shown = text(chief.get(page))
    for words in ("T11", "第七十条", "第一责任人", "安全员", "上报"):
        assert words in shown
    assert head.get(at("do-incident", found.pk, "close")).status_code == 409
    up = {"office": "虚构市纪委监委案管室", "reported_at": moment(20), "paper_no": "虚报1号", "key": uuid4()}
    assert chief.post(at("do-incident", found.pk, "report"), up | {"office": " "}).status_code == 422
    assert chief.post(at("do-incident", found.pk, "report"), up).status_code == 302
    done = {"said": "已更换设备，见虚构台账", "key": uuid4()}
    assert Door(work.here, "second").get(at("do-incident", found.pk, "close")).status_code == 409
    assert head.post(at("do-incident", found.pk, "close"), done).status_code == 302
    told = text(head.get(page))
    for words in ("虚报1号", "已更换设备，见虚构台账", "已办结，按时上报"):
        assert words in told


def test_p12_open_incidents_are_listed_for_the_office_and_late_ones_for_the_secretary(work: Working) -> None:
    """To the secretary the incident alone goes, and never the request."""
    first, second = incident(work), incident(work, kind="失泄密", known=10)
    report(work, second)
    clerk, secretary = Door(work.here, "clerk"), Door(work.here, "secretary")
    assert ("人身安全" in text(clerk.get(at("incidents"))), "失泄密" in text(clerk.get(at("incidents")))) == (True, True)  # fmt: skip
    assert ("人身安全" in text(secretary.get(at("incidents"))), secretary.get(at("incident", first.pk)).status_code) == (False, 404)  # fmt: skip
    the_round(first.due_at)
    listed = text(secretary.get(at("incidents")))
    assert (f"协作〔{work.row.year}〕{work.row.number}号" in listed, "失泄密" in listed) == (True, False)
    page = text(secretary.get(at("incident", first.pk)))
    assert (at("request", work.row.pk) in page, at("do-incident", first.pk, "report") in page) == (False, False)  # fmt: skip
    assert secretary.get(at("request", work.row.pk)).status_code == 404
    assert secretary.get(at("do-incident", first.pk, "report")).status_code == 404


def test_p10_whoever_does_not_read_the_request_sees_no_page_of_it(work: Working) -> None:
    made, found = talk(work, stretch(120, 70)), incident(work)
    pages = [at("talk", made.pk), at("incident", found.pk), at("do-incident", found.pk, "report"), at("do-safety", work.row.pk, "incident")]  # fmt: skip
    work.recuse("lent")
    for name in ("outsider", "mender", "lent"):
        assert [Door(work.here, name).get(page).status_code for page in pages] == [404] * 4
    asker = Door(work.here, "asker")
    assert [asker.get(page).status_code for page in pages] == [200, 200, 409, 409]
    assert asker.get(at("do-safety", work.row.pk, "nonsense")).status_code == 404
    assert asker.get(at("incidents")).status_code == 403


def test_a_page_costs_the_same_for_one_talk_and_incident_and_for_three(work: Working) -> None:
    chief, clerk = Door(work.here, "chief"), Door(work.here, "clerk")
    talk(work, stretch(120, 70)), incident(work)
    pages = ((chief, at("request", work.row.pk)), (clerk, at("incidents")))
    first = [questions_of(*each) for each in pages]
    for place in (1, 2):
        talk(work, stretch(120, 70), back=2 * place), incident(work)
    assert [questions_of(*each) for each in pages] == first


def test_p3_there_is_no_address_that_changes_or_deletes() -> None:
    spaces = get_resolver().namespace_dict["collaboration"][1].reverse_dict
    named = {key for key in spaces if isinstance(key, str) and ("incident" in key or "talk" in key or "safety" in key)}  # fmt: skip
    assert named == {"incidents", "incident", "do-incident", "talk", "do-safety"}
    assert NOW.tzinfo is not None
