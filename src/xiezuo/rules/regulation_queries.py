"""Questions about the editions of regulations: texts, consultations, receipts, and what rests on which clause.

Each is asked with the eyes of the reader: the database shows drafts to those who draft, are asked, sign or keep files.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Role, Scope, rights_in_force
from xiezuo.organisation.api import Commission
from xiezuo.rules.models import Clause, Consultation, Edition, Leaning, Opinion, ReadReceipt, Regulation
from xiezuo.rules.regulation_states import HOLDING, UNDER_DRAFT, EditionStage, LeaningKind
from xiezuo.rules.regulation_status import holding_on
from xiezuo.rules.states import Outcome
from xiezuo.shared.errors import NotThere

TRIAL_ALERT = timedelta(days=30)
"""So long before its end a trial is listed and told of."""


def regulation_shown(commission: Commission, pk: int) -> Regulation:
    """A regulation of the commission. Raises `NotThere`. One query."""
    found = Regulation.objects.filter(commission=commission, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no regulation number %(number)s in this commission.") % {"number": pk})
    return found


def edition_shown(commission: Commission, pk: int) -> Edition:
    """An edition, if the reader may see it. Raises `NotThere`. One query."""
    rows = Edition.objects.select_related("regulation", "commission")
    found = rows.filter(commission=commission, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such edition of a regulation, or it is not for you."))
    return found


def opinion_shown(commission: Commission, pk: int) -> Opinion:
    """An opinion, if the reader may see it. Raises `NotThere`. One query."""
    rows = Opinion.objects.select_related("edition__commission", "edition__regulation")
    found = rows.filter(edition__commission=commission, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such opinion, or it is not for you."))
    return found


def leaning_shown(commission: Commission, pk: int) -> Leaning:
    """What rests on a clause, by its number. Raises `NotThere`. One query."""
    found = Leaning.objects.filter(commission=commission, pk=pk).first()
    if found is None:
        raise NotThere(_("This link to a clause is not there, or no longer."))
    return found


def editions_of(regulation: Regulation | int) -> list[Edition]:
    """The editions that the reader may see, in their order. One query."""
    return list(Edition.objects.filter(regulation=regulation).order_by("number"))


def holding_edition(regulation: Regulation | int) -> Edition | None:
    """The last edition that was issued and has not been ended, whether its day has come or not. One query."""
    rows = Edition.objects.filter(regulation=regulation, stage__in=HOLDING)
    return rows.order_by("-number").first()


def draft_of(regulation: Regulation | int) -> Edition | None:
    """The edition under draft, if the reader may see it. One query."""
    return Edition.objects.filter(regulation=regulation, stage__in=UNDER_DRAFT).first()


def clauses_of(edition: Edition) -> list[Clause]:
    """The parts of an edition in their order. One query."""
    return list(Clause.objects.filter(edition=edition).order_by("position"))


def clause_of(edition: Edition, anchor: int) -> Clause:
    """One part of an edition. Raises `NotThere`. One query."""
    found = Clause.objects.filter(edition=edition, anchor=anchor).first()
    if found is None:
        raise NotThere(_("This edition has no such clause, or no longer."))
    return found


def last_anchor(regulation: Regulation | int) -> int:
    """The highest anchor that any edition of the regulation has given; 0 without a text. One query."""
    last = Clause.objects.filter(edition__regulation=regulation).aggregate(last=Max("anchor"))["last"]
    return int(last or 0)


def known_anchors(edition: Edition) -> list[Clause]:
    """The clauses by which a pasted text is recognised: the edition's own, then those of earlier ones. One query."""
    rows = Clause.objects.filter(
        edition__regulation=edition.regulation_id, edition__number__lte=edition.number
    )
    found: dict[int, Clause] = {}
    for clause in rows.exclude(edition__stage=EditionStage.DROPPED).order_by("-edition__number", "position"):
        found.setdefault(clause.anchor, clause)
    return list(found.values())


def consultations_of(edition: Edition) -> list[Consultation]:
    """The units asked, in the order of the asking, as far as the reader may see them. One query."""
    return list(Consultation.objects.filter(edition=edition).order_by("opened_on", "pk"))


def consultation_of(edition: Edition, unit: int) -> Consultation | None:
    """The asking of one unit. One query."""
    return Consultation.objects.filter(edition=edition, unit=unit).first()


def opinions_of(edition: Edition) -> list[Opinion]:
    """Opinions as far as the reader may see them, in the order of the clauses, those on the whole first. One query."""
    places = {clause.anchor: clause.position for clause in clauses_of(edition)}
    rows = list(Opinion.objects.filter(edition=edition).order_by("pk"))
    last = len(places)
    return sorted(rows, key=lambda row: -1 if row.anchor is None else places.get(row.anchor, last))


@dataclass(frozen=True)
class OpinionCount:
    """How many opinions were given on an edition, and what became of them."""

    given: int
    adopted: int
    partly: int
    not_adopted: int

    @property
    def open(self) -> int:
        """How many wait to be settled."""
        return self.given - self.adopted - self.partly - self.not_adopted


