"""Candidates are asked about ties as they are chosen, and questions of recusal are opened. Inside the act that it follows from."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.events import declaration_asked, recusal_raised
from xiezuo.collaboration.models import Declaration, Recusal, RecusalGround, Request
from xiezuo.collaboration.queries.recusal import accounts_of, grounds_on, ladder_of
from xiezuo.collaboration.recusal.policies import against_ground
from xiezuo.collaboration.states import RecusalDecision, RecusalSource
from xiezuo.collaboration.teams.clauses import shown_clause
from xiezuo.rules.api import calendar_of
from xiezuo.shared.errors import refuse, refuse_if

DECIDED_WITHIN = 1
"""Working days in which a question of recusal is decided (domain.md §2.4, [D])."""


def ask_declaration(*, request: Request, person: int, by: Actor, now: datetime) -> Declaration:
    """Ask somebody about ties to a request; who was asked before is not asked again."""
    with as_the_product():
        asked, new = Declaration.objects.get_or_create(
            request=request, person_id=person, defaults={"asked_by": by.name, "asked_at": now}
        )
    if new:
        target = f"request:{request.pk}"
        record(Act.DECLARATION_ASKED, by=by, at=now, commission_code=request.commission.code, target=target, details={"person": person})  # fmt: skip
        declaration_asked.publish(declaration=asked, by=by, now=now)
    return asked


def open_question(
    *, request: Request, person: int, source: RecusalSource, clause: str, ground: str, sure: bool, key: UUID, by: Actor, now: datetime
) -> Recusal:  # fmt: skip
    """Open a question of recusal about somebody, under the lock of the request. Their rights in it are frozen from now on.

    `clause` is a code of the county's grounds. Raises `Refused` if one is open already, or if nobody could decide it.
    """
    today = timezone.localdate(now)
    with as_the_product():
        rule = grounds_on(request.commission, today).get(clause)
        refuse_if(against_ground(rule, ground, sure=sure))
        if Recusal.objects.filter(request=request, person=person, decision=RecusalDecision.OPEN).exists():
            refuse("open", _("A question about this person is being decided already."))
        deciders = ladder_of(person, request, today)
        if not deciders:
            refuse("nobody", _("Nobody can decide this: neither a head of the unit, the secretary nor the case-management office has an account."))  # fmt: skip
        made = Recusal.objects.create(
            request=request, person_id=person, account=next(iter(accounts_of(person, request.commission_id)), None),
            source=source, clause=shown_clause(rule) if rule else clause, raised_by=by.user_id, raised_at=now,
            due_on=calendar_of(request.commission).after(today, DECIDED_WITHIN), decider=deciders[0].account, key=key,
        )  # fmt: skip
        RecusalGround.objects.create(recusal=made, ground=f"{clause} {rule.name if rule else ''}".strip(), said=ground.strip())  # fmt: skip
    _note(Act.RECUSAL_RAISED, made, by, now)
    recusal_raised.publish(recusal=made, by=by, now=now)
    return made


def _note(act: Act, row: Recusal, by: Actor, now: datetime) -> None:
    """The act in the journal: who and by which clause, never the ground."""
    told = {"recusal": row.pk, "person": row.person_id, "clause": row.clause, "source": row.source}
    code, target = row.request.commission.code, f"request:{row.request_id}"
    record(act, by=by, at=now, commission_code=code, target=target, details=told)
