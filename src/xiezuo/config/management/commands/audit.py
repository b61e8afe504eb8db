"""`xiezuo audit verify | export | sign | code`: the journal checked, handed out, signed, and written down."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor
from xiezuo.audit.api import (
    Act,
    Break,
    Result,
    export_file,
    kind_in_words,
    paper_code,
    paper_codes,
    paper_witness,
    record,
    verify_file,
    verify_live,
)
from xiezuo.config.cli import USAGE, LedgerCommand
from xiezuo.config.tasks import keep_watch
from xiezuo.shared import clock
from xiezuo.shared.errors import BadInput


class Command(LedgerCommand):
    """Verify the journal or an export of it, export it, sign its heads, print their paper codes."""

    help = __doc__
    takes_day = takes_commission = False

    def add_own_arguments(self, parser: CommandParser) -> None:
        """What to do, with which file, against what was kept elsewhere."""
        parser.add_argument("act", choices=["verify", "export", "sign", "code"])
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument(
            "--heads", type=Path, metavar="FILE", help="signed heads that were kept elsewhere"
        )
        parser.add_argument("--code", action="append", default=[], help="a paper code; may be repeated")
        parser.add_argument(
            "--attachment", action="append", default=[], metavar="CHAIN:NUMBER=FILE",
            help="a file that an entry of the export speaks of",
        )  # fmt: skip
        parser.add_argument("--chain", default=None, help="code: only of this chain")

    def handle(self, *arguments: Any, **options: Any) -> None:
        """Look at what was typed before anything is done."""
        if options["act"] == "export" and options["file"] is None:
            self.fail(_("audit export needs the name of a file"), USAGE)
        for code in options["code"]:
            self._look_at(code)
        if options["act"] in ("export", "sign"):
            # Each ledger is witnessed in a transaction of its own before anything else.
            keep_watch(self._actor(options["account"]))
        super().handle(*arguments, **options)

    def run(self, actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """Do it; a broken journal is a failure."""
        try:
            return ACTS[options["act"]](actor, options)
        except OSError as error:
            told = {"file": error.filename or options["file"], "why": error.strerror}
            raise BadInput(_("%(file)s: %(why)s") % told) from error

    def print_words(self, document: dict[str, Any]) -> None:
        """A line for what was done, and each paper code on its own, ready to be written down."""
        if document.get("ok"):
            self.stdout.write(_("The journal is whole: %(entries)d entries") % document)
        if "file" in document:
            self.stdout.write(_("%(entries)d entries written to %(file)s") % document)
        for code in document.get("codes", {}).values():
            self.stdout.write(code)

    def _look_at(self, code: str) -> None:
        try:
            paper_witness(code)
        except ValueError:
            self.fail(
                _(
                    "--code: found “%(code)s”, expected CHAIN:NUMBER:XXXX-XXXX-XXXX-XXXX-C with its check symbol"
                )
                % {"code": code},
                USAGE,
            )


def _verify(actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
    if options["file"]:
        result = verify_file(options["file"], options["heads"], options["code"], options["attachment"])
    else:
        result = verify_live(heads=options["heads"], codes=options["code"])
    details = {"entries": result.entries, "ok": result.ok, "file": options["file"] and options["file"].name}
    record(Act.JOURNAL_VERIFIED, by=actor, at=clock.now(), details=details)
    return result.as_json(), "" if result.first_break is None else _in_words(result, result.first_break)


def _in_words(result: Result, found: Break) -> str:
    told = {
        "kind": kind_in_words(found.kind), "chain": found.chain or "*", "first": found.sequence, "last": found.until,
        "entries": result.entries,
    }  # fmt: skip
    if found.sequence == found.until:
        return (
            _("The journal is broken (%(kind)s): chain %(chain)s, entry %(first)d; %(entries)d entries read")
            % told
        )
    return _("The journal is broken (%(kind)s): chain %(chain)s, entries %(first)d to %(last)d") % told


def _export(actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
    written = export_file(options["file"], by=actor, now=clock.now())
    return {"entries": written, "file": str(options["file"]), "codes": paper_codes()}, ""


def _sign(_actor: Actor, _options: dict[str, Any]) -> tuple[dict[str, Any], str]:
    return {"codes": paper_codes()}, ""


def _code(_actor: Actor, options: dict[str, Any]) -> tuple[dict[str, Any], str]:
    chain = options["chain"]
    return {"codes": paper_codes() if chain is None else {chain: paper_code(chain)}}, ""


ACTS = {"verify": _verify, "export": _export, "sign": _sign, "code": _code}
