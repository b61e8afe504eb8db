"""Which edition of a rule a matter goes by, in words: the one that it began under, whatever was changed since."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.approvals.api import Approval
from xiezuo.rules.models import WorkRule
from xiezuo.ui.words import long_day


@dataclass(frozen=True)
class EditionCited:
    """An edition: its number, for the address `rules:work-rule` with `kept=1`, what it is called, and its clause or,
    where it rests on none, its code."""

    rule: int
    words: str
    clause: str


def edition_cited(approval: Approval) -> EditionCited | None:
    """The edition that an approval goes by; None for one that rests on no work rule. One query."""
    if not approval.rule_edition.isdecimal():
        return None
    rule = WorkRule.objects.filter(commission=approval.commission_id, pk=int(approval.rule_edition)).first()
    if rule is None:
        return None
    words = _("%(rule)s, the edition in force when it began (%(day)s)")
    day = long_day(timezone.localdate(approval.submitted_at))
    named = words % {"rule": f"{rule.code} {rule.name}", "day": day}
    return EditionCited(rule.pk, named, rule.clause or rule.code)
