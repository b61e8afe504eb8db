"""Who may ask for zones to act as one or for an authorisation, and what stands against it. An empty list means yes."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, has, may
from xiezuo.organisation.states import DEPUTY_SECRETARY, UnitKind
from xiezuo.shared.errors import Reason
from xiezuo.shared.periods import overlap
from xiezuo.shared.pointers import against_pointer
from xiezuo.zones.joining.asked import (
    AskedAuthorisation,
    AskedJoining,
    AuthorisationGround,
    Days,
    JoiningGround,
    gap_in,
)
from xiezuo.zones.joining.holding import held_days
from xiezuo.zones.states import JoiningFor

if TYPE_CHECKING:
    from xiezuo.zones.models import Authorisation, Joining
    from xiezuo.zones.models.joining import Arranged

LONGEST = timedelta(days=366)
"""What is to last longer is no joining for a time any more but a merge: a plan decides it."""
FEWEST = 2


def may_ask(actor: Actor, commission: int, leads: Iterable[int] = ()) -> list[Reason]:
    """Whether `actor` may ask for zones to act as one; `leads` are axis and lead units of the zones.

    Without them: whether of any zones at all.
    """
    if has(actor, Ability.DRAW_ZONES, commission=commission):
        return []
    own = [held for held in actor.held if held.commission == commission]
    runs = Actor(actor.name, actor.user_id, actor.origin, tuple(own))
    units: Sequence[int | None] = list(leads) or [None]
    over = [may(runs, Ability.RUN_ZONE, commission=commission if unit else None, unit=unit) for unit in units]
    return [] if any(not each for each in over) else over[0]


def may_arrange(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may ask for an authorisation."""
    return may(actor, Ability.DRAW_ZONES, commission=commission)


def against_joining(asked: AskedJoining, ground: JoiningGround, others: "Iterable[Joining]", today: date) -> list[Reason]:  # fmt: skip
    """Everything that stands against zones acting as one; `others` are all that were asked for and not refused."""
    found = [
        *against_pointer(asked.title, sure=asked.sure),
        *against_days(asked.starts, asked.ends, today),
        *_against_zones(asked, ground),
    ]
    if asked.purpose not in JoiningFor.values:
        found.append(Reason("purpose", _("Say for what: a matter, a special task or a period.")))
    return found or [
        *_against_coordinator(asked, ground, asked.starts),
        *_against_others(asked, ground, others),
    ]


def against_taking_effect(asked: AskedJoining, ground: JoiningGround, others: "Iterable[Joining]", today: date) -> list[Reason]:  # fmt: skip
    """What stands against a decision that comes today: days that have passed, zones that closed meanwhile."""
    if asked.ends <= today:
        return [_passed(asked.ends)]
    left = AskedJoining(asked.zones, asked.purpose, asked.title, max(asked.starts, today), asked.ends, asked.coordinator)  # fmt: skip
    return [
        *_against_zones(left, ground),
        *_against_coordinator(left, ground, left.starts),
        *_against_others(left, ground, others),
    ]


def _passed(ends: date) -> Reason:
    words = _(
        "The last day was %(day)s, which has passed; refuse the application, and let other days be asked for."
    )
    return Reason("ends", words % {"day": ends - timedelta(days=1)})


def against_days(starts: date, ends: date, today: date) -> list[Reason]:
    """What stands against days that somebody asks for today."""
    if ends <= starts:
        words = _("The last day (%(last)s) is before the first (%(first)s).")
        return [Reason("ends", words % {"last": ends - timedelta(days=1), "first": starts})]
    if starts < today:
        words = _("%(day)s has passed; expected today (%(today)s) or a later day.")
        return [Reason("starts", words % {"day": starts, "today": today})]
    if ends - starts > LONGEST:
        words = _(
            "These are %(found)s days; expected at most %(most)s. What is to last longer is decided as a zone plan."
        )
        return [Reason("ends", words % {"found": (ends - starts).days, "most": LONGEST.days})]
    if starts - today > LONGEST:
        words = _("It would begin in %(found)s days; expected within %(most)s.")
        return [Reason("starts", words % {"found": (starts - today).days, "most": LONGEST.days})]
    return []


def _against_zones(asked: AskedJoining, ground: JoiningGround) -> list[Reason]:
    if len(set(asked.zones)) < FEWEST:
        return [Reason("zones", _("One zone alone acts as one anyway; choose two or more."))]
    if asked.ends <= asked.starts:
        return []
    days = (asked.starts, asked.ends)
    gaps = {zone: ground.gap(zone, days) for zone in asked.zones}
    words = _("%(zone)s does not stand on %(day)s; expected zones that stand on all the days.")
    found = [
        Reason("zones", words % {"zone": ground.name(zone), "day": day}) for zone, day in gaps.items() if day
    ]
    levels = set[str]().union(*(ground.levels(zone, days) for zone in asked.zones))
    if not found and len(levels) > 1:
        found.append(Reason("zones", _("These zones are of different levels; expected zones of one level.")))
    return found


