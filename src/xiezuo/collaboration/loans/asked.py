"""What is asked for with a loan, and the days on which somebody was lent: values that limits and policies weigh. No tables."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from xiezuo.collaboration.states import LoanKind

TO_A_POST = (LoanKind.POST, LoanKind.TRIAL)
"""Loans to a vacancy: open criteria, several candidates, and a collective decision at the end."""
AUXILIARY = (LoanKind.MATTER, LoanKind.POST, LoanKind.TRIAL)
"""借调 in the strict sense: the three kinds whose people do auxiliary work only, and whose days are added up."""


@dataclass(frozen=True)
class AskedLoan:
    """A profile of who is needed, by a unit, over the days `[starts, ends)`; never a name.

    `request` is the matter of a 专案借调; `post` and `criteria` belong to a vacancy; `mentor` (a person of the unit) and
    `plan` to 跟班. `acts` are the auxiliary acts of a 借调. `sure`: whoever wrote it has looked again at the words.
    """

    kind: str
    starts: date
    ends: date
    people: int = 1
    request: int | None = None
    post: str = ""
    skills: tuple[str, ...] = ()
    criteria: str = ""
    reason: str = ""
    basis: str = ""
    acts: tuple[str, ...] = ()
    plan: str = ""
    mentor: int | None = None
    sure: bool = False


@dataclass(frozen=True)
class Spell:
    """Days `[starts, ends)` on which somebody was lent, by the word of the ledger (借调, 挂职, 跟班)."""

    status: str
    starts: date
    ends: date


@dataclass(frozen=True)
class Cited:
    """A limit with what it rests on: months, and the rule in words with its badge."""

    months: int
    words: str


@dataclass(frozen=True)
class Limits:
    """The limits of loans in force, as the county has them; one that it has repealed is None and binds nobody."""

    term: Cited | None = None
    total: Cited | None = None
    gap: Cited | None = None
    least: Cited | None = None
    acts: tuple[str, ...] = field(default=())
    acts_words: str = ""


DAY = timedelta(days=1)
