"""The pages of requests for collaboration in a county of 100, 10,000 and 1,000,000 requests.

`python -m bench.requests [SIZE SIZE SIZE]` measures in the home that XIEZUO_HOME names, each size after the other. Of all requests one in five,
at most 2,000, is open; twenty units ask in turn. Rows are made in the database, as the owner, with what the product would write.
"""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db import connection, connections
from django.test import Client, override_settings
from django.urls import reverse

from bench.copying import vacuum
from bench.homes import django_ready
from bench.lines import Line, say, send, shown_time
from bench.rights import PLAIN

SIZES = tuple(map(int, sys.argv[1:])) or (100, 10_000, 1_000_000)
ROUNDS, LIMIT, OPEN_AT_MOST, UNITS = 25, 1.5, 2_000, 20
COUNTY = {"name": "虚构县纪委监委", "region": "虚构县"}
Found = dict[str, tuple[int, float]]
TABLES = ("collaboration_requestmove", "collaboration_access", "collaboration_request")

# A day has as many as make up five years; the last ones are open.
REQUEST = """
INSERT INTO collaboration_request (id, commission_id, year, number, unit_id, applicant, applicant_name, state, level, situation, method, rule,
    axis, lead_id, lead_reason, duty, measures, reason, pointer, letter_no, about_units, about_places, wanted_units, authorisations, people,
    women, own, roles, skills, starts, ends, site_words, carries_secrets, pages_attached, blocked, sealed, urgent, submitted_at, decided_at,
    begun_on, first_due_on, due_on, extensions, next_due_on, result, problems, closing_note, ended_on, ended_because, transferred_to, version,
    key, begun_at)
SELECT g, %(county)s, extract(year FROM at)::int, g, (%(units)s::bigint[])[1 + g %% %(many)s], %(applicant)s, '虚构',
    CASE WHEN open THEN '执行' ELSE '归档' END, '二级协作区', 'Q03', 'M2', %(rule)s, '{}', (%(units)s::bigint[])[1 + (g + 7) %% %(many)s], '',
    '监督检查', '{}', '虚构', '虚构〔' || extract(year FROM at)::int || '〕' || g || '号', '', '{}', '{}', '{}', '{}', 3, 1, 2, '{}', '{}',
    at::date, at::date + 30, '', false, 0, false, false, false, at, at, at::date, at::date + 30, at::date + 30, '{}',
    CASE WHEN open THEN CURRENT_DATE + (g %% 20)::int - 5 END, CASE WHEN open THEN '' ELSE '完成' END, 0, '',
    CASE WHEN open THEN NULL ELSE at::date + 20 END, '', '', 3, gen_random_uuid(), at
FROM (SELECT g, g > %(total)s - %(open)s AS open, now() - interval '5 days' - (%(total)s - g) * (interval '1820 days' / %(total)s) AS at
      FROM generate_series(1, %(total)s) AS g) AS made
"""
ACCESS = """
INSERT INTO collaboration_access (request_id, account, starts, ends, because)
SELECT id, CASE WHEN id %% 50 = 0 THEN %(reader)s ELSE %(applicant)s END, begun_at::date, '9999-12-31', 'party' FROM collaboration_request
"""
MOVE = """
INSERT INTO collaboration_requestmove (request_id, version, verb, state, account, by, at, basis, said, details, before, digest, stood)
SELECT id, v, CASE v WHEN 1 THEN 'submit' WHEN 2 THEN 'follow' ELSE 'start' END, CASE v WHEN 1 THEN '审批中' WHEN 2 THEN '已批准' ELSE '执行' END,
    %(applicant)s, '虚构', begun_at + v * interval '8 hours', '', '', '{}', '', '', '' FROM collaboration_request, generate_series(1, 3) AS v
"""


def measure() -> Iterator[Line]:
    """Each page at the largest size against the smallest."""
    told = a_county()
    with override_settings(**PLAIN):
        found = {size: _at(told, size) for size in SIZES}
    for name in found[SIZES[0]]:
        yield _line(name, [found[size][name] for size in SIZES])


def _line(name: str, sizes: list[tuple[int, float]]) -> Line:
    (few, first), (_, second), (many, last) = sizes
    note = f"{few} / {many} queries; {shown_time(second)} at {SIZES[1]:,}"
    return Line(name, f"{shown_time(first)} at {SIZES[0]:,}", f"{shown_time(last)} at {SIZES[2]:,}", last / first,
                f"≤ {LIMIT:g} ×, as many queries", last / first <= LIMIT and many <= few, ROUNDS, note)  # fmt: skip


