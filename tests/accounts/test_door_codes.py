"""The door, rule by rule: names and codes, however they are written."""

from typing import Any

import pytest

from tests.accounts.door import (
    FACTOR,
    Rows,
    World,
    account,
    app_of,
    browser,
    card_of,
    is_in,
    knock,
    policy,
    prove,
    words_of,
)  # fmt: skip
from xiezuo.accounts.actor import OPERATOR
from xiezuo.accounts.factor_operations import issue_card
from xiezuo.accounts.factors import totp
from xiezuo.accounts.models import CardCode, Factor
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


@pytest.fixture
def world(actor: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """A fresh one for each row."""
    return World(monkeypatch)


@pytest.mark.parametrize("name", rows.all)
def test_at_the_door(name: str, world: World) -> None:
    rows.all[name](world)
