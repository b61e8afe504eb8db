"""Who may change the ledger of the organisation, and who may see what is masked. Each answer lists the reasons against;
an empty list means yes.

The operation, the greyed button and the form read the same list.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, has, may
from xiezuo.shared.errors import Reason
from xiezuo.shared.ledger import LedgerRow
from xiezuo.shared.periods import OPEN

if TYPE_CHECKING:
    from xiezuo.organisation.models import Assignment, Leave, Portfolio

MOVED_ON = "ledger-moved-on"
"""The code of every refusal because someone else was first."""


def moved_on() -> Reason:
    """Someone else changed the row since it was read."""
    return Reason(MOVED_ON, _("The ledger was changed meanwhile. Look at it as it stands now, and enter the change again if it is still needed."))  # fmt: skip


def may_enter(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may enter facts into the ledger of the commission at all."""
    return may(actor, Ability.KEEP_LEDGER, commission=commission)


def may_switch_standard(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may say what is a standard of the commission."""
    return may_enter(actor, commission)


def may_take_up_post(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may enter that someone takes up a post."""
    return may_enter(actor, commission)


def may_add_person(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may add a person to the ledger."""
    return may_enter(actor, commission)


def may_show_personal_data(actor: Actor, commission: int, units: Iterable[int]) -> list[Reason]:
    """Whether `actor` may see the masked fields of a person whose units of today are `units`."""
    return _over_one_of(actor, Ability.SEE_PERSONAL, commission, units)


def may_see_readers(actor: Actor, commission: int, units: Iterable[int]) -> list[Reason]:
    """Whether `actor` may know who has seen a person whose units of today are `units`."""
    return _over_one_of(actor, Ability.SEE_READERS, commission, units)


def _over_one_of(actor: Actor, ability: Ability, commission: int, units: Iterable[int]) -> list[Reason]:
    if any(has(actor, ability, commission=commission, unit=unit) for unit in units):
        return []
    return may(actor, ability, commission=commission)


def may_give_up_post(actor: Actor, assignment: "Assignment") -> list[Reason]:
    """Whether `actor` may enter the end of a post: it must be current knowledge and have no end yet."""
    return [*may_enter(actor, assignment.commission_id), *_known(assignment), *_not_ended(assignment)]


def may_move_person(actor: Actor, assignment: "Assignment") -> list[Reason]:
    """Whether `actor` may enter that someone leaves a post for another."""
    return may_give_up_post(actor, assignment)


def may_correct_post(actor: Actor, assignment: "Assignment") -> list[Reason]:
    """Whether `actor` may correct what the ledger says of a post; an ended post too."""
    return [*may_enter(actor, assignment.commission_id), *_known(assignment)]


def may_strike_post(actor: Actor, assignment: "Assignment") -> list[Reason]:
    """Whether `actor` may say that a post was never held."""
    return may_correct_post(actor, assignment)


def may_begin_share(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may enter a share in the division of work."""
    return may_enter(actor, commission)


def may_end_share(actor: Actor, share: "Portfolio") -> list[Reason]:
    """Whether `actor` may enter the end of a share in the division of work."""
    return [*may_enter(actor, share.commission_id), *_known(share), *_not_ended(share)]


def may_enter_leave(actor: Actor, commission: int, units: Iterable[int]) -> list[Reason]:
    """Whether `actor` may enter days on which a person is away whose units of today are `units`."""
    return _over_one_of(actor, Ability.KEEP_LEAVE, commission, units)


def may_cancel_leave(actor: Actor, leave: "Leave", units: Iterable[int]) -> list[Reason]:
    """Whether `actor` may say that a person is not away after all; days that have passed too."""
    return [*may_enter_leave(actor, leave.commission_id, units), *_known(leave)]


def _known(row: LedgerRow) -> list[Reason]:
    return [] if row.known_until is None else [moved_on()]


def _not_ended(row: LedgerRow) -> list[Reason]:
    if row.ends == OPEN:
        return []
    words = _("This has already ended, on %(day)s. To change that day, correct the entry.")
    return [Reason("already-ended", words % {"day": row.ends.isoformat()})]
