"""The door, rule by rule: names, codes, lock-outs, ways around the second factor."""

from typing import Any

import pytest
from django.conf import settings

from tests.accounts.door import (
    CONFIRM,
    ENROL,
    FACTOR,
    HERE,
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
    app_of,
    browser,
    card_of,
    codes_on,
    is_in,
    key_of,
    knock,
    policy,
    prove,
    sessions,
    words_of,
)  # fmt: skip
from xiezuo.accounts.actor import OPERATOR
from xiezuo.accounts.attempt_operations import begin_try, unlock
from xiezuo.accounts.factor_operations import issue_card
from xiezuo.accounts.factors import totp
from xiezuo.accounts.models import Attempt, CardCode, Factor, User
from xiezuo.shared import clock

pytestmark = pytest.mark.django_db
rows = Rows()

# --- one name, however it is written ---------------------------------------------------------------------------------

VARIANTS_OF_A_NAME = {
    "capitals": "ZhangSan", "all capitals": "ZHANGSAN", "blank before": " zhangsan", "blank behind": "zhangsan ",
    "blank inside": "zhang san", "tabulator": "\tzhangsan", "full width": "ｚｈａｎｇｓａｎ", "full-width capitals": "ＺＨＡＮＧＳＡＮ",
    "mathematical letters": "𝐳𝐡𝐚𝐧𝐠𝐬𝐚𝐧", "ideographic blank": "　zhangsan",
}  # fmt: skip


def _counts_as_one_name(world: World, variant: str) -> None:
    world.fail(4)
    world.fail(1, name=variant)
    assert not world.opens()


rows.each("a failure under another spelling counts for the name", VARIANTS_OF_A_NAME, _counts_as_one_name)

# --- one code, however it is written ---------------------------------------------------------------------------------

SPELLINGS = {
    "plain": lambda code: code, "blank in the middle": lambda code: f"{code[:4]} {code[4:]}",
    "blanks around": lambda code: f"  {code} ", "hyphen": lambda code: f"{code[:4]}-{code[4:]}",
    "full-width digits": lambda code: code.translate({48 + n: 0xFF10 + n for n in range(10)}),
    "no-break blank": lambda code: f"{code[:4]}\u00a0{code[4:]}", "ideographic blank": lambda code: f"{code[:4]}　{code[4:]}",
}  # fmt: skip


def _spelling_opens(world: World, spelled: Any) -> None:
    client = browser()
    knock(client)
    assert prove(client, spelled(world.next_code())).status_code == 302
    assert is_in(client)


def _used_spelling_is_refused(world: World, spelled: Any) -> None:
    world.inside()
    client = browser()
    knock(client)
    assert prove(client, spelled(world.codes[1])).status_code == 200
    assert not is_in(client)


rows.each("the right code opens", SPELLINGS, _spelling_opens)
rows.each("a used code is refused", SPELLINGS, _used_spelling_is_refused)

WRONG_CODES = {
    "nothing": lambda world: "", "another number": lambda world: world.codes[2], "all but the last digit": lambda world: world.codes[1][:-1],
    "one digit more": lambda world: world.codes[1] + "0", "letters": lambda world: "abcdefgh", "very long": lambda world: "1" * 900,
    "a sign of SQL": lambda world: "' OR 1=1 --", "a zero byte": lambda world: "12\x0034", "every code at once": lambda world: "".join(world.codes),
    "a percent sign": lambda world: "%", "somebody else's code": lambda world: card_of(account("lisi"))[1],
    "a code of a card that is not confirmed": lambda world: issue_card(account=world.user, by=OPERATOR, now=clock.now())[1],
}  # fmt: skip


def _wrong_code_is_refused(world: World, code: Any) -> None:
    client = browser()
    knock(client)
    page = prove(client, code(world))
    assert page.status_code == 200
    assert not is_in(client)
    assert (
        CardCode.objects.filter(
            card__user=world.user, card__confirmed_at__isnull=False, struck_at=None
        ).count()
        == 39
    )


rows.each("a wrong code opens nothing and strikes nothing", WRONG_CODES, _wrong_code_is_refused)


@rows.row("a beginning of the right code gives no sign")
def _no_sign(world: World) -> None:
    client, right = browser(), world.codes[1]
    wrong = f"{(int(right) + 50_000_000) % 100_000_000:08d}"
    knock(client)
    first, second = (words_of(prove(client, code), code) for code in (right[:7], wrong))
    assert first == second


@rows.row("the same number is asked for until it is given")
def _number_stays(world: World) -> None:
    client = browser()
    knock(client)
    before = words_of(client.get(FACTOR))
    prove(client, "00000000")
    assert words_of(client.get(FACTOR)) == before


