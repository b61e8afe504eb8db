"""What the register of interference, the effectiveness page and the hand-over of requests are asked for in the matrix."""

from typing import Any
from uuid import uuid4

from tests.matrix.canaries import Subject
from tests.matrix.targets import MISSING, TARGETS, Scopes, Target, _list, _plain, _single
from tests.matrix.world import World
from xiezuo.shared import clock

TODAY = clock.today().isoformat()
REASON = "岗位调整"


def _filing(**more: Any) -> Any:
    sent = {"kind": "过问案件", "on": TODAY, "name": "虚构某", "how": "电话", "key": str(uuid4())}
    return lambda _world, _subject: {"plain": [Target(sent=sent | more)]}


def _note(_world: World, _subject: Subject) -> dict[str, Any]:
    return {"said": "已阅", "key": str(uuid4())}


def _request(sent: bool) -> Any:
    """A request of the subject's own unit, of another one, of another commission, and one that does not exist."""

    def scopes(world: World, subject: Subject) -> Scopes:
        # Whoever applied in the world is the staff member; the head of the unit takes it over.
        heir = world.subjects["unit_head"].account.pk
        told = {"to": heir, "said": REASON, "seen": 1} if sent else None
        home = world.of(subject)
        others = [county for code, county in world.counties.items() if code != subject.commission]
        own = [Target({"pk": home.things["request U1"].pk}, sent=told)]
        return {
            **({"own": own} if subject.commission == "A" else {}),
            "foreign": [Target({"pk": county.things["request U1"].pk}, sent=told) for county in others],
            "missing": [Target({"pk": MISSING}, sent=told)],
        }

    return scopes


def _question(world: World, subject: Subject) -> Scopes:
    own = [Target({"pk": world.counties["A"].things["recusal open"].pk}, sent={})]
    return {
        **({"own": own} if subject.commission == "A" else {"foreign": own}),
        "missing": [Target({"pk": MISSING}, sent={})],
    }


TARGETS |= {
    ("collaboration:interferences", "GET"): _plain(),
    ("collaboration:file-interference", "GET"): _plain(),
    ("collaboration:file-interference", "POST"): _filing(),
    ("collaboration:file-interference-paper", "GET"): _plain(),
    ("collaboration:file-interference-paper", "POST"): _filing(filer="虚构填报人"),
    ("collaboration:interference-filed", "GET"): _plain(),
    ("collaboration:interference", "GET"): _single("interference plain", "pk"),
    ("collaboration:interference-name", "POST"): _single("interference plain", "pk", sent=lambda *_: {}),
    ("collaboration:note-interference", "POST"): _single("interference plain", "pk", sent=_note),
    ("collaboration:effectiveness", "GET"): _list(),
    ("collaboration:open-work", "GET"): _plain(),
    ("collaboration:hand-over-request", "GET"): _request(sent=False),
    ("collaboration:hand-over-request", "POST"): _request(sent=True),
    ("collaboration:pass-recusal-on", "POST"): _question,
}  # fmt: skip
