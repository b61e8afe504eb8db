"""What a lower app tells a higher one, and who listens."""

from xiezuo.accounts.api import rights_asked_for
from xiezuo.audit.api import guard_with
from xiezuo.config.journal_wall import what_does_not_stand
from xiezuo.organisation.api import ledger_changed
from xiezuo.zones.api import renew_rights, renew_rights_in


def wire() -> None:
    """Name the listeners; Django calls it once its apps are loaded."""
    ledger_changed.handled_by(renew_rights_in)
    rights_asked_for.handled_by(renew_rights)
    guard_with(what_does_not_stand)
