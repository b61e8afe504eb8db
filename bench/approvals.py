"""The pages of approvals, and a decision, in a county of 100, 10,000 and 1,000,000 approvals.

`python -m bench.approvals [SIZE SIZE SIZE]` measures in the home that XIEZUO_HOME names, each size after the other. Of all approvals one in
five, at most 2,000, is under way; twenty wait for the secretary. A decision is taken back each time.
"""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.db import connection, connections, transaction
from django.test import Client, override_settings
from django.urls import reverse

from bench.approvals_filling import County, fill
from bench.homes import django_ready
from bench.lines import Line, say, send, shown_time
from bench.rights import PLAIN

SIZES = tuple(map(int, sys.argv[1:])) or (100, 10_000, 1_000_000)
ROUNDS, SIGNERS, LIMIT = 25, 12, 1.5
COUNTY = {"name": "虚构县纪委监委", "region": "虚构县"}
Found = dict[str, tuple[int, float]]


def measure() -> Iterator[Line]:
    """Each page at the largest size against the smallest, and a decision of many signers against one of few."""
    county = a_county()
    with override_settings(**PLAIN):
        found = {size: _at(county, size) for size in SIZES}
        for name in found[SIZES[0]]:
            yield _line(name, [found[size][name] for size in SIZES])
        yield _seats(county)


def _line(name: str, sizes: list[tuple[int, float]]) -> Line:
    (few, first), (_, second), (many, last) = sizes
    note = f"{few} / {many} queries; {shown_time(second)} at {SIZES[1]:,}"
    return Line(name, f"{shown_time(first)} at {SIZES[0]:,}", f"{shown_time(last)} at {SIZES[2]:,}", last / first,
                f"≤ {LIMIT:g} ×, as many queries", last / first <= LIMIT and many <= few, ROUNDS, note)  # fmt: skip


def _at(county: County, size: int) -> Found:
    say(f"  {size:,} approvals …")
    with acting_as(OPERATOR):
        fill(county, size)
    people = (county.secretary, county.keeper, county.applicant)
    secretary, keeper, applicant = (_browser(account, county) for account in people)
    waits = county.first_waiting
    pages: dict[str, tuple[Client, str]] = {
        "inbox: waits for me": (secretary, reverse("inbox:list")),
        "inbox: what I decided": (secretary, f"{reverse('inbox:list')}?tab=done"),
        "inbox: what I applied for": (applicant, f"{reverse('inbox:list')}?tab=mine"),
        "inbox: all under way, keeper of the files": (keeper, f"{reverse('inbox:list')}?tab=all"),
        "an approval that I am asked to decide": (secretary, reverse("inbox:approval", args=[waits])),
        "the same, keeper of the files": (keeper, reverse("inbox:approval", args=[waits])),
        "register of numbers, keeper of the files": (keeper, reverse("inbox:numbers")),
        "my work": (secretary, reverse("home:work")),
    }
    found = {name: _measured(partial(_ask, *page)) for name, page in pages.items()}
    found["a decision"] = _measured(lambda: _decide(county, waits))
    found["a rule tried against its matters"] = _measured(lambda: _tried(county))
    found["figures of approvals on a day of last year"] = _measured(lambda: _counted(county))
    return found


