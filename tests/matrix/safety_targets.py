"""What the addresses of talks and safety incidents are asked for."""

from tests.matrix.targets import TARGETS, _plain
from tests.matrix.work_targets import _led, _read
from xiezuo.shared import clock

MOMENT = f"{clock.now().astimezone():%Y-%m-%dT%H:%M:%S}"
HAPPENED = {"kind": "其他", "occurred_at": MOMENT, "known_at": MOMENT, "said": "虚构登记1号"}
UPWARD = {"office": "虚构市案管室", "reported_at": MOMENT, "paper_no": "虚构1号"}

TARGETS |= {
    ("collaboration:incidents", "GET"): _plain(),
    ("collaboration:incident", "GET"): _read("incident"),
    ("collaboration:do-incident", "GET"): _led("incident", what="report"),
    ("collaboration:do-incident", "POST"): _led("incident", UPWARD, what="report"),
    ("collaboration:talk", "GET"): _read("talk"),
    ("collaboration:do-safety", "GET"): _led("request", what="incident"),
    ("collaboration:do-safety", "POST"): _led("request", HAPPENED, what="incident"),
}