@rows.row("a card that is used up opens nothing")
def _used_up(world: World) -> None:
    CardCode.objects.filter(card__user=world.user).update(struck_at=clock.now())
    client = browser()
    knock(client)
    assert prove(client, world.codes[39]).status_code == 200


@rows.row("the database holds no code in clear")
def _hashed(world: World) -> None:
    kept = set(CardCode.objects.values_list("hash", flat=True))
    assert not kept & set(world.codes)
    assert len(kept) == 40


# --- codes of an app -------------------------------------------------------------------------------------------------

STEPS = {"of this step": (0, True), "of the step before": (-1, True), "of the next step": (1, True), "two steps old": (-2, False), "two steps ahead": (2, False)}  # fmt: skip


def _step_counts(world: World, case: tuple[int, bool]) -> None:
    step, opens = case
    secret, client = app_of(world.user), browser()
    knock(client)
    prove(client, totp.code_at(secret, totp.step_at(clock.now()) + step))
    assert is_in(client) is opens


rows.each("an app's code", STEPS, _step_counts)


def _with_app(world: World, step: int) -> bool:
    secret, client = world.__dict__.setdefault("secret", None) or app_of(world.user), browser()
    world.__dict__["secret"] = secret
    knock(client)
    prove(client, totp.code_at(secret, totp.step_at(clock.now()) + step))
    return is_in(client)


@rows.row("an app's code is good once")
def _totp_once(world: World) -> None:
    assert _with_app(world, 0)
    assert not _with_app(world, 0)


@rows.row("an app's code of the step before is refused after a later one")
def _totp_order(world: World) -> None:
    assert _with_app(world, 1)
    assert not _with_app(world, 0)


@rows.row("an app's used code is refused after the clock was set back")
def _totp_clock_back(world: World) -> None:
    assert _with_app(world, 0)
    world.later(seconds=-60)
    assert not any(_with_app(world, step) for step in (0, 1, 2))


@rows.row("an app's code is refused once the policy forbids apps")
def _totp_forbidden(world: World) -> None:
    secret = app_of(world.user)
    policy(totp_allowed=False)
    client = browser()
    knock(client)
    assert prove(client, totp.code_at(secret, totp.step_at(clock.now()))).status_code == 200


@rows.row("an app's secret is sealed in the database")
def _totp_sealed(world: World) -> None:
    secret = app_of(world.user)
    kept = Factor.objects.get(user=world.user, kind="totp").secret
    assert kept
    assert secret.hex() not in kept
    assert totp.shown(secret).replace(" ", "") not in kept


# --- locking out -----------------------------------------------------------------------------------------------------


@rows.row("four failures lock nobody out")
def _four(world: World) -> None:
    world.fail(4)
    assert world.opens()


@rows.row("five failures shut the pair of name and address")
def _five(world: World) -> None:
    world.fail(5)
    assert not world.opens()


@rows.row("a lock-out ends after its time")
def _ends(world: World) -> None:
    world.fail(5)
    world.later(minutes=16)
    assert world.opens()


@rows.row("knocking while locked out does not prolong it")
def _not_prolonged(world: World) -> None:
    world.fail(5)
    world.later(minutes=8)
    world.fail(5)
    world.later(minutes=8)
    assert world.opens()


@rows.row("a lock-out at one address leaves the name its other addresses")
def _elsewhere_open(world: World) -> None:
    world.fail(5, address=THERE)
    assert world.opens(HERE)


@rows.row("coming in forgets the failures before it")
def _forgotten(world: World) -> None:
    world.fail(4)
    world.inside()
    world.fail(4)
    assert world.opens()


@rows.row("the right password alone forgets no failure")
def _half_forgets_nothing(world: World) -> None:
    world.fail(4)
    assert world.opens()
    world.fail(1)
    assert not world.opens()


@rows.row("a try that was never judged counts as a failure")
def _pending(world: World) -> None:
    for _time in range(5):
        begin_try(name=NAME, address=HERE, stage="password", now=clock.now())
    assert not world.opens()


@rows.row("failures at the second factor count")
def _factor_counts(world: World) -> None:
    client = browser()
    knock(client)
    for _time in range(5):
        prove(client, "00000000")
    assert prove(client, world.codes[1]).status_code == 200
    assert not is_in(client)
    assert not world.opens()


@rows.row("failures with a recovery code count")
def _recovery_counts(world: World) -> None:
    client = browser()
    knock(client)
    for _time in range(5):
        client.post(RECOVER, {"proof_code": "AAAA-AAAA-AAAA-AAAA"})
    assert prove(client, world.codes[1]).status_code == 200