def _ask(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")


def _decide(county: County, pk: int) -> None:
    """The secretary agrees, and the whole transaction is taken back."""
    with acting_as(actor_of(User.objects.get(pk=county.secretary))) as by:
        approval = Approval.objects.get(pk=pk)
        form = Form(uuid4(), approval.edition)
        approve(approval=approval, form=form, after=after, by=by, now=clock.now())
        transaction.set_rollback(True)


def after(day: Any, number: int) -> Any:
    """The n-th day after a day: the calendar is measured with the pages."""
    return day + timedelta(days=number)


def _tried(county: County) -> None:
    with acting_as(OPERATOR):
        rule = internal_on(Commission.objects.get(pk=county.pk), "N02", clock.today())
        rule.decide_days = 3
        tryout(rule, clock.today())


def _counted(county: County) -> None:
    """What was under way on a day, for who may know totals: counted over all that is under way."""
    with acting_as(actor_of(User.objects.get(pk=county.secretary))):
        keys = [figure.key for figure in all_figures() if figure.key.startswith("approvals.open")]
        values(Asking((county.pk,), clock.today() - timedelta(days=300)), keys)


def _measured(work: Callable[[], None]) -> tuple[int, float]:
    """Queries, and the seconds of the fastest round: the sizes follow one another, and a busy minute falls on one alone."""
    asked: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    work()
    with connection.execute_wrapper(note):
        work()
    taken = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return len(asked), min(taken)


def _seats(county: County) -> Line:
    """A decision in a step of one signer and in one of many."""
    few = _measured(lambda: _decide(county, county.first_waiting))
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO approvals_signerrow (approval_id, step_id, position, account, kind, state, why, paper_no)"
            " SELECT approval_id, id, seat, 1000000 + seat, '加签', '退出', '不再分管', '' FROM approvals_steprow,"
            " generate_series(1, %s) AS seat WHERE approval_id = %s AND position = 1",
            [SIGNERS, county.first_waiting],
        )
    many = _measured(lambda: _decide(county, county.first_waiting))
    name = f"a decision among {SIGNERS + 1} signers"
    return Line(name, f"{shown_time(few[1])} among 1", shown_time(many[1]), many[1] / few[1], "no more queries",
                many[0] <= few[0], ROUNDS, f"{few[0]} / {many[0]} queries")  # fmt: skip


def a_county() -> County:
    """A county without a ledger, with its rules, a secretary, a keeper of the files and an applicant."""
    with acting_as(OPERATOR):
        county = Commission.objects.first() or set_up_commission(
            code="BENCH", particulars=COUNTY, by=OPERATOR, now=clock.now()
        )
        load_defaults(commission=county, by=OPERATOR, now=clock.now())
        secretary, keeper, applicant = (
            _account(county, role) for role in (Role.SECRETARY, Role.CASE_MANAGEMENT, Role.READER)
        )
        rule = internal_on(county, "N02", clock.today())
    register(Kind("bench", "测", "测试", lambda _by, _commission: [], lambda approval: Matter([("事项", approval.title)]), batch=True))  # fmt: skip
    return County(county.pk, secretary, keeper, applicant, rule.pk)


def _account(county: Any, role: Any) -> int:
    user, _new = User.objects.get_or_create(username=f"bench-{role}", defaults={"commission": county.pk})
    told = {"role": role, "commission": county.pk, "scope_kind": Scope.COMMISSION, "scope_id": county.pk}
    if not Right.objects.filter(user=user, **told).exists():
        Right.objects.create(user=user, starts=ALWAYS, ends=OPEN, known_from=clock.now(), **told)
    return int(user.pk)


def _browser(account: int, county: County) -> Client:
    client = Client()
    with acting_as(OPERATOR):
        client.force_login(User.objects.get(pk=account))
        code = Commission.objects.get(pk=county.pk).code
    session = client.session
    session["commission"] = code
    session.save()
    return client


if __name__ == "__main__":
    django_ready()
    from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as, actor_of
    from xiezuo.accounts.models import Right, User
    from xiezuo.approvals.api import Approval, Form, Kind, Matter, approve, register
    from xiezuo.figures.api import Asking, all_figures, values
    from xiezuo.organisation.api import set_up_commission
    from xiezuo.organisation.models import Commission
    from xiezuo.rules.api import load_defaults
    from xiezuo.rules.rule_queries import internal_on
    from xiezuo.rules.rule_trial_queries import tryout
    from xiezuo.shared import clock
    from xiezuo.shared.periods import ALWAYS, OPEN

    send(measure())
