"""Three administrators, three consoles: each opens to its holder alone, and none of them opens the ledger."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import RequestFactory
from django.urls import URLPattern, reverse

from tests import factories as make
from tests.home.consoles.offices import CONSOLES, NAMES, SECURITY, Installation
from xiezuo.accounts.api import BUSINESS, Role
from xiezuo.accounts.models import Grant, User
from xiezuo.home.consoles import urls as consoles
from xiezuo.home.consoles.office import NotYourConsole
from xiezuo.organisation.states import UnitKind

pytestmark = pytest.mark.django_db

LEDGER = (
    "home:overview", "organisation:tree", "organisation:people", "organisation:moves", "sites:list", "zones:list", "rules:list",
    "directives:plan", "figures:list", "reports:list", "book:loads", "home:search", "home:changes",
)  # fmt: skip
EVERY_PAGE = [(page, holder) for holder, pages in CONSOLES.items() for page in pages]
BY_SECRETARY = ("recoveries", "grants")
ACTS = {
    "verify-now": (), "sign": (), "journal-export": (), "reviewed": (), "send-proposal": (), "open-account": (), "door": (),
    "confirm-person": (1,), "refuse-person": (1,), "confirm-recovery": (1,), "decide": (1,), "withdraw": (1,), "end": (1,),
    "temporary-password": (1,), "set-active": (1,), "name-person": (1,), "open-recovery": (1,), "unlock": (1,), "retry": (1,),
}  # fmt: skip
"""Every act of a console, with what it is of."""


@pytest.mark.parametrize(("page", "holder"), EVERY_PAGE)
def test_a_page_answers_the_holder_of_its_office(page: str, holder: str, here: Installation) -> None:
    assert here.seat(holder).page(page)


@pytest.mark.parametrize("stranger", ["xitong", "anquan", "shenji", "shuji", "nobody"])
def test_a_console_opens_to_nobody_else(stranger: str, here: Installation) -> None:
    seat = here.seat(stranger)
    opened = [
        page for page, _holder in EVERY_PAGE if seat.get(reverse(f"consoles:{page}")).status_code == 200
    ]
    assert opened == list(CONSOLES.get(stranger, BY_SECRETARY if stranger == "shuji" else ()))


@pytest.mark.parametrize("role", [role for role in BUSINESS if role != Role.SECRETARY])
def test_no_other_business_role_opens_a_console(role: Role, here: Installation) -> None:
    here.user("somebody", role)
    seat = here.seat("somebody")
    assert {seat.get(reverse(f"consoles:{page}")).status_code for page, _holder in EVERY_PAGE} == {403}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_of_a_console_is_refused_to_everybody_else(act: str, here: Installation) -> None:
    seat = here.seat("nobody")
    assert seat.send(act, *ACTS[act]).status_code == 403


@pytest.mark.parametrize("administrator", NAMES)
def test_an_administrator_reaches_no_page_of_the_ledger(administrator: str, here: Installation) -> None:
    seat = here.seat(administrator)
    assert [route for route in LEDGER if seat.get(reverse(route)).status_code == 200] == []


@pytest.mark.parametrize("administrator", ["xitong", "shenji"])
def test_no_name_of_the_ledgers_people_stands_in_a_console(administrator: str, here: Installation) -> None:
    unit = make.unit(here.county, UnitKind.TOWNSHIP_COMMISSION, "虚构镇纪委")
    person = make.person(here.county, "讳名氏")
    make.assignment(person, unit, "纪委书记")
    User.objects.filter(username="nobody").update(
        person=person.pk, commission=here.county.pk, person_named_by="xitong"
    )
    seat = here.seat(administrator)
    assert [page for page in CONSOLES[administrator] if "讳名氏" in seat.page(page)] == []


def test_the_security_administrator_cannot_open_accounts(here: Installation) -> None:
    before = User.objects.count()
    answer = here.seat("anquan").send("open-account", name="newcomer", full_name="虚构某人")
    assert (answer.status_code, User.objects.count()) == (403, before)


def test_the_system_administrator_gives_no_rights(here: Installation) -> None:
    seat = here.seat("xitong")
    told = {
        "account": here.users["nobody"].pk,
        "role": "reader",
        "over": f"commission:{here.county.pk}:{here.county.pk}",
    }
    assert (
        seat.send("send-proposal", **told, starts="2099-01-01", last="2099-02-01", reason="x").status_code
        == 403
    )
    assert not Grant.objects.exists()
    assert {seat.get(reverse(f"consoles:{page}")).status_code for page in SECURITY} == {403}


def test_the_system_console_shows_no_right(here: Installation) -> None:
    here.user("zhuren", Role.CASE_MANAGEMENT)
    seat = here.seat("xitong")
    shown = seat.page("system") + seat.page("account", here.users["zhuren"].pk)
    assert "zhuren" in shown
    assert str(Role.CASE_MANAGEMENT.label) not in shown


def test_the_auditors_console_writes_nothing_but_its_own_acts(here: Installation) -> None:
    seat = here.seat("shenji")
    before = _state_of_everything_else()
    for page in CONSOLES["shenji"]:
        seat.page(page)
    for act in ("verify-now", "sign", "journal-export"):
        answer = seat.send(act)
        assert answer.status_code in (200, 302)
        assert b"".join(answer) or answer.status_code == 302
    assert _state_of_everything_else() == before
    make.unit(here.county, UnitKind.SUPPORT_OFFICE)
    assert _state_of_everything_else() != before


def _state_of_everything_else() -> dict[str, str]:
    """A hash of every table of ours but the journal and the sessions."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("xiezuo.")]
    own = ("audit_", "accounts_session")
    return {table: _hash_of(table) for table in tables if not table.startswith(own)}


def _hash_of(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT md5(coalesce(string_agg(row::text, chr(10) ORDER BY row::text), '')) FROM \"{table}\" row"
        )
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("pattern", consoles.urlpatterns, ids=lambda pattern: pattern.name)
def test_each_view_refuses_by_itself_whoever_the_gate_would_let_through(
    pattern: URLPattern, here: Installation
) -> None:
    kwargs = dict.fromkeys(pattern.pattern.converters, 1)
    for method in ("get", "post"):
        request = getattr(RequestFactory(), method)("/", HTTP_HOST="testserver")
        request.user, request.session = here.users["nobody"], {}
        try:
            answered = pattern.callback(request, **kwargs).status_code
        except NotYourConsole as refused:
            answered = refused.status
        assert answered in (403, 405)
