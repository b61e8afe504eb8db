"""The fictional county's register of interference: one entry, filed by whoever was spoken to and handed on by the secretary."""

from collections.abc import Iterator
from uuid import uuid4

from xiezuo.collaboration.models import Interference
from xiezuo.collaboration.recusal.interference_filed import Filing
from xiezuo.collaboration.recusal.interference_operations import file_interference, note_step
from xiezuo.config.demonstrated.director import Scene, Story


def stories(scene: Scene) -> Iterator[Story]:
    """Somebody pleaded by telephone; it was filed the same day."""
    yield _pleaded(scene)


def _pleaded(scene: Scene) -> Story:
    yield (now := scene.ago(30, 16))
    filing = Filing("说情干预", now.date(), "打电话说情", "虚构说情人", "虚构局")
    file_interference(commission=scene.commission, filing=filing, key=uuid4(), by=scene.actor("xiangzhen", now), now=now)  # fmt: skip
    yield (then := scene.later(now, 1, 9))
    filed = Interference.objects.get(commission=scene.commission)
    said = f"转干部监督室 干监〔{then.year}〕3号"
    note_step(interference=filed, said=said, key=uuid4(), by=scene.actor("shuji", then), now=then)
