"""`xiezuo zones propose`: three proposals for the ledger, or zones of a question in a file, with their proof."""

import argparse
import math
from enum import Enum
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import Actor
from xiezuo.config.cli import USAGE, LedgerCommand
from xiezuo.organisation.api import must_exist_on
from xiezuo.shared.errors import BadInput
from xiezuo.shared.lists import clauses
from xiezuo.zones.api import propose_on
from xiezuo.zones.api import published as zoning

SECONDS = 10.0
EXPECTED: dict[Enum, Any] = {
    zoning.Document.JSON: gettext_lazy("a JSON document in UTF-8"),
    zoning.Document.ONCE: gettext_lazy("each name once in an object"),
    zoning.Expected.OBJECT: gettext_lazy("an object"),
    zoning.Expected.LIST: gettext_lazy("a list"),
    zoning.Expected.SOME: gettext_lazy("a list with one entry at least"),
    zoning.Expected.ID: gettext_lazy("an id: a text or a whole number"),
    zoning.Expected.NEW_ID: gettext_lazy("an id that no other one has"),
    zoning.Expected.NUMBER: gettext_lazy("a number"),
    zoning.Expected.NOT_NEGATIVE: gettext_lazy("a number that is not negative"),
    zoning.Expected.COUNT: gettext_lazy("a whole number from 1 to %(most)d"),
    zoning.Expected.PLACE: gettext_lazy("the id of a place"),
    zoning.Expected.CENTRE: gettext_lazy("the id of a possible centre"),
    zoning.Expected.PAIR: gettext_lazy("two different places"),
    zoning.Expected.ROW: gettext_lazy("a list of %(most)d entries"),
}
RULES = {
    "choose": gettext_lazy("number of centres (%(ids)s)"),
    "capacity": gettext_lazy("capacity of %(ids)s"),
    "fixed": gettext_lazy("fixed: %(ids)s"),
    "together": gettext_lazy("together: %(ids)s"),
    "barred": gettext_lazy("barred from each other: %(ids)s"),
}


def _seconds(text: str) -> float:
    number = float(text)
    if not (math.isfinite(number) and number > 0):
        raise argparse.ArgumentTypeError(_("found %(found)s, expected a positive number") % {"found": text})
    return number


def _seed(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(_("found %(found)s, expected 0 or more") % {"found": text})
    return number


class Command(LedgerCommand):
    """Propose zones for the ledger of a day; or for an instance from a file, which needs no database."""

    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Which question, and how long it may be thought about."""
        parser.add_argument("act", choices=["propose"])
        parser.add_argument("--instance", type=Path, metavar="FILE.json", help="a question in a file")
        parser.add_argument("--seconds", type=_seconds, default=SECONDS, help="of searching; default 10")
        parser.add_argument("--seed", type=_seed, default=0, help="the same seed gives the same answer")

    def asks_ledger(self, options: dict[str, Any]) -> bool:
        """An instance from a file stands for itself."""
        return options["instance"] is None

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The document of docs/commands.md, or what is wrong with the instance, or which rules exclude each other."""
        if options["instance"] is None:
            return self._for_ledger(options)
        return self._for_instance(options)

    def _for_ledger(self, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        commission, day = self.commission(options), options["on"]
        must_exist_on(commission, day)
        found = propose_on(commission, day, seconds=math.ceil(options["seconds"]), seed=options["seed"])
        return found, found.get("reason", "")

    def _for_instance(self, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        try:
            text = options["instance"].read_bytes()
        except OSError as error:
            self.fail(_("%(file)s: %(why)s") % {"file": options["instance"], "why": error.strerror}, USAGE)
        try:
            return zoning.propose_for(zoning.read(text), seconds=options["seconds"], seed=options["seed"]), ""
        except zoning.BadInstance as error:
            errors = [_as_json(fault) for fault in error.faults]
            return {"errors": errors}, "\n".join(_fault_in_words(each) for each in errors)
        except zoning.NoAnswer as error:
            return error.document(), _conflict_in_words(error.conflict)
        except MemoryError as error:
            raise BadInput(_("the instance is too large for this machine's memory")) from error

    def print_words(self, document: dict[str, Any]) -> None:
        """The total distance and what it may be too much, then the places of each centre."""
        if "assignment" not in document:
            if "proposals" in document:
                super().print_words(document)
            return
        proven = _("proven best") if document["proven"] else _("at most %(gap).3f %% above the best")
        told = document | {"gap": document["gap"] * 100}
        self.stdout.write(
            _("Total distance %(objective).6g, %(proven)s") % (told | {"proven": proven % told})
        )
        for centre in document["centres"]:
            places = [place for place, its in document["assignment"].items() if its == centre]
            self.stdout.write(f"{centre}: {'，'.join(places) or '—'}")


def _as_json(fault: zoning.Fault) -> dict[str, str]:
    expected = str(EXPECTED[fault.expected]) % {"most": fault.most}
    return {"place": fault.where, "found": fault.found, "expected": expected}


def _fault_in_words(error: dict[str, str]) -> str:
    return _("%(place)s: found “%(found)s”, expected %(expected)s") % error


def _conflict_in_words(conflict: tuple[zoning.Blamed, ...]) -> str:
    if not conflict:
        return _("No division was found in this time, and none is known to be impossible")
    rules = [str(RULES[each.kind]) % {"ids": "，".join(each.ids) or _("all centres")} for each in conflict]
    return _("These rules exclude each other: %(rules)s") % {"rules": clauses(rules)}
