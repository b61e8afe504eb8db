"""How far the reader's knowledge of people reaches, as the database itself answers it: one question for a page."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from xiezuo.accounts.api import DUTIES, Ability
from xiezuo.organisation.models import Commission
from xiezuo.ui.withheld import Withheld

_ASKED = """
SELECT xz_trusted(), %(commission)s = ANY(xz_commissions(%(scoped)s, %(whole)s)),
       %(commission)s = ANY(xz_totals()), xz_units(%(scoped)s), xz_leaderships()
"""


@dataclass(frozen=True)
class Sight:
    """Whose people of a commission are seen: everybody's, or those of `units` and `leaderships`; `totals` may be known
    of all."""

    everyone: bool
    totals: bool
    units: frozenset[int]
    leaderships: frozenset[int] = frozenset()

    @property
    def nobody(self) -> bool:
        """Whether no people are seen but those who lead the commission."""
        return not self.everyone and not self.units

    def sees(self, unit: int) -> bool:
        """Whether the people of the unit are shown."""
        return self.everyone or unit in self.units or unit in self.leaderships

    def counts(self, unit: int) -> bool:
        """Whether the number of people of the unit may be known."""
        return self.totals or self.sees(unit)

    def number(self, unit: int, number: Any) -> Any:
        """`number` of the unit, or the dash that says why it is not for the reader."""
        return number if self.counts(unit) else withheld()


def sight_in(commission: Commission) -> Sight:
    """What the actor of this transaction sees of the people of a commission. One query."""
    reach = DUTIES[Ability.SEE_PEOPLE]
    asked: dict[str, Any] = {
        "commission": commission.pk,
        "scoped": list(reach.scoped),
        "whole": list(reach.whole),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, asked)
        trusted, everyone, totals, units, leaderships = cursor.fetchone()
    return Sight(trusted or everyone, trusted or totals, frozenset(units), frozenset(leaderships))


def people_seen_at() -> frozenset[int]:
    """The units, of any commission, whose people the actor sees by a right over just them. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xz_units(%s) || xz_leaderships()", [list(DUTIES[Ability.SEE_PEOPLE].scoped)])
        return frozenset(cursor.fetchone()[0])


def withheld() -> Withheld:
    """The dash in the place of a number of people."""
    return Withheld(_("How many people are here is not part of your duties."))
