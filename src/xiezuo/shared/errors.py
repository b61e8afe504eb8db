"""Expected failures. Each carries words that a user can read; one place maps them to pages and exit codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from xiezuo.shared.lists import clauses


@dataclass(frozen=True)
class Reason:
    """Why something may not be done: a stable code for machines, words for people."""

    code: str
    text: str


class XiezuoError(Exception):
    """An expected failure with words for the user."""

    status = 400

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else self.__class__.__name__


class Refused(XiezuoError):
    """The act is not allowed; `reasons` says why."""

    status = 409

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(clauses(str(reason.text) for reason in reasons))
        self.reasons = tuple(reasons)


class NotThere(XiezuoError):
    """What was asked for does not exist, or not on that day."""

    status = 404


class BadInput(XiezuoError):
    """What was given cannot be used; the words say what was found, what was expected and where."""


def refuse_if(reasons: Sequence[Reason]) -> None:
    """Raise `Refused` unless `reasons` is empty."""
    if reasons:
        raise Refused(reasons)


def refuse(code: str, text: str) -> NoReturn:
    """Raise `Refused` for one reason."""
    raise Refused([Reason(code, text)])
