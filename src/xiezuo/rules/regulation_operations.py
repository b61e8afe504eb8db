"""The writes of drafting: an edition begins, its text is written, it is given up; what rests on a clause; who has read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, Role, as_the_product
from xiezuo.audit.api import Act
from xiezuo.organisation.api import Commission
from xiezuo.rules import clauses
from xiezuo.rules import regulation_policies as policies
from xiezuo.rules import regulation_queries as queries
from xiezuo.rules.events import consultation_ended
from xiezuo.rules.models import Clause, Edition, Leaning, ReadReceipt, Regulation, RegulationRecord
from xiezuo.rules.queries import status_on
from xiezuo.rules.record_operations import (
    first_record,
    grown,
    hold,
    hold_regulation,
    is_first,
    must_be_shown,
    note,
    renamed,
    restate,
)
from xiezuo.rules.regulation_states import EditionStage, EditionVerb, LeaningKind
from xiezuo.rules.states import RegulationStatus
from xiezuo.shared.asof import on_or_nearest
from xiezuo.shared.errors import BadInput, Reason, refuse, refuse_if
from xiezuo.shared.periods import OPEN

CODE_PREFIX = "R"


@dataclass(frozen=True)
class About:
    """What an edition is called, what and whom it is for, and which unit drafts it."""

    name: str
    scope: str = ""
    scope_units: Sequence[int] = ()
    unit: int | None = None


@transaction.atomic
def begin_regulation(
    *, commission: Commission, about: About, text: str = "", key: UUID, by: Actor, now: datetime
) -> Edition:
    """Begin to draft a regulation that there was not before. The same form posted again gives the same edition.

    Raises `Refused` for who does not draft for the unit, `BadInput` without a name.
    """
    refuse_if(policies.may_draft(by, commission.pk, about.unit))
    if not about.name.strip():
        raise BadInput(_("The regulation has no name; expected a few words."))
    with as_the_product():
        grown(commission)
        if earlier := Edition.objects.filter(key=key).first():
            return earlier
        regulation = Regulation.objects.create(commission=commission, code=_next_code(commission))
        today = timezone.localdate(now)
        position = RegulationRecord.objects.current().filter(commission=commission).count()
        first_record(regulation, name=about.name.strip(), drafted_on=today, position=position, now=now)
        edition = _edition(
            regulation, about, EditionStage.DRAFT, 1, key=key, by=by, now=now, drafted_on=today
        )
        if text.strip():
            _write(edition, clauses.split(_plain(text)), [])
    note(Act.REGULATION_BEGUN, edition, {"name": edition.name}, by=by, now=now)
    return edition


@transaction.atomic
def begin_edition(
    *, regulation: Regulation, unit: int, scope_units: Sequence[int] | None = None, key: UUID, by: Actor, now: datetime
) -> Edition:  # fmt: skip
    """Begin the next edition of a regulation: a revision of the text that holds, or the first text of one that the
    ledger knows. What holds goes on holding. Raises `Refused`."""
    refuse_if(policies.may_draft(by, regulation.commission_id, unit))
    with as_the_product():
        grown(regulation.commission)
        hold_regulation(regulation)
        if earlier := Edition.objects.filter(key=key).first():
            return earlier
        record = _record(regulation, now)
        holding = _holding(regulation, record, by, now)
        refuse_if(_against_beginning(regulation, record, holding, now))
        edition = _next(regulation, record, holding, unit, scope_units, key=key, by=by, now=now)
    note(Act.REGULATION_BEGUN, edition, {"name": edition.name}, by=by, now=now)
    return edition


def _record(regulation: Regulation, now: datetime) -> RegulationRecord:
    rows = list(RegulationRecord.objects.current().filter(regulation=regulation).order_by("starts"))
    found = on_or_nearest(rows, timezone.localdate(now))
    if found is None:
        refuse("no-record", _("The ledger says nothing of this regulation."))
    return found


def _against_beginning(
    regulation: Regulation, record: RegulationRecord, holding: Edition | None, now: datetime
) -> list[Reason]:
    if queries.draft_of(regulation) is not None:
        return [Reason("drafting", _("An edition of this regulation is being drafted already."))]
    if status_on(record, timezone.localdate(now)) == RegulationStatus.REPEALED:
        return [Reason("repealed", _("The regulation is repealed; draft a new one."))]
    if holding is not None and holding.waits:
        return [Reason("under-way", _("A decision on the edition that holds is under way; wait for it first."))]  # fmt: skip
    return []


def _holding(regulation: Regulation, record: RegulationRecord, by: Actor, now: datetime) -> Edition | None:
    """The edition that holds; one that only the ledger knows is entered first, without its text."""
    found = queries.holding_edition(regulation)
    if found is not None or status_on(record, timezone.localdate(now)) not in (
        RegulationStatus.TRIAL,
        RegulationStatus.IN_FORCE,
    ):
        return found
    return _filed(regulation, record, by, now)


def _filed(regulation: Regulation, record: RegulationRecord, by: Actor, now: datetime) -> Edition:
    in_force = status_on(record, timezone.localdate(now)) == RegulationStatus.IN_FORCE
    names = ("drafted_on", "consulted_on", "review_on", "trial_on", "in_force_on", "document_no")
    return Edition.objects.create(
        commission=regulation.commission, regulation=regulation, number=_next_number(regulation), name=record.name,
        stage=EditionStage.IN_FORCE if in_force else EditionStage.TRIAL, begun_by=by.name, begun_at=now, key=uuid4(),
        ended_on=None if record.ends == OPEN else record.ends, **{name: getattr(record, name) for name in names},
    )  # fmt: skip


def _next(
    regulation: Regulation, record: RegulationRecord, holding: Edition | None, unit: int,
    scope_units: Sequence[int] | None, *, key: UUID, by: Actor, now: datetime,
) -> Edition:  # fmt: skip
    today, number = timezone.localdate(now), _next_number(regulation)
    units = scope_units if scope_units is not None else (holding.scope_units if holding else [])
    about = About(record.name, holding.scope if holding else "", units, unit)
    if holding is not None:
        made = _edition(
            regulation, about, EditionStage.DRAFT, number, key=key, by=by, now=now, drafted_on=today
        )
        _write(made, [clauses.Piece(each.label, each.text) for each in queries.clauses_of(holding)], queries.clauses_of(holding))  # fmt: skip
        return made
    consulted = record.consulted_on if record.consulted_on and record.consulted_on <= today else None
    stage = EditionStage.CONSULTATION if consulted else EditionStage.DRAFT
    days = {"drafted_on": min(record.drafted_on or today, today), "consulted_on": consulted}
    # Days still ahead, or of a review that this edition has not come to, were never reached.
    restate(regulation.pk, days={**days, "review_on": None, "trial_on": None, "in_force_on": None}, now=now)
    return _edition(regulation, about, stage, number, key=key, by=by, now=now, **days)


def _edition(
    regulation: Regulation, about: About, stage: EditionStage, number: int, *, key: UUID, by: Actor, now: datetime,
    **days: date | None,
) -> Edition:  # fmt: skip
    return Edition.objects.create(
        commission=regulation.commission, regulation=regulation, number=number, name=about.name.strip(),
        scope=about.scope.strip(), scope_units=list(about.scope_units), unit_id=about.unit, stage=stage, begun_by=by.name,
        begun_at=now, key=key, **days,
    )  # fmt: skip


def _next_number(regulation: Regulation) -> int:
    last = Edition.objects.filter(regulation=regulation).order_by("-number").first()
    return last.number + 1 if last else 1


def _next_code(commission: Commission) -> str:
    known = set(Regulation.objects.filter(commission=commission).values_list("code", flat=True))
    number = len(known) + 1
    while f"{CODE_PREFIX}{number:03d}" in known:
        number += 1
    return f"{CODE_PREFIX}{number:03d}"


@transaction.atomic
def file_text(*, regulation: Regulation, text: str, by: Actor, now: datetime) -> Edition:
    """Enter the text of a regulation that holds already, as long as none is here. Raises `Refused`."""
    refuse_if([*policies.may_enter(by, regulation.commission_id), *policies.against_text(text)])
    with as_the_product():
        grown(regulation.commission)
        hold_regulation(regulation)
        holding = _holding(regulation, _record(regulation, now), by, now)
        if holding is None:
            refuse("not-holding", _("The regulation does not hold yet; draft its text instead."))
        if queries.clauses_of(holding):
            refuse("text-there", _("The text is here already; begin a revision to change it."))
        _write(holding, clauses.split(_plain(text)), [])
    note(Act.REGULATION_TEXT_SAVED, holding, {"filed": True}, by=by, now=now)
    return holding


@transaction.atomic
def save_text(*, edition: Edition, text: str, seen: int, by: Actor, now: datetime) -> Edition:
    """Put a whole text in the place of the edition's; clauses that read the same or nearly keep their anchors.

    `seen` is the version that the form showed: of two who save, the second is told and nothing is lost.
    """
    refuse_if(policies.against_text(text))
    with as_the_product():
        held = _for_editing(edition, by)
        before = queries.clauses_of(held)
        if clauses.joined(before) == _plain(text):
            return held
        refuse_if([] if held.version == seen else [policies.changed_meanwhile()])
        _write(held, clauses.split(_plain(text)), queries.known_anchors(held))
    note(Act.REGULATION_TEXT_SAVED, held, {"version": held.version}, by=by, now=now)
    return held


@transaction.atomic
def save_clause(*, edition: Edition, anchor: int, text: str, seen: int, by: Actor, now: datetime) -> Edition:
    """Change one clause; a text with several clauses becomes several, an empty one takes the clause out.

    `seen` is the version of the clause that the form showed.
    """
    with as_the_product():
        held = _for_editing(edition, by)
        before = queries.clauses_of(held)
        clause = queries.clause_of(held, anchor)
        parts = _parts_of_clause(clause, text)
        if [part.text for part in parts] == [clause.text]:
            return held
        refuse_if([] if clause.version == seen else [policies.changed_meanwhile()])
        _put(held, before, clause, parts)
    note(Act.REGULATION_TEXT_SAVED, held, {"anchor": anchor, "version": held.version}, by=by, now=now)
    return held


def _for_editing(edition: Edition, by: Actor) -> Edition:
    """The edition, held, if `by` may change its text now."""
    held = hold(edition)
    refuse_if([*policies.may_draft(by, held.commission_id, held.unit_id), *policies.against_editing(held)])
    return held


def _plain(text: str) -> str:
    """Lines as the text has them, whatever the browser sends, ended by one."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return lines if not lines or lines.endswith("\n") else f"{lines}\n"


