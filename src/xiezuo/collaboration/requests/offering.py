"""What the rules offer to whoever asks: which methods for a situation, who then decides in what time; and why not. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.rules.states import Approver
from xiezuo.shared.lists import listed

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule

OF_LOANS = ("Q12", "Q13")
"""Situations that are applied for as loans, on pages of their own."""


@dataclass(frozen=True)
class Offer:
    """One method for a situation: the procedure that allows it, or the words why it is not offered."""

    code: str
    name: str
    means: str
    procedure: "WorkRule | None"
    why_not: str = ""

    @property
    def approvers(self) -> list[str]:
        """The offices that decide, in turn, in the reader's language."""
        offices = self.procedure.approvers if self.procedure else []
        return [str(Approver(each).label) for each in offices]


def offered(situation: str, procedures: Iterable["WorkRule"], methods: Sequence["WorkRule"]) -> list[Offer]:
    """Every method in the order of the rules, with its procedure for the situation or the reason why there is none."""
    of = [each for each in procedures if each.situation == situation]
    allowed: Mapping[str, WorkRule] = {code: each for each in of for code in each.methods}
    return [
        Offer(method.code, method.name, method.rule, allowed.get(method.code), _why_not(method.code, allowed))
        for method in methods
    ]


def _why_not(method: str, allowed: Mapping[str, "WorkRule"]) -> str:
    if method in allowed:
        return ""
    rules = listed(dict.fromkeys(each.code for each in allowed.values()))
    if not rules:
        return _("No work rule in force names this situation.")
    return _("The rule %(code)s for this situation does not name this method.") % {"code": rules}
