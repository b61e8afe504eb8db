"""Who may do what with a regulation, and what stands against it. An empty list means yes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.rules.regulation_states import (
    LIFE,
    PUBLISHED,
    EditionStage,
    EditionVerb,
    Purpose,
    purposes_in,
)
from xiezuo.rules.states import Outcome
from xiezuo.shared.errors import Reason

if TYPE_CHECKING:
    from xiezuo.rules.models import Consultation, Edition, Opinion

CHANGED = "text-moved-on"
LONGEST_TEXT = 500_000


def may_draft(actor: Actor, commission: int, unit: int | None) -> list[Reason]:
    """Whether `actor` may write a regulation for the unit and take it through consultation and review."""
    return may(actor, Ability.DRAFT_REGULATIONS, commission=commission, unit=unit)


def may_apply(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` drafts regulations of this commission at all; over which unit is asked with the edition."""
    drafts = [held for held in actor.held if held.commission == commission]
    return may(Actor(actor.name, actor.user_id, actor.origin, tuple(drafts)), Ability.DRAFT_REGULATIONS)


def may_enter(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may enter what came on paper, texts that hold already, and what rests on a clause."""
    return may(actor, Ability.KEEP_LEDGER, commission=commission)


def may_speak(actor: Actor, commission: int, unit: int, *, on_paper: bool) -> list[Reason]:
    """Whether `actor` may give the opinion of a unit: as its head, or as who enters what it said on paper."""
    if on_paper:
        return may_enter(actor, commission)
    return may(actor, Ability.SPEAK_FOR_UNIT, commission=commission, unit=unit)


def against_verb(edition: "Edition", verb: EditionVerb) -> list[Reason]:
    """Whether the verb can be done in the stage of the edition at all."""
    if (verb, EditionStage(edition.stage)) in LIFE:
        return []
    words = _("“%(verb)s” cannot be done: this edition is “%(stage)s”.")
    return [Reason("wrong-stage", words % {"verb": verb.label, "stage": EditionStage(edition.stage).label})]


def against_editing(edition: "Edition") -> list[Reason]:
    """Whether the text of an edition can be changed now."""
    if edition.frozen:
        return [Reason("frozen", _("Signers are reading this text, so it cannot be changed; they can return it."))]  # fmt: skip
    if edition.stage in (EditionStage.DRAFT, EditionStage.CONSULTATION, EditionStage.REVIEW):
        return []
    words = _("This edition is “%(stage)s”; its text no longer changes. Begin a revision instead.")
    return [Reason("settled", words % {"stage": EditionStage(edition.stage).label})]


def changed_meanwhile() -> Reason:
    """Somebody else saved the text since it was read."""
    return Reason(CHANGED, _("Somebody else changed this text meanwhile. Both texts are below: take over what is missing and save again."))  # fmt: skip


def against_text(text: str) -> list[Reason]:
    """What a pasted text cannot be."""
    if not text.strip():
        return [Reason("text", _("There is no text; paste the text of the regulation."))]
    if len(text) > LONGEST_TEXT:
        words = _("The text has %(found)s characters; expected at most %(most)s.")
        return [Reason("text", words % {"found": len(text), "most": LONGEST_TEXT})]
    return []


def against_asking(edition: "Edition", clauses: int, units: Sequence[int], last_day: date, today: date) -> list[Reason]:  # fmt: skip
    """What stands against asking units for their opinion."""
    found = against_verb(edition, EditionVerb.CONSULT)
    if not clauses:
        found.append(Reason("text", _("There is no text yet on which a unit could give its opinion.")))
    if not units:
        found.append(Reason("units", _("No unit is chosen; choose at least one.")))
    if last_day < today:
        words = _("%(day)s has passed; expected today or a later day.")
        found.append(Reason("last_day", words % {"day": last_day}))
    return found


def against_opinion(edition: "Edition", asked: "Consultation | None") -> list[Reason]:
    """What stands against an opinion of a unit now; `asked` is its consultation."""
    if asked is None:
        return [Reason("not-asked", _("This unit was not asked for its opinion."))]
    if edition.stage != EditionStage.CONSULTATION:
        words = _("The consultation is over: this edition is “%(stage)s”.")
        return [Reason("over", words % {"stage": EditionStage(edition.stage).label})]
    if asked.answered_on is not None:
        words = _("This unit closed its answer on %(day)s.")
        return [Reason("answered", words % {"day": asked.answered_on})]
    return []


def against_settling(edition: "Edition", outcome: str, reason: str) -> list[Reason]:
    """What stands against settling an opinion so."""
    found = against_editing(edition)
    if outcome not in (Outcome.ADOPTED, Outcome.PARTLY, Outcome.NOT_ADOPTED):
        found.append(Reason("outcome", _("Say what becomes of the opinion: adopted, in part, or not.")))
    elif outcome != Outcome.ADOPTED and not reason.strip():
        found.append(Reason("reason", _("An opinion that is not adopted as it stands needs a reason.")))
    return found


def against_sending(
    edition: "Edition", clauses: int, asked: "Iterable[Consultation]", opinions: "Iterable[Opinion]", today: date
) -> list[Reason]:  # fmt: skip
    """What stands against sending a draft for review: its text, its consultation, its opinions."""
    found = against_verb(edition, EditionVerb.SEND)
    if not clauses:
        found.append(Reason("text", _("There is no text to be reviewed.")))
    rows = list(asked)
    open_ones = [each for each in rows if each.answered_on is None and each.last_day >= today]
    if not rows:
        found.append(Reason("not-consulted", _("No unit was asked for its opinion yet.")))
    if open_ones:
        words = _("%(count)s units have not answered and their time has not passed.")
        found.append(Reason("unanswered", words % {"count": len(open_ones)}))
    if unsettled := sum(each.outcome == Outcome.OPEN for each in opinions):
        words = _("%(count)s opinions are not settled yet.")
        found.append(Reason("unsettled", words % {"count": unsettled}))
    return found


def against_purpose(edition: "Edition", purpose: str, holding: "Edition | None") -> list[Reason]:
    """Whether that can be applied for now; `holding` is the other edition that holds, if any."""
    if edition.waits:
        return [Reason("under-way", _("A decision on this edition is under way already."))]
    if purpose not in purposes_in(edition.stage):
        words = _("“%(purpose)s” cannot be applied for: this edition is “%(stage)s”.")
        named = {"purpose": Purpose(purpose).label, "stage": EditionStage(edition.stage).label}
        return [Reason("purpose", words % named)]
    if holding is not None and holding.waits:
        return [Reason("under-way", _("A decision on the edition that holds is under way; wait for it first."))]  # fmt: skip
    if purpose == Purpose.TRY and holding is not None and holding.stage == EditionStage.IN_FORCE:
        return [Reason("purpose", _("The regulation is in force; a revision of it comes into force, not on trial."))]  # fmt: skip
    return []


def against_no_unit(edition: "Edition") -> list[Reason]:
    """Who decides follows from the unit that answers for the text, so there must be one."""
    if edition.unit_id is not None:
        return []
    return [Reason("unit", _("The ledger names no unit that drafted this regulation; choose the one that answers for it."))]  # fmt: skip


def against_days(purpose: str, starts: date | None, until: date | None, today: date) -> list[Reason]:
    """What stands against the days that an application names."""
    found = []
    if starts is None or starts < today:
        found.append(Reason("starts", _("Expected a day from today (%(today)s) on.") % {"today": today}))
    elif purpose == Purpose.TRY and (until is None or until <= starts):
        found.append(Reason("until", _("A trial has an end: expected a day after it begins.")))
    return found


def against_receipt(edition: "Edition") -> list[Reason]:
    """Whether an edition is there to be read by everybody."""
    if edition.stage in PUBLISHED:
        return []
    return [Reason("not-issued", _("This text has not been issued yet; there is nothing to be taken note of."))]  # fmt: skip
