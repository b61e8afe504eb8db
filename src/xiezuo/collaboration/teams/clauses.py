"""By which clause somebody stands out of a request, in the words that everybody may read: 回避 and the clause, never the ground."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.rules.states import Badge

if TYPE_CHECKING:
    from xiezuo.rules.models import WorkRule

YEARS_AFTER_LEAVING = 2
"""Years in which nobody works on a unit they left, where the rule G7 names no number. [D]: a county may say another."""
MONTHS = 12


@dataclass(frozen=True)
class Clause:
    """A clause and the badge of its source. `code` tells bars apart in the solver, `open` says that nobody has decided yet."""

    code: str
    clause: str
    badge: str
    open: bool = False

    @property
    def words(self) -> str:
        """What a reader sees."""
        told = {"clause": self.clause, "badge": Badge(self.badge).label if self.badge else ""}
        if self.open:
            return _("Recusal being decided (%(clause)s)") % told
        return (_("Recused (%(clause)s, %(badge)s)") if self.badge else _("Recused (%(clause)s)")) % told


FORMER_UNIT, EARLIER, OTHER_DUTY, WHOLE_ZONE, APPLIED, ACROSS = "G7", "G6", "P6", "R18", "D10", "M2"
_OURS = {
    OTHER_DUTY: Clause(OTHER_DUTY, "监察法第三十九条", Badge.STATUTE),
    WHOLE_ZONE: Clause(WHOLE_ZONE, "R18", Badge.LOCAL),
    APPLIED: Clause(APPLIED, "申请与组队分开", Badge.LOCAL),
    ACROSS: Clause(ACROSS, "交叉方式", Badge.LOCAL),
}


def clause_of(code: str, grounds: dict[str, "WorkRule"]) -> Clause:
    """The clause of a code: of the county's rule of recusal where there is one, else this product's default."""
    if rule := grounds.get(code):
        return Clause(code, shown_clause(rule), rule.badge)
    known = _OURS.get(code)
    return known or Clause(code, code, Badge.LOCAL)


def shown_clause(rule: "WorkRule") -> str:
    """What is shown of a ground of recusal: its clause, or its code where it rests on the county's own rule."""
    return rule.clause or rule.code


def years_after_leaving(rule: "WorkRule | None") -> int:
    """Years for which a former unit keeps somebody out: of the rule, rounded up, or the default."""
    if rule is None or rule.limit is None:
        return YEARS_AFTER_LEAVING
    return -(-rule.limit // MONTHS)
