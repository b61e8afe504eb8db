"""What a changed rule is tried against where another app keeps it: that app says how, and imports keep pointing down."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from xiezuo.rules.models import WorkRule
from xiezuo.ui.blocks import Stat
from xiezuo.ui.table import Table
from xiezuo.ui.words import Words


@dataclass(frozen=True)
class TriedElsewhere:
    """A change tried: what against and how in a sentence, numbers, and one line for each thing that would differ.

    Without `table` the sentence says why there is nothing to try it against.
    """

    words: Words
    stats: Sequence[Stat] = ()
    table: Table | None = None
    notes: Sequence[Words] = ()


Trier = Callable[[HttpRequest, WorkRule], TriedElsewhere]
_triers: dict[str, Trier] = {}


def try_rules_of(kind: str, trier: Trier) -> None:
    """Say how a draft of a rule of this kind is tried; called once, when the app is ready."""
    _triers[kind] = trier


def tried_elsewhere(request: HttpRequest, draft: WorkRule) -> TriedElsewhere | None:
    """A draft tried by the app that keeps what its kind judges; None if there is none."""
    trier = _triers.get(draft.kind)
    return trier(request, draft) if trier else None