def counted(opinions: Sequence[Opinion]) -> OpinionCount:
    """Opinions by what became of them."""
    found = [row.outcome for row in opinions]
    return OpinionCount(
        len(found),
        found.count(Outcome.ADOPTED),
        found.count(Outcome.PARTLY),
        found.count(Outcome.NOT_ADOPTED),
    )


@dataclass(frozen=True)
class Leant:
    """Something that rests on a clause, and whether the clause is still there on the day.

    `label` is the number of the clause as last known; `ended` if no text that holds has it.
    """

    leaning: Leaning
    regulation: Regulation
    name: str
    label: str
    ended: bool


def leanings_of(regulation: Regulation, on: date) -> list[Leant]:
    """What rests on the clauses of a regulation. Three queries."""
    rows = Leaning.objects.filter(regulation=regulation).select_related("regulation")
    return _leant(list(rows.order_by("anchor", "kind", "code", "pk")), on)


def leanings_of_rule(commission: Commission, rule_kind: str, code: str, on: date) -> list[Leant]:
    """The clauses on which a work rule rests. Three queries."""
    rows = Leaning.objects.filter(
        commission=commission, kind=LeaningKind.RULE, rule_kind=rule_kind, code=code
    )
    return _leant(list(rows.select_related("regulation").order_by("pk")), on)


def losing_their_clause(edition: Edition) -> list[Leaning]:
    """What rests on clauses that a draft does not have: it would lose its ground. Three queries."""
    kept = set(Clause.objects.filter(edition=edition).values_list("anchor", flat=True))
    if edition.stage not in UNDER_DRAFT or not kept:
        return []
    rows = Leaning.objects.filter(regulation=edition.regulation_id).exclude(anchor__in=kept)
    return list(rows.order_by("anchor", "kind", "code", "pk"))


def _leant(rows: Sequence[Leaning], on: date) -> list[Leant]:
    editions: dict[int, list[Edition]] = defaultdict(list)
    for edition in Edition.objects.filter(regulation__in={row.regulation_id for row in rows}):
        editions[edition.regulation_id].append(edition)
    holding = {regulation: holding_on(each, on) for regulation, each in editions.items()}
    labels, held = (
        _labels({row.regulation_id for row in rows}),
        {each.pk for each in holding.values() if each},
    )
    return [_one_leant(row, holding.get(row.regulation_id), labels, held) for row in rows]


Labels = dict[tuple[int, int], list[tuple[int, str]]]


def _labels(regulations: set[int]) -> Labels:
    """Regulation and anchor → (edition, label), the latest edition first."""
    found: Labels = defaultdict(list)
    rows = Clause.objects.filter(edition__regulation__in=regulations).order_by("-edition__number", "position")
    for regulation, anchor, edition, label in rows.values_list(
        "edition__regulation", "anchor", "edition", "label"
    ):
        found[regulation, anchor].append((edition, label))
    return found


def _one_leant(row: Leaning, holding: Edition | None, labels: Labels, held: set[int]) -> Leant:
    known = labels.get((row.regulation_id, row.anchor), [])
    standing = [label for edition, label in known if edition in held]
    label = standing[0] if standing else (known[0][1] if known else "")
    name = holding.name if holding else row.regulation.code
    return Leant(row, row.regulation, name, label, ended=not standing)


def trials_ending(commission: Commission, on: date) -> list[Edition]:
    """Editions on trial whose trial ends within thirty days of `on`, or has ended, the first to end first. One query."""
    rows = Edition.objects.filter(
        commission=commission, stage=EditionStage.TRIAL, trial_until__lte=on + TRIAL_ALERT
    )
    return list(rows.order_by("trial_until", "pk"))


@dataclass(frozen=True)
class Reader:
    """One account that is to read an edition, for its unit, and when it did; `unit` is None for the leadership."""

    account: int
    name: str
    unit: int
    read_at: date | None


def readers_of(edition: Edition, units: Sequence[int], on: date) -> list[Reader]:
    """Who of these units is to read an edition, and who has. To be asked as the product: rights are not everybody's."""
    held = rights_in_force(on).filter(
        commission=edition.commission_id, scope_kind=Scope.UNIT, scope_id__in=units, role__in=(Role.UNIT_HEAD, Role.STAFF)
    )  # fmt: skip
    receipts = dict(ReadReceipt.objects.filter(edition=edition).values_list("account", "at"))
    found: dict[int, Reader] = {}
    for right in held:
        read = receipts.get(right.user_id)
        at = read.date() if read else None
        found.setdefault(right.user_id, Reader(right.user_id, right.user.get_username(), right.scope_id, at))
    return sorted(found.values(), key=lambda each: (each.unit, each.read_at is not None, each.name))


def has_read(edition: Edition, account: int) -> bool:
    """Whether an account has taken note of an edition. One query."""
    return ReadReceipt.objects.filter(edition=edition, account=account).exists()
