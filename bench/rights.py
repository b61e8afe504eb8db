"""Pages with row-level security against the same pages without it, in one county of a province of a million assignments.

`python -m bench.rights` measures in the home that XIEZUO_HOME names. Pages are drawn anew each time, in this process;
the owner turns the policies off and on again between the turns, so that a noisy minute falls on both.
"""

import gc
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connections
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from bench.homes import django_ready
from bench.lines import Line, at_most, send

COUNTY, DAY, ROUNDS, TURN = "B00050", date(2022, 8, 15), 9, 4
LIMIT = 1.15
PLAIN = {
    "ALLOWED_HOSTS": ["testserver"],
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


def measure() -> Iterator[Line]:
    """A line for each page of who keeps the ledger, and for those of a unit's head, who sees fewer rows with it."""
    keeper, head = _readers()
    ledger, unit = _pages()
    ratios = []
    with override_settings(**PLAIN):
        for name, address in ledger:
            line = _beside(f"{name}, keeper of the ledger", keeper, address)
            ratios.append(line.ratio or 0.0)
            yield line
        for name, address in unit:
            yield _beside(f"{name}, head of a unit", head, address, sees_less=True)
    middle = statistics.median(ratios)
    yield Line(
        "row-level security, the middle of those pages",
        "",
        "",
        middle,
        f"≤ {LIMIT} ×",
        middle <= LIMIT,
        len(ratios),
    )


def _beside(name: str, client: Client, address: str, *, sees_less: bool = False) -> Line:
    taken: dict[bool, list[float]] = {True: [], False: []}
    for _round in range(ROUNDS):
        for walled in (True, False):
            _switch(on=walled)
            _ask(client, address)
            taken[walled].append(min(_seconds(client, address) for _ in range(TURN)))
    _switch(on=True)
    without, with_it = statistics.median(taken[False]), statistics.median(taken[True])
    if sees_less:
        ratio = with_it / without
        note = "fewer rows with it: no target"
        return Line(
            name, f"{without * 1e3:.3g} ms without", f"{with_it * 1e3:.3g} ms", ratio, "", None, ROUNDS, note
        )
    return at_most(name, without, with_it, limit=LIMIT, n=ROUNDS, words="without")


def _seconds(client: Client, address: str) -> float:
    gc.collect()
    started = time.perf_counter()
    _ask(client, address)
    return time.perf_counter() - started


def _ask(client: Client, address: str) -> None:
    response = client.get(address, {"on": DAY.isoformat()})
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")


def _switch(*, on: bool) -> None:
    """Let the policies bind, or not; the table of rights keeps its own, for who asks must be known."""
    verb = "ENABLE" if on else "DISABLE"
    with connections["owner"].cursor() as cursor:
        for table in READ:
            cursor.execute(f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY")


def _readers() -> Sequence[Client]:
    """Browsers of the keeper of the county's ledger and of a head of one of its units."""
    made = []
    with acting_as(OPERATOR):
        county = Commission.objects.get(code=COUNTY)
        scopes = (
            (Role.CASE_MANAGEMENT, Scope.COMMISSION, county.pk),
            (Role.UNIT_HEAD, Scope.UNIT, _unit(county)),
        )
        for role, kind, over in scopes:
            user, _new = User.objects.get_or_create(username=f"bench-{role}")
            told = {"role": role, "commission": county.pk, "scope_kind": kind, "scope_id": over}
            if not Right.objects.filter(user=user, **told).exists():
                Right.objects.create(user=user, starts=ALWAYS, ends=OPEN, known_from=timezone.now(), **told)
            made.append(_browser(user))
    return made


def _unit(county: Any) -> int:

    return int(
        Assignment.objects.on(DAY)
        .filter(commission=county)
        .order_by("unit_id")
        .values_list("unit_id", flat=True)[0]
    )


def _browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    session = client.session
    # Without the policies every commission is there to choose from.
    session["commission"] = COUNTY
    session.save()
    return client


def _pages() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Name and address of each page: of the ledger's keeper, and of a unit's head."""
    with acting_as(OPERATOR):
        county = Commission.objects.get(code=COUNTY)
        unit = _unit(county)
        person = (
            Assignment.objects.on(DAY).filter(unit=unit).order_by("id").values_list("person_id", flat=True)[0]
        )
    own = [("one unit", reverse("organisation:unit", args=[unit])), ("one person", reverse("organisation:person", args=[person])),
           ("list of 50 posts", reverse("organisation:people"))]  # fmt: skip
    whole = [("overview", "/"), ("tree", reverse("organisation:tree")), ("zones", reverse("zones:list")),
             ("rooms and works", reverse("sites:works")), ("plan", reverse("directives:plan"))]  # fmt: skip
    return [*whole, *own], own


if __name__ == "__main__":
    django_ready()
    from xiezuo.accounts.api import OPERATOR, Role, Scope, acting_as
    from xiezuo.accounts.models import Right, User
    from xiezuo.config.need_to_know import READ
    from xiezuo.organisation.models import Assignment, Commission
    from xiezuo.shared.periods import ALWAYS, OPEN

    send(measure())
