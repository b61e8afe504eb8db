"""The lists of applications as one account sees them, each over an index: flat however many there are."""

from collections.abc import Sequence
from datetime import date

from django.db import connection
from django.db.models import Case, CharField, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from xiezuo.approvals.models import Approval, Delegation, Move, Numbering
from xiezuo.approvals.queries import in_force
from xiezuo.approvals.states import ApprovalState, Verb

DONE_BY_HAND = (
    Verb.APPROVE, Verb.RETURN, Verb.REFUSE, Verb.ADD_SIGNER, Verb.RECUSE, Verb.ENTER_PAPER, Verb.CONFIRM_PAPER,
    Verb.STRIKE_PAPER,
)  # fmt: skip
"""What somebody does to an application that others made; reading and urging decide nothing."""


def asked_of_reader() -> QuerySet[Approval]:
    """What waits for the reader of the transaction to decide, for itself or for who is absent."""
    return Approval.objects.filter(pk__in=RawSQL("SELECT unnest(xz_asked())", []))


def count_asked() -> int:
    """How many wait for the reader of the transaction. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(xz_asked())")
        return int(cursor.fetchone()[0])


def coordinated_by_reader() -> QuerySet[Approval]:
    """What the reader of the transaction is told of as a contact leader, while it is under way."""
    return Approval.objects.filter(pk__in=RawSQL("SELECT unnest(xz_coordinates())", []))


def applied_by(account: int) -> QuerySet[Approval]:
    """What an account applied for."""
    return Approval.objects.filter(applicant=account)


def done_by(account: int) -> QuerySet[Move]:
    """What an account did to applications: one row for each act."""
    return Move.objects.filter(account=account, verb__in=DONE_BY_HAND)


def under_way(commission: int) -> QuerySet[Approval]:
    """What is not settled in a commission."""
    return Approval.objects.filter(commission=commission, settled_at__isnull=True)


def of_kind_and_year(commission: int, kind: str, year: int) -> QuerySet[Approval]:
    """Everything that took a number of this sequence."""
    return Approval.objects.filter(commission=commission, kind=kind, year=year)


def years_numbered(commission: int) -> list[tuple[str, int]]:
    """Kind and year of every sequence that the reader may see, the newest year first."""
    found = Numbering.objects.filter(commission=commission).values_list("kind", "year")
    return sorted(found, key=lambda each: (-each[1], each[0]))


def numbered(kinds: Sequence[str], year: int, code: str, number: int) -> QuerySet[Approval]:
    """The application with this number, of whichever of the kinds has it, if the reader may see it."""
    return Approval.objects.filter(kind__in=kinds, year=year, commission__code__iexact=code, number=number)


def with_step(rows: QuerySet[Approval]) -> QuerySet[Approval]:
    """The same with the step that each stands at, as `now`."""
    return rows.annotate(now=FilteredRelation("steps", condition=Q(steps__position=F("current"))))


def with_light(rows: QuerySet[Approval], on: date) -> QuerySet[Approval]:
    """The same with the light of the open step on a day, as `engine.light` has it; empty where nobody is asked."""
    late = Q(now__timed_out_on__isnull=False) | Q(due_on__lt=on)
    shown = Case(
        When(~Q(state=ApprovalState.PENDING), then=Value("")),
        When(late, then=Value("red")), When(now__amber_on__lte=on, then=Value("amber")),
        default=Value("green"), output_field=CharField(),
    )  # fmt: skip
    return with_step(rows).annotate(light=shown)


def delegations_of(account: int) -> list[Delegation]:
    """The delegations that name an account, as the absent or as the stand-in, the newest first."""
    named = Delegation.objects.filter(Q(absent=account) | Q(stand_in=account))
    return list(named.order_by("-starts", "-pk"))


def delegations_in(commission: int) -> QuerySet[Delegation]:
    """The delegations of a commission that the reader may see."""
    return Delegation.objects.filter(commission=commission)


def absent_today(account: int, on: date) -> list[int]:
    """The accounts that named this one as their stand-in for the day."""
    return list(in_force(on).filter(stand_in=account).order_by("pk").values_list("absent", flat=True))


def open_work_of(account: int, commission: int) -> QuerySet[Approval]:
    """What an account has open in a commission: its applications, and what waits for it."""
    mine = Q(applicant=account) | Q(waiting_for__contains=[account])
    return under_way(commission).filter(mine).order_by("due_on", "pk")
