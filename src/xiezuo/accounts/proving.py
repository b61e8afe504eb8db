"""Reading a proof of who sits there from a request, and asking for one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from xiezuo.accounts.door_queries import card_in_force, next_number
from xiezuo.accounts.factor_operations import Proof, keys_of
from xiezuo.accounts.factors import webauthn
from xiezuo.accounts.models import User

KEY_STATE = "key_state"
FIELDS = ("proof_code", "proof_key", "proof_password")


def proof_of(request: HttpRequest) -> Proof:
    """What the form offers; a question to a key is good for one answer."""
    state: dict[str, Any] | None = request.session.pop(KEY_STATE, None)
    return Proof(request.POST.get("proof_code", ""), request.POST.get("proof_key", ""), state)


def key_question(request: HttpRequest, account: User) -> str:
    """What the browser asks the account's keys, as JSON; nothing if it has none, or none can be used at this address."""
    keys = keys_of(account)
    if not keys or not webauthn.usable(request):
        return ""
    question, state = webauthn.ask(request, keys)
    request.session[KEY_STATE] = state
    return question


def demonstration_code(account: User) -> str:
    """The code that is asked for, where the account belongs to a demonstration whose cards are no secret."""
    codes = settings.DEMONSTRATION_CARDS.get(account.username) if settings.DEMONSTRATION else None
    card = card_in_force(account) if codes else None
    number = next_number(card) if card else None
    return codes[number - 1] if codes and number and number <= len(codes) else ""
