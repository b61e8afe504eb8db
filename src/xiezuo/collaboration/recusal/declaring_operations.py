"""Declarations: asked at choosing, answered against a paper that the case-management office shows, even when there is none.

Kept are who was asked, the day, and whether there is a tie; never the person concerned, never a list of kin.
"""

from datetime import date, datetime
from uuid import UUID

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Declaration, Recusal, Request


def show_paper(*, declaration: Declaration, on: date, by: Actor, now: datetime) -> Declaration:
    """Keep that the case-management office showed a candidate the paper, and on which day."""
    raise NotImplementedError


def answer_declaration(
    *, declaration: Declaration, clause: str = "", ground: str = "", paper_no: str = "", key: UUID, by: Actor, now: datetime
) -> Declaration:  # fmt: skip
    """Answer: without `clause` there is no tie and the person joins; with one (a code such as G1) a question of recusal opens.

    `by` is the person, or the case-management office with the number of the paper.
    """
    raise NotImplementedError


def raise_recusal(
    *, request: Request, person: int, clause: str, ground: str, key: UUID, by: Actor, now: datetime
) -> Recusal:
    """Ask that a person stand out: anybody in the matter may, and the case-management office for whoever asked it to."""
    raise NotImplementedError
