"""Corrections of what the ledger says of a post. They take effect once a second person has agreed (decision 0016)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act
from xiezuo.organisation import conflicts, policies
from xiezuo.organisation.entry_operations import begin, close, replace, restated, told
from xiezuo.organisation.models import Assignment, Person, Unit
from xiezuo.shared.errors import Reason, refuse, refuse_if
from xiezuo.shared.periods import OPEN

CORRECTABLE = (
    "unit", "post", "engagement", "status", "other_posts", "moves", "starts", "ends", "from_unit", "from_outside",
    "leaving", "to_outside", "basis",
)  # fmt: skip
"""What a correction of a post may change. The person is not among them: that post was never held, and another was."""


@dataclass(frozen=True)
class Decided:
    """Who proposed a correction and who agreed to it, by account name, and the number of the application."""

    proposed_by: str
    agreed_by: tuple[str, ...]
    number: str

    def as_details(self) -> dict[str, Any]:
        """What the journal keeps of it."""
        return {
            "proposed_by": self.proposed_by,
            "decided_by": "、".join(self.agreed_by),
            "number": self.number,
        }


IN_REHEARSAL = Decided("whoever proposes it", ("a second person",), "")
"""For the ledger before and after, which is shown and taken back: as if a second person had agreed."""


@transaction.atomic
def correct_post(
    *, assignment: Assignment, changes: Mapping[str, Any], reason: str, decided: Decided, by: Actor, now: datetime
) -> Assignment:  # fmt: skip
    """Correct what the ledger says of a post: the old row stays as what was known until `now`.

    `changes` hold new values of fields in `CORRECTABLE`. Raises `Refused` if they change nothing, if nobody but who
    proposed it has agreed, or if the row was changed since it was read.
    """
    refuse_if([*policies.may_correct_post(by, assignment), *_against_decision(decided)])
    refuse_if(conflicts.missing(_("Reason"), reason))
    entry = begin(assignment.commission, by, now)
    changed = differing(assignment, changes)
    draft = restated(assignment, **changed)
    days = _against_days(changed, entry.today)
    refuse_if(conflicts.against_post(draft, also=days, instead_of=[assignment.pk]))
    replace(assignment, draft, entry)
    before = {name: _plain(getattr(assignment, name)) for name in changed}
    after = {name: _plain(value) for name, value in changed.items()}
    said = {"reason": reason.strip(), "before": before, "after": after, **decided.as_details()}
    entry.note(Act.POST_CORRECTED, assignment.person.code, said)
    return draft


@transaction.atomic
def strike_post(
    *, assignment: Assignment, reason: str, decided: Decided, by: Actor, now: datetime
) -> None:  # fmt: skip
    """Say that a post was never held: it stays as what was known until `now`. Refused as a correction is."""
    refuse_if([*policies.may_strike_post(by, assignment), *_against_decision(decided)])
    refuse_if(conflicts.missing(_("Reason"), reason))
    entry = begin(assignment.commission, by, now)
    close(assignment, entry)
    said = {"reason": reason.strip(), **told(assignment), **decided.as_details()}
    entry.note(Act.POST_STRUCK, assignment.person.code, said)


def differing(assignment: Assignment, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that differ from what the ledger says. Raises `Refused` if there are none."""
    if unknown := set(changes) - set(CORRECTABLE):
        raise ValueError(f"no field that a correction may change: {sorted(unknown)}")
    changed = {name: new for name, new in changes.items() if getattr(assignment, name) != new}
    if not changed:
        refuse(
            "nothing-changed",
            _("Every value is what the ledger already says; expected at least one that differs."),
        )
    return changed


def _against_decision(decided: Decided) -> list[Reason]:
    if decided.agreed_by and decided.proposed_by not in decided.agreed_by:
        return []
    return [Reason("own-correction", _("A correction takes effect once a second person has agreed."))]


def _against_days(changed: Mapping[str, Any], today: date) -> list[Reason]:
    days = [changed[name] for name in ("starts", "ends") if name in changed and changed[name] != OPEN]
    return [reason for day in days for reason in conflicts.against_day(day, today)]


def _plain(value: Any) -> Any:
    return value.code if isinstance(value, Unit | Person) else value
