"""Work on the requests of the matrix's world: a task and a letter on each request that somebody reads by name, and one request
that the first unit leads, whose head sees it through. All fictional.
"""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from xiezuo.collaboration.models import Letter, Request, Task
from xiezuo.shared import clock

TODAY = clock.today()
LED = "led by U1"


def furnish(here: Any) -> None:
    """Hang them on the requests of one county; `here` is its furnishing."""
    things = here.county.things
    here.request(LED, "U2", lead="U1")
    for name, made in list(things.items()):
        if name.startswith("request of ") or name == f"request {LED}":
            _hang(here, name.removeprefix("request "), made)


def _hang(here: Any, name: str, of: Request) -> None:
    here.county.things[f"task {name}"] = Task.objects.create(request=of, position=1, what="虚构任务", by="made", key=uuid4())  # fmt: skip
    here.county.things[f"letter {name}"] = Letter.objects.create(
        request=of, number=1, position=1, unit=here.county.units["U2"], problem="虚构清单第1项", sent_on=TODAY - timedelta(days=1),
        first_due_on=TODAY + timedelta(days=30), due_on=TODAY + timedelta(days=30), key=uuid4(),
    )  # fmt: skip
