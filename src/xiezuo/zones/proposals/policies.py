"""Who may give what zones are drawn on and ask for proposals, and what stands against a question. An empty list means yes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Ability, Actor, may
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.zones.proposals.asking import MOST_SECONDS, Wishes
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.states import ProposalState
from xiezuo.zones.valuing import CountyGround, Weights

if TYPE_CHECKING:
    from xiezuo.zones.models import Proposals

SILENT = timedelta(seconds=MOST_SECONDS + 60)
"""A question that has said nothing for so long is being reckoned by nobody any more."""
LARGEST_WEIGHT = 10_000


def may_draw(actor: Actor, commission: int) -> list[Reason]:
    """Whether `actor` may give what zones are drawn on, ask for proposals and see them."""
    return may(actor, Ability.DRAW_ZONES, commission=commission)


def against_asking(
    wishes: Wishes, weights: Weights, seconds: int, ground: CountyGround, today: Scheme
) -> list[Reason]:
    """What is wrong with a question before anybody reckons: told at once, in the reader's words."""
    found = [*_against_weights(weights), *_against_wishes(wishes, ground, today)]
    if not 1 <= seconds <= MOST_SECONDS:
        words = _("%(found)s seconds; expected from 1 to %(most)s.")
        found.append(Reason("seconds", words % {"found": seconds, "most": MOST_SECONDS}))
    return found


def _against_weights(weights: Weights) -> list[Reason]:
    numbers = {**{k: v for k, v in weights.as_json().items() if k != "balance"}, **weights.balance}
    wrong = [name for name, number in numbers.items() if not 0 <= number <= LARGEST_WEIGHT]
    if not wrong:
        return []
    words = _("Weights must be from 0 to %(most)s; found otherwise: %(names)s.")
    return [Reason("weights", words % {"most": LARGEST_WEIGHT, "names": listed(wrong)})]


def _against_wishes(wishes: Wishes, ground: CountyGround, today: Scheme) -> list[Reason]:
    found, names = [], ground.facts.units
    strange = sorted(wishes.units() - names.keys())
    if strange:
        words = _("These units do not stand on the day: %(units)s.")
        return [Reason("wishes", words % {"units": listed(f"#{each}" for each in strange)})]
    known = {each.code for each in today.zones}
    for unit, zone in wishes.fixed:
        if zone not in known and not zone.startswith(("T-", "D-")):
            words = _("%(unit)s is fixed to “%(zone)s”, which is no zone of the day.")
            found.append(Reason("fixed", words % {"unit": names[unit].name, "zone": zone}))
    found += _against_pairs(wishes, ground)
    if wishes.axes is not None and wishes.axes < 1:
        found.append(Reason("axes", _("%(found)s axes; expected one at least.") % {"found": wishes.axes}))
    return found


def _against_pairs(wishes: Wishes, ground: CountyGround) -> list[Reason]:
    names, found = ground.facts.units, []
    for one, other in wishes.barred:
        if one == other:
            words = _("%(unit)s cannot be kept apart from itself; choose two units.")
            found.append(Reason("barred", words % {"unit": names[one].name}))
    double = {unit for unit, _zone in wishes.fixed if len({z for u, z in wishes.fixed if u == unit}) > 1}
    found += [
        Reason("fixed", _("%(unit)s is fixed to two zones; choose one.") % {"unit": names[unit].name})
        for unit in sorted(double)
    ]
    return found


def against_cancelling(asked: "Proposals") -> list[Reason]:
    """Whether there is anything to cancel."""
    if asked.state in (ProposalState.WAITING, ProposalState.RUNNING):
        return []
    words = _("This question is “%(state)s”; there is nothing to cancel.")
    return [Reason("ended", words % {"state": ProposalState(asked.state).label})]


def against_taking(asked: "Proposals", number: int) -> list[Reason]:
    """Whether a plan can be begun from the proposal of this number, from 1 on."""
    many = len((asked.result or {}).get("proposals", []))
    if asked.state == ProposalState.DONE and 1 <= number <= many:
        return []
    return [Reason("no-proposal", _("There is no such proposal; choose one of those on the page."))]


def is_lost(asked: "Proposals", now: datetime) -> bool:
    """Whether whoever reckoned was ended half-way: it has said nothing for longer than it may think."""
    told = asked.progress.get("at")
    last = datetime.fromisoformat(told) if told else asked.at
    return asked.state == ProposalState.RUNNING and now - last > SILENT


def under_way(states: Sequence[str]) -> bool:
    """Whether a question with this state is waited for."""
    return any(each in (ProposalState.WAITING, ProposalState.RUNNING) for each in states)
