"""`xiezuo teams propose --instance FILE.json`: teams for the requests of a question in a file, with their proof."""

import argparse
import math
from enum import Enum
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiezuo.accounts.api import Actor
from xiezuo.collaboration.api import teaming
from xiezuo.config.cli import USAGE, LedgerCommand
from xiezuo.shared.errors import BadInput

SECONDS = 10.0
EXPECTED: dict[Enum, Any] = {
    teaming.Document.JSON: gettext_lazy("a JSON document in UTF-8"),
    teaming.Document.ONCE: gettext_lazy("each name once in an object"),
    teaming.Expected.OBJECT: gettext_lazy("an object"),
    teaming.Expected.LIST: gettext_lazy("a list"),
    teaming.Expected.ID: gettext_lazy("an id: a text or a whole number"),
    teaming.Expected.NEW_ID: gettext_lazy("an id that no other one has"),
    teaming.Expected.NAME: gettext_lazy("a name: a text or a whole number"),
    teaming.Expected.SEX: gettext_lazy("女 or 男, female or male, f or m, or null if it is not known"),
    teaming.Expected.YES_OR_NO: gettext_lazy("true or false"),
    teaming.Expected.LOAD: gettext_lazy("a number from 0 to 1,000,000"),
    teaming.Expected.COUNT: gettext_lazy("a whole number from 0 to 1,000,000"),
    teaming.Expected.DAY: gettext_lazy("a day as YYYY-MM-DD"),
    teaming.Expected.PERIOD: gettext_lazy("a list of two days"),
    teaming.Expected.LATER: gettext_lazy(
        "an end, itself no longer counted, that is later than the beginning"
    ),
    teaming.Expected.PERSON: gettext_lazy("the id of a person"),
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
    """Propose teams for an instance from a file, which needs no database."""

    help = __doc__
    takes_day = False
    takes_commission = False

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Which question, and how long it may be thought about."""
        parser.add_argument("act", choices=["propose"])
        parser.add_argument(
            "--instance", type=Path, required=True, metavar="FILE.json", help="a question in a file"
        )
        parser.add_argument("--seconds", type=_seconds, default=SECONDS, help="of searching; default 10")
        parser.add_argument("--seed", type=_seed, default=0, help="the same seed gives the same answer")

    def asks_ledger(self, options: dict[str, Any]) -> bool:
        """A question in a file stands for itself."""
        return False

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """The document of docs/commands.md, or what is wrong with the instance."""
        try:
            text = options["instance"].read_bytes()
        except OSError as error:
            self.fail(_("%(file)s: %(why)s") % {"file": options["instance"], "why": error.strerror}, USAGE)
        try:
            found = teaming.propose_for(teaming.read(text), seconds=options["seconds"], seed=options["seed"])
        except teaming.BadInstance as error:
            errors = [_as_json(fault) for fault in error.faults]
            return {"errors": errors}, "\n".join(_in_words(each) for each in errors)
        except MemoryError as error:
            raise BadInput(_("the instance is too large for this machine's memory")) from error
        return found, ""

    def print_words(self, document: dict[str, Any]) -> None:
        """The goals and what they may lack, then the members of each team, then the requests that are not filled."""
        if "teams" not in document:
            return
        unfilled, load, squares = document["objective"]
        proven = (
            _("proven best") if document["proven"] else _("bound %(bound)s") % {"bound": document["bound"]}
        )
        told = {"unfilled": unfilled, "load": load, "squares": squares, "proven": proven}
        self.stdout.write(
            _("%(unfilled)s places unfilled, greatest load %(load)s, sum of squares %(squares)s; %(proven)s")
            % told
        )
        for request, members in document["teams"].items():
            self.stdout.write(f"{request}: {'，'.join(map(str, members)) or '—'}")
        for request, missing in document["unfilled"].items():
            words = ngettext("%(count)d place unfilled", "%(count)d places unfilled", missing) % {
                "count": missing
            }
            self.stdout.write(f"{request}: {words}")


def _as_json(fault: teaming.Fault) -> dict[str, str]:
    expected = str(EXPECTED[fault.expected]) % {"most": fault.most}
    return {"place": fault.where, "found": fault.found, "expected": expected}


def _in_words(error: dict[str, str]) -> str:
    return _("%(place)s: found “%(found)s”, expected %(expected)s") % error