def _parts_of_clause(clause: Clause, text: str) -> list[clauses.Piece]:
    """What a form says of a clause, with the blank lines that stood after it."""
    plain = _plain(text).strip("\n")
    after = clause.text[len(clause.text.rstrip("\n")) :] or "\n"
    before = clause.text[: len(clause.text) - len(clause.text.lstrip("\n"))]
    return clauses.split(f"{before}{plain}{after}") if plain.strip() else []


def _put(held: Edition, before: Sequence[Clause], clause: Clause, parts: Sequence[clauses.Piece]) -> None:
    """The text with one of its parts exchanged; what stands in its place first keeps its anchor."""
    fresh = queries.last_anchor(held.regulation_id) + 1
    given = clauses.anchors(parts, [clause], fresh)
    if parts and clause.anchor not in given:
        given[0] = clause.anchor
    pieces: list[tuple[clauses.Piece, int]] = []
    for each in before:
        own = [(clauses.Piece(each.label, each.text), each.anchor)]
        pieces += list(zip(parts, given, strict=True)) if each.pk == clause.pk else own
    _keep(held, pieces, {each.anchor: each for each in before})


def _write(held: Edition, parts: Sequence[clauses.Piece], known: Sequence[Clause]) -> None:
    """A whole text; `known` are the clauses by which it is recognised."""
    fresh = queries.last_anchor(held.regulation_id) + 1
    given = clauses.anchors(parts, known, fresh)
    own = {each.anchor: each for each in queries.clauses_of(held)}
    _keep(held, list(zip(parts, given, strict=True)), own)


