"""The door, rule by rule: no way around the second factor."""

import pytest
from django.conf import settings

from tests.accounts.door import (
    CONFIRM,
    ENROL,
    FACTOR,
    LOG_IN,
    MINE,
    NAME,
    NEW,
    PASSWORD,
    RECOVER,
    THERE,
    Rows,
    World,
    account,
    browser,
    card_of,
    codes_on,
    disable,
    is_in,
    key_of,
    knock,
    prove,
    sessions,
)  # fmt: skip
from xiezuo.accounts.models import Factor, User

pytestmark = pytest.mark.django_db
rows = Rows()

# --- no way around the second factor ---------------------------------------------------------------------------------

BEHIND = {
    address: address
    for address in ("/", MINE, "/accounts/mine/password/", CONFIRM, "/people/list/", "/people/list/?format=xlsx",
                    "/book/export/", "/reports/", "/figures/", "/search/", "/accounts/mine/app/", "/accounts/mine/key/")
}  # fmt: skip


def _behind_the_door(world: World, address: str) -> None:
    client = browser()
    knock(client)
    for answer in (client.get(address), client.post(address, {})):
        assert answer.status_code in (302, 404, 405), answer.status_code
        assert answer.status_code != 302 or answer["Location"].startswith(LOG_IN)


rows.each("the password alone does not open", BEHIND, _behind_the_door)

WITHOUT_PASSWORD = {address: address for address in (FACTOR, ENROL, RECOVER, NEW)}


def _back_to_the_door(world: World, address: str) -> None:
    client = browser()
    for answer in (client.get(address), client.post(address, {"proof_code": world.codes[1], "act": "issue"})):
        assert (answer.status_code, answer["Location"]) == (302, LOG_IN)


rows.each("without a password it leads back to the door", WITHOUT_PASSWORD, _back_to_the_door)


@rows.row("whoever has a card cannot have another made after the password alone")
def _no_second_card(world: World) -> None:
    client = browser()
    knock(client)
    answer = client.post(ENROL, {"act": "issue"})
    assert (answer.status_code, answer["Location"]) == (302, FACTOR)
    assert Factor.objects.filter(user=world.user).count() == 1


@rows.row("a password cannot be changed after the password alone")
def _no_new_password(world: World) -> None:
    client = browser()
    knock(client)
    new = "a brook under old ice"
    assert client.post(NEW, {"new": new, "again": new})["Location"] == FACTOR
    assert not User.objects.get(username=NAME).check_password(new)


@rows.row("the time between password and factor runs out")
def _half_runs_out(world: World) -> None:
    client = browser()
    knock(client)
    world.later(minutes=11)
    assert prove(client, world.codes[1])["Location"] == LOG_IN


@rows.row("a log-in under way ends when the account is disabled")
def _half_disabled(world: World) -> None:
    client = browser()
    knock(client)
    disable(world)
    assert prove(client, world.codes[1])["Location"] == LOG_IN


@rows.row("a log-in under way ends when the password changes")
def _half_password_changed(world: World) -> None:
    client = browser()
    knock(client)
    world.user.set_password("a brook under old ice")
    world.user.save()
    assert prove(client, world.codes[1])["Location"] == LOG_IN


@rows.row("a code of one account does not end another's log-in")
def _two_accounts(world: World) -> None:
    account("lisi")
    card_of(User.objects.get(username="lisi"))
    client = browser()
    knock(client, "lisi")
    assert prove(client, world.codes[1]).status_code == 200


@rows.row("whoever has no factor must enrol before anything else")
def _must_enrol(world: World) -> None:
    account("lisi")
    client = browser()
    assert knock(client, "lisi")["Location"] == ENROL
    assert not is_in(client)
    page = client.post(ENROL, {"act": "issue"})
    codes = codes_on(page)
    assert (len(codes), is_in(client)) == (40, False)
    assert client.post(ENROL, {"act": "confirm", "proof_code": "00000000"}).status_code == 200
    assert not is_in(client)
    asked = int(client.session["asked"])
    assert client.post(ENROL, {"act": "confirm", "proof_code": codes[asked - 1]}).status_code == 302
    assert is_in(client)


@rows.row("a card is shown once")
def _shown_once(world: World) -> None:
    account("lisi")
    client = browser()
    knock(client, "lisi")
    assert len(codes_on(client.post(ENROL, {"act": "issue"}))) == 40
    assert codes_on(client.get(ENROL)) == []
    assert codes_on(client.post(ENROL, {"act": "confirm", "proof_code": "1"})) == []


@rows.row("a role given while the log-in is under way is not a way in")
def _role_is_no_way(world: World) -> None:
    client = browser()
    knock(client)
    User.objects.filter(username=NAME).update(rights_edition=7)
    assert not is_in(client)


NOT_OURS = {"another host": "https://elsewhere.example/", "without a scheme": "//elsewhere.example/", "a script": "javascript:alert(1)", "a backslash": "/\\elsewhere.example"}  # fmt: skip


def _stays_here(world: World, address: str) -> None:
    client = browser()
    knock(client, next=address)
    assert prove(client, world.next_code())["Location"] == "/"


rows.each("the door leads to no address of others", NOT_OURS, _stays_here)


@rows.row("the door leads on to where somebody wanted to go")
def _leads_on(world: World) -> None:
    client = browser()
    knock(client, next=MINE)
    assert prove(client, world.next_code())["Location"] == MINE


@rows.row("name and password cannot be handed over in the address")
def _by_get(world: World) -> None:
    client = browser()
    client.get(LOG_IN, {"username": NAME, "password": PASSWORD})
    assert client.get(FACTOR)["Location"] == LOG_IN


@rows.row("a header cannot name an account")
def _remote_user(world: World) -> None:
    client = browser(REMOTE_USER=NAME, HTTP_REMOTE_USER=NAME, HTTP_X_FORWARDED_USER=NAME)
    assert not is_in(client)


@rows.row("nothing but the fields of the form is taken")
def _mass_assignment(world: World) -> None:
    client = browser()
    knock(client, is_superuser="1", half="{}", how="card", _auth_user_id=str(world.user.pk))
    prove(client, "00000000", how="card", recovered="1")
    assert not is_in(client)


@rows.row("a session key of one's own making is not adopted")
def _fixation(world: World) -> None:
    client = browser()
    client.cookies["sessionid"] = "a" * 32
    knock(client)
    assert key_of(client) != "a" * 32
    before = key_of(client)
    prove(client, world.next_code())
    assert key_of(client) != before


@rows.row("the key of the half session opens nothing afterwards")
def _half_key_is_dead(world: World) -> None:
    client = browser()
    knock(client)
    old = key_of(client)
    prove(client, world.next_code())
    thief = browser(THERE)
    thief.cookies["sessionid"] = old
    assert not is_in(thief)
    assert thief.get(FACTOR)["Location"] == LOG_IN
    assert sessions() == 1


@rows.row("there is no second door: of all log-in backends only that of passwords is there")
def _one_backend(world: World) -> None:
    assert settings.AUTHENTICATION_BACKENDS == ["django.contrib.auth.backends.ModelBackend"]


@pytest.fixture
def world(actor: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A fresh one for each row."""
    return World(monkeypatch)


@pytest.mark.parametrize("name", rows.all)
def test_at_the_door(name: str, world: World) -> None:
    rows.all[name](world)
