"""The conditions of which policies of the database are made: over which rows a reader has an ability."""

from collections.abc import Iterable

from xiezuo.accounts.api import DUTIES, Ability, Role

TRUSTED = "(SELECT xz_trusted())"


def array(roles: Iterable[Role]) -> str:
    """Roles as an array of the database."""
    return "'{" + ",".join(roles) + "}'::text[]"


def over_commission(ability: Ability, column: str = "commission_id") -> str:
    """Rows of the commissions over which the reader has the ability."""
    reach = DUTIES[ability]
    asked = f"xz_commissions({array(reach.scoped)}, {array(reach.whole)})"
    return f"{column} = ANY((SELECT {asked})::bigint[])"


def over_units(ability: Ability) -> str:
    """The units over which the reader has the ability, as an array."""
    return f"(SELECT xz_units({array(DUTIES[ability].scoped)}))::bigint[]"


def holds(ability: Ability) -> str:
    """Whether the reader has the ability over anything."""
    reach = DUTIES[ability]
    return f"(SELECT xz_holds({array((*reach.scoped, *reach.whole))}))"


def either(*conditions: str) -> str:
    """Rows that meet one of the conditions; what may see everything always does."""
    return " OR ".join((TRUSTED, *(f"({condition})" for condition in conditions)))


KNOW_TOTALS = array(DUTIES[Ability.SEE_TOTALS].whole)
COUNTED = f"commission_id = ANY((SELECT xz_counted({KNOW_TOTALS}))::bigint[])"
