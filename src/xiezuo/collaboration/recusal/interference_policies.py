"""Who files in the register of interference, who reads it, and what stands against a filing. An empty list means yes."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import NOT_YOURS, Ability, Actor, has, may
from xiezuo.collaboration.states import InterferenceKind
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.shared.pointers import against_words

if TYPE_CHECKING:
    from xiezuo.collaboration.recusal.interference_filed import Filing

LONGEST_NAME, LONGEST_OFFICE, LONGEST_HOW = 30, 60, 300


def may_file(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may file: whoever works for the commission, in whatever role (监察法 66)."""
    return may(actor, Ability.SEE_STRUCTURE, commission=commission)


def may_file_from_paper(actor: Actor, commission: int, *, took_part: bool) -> list[Reason]:
    """Whether `actor` may enter what somebody filed on paper: the case-management office, outside the matter."""
    found = may(actor, Ability.KEEP_LEDGER, commission=commission)
    if not found and took_part:
        return [Reason("inside", _("Whoever takes part in the matter enters nobody else's filing; somebody outside it does."))]  # fmt: skip
    return found


def may_read(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` reads the register at all; of a matter in which one takes part, nothing is shown."""
    if has(actor, Ability.READ_JOURNAL):
        return []
    return may(actor, Ability.SEE_INTERFERENCE, commission=commission)


def may_note(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` says what was done: a leader who reads the register. The auditor reads alone."""
    if has(actor, Ability.SEE_INTERFERENCE, commission=commission):
        return []
    return [Reason(NOT_YOURS, _("What was done is noted by the leaders who read the register; the auditor only reads."))]  # fmt: skip


def against_filing(filing: "Filing", today: date) -> list[Reason]:
    """Everything that stands against what was entered, each at its field."""
    found = [*_against_kind(filing), *_against_day(filing, today), *_against_name(filing)]
    if not filing.how.strip():
        found.append(
            Reason("how", _("Say how: by telephone, by word of mouth, in writing or through others."))
        )
    return [*found, *against_words(filing.how, field="how", sure=filing.sure, most=LONGEST_HOW)]


def _against_kind(filing: "Filing") -> list[Reason]:
    if filing.kind in InterferenceKind.values:
        return []
    words = _("“%(found)s” is no kind of interference; expected one of %(known)s.")
    return [Reason("kind", words % {"found": filing.kind[:20], "known": listed(InterferenceKind.values)})]


def _against_day(filing: "Filing", today: date) -> list[Reason]:
    if filing.on <= today:
        return []
    return [Reason("on", _("%(day)s lies ahead; expected today or an earlier day.") % {"day": filing.on})]


def _against_name(filing: "Filing") -> list[Reason]:
    if not filing.name.strip():
        return [Reason("name", _("Say who it was; the name is kept sealed and is shown to nobody in the matter."))]  # fmt: skip
    # One name belongs here; numbers of identity cards and telephones never do.
    return [
        *against_words(filing.name, field="name", sure=True, most=LONGEST_NAME),
        *against_words(filing.office, field="office", sure=True, most=LONGEST_OFFICE),
    ]


def against_note(said: str, *, sure: bool) -> list[Reason]:
    """What stands against the words of a step."""
    if not said.strip():
        return [Reason("said", _("Say what was done, such as handed on to 干部监督室 under number …"))]
    return against_words(said, field="said", sure=sure)
