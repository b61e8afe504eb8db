"""Codes of an authenticator app: time-based one-time passwords (RFC 6238), six digits, thirty seconds."""

import secrets
from base64 import b32encode
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from xiezuo.accounts.door_policies import code_of
from xiezuo.accounts.factors.sealing import same

SECONDS = 30
DIGITS = 6
STEPS_AROUND = 1
"""The step before and the step after are good too, for clocks that are not quite right."""


def new_secret() -> bytes:
    """160 bits, as RFC 4226 §4 recommends."""
    return secrets.token_bytes(20)


def step_at(now: datetime) -> int:
    """The number of the step of time."""
    return int(now.timestamp()) // SECONDS


def code_at(secret: bytes, step: int) -> str:
    """The code of one step. SHA-1 is what every app can do; RFC 6238 rests on HMAC, not on collisions."""
    made = TOTP(secret, DIGITS, SHA1(), SECONDS, enforce_key_length=False)  # noqa: S303
    return made.generate(step * SECONDS).decode()


def step_of(secret: bytes, code: str, *, now: datetime, after: int) -> int | None:
    """The step that `code` belongs to, if it is near `now` and later than `after`; all of them are compared."""
    here = step_at(now)
    near = range(here - STEPS_AROUND, here + STEPS_AROUND + 1)
    found = [step for step in near if same(code_at(secret, step), code_of(code)) and step > after]
    return max(found, default=None)


def shown(secret: bytes) -> str:
    """The secret as it is typed into an app, in groups of four letters."""
    text = b32encode(secret).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def address(secret: bytes, *, account: str, issuer: str) -> str:
    """The address that an app on the same machine opens (`otpauth:`)."""
    label = quote(f"{issuer}:{account}")
    return f"otpauth://totp/{label}?secret={b32encode(secret).decode()}&issuer={quote(issuer)}"
