"""Everything that a plan is drawn with: both schemes, the ground of its first day, the judgement, what each term costs."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from xiezuo.organisation.api import Commission, person_names
from xiezuo.shared.errors import NotThere
from xiezuo.zones.judged import Judged
from xiezuo.zones.judging import judge
from xiezuo.zones.models import Plan, PlanOpinion, PlanVersion
from xiezuo.zones.queries.grounds import county_ground
from xiezuo.zones.queries.judging import known_of, zoning_rules
from xiezuo.zones.queries.plans import before_of, scheme_of
from xiezuo.zones.queries.schemes import Known
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.valuing import CountyGround, Valued, value


@dataclass(frozen=True)
class Workshop:
    """A scheme beside what stands without it, on the ground of a day, judged and valued; `known` names all of it.

    `leaders` may be chosen as leaders, chiefs first; both sides are valued against `before`, so that what stays costs nothing.
    """

    on: date
    scheme: Scheme
    before: Scheme
    ground: CountyGround
    judged: tuple[Judged, ...]
    known: Known
    valued: Valued
    valued_before: Valued

    @property
    def leaders(self) -> tuple[int, ...]:
        """Whoever may lead zones, in official order: of the first level first."""
        return tuple(dict.fromkeys([*self.ground.chiefs, *self.ground.contacts]))


def workshop(commission: Commission, scheme: Scheme, before: Scheme, on: date) -> Workshop:
    """A scheme on the ground of a day. About twenty queries, whatever the number of units and zones."""
    ground = county_ground(commission, on, today=before)
    judged = tuple(judge(scheme, ground.facts, zoning_rules(commission, on)))
    known = known_of(commission, on, (scheme, before), judged)
    more = {*ground.contacts, *ground.chiefs} - known.people.keys()
    known = replace(known, people=known.people | person_names(more, on)) if more else known
    return Workshop(
        on,
        scheme,
        before,
        ground,
        judged,
        known,
        value(scheme, ground, before),
        value(before, ground, before),
    )


def workshop_of(plan: Plan) -> Workshop:
    """A plan on the ground of its first day."""
    return workshop(plan.commission, scheme_of(plan), before_of(plan), plan.starts)


def last_version(plan: Plan) -> PlanVersion | None:
    """The version that the plan is in, and who made it. One query."""
    return PlanVersion.objects.filter(plan=plan, version=plan.version).first()


def opinion_of(number: int) -> PlanOpinion:
    """An opinion by its number. Raises `NotThere` for one that is not there or not for the reader."""
    found = PlanOpinion.objects.filter(pk=number).select_related("plan__commission").first()
    if found is None:
        raise NotThere(_("There is no such opinion, or it is not for you."))
    return found
