"""Behind the door, rule by rule: sessions, fresh proofs."""

from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.accounts.door import (
    CONFIRM,
    FACTOR,
    HERE,
    LOG_IN,
    MINE,
    PASSWORD,
    THERE,
    Rows,
    World,
    account,
    acts,
    asked_number,
    browser,
    card_of,
    codes_on,
    in_a_demonstration,
    is_in,
    key_of,
    knock,
    policy,
    prove,
)  # fmt: skip
from tests.subjects import give
from xiezuo.accounts.actor import OPERATOR
from xiezuo.accounts.models import Factor, Session, User
from xiezuo.accounts.recovery_operations import set_temporary_password
from xiezuo.accounts.roles import Role, Scope
from xiezuo.accounts.session_operations import end_sessions
from xiezuo.config.gate import table
from xiezuo.organisation.models import Commission
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db
rows = Rows()
NEW_PASSWORD = "a brook under old ice"
LIST = "/people/?format=xlsx"

# --- sessions --------------------------------------------------------------------------------------------------------


def _log_out(world: World, client: Client) -> None:
    client.post("/accounts/log-out/")


def _change_password(world: World, client: Client) -> None:
    other = world.inside(THERE)
    given = {"old": PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert other.post("/accounts/mine/password/", given).status_code == 302
    assert is_in(other)


def _set_password(world: World, client: Client) -> None:
    world.user.set_password(NEW_PASSWORD)
    world.user.save()


def _temporary_password(world: World, client: Client) -> None:
    set_temporary_password(account=world.user, by=OPERATOR, now=clock.now())


def _end_factor(world: World, client: Client) -> None:
    policy(totp_allowed=True)
    Factor.objects.create(
        user=world.user, kind="totp", secret="", made_at=clock.now(), confirmed_at=clock.now()
    )
    other = world.inside(THERE)
    card = Factor.objects.get(user=world.user, kind="card")
    assert other.post("/accounts/mine/factors/end/", {"factor": card.pk}).status_code == 302


def _new_card(world: World, client: Client) -> None:
    other = world.inside(THERE)
    codes = codes_on(other.post("/accounts/mine/card/"))
    code = codes[asked_number(other) - 1]
    assert other.post("/accounts/mine/card/confirm/", {"proof_code": code}).status_code == 302


def _disable(world: World, client: Client) -> None:
    User.objects.filter(pk=world.user.pk).update(is_active=False)


def _rights(world: World, client: Client) -> None:
    User.objects.filter(pk=world.user.pk).update(rights_edition=1)


def _end_all(world: World, client: Client) -> None:
    assert end_sessions(account=world.user, why="asked", by=OPERATOR, now=clock.now()) == 1


def _end_others(world: World, client: Client) -> None:
    other = world.inside(THERE)
    other.post("/accounts/mine/sessions/end-others/")
    assert is_in(other)


def _idle(world: World, client: Client) -> None:
    world.later(minutes=16)


def _clock_far_back(world: World, client: Client) -> None:
    world.later(minutes=-10)


def _too_many(world: World, client: Client) -> None:
    for _time in range(3):
        world.later(seconds=1)
        world.inside(THERE)


ENDS = {
    "leaving": _log_out, "a change of password": _change_password, "a password set by command": _set_password,
    "a temporary password": _temporary_password, "the end of a factor": _end_factor, "a new card": _new_card,
    "disabling": _disable, "a change of rights": _rights, "ending all sessions": _end_all, "ending the others": _end_others,
    "fifteen idle minutes": _idle, "a clock set far back": _clock_far_back, "one session more than allowed": _too_many,
}  # fmt: skip


def _old_key_is_dead(world: World, end: Any) -> None:
    client = world.inside()
    key = key_of(client)
    end(world, client)
    thief = browser(HERE)
    thief.cookies["sessionid"] = key
    assert not is_in(thief)
    assert thief.get("/")["Location"].startswith(LOG_IN)


rows.each("the old key opens nothing after", ENDS, _old_key_is_dead)


@rows.row("twelve hours end a session that was never idle")
def _whole(world: World) -> None:
    client = world.inside()
    for _quarter in range(12 * 5):
        assert is_in(client)
        world.later(minutes=12)
    world.later(minutes=1)
    assert not is_in(client)


@rows.row("a session that is used goes on")
def _used(world: World) -> None:
    client = world.inside()
    for _time in range(3):
        world.later(minutes=14)
        assert is_in(client)


@rows.row("an end by itself stands in the journal with its reason")
def _why(world: World) -> None:
    client = world.inside()
    world.later(minutes=16)
    assert not is_in(client)
    assert [entry.details["why"] for entry in acts("account.sessions_ended")] == ["idle"]


@rows.row("one session can be ended from another")
def _end_one(world: World) -> None:
    first, second = world.inside(HERE), world.inside(THERE)
    other = Session.objects.get(account=world.user.pk, address=HERE)
    assert second.post("/accounts/mine/sessions/end/", {"session": other.pk}).status_code == 302
    assert (is_in(first), is_in(second)) == (False, True)


@rows.row("nobody ends a session of somebody else")
def _end_foreign(world: World) -> None:
    lisi = account("lisi")
    codes, client = card_of(lisi), browser(THERE)
    knock(client, "lisi")
    prove(client, codes[1])
    mine = world.inside(HERE)
    other = Session.objects.get(account=lisi.pk)
    assert mine.post("/accounts/mine/sessions/end/", {"session": other.pk}).status_code == 404
    assert is_in(client)


ODD = {"a zero byte": "a\x00b", "nothing": "", "very long": "a" * 5000, "SQL": "' OR 1=1 --"}


def _odd_names(world: World, odd: str) -> None:
    client = world.inside()
    assert client.post("/accounts/mine/sessions/end/", {"session": odd}).status_code == 404
    assert client.post("/accounts/mine/factors/end/", {"factor": odd}).status_code == 404
    assert is_in(client)


rows.each("what was not written by a page ends nothing", ODD, _odd_names)

ODD_ANSWERS = {
    "no JSON": "x", "nothing in it": "{}", "a list": "[]", "a very deep list": "[" * 19_000, "too long": "1" * 30_000, "a zero byte": "\x00",
    "wrong kinds": '{"id": 1, "rawId": [], "response": "x", "type": null}',
}  # fmt: skip


def _odd_answers(world: World, odd: str) -> None:
    client = browser()
    knock(client)
    assert client.post(FACTOR, {"proof_key": odd}).status_code == 200
    assert not is_in(client)
    inside = world.inside(THERE)
    inside.get("/accounts/mine/key/", HTTP_HOST="localhost")
    answer = inside.post("/accounts/mine/key/", {"proof_key": odd, "label": "x"}, HTTP_HOST="localhost")
    assert answer.status_code == 400
    assert Factor.objects.filter(kind="key").count() == 0


rows.each("a key's answer that makes no sense is refused", ODD_ANSWERS, _odd_answers)


@rows.row("the table of sessions holds no key")
def _no_key(world: World) -> None:
    key = key_of(world.inside())
    assert not Session.objects.filter(pk=key).exists()
    assert not Session.objects.filter(session_data__contains=key).exists()


@rows.row("the list of sessions names address and time of each")
def _listed(world: World) -> None:
    client = world.inside(HERE)
    world.inside(THERE)
    page = client.get(MINE).content.decode()
    assert HERE in page
    assert THERE in page


@rows.row("the session's cookie is out of reach of scripts and other sites, and ends with the browser")
def _cookie(world: World) -> None:
    client = world.inside()
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert settings.SESSION_COOKIE_SECURE == settings.SECURE


PAGES = {address: address for address in (LOG_IN, MINE, "/", "/people/", "/figures/")}


def _not_kept(world: World, address: str) -> None:
    client = world.inside()
    assert client.get(address)["Cache-Control"] == "no-store"


rows.each("a browser keeps no page", PAGES, _not_kept)


@rows.row("no password, code or session key stands in the journal")
def _journal_is_silent(world: World) -> None:
    client = world.inside()
    key = key_of(client)
    _change_password(world, client)
    client = browser()
    knock(client, password=NEW_PASSWORD)
    prove(client, world.next_code())
    codes = codes_on(client.post("/accounts/mine/card/"))
    told = "".join(f"{entry.target}{entry.details}{entry.before}{entry.after}" for entry in acts())
    secrets = (PASSWORD, NEW_PASSWORD, *world.codes, *codes, key, key_of(client))
    assert [secret for secret in secrets if secret in told] == []


UNSAFE = {route: route for route, method in table() if method == "POST" and route.startswith(("accounts:", "book:", "reports:", "home:"))}  # fmt: skip


def _forged(world: World, route: str) -> None:
    client = Client(enforce_csrf_checks=True, HTTP_HOST="127.0.0.1")
    client.force_login(world.user)
    try:
        address = reverse(route)
    except Exception:  # noqa: BLE001 - the route has a part in its address
        address = reverse(route, args=[1])
    assert client.post(address, {"proof_code": world.codes[1]}).status_code == 403
    assert client.post(address, {}, HTTP_ORIGIN="https://elsewhere.example").status_code == 403


rows.each("a form from elsewhere is refused", UNSAFE, _forged)

# --- a fresh proof ---------------------------------------------------------------------------------------------------


def _keeper(world: World) -> Client:
    Commission.objects.get_or_create(code="AL", defaults={"name": "安澜县", "region": "安澜县"})
    commission = Commission.objects.get(code="AL").pk
    give(world.user, Role.CASE_MANAGEMENT, commission, Scope.COMMISSION, commission)
    client = world.inside()
    world.later(minutes=6)
    return client


@rows.row("taking a list out asks for a fresh proof, and goes on after it")
def _list(world: World) -> None:
    client = _keeper(world)
    address = reverse("organisation:units") + "?format=xlsx"
    answer = client.get(address)
    assert answer["Location"].startswith(CONFIRM)
    answer = client.post(answer["Location"], {"proof_code": world.next_code(), "next": address})
    assert answer["Location"] == address
    assert client.get(address)["Content-Type"].startswith("application/vnd")


@rows.row("taking the book out asks for a fresh proof")
def _book(world: World) -> None:
    client = _keeper(world)
    assert client.get(reverse("book:export"))["Location"].startswith(CONFIRM)


@rows.row("the log-in itself is a fresh proof for five minutes")
def _fresh_at_first(world: World) -> None:
    client = world.inside()
    assert client.get("/accounts/mine/app/").status_code == 200
    world.later(minutes=4)
    assert client.get("/accounts/mine/app/").status_code == 200
    world.later(minutes=2)
    assert client.get("/accounts/mine/app/")["Location"].startswith(CONFIRM)


@rows.row("a form waits for the proof with everything that was typed, and is then done")
def _form_waits(world: World) -> None:
    client = _keeper(world)
    typed = {"reason": "签发 <b>2026</b> 年", "other": ["1", "2"]}
    address = reverse("reports:issue", args=[1])
    page = client.post(address, typed)
    words = page.content.decode()
    assert page.status_code == 403
    assert 'name="reason" value="签发 &lt;b&gt;2026&lt;/b&gt; 年"' in words
    assert words.count('name="other"') == 2
    assert f'action="{address}"' in words
    # There is no run 1: the act itself was reached, and says so.
    assert client.post(address, {**typed, "proof_code": world.next_code()}).status_code == 404


@rows.row("a code that proved it is used up, even where the act is then refused")
def _used_up(world: World) -> None:
    client = _keeper(world)
    code = world.next_code()
    assert client.post(reverse("reports:issue", args=[1]), {"proof_code": code}).status_code == 404
    world.later(minutes=6)
    assert client.post(reverse("reports:issue", args=[1]), {"proof_code": code}).status_code == 403


@rows.row("a wrong code is asked again, with what was typed")
def _asked_again(world: World) -> None:
    client = _keeper(world)
    page = client.post(reverse("reports:issue", args=[1]), {"reason": "x1y2", "proof_code": "00000000"})
    assert page.status_code == 403
    assert 'name="reason" value="x1y2"' in page.content.decode()
    assert "00000000" not in page.content.decode().split('type="hidden"')[1]


@rows.row("a file cannot wait, and the page says so")
def _file(world: World) -> None:
    client = _keeper(world)
    file = SimpleUploadedFile("a.txt", b"x")
    assert client.post(reverse("reports:issue", args=[1]), {"a": file}).status_code == 400


@rows.row("a form too large to wait is refused")
def _too_large(world: World) -> None:
    client = _keeper(world)
    assert client.post(reverse("reports:issue", args=[1]), {"a": "x" * 300_000}).status_code == 400


@rows.row("a part of a page is led to the question as a whole page")
def _htmx(world: World) -> None:
    client = _keeper(world)
    answer = client.get(reverse("book:export"), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith(CONFIRM)


@rows.row("the question leads to no address of others")
def _question_stays(world: World) -> None:
    client = world.inside()
    world.later(minutes=6)
    answer = client.post(CONFIRM, {"proof_code": world.next_code(), "next": "https://elsewhere.example/"})
    assert answer["Location"] == MINE


@rows.row("where nobody needs a factor, the password is the proof")
def _password_proof(world: World) -> None:
    in_a_demonstration(world)
    client = browser()
    knock(client, "lisi")
    assert is_in(client)
    world.later(minutes=6)
    assert client.post(CONFIRM, {"proof_password": "wrong wrong wrong", "next": MINE}).status_code == 200
    assert client.post(CONFIRM, {"proof_password": PASSWORD, "next": MINE})["Location"] == MINE


@rows.row("where there is a factor, the password is no proof")
def _password_no_proof(world: World) -> None:
    client = world.inside()
    world.later(minutes=6)
    assert client.post(CONFIRM, {"proof_password": PASSWORD, "next": MINE}).status_code == 200


@rows.row("a proof stands in the journal")
def _proof_noted(world: World) -> None:
    client = world.inside()
    world.later(minutes=6)
    client.post(CONFIRM, {"proof_code": world.next_code(), "next": MINE})
    assert [entry.details["factor"] for entry in acts("account.step_up_passed")] == ["card"]


@pytest.fixture
def world(actor: None, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A fresh one for each row, with a list of breached passwords."""
    world = World(monkeypatch)
    world.breach(tmp_path_factory.mktemp("breached") / "sorted.txt")
    return world


@pytest.mark.parametrize("name", rows.all)
def test_behind_the_door(name: str, world: World) -> None:
    rows.all[name](world)