@rows.row("failures of a fresh proof count")
def _step_up_counts(world: World) -> None:
    client = world.inside()
    world.later(minutes=6)
    for _time in range(5):
        client.post(CONFIRM, {"proof_code": "00000000", "next": MINE})
    assert client.post(CONFIRM, {"proof_code": world.next_code(), "next": MINE}).status_code == 200


@rows.row("failures with one's own password count")
def _own_password_counts(world: World) -> None:
    client = world.inside()
    new = {"new": "a brook under old ice", "again": "a brook under old ice"}
    for _time in range(5):
        client.post("/accounts/mine/password/", {"old": "wrong wrong wrong", **new})
    assert client.post("/accounts/mine/password/", {"old": PASSWORD, **new}).status_code == 200
    assert User.objects.get(username=NAME).check_password(PASSWORD)


@rows.row("twenty failures from many addresses shut the name to addresses it is not known at")
def _many_addresses(world: World) -> None:
    for number in range(5):
        world.fail(4, address=f"10.9.0.{number}")
    assert not world.opens("10.9.1.1")


@rows.row("the same leave the name the address it is known at")
def _known_address(world: World) -> None:
    world.inside(HERE)
    for number in range(5):
        world.fail(4, address=f"10.9.0.{number}")
    assert not world.opens("10.9.1.1")
    assert world.opens(HERE)


@rows.row("an address is known for thirty days")
def _known_no_longer(world: World) -> None:
    world.inside(HERE)
    world.later(days=31)
    for number in range(5):
        world.fail(4, address=f"10.9.0.{number}")
    assert not world.opens(HERE)


@rows.row("nobody elsewhere can lock all three administrators out")
def _three_administrators(world: World) -> None:
    names = ("xitong", "anquan", "shenji")
    for name in names:
        codes = card_of(account(name))
        client = browser(HERE)
        knock(client, name)
        prove(client, codes[1])
    for name in names:
        for number in range(8):
            world.fail(5, address=f"10.8.0.{number}", name=name)
    assert all(world.opens(HERE, name) for name in names)


@rows.row("fifty failures shut an address, for whatever name")
def _fifty(world: World) -> None:
    for number in range(50):
        begin_try(name=f"nobody{number}", address=THERE, stage="password", now=clock.now())
    assert not world.opens(THERE)
    assert world.opens(HERE)


@rows.row("an address that writes another one into its headers stays itself")
def _forged_address(world: World) -> None:
    for number in range(5):
        knock(
            browser(HERE, HTTP_X_FORWARDED_FOR=f"10.7.0.{number}", HTTP_X_REAL_IP="10.7.7.7"),
            password="wrong wrong",
        )
    assert not world.opens(HERE)


@rows.row("opening the door by command ends a lock-out")
def _unlock(world: World) -> None:
    world.fail(5)
    assert unlock(name=NAME, by=OPERATOR, now=clock.now()) == 1
    assert world.opens()
    assert [entry.target for entry in acts("account.unlocked")] == [NAME]


@rows.row("a lock-out stands in the journal, with its kind and its end")
def _journal_of_lock(world: World) -> None:
    world.fail(5)
    (entry,) = acts("account.locked_out")
    assert (entry.target, entry.details["kind"], entry.details["failures"]) == (NAME, "pair", 5)


# --- the door says the same to everybody -----------------------------------------------------------------------------


def _disabled(world: World) -> None:
    User.objects.filter(username=NAME).update(is_active=False)


REFUSED = {
    "an unknown name": (lambda world: None, "nobody"), "a disabled account": (_disabled, NAME),
    "a locked name, with the right password": (lambda world: world.fail(5), NAME),
}  # fmt: skip


def _alike(world: World, case: tuple[Any, str]) -> None:
    prepare, name = case
    expected = words_of(knock(browser(THERE), password="wrong wrong wrong"), NAME)
    prepare(world)
    page = knock(browser(), name)
    assert page.status_code == 200
    assert words_of(page, name) == expected


rows.each("the answer is that to a wrong password", REFUSED, _alike)


@rows.row("what was typed as a name that is nobody's stands nowhere")
def _typed_password(world: World) -> None:
    knock(browser(), "my secret password 77", "x")
    told = "".join(f"{entry.target}{entry.details}{entry.actor}" for entry in acts())
    kept = "".join(Attempt.objects.values_list("name", flat=True))
    assert "secret" not in told + kept


@rows.row("a refused log-in stands in the journal under the name of the account")
def _refused_in_journal(world: World) -> None:
    world.fail(1)
    (entry,) = acts("account.log_in_refused")
    assert (entry.actor, entry.target, entry.result, entry.origin) == ("anonymous", NAME, "refused", HERE)


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
    _disabled(world)
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
