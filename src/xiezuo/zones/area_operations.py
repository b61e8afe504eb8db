"""The writes of areas: a county's own GeoJSON is taken, or no areas are drawn any more."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from xiezuo.accounts.api import Ability, Actor, as_the_product, may
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import Commission, grow_ledger, ledger_version
from xiezuo.shared.errors import refuse_if
from xiezuo.zones.areas import as_geojson, read_areas
from xiezuo.zones.models import GroundEdition
from xiezuo.zones.queries.areas import county_of, last_edition
from xiezuo.zones.states import GroundKind

LONGEST_NAME = 200
NONE: dict[str, Any] = {"type": "FeatureCollection", "features": []}


@transaction.atomic
def load_areas(
    *, commission: Commission, content: bytes, file_name: str, by: Actor, now: datetime
) -> GroundEdition:
    """Take the areas of units from a file; the same file again changes nothing.

    Raises `Refused` for who does not draw zones, `AreasRefused` with the place of everything that is wrong.
    """
    refuse_if(may(by, Ability.DRAW_ZONES, commission=commission.pk))
    digest = sha256(content).hexdigest()
    last = last_edition(commission)
    if last is not None and last.sha256 == digest:
        return last
    areas = read_areas(content, county_of(commission, timezone.localdate(now)))
    return _kept(commission, as_geojson(areas), file_name[:LONGEST_NAME], digest, by, now)


@transaction.atomic
def drop_areas(*, commission: Commission, by: Actor, now: datetime) -> None:
    """Draw no areas from now on; what was drawn on earlier stays known."""
    refuse_if(may(by, Ability.DRAW_ZONES, commission=commission.pk))
    if (last := last_edition(commission)) is not None and last.sha256:
        _kept(commission, NONE, "", "", by, now)


def _kept(commission: Commission, content: dict[str, Any], name: str, digest: str, by: Actor, now: datetime) -> GroundEdition:  # noqa: PLR0917 - what one row holds  # fmt: skip
    with as_the_product():
        grow_ledger(commission)
        edition = GroundEdition.objects.create(
            commission=commission, kind=GroundKind.AREAS, content=content, file_name=name, sha256=digest, by=by.name, at=now
        )  # fmt: skip
    details = {"kind": GroundKind.AREAS.value, "sha256": digest, "areas": len(content["features"]), "ledger_version": ledger_version(commission)}  # fmt: skip
    record(Act.GROUND_LOADED, by=by, at=now, commission_code=commission.code, target=f"ground:{edition.pk}", details=details)  # fmt: skip
    return edition
