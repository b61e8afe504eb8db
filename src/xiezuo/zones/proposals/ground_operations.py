"""The write of what zones are drawn on: a county's workbook becomes editions, all of its sheets or none."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import BadInput, refuse_if
from xiezuo.zones.models import GroundEdition
from xiezuo.zones.proposals import policies
from xiezuo.zones.proposals.ground_reading import Problem, read_ground
from xiezuo.zones.queries.grounds import last_edition, units_to_name


class FaultyGround(BadInput):
    """A workbook with faults: `problems` are all of them, each with its cell. Nothing was taken."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        where = " ".join(each for each in (first.sheet, f"{first.column}{first.row or ''}") if each)
        told = {"count": len(self.problems), "where": where, "found": first.found, "expected": first.expected}
        super().__init__(
            _("%(count)s problems in the workbook, nothing was taken. The first: %(where)s: found %(found)s; expected %(expected)s.") % told
        )  # fmt: skip


@transaction.atomic
def load_ground(
    *, commission: Commission, book: bytes, file_name: str, by: Actor, now: datetime
) -> list[GroundEdition]:
    """Take a county's workbook: an edition for each sheet that says otherwise than its last one.

    The same workbook again changes nothing and gives nothing. Raises `Refused` for who draws no zones, `FaultyGround` with
    every fault, `BadInput` for what is no workbook.
    """
    refuse_if(policies.may_draw(by, commission.pk))
    read = read_ground(book, units_to_name(commission, now.date()))
    if read.problems:
        raise FaultyGround(read.problems)
    sha, made = hashlib.sha256(book).hexdigest(), []
    with as_the_product():
        # Of two who give a workbook at once, the second compares with what the first gave.
        Commission.objects.select_for_update().get(pk=commission.pk)
        for kind, content in read.content.items():
            last = last_edition(commission, kind)
            if last is None or last.content != content:
                made.append(
                    GroundEdition.objects.create(
                        commission=commission, kind=kind, content=content, file_name=file_name[:200], sha256=sha,
                        by=by.name, at=now,
                    )
                )  # fmt: skip
    if made:
        details = {"sha256": sha, "sheets": [each.kind for each in made]}
        record(
            Act.GROUND_LOADED,
            by=by,
            at=now,
            commission_code=commission.code,
            target=file_name[:200],
            details=details,
        )
    return made
