"""Loans for who may read them: rows, names, what the rules in force say of them, and how long somebody was lent."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from xiezuo.accounts.api import as_the_product
from xiezuo.collaboration.loans.asked import Cited, Limits, Spell
from xiezuo.collaboration.models import Lent, Loan, Pairing, PairingVisit, Request
from xiezuo.collaboration.states import ENDED, LoanKind, LoanState
from xiezuo.organisation.api import Commission, person_names, unit_names
from xiezuo.organisation.models import Assignment, Person, PersonRecord, UnitRecord
from xiezuo.organisation.states import LENT, Engagement
from xiezuo.rules.api import deadline_on, edition_begun_under, procedure_for
from xiezuo.rules.models import WorkRule
from xiezuo.rules.states import Badge
from xiezuo.shared.asof import LAST_IN_ORDER
from xiezuo.shared.errors import NotThere

SITUATION = {LoanKind.SHADOWING: ("Q13", "M6")}
BORROWING = ("Q12", "M5")
TOTAL, GAP, ACTS, LEAST, HOLDING = "T12-2", "T12-3", "T12-4", "T12-5", "T12-6"


def loans_of(commission: Commission) -> QuerySet[Loan]:
    """The loans of a commission that the reader may see, the latest first."""
    return Loan.objects.filter(commission=commission).order_by("-year", "-number")


def loan_shown(commission: Commission, pk: int) -> Loan:
    """One loan. Raises `NotThere` if there is none, or none for the reader. One query."""
    found = loans_of(commission).select_related("commission", "request").filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such loan, or it is not for you."))
    return found


def lent_shown(commission: Commission, pk: int) -> Lent:
    """One person of a loan. Raises `NotThere` if there is none, or none for the reader. One query."""
    rows = Lent.objects.filter(loan__commission=commission).select_related("loan__commission")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such person on loan, or it is not for you."))
    return found


def lent_of(loans: Collection[Loan]) -> list[Lent]:
    """Everybody of these loans whom the reader may see, in the official order of people. Two queries.

    Whoever may see the loan knows its people, though they be of another unit: their order is asked with the product's eyes.
    """
    found = list(Lent.objects.filter(loan__in=loans).select_related("loan").order_by("loan", "pk"))
    people = {each.person_id for each in found}
    with as_the_product():
        rows = PersonRecord.objects.current().filter(person__in=people).order_by("starts")
        places = {person: (LAST_IN_ORDER if order is None else order, code) for person, order, code in rows.values_list("person", "order_no", "person__code")}  # fmt: skip
    return sorted(found, key=lambda each: (each.loan_id, places.get(each.person_id, (LAST_IN_ORDER, "")), each.pk))  # fmt: skip


def names_of(lent: Collection[Lent], on: date) -> dict[int, str]:
    """What the people of loans are called, for whoever may see the loan. One query, with the product's eyes."""
    with as_the_product():
        return person_names({each.person_id for each in lent}, on)


def procedure_of(commission: Commission, kind: str, on: date) -> WorkRule:
    """Who decides a loan of a kind on a day, and for how long it is. Raises `NotThere`. One query."""
    return procedure_for(commission, *SITUATION.get(LoanKind(kind), BORROWING), on)


def rule_of(loan: Loan) -> WorkRule:
    """The edition that a loan began under, whatever was changed since. One query."""
    return edition_begun_under(loan.commission, loan.rule)


def limits_of(commission: Commission, kind: str, procedure: WorkRule, on: date) -> Limits:
    """The limits of a kind of loan, as they stand on a day; the term is that of the procedure. At most four queries."""
    gap = _cited(_deadline(commission, GAP, on))
    if kind == LoanKind.HOLDING:
        return Limits(term=_cited(_deadline(commission, HOLDING, on)), gap=gap)
    if kind == LoanKind.SHADOWING:
        return Limits(term=_cited(procedure), gap=gap, least=_cited(_deadline(commission, LEAST, on)))
    acts = _deadline(commission, ACTS, on)
    return Limits(
        term=_cited(procedure), gap=gap, total=_cited(_deadline(commission, TOTAL, on)),
        acts=tuple(each.strip() for each in acts.rule.split("、") if each.strip()) if acts else (),
        acts_words=words_of_rule(acts) if acts else "",
    )  # fmt: skip


