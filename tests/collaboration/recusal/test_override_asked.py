"""Whoever puts the team together asks for an override of a recusal; the one secretary who is named decides, and nobody else."""

from typing import Any

import pytest
from django.urls import reverse

from tests.approvals.office import give_role
from tests.collaboration.asking import TODAY, Asking, Role, asking, now_of, renew
from tests.collaboration.request_screens.test_request_pages import Door
from tests.collaboration.teaming_up import bar, decided, helpers, joined, raised
from tests.reading import journal
from xiezuo.accounts.api import OPERATOR, acting_as
from xiezuo.collaboration.models import Recusal, RecusalGround, Request
from xiezuo.collaboration.recusal.deciding_operations import ask_override, override_recusal, refuse_override
from xiezuo.collaboration.requests.access_operations import let_read
from xiezuo.home.notices.models import Notice
from xiezuo.shared.errors import NotThere, Refused

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

WHY = "只有该同志具备财务专长"


def against(here: Asking, name: str, verb: Any, question: Recusal, said: str = WHY) -> str:
    """The code of the first reason against it; empty if it was done."""
    try:
        here.do(name, verb, recusal=question, said=said)
    except Refused as refused:
        return refused.reasons[0].code
    except NotThere:
        return "not-there"
    return ""


def told(here: Asking) -> list[str]:
    names = {user.pk: name for name, user in here.office.accounts.items()}
    with acting_as(OPERATOR):
        return [names[each.account] for each in Notice.objects.filter(kind="override_asked", done_at=None)]


def facts(here: Asking, name: str, question: Recusal) -> str:
    page = Door(here, name).get(reverse("collaboration:question", args=[question.pk]))
    return "" if page.status_code == 404 else str(page.context["facts"])


def test_who_forms_the_team_asks_and_the_named_secretary_alone_decides(db: None) -> None:
    here = asking()
    helpers(here)
    row = joined(here)
    question = decided(here, raised(here, row, "chief", by="asker"), recused=True)
    # Nobody who does not choose people asks, the person least of all; and the secretary knows nothing yet.
    assert {name: against(here, name, ask_override, question) for name in ("asker", "chief", "second helper")} == {
        "asker": "own-request", "chief": "own-decision", "second helper": "not-there",
    }  # fmt: skip
    assert (against(here, "head", ask_override, question, ""), facts(here, "secretary", question)) == (
        "said",
        "",
    )
    href = reverse("collaboration:ask-override", args=[question.pk])
    page = Door(here, "head").get(reverse("collaboration:question", args=[question.pk]))
    assert page.context["ask_override_href"].startswith(href)
    with journal() as acts:
        assert Door(here, "head").post(href, {"said": WHY, "key": "0" * 32}).status_code == 302
    assert (len(acts.of("recusal.override_asked")), WHY in "".join(acts)) == (1, False)
    asked = now_of_question(question)
    assert (asked.override_asked_of, asked.decision) == (here.office.at("secretary"), "回避")
    # The secretary reads why, and neither the ground nor the request; others read only that it was asked.
    assert told(here) == ["secretary"]
    assert [WHY in facts(here, name, question) for name in ("secretary", "head", "clerk", "far head")] == [
        True,
        True,
        False,
        False,
    ]
    with acting_as(here.actor("secretary")):
        assert not Request.objects.filter(pk=row.pk).exists()
        assert not RecusalGround.objects.filter(recusal=question).exists()
    # The same again changes nothing; another reason is not asked on top.
    assert (
        against(here, "head", ask_override, question),
        against(here, "head", ask_override, question, "另有理由"),
    ) == ("", "asked")
    with acting_as(OPERATOR):
        give_role(here.office, "second", Role.SECRETARY)
    renew(here)
    with acting_as(OPERATOR):
        let_read(now_of(row), [here.office.at("second")], "widened", TODAY)
    assert against(here, "second", override_recusal, question) == "not-asked"
    assert against(here, "secretary", override_recusal, question) == ""
    assert (now_of_question(question).decision, bar(here, row, "chief"), told(here)) == ("特批参加", "", [])
    assert against(here, "head", ask_override, question) == "not-recused"


def test_the_secretary_who_was_asked_may_let_the_recusal_stand(db: None) -> None:
    here = asking()
    helpers(here)
    row = joined(here)
    question = decided(here, raised(here, row, "chief", by="asker"), recused=True)
    # Nobody lets stand what nobody asked to set aside; the page then offers the one act alone.
    assert against(here, "secretary", refuse_override, question) == "not-there"
    here.do("head", ask_override, recusal=question, said=WHY)
    assert {name: against(here, name, refuse_override, question) for name in ("head", "chief", "clerk")} == {
        "head": "not-secretary", "chief": "not-secretary", "clerk": "not-secretary",
    }  # fmt: skip
    waits = Door(here, "secretary").get(reverse("collaboration:questions")).context["groups"]
    href = reverse("collaboration:override-recusal", args=[question.pk])
    assert reverse("collaboration:question", args=[question.pk]) in str(waits)
    # Which of the two is asked for, and why; a form without either keeps nothing.
    page = Door(here, "secretary").post(href, {"granted": "", "said": "", "key": "0" * 32})
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"granted", "said"})
    with journal() as acts:
        given = {"granted": "no", "said": "任务可由他人承担", "key": "0" * 32}
        assert Door(here, "secretary").post(href, given).status_code == 302
    assert (len(acts.of("recusal.override_refused")), "承担" in "".join(acts)) == (1, False)
    stands = now_of_question(question)
    assert (stands.decision, stands.override_refused_at is not None, stands.overridden_by) == (
        "回避",
        True,
        None,
    )
    # Who asked is told that it stands, without the secretary's reason; nothing waits any more, and it is not asked again.
    assert told(here) == []
    assert "承担" not in facts(here, "head", question)
    assert "维持回避" in facts(here, "head", question)
    assert against(here, "head", ask_override, question) == "asked"
    waits = Door(here, "secretary").get(reverse("collaboration:questions")).context["groups"]
    assert reverse("collaboration:question", args=[question.pk]) not in str(waits)
    with acting_as(OPERATOR):
        kinds = set(
            Notice.objects.filter(account=here.office.at("head"), done_at=None).values_list("kind", flat=True)
        )
    assert "recusal_decided" in kinds


def now_of_question(question: Recusal) -> Recusal:
    with acting_as(OPERATOR):
        return Recusal.objects.get(pk=question.pk)
