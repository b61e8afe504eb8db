"""What an answer says, in the reader's words: terms, stresses, proofs, rules and the conflicts between them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xiezuo.shared.lists import clauses, listed
from xiezuo.zones.queries.proposals import Words
from xiezuo.zones.scheme import Scheme
from xiezuo.zones.valuing import STAFF


def step_words(step: str) -> str:
    """What is being done now."""
    return {
        "ground": _("Reading the ledger and the county's sheets"),
        "乡镇": _("Drawing the township zones"),
        "县直": _("Drawing the direct zones"),
        "reasons": _("Working out why each unit is where it is"),
    }.get(step, _("Waiting for its turn"))


def part_words(part: str) -> str:
    """The name of a part."""
    return {"乡镇": _("Township zones"), "县直": _("Direct zones"), "leaders": _("Leaders")}.get(part, part)


def stress_words(stress: str) -> str:
    """What a proposal sets store by."""
    return {
        "county": _("the weights as they were set"),
        "travel": _("short ways"),
        "ties": _("functions and the division of work"),
        "balance": _("even loads"),
        "changes": _("few changes"),
    }.get(stress, stress)


def ways_words(ways: str) -> str:
    """Where the ways come from that were counted."""
    return {
        "sheet": _("Ways are those of the county's own sheet."),
        "coordinates": _(
            "The county gave no travel times: ways are reckoned from coordinates, the great circle times a road factor of 1.4 at 40 km an hour."
        ),
        "both": _(
            "Ways are those of the county's sheet; where it says nothing they are reckoned from coordinates, the great circle times a road factor of 1.4 at 40 km an hour."
        ),
    }.get(ways, _("No ways are known: neither a sheet nor coordinates. Distance was not counted."))


def load_words(load: str) -> str:
    """The name of a load; those of the county's sheet are its own words."""
    return pgettext("load", "people in post") if load == STAFF else load


def proof_words(proof: Mapping[str, Any]) -> str:
    """How sure it is that nothing is better."""
    if proof["bound"] is None:
        return _("best found in the time given; how far from the best is not known")
    if not proof["gap"] and proof.get("stress", "county") == "county":
        return _("proven: nothing is better at these weights")
    if not proof["gap"]:
        return _(
            "proven: with this emphasis nothing is better that differs in two units from the proposals before"
        )
    return _("best found in the time given; at most %(gap)s %% dearer than the best") % {
        "gap": f"{100 * proof['gap']:.1f}"
    }


def rule_words(name: str, named: Mapping[str, Mapping[str, Any]], words: Words, scheme: Scheme) -> str:
    """A rule as the reader knows it: a rule of zone plans by its name, a wish by its units and zones."""
    about = named.get(name) or {}
    if about.get("name"):
        limit = "" if about.get("limit") is None else f" ({about['limit']} {about['unit']})"
        return f"{name} {about['name']}{limit}"
    kind, *rest = name.split(":")
    return _wish_words(kind, rest, words, scheme)


def _wish_words(kind: str, rest: list[str], words: Words, scheme: Scheme) -> str:
    if kind in {"fixed", "host"}:
        told = {"unit": words.unit(rest[0]), "zone": zone_words(":".join(rest[1:]), scheme)}
        return (
            _("%(unit)s is fixed to %(zone)s")
            if kind == "fixed"
            else _("Z07 %(unit)s houses the axis of %(zone)s")
        ) % told
    if kind == "apart":
        return _("%(one)s and %(other)s are not in one zone") % {
            "one": words.unit(rest[0]), "other": words.unit(rest[1])
        }  # fmt: skip
    if kind == "together":
        return _("%(units)s stay together") % {"units": listed(words.unit(each) for each in rest)}
    if kind == "stays":
        return _("%(unit)s stays in the zone that it leads") % {"unit": words.unit(rest[0])}
    return {
        "axis": _("Each axis is in its own zone"),
        "touching": _("The townships of a zone lie together"),
        "number of zones": _("The number of zones that was asked for"),
    }.get(kind, kind)


def zone_words(code: str, scheme: Scheme) -> str:
    """The name of a zone."""
    zone = scheme.zone(code)
    return zone.name if zone else code


def conflict_words(conflict: Mapping[str, Any], words: Words, scheme: Scheme) -> str:
    """Why there is no proposal, in one paragraph."""
    kind = conflict["kind"]
    if kind == "rules":
        rules = [rule_words(each, conflict["named"], words, scheme) for each in conflict["rules"]]
        return _("%(part)s: no plan keeps all of these at once; without any one of them there is one: %(rules)s") % {
            "part": part_words(conflict["part"]), "rules": clauses(rules)
        }  # fmt: skip
    if kind == "ways":
        pairs = listed(f"{words.unit(one)} → {words.unit(other)}" for one, other in conflict["pairs"])
        return ngettext(
            "%(many)d way is missing: %(pairs)s. Give it in the sheet of travel times, or coordinates in the ledger.",
            "%(many)d ways are missing: %(pairs)s. Give them in the sheet of travel times, or coordinates in the ledger.",
            conflict["many"],
        ) % {"many": conflict["many"], "pairs": pairs}  # fmt: skip
    if kind == "leaders":
        return _(
            "%(zones)s zones cannot be led: %(leaders)s leaders may hold at most %(span)s each (Z05)."
        ) % dict(conflict)
    if kind == "time":
        return _("%(part)s: no plan was found in the time given; give more time or fewer wishes.") % {
            "part": part_words(conflict["part"])
        }
    return pgettext(
        "proposals", "There is nothing to draw: the ledger of this day has no units and zones of these kinds."
    )
