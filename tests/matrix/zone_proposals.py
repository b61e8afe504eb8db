"""Proposals in the matrix's world: a question that waits, one that is answered, and what zones are drawn on."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Kind
from xiezuo.shared import clock
from xiezuo.zones.models import GroundEdition, Proposals
from xiezuo.zones.proposals.asking import Asked
from xiezuo.zones.queries.schemes import scheme_on
from xiezuo.zones.scheme import PlannedZone, Scheme
from xiezuo.zones.valuing import CountyGround, value

TODAY = clock.today()
Mark = Callable[..., str]


def furnish(county: Any, mark: Mark) -> None:
    """Add to a county of the world; `mark` gives its canaries."""
    ledger = scheme_on(county.commission, TODAY)
    county.things["proposals waiting"] = _asked(county)
    done = _asked(county, state="完成", result=_answer(county, mark, Scheme(ledger.zones, ledger.members)))
    county.things["proposals"] = done
    county.things["ground"] = GroundEdition.objects.create(
        commission=county.commission, kind="负荷", content={"loads": {county.units["U1"].code: {"村数": 1}}},
        file_name=mark(Kind.ZONE_PLANS), sha256="0" * 64, by="made", at=clock.now(),
    )  # fmt: skip


def _asked(county: Any, **more: Any) -> Proposals:
    return Proposals.objects.create(
        commission=county.commission,
        day=TODAY,
        asked=Asked().as_json(),
        by="made",
        at=clock.now(),
        key=uuid4(),
        **more,
    )


def _answer(county: Any, mark: Mark, ledger: Scheme) -> dict[str, Any]:
    zone = next(each for each in ledger.zones if each.code.endswith("E1"))
    named = PlannedZone(zone.code, mark(Kind.ZONE_PLANS, words="乡镇"), zone.level, zone.kind, zone.parent)
    scheme, unit = ledger.with_zone(named), county.units["U1"].pk
    proof = {"stress": "county", "again": False, "cost": 1.0, "bound": 1.0, "gap": 0.0}
    elsewhere = {"zone": f"{county.code}E2", "alone": 1.0, "broken": [], "at_best": 1.0, "never": False}
    why = {"zone": zone.code, "travel": 0.0, "tie_lost": 0.0, "changed": False, "elsewhere": [elsewhere]}
    proposal = {
        "scheme": scheme.as_json(),
        "terms": _terms(scheme),
        "proofs": {"乡镇": proof},
        "why": {str(unit): why},
    }
    return {
        "ledger_version": 1, "fingerprint": "", "editions": {}, "today": {"scheme": ledger.as_json(), "terms": _terms(ledger)},
        "proposals": [proposal], "fewer": True, "parts": ["乡镇"], "ways": "none", "rules": {},
    }  # fmt: skip


def _terms(scheme: Scheme) -> dict[str, Any]:
    return asdict(value(scheme, CountyGround(), scheme))
