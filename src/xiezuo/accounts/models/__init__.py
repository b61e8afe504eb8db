"""Accounts, what each may see and do, and how each comes in."""

from xiezuo.accounts.models.account import SavedView, User
from xiezuo.accounts.models.door import (
    Attempt,
    CardCode,
    DoorPolicy,
    Factor,
    Kind,
    LockOut,
    PasswordState,
    Recovery,
    Session,
    WhoMust,
)
from xiezuo.accounts.models.rights import Grant, Right

__all__ = [
    "Attempt",
    "CardCode",
    "DoorPolicy",
    "Factor",
    "Grant",
    "Kind",
    "LockOut",
    "PasswordState",
    "Recovery",
    "Right",
    "SavedView",
    "Session",
    "User",
    "WhoMust",
]
