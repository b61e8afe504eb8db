"""What is asked of the approvals: whom a rule names on a day, who stands in for whom, and an approval as a course."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, Least

from xiezuo.accounts.api import Holding, Role, Scope, persons_of, rights_in_force
from xiezuo.accounts.models import User
from xiezuo.approvals.course import Course, Day, Paper, Party, Seat, Step
from xiezuo.approvals.models import Approval, Delegation, SignerRow, StepRow
from xiezuo.approvals.states import SETTLED, ApprovalState, Dropped, Mode, SeatKind, SeatState
from xiezuo.organisation.models import Portfolio
from xiezuo.shared.periods import OPEN

Ask = Mapping[str, Any]
"""Whom a step asks: `{"mode": "分管", "unit": id}`, `{"role": "secretary"}` with a `unit` if held over one, `{"account": id}`."""


def party_of(account: int) -> Party:
    """An account with the person behind it, as far as that was confirmed."""
    return Party(account, persons_of(accounts=[account]).get(account))


def named_by(asks: Sequence[Ask], commission: int, on: date) -> list[Party]:
    """Whom the rule of a step names on a day, each once, in the order of the rule."""
    found: list[Party] = []
    for ask in asks:
        found += [party for party in _named(ask, commission, on) if not any(map(party.same_as, found))]
    return found


def _named(ask: Ask, commission: int, on: date) -> list[Party]:
    if "mode" in ask:
        return _leaders(ask, commission, on)
    if "role" in ask:
        return _holders(Role(ask["role"]), commission, ask.get("unit"), on)
    active = User.objects.filter(pk=ask["account"], is_active=True).exists()
    return [party_of(ask["account"])] if active else []


def _leaders(ask: Ask, commission: int, on: date) -> list[Party]:
    shares = Portfolio.objects.on(on).filter(commission=commission, unit=ask["unit"], mode=ask["mode"])
    accounts = _accounts_of_persons(commission)
    ordered = shares.order_by("position", "pk").values_list("person", flat=True)
    return [Party(accounts.get(person), person) for person in ordered]


def _accounts_of_persons(commission: int) -> dict[int, int]:
    """The active account of each person of the commission whose person was confirmed; who has none signs paper."""
    known = User.objects.filter(commission=commission, is_active=True, person__isnull=False)
    confirmed = known.exclude(person_confirmed_by="").values_list("person", "pk")
    return {person: account for person, account in confirmed.order_by("-pk") if person is not None}


def _holders(role: Role, commission: int, unit: int | None, on: date) -> list[Party]:
    kind, scope = (Scope.COMMISSION, commission) if unit is None else (Scope.UNIT, unit)
    held = rights_in_force(on).filter(role=role, commission=commission, scope_kind=kind, scope_id=scope)
    accounts = list(dict.fromkeys(held.values_list("user_id", flat=True)))
    persons = persons_of(accounts=accounts)
    return [Party(account, persons[account]) for account in accounts]


def day_of(approval: Approval, on: date, after: Callable[[date, int], date]) -> Day:
    """What the engine must know of a day for this approval; each rule is asked once at most."""
    asks = list(approval.steps.order_by("position").values_list("asks", flat=True))
    commission = approval.commission_id

    @cache
    def asked(number: int) -> Sequence[Party]:
        return named_by(asks[number], commission, on)

    return Day(on, asked, lambda: _holders(Role.SECRETARY, commission, None, on), after)


def in_force(on: date) -> QuerySet[Delegation]:
    """Delegations that hold on a day."""
    ended = Q(ended_on__isnull=True) | Q(ended_on__gt=on)
    return Delegation.objects.filter(ended, starts__lte=on, ends__gt=on)


def stands_for(account: int, on: date) -> list[Party]:
    """Everybody for whom an account decides on a day: who named it, and who named these in turn."""
    found, layer = [account], [account]
    while layer:
        absent = in_force(on).filter(stand_in__in=layer).exclude(absent__in=found)
        layer = list(absent.order_by("pk").values_list("absent", flat=True))
        found += layer
    return [party_of(each) for each in dict.fromkeys(found[1:])]


def stand_ins_on(on: date) -> dict[int, set[int]]:
    """Who decides for whom on a day: absent account → whom it named, and whom these named in turn. One query."""
    named: dict[int, set[int]] = defaultdict(set)
    for absent, stand_in in in_force(on).values_list("absent", "stand_in"):
        named[absent].add(stand_in)
    return {absent: _reached_from(absent, named) for absent in list(named)}


def _reached_from(absent: int, named: Mapping[int, set[int]]) -> set[int]:
    found, layer = set[int](), {absent}
    while layer:
        layer = {each for one in layer for each in named.get(one, ())} - found
        found |= layer
    return found - {absent}


def overlapping(starts: date, ends: date) -> QuerySet[Delegation]:
    """Delegations that hold on any of the days `[starts, ends)`."""
    # Ended before its first day, it never held.
    last = Least(F("ends"), Coalesce(F("ended_on"), F("ends")))
    return Delegation.objects.annotate(last=last).filter(
        starts__lt=ends, last__gt=Greatest(F("starts"), Value(starts, DateField()))
    )


def course_of(approval: Approval) -> Course:
    """An approval as the engine knows it."""
    steps = list(approval.steps.order_by("position"))
    seats: dict[int, list[Seat]] = defaultdict(list)
    for row in SignerRow.objects.filter(step__in=steps).order_by("step", "position", "pk"):
        seats[row.step_id].append(_seat(row))
    return Course(
        Party(approval.applicant, approval.applicant_person), tuple(_step(row, seats[row.pk]) for row in steps),
        ApprovalState(approval.state), approval.current, approval.read,
        tuple(Party(account, person) for account, person in approval.recused),
    )  # fmt: skip


def _step(row: StepRow, seats: Sequence[Seat]) -> Step:
    return Step(
        Mode(row.mode), row.working_days, tuple(seats), row.opened_on, row.amber_on, row.due_on, row.first_due_on,
        row.timed_out_on,
    )  # fmt: skip


def _seat(row: SignerRow) -> Seat:
    decided = row.decided_by is not None or row.decided_person is not None
    return Seat(
        Party(row.account, row.person), SeatState(row.state), SeatKind(row.kind), Dropped(row.why) if row.why else None,
        Party(row.decided_by, row.decided_person) if decided else None, _paper(row), row.pk,
    )  # fmt: skip


def _paper(row: SignerRow) -> Paper | None:
    if not row.paper_no or row.paper_on is None:
        return None
    confirmed = None if row.confirmed_by is None else Party(row.confirmed_by)
    return Paper(row.paper_no, row.paper_on, Party(row.entered_by), confirmed)


def waiting_for(account: int, on: date) -> QuerySet[Approval]:
    """What waits for an account to decide on a day, for itself or for who is absent: the most urgent first."""
    accounts = [account, *(party.account for party in stands_for(account, on) if party.account is not None)]
    waiting = Approval.objects.filter(settled_at__isnull=True, waiting_for__overlap=accounts)
    return waiting.exclude(applicant=account).order_by("due_on", "pk")


def pending(commission: int) -> QuerySet[Approval]:
    """What is being decided in a commission, to be brought up to the day."""
    return Approval.objects.filter(commission=commission, settled_at__isnull=True, state=ApprovalState.PENDING).order_by("pk")  # fmt: skip


def numbers_given(commission: int, kind: str, year: int) -> list[tuple[int, str]]:
    """Every number of a sequence with the state of its approval, in order; cancelled ones stand among them."""
    given = Approval.objects.filter(commission=commission, kind=kind, year=year).order_by("number")
    return list(given.values_list("number", "state"))


def matters_held(accounts: Sequence[int]) -> dict[int, list[Holding]]:
    """The right to read a matter of everybody who is asked to decide it or coordinates it; gone once they do not."""
    found: dict[int, list[Holding]] = {account: [] for account in accounts}
    open_ones = Approval.objects.filter(settled_at__isnull=True)
    asked = open_ones.filter(Q(waiting_for__overlap=list(accounts)) | Q(informed__overlap=list(accounts)))
    for approval in asked.order_by("pk"):
        for account in found.keys() & {*approval.waiting_for, *approval.informed}:
            found[account].append(_reading(approval))
    return found


def _reading(approval: Approval) -> Holding:
    because = {"approval": approval.pk}
    starts = approval.submitted_at.date()
    return Holding(Role.STAFF, approval.commission_id, Scope.MATTER, approval.pk, starts, OPEN, because)


def is_settled(approval: Approval) -> bool:
    """Whether nothing leads on from where it stands."""
    return approval.state in SETTLED


def unheld(asks: Sequence[Ask], commission: int, on: date) -> list[Ask]:
    """Those that name nobody on a day, of asks by office; an account named is not looked at. Two queries for any number."""
    units = {ask["unit"] for ask in asks if "mode" in ask}
    shares = set(
        Portfolio.objects.on(on).filter(commission=commission, unit__in=units).values_list("mode", "unit")
    )
    roles = {ask["role"] for ask in asks if "role" in ask}
    rights = rights_in_force(on).filter(commission=commission, role__in=roles).order_by()
    held = set(rights.values_list("role", "scope_kind", "scope_id"))
    return [ask for ask in asks if not _is_held(ask, commission, shares, held)]


def _is_held(ask: Ask, commission: int, shares: set[Any], held: set[Any]) -> bool:
    if "mode" in ask:
        return (ask["mode"], ask["unit"]) in shares
    if "role" in ask:
        over = (Scope.UNIT, ask["unit"]) if "unit" in ask else (Scope.COMMISSION, commission)
        return (ask["role"], *over) in held
    return True
