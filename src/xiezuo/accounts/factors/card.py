"""Codes on paper: forty numbered codes of eight digits on a card, and the code of a recovery."""

import secrets

from xiezuo.accounts.door_policies import ALPHABET, CODE_DIGITS, CODES_ON_CARD, RECOVERY_LETTERS, code_of
from xiezuo.accounts.factors.sealing import keyed_hash


def new_codes() -> list[str]:
    """The codes of a new card, in their order."""
    return [f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}" for _number in range(CODES_ON_CARD)]


def new_recovery_code() -> str:
    """A code of sixteen letters (79 bits) in groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _place in range(RECOVERY_LETTERS))
    return "-".join(letters[start : start + 4] for start in range(0, RECOVERY_LETTERS, 4))


def card_hash(card: int, number: int, code: str) -> str:
    """What the database keeps of code `number` of a card."""
    return keyed_hash("card", card, number, code_of(code))


def recovery_hash(code: str) -> str:
    """What the database keeps of the code of a recovery."""
    return keyed_hash("recovery", code_of(code))
