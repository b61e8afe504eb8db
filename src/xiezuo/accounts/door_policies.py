"""The rules of the door as data and as pure functions: what counts as the same name or code, limits, lock-outs."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

CODES_ON_CARD = 40
CODE_DIGITS = 8
RECOVERY_LETTERS = 16
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters of codes on paper, without those that are taken for another."""

PASSWORD_LONGEST = 128
HALF_SESSION = timedelta(minutes=10)
"""How long a log-in may stand between the password and the second factor."""
FRESH = timedelta(minutes=5)
"""How long a proof of who sits there is good for acts that need one."""
TEMPORARY = timedelta(hours=72)
RECOVERY = timedelta(hours=24)
KNOWN = timedelta(days=30)
"""How long an address stays known to an account after a log-in from there."""

PAIR, ELSEWHERE, ADDRESS = "pair", "elsewhere", "address"


@dataclass(frozen=True)
class LockRule:
    """After `failures` within `window`, the door is shut for as long again."""

    kind: str
    failures: int
    window: timedelta


LOCK_RULES = (
    LockRule(PAIR, 5, timedelta(minutes=15)),
    LockRule(ELSEWHERE, 20, timedelta(hours=1)),
    LockRule(ADDRESS, 50, timedelta(minutes=15)),
)
"""Of a name at an address; of a name, for addresses it is not known at; of an address.

No rule shuts out a name everywhere, so that nobody can keep the administrators out from elsewhere.
"""


def normal(text: str) -> str:
    """The text as the door reads it: compatible forms made one (NFKC, UAX #15), blanks at the ends gone."""
    return unicodedata.normalize("NFKC", text).strip()


def counted_name(text: str) -> str:
    """The name under which tries are counted: variants of case, width and blanks are one name."""
    return "".join(normal(normal(text).casefold()).split())


def code_of(text: str) -> str:
    """A code as it is compared: full-width digits, blanks and hyphens make no difference."""
    return "".join(
        letter for letter in normal(text).upper() if letter not in "-‐‑–—－" and not letter.isspace()
    )


@dataclass(frozen=True)
class Limits:
    """How long a session may stand idle, and in all."""

    idle: timedelta
    whole: timedelta


def over(limits: Limits, *, started: datetime, seen: datetime, now: datetime) -> str:
    """Why a session is over at `now`: `idle`, `whole`, or nothing. A clock set back ends it as well."""
    if now - started > limits.whole or now < started - FRESH:
        return "whole"
    return "idle" if now - seen > limits.idle else ""
