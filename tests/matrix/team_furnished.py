"""Members, declarations and questions of recusal on the requests of the matrix's world.

Each hangs on `request U1`, `request U3` and on every `request of NAME`: `member U1`, `paper U3`, `question of NAME`. Of what NAME
reads by name, NAME is the decider of the question and is asked for the declaration. All fictional.
"""

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.factories import BEGINNING, KNOWN
from xiezuo.collaboration.models import Declaration, Member, Recusal, Request
from xiezuo.rules.models import WorkRule
from xiezuo.shared import clock
from xiezuo.shared.periods import OPEN

if TYPE_CHECKING:
    from tests.matrix.canaries import Subject
    from tests.matrix.world import County, World

TODAY = clock.today()
PLACES = count(1)


def furnish(world: "World") -> None:
    """Hang a row of each on the requests of two units and on each that somebody reads by name."""
    for county in world.counties.values():
        _rules(county)
        for name, made in list(county.things.items()):
            if name in ("request U1", "request U3") or name.startswith("request of "):
                subject = world.subjects.get(name.removeprefix("request of "))
                _hang(county, name.removeprefix("request "), made, subject)


def _rules(county: "County") -> None:
    own = {"commission": county.commission, "known_from": KNOWN}
    WorkRule.objects.create(kind="回避事由", code="G4", name="虚构事由", badge="本地默认", starts=BEGINNING, ends=OPEN, **own)  # fmt: skip


def _hang(county: "County", name: str, of: Request, reader: "Subject | None") -> None:
    things, now = county.things, clock.now()
    head, other, units = things["person head U2"], things["person head U3"], county.units
    # Far ahead and each on days of its own: nobody is in two teams at once.
    first = TODAY + timedelta(days=1000 + 10 * next(PLACES))
    things[f"member {name}"] = Member.objects.create(
        request=of, person=other, unit=units["U3"], standing="在编", starts=first, ends=first + timedelta(days=9), chosen_by="made",
        chosen_at=now,
    )  # fmt: skip
    asked = {"request": of, "asked_by": "made", "asked_at": now, "shown_on": TODAY}
    things[f"paper {name}"] = Declaration.objects.create(person=head, **asked)
    person = reader.account.person if reader is not None and reader.account is not None else None
    mine = Declaration.objects.create(person_id=person, **asked) if person else things[f"paper {name}"]
    things[f"declaration {name}"] = mine
    question = {
        "request": of,
        "person": head,
        "source": "他人提出",
        "clause": "监察法第六十七条",
        "raised_at": now,
        "due_on": TODAY,
    }
    decider = reader.account.pk if reader is not None and reader.account is not None else None
    things[f"question {name}"] = Recusal.objects.create(decider=decider, key=uuid4(), **question)
    things[f"recused {name}"] = Recusal.objects.create(decision="回避", key=uuid4(), **question)
