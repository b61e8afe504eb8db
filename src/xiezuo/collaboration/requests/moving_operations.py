"""How every act on a request is written: held against others, checked against the moves, chained, told to the journal.

Lock order: the request first, then members, then the journal. `seen` is the version that a form was made from: of two who
edit one request the second is told. `key` is the form's own: the same form sent again does nothing more.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.approvals.api import Approval
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.events import request_moved
from xiezuo.collaboration.models import Request, RequestMove
from xiezuo.collaboration.requests.policies import against_verb
from xiezuo.collaboration.states import RequestState, RequestVerb
from xiezuo.collaboration.work import chain
from xiezuo.shared.errors import NotThere, refuse, refuse_if


def held(request: Request, *, seen: int | None = None) -> Request:
    """The request as it stands, held until the transaction ends; with the eyes of who acts.

    Raises `NotThere` for who may not see it, `Refused` if it moved on since version `seen`.
    """
    if not Request.objects.filter(pk=request.pk).exists():
        raise NotThere(_("There is no such request, or it is not for you."))
    return held_by_product(request.pk, seen=seen)


def held_by_product(request: int, *, seen: int | None = None) -> Request:
    """The same where what follows from another act is written, whoever acts."""
    with as_the_product():
        # Its approval first, as whoever decides holds that one before the request follows: so two acts never wait for each other.
        tied = Request.objects.filter(pk=request).values("approval")
        list(Approval.objects.select_for_update().filter(pk__in=tied).values_list("pk"))
        row = Request.objects.select_for_update(of=("self",)).select_related("commission").get(pk=request)
    if seen is not None and row.version != seen:
        refuse("changed-meanwhile", _("The request was changed since this page was opened; look at it again. Nothing of what you entered was written."))  # fmt: skip
    return row


def spent(key: UUID, by: Actor) -> RequestMove | None:
    """The move that the form with this key made already; a key of somebody else's form is refused."""
    with as_the_product():
        move = RequestMove.objects.filter(key=key).select_related("request").first()
    if move is not None and move.account != by.user_id:
        refuse("foreign-form", _("This form was sent by somebody else; open it anew."))
    return move


def move(
    row: Request, verb: RequestVerb, to: RequestState, *, by: Actor, now: datetime, basis: str = "", said: str = "",
    details: Mapping[str, Any] | None = None, key: UUID | None = None,
) -> Request:  # fmt: skip
    """Write a held request as changed in memory with its new state, add the move to its chain, tell journal and listeners.

    Raises `Refused` where the moves of `states` do not lead from its state to `to` by `verb`.
    """
    refuse_if(against_verb(row, verb, to))
    with as_the_product():
        row.state, row.version = to, row.version + 1
        row.save()
        add_move(row, verb, by=by, now=now, basis=basis, said=said, details=details, key=key)
    request_moved.publish(request=row, verb=verb, by=by, now=now)
    return row


def add_move(
    row: Request, verb: RequestVerb, *, by: Actor, now: datetime, basis: str = "", said: str = "",
    details: Mapping[str, Any] | None = None, key: UUID | None = None,
) -> None:  # fmt: skip
    """One link of the chain, and the act in the journal. Inside `as_the_product`."""
    last = row.moves.order_by("-version").first()
    link = RequestMove(
        request=row, version=row.version, verb=verb, state=row.state, account=by.user_id, by=by.name, at=now, basis=basis,
        said=said.strip(), details=dict(details or {}), before=last.digest if last else "", stood=stood_of(row), key=key,
    )  # fmt: skip
    link.digest = chain.digest_of(link)
    link.save(force_insert=True)
    told = {"verb": verb.value, "state": row.state, "version": row.version}
    record(
        Act.REQUEST_MOVED, by=by, at=now, commission_code=row.commission.code, target=f"request:{row.pk}", details=told
    )  # fmt: skip


def stood_of(row: Request) -> str:
    """SHA-256 of every field of the request as it stands, as canonical JSON."""
    return chain.digest_in({field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})  # fmt: skip