def _keep(held: Edition, pieces: Sequence[tuple[clauses.Piece, int]], before: Mapping[int, Clause]) -> None:
    Clause.objects.filter(edition=held).delete()
    Clause.objects.bulk_create(
        Clause(edition=held, position=position, anchor=anchor, label=piece.label, text=piece.text,
               version=_version(before.get(anchor), piece.text))
        for position, (piece, anchor) in enumerate(pieces)
    )  # fmt: skip
    held.version += 1
    held.save(update_fields=["version"])


def _version(before: Clause | None, text: str) -> int:
    if before is None:
        return 1
    return before.version if before.text == text else before.version + 1


@transaction.atomic
def describe(*, edition: Edition, about: About, by: Actor, now: datetime) -> Edition:
    """Change what a draft is called, and what and whom it is for. The unit that drafts it stays."""
    if not about.name.strip():
        raise BadInput(_("The regulation has no name; expected a few words."))
    with as_the_product():
        grown(edition.commission)
        held = _for_editing(edition, by)
        held.name, held.scope, held.scope_units = (
            about.name.strip(),
            about.scope.strip(),
            list(about.scope_units),
        )
        held.save(update_fields=["name", "scope", "scope_units"])
        if is_first(held):
            renamed(held.regulation_id, held.name, now)
    note(Act.REGULATION_TEXT_SAVED, held, {"name": held.name}, by=by, now=now)
    return held


