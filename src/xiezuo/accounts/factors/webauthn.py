"""Hardware keys: Web Authentication (W3C, level 2) by Yubico's library."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from xiezuo.accounts.models import User

NAME = "Xiezuo"
LONGEST = 20_000
"""Characters of an answer of a key; real ones have about two thousand."""


@dataclass(frozen=True)
class Key:
    """The public half of a key, and the counter that it last showed."""

    number: int
    public: str
    counter: int

    @property
    def data(self) -> AttestedCredentialData:
        """As the library reads it."""
        return AttestedCredentialData(b64decode(self.public))


def usable(request: HttpRequest) -> bool:
    """Whether a browser lets keys work at this address: a name, not a number, with TLS or on this machine."""
    name = _host(request)
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return request.is_secure() or name == "localhost"
    return False


def ask_new(request: HttpRequest, user: User, known: list[Key]) -> tuple[str, dict[str, Any]]:
    """What the browser is asked for a new key, as JSON, and what must be remembered until it answers."""
    entity = PublicKeyCredentialUserEntity(
        id=str(user.pk).encode(), name=user.username, display_name=user.get_full_name() or user.username
    )
    options, state = _server(request).register_begin(
        entity, [key.data for key in known], user_verification=UserVerificationRequirement.DISCOURAGED
    )
    return json.dumps(dict(options)["publicKey"]), state


def take_new(request: HttpRequest, state: dict[str, Any], answer: str) -> tuple[str, int]:
    """The public half of the new key and its counter. Raises `ValueError` where the answer does not fit."""
    data = _checked(lambda: _server(request).register_complete(state, _read(answer)))
    return b64encode(data.credential_data).decode(), data.counter


def ask(request: HttpRequest, known: list[Key]) -> tuple[str, dict[str, Any]]:
    """What the browser is asked to prove, as JSON, and what must be remembered until it answers."""
    options, state = _server(request).authenticate_begin(
        [key.data for key in known], user_verification=UserVerificationRequirement.DISCOURAGED
    )
    return json.dumps(dict(options)["publicKey"]), state


def take(request: HttpRequest, state: dict[str, Any], known: list[Key], answer: str) -> tuple[Key, int]:
    """The key that answered and its counter. Raises `ValueError` for anything else, a copied key among them (§6.1.1)."""
    read = _checked(lambda: _read(answer))
    used = _checked(lambda: _server(request).authenticate_complete(state, [key.data for key in known], read))
    key = next(each for each in known if each.data.credential_id == used.credential_id)
    counter = AuthenticationResponse.from_dict(read).response.authenticator_data.counter
    if key.counter and counter <= key.counter:
        raise ValueError(_("The counter of the key went back."))
    return key, counter


def _server(request: HttpRequest) -> Fido2Server:
    here = f"{request.scheme}://{request.get_host()}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=_host(request), name=NAME),
        attestation=AttestationConveyancePreference.NONE,
        verify_origin=lambda origin: origin == here,
    )


def _host(request: HttpRequest) -> str:
    return request.get_host().rsplit(":", 1)[0] if ":" in request.get_host() else request.get_host()


def _read(answer: str) -> Any:
    if len(answer) > LONGEST:
        raise ValueError(_("The answer of the key is too long."))
    return json.loads(answer)


def _checked(ask_library: Any) -> Any:
    # Whatever a stranger sends, the library may stumble over it in many ways; all of them mean no.
    try:
        return ask_library()
    except Exception as error:
        raise ValueError(str(error)) from error
