"""What may be done with a request now, and why not what may not: the same policies as the operations."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries.requests import edition_of
from xiezuo.collaboration.requests import policies
from xiezuo.collaboration.requests.carrying_operations import against_extending
from xiezuo.collaboration.states import RequestState, RequestVerb
from xiezuo.collaboration.work.closing import against_closing
from xiezuo.shared.errors import Reason
from xiezuo.ui.links import address
from xiezuo.ui.words import Words

_V = RequestVerb
ON_A_PAGE = (_V.START, _V.EXTEND, _V.REPORT, _V.CLOSE, _V.ESCALATE, _V.TERMINATE, _V.TRANSFER)
"""What is done on a page of its own by `act`."""
ONWARD = ("fill", "write", _V.START.value, _V.REPORT.value, _V.CLOSE.value)
"""What takes a request on to its next stage."""


@dataclass(frozen=True)
class Act:
    """One thing to do: its words, where, and what stands against it. `sent` is done at once, by a button."""

    name: str
    words: Words
    href: str
    against: Sequence[Reason] = field(default=())
    sent: bool = False

    @property
    def is_next(self) -> bool:
        """Whether it is the step that takes the request on, and so the one primary action of the page."""
        return self.name in ONWARD


def acts_of(request: HttpRequest, row: Request, by: Actor, on: date) -> list[Act]:
    """Everything that is done from the page of a request, in the order of its life."""
    pk, route = row.pk, "collaboration:act-request"
    acts = [
        Act("fill", _("Fill in and submit"), address(request, "collaboration:fill-request", pk, "why"), policies.may_submit(by, row)),
        Act("write", _V.WRITE.label, address(request, "collaboration:write-request", pk), policies.may_write(by, row), sent=True),
        *(Act(verb.value, verb.label, address(request, route, pk, verb.value), against(row, verb, by, on)) for verb in ON_A_PAGE),
        Act("rescope", _V.RESCOPE.label, address(request, "collaboration:rescope-request", pk), policies.may_rescope(by, row)),
        Act("widen", _("Let somebody else read it"), address(request, "collaboration:ask-widening", pk)),
    ]  # fmt: skip
    if row.state == RequestState.DRAFT:
        drop = address(request, "collaboration:drop-request", pk)
        acts.append(Act("drop", _("Throw the draft away"), drop, policies.is_applicant(by, row), sent=True))
    return acts


def against(row: Request, verb: RequestVerb, by: Actor, on: date) -> list[Reason]:
    """What stands against one act of those that have a page of their own, for whoever looks."""
    if verb == _V.EXTEND:
        return _against_extending(row, by, on)
    if verb == _V.CLOSE:
        return policies.may_close(by, row) or against_closing(row)
    ways: dict[RequestVerb, Any] = {
        _V.START: policies.may_start, _V.REPORT: policies.may_report, _V.ESCALATE: policies.may_escalate,
        _V.TERMINATE: policies.may_terminate, _V.TRANSFER: policies.may_transfer,
    }  # fmt: skip
    found: list[Reason] = ways[verb](by, row)
    return found


def _against_extending(row: Request, by: Actor, on: date) -> list[Reason]:
    if wrong := policies.against_verb(row, _V.EXTEND):
        return wrong
    rule = edition_of(row)
    return against_extending(row, rule, 1, by, on) if rule else []
