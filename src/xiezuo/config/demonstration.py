"""The accounts of the demonstration county: who they are, and how each came to its rights. All of them fictional."""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from xiezuo.accounts.api import (
    ADMINISTRATORS,
    OPERATOR,
    Actor,
    Role,
    User,
    appoint_first,
    confirm_card,
    confirm_person,
    issue_card,
    name_person,
    new_codes,
    set_account,
    set_actor,
    set_door_policy,
)
from xiezuo.config import installation
from xiezuo.config.demonstrated.director import actor_on, at
from xiezuo.organisation.api import person_by_code
from xiezuo.shared.errors import NotThere

CODE = "AL"
"""单位编码 of the fictional county."""

BEGAN = at("2024-11-04 08:30")
"""When the county of the demonstration began to work with the product."""

WITNESS = "虚构见证人"
"""Who is said to have stood by when the first administrators were appointed."""


@dataclass(frozen=True)
class Shown:
    """One account of the demonstration: the person of the ledger who uses it, or the role it is given."""

    name: str
    who: str
    person: str = ""
    role: Role | None = None


ACCOUNTS = (
    Shown("anguanshi", "案件监督管理室主任", person="P062"),
    Shown("luruyuan", "案件监督管理室录入员", person="P063"),
    Shown("shuji", "县纪委书记", person="P001"),
    Shown("fushuji", "分管第一协作区的副书记", person="P002"),
    Shown("changwei", "联系澜城镇片区的常委", person="P004"),
    Shown("zuzhang", "派驻纪检监察组组长", person="P101"),
    Shown("gongzuoshi", "驻乡镇工作室主任", person="P301"),
    Shown("xiangzhen", "澜城镇纪委书记", person="P201"),
    Shown("bangban", "鹤鸣镇纪委副书记，抽调参加协作", person="P242"),
    Shown("dangfeng", "党风政风监督室主任", person="P055"),
    Shown("huibao", "汇报撰写人", person="P056", role=Role.REPORT_WRITER),
    Shown("xitong", "系统管理员", role=Role.SYSTEM),
    Shown("anquan", "安全保密管理员", role=Role.SECURITY),
    Shown("shenji", "审计员", role=Role.AUDITOR),
)
"""In the order in which they are printed; everybody who is not an administrator has their rights by their post."""


def keys_of(here: installation.Installation) -> dict[str, dict[str, Any]]:
    """Passwords, and for administrators the codes of a card, of each account; made once for this home.

    They are kept before the accounts are made, so that an interrupted command leaves no account that nobody can open.
    """
    path = here.home / "demonstration"
    kept = json.loads(path.read_text()) if path.exists() else {}
    missing = {shown.name: _keys(shown) for shown in ACCOUNTS if shown.name not in kept}
    if missing:
        ordered = {shown.name: {**missing, **kept}[shown.name] for shown in ACCOUNTS}
        path.write_text(json.dumps(ordered))
        path.chmod(0o600)
        return ordered
    return dict(kept)


def _keys(shown: Shown) -> dict[str, Any]:
    password = {"password": secrets.token_urlsafe(9)}
    return {**password, "card": new_codes()} if shown.role in ADMINISTRATORS else password


def open_accounts(*, keys: dict[str, dict[str, Any]], by: Actor, now: datetime) -> None:
    """Open every account as an office would: administrators at the server, persons by two."""
    made = {shown.name: _account(shown, keys[shown.name], by, now) for shown in ACCOUNTS}
    for name, role in _administrators():
        appoint_first(user=made[name], role=role, witness=WITNESS, by=OPERATOR, now=now)
        _hand_over_card(made[name], keys[name]["card"], now)
    security = actor_on("anquan", now)
    # Nobody needs a card to look around; who must have one in an office is told in the manual of operations.
    set_door_policy(by=security, now=now, second_factor="administrators", idle_minutes=30)
    # Whose sessions end is looked up with the eyes of who sets the policy, and these stay.
    set_actor(by)
    for shown in ACCOUNTS:
        if shown.person:
            _tie(shown, made[shown.name], security, now)


def _administrators() -> Iterable[tuple[str, Role]]:
    return ((shown.name, shown.role) for shown in ACCOUNTS if shown.role in ADMINISTRATORS)


def _account(shown: Shown, keys: dict[str, Any], by: Actor, now: datetime) -> User:
    return set_account(
        name=shown.name, full_name=f"{shown.who}（虚构）", password=keys["password"], by=by, now=now
    )


def _hand_over_card(user: User, codes: list[str], now: datetime) -> None:
    issue_card(account=user, by=OPERATOR, now=now, codes=codes)
    confirm_card(account=user, code=codes[0], number=1, by=OPERATOR, now=now)


def _tie(shown: Shown, user: User, security: Actor, now: datetime) -> None:
    found = person_by_code(CODE, shown.person, timezone.localdate(now))
    if found is None:
        raise NotThere(f"the demonstration has no person {shown.person}")
    commission, person, _name = found
    name_person(user=user, commission=commission, person=person, by=OPERATOR, now=now)
    confirm_person(user=user, by=security, now=now)
