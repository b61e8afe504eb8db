"""What every act on a regulation does: hold its edition, restate its record, and tell the journal.

The record of a regulation is the one source of its status. Editions are written by the product alone, once the policies
have said yes to who acts; whoever drafts need not keep the ledger.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import Act, record
from xiezuo.organisation.api import Commission, grow_ledger, ledger_version
from xiezuo.rules.models import Edition, Regulation, RegulationRecord
from xiezuo.rules.regulation_states import PUBLISHED
from xiezuo.shared.errors import NotThere
from xiezuo.shared.periods import OPEN

_OF_THE_ROW = ("id", "known_from", "known_until", "load", "closed_by_load")
_FIELDS = tuple(
    field.attname for field in RegulationRecord._meta.concrete_fields if field.attname not in _OF_THE_ROW
)


def must_be_shown(edition: Edition) -> None:
    """With the eyes of who acts: what the database does not show them is not there."""
    if not Edition.objects.filter(pk=edition.pk).exists():
        raise NotThere(_("There is no such edition of a regulation, or it is not for you."))


def hold(edition: Edition) -> Edition:
    """The edition as it stands, held until the transaction ends: of two who act at once one waits here."""
    return Edition.objects.select_for_update().get(pk=edition.pk)


def hold_regulation(regulation: Regulation | int) -> Regulation:
    """The regulation, held: acts that weigh one edition against another come one after the other."""
    pk = regulation if isinstance(regulation, int) else regulation.pk
    return Regulation.objects.select_for_update().get(pk=pk)


def is_first(edition: Edition) -> bool:
    """Whether no other edition of the regulation was ever issued: then the record has the days of this one."""
    others = Edition.objects.filter(regulation=edition.regulation_id, stage__in=PUBLISHED)
    return not others.exclude(pk=edition.pk).exists()


def first_record(
    regulation: Regulation, *, name: str, drafted_on: date, position: int, now: datetime
) -> None:
    """State that a regulation has begun to be drafted."""
    RegulationRecord.objects.create(
        commission=regulation.commission, regulation=regulation, name=name, starts=drafted_on, drafted_on=drafted_on,
        position=position, known_from=now,
    )  # fmt: skip


def restate(
    regulation: int, *, days: Mapping[str, date | None] | None = None, described: Mapping[str, str] | None = None,
    since: date | None = None, ends: date | None = None, now: datetime,
) -> None:  # fmt: skip
    """State the record of a regulation anew: `days` for its whole life, what it is called from `since` on, its repeal.

    Rows that stay as they are stay; the others are closed and others are added.
    """
    rows = list(RegulationRecord.objects.current().filter(regulation=regulation).order_by("starts"))
    wanted = [{**_said(row), **(days or {})} for row in rows]
    if described and since is not None:
        wanted = _described(wanted, described, since)
    if ends is not None:
        wanted = [{**row, "ends": min(row["ends"], ends)} for row in wanted if row["starts"] < ends]
    held = [_said(row) for row in rows]
    gone = [row.pk for row, said in zip(rows, held, strict=True) if said not in wanted]
    RegulationRecord.objects.filter(pk__in=gone).update(known_until=now)
    RegulationRecord.objects.bulk_create(
        RegulationRecord(**row, known_from=now) for row in wanted if row not in held
    )


def _said(row: RegulationRecord) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS}


def _described(rows: list[dict[str, Any]], described: Mapping[str, str], since: date) -> list[dict[str, Any]]:
    """The life with another description from `since` on."""
    if not rows or all(rows[-1][name] == value for name, value in described.items()):
        return rows
    kept = [{**row, "ends": min(row["ends"], since)} for row in rows if row["starts"] < since]
    last = rows[-1]
    return [*kept, {**last, **described, "starts": max(since, rows[0]["starts"]), "ends": last["ends"]}]


def renamed(regulation: int, name: str, now: datetime) -> None:
    """A draft that never held is called otherwise: its record is too."""
    rows = RegulationRecord.objects.current().filter(regulation=regulation, ends=OPEN)
    last = rows.order_by("-starts").first()
    if last is not None and last.name != name:
        restate(regulation, described={"name": name}, since=last.starts, now=now)


def grown(commission: Commission) -> None:
    """One more edition of the ledger: pages that were kept are drawn anew."""
    grow_ledger(commission)


def note(act: Act, edition: Edition, told: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """The act in the journal, with the edition that it was done to; texts and opinions are not repeated there."""
    commission = edition.commission
    said = {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()}
    details = {
        "number": edition.number,
        "stage": edition.stage,
        **said,
        "ledger_version": ledger_version(commission),
    }
    record(
        act, by=by, at=now, commission_code=commission.code, target=f"regulation:{edition.regulation_id} edition:{edition.pk}",
        details=details,
    )  # fmt: skip
