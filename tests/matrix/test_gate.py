"""The gate follows the table, the table is complete, and whoever is turned away stands in the journal."""

import pytest
from django.core.checks import Error, run_checks
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse

from tests.reading import journal
from tests.subjects import give
from xiezuo.accounts.api import OPERATOR, Role, Scope, set_actor
from xiezuo.accounts.models import User
from xiezuo.config import gate, urls
from xiezuo.organisation.models import Commission

pytestmark = pytest.mark.usefixtures("actor")
HEAD = ",".join(["route", "method", *gate.SUBJECTS, "why"])

# An address that somebody registered without saying whose it is.
urlpatterns = [
    path("", include(urls)),
    path("forgotten/", lambda _request: HttpResponse("open"), name="forgotten"),
]


@pytest.fixture(autouse=True)
def _test_host(settings) -> None:  # type: ignore[no-untyped-def]
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture
def county() -> Commission:
    return Commission.objects.create(code="G", name="虚构县", region="虚构县")


def browser(role: Role | None, county: Commission | None = None) -> Client:
    set_actor(OPERATOR)
    user = User.objects.create_user(f"someone-{role}")
    if role is not None:
        where = (county.pk, Scope.COMMISSION, county.pk) if county else (None, Scope.INSTALLATION, 0)
        give(user, role, *where)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(user)
    return client


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert gate.check_table() == []


def test_an_address_without_a_row_stops_the_start_and_is_shut_for_everybody(county: Commission) -> None:
    with override_settings(ROOT_URLCONF=__name__):
        found = [message for message in run_checks() if isinstance(message, Error)]
        assert [(message.id, "forgotten" in message.msg) for message in found] == [("xiezuo.E002", True)]
        for role in gate.Role:
            client = browser(role, None if role in ("system", "security", "auditor") else county)
            assert client.get("/forgotten/").status_code == 403


def test_a_row_without_an_address_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "table", lambda: {("nowhere", "GET"): {}})
    assert {message.id for message in gate.check_table()} == {"xiezuo.E002", "xiezuo.E003"}


@pytest.mark.parametrize(
    "row",
    ["home:overview,FETCH" + "," * len(gate.SUBJECTS) + ",", "home:overview,GET,some" + "," * len(gate.SUBJECTS)],
    ids=["an unknown method", "an unknown reach"],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_named(row: str) -> None:
    with pytest.raises(ValueError, match="row 2"):
        gate.read_table(f"{HEAD}\n{row}\n")


def test_a_row_may_not_stand_twice() -> None:
    row = "home:overview,GET" + "," * len(gate.SUBJECTS) + ","
    with pytest.raises(ValueError, match="row 3"):
        gate.read_table(f"{HEAD}\n{row}\n{row}\n")


def test_a_role_is_refused_what_is_not_of_its_duties_and_the_journal_says_so(county: Commission) -> None:
    client = browser(Role.SYSTEM)
    with journal() as acts:
        answer = client.get(reverse("organisation:tree"))
    assert answer.status_code == 403
    assert "not part of the duties" in answer.content.decode()
    [act] = acts.of("access.refused")
    assert "organisation:tree" in act
    assert "'refused'" in act
    assert "someone-system" in act


def test_an_account_without_a_role_is_told_who_gives_roles(county: Commission) -> None:
    assert "security administrator" in browser(None).get(reverse("zones:list")).content.decode()


def test_a_role_is_let_through_to_what_is_of_its_duties(county: Commission) -> None:
    with journal() as acts:
        assert browser(Role.SITE_KEEPER, county).get(reverse("sites:list")).status_code == 200
    assert acts.of("access.refused") == []


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "post"])
def test_a_method_that_nobody_may_use_is_answered_with_those_that_some_may(
    method: str, county: Commission
) -> None:
    client = browser(Role.CASE_MANAGEMENT, county)
    with journal() as acts:
        answer = getattr(client, method)(reverse("sites:list"))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert len(acts.of("access.refused")) == 1


def test_head_follows_get(county: Commission) -> None:
    assert browser(Role.SITE_KEEPER, county).head(reverse("sites:list")).status_code == 200
    assert browser(Role.SYSTEM).head(reverse("sites:list")).status_code == 403


def test_what_is_hidden_and_what_does_not_exist_look_alike_and_are_written_down(county: Commission) -> None:
    client = browser(Role.CASE_MANAGEMENT, county)
    with journal() as acts:
        assert client.get(reverse("sites:site", args=[987654])).status_code == 404
    assert len(acts.of("access.refused")) == 1


def test_a_form_that_no_page_of_the_session_made_is_refused_and_written_down(county: Commission) -> None:
    client = browser(Role.CASE_MANAGEMENT, county)
    client.handler.enforce_csrf_checks = True
    with journal() as acts:
        answer = client.post(reverse("home:standard", args=["anything"]), {"kept": "1"})
    assert answer.status_code == 403
    assert "forged-form" in acts.of("access.refused")[0]


def test_a_forged_host_is_refused_and_written_down(county: Commission) -> None:
    client = browser(Role.CASE_MANAGEMENT, county)
    with journal() as acts:
        answer = client.get(reverse("sites:list"), headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "broken-request" in acts.of("access.refused")[0]


def test_a_body_too_large_is_refused_and_written_down(county: Commission) -> None:
    client = browser(Role.CASE_MANAGEMENT, county)
    with journal() as acts:
        answer = client.post(reverse("home:commission"), {"commission": "x" * 6_000_000})
    assert answer.status_code in (400, 413)
    assert "broken-request" in acts.of("access.refused")[0]
