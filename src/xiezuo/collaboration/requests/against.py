"""What stands against a request as it was filled in. Pure; every reason names its field."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from xiezuo.collaboration.requests.asked import POINTERS, TEXTS, Asked
from xiezuo.collaboration.requests.offering import OF_LOANS
from xiezuo.collaboration.states import Duty, Measure, TeamRole
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.shared.pointers import against_pointer, against_words

if TYPE_CHECKING:
    from xiezuo.collaboration.models import Request
    from xiezuo.rules.models import WorkRule

LARGEST = 200
FEWEST_OWN = 2
"""Own staff for anything that gathers evidence (监察法 44, 政务处分法 42; §2A P2)."""
NO_TEAM = ("M7",)
"""Methods that send nobody: an opinion only."""


def against_filling(asked: Asked) -> list[Reason]:
    """What is never taken, not even into a draft: contents, people, and numbers that cannot be."""
    return [*_against_words(asked), *_against_numbers(asked), *_against_lists(asked)]


def _against_words(asked: Asked) -> Iterator[Reason]:
    for field in TEXTS:
        yield from against_words(getattr(asked, field), field=field, sure=asked.sure)
    for field in POINTERS:
        if getattr(asked, field).strip():
            yield from against_pointer(getattr(asked, field), sure=asked.sure, field=field)
    for words in (*asked.about_places, *asked.skills):
        field = "about_places" if words in asked.about_places else "skills"
        yield from against_words(words, field=field, sure=asked.sure, most=30)


def _against_numbers(asked: Asked) -> Iterator[Reason]:
    if not 0 <= asked.people <= LARGEST:
        words = _("Found %(found)s people; expected 0 to %(most)s.")
        yield Reason("people", words % {"found": asked.people, "most": LARGEST})
    for field, number in (("women", asked.women), ("own", asked.own)):
        if not 0 <= number <= max(asked.people, 0):
            words = _("Found %(found)s; expected at most the %(people)s people asked for.")
            yield Reason(field, words % {"found": number, "people": asked.people})
    if sum(asked.roles.values()) > max(asked.people, 0) * len(TeamRole):
        yield Reason("roles", _("More roles are asked for than the people can take."))
    if asked.starts and asked.ends and asked.starts >= asked.ends:
        yield Reason("ends", _("The last day is before the first."))


def _against_lists(asked: Asked) -> Iterator[Reason]:
    known = {"duty": ((asked.duty,), Duty.values), "measures": (asked.measures, Measure.values), "roles": (asked.roles, TeamRole.values)}  # fmt: skip
    for field, (given, allowed) in known.items():
        wrong = [each for each in given if each not in allowed]
        if wrong:
            words = _("Found “%(found)s”; expected one of %(allowed)s.")
            yield Reason(field, words % {"found": wrong[0], "allowed": listed(allowed)})


def gathers_evidence(asked: "Asked | Request") -> bool:
    """Whether what is asked for gathers evidence, so that two own staff and a safety officer must be there (工作规则 70)."""
    return bool(asked.measures) or asked.duty == Duty.INVESTIGATION


def against_submission(asked: Asked, rule: "WorkRule | None", standing: Collection[int], leading: Collection[int], today: date) -> list[Reason]:  # fmt: skip
    """What a draft still lacks, before it is submitted. `standing` are the units named that stand, `leading` 领办 offices."""
    return [*against_filling(asked), *_against_rule(asked, rule), *_against_lead(asked, standing, leading), *_against_profile(asked), *_against_days(asked, today)]  # fmt: skip


def _against_rule(asked: Asked, rule: "WorkRule | None") -> Iterator[Reason]:
    if asked.situation in OF_LOANS:
        yield Reason("situation", _("Loans and training on the job are applied for under Loans."))
    elif rule is None:
        words = _("No work rule in force allows the method %(method)s for the situation %(situation)s.")
        yield Reason("method", words % {"method": asked.method or "—", "situation": asked.situation or "—"})
    if not asked.reason.strip():
        yield Reason("reason", _("Say in a few words why help is needed, and nothing of what the matter is about."))  # fmt: skip


def _against_lead(asked: Asked, standing: Collection[int], leading: Collection[int]) -> Iterator[Reason]:
    if asked.lead is None or asked.lead not in standing:
        yield Reason("lead", _("Each request has exactly one unit in the lead; choose one that stands on the first day."))  # fmt: skip
    elif asked.lead not in leading and not asked.lead_reason.strip():
        yield Reason("lead_reason", _("By default an office that takes matters in hand is in the lead; say why it is another unit."))  # fmt: skip
    gone = [each for each in (*asked.about_units, *asked.wanted_units) if each not in standing]
    if gone:
        yield Reason("about_units", _("A unit named here does not stand on the first day."))


def _against_profile(asked: Asked) -> Iterator[Reason]:
    if asked.method in NO_TEAM:
        return
    if asked.people < 1:
        yield Reason("people", _("Say how many people are needed."))
    elif gathers_evidence(asked) and asked.own < FEWEST_OWN:
        words = _("What gathers evidence needs at least %(least)s own staff (Supervision Law, article 44); found %(found)s.")  # fmt: skip
        yield Reason("own", words % {"least": FEWEST_OWN, "found": asked.own})


def _against_days(asked: Asked, today: date) -> Iterator[Reason]:
    if asked.starts is None or asked.ends is None:
        yield Reason("starts", _("Say from which day to which help is needed."))
    elif asked.ends <= today:
        words = _("The last day %(found)s has passed; expected one from today, %(today)s, on.")
        yield Reason("ends", words % {"found": asked.ends - date.resolution, "today": today})