@transaction.atomic
def drop(*, edition: Edition, reason: str, by: Actor, now: datetime) -> Edition:
    """Give a draft up, with a reason; what holds goes on holding. Raises `Refused`."""
    refuse_if([] if reason.strip() else [Reason("reason", _("Say why the draft is given up."))])
    with as_the_product():
        grown(edition.commission)
        held = hold(edition)
        refuse_if(policies.may_draft(by, held.commission_id, held.unit_id))
        refuse_if(policies.against_verb(held, EditionVerb.DROP))
        held.stage = EditionStage.DROPPED
        held.save(update_fields=["stage"])
        if is_first(held):
            days = dict.fromkeys(("drafted_on", "consulted_on", "review_on"))
            restate(held.regulation_id, days=days, now=now)
    note(Act.REGULATION_DROPPED, held, {"reason": reason.strip()}, by=by, now=now)
    consultation_ended.publish(
        commission=held.commission_id, regulation=held.regulation_id, edition=held.pk, now=now
    )
    return held


@transaction.atomic
def mark_read(*, edition: Edition, by: Actor, now: datetime) -> None:
    """Take note of an issued edition; a second time changes nothing."""
    must_be_shown(edition)
    refuse_if(policies.against_receipt(edition))
    if by.user_id is None:
        refuse("no-account", _("Only an account can take note of a regulation."))
    with as_the_product():
        receipt = ReadReceipt(
            commission=edition.commission, edition=edition, account=by.user_id, unit=_unit_of(by), at=now
        )
        if queries.has_read(edition, by.user_id):
            return
        ReadReceipt.objects.bulk_create([receipt], ignore_conflicts=True)
    note(Act.REGULATION_READ, edition, {}, by=by, now=now)


def _unit_of(by: Actor) -> int | None:
    own = (held.scope_id for held in by.held if held.role in (Role.UNIT_HEAD, Role.STAFF))
    return next(own, None)


@transaction.atomic
def link(
    *, regulation: Regulation, anchor: int, kind: str, rule_kind: str = "", code: str, name: str = "", by: Actor, now: datetime
) -> Leaning:  # fmt: skip
    """Say that a work rule, a form or a table rests on a clause of the text that holds. Raises `Refused`, `NotThere`."""
    refuse_if(policies.may_enter(by, regulation.commission_id))
    if not code.strip() or kind not in LeaningKind.values or (kind == LeaningKind.RULE) != bool(rule_kind):
        raise BadInput(_("Say what rests on the clause: its kind and its code, such as R01 or F1."))
    with as_the_product():
        grown(regulation.commission)
        holding = queries.holding_edition(regulation) or queries.draft_of(regulation)
        if holding is None:
            refuse("no-text", _("The regulation has no text yet on which something could rest."))
        clause = queries.clause_of(holding, anchor)
        leaning, _made = Leaning.objects.get_or_create(
            regulation=regulation, anchor=anchor, kind=kind, rule_kind=rule_kind, code=code.strip(),
            defaults={"commission": regulation.commission, "name": name.strip(), "made_by": by.name, "made_at": now},
        )  # fmt: skip
    told = {"anchor": anchor, "clause": clause.label, "kind": kind, "code": leaning.code}
    note(Act.CLAUSE_LINKED, holding, told, by=by, now=now)
    return leaning


@transaction.atomic
def unlink(*, leaning: Leaning, by: Actor, now: datetime) -> None:
    """Say that nothing rests there any more."""
    refuse_if(policies.may_enter(by, leaning.commission_id))
    with as_the_product():
        grown(leaning.commission)
        last = Edition.objects.filter(regulation=leaning.regulation_id).latest("number")
        told = {"anchor": leaning.anchor, "kind": leaning.kind, "code": leaning.code}
        Leaning.objects.filter(pk=leaning.pk).delete()
    note(Act.CLAUSE_UNLINKED, last, told, by=by, now=now)
