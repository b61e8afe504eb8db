"""Behind the door, rule by rule: recoveries, passwords, the policy."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.accounts.door import (
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
    acts,
    asked_number,
    browser,
    card_of,
    codes_on,
    in_a_demonstration,
    is_in,
    knock,
    policy,
    prove,
    sessions,
)  # fmt: skip
from tests.subjects import give
from xiezuo.accounts.actor import OPERATOR, Actor, actor_of, set_actor
from xiezuo.accounts.door_operations import set_door_policy
from xiezuo.accounts.models import Factor, PasswordState, Recovery, User
from xiezuo.accounts.recovery_operations import confirm_recovery, open_recovery, set_temporary_password
from xiezuo.accounts.roles import Role, Scope
from xiezuo.organisation.models import Commission
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput, NotThere, Refused

pytestmark = pytest.mark.django_db
rows = Rows()
NEW_PASSWORD = "a brook under old ice"
LIST = "/people/?format=xlsx"

# --- recovery --------------------------------------------------------------------------------------------------------


def _officer(name: str, role: Role) -> Actor:
    set_actor(OPERATOR)
    user = account(name)
    give(user, role, None, Scope.INSTALLATION, 0)
    return actor_of(user)


def _recovery(world: World) -> str:
    opened = open_recovery(
        account=world.user, reason="卡片遗失", by=_officer("xitong", Role.SYSTEM), now=clock.now()
    )
    return confirm_recovery(recovery=opened.pk, by=_officer("anquan", Role.SECURITY), now=clock.now())


def _recover(world: World, code: str) -> Client:
    client = browser(THERE)
    knock(client)
    client.post(RECOVER, {"proof_code": code})
    return client


@rows.row("with the paper code a new card is made, and only then the old factors and sessions end")
def _recovered(world: World) -> None:
    inside = world.inside()
    lost = Factor.objects.create(user=world.user, kind="key", made_at=clock.now(), confirmed_at=clock.now())
    client = _recover(world, _recovery(world))
    assert not is_in(client)
    assert is_in(inside)
    codes = codes_on(client.post(ENROL, {"act": "issue"}))
    client.post(ENROL, {"act": "confirm", "proof_code": codes[asked_number(client) - 1]})
    assert (is_in(client), is_in(inside)) == (True, False)
    assert Factor.objects.get(pk=lost.pk).ended_at is not None
    again = browser()
    knock(again)
    assert prove(again, world.next_code()).status_code == 200


@rows.row("a recovery that was not confirmed opens nothing")
def _unconfirmed(world: World) -> None:
    open_recovery(account=world.user, reason="卡片遗失", by=_officer("xitong", Role.SYSTEM), now=clock.now())
    assert _recover(world, "").get(ENROL)["Location"] == FACTOR


@rows.row("a paper code is good once")
def _once(world: World) -> None:
    code = _recovery(world)
    _recover(world, code)
    assert _recover(world, code).get(ENROL)["Location"] == FACTOR


@rows.row("a paper code is good for a day")
def _a_day(world: World) -> None:
    code = _recovery(world)
    world.later(hours=25)
    assert _recover(world, code).get(ENROL)["Location"] == FACTOR


@rows.row("a paper code may be typed in small letters, without hyphens")
def _spelled(world: World) -> None:
    code = _recovery(world).lower().replace("-", " ")
    assert _recover(world, code).get(ENROL).status_code == 200


@rows.row("a paper code without the password opens nothing")
def _no_password(world: World) -> None:
    client = browser()
    assert client.post(RECOVER, {"proof_code": _recovery(world)})["Location"] == LOG_IN


@rows.row("a paper code of one account opens no other")
def _other_account(world: World) -> None:
    code = _recovery(world)
    card_of(account("lisi"))
    client = browser()
    knock(client, "lisi")
    client.post(RECOVER, {"proof_code": code})
    assert client.get(ENROL)["Location"] == FACTOR


@rows.row("whoever asked for a recovery does not confirm it")
def _second_person(world: World) -> None:
    opened = Recovery.objects.create(user=world.user, reason="x", opened_by="anquan", opened_at=clock.now())
    with pytest.raises(Refused):
        confirm_recovery(recovery=opened.pk, by=_officer("anquan", Role.SECURITY), now=clock.now())


@rows.row("nobody opens or confirms a recovery of their own account")
def _own(world: World) -> None:
    system = _officer("xitong", Role.SYSTEM)
    with pytest.raises(Refused):
        open_recovery(account=User.objects.get(username="xitong"), reason="x", by=system, now=clock.now())


NOT_ENTITLED = {role.value: role for role in (Role.SECURITY, Role.AUDITOR)}


def _may_not_open(world: World, role: Role) -> None:
    with pytest.raises(Refused):
        open_recovery(account=world.user, reason="x", by=_officer("somebody", role), now=clock.now())
    with pytest.raises(Refused):
        set_temporary_password(
            account=world.user, by=actor_of(User.objects.get(username="somebody")), now=clock.now()
        )


rows.each("a recovery is not opened by", NOT_ENTITLED, _may_not_open)


@rows.row("a recovery needs a reason")
def _reason(world: World) -> None:
    with pytest.raises(BadInput):
        open_recovery(account=world.user, reason="  ", by=OPERATOR, now=clock.now())


@rows.row("what is not there cannot be confirmed")
def _nothing(world: World) -> None:
    with pytest.raises(NotThere):
        confirm_recovery(recovery=77, by=OPERATOR, now=clock.now())


@rows.row("a temporary password takes no factor away and is changed before anything else")
def _temporary(world: World) -> None:
    given = set_temporary_password(account=world.user, by=OPERATOR, now=clock.now())
    client = browser()
    assert knock(client, password=given)["Location"] == FACTOR
    assert prove(client, world.next_code())["Location"] == NEW
    assert not is_in(client)
    assert client.post(NEW, {"new": NEW_PASSWORD, "again": NEW_PASSWORD}).status_code == 302
    assert is_in(client)


@rows.row("a temporary password cannot be kept")
def _kept(world: World) -> None:
    given = set_temporary_password(account=world.user, by=OPERATOR, now=clock.now())
    client = browser()
    knock(client, password=given)
    prove(client, world.next_code())
    assert client.post(NEW, {"new": given, "again": given}).status_code == 200


@rows.row("a temporary password is good for three days")
def _three_days(world: World) -> None:
    given = set_temporary_password(account=world.user, by=OPERATOR, now=clock.now())
    world.later(hours=73)
    assert knock(browser(), password=given).status_code == 200


@rows.row("a password that is too old is changed before anything else")
def _old(world: World) -> None:
    PasswordState.objects.create(user=world.user, set_at=clock.now() - timedelta(days=91))
    policy(password_days=90)
    client = browser()
    knock(client)
    assert prove(client, world.next_code())["Location"] == NEW


# --- passwords -------------------------------------------------------------------------------------------------------

BAD = {
    "eleven characters": "rvx9Kwq2zt!", "the common list": "passw0rdword", "a row of keys": "qwertyuiop12",
    "one letter again and again": "aaaaaaaaaaaaaaaa", "a pattern again and again": "abcabcabcabcabc", "digits upwards": "12345678901234",
    "a date": "199001011990", "the name": "zhangsanzhangsan", "the name with a year": "zhangsan2026", "the name with signs": "Zhangsan@123",
    "a word of the office": "jijianjiancha", "a word of the office with a year": "xiezuo20262026", "a slogan": "weirenminfuwu",
    "letters turned into digits": "p4ssw0rdp4ssw0rd", "Chinese words of the office": "为人民服务不忘初心牢记使命", "129 characters": "ab3 " * 33,
    "full-width forms of a row of keys": "ｑｗｅｒｔｙｕｉｏｐ１２", "a keyboard square": "1qaz2wsx3edc4rfv",
}  # fmt: skip
GOOD = {
    "a sentence": "seven quiet herons wait", "a Chinese sentence": "老桥下面的鹭鸶今早飞走了七只", "random letters": "rvx9Kwq2ztLm",
    "with blanks at the ends": "  brook under ice  77 ", "128 characters": "brook under old ice, " * 6 + "77",
}  # fmt: skip


def _refused_password(world: World, password: str) -> None:
    client = world.inside()
    given = {"old": PASSWORD, "new": password, "again": password}
    assert client.post("/accounts/mine/password/", given).status_code == 200
    assert User.objects.get(username=NAME).check_password(PASSWORD)


def _taken_password(world: World, password: str) -> None:
    client = world.inside()
    given = {"old": PASSWORD, "new": password, "again": password}
    assert client.post("/accounts/mine/password/", given).status_code == 302
    assert knock(browser(), password=password).status_code == 302


rows.each("a new password is refused", BAD, _refused_password)
rows.each("a new password is taken", GOOD, _taken_password)


@rows.row("a password is one password in every width")
def _width(world: World) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in PASSWORD)
    assert knock(browser(), password=wide).status_code == 302


@rows.row("a password of the installation's own list of breaches is refused")
def _breached(world: World) -> None:
    client = world.inside()
    given = {"old": PASSWORD, "new": world.breached, "again": world.breached}
    assert client.post("/accounts/mine/password/", given).status_code == 200


@rows.row("the old password is needed for a new one")
def _old_needed(world: World) -> None:
    client = world.inside()
    given = {"old": "wrong wrong wrong", "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post("/accounts/mine/password/", given).status_code == 200
    assert User.objects.get(username=NAME).check_password(PASSWORD)


# --- the policy ------------------------------------------------------------------------------------------------------

OUT_OF_BOUNDS: dict[str, dict[str, Any]] = {
    "idle for an hour": {"idle_minutes": 60}, "idle for a minute": {"idle_minutes": 1}, "a whole day": {"absolute_hours": 24},
    "no session": {"sessions_at_once": 0}, "eight characters": {"password_length": 8}, "a word for a number": {"idle_minutes": "many"},
    "an unknown factor": {"second_factor": "some"},
}  # fmt: skip


def _bounded(world: World, wanted: dict[str, Any]) -> None:
    with pytest.raises((BadInput, Refused)):
        set_door_policy(by=OPERATOR, now=clock.now(), **wanted)


rows.each("the policy is refused", OUT_OF_BOUNDS, _bounded)


@rows.row("an unknown rule is no part of the policy")
def _unknown_rule(world: World) -> None:
    with pytest.raises(BadInput):
        set_door_policy(by=OPERATOR, now=clock.now(), pk=2)


@rows.row("outside of a demonstration everybody needs a second factor, whatever the table says")
def _everybody(world: World) -> None:
    policy(second_factor="nobody")
    account("lisi")
    client = browser()
    assert knock(client, "lisi")["Location"] == ENROL
    for who in ("administrators", "nobody"):
        with pytest.raises(Refused):
            set_door_policy(by=OPERATOR, now=clock.now(), second_factor=who)


@rows.row("in a demonstration an administrator needs one, others need none")
def _administrators(world: World) -> None:
    in_a_demonstration(world)
    _officer("xitong", Role.SYSTEM)
    assert knock(browser(), "xitong")["Location"] == ENROL
    client = browser()
    knock(client, "lisi")
    assert is_in(client)


@rows.row("sessions without a factor end once everybody needs one")
def _stricter(world: World) -> None:
    in_a_demonstration(world)
    client = browser()
    knock(client, "lisi")
    assert is_in(client)
    set_door_policy(by=OPERATOR, now=clock.now(), second_factor="everyone")
    assert not is_in(client)


@rows.row("only the security administrator changes the policy")
def _who(world: World) -> None:
    with pytest.raises(Refused):
        set_door_policy(by=_officer("xitong", Role.SYSTEM), now=clock.now(), idle_minutes=20)
    set_door_policy(by=_officer("anquan", Role.SECURITY), now=clock.now(), idle_minutes=20)
    (entry,) = acts("account.door_policy_set")
    assert (entry.before["idle_minutes"], entry.after["idle_minutes"]) == (15, 20)


@rows.row("a longer idle time counts at once")
def _idle_changed(world: World) -> None:
    client = world.inside()
    set_door_policy(by=OPERATOR, now=clock.now(), idle_minutes=30)
    world.later(minutes=25)
    assert is_in(client)


@rows.row("the last factor cannot be ended where one is needed")
def _last(world: World) -> None:
    client = world.inside()
    card = Factor.objects.get(user=world.user)
    assert client.post("/accounts/mine/factors/end/", {"factor": card.pk}).status_code == 409


@rows.row("nobody ends a factor of somebody else")
def _foreign_factor(world: World) -> None:
    card_of(account("lisi"))
    client = world.inside()
    other = Factor.objects.get(user__username="lisi")
    assert client.post("/accounts/mine/factors/end/", {"factor": other.pk}).status_code == 404
    assert Factor.objects.get(pk=other.pk).ended_at is None


@rows.row("one's own roles are listed with their last day")
def _roles(world: World) -> None:
    commission = Commission.objects.create(code="AL", name="安澜县", region="安澜县").pk
    give(world.user, Role.READER, commission, Scope.COMMISSION, commission, ends=date(2031, 3, 15))
    client = world.inside()
    assert "2031年3月14日" in client.get(MINE).content.decode()
    assert sessions() == 1


@pytest.fixture
def world(actor: None, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> World:
    """A fresh one for each row, with a list of breached passwords."""
    world = World(monkeypatch)
    world.breach(tmp_path_factory.mktemp("breached") / "sorted.txt")
    return world


@pytest.mark.parametrize("name", rows.all)
def test_behind_the_door(name: str, world: World) -> None:
    rows.all[name](world)
