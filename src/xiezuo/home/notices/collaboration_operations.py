"""What is told of requests, teams, recusal, letters and loans: kind, number and days, nothing of a matter. Called by events.

Whoever is asked to decide a request, and whoever applied, is told by the approval. A notice to somebody who must stand out
of a request names it no more.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from xiezuo.accounts.api import Ability, Role, Scope, as_the_product, persons_of, rights_in_force, who_may
from xiezuo.collaboration.api import Stage, limits_reached, members_of, number_of_request
from xiezuo.collaboration.states import ENDED, MemberState, RequestState, RequestVerb, WhyLeft
from xiezuo.home.notices.models import Notice
from xiezuo.home.notices.states import OF_INCIDENTS, OF_REQUESTS, Because, NoticeKind


def follow_request(*, request: Any, verb: RequestVerb, now: datetime, **_more: Any) -> None:
    """The unit in the lead is asked for a team, members are told that they go, an urgent one is asked for in writing."""
    with as_the_product():
        if request.state != RequestState.APPROVED:
            _close(NoticeKind.FORM_TEAM, request.pk, now)
        if verb == RequestVerb.WRITE or request.state in ENDED:
            _close(NoticeKind.WRITE_REQUEST, request.pk, now)
            _close(NoticeKind.NOT_WRITTEN, request.pk, now)
        if request.state in ENDED:
            asked = Notice.objects.filter(
                kind=NoticeKind.DECLARE, particulars__request=request.pk, done_at=None
            )
            asked.update(done_at=now)
        if verb == RequestVerb.HAND_OVER:
            own = Notice.objects.filter(kind=NoticeKind.WRITE_REQUEST, subject=request.pk, done_at=None)
            own.update(account=request.applicant)
        if verb == RequestVerb.ACT_FIRST:
            until = (
                {"last_day": timezone.localdate(request.written_due).isoformat()}
                if request.written_due
                else {}
            )
            _tell(request, [request.applicant], NoticeKind.WRITE_REQUEST, Because.OWN, now, until)
        elif request.state == RequestState.APPROVED:
            _tell(
                request,
                heads_of(request.commission_id, [request.lead_id], now),
                NoticeKind.FORM_TEAM,
                Because.LEADS,
                now,
            )
        elif verb == RequestVerb.SEND:
            accounts = accounts_of(request.commission_id, members_of(request.pk))
            _tell(request, accounts, NoticeKind.TEAM_SENT, Because.MEMBER, now)


def ask_to_declare(*, declaration: Any, now: datetime, **_more: Any) -> None:
    """The candidate declares; of one without an account the head of their unit prints the paper."""
    with as_the_product():
        request, person = declaration.request, declaration.person_id
        own = accounts_of(request.commission_id, [person])
        if own:
            of = {"request": request.pk}
            _tell(request, own, NoticeKind.DECLARE, Because.CANDIDATE, now, of, subject=declaration.pk)
            return
        homes = members_of(request.pk, [person]).values()
        heads = heads_of(request.commission_id, homes, now)
        _tell(request, heads, NoticeKind.DECLARE_ON_PAPER, Because.HEADS, now, subject=declaration.pk)


def follow_member(*, member: Any, now: datetime, **_more: Any) -> None:
    """Whoever joined has declared, and whoever left is asked no more."""
    if member.state == MemberState.CHOSEN:
        return
    with as_the_product():
        own = accounts_of(member.request.commission_id, [member.person_id])
        mine = Notice.objects.filter(account__in=own, done_at=None)
        mine.filter(kind=NoticeKind.DECLARE, particulars__request=member.request_id).update(done_at=now)
        if member.state == MemberState.LEFT:
            mine.filter(kind=NoticeKind.TEAM_SENT, subject=member.request_id).update(done_at=now)
        if member.why_left == WhyLeft.MOVED:
            _tell_of_move(member, own, now)


def _tell_of_move(member: Any, own: Iterable[int], now: datetime) -> None:
    """The unit in the lead, the team and whoever left are told, each what is to be handed over."""
    request = member.request
    heads = heads_of(request.commission_id, [request.lead_id], now)
    team = accounts_of(request.commission_id, members_of(request.pk))
    _tell(request, heads, NoticeKind.MEMBER_MOVED, Because.LEADS, now)
    _tell(request, [each for each in team if each not in heads], NoticeKind.MEMBER_MOVED, Because.MEMBER, now)
    _tell(request, own, NoticeKind.LEFT_TEAM, Because.PERSON, now)


def ask_about_recusal(*, recusal: Any, now: datetime, **_more: Any) -> None:
    """Whoever decides the question has a task; the person it is about is told of nothing, and of the request no more."""
    with as_the_product():
        request = recusal.request
        _close(NoticeKind.DECIDE_RECUSAL, recusal.pk, now, keep=recusal.decider)
        if recusal.decider is not None:
            until = {"last_day": recusal.due_on.isoformat()}
            _tell(
                request,
                [recusal.decider],
                NoticeKind.DECIDE_RECUSAL,
                Because.DECIDES,
                now,
                until,
                subject=recusal.pk,
            )
        own = {*accounts_of(request.commission_id, [recusal.person_id]), *_given(recusal.account)} - {
            recusal.decider
        }
        _forget(request.pk, own, now)


def ask_for_override(*, recusal: Any, now: datetime, **_more: Any) -> None:
    """The secretary who was asked is told; the person it is about is told of nothing."""
    with as_the_product():
        _close(NoticeKind.OVERRIDE_ASKED, recusal.pk, now, keep=recusal.override_asked_of)
        whom = _given(recusal.override_asked_of)
        _tell(recusal.request, whom, NoticeKind.OVERRIDE_ASKED, Because.DECIDES, now, subject=recusal.pk)


def tell_of_recusal(*, recusal: Any, now: datetime, **_more: Any) -> None:
    """The question is decided: the person is told so without a number, whoever puts the team together with it."""
    with as_the_product():
        request = recusal.request
        _close(NoticeKind.DECIDE_RECUSAL, recusal.pk, now)
        _close(NoticeKind.OVERRIDE_ASKED, recusal.pk, now)
        own = {*accounts_of(request.commission_id, [recusal.person_id]), *_given(recusal.account)}
        _write(request.commission_id, own, NoticeKind.OWN_RECUSAL, Because.PERSON, now, subject=recusal.pk)
        _tell_who_leads(recusal, own, now)


def _tell_who_leads(recusal: Any, but: set[int], now: datetime) -> None:
    former = set(heads_of(recusal.request.commission_id, [recusal.request.lead_id], now)) - but
    _tell(recusal.request, former, NoticeKind.RECUSAL_DECIDED, Because.LEADS, now)


def tell_of_refused_override(*, recusal: Any, now: datetime, **_more: Any) -> None:
    """The recusal stands: whoever puts the team together is told; the person it is about is told of nothing."""
    with as_the_product():
        _close(NoticeKind.OVERRIDE_ASKED, recusal.pk, now)
        own = {*accounts_of(recusal.request.commission_id, [recusal.person_id]), *_given(recusal.account)}
        _tell_who_leads(recusal, own, now)


def tell_of_letter(*, letters: list[Any], now: datetime, **_more: Any) -> None:
    """The head of the unit that is to mend what was found is told until when; of the request the notice says nothing."""
    first = letters[0]
    with as_the_product():
        heads = heads_of(first.request.commission_id, [first.unit_id], now)
        until = {"last_day": min(each.due_on for each in letters).isoformat()}
        _write(
            first.request.commission_id,
            heads,
            NoticeKind.LETTER,
            Because.RECEIVES,
            now,
            until,
            subject=first.pk,
        )


def tell_of_loan(*, lent: Any, stage: str, now: datetime, **_more: Any) -> None:
    """The person, the home unit, the unit that uses them and the office are told at 30 and 7 days and at the end."""
    loan = lent.loan
    kind = NoticeKind.LOAN_ENDED if stage == "ended" else NoticeKind.LOAN_ENDS
    with as_the_product():
        own = accounts_of(loan.commission_id, [lent.person_id])
        heads = heads_of(loan.commission_id, [lent.home_id, loan.unit_id], now)
        office = who_may(Ability.KEEP_LEDGER, on=_day(now), commission=loan.commission_id).values_list("user_id", flat=True)  # fmt: skip
        Notice.objects.filter(kind=NoticeKind.LOAN_ENDS, subject=loan.pk, done_at=None).update(done_at=now)
        until = {"last_day": (lent.ends - date.resolution).isoformat()} if lent.ends else {}
        _write(loan.commission_id, [*own, *heads, *office], kind, Because.LOAN, now, until, subject=loan.pk)


_STAGES = {
    Stage.HALF: (NoticeKind.WORK_HALF, Because.LEADS), Stage.LATE: (NoticeKind.WORK_LATE, Because.LEADS),
    Stage.NOT_WRITTEN: (NoticeKind.NOT_WRITTEN, Because.ABOVE),
}  # fmt: skip


def tell_of_limits(*, now: datetime) -> int:
    """The round: work half of whose time has gone or that is late, and urgent requests not written in time. Each once.

    Work is told to whoever leads it and applied for it; what is not written in time to the office, the leader who agreed,
    and the applicant. Gives how many limits there were to tell of.
    """
    with as_the_product():
        found = limits_reached(now)
        for each in found:
            kind, why = _STAGES[each.stage]
            whom = [each.request.applicant, *_told_of(each, now)]
            day = {"last_day": each.day.isoformat()}
            known = Notice.objects.filter(kind=kind, subject=each.request.pk, particulars=day)
            told = set(known.values_list("account", flat=True))
            _tell(each.request, [account for account in whom if account not in told], kind, why, now, day)
    return len(found)


def _told_of(each: Any, now: datetime) -> list[int]:
    commission = each.request.commission_id
    if each.stage != Stage.NOT_WRITTEN:
        return heads_of(commission, [each.request.lead_id], now)
    office = [] if each.request.sealed else who_may(Ability.KEEP_LEDGER, on=_day(now), commission=commission).values_list("user_id", flat=True)  # fmt: skip
    agreed = accounts_of(commission, [each.request.oral_by]) if each.request.oral_by else []
    return [*agreed, *office]


def accounts_of(commission: int, persons: Iterable[int]) -> list[int]:
    """The accounts of persons, as far as a second person confirmed whose they are."""
    wanted = set(persons)
    return [account for account, person in persons_of(commission=commission).items() if person in wanted]


def heads_of(commission: int, units: Iterable[int | None], now: datetime) -> list[int]:
    """The accounts of the heads of units today."""
    held = rights_in_force(_day(now)).filter(
        commission=commission,
        scope_kind=Scope.UNIT,
        scope_id__in=[each for each in units if each],
        role=Role.UNIT_HEAD,
    )
    return list(dict.fromkeys(held.values_list("user_id", flat=True)))


def _tell(request: Any, accounts: Iterable[int], kind: NoticeKind, because: Because, now: datetime, particulars: Mapping[str, Any] | None = None, subject: int = 0) -> None:  # noqa: PLR0917 - what one row holds  # fmt: skip
    """Tell of a request by its number; each once as long as the notice is open."""
    number = number_of_request(request)
    _write(request.commission_id, accounts, kind, because, now, particulars, subject=subject or request.pk, about=number)  # fmt: skip


def _write(commission: int, accounts: Iterable[int], kind: NoticeKind, because: Because, now: datetime, particulars: Mapping[str, Any] | None = None, *, subject: int, about: str = "") -> None:  # noqa: PLR0917 - what one row holds  # fmt: skip
    Notice.objects.bulk_create(
        (
            Notice(
                account=account, commission=commission, kind=kind, because=because, about=about, subject=subject,
                particulars=dict(particulars or {}), made_at=now,
            )
            for account in dict.fromkeys(accounts) if account
        ),
        ignore_conflicts=True,
    )  # fmt: skip


def _close(kind: NoticeKind, subject: int, now: datetime, keep: int | None = None) -> None:
    rows = Notice.objects.filter(kind=kind, subject=subject, done_at=None)
    (rows if keep is None else rows.exclude(account=keep)).update(done_at=now)


def _forget(request: int, accounts: Iterable[int], now: datetime) -> None:
    """Whoever may have to stand out of a request is not even reminded that it is there (保密法 21)."""
    mine = Notice.objects.filter(account__in=list(accounts))
    mine.filter(kind__in=(*OF_REQUESTS, NoticeKind.LEFT_TEAM), subject=request).update(about="", done_at=now)
    of_it = (NoticeKind.DECLARE, *OF_INCIDENTS)
    mine.filter(kind__in=of_it, particulars__request=request).update(about="", done_at=now)


def _given(account: int | None) -> list[int]:
    return [] if account is None else [account]


def _day(now: datetime) -> date:
    return timezone.localdate(now)
