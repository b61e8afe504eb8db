"""Talks and safety incidents on the requests of the matrix's world: one of each on what somebody reads by name or leads, one
that went to the secretary because nobody reported it in time, and one of a request of which the secretary must stand out.
All fictional.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.matrix.work_furnished import LED
from xiezuo.collaboration.models import Incident, IncidentStep, Member, Recording, Recusal, Request, Talk
from xiezuo.shared import clock

NOW = clock.now()
TODAY = clock.today()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECRETARIES = {"A": ["secretary"], "P": ["upper"], "B": []}


def furnish(here: Any) -> None:
    """Hang them on the requests of one county; `here` is its furnishing."""
    things = here.county.things
    for name, made in list(things.items()):
        if name in ("request U1", "request U3", f"request {LED}") or name.startswith("request of "):
            _hang(here, name.removeprefix("request "), made)
    secretary = SECRETARIES[here.county.code]
    _incident(here, "late U3", things["request U3"], lambda: here.mark("U3", readers=secretary), late=True)
    barred = here.request("barred to the secretary", "U2")
    Recusal.objects.create(
        request=barred, person=things["person secretary"], source="本人申报", clause="监察法 67", raised_at=NOW, due_on=TODAY, decision="回避", key=uuid4()
    )  # fmt: skip
    _incident(here, "late and barred", barred, lambda: here.mark("U2", "U3"), late=True)


def _hang(here: Any, name: str, of: Request) -> None:
    readers = ["staff"] if name == "U1" and here.county.code == "A" else []
    marked = name in ("U1", "U3")
    mark = (lambda: here.mark(name, "U3", readers=readers)) if marked else (lambda: "虚构")
    officer = _officer(here, of)
    talk = Talk.objects.create(
        request=of, position=1, started=NOW - 3 * HOUR, ended=NOW - 2 * HOUR, talkers=[officer.pk], custodian=officer, room=mark(), by="made",
        at=NOW, key=uuid4(),
    )  # fmt: skip
    Recording.objects.create(
        talk=talk, position=1, started=NOW - 3 * HOUR, stopped=NOW - 2 * HOUR, digest="a" * 64, device=mark()
    )
    here.county.things[f"talk {name}"] = talk
    _incident(here, name, of, mark, officer)


def _officer(here: Any, of: Request) -> Member:
    """Somebody who was in the team as its safety officer, and left it since: nobody is in two teams at once."""
    return Member.objects.create(
        request=of, person=here.county.things["person head U3"], unit=here.county.units["U3"], roles=["安全员"], standing="在编", state="离组",
        why_left="调换", left_on=TODAY, starts=TODAY - DAY, ends=TODAY + DAY, chosen_by="made", chosen_at=NOW, joined_at=NOW,
    )  # fmt: skip


def _incident(here: Any, name: str, of: Request, mark: Callable[[], str], officer: Member | None = None, *, late: bool = False) -> None:  # fmt: skip
    """One that was reported, or not in time; what the first unit leads waits for its report."""
    state, verb = ("逾期未报", "escalate") if late else ("已上报", "report")
    made = Incident.objects.create(
        commission=here.county.commission, request=of, position=2 if late else 1, kind="其他", said=mark(), occurred_at=NOW - 2 * HOUR,
        known_at=NOW - 2 * HOUR, due_at=NOW + 22 * HOUR, officer=officer or _officer(here, of), by="made", at=NOW, key=uuid4(),
        state="待上报" if name == LED else state, escalated_at=NOW if late else None,
    )  # fmt: skip
    here.county.things[f"incident {name}"] = made
    if name != LED:
        IncidentStep.objects.create(
            incident=made,
            verb=verb,
            state=state,
            happened_at=NOW,
            office=mark(),
            said=mark(),
            by="made",
            at=NOW,
        )
