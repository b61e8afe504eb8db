"""A correction as a matter that is decided in steps: who may propose it, and what a second person sees of it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.approvals.api import Approval, Kind, Matter, register
from xiezuo.book.models import Correction
from xiezuo.book.queries import correction_of, corrections_under_way, person_of
from xiezuo.organisation.api import ask_for_proposals_by, person_names, words_of_changes, words_of_post
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import clauses

KIND, MARK, RULE, SUBJECT = "correction", "更正", "N02", "book.correction"
LONGEST_TITLE = 200


def register_corrections() -> None:
    """Declare the kind, and that pages of posts learn here what is under way; called once, when the app is ready."""
    # One line says all there is to say of a correction, so that a second person may agree to several at once.
    register(Kind(KIND, MARK, gettext_lazy("Correction of the ledger"), may_propose, matter_of, batch=True))
    ask_for_proposals_by(corrections_under_way)


def may_propose(by: Actor, commission: int) -> list[Reason]:
    """Whether `by` may propose corrections of a commission's ledger."""
    return may(by, Ability.KEEP_LEDGER, commission=commission)


def title_of(correction: Correction, on: date) -> str:
    """One line: the post and what becomes of it, without the name of the person."""
    told = dict(words_of_post(correction.before, on))
    post = f"{told.get(_('Unit'), '')} {told.get(_('Post'), '')}".strip()
    if correction.strikes:
        return _("%(post)s: was never held, to be struck") % {"post": post}
    changes = clauses(f"{what} {old} → {new}" for what, old, new in _changes(correction, on))
    title = _("%(post)s: %(changes)s") % {"post": post, "changes": changes}
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def matter_of(approval: Approval) -> Matter:
    """What a second person sees of a correction: whose post it is, what changes, and why."""
    correction = correction_of(approval)
    on, person = correction.proposed_at.date(), person_of(correction)
    name = "" if person is None else person_names({person}, on).get(person, "")
    # Who applied and for which unit stands on the page already.
    facts = [(_("Person"), name), (_("Reason"), correction.reason)]
    said = words_of_post(correction.before, on)
    href = "" if person is None else reverse("organisation:person", args=[person])
    if correction.strikes:
        struck = [(what, value, _("(struck)")) for what, value in said]
        return Matter(facts, struck, href)
    kept = [(what, value) for what, value in said if what == _("Post")]
    return Matter([*facts[:1], *kept, *facts[1:]], _changes(correction, on), href)


def _changes(correction: Correction, on: date) -> list[tuple[str, str, str]]:
    return words_of_changes(correction.before, correction.changes, on)