def _deadline(commission: Commission, code: str, on: date) -> WorkRule | None:
    try:
        return deadline_on(commission, code, on)
    except NotThere:
        return None


def _cited(rule: WorkRule | None) -> Cited | None:
    return Cited(rule.limit, words_of_rule(rule)) if rule and rule.limit else None


def words_of_rule(rule: WorkRule) -> str:
    """A rule as it is cited: code, name, clause or source, and its badge."""
    rests = rule.clause or rule.source
    badge = str(Badge(rule.badge).label)
    return f"{rule.code} {rule.name}（{'，'.join(each for each in (rests, badge) if each)}）"


def spells_of(people: Collection[int], *, but: Collection[int] = (), known: datetime | None = None) -> dict[int, list[Spell]]:  # fmt: skip
    """When each person was or will be lent, by the ledger; rows with a key in `but` left out. One query."""
    rows = Assignment.objects.known(known).filter(person__in=people, status__in=LENT).exclude(pk__in=but)
    found: dict[int, list[Spell]] = {person: [] for person in people}
    for person, status, starts, ends in rows.order_by("starts", "pk").values_list("person", "status", "starts", "ends"):  # fmt: skip
        found[person].append(Spell(status, starts, ends))
    return found


def home_of(person: int, on: date) -> Assignment | None:
    """The post at home on a day: of several the full-time one, never one to which the person is lent. One query."""
    rows = Assignment.objects.on(on).filter(person=person).exclude(status__in=LENT).order_by("position", "pk")
    return min(rows, key=lambda row: row.engagement != Engagement.FULL_TIME, default=None)


def person_known(commission: Commission, person: int) -> Person:
    """A person of the ledger. Raises `NotThere`. One query."""
    found = Person.objects.filter(commission=commission, pk=person).first()
    if found is None:
        raise NotThere(_("There is no such person in this ledger."))
    return found


def unit_stands(commission: Commission, unit: int, on: date) -> bool:
    """Whether a unit stands on a day. One query."""
    return UnitRecord.objects.on(on).filter(commission=commission, unit=unit).exists()


def request_open(commission: Commission, request: int) -> Request | None:
    """A request that the reader may see and that is not ended. One query."""
    rows = Request.objects.filter(commission=commission, pk=request).exclude(state__in=ENDED)
    return rows.first()


def loans_of_matter(commission: Commission, request: int, *, but: int | None = None) -> QuerySet[Loan]:
    """The loans for one matter that were not refused or taken back."""
    rows = Loan.objects.filter(commission=commission, request=request, kind=LoanKind.MATTER)
    standing = rows.exclude(state__in=(LoanState.REFUSED, LoanState.WITHDRAWN))
    return standing if but is None else standing.exclude(pk=but)


def ledger_loan(commission: Commission, assignment: int) -> Assignment:
    """A loan as the ledger has it. Raises `NotThere`. One query."""
    rows = Assignment.objects.current().filter(commission=commission, pk=assignment, status__in=LENT)
    found = rows.select_related("person", "unit", "from_unit").first()
    if found is None:
        raise NotThere(_("There is no such loan in the ledger."))
    return found


def standing_post(lent: Lent) -> Assignment | None:
    """The row of the ledger that a loan made, as it stands now: a change of its end gave it another number. One query."""
    rows = _current(lent.person_id, lent.loan.unit_id).filter(status__in=LENT)
    return rows.filter(starts=lent.starts).first() if lent.starts else None


def staff_post(lent: Lent, on: date) -> Assignment | None:
    """A post of the same unit as staff that begins on the day already, as when the book said so before. One query."""
    return _current(lent.person_id, lent.loan.unit_id).filter(starts=on).exclude(status__in=LENT).first()


def _current(person: int, unit: int) -> QuerySet[Assignment]:
    return Assignment.objects.current().filter(person=person, unit=unit).order_by("pk")


def due_to_be_told(commission_ids: Iterable[int], until: date) -> list[Lent]:
    """Everybody on loan whose last day is near or past and who is not back. One query."""
    rows = Lent.objects.filter(loan__commission__in=commission_ids, starts__isnull=False, returned_on__isnull=True)  # fmt: skip
    return list(rows.filter(ends__lte=until).select_related("loan__commission", "person").order_by("ends", "pk"))  # fmt: skip


