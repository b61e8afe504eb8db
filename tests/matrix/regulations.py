"""Regulations in the matrix's world: drafts of each unit in consultation, one that holds, what rests on it, who has read it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests import factories as made
from tests.matrix.canaries import Kind
from tests.subjects import give
from xiezuo.accounts.api import Role, Scope
from xiezuo.accounts.models import User
from xiezuo.rules.models import Clause, Consultation, Edition, Leaning, Opinion, ReadReceipt, WorkRule
from xiezuo.shared import clock
from xiezuo.shared.periods import OPEN

UNITS = ("U1", "U2", "U3")
TODAY = clock.today()
Mark = Callable[..., str]


def furnish(county: Any, mark: Mark) -> None:
    """Add to a county of the world; `mark` gives its canaries."""
    _who_decides(county, mark)
    county.things["edition held"] = _held(county, mark)
    county.things["untexted"] = made.regulation(
        county.commission, mark(Kind.STRUCTURE), in_force_on=made.BEGINNING
    )
    for unit in UNITS:
        county.things[f"draft {unit}"] = draft = _draft(county, mark, unit, answered=False)
        county.things[f"ready {unit}"] = _draft(county, mark, unit, answered=True)
        county.things[f"opinion {unit}"] = Opinion.objects.create(
            edition=draft, unit=county.units[unit], text=mark(Kind.DRAFTS, unit), entered_by=0, entered_at=clock.now(),
            key=uuid4(),
        )  # fmt: skip


def _who_decides(county: Any, mark: Mark) -> None:
    WorkRule.objects.create(
        commission=county.commission, known_from=made.KNOWN, kind="内部事项", code="N01", name=mark(Kind.STRUCTURE),
        approvers=["书记"], decide_days=3, badge="本地默认", starts=made.BEGINNING, ends=OPEN,
    )  # fmt: skip
    head = User.objects.create_user(f"decides {county.code}")
    give(head, Role.SECRETARY, county.commission.pk, Scope.COMMISSION, county.commission.pk)


def _edition(county: Any, regulation: Any, name: str, **more: Any) -> Edition:
    return Edition.objects.create(
        commission=county.commission, regulation=regulation, number=1, name=name, begun_by="made", begun_at=clock.now(),
        key=uuid4(), **more,
    )  # fmt: skip


def _held(county: Any, mark: Mark) -> Edition:
    regulation = county.things["regulation"]
    edition = _edition(
        county,
        regulation,
        mark(Kind.STRUCTURE),
        stage="施行",
        in_force_on=made.BEGINNING,
        scope=mark(Kind.STRUCTURE),
    )
    Clause.objects.create(
        edition=edition, position=0, anchor=1, label="第一条", text=mark(Kind.STRUCTURE, words="第一条 ")
    )
    county.things["leaning"] = Leaning.objects.create(
        commission=county.commission, regulation=regulation, anchor=1, kind="表单", code="F1", name=mark(Kind.STRUCTURE),
        made_by="made", made_at=clock.now(),
    )  # fmt: skip
    for unit in UNITS:
        ReadReceipt.objects.create(
            commission=county.commission, edition=edition, unit=county.units[unit].pk, account=county.units[unit].pk + 900_000,
            at=clock.now(),
        )  # fmt: skip
    return edition


def _draft(county: Any, mark: Mark, unit: str, *, answered: bool) -> Edition:
    regulation = made.regulation(
        county.commission, mark(Kind.STRUCTURE), starts=TODAY, drafted_on=TODAY, consulted_on=TODAY
    )
    of = county.units[unit]
    edition = _edition(
        county, regulation, mark(Kind.DRAFTS, unit), stage="征求意见", drafted_on=TODAY, consulted_on=TODAY, unit=of,
        invited=[of.pk],
    )  # fmt: skip
    Clause.objects.create(
        edition=edition, position=0, anchor=1, label="第一条", text=mark(Kind.DRAFTS, unit, words="第一条 ")
    )
    Consultation.objects.create(
        edition=edition, unit=of, opened_on=TODAY, last_day=TODAY + timedelta(days=9),
        answered_on=TODAY if answered else None,
    )  # fmt: skip
    return edition
