"""An application whose steps are read from a work rule: who decides, within what time, and who is informed.

The edition in force on the day of the application is kept with it: whatever is changed later, it goes by that one.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, Role, as_the_product
from xiezuo.approvals.api import Approval, Ask, Party, StepPlan, submit, unheld
from xiezuo.approvals.states import Mode
from xiezuo.organisation.api import Commission, unit_names
from xiezuo.organisation.states import Mode as Share
from xiezuo.rules.models import WorkRule
from xiezuo.rules.rule_queries import calendar_of, internal_on
from xiezuo.rules.states import Approver
from xiezuo.shared.errors import refuse
from xiezuo.shared.lists import listed


def apply_for(
    *, kind: str, rule: str, subject: tuple[str, int], title: str, commission: Commission, unit: int | None = None,
    also: Sequence[int] = (), told: Sequence[int] = (), recused: Sequence[Party] = (), key: UUID, by: Actor, now: datetime,
) -> Approval:  # fmt: skip
    """Apply for a decision on an internal matter, by the edition of `rule` (such as N02) in force today.

    `unit` is the unit that the matter is of; of one that is of other units too (`also`), whoever holds an office of a
    step over any of them must agree. Who keeps contact with one of these units, or of those `told`, is informed.
    Raises `NotThere` without such a rule, `Refused` as `submit` does and if nobody holds an office over one of several
    units: the others cannot decide for it.
    """
    with as_the_product():
        # Not everybody who applies may read the rules: the security administrator sees nothing of the ledger.
        edition, calendar = internal_on(commission, rule, timezone.localdate(now)), calendar_of(commission)
        steps = steps_of(edition, unit, also)
        _must_all_be_held(steps, commission, timezone.localdate(now))
    informed = [ask for each in dict.fromkeys((unit, *also, *told)) for ask in informed_of(each)]
    return submit(
        commission=commission.pk, kind=kind, subject=subject, title=title, steps=steps, unit=unit,
        rule_edition=str(edition.pk), recused=recused, informed=informed, key=key, after=calendar.after, by=by, now=now,
    )  # fmt: skip


def steps_of(rule: WorkRule, unit: int | None, also: Sequence[int] = ()) -> list[StepPlan]:
    """The steps that a rule makes for a matter of a unit: one for each office, in turn, with the office as its title.

    Of several units, all who hold the office over any of them decide together.
    """
    days = days_of_step(rule)
    return [_step(Approver(office), (unit, *also), days) for office in rule.approvers]


def _step(office: Approver, units: Sequence[int | None], days: int) -> StepPlan:
    asks: list[Ask] = []
    for unit in dict.fromkeys(units):
        if (ask := ask_of(office, unit)) not in asks:
            asks.append(ask)
    return StepPlan(office, Mode.ALL_OF if len(asks) > 1 else Mode.ANY_OF, asks, days)


def _must_all_be_held(steps: Sequence[StepPlan], commission: Commission, on: date) -> None:
    missing = [ask for step in steps if len(step.asks) > 1 for ask in unheld(step.asks, commission.pk, on)]
    if missing:
        names = unit_names([ask["unit"] for ask in missing], on)
        words = _(
            "Nobody holds the office that must agree for %(units)s; the division of work must name somebody."
        )
        refuse("nobody-asked", words % {"units": listed(names.values())})


def days_of_step(rule: WorkRule) -> int:
    """Working days for each step: those of each level, or the steps' shares of the whole, rounded up."""
    if rule.decide_days is None:
        refuse("no-days", _("The rule %(code)s names no number of working days.") % {"code": rule.code})
    return rule.decide_days if rule.each_level else -(-rule.decide_days // len(rule.approvers))


def informed_of(unit: int | None) -> list[Ask]:
    """Who keeps contact with the unit: they coordinate and are told, and do not decide (domain.md §0)."""
    return [] if unit is None else [{"mode": Share.CONTACT.value, "unit": unit}]


def ask_of(office: Approver, unit: int | None) -> Ask:
    """Whom an office means for a unit. Raises `Refused` for an office that the ledger cannot name."""
    if office in OF_COMMISSION:
        return {"role": OF_COMMISSION[office].value}
    if unit is None or office not in _OF_UNIT:
        refuse("office", _("Nobody can be named as %(office)s for this matter.") % {"office": office.label})
    return {**_OF_UNIT[office], "unit": unit}


OF_COMMISSION = {Approver.SECRETARY: Role.SECRETARY, Approver.CASE_MANAGEMENT: Role.CASE_MANAGEMENT}
_OF_UNIT = {
    Approver.UNIT_HEAD: {"role": Role.UNIT_HEAD.value},
    Approver.DEPUTY: {"mode": Share.IN_CHARGE.value},
    Approver.CONTACT: {"mode": Share.ASSISTING.value},
}
