"""The only writes of second factors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.accounts.actor import Actor
from xiezuo.accounts.door_policies import CODE_DIGITS, CODES_ON_CARD, code_of
from xiezuo.accounts.door_queries import card_in_force, door_policy, factors_of, needs_factor, next_number
from xiezuo.accounts.factors import totp, webauthn
from xiezuo.accounts.factors.card import card_hash, new_codes
from xiezuo.accounts.factors.sealing import opened, sealed
from xiezuo.accounts.models import CardCode, Factor, Kind, User
from xiezuo.accounts.session_operations import end_sessions
from xiezuo.audit.api import Act, record
from xiezuo.shared.errors import BadInput, NotThere, refuse

LABEL_LENGTH = 40


@dataclass(frozen=True)
class Proof:
    """What somebody offers as a second factor: a code that was typed, or the answer of a hardware key."""

    code: str = ""
    key: str = ""
    key_state: dict[str, Any] | None = None


@transaction.atomic
def issue_card(*, account: User, by: Actor, now: datetime, codes: Sequence[str] | None = None) -> list[str]:
    """Make a card of `CODES_ON_CARD` codes and give it out in clear, this once. It counts after `confirm_card`.

    `codes` are those of a card that was printed before. Raises `BadInput` if they are not as many or no codes.
    """
    given = list(codes) if codes is not None else new_codes()
    _refuse_odd_codes(given)
    Factor.objects.filter(user=account, kind=Kind.CARD, confirmed_at__isnull=True).delete()
    card = Factor.objects.create(user=account, kind=Kind.CARD, made_at=now)
    CardCode.objects.bulk_create(
        CardCode(card=card, number=number, hash=card_hash(card.pk, number, code))
        for number, code in enumerate(given, 1)
    )
    record(Act.CARD_ISSUED, by=by, at=now, target=account.username, details={"card": card.pk})
    return given


def _refuse_odd_codes(codes: Sequence[str]) -> None:
    odd = [place for place, code in enumerate(codes, 1) if len(code) != CODE_DIGITS or not code.isdecimal()]
    if len(codes) != CODES_ON_CARD or odd:
        raise BadInput(
            _("The card has %(found)d codes; expected %(expected)d of %(digits)d digits each.")
            % {"found": len(codes) - len(odd), "expected": CODES_ON_CARD, "digits": CODE_DIGITS}
        )


@transaction.atomic
def confirm_card(*, account: User, code: str, number: int, by: Actor, now: datetime) -> Factor:
    """Let the new card count, and the one before it no longer, once code `number` was read from it.

    Raises `NotThere` without a new card, `BadInput` for another code. The code is struck off.
    """
    card = Factor.objects.filter(user=account, kind=Kind.CARD, confirmed_at=None, ended_at=None).last()
    if card is None:
        raise NotThere(_("There is no new card to be confirmed. Ask for a card first."))
    if not _strike(card, number, code, now):
        raise BadInput(_("Code %(number)d of the card is another one. Read it again.") % {"number": number})
    _end(Factor.objects.filter(user=account, kind=Kind.CARD, confirmed_at__isnull=False), by, now)
    return _confirm(card, by, now)


def _strike(card: Factor, number: int, code: str, now: datetime) -> bool:
    """Strike off code `number` if it is `code`. Of two at the same moment, one finds it struck off already."""
    open_code = CardCode.objects.filter(
        card=card, number=number, struck_at__isnull=True, hash=card_hash(card.pk, number, code)
    )
    return open_code.update(struck_at=now) == 1


def _confirm(factor: Factor, by: Actor, now: datetime) -> Factor:
    factor.confirmed_at = now
    factor.save(update_fields=["confirmed_at"])
    record(
        Act.FACTOR_ADDED, by=by, at=now, target=factor.user.username,
        details={"kind": factor.kind, "factor": factor.pk, "label": factor.label},
    )  # fmt: skip
    return factor


def _end(factors: Any, by: Actor, now: datetime) -> None:
    for factor in factors.filter(ended_at__isnull=True).select_related("user"):
        factor.ended_at, factor.secret = now, ""
        factor.save(update_fields=["ended_at", "secret"])
        CardCode.objects.filter(card=factor, struck_at__isnull=True).update(struck_at=now)
        record(
            Act.FACTOR_ENDED, by=by, at=now, target=factor.user.username,
            details={"kind": factor.kind, "factor": factor.pk, "label": factor.label},
        )  # fmt: skip


@transaction.atomic
def add_key(
    *, account: User, request: HttpRequest, state: dict[str, Any], answer: str, label: str, by: Actor, now: datetime
) -> Factor:  # fmt: skip
    """Let a hardware key count from now on. Raises `BadInput` where its answer does not fit what was asked."""
    try:
        public, counter = webauthn.take_new(request, state, answer)
    except ValueError as error:
        raise BadInput(_("The key was not accepted. Begin again with “Add a hardware key”.")) from error
    factor = Factor.objects.create(
        user=account, kind=Kind.KEY, public=public, last_step=counter, label=label_of(label), made_at=now
    )
    return _confirm(factor, by, now)


@transaction.atomic
def add_totp(*, account: User, secret: bytes, code: str, label: str, by: Actor, now: datetime) -> Factor:
    """Let an authenticator app count once it showed a right code. Raises `Refused` where the policy forbids apps."""
    if not door_policy().totp_allowed:
        refuse("totp-not-allowed", _("Authenticator apps are not allowed by the policy of the door."))
    step = totp.step_of(secret, code, now=now, after=0)
    if step is None:
        raise BadInput(_("The app shows another code. Check its clock, and type the code it shows now."))
    _end(Factor.objects.filter(user=account, kind=Kind.TOTP), by, now)
    factor = Factor.objects.create(
        user=account,
        kind=Kind.TOTP,
        secret=sealed(secret),
        last_step=step,
        label=label_of(label),
        made_at=now,
    )
    return _confirm(factor, by, now)


@transaction.atomic
def end_factor(*, account: User, number: int, by: Actor, now: datetime, keep_session: str = "") -> None:
    """Let a second factor count no longer, and end every session but `keep_session`.

    Raises `NotThere` if the account has none of that number, `Refused` for the last one where one is needed.
    """
    standing = factors_of(account)
    factor = next((each for each in standing if each.pk == number), None)
    if factor is None:
        raise NotThere(_("You have no such second factor."))
    if len(standing) == 1 and needs_factor(account):
        refuse("last-factor", _("This is your only second factor. Add another one before you end it."))
    _end(Factor.objects.filter(pk=factor.pk), by, now)
    end_sessions(account=account, but=keep_session, why="factor", by=by, now=now)


@transaction.atomic
def end_all_factors(*, account: User, but: Factor, by: Actor, now: datetime) -> None:
    """After a recovery only what was enrolled since counts."""
    _end(Factor.objects.filter(user=account).exclude(pk=but.pk), by, now)


@transaction.atomic
def prove(*, account: User, request: HttpRequest, proof: Proof, now: datetime) -> str:
    """The kind of factor that the proof is right for, used up with it; nothing if it is right for none."""
    # One proof of an account at a time: what was used a moment ago must be seen as used.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 78))", [f"proof {account.pk}"])
    if proof.key:
        return Kind.KEY if _prove_key(account, request, proof) else ""
    if proof.code and len(proof.code) <= 100:
        return _prove_code(account, code_of(proof.code), now)
    return ""


def _prove_key(account: User, request: HttpRequest, proof: Proof) -> bool:
    keys = keys_of(account)
    if not keys or not proof.key_state:
        return False
    try:
        key, counter = webauthn.take(request, proof.key_state, keys, proof.key)
    except ValueError:
        return False
    Factor.objects.filter(pk=key.number).update(last_step=counter)
    return True


def keys_of(account: User) -> list[webauthn.Key]:
    """The hardware keys of an account as the library reads them."""
    found = [factor for factor in factors_of(account) if factor.kind == Kind.KEY]
    return [webauthn.Key(factor.pk, factor.public, factor.last_step) for factor in found]


def _prove_code(account: User, code: str, now: datetime) -> str:
    card = card_in_force(account)
    if card is not None and (number := next_number(card)) is not None and _strike(card, number, code, now):
        return Kind.CARD
    app = next((factor for factor in factors_of(account) if factor.kind == Kind.TOTP), None)
    if app is None or not code.isdecimal():
        return ""
    step = totp.step_of(opened(app.secret), code, now=now, after=app.last_step)
    if step is None:
        return ""
    later = Factor.objects.filter(pk=app.pk, last_step__lt=step)
    return Kind.TOTP if later.update(last_step=step) == 1 else ""


def label_of(text: str) -> str:
    """The name that somebody gives a factor, on one line."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())[:LABEL_LENGTH]
