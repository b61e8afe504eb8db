"""Zones that act as one and authorisations in the matrix's world: decided ones, and one that is not decided yet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests import factories as made
from tests.matrix.canaries import Kind
from xiezuo.rules.models import WorkRule
from xiezuo.shared import clock
from xiezuo.shared.periods import OPEN
from xiezuo.zones.models import Authorisation, Joining

UNITS = ("U1", "U2", "U3")
TODAY = clock.today()
SOON = timedelta(days=30)
Mark = Callable[..., str]


def furnish(county: Any, mark: Mark) -> None:
    """Add to a county of the world; `mark` gives its canaries."""
    for code in ("N05", "N06"):
        WorkRule.objects.create(
            commission=county.commission, known_from=made.KNOWN, kind="内部事项", code=code, name=mark(Kind.STRUCTURE),
            approvers=["书记"], decide_days=3, badge="本地默认", starts=made.BEGINNING, ends=OPEN,
        )  # fmt: skip
    # A deputy secretary by post, without an account: who leads zones in this world holds none.
    vice = made.person(county.commission, mark(Kind.LEADERS, words="安"), code=f"{county.code}-vice")
    made.assignment(vice, county.units["LD"], "副书记")
    county.things["person vice"] = vice
    county.things["joining held"] = _joining(
        county, mark(Kind.STRUCTURE), mark(Kind.STRUCTURE), 1, decided_on=TODAY
    )
    county.things["joining asked"] = _joining(county, mark(Kind.ZONE_PLANS), mark(Kind.ZONE_PLANS), 2)
    for number, unit in enumerate(UNITS, 1):
        county.things[f"authorisation {unit}"] = Authorisation.objects.create(
            commission=county.commission, number=number, person=county.things["person deputy"], unit=county.units[unit],
            matter=mark(Kind.ZONE_PLANS, unit), basis=mark(Kind.ZONE_PLANS, unit), decided_on=TODAY, **_common(),
        )  # fmt: skip


def _joining(county: Any, title: str, basis: str, number: int, **more: Any) -> Joining:
    zones = [county.things["zone E1"].pk, county.things["zone E2"].pk]
    return Joining.objects.create(
        commission=county.commission, number=number, level="二级", zones=zones, purpose="事项", title=title, basis=basis,
        coordinator=county.things["person contact"], **more, **_common(),
    )  # fmt: skip


def _common() -> dict[str, Any]:
    return {
        "starts": TODAY,
        "ends": TODAY + SOON,
        "asked_by": "made",
        "asked_at": clock.now(),
        "key": uuid4(),
    }
