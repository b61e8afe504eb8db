"""What a request asks for, in words: under one another, and beside another version of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xiezuo.collaboration.models import Request
from xiezuo.collaboration.queries.request_page import Rules
from xiezuo.collaboration.requests.asked import Asked, asked_of
from xiezuo.collaboration.requests.wording import days_words
from xiezuo.collaboration.states import Duty, Measure, TeamRole
from xiezuo.shared.lists import listed
from xiezuo.ui.blocks import Changed, Difference
from xiezuo.ui.choices import words_of, words_of_all

Facts = list[tuple[str, Any]]


def asked_facts(row: Request, units: Mapping[int, str], rules: Rules, _on: date) -> Facts:
    """What a draft asks for, with what its rules are called now."""
    return [
        (pgettext("request", "Asked by"), units.get(row.unit_id, "")),
        *_facts(asked_of(row), units, _names(rules)),
    ]


def needed_facts(asked: Asked, units: Mapping[int, str], site: str = "") -> Facts:
    """What is needed: the profile, what for, where and when; never a name."""
    return [
        (_("Work"), words_of(Duty, asked.duty)), (_("What the team may do"), words_of_all(Measure, asked.measures)),
        (_("People"), profile_words(asked)), (_("Roles"), listed([f"{words_of(TeamRole, role)} {least}" for role, least in asked.roles.items()])),
        (_("Specialities"), listed(list(asked.skills))), (pgettext("request", "Days"), days_words(asked.starts, asked.ends)),
        (pgettext("request", "Place"), listed([site, asked.site_words])),
        (_("Units that the matter concerns"), _units(asked.about_units, units)),
        (_("Townships that the matter concerns"), listed(list(asked.about_places))), (_("Units wanted"), _units(asked.wanted_units, units)),
        (_("State secrets are touched on"), _("yes") if asked.carries_secrets else ""),
        (_("Pages that are handed over with it"), asked.pages_attached or ""),
    ]  # fmt: skip


def _facts(asked: Asked, units: Mapping[int, str], rules: Mapping[str, str]) -> Facts:
    return [
        (pgettext("request", "Situation"), rules.get(asked.situation, asked.situation)),
        (pgettext("request", "Method"), rules.get(asked.method, asked.method)),
        (_("Why help is needed"), asked.reason), (_("Pointer"), asked.pointer), (_("No. of the letter"), asked.letter_no),
        *needed_facts(asked, units), (_("Unit in the lead"), units.get(asked.lead or 0, "")),
        (_("Why it is another unit"), asked.lead_reason),
    ]  # fmt: skip


def profile_words(asked: Asked) -> str:
    """How many people, of them at least how many women and own staff."""
    if not asked.people:
        return ""
    words = _("%(people)s, of them at least %(women)s women and %(own)s own staff")
    return words % {"people": asked.people, "women": asked.women, "own": asked.own}


def _units(keys: Sequence[int], names: Mapping[int, str]) -> str:
    return listed([names.get(each, "") for each in keys])


def _names(rules: Rules) -> dict[str, str]:
    return {each.code: each.name for each in (*rules.situations, *rules.methods)}


def differing(
    stands: Asked, typed: Asked, units: Sequence[tuple[int, str]], rules: Rules
) -> Difference | None:
    """What stands now beside what was typed, where they differ."""
    before, after = (_facts(each, dict(units), _names(rules)) for each in (stands, typed))
    changed = [Changed(words, str(old) or None, str(new) or None) for (words, old), (_w, new) in zip(before, after, strict=True) if str(old) != str(new)]  # fmt: skip
    return Difference(changed, before_words=_("As it stands now"), after_words=_("As you typed it")) if changed else None  # fmt: skip
