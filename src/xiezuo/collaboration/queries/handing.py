"""Open work of one account as far as the reader may see it: requests, teams led, tasks, questions of recusal to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xiezuo.accounts.api import Role, Scope, User, as_the_product, persons_of, rights_in_force
from xiezuo.collaboration.models import Letter, Member, Recusal, Request, Task
from xiezuo.collaboration.queries.requests import requests_of
from xiezuo.collaboration.states import ENDED, LetterOutcome, MemberState, RecusalDecision, TeamRole
from xiezuo.organisation.api import Commission


@dataclass(frozen=True)
class OpenWork:
    """What one account has open in the collaboration of a commission, as the database shows it to the reader."""

    applied: list[Request]
    leads: list[Member]
    tasks: list[Task]
    decides: list[Recusal]

    @property
    def empty(self) -> bool:
        """Whether there is nothing that the reader may see."""
        return not (self.applied or self.leads or self.tasks or self.decides)


def open_work_of(commission: Commission, account: int) -> OpenWork:
    """Open requests that it applied for, teams that it leads, its tasks, questions that it decides. Five queries."""
    person = persons_of(accounts=[account]).get(account)
    standing = requests_of(commission).exclude(state__in=ENDED)
    mine = Member.objects.filter(person=person or 0, request__in=standing).exclude(state=MemberState.LEFT)
    leads = mine.filter(roles__contains=[TeamRole.LEADER.value]).select_related("request").order_by("pk")
    tasks = Task.objects.filter(
        member__person=person or 0, done_on=None, request__in=standing, dropped_on=None
    )
    decides = Recusal.objects.filter(
        decider=account, decision=RecusalDecision.OPEN, request__commission=commission
    )
    return OpenWork(
        list(standing.filter(applicant=account).order_by("pk")), list(leads), list(tasks.select_related("request").order_by("pk")),
        list(decides.select_related("request").order_by("pk")),
    )  # fmt: skip


def accounts_to_choose(commission: Commission, units: Iterable[int] | None, on: date) -> list[User]:
    """Accounts whose open work somebody may look at: of all units, or of those given, those that are disabled too. Two queries."""
    with as_the_product():
        known = _holders(commission, units, on)
    found = User.objects.filter(pk__in=known)
    if units is None:
        found = found | User.objects.filter(commission=commission.pk)
    return list(found.distinct().order_by("is_active", "first_name", "username"))


def _holders(commission: Commission, units: Iterable[int] | None, on: date) -> set[int]:
    held = rights_in_force(on).filter(commission=commission.pk, scope_kind=Scope.UNIT, role__in=(Role.UNIT_HEAD, Role.STAFF))  # fmt: skip
    inside = held if units is None else held.filter(scope_id__in=list(units))
    return set(inside.values_list("user_id", flat=True))


def team_days_of(person: int, starts: date, ends: date) -> list[tuple[date, date]]:
    """The days of the teams in which somebody is between two days, asked as the product: of which matter stays out. One query."""
    with as_the_product():
        rows = Member.objects.filter(person=person, starts__lt=ends, ends__gt=starts).exclude(state=MemberState.LEFT)  # fmt: skip
        return list(rows.order_by("starts").values_list("starts", "ends"))


def account_of(person: int) -> int | None:
    """The account of a person, once a second person confirmed whose it is; None if there is none. One query."""
    found = User.objects.filter(person=person).exclude(person_confirmed_by="")
    return found.values_list("pk", flat=True).first()


def letters_open_of(commission: Commission, account: int) -> bool:
    """Whether the account sent a letter that is not verified yet, as far as the reader may see it. One query."""
    names = User.objects.filter(pk=account).values("username")
    sent = Letter.objects.filter(request__commission=commission, outcome=LetterOutcome.OPEN)
    return sent.filter(sent_by__in=names).exists()