def pairings_of(commission: Commission) -> QuerySet[Pairing]:
    """The pairings of a commission, the latest first."""
    return Pairing.objects.filter(commission=commission).order_by("-starts", "-pk")


def pairing_shown(commission: Commission, pk: int) -> Pairing:
    """One pairing. Raises `NotThere`. One query."""
    found = pairings_of(commission).select_related("commission").filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such pairing."))
    return found


def visits_of(pairings: Collection[Pairing]) -> Sequence[PairingVisit]:
    """The visits of pairings, the earliest first. One query."""
    return list(PairingVisit.objects.filter(pairing__in=pairings).order_by("pairing", "day", "pk"))


def in_post_at(commission: Commission, person: int, unit: int, on: date) -> bool:
    """Whether somebody of the unit's own is in post there on a day. One query."""
    rows = Assignment.objects.on(on).filter(commission=commission, person=person, unit=unit)
    return rows.exclude(status__in=LENT).exists()


def requests_offered(commission: Commission) -> list[tuple[int, str]]:
    """Open requests that the reader may see, as a loan for one matter can name them: number and pointer. One query."""
    rows = Request.objects.filter(commission=commission, number__isnull=False).exclude(state__in=ENDED)
    return [(row.pk, f"{row.year}-{row.number} {row.pointer}") for row in rows.order_by("-year", "-number")]


def people_offered(commission: Commission, on: date, units: Collection[int] = (), *, but: int = 0) -> list[tuple[int, str]]:  # fmt: skip
    """People whom the reader may see, in the order of units and people: name and home. Of some units only those; two queries.

    `but` is a unit whose own people are left out. Without `units` people without a post are among them.
    """
    posts = Assignment.objects.on(on).filter(commission=commission).exclude(status__in=LENT)
    if units:
        posts = posts.filter(unit__in=units)
    homes: dict[int, int] = {}
    for person, unit in posts.order_by("position", "pk").values_list("person", "unit"):
        homes.setdefault(person, unit)
    rows = PersonRecord.objects.on(on).filter(commission=commission)
    if units:
        rows = rows.filter(person__in=homes)
    names = unit_names(set(homes.values()), on)
    ordered = rows.order_by(F("order_no").asc(nulls_last=True), "position", "pk").values_list("person", "name")  # fmt: skip
    found = [(person, name, homes.get(person, 0)) for person, name in ordered]
    return [(person, f"{name} · {names.get(home, '—')}") for person, name, home in found if not but or home != but]  # fmt: skip


def ledger_loans(commissions: Collection[int], on: date, known: datetime | None = None) -> list[Assignment]:
    """Everybody lent by the ledger on a day, as far as the reader may see them, in the order of the book. One query."""
    rows = Assignment.objects.on(on, known).filter(commission__in=commissions, status__in=LENT)
    return list(rows.select_related("commission", "person", "unit").order_by("commission", "position", "pk"))


def registered(assignments: Collection[Assignment]) -> set[tuple[int, int, date]]:
    """Person, unit and first day of those that are loans of the product. One query, with the product's eyes."""
    with as_the_product():
        rows = Lent.objects.filter(person__in=[each.person_id for each in assignments], starts__isnull=False)
        return {
            (each.person_id, each.loan.unit_id, each.starts)
            for each in rows.select_related("loan")
            if each.starts
        }


def lent_to(person: int) -> list[Lent]:
    """Every loan on which a person is or was, as the reader may see, the latest first. One query."""
    rows = Lent.objects.filter(person=person, chosen=True).select_related("loan__commission")
    return list(rows.order_by("-starts", "-pk"))


def lent_at(commission: Commission, unit: int) -> list[Lent]:
    """Everybody on loan to or from a unit who has come, as the reader may see, the latest first. One query."""
    rows = Lent.objects.filter(loan__commission=commission, starts__isnull=False)
    rows = rows.filter(Q(loan__unit=unit) | Q(home=unit))
    return list(rows.select_related("loan").order_by("-starts", "-pk"))


def waiting_for_home(commission: Commission) -> list[Lent]:
    """Chosen candidates whose home has not agreed yet, as the reader may see. One query."""
    rows = Lent.objects.filter(loan__commission=commission, chosen=True, consent_on=None, declined="")
    rows = rows.filter(loan__state__in=(LoanState.APPROVED, LoanState.RUNNING))
    return list(rows.select_related("loan__commission").order_by("loan", "pk"))