def _against_coordinator(asked: AskedJoining, ground: JoiningGround, day: date) -> list[Reason]:
    if asked.coordinator is not None and ground.leads(asked.coordinator, asked.zones, day):
        return []
    words = _("The coordinator leads none of these zones on %(day)s; expected a leader of one of them.")
    return [Reason("coordinator", words % {"day": day})]


def _against_others(asked: AskedJoining, ground: JoiningGround, others: "Iterable[Joining]") -> list[Reason]:
    """Two that bind one zone in two ways at once: both for everything, or both for the same matter.

    One for a matter beside one for a period binds nobody twice: for the matter the narrower of them counts.
    """
    words = _(
        "%(zone)s acts as one with others from %(first)s to %(last)s already, by joining no. %(number)s%(why)s."
    )
    return [
        Reason("zones", words % {
            "zone": ground.name(next(zone for zone in asked.zones if zone in other.zones)), "number": other.number,
            "first": other.starts, "last": _end_of(other) - timedelta(days=1), "why": _why(asked),
        })
        for other in others if _contradict(asked, other)
    ]  # fmt: skip


def _why(asked: AskedJoining) -> str:
    if asked.purpose == JoiningFor.PERIOD:
        return _(", for everything of that time")
    return _(", for this same matter")


def _contradict(asked: AskedJoining, other: "Joining") -> bool:
    if not set(asked.zones) & set(other.zones) or not overlap((asked.starts, asked.ends), (other.starts, _end_of(other))):  # fmt: skip
        return False
    if JoiningFor.PERIOD in (asked.purpose, other.purpose):
        return asked.purpose == other.purpose
    return _plain(asked.title) == _plain(other.title)


def _end_of(row: "Arranged") -> date:
    return max(row.starts, min(row.ends, row.ended_on or row.ends))


def _plain(title: str) -> str:
    return "".join(title.split()).casefold()


def against_authorisation(
    asked: AskedAuthorisation, ground: AuthorisationGround, others: "Iterable[Authorisation]", today: date
) -> list[Reason]:
    """Everything that stands against an authorisation; `others` are those of the unit that were not refused."""
    found = [
        *against_pointer(asked.matter, sure=asked.sure, field="matter"),
        *against_days(asked.starts, asked.ends, today),
    ]
    return found or _against_office((asked.starts, asked.ends), asked, ground, others)


def against_authorising(
    asked: AskedAuthorisation, ground: AuthorisationGround, others: "Iterable[Authorisation]", today: date
) -> list[Reason]:
    """What stands against a decision that comes today."""
    if asked.ends <= today:
        return [_passed(asked.ends)]
    return _against_office((max(asked.starts, today), asked.ends), asked, ground, others)


def _against_office(
    days: Days, asked: AskedAuthorisation, ground: AuthorisationGround, others: "Iterable[Authorisation]"
) -> list[Reason]:
    """No support office, no deputy secretary, one in charge of it anyway, or somebody authorised for it already."""
    told = {"unit": ground.unit, "person": ground.person}
    support = [each for kind, each in ground.kinds if kind == UnitKind.SUPPORT_OFFICE]
    deputy = [each for post, each in ground.posts if DEPUTY_SECRETARY in post]
    found = []
    if (day := gap_in(support, days)) is not None:
        words = _(
            "%(unit)s is no support office on %(day)s; only those stand outside the zones and need this."
        )
        found.append(Reason("unit", words % {**told, "day": day}))
    if (day := gap_in(deputy, days)) is not None:
        words = _("%(person)s is no deputy secretary on %(day)s.")
        found.append(Reason("person", words % {**told, "day": day}))
    if meant := [each for each in ground.in_charge if overlap(each, days)]:
        words = _("%(person)s is in charge of %(unit)s on %(day)s, so no authorisation is needed.")
        found.append(Reason("person", words % {**told, "day": max(meant[0][0], days[0])}))
    words = _("The same matter and office are authorised on these days already, by no. %(number)s.")
    return found + [
        Reason("matter", words % {"number": other.number})
        for other in others
        if _plain(other.matter) == _plain(asked.matter) and overlap(days, (other.starts, _end_of(other)))
    ]


def against_ending(row: "Arranged", last: date, reason: str, today: date) -> list[Reason]:
    """What stands against ending something early, `last` being its last day: the day before it begins, if it never does."""
    days = held_days(row)
    if days is None:
        return [
            Reason(
                "not-held", _("This holds on no day: it was not decided, or is over, or was ended already.")
            )
        ]
    if days[1] <= today:
        return [Reason("over", _("This ended by itself on %(day)s.") % {"day": days[1] - timedelta(days=1)})]
    if row.ended_on is not None:
        return [Reason("ended", _("This was ended already; its last day is %(day)s.") % {"day": days[1] - timedelta(days=1)})]  # fmt: skip
    found = []
    first, most = max(days[0], today) - timedelta(days=1), days[1] - timedelta(days=2)
    if not first <= last <= most:
        words = _("The last day would be %(found)s; expected one from %(first)s to %(most)s.")
        found.append(Reason("last", words % {"found": last, "first": first, "most": most}))
    if not reason.strip():
        found.append(Reason("reason", _("Ending it early needs a reason.")))
    return found