def _at(told: dict[str, Any], size: int) -> Found:
    say(f"  {size:,} requests …")
    with acting_as(OPERATOR):
        fill(told, size)
    keeper, head, reader = (_browser(told[name], told) for name in ("keeper", "head", "reader"))
    listed, one = reverse("collaboration:requests"), reverse("collaboration:request", args=[size])
    pages: dict[str, tuple[Client, str]] = {
        "requests: open, keeper of the files": (keeper, listed), "requests: open, head of a unit": (head, listed),
        "requests: open, read by name": (reader, listed), "requests: ended, read by name": (reader, f"{listed}?tab=ended"),
        "requests: ended, keeper of the files": (keeper, f"{listed}?tab=ended"),
        "requests: ended, head of a unit": (head, f"{listed}?tab=ended"), "requests: waits for me, head of a unit": (head, f"{listed}?tab=waiting"),
        "requests: found by number": (keeper, f"{listed}?tab=ended&q=7"), "a request, keeper of the files": (keeper, one),
        "a request, read by name": (reader, reverse("collaboration:request", args=[size // 50 * 50])),
    }  # fmt: skip
    return {name: _measured(partial(_ask, *page)) for name, page in pages.items()}


def fill(told: dict[str, Any], total: int) -> None:
    """Throw away what there was and make `total` requests."""
    given = {**told, "total": total, "open": min(total // 5, OPEN_AT_MOST), "many": UNITS}
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        for statement in (REQUEST, ACCESS, MOVE):
            cursor.execute(statement, given)
        for table in TABLES:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
    vacuum()


def _ask(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")


def _measured(work: Callable[[], None]) -> tuple[int, float]:
    """Queries, and the seconds of the fastest round."""
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


def a_county() -> dict[str, Any]:
    """A county of twenty townships with its rules; who keeps the files, who heads a unit, who reads by name, who asked."""
    with acting_as(OPERATOR):
        county = Commission.objects.first() or set_up_commission(
            code="BENCH", particulars=COUNTY, by=OPERATOR, now=clock.now()
        )
        load_defaults(commission=county, by=OPERATOR, now=clock.now())
        units = [_unit(county, number) for number in range(UNITS)]
        found: dict[str, Any] = {"county": county.pk, "units": units}
        found["keeper"] = _account(county, "keeper", Role.CASE_MANAGEMENT, Scope.COMMISSION, county.pk)
        found["head"] = _account(county, "head", Role.UNIT_HEAD, Scope.UNIT, units[3])
        found["reader"] = _account(county, "reader", Role.STAFF, Scope.UNIT, units[5])
        found["applicant"] = _account(county, "applicant", Role.STAFF, Scope.UNIT, units[4])
        found["rule"] = procedure_for(county, "Q03", "M2", clock.today()).pk
    return found


def _unit(county: Any, number: int) -> int:
    unit, new = Unit.objects.get_or_create(commission=county, code=f"B{number}")
    if new:
        UnitRecord.objects.create(
            commission=county, unit=unit, name=f"虚构{number}镇纪委", kind="乡镇纪委", starts=ALWAYS, ends=OPEN, known_from=clock.now(),
            order_no=number,
        )  # fmt: skip
    return int(unit.pk)


def _account(county: Any, name: str, role: Any, kind: Any, scope: int) -> int:
    user, _new = User.objects.get_or_create(
        username=f"bench-request-{name}", defaults={"commission": county.pk}
    )
    told = {"role": role, "commission": county.pk, "scope_kind": kind, "scope_id": scope}
    if not Right.objects.filter(user=user, **told).exists():
        Right.objects.create(user=user, starts=ALWAYS, ends=OPEN, known_from=clock.now(), **told)
    return int(user.pk)


def _browser(account: int, told: dict[str, Any]) -> Client:
    client = Client()
    with acting_as(OPERATOR):
        client.force_login(User.objects.get(pk=account))
        code = Commission.objects.get(pk=told["county"]).code
    session = client.session
    session["commission"] = code
    session.save()
    return client


if __name__ == "__main__":
    django_ready()
    from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as
    from xiezuo.accounts.models import Right, User
    from xiezuo.organisation.api import set_up_commission
    from xiezuo.organisation.models import Commission, Unit, UnitRecord
    from xiezuo.rules.api import load_defaults, procedure_for
    from xiezuo.shared import clock
    from xiezuo.shared.periods import ALWAYS, OPEN

    send(measure())
