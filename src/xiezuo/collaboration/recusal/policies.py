"""What stands against an act on declarations and on questions of recusal."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, Role, Scope, may, persons_of
from xiezuo.collaboration.requests.policies import may_form
from xiezuo.collaboration.states import CHOOSING, RecusalDecision
from xiezuo.shared.errors import Reason
from xiezuo.shared.pointers import against_words

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Declaration, Recusal, Request
    from xiezuo.rules.models import WorkRule

LONGEST_GROUND = 200


def person_of(actor: Actor) -> int | None:
    """The person that an actor is confirmed to be. One query."""
    return None if actor.user_id is None else persons_of(accounts=[actor.user_id]).get(actor.user_id)


def is_the_person(actor: Actor, person: int) -> bool:
    """Whether the actor is that person."""
    return person_of(actor) == person


def may_show_paper(actor: Actor, row: "Declaration", commission: int) -> list[Reason]:
    """Whether `actor` may enter that the paper was shown: the case-management office, and nobody of it to themselves."""
    found = may(actor, Ability.KEEP_LEDGER, commission=commission)
    if is_the_person(actor, row.person_id):
        found = [*found, Reason("own", _("Nobody shows the paper to themselves."))]
    if row.answered_at is not None:
        found = [*found, Reason("answered", _("The declaration has been answered."))]
    return found


def may_answer(actor: Actor, row: "Declaration", commission: int, paper_no: str = "") -> list[Reason]:
    """Whether `actor` may answer: the person, or the case-management office from a signed paper."""
    if row.answered_at is not None:
        return [Reason("answered", _("The declaration has been answered."))]
    found = []
    if row.shown_on is None:
        found.append(Reason("not-shown", _("The case-management office has not shown the paper yet; a declaration is made against it.")))  # fmt: skip
    if is_the_person(actor, row.person_id):
        return found
    if against := may(actor, Ability.KEEP_LEDGER, commission=commission):
        return [*found, *against]
    return [*found, *([] if paper_no.strip() else [Reason("paper_no", _("Give the number of the signed paper."))])]  # fmt: skip


def may_raise(actor: Actor) -> list[Reason]:
    """Whether `actor` may ask that somebody stand out: whoever may read the request may, as the database shows it."""
    if actor.user_id is None:
        return [Reason("nobody", _("Somebody with an account asks."))]
    return []


def against_ground(rule: "WorkRule | None", ground: str, *, sure: bool = False) -> list[Reason]:
    """What stands against a ground as it was given: a clause of the county, and words that name nobody."""
    if rule is None:
        return [Reason("clause", _("There is no such ground of recusal in force."))]
    if not ground.strip():
        return [Reason("ground", _("Say in a few words what the tie is, without the name of anybody it concerns."))]  # fmt: skip
    return against_words(ground, field="ground", sure=sure, most=LONGEST_GROUND)


def may_decide(actor: Actor, row: "Recusal") -> list[Reason]:
    """Whether `actor` decides the question now: its decider, never the person."""
    if row.decision != RecusalDecision.OPEN:
        return [Reason("decided", _("This was decided already."))]
    if actor.user_id is None or actor.user_id != row.decider or is_the_person(actor, row.person_id):
        return [Reason("not-decider", _("This is decided by somebody else."))]
    return []


def on_paper_for_upper(actor: Actor, commission: int) -> bool:
    """Whether `actor` decides as the case-management office, which enters the paper of the upper commission."""
    others = {(Role.UNIT_HEAD, Scope.UNIT), (Role.SECRETARY, Scope.COMMISSION)}
    own = {(held.role, held.scope_kind) for held in actor.held if held.commission == commission}
    return (Role.CASE_MANAGEMENT, Scope.COMMISSION) in own and not own & others


def against_saying(
    said: str, *, sure: bool = False, paper_no: str = "", on_paper: bool = False
) -> list[Reason]:
    """What stands against a decision as it was said: a reason, and the number of the paper where it was made on paper."""
    found = [] if said.strip() else [Reason("said", _("Say why."))]
    if on_paper and not paper_no.strip():
        found.append(
            Reason("paper_no", _("Give the number of the paper by which the upper commission decided."))
        )
    return [*found, *against_words(said, field="said", sure=sure, most=LONGEST_GROUND)]


def may_ask_override(actor: Actor, row: "Recusal", request: "Request") -> list[Reason]:
    """Whether `actor` asks the secretary to let somebody take part all the same: whoever chooses people for the request."""
    if row.decision != RecusalDecision.RECUSED:
        return [Reason("not-recused", _("Only a recusal that was decided can be set aside."))]
    if request.state not in CHOOSING:
        return [Reason("wrong-state", _("No people are chosen for the request any more."))]
    if is_the_person(actor, row.person_id):
        return [Reason("own-decision", _("Neither who decided or raised it nor the person themselves sets a recusal aside."))]  # fmt: skip
    return may_form(actor, request)


def may_refuse_override(actor: Actor, row: "Recusal", commission: int) -> list[Reason]:
    """Whether `actor` lets a recusal stand that they were asked to set aside."""
    if row.override_asked_of is None:
        return [Reason("not-asked", _("Nobody asked to set this recusal aside."))]
    return may_override(actor, row, commission)


def may_override(actor: Actor, row: "Recusal", commission: int) -> list[Reason]:
    """Whether `actor` lets somebody take part all the same: the secretary, neither the decider nor the person."""
    if row.decision != RecusalDecision.RECUSED:
        return [Reason("not-recused", _("Only a recusal that was decided can be set aside."))]
    if not any(held.role == Role.SECRETARY and held.covers(commission, None) for held in actor.held):
        return [Reason("not-secretary", _("Only the secretary lets somebody take part all the same."))]
    if row.override_asked_of not in (None, actor.user_id):
        return [Reason("not-asked", _("Somebody else was asked to decide this."))]
    own = (row.decided_by, row.raised_by, row.override_asked_by)
    if actor.user_id in own or is_the_person(actor, row.person_id):
        return [Reason("own-decision", _("Neither who decided or raised it nor the person themselves sets a recusal aside."))]  # fmt: skip
    return []
