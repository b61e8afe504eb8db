"""Teams in words: what a team lacks, why somebody cannot go, why somebody is proposed. No word says whom a matter concerns."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiezuo.collaboration.states import LEVELS, RequestLevel, TeamRole
from xiezuo.collaboration.teaming.checking import Broken
from xiezuo.collaboration.teaming.problem import Give, Kind, Rule, Way
from xiezuo.collaboration.teams.candidates import Away, AwayFor, Candidate, Ground
from xiezuo.collaboration.teams.reach import level_in
from xiezuo.shared.lists import clauses, listed
from xiezuo.ui.words import long_day


def broken_words(found: Broken, names: Mapping[int, str]) -> str:
    """What a team breaks, with what was found and expected."""
    who = names.get(int(found.person), "") if found.person else ""
    told = {"who": who, "of": _of(found.kind, found.of), "found": found.found, "expected": found.expected}
    return _BROKEN[found.kind]() % told


_BROKEN = {
    Kind.SIZE: lambda: _("The team has %(found)s people; %(expected)s were approved."),
    Kind.ROLE: lambda: _("%(of)s: found %(found)s, expected at least %(expected)s."),
    Kind.SKILL: lambda: _("Nobody in the team has the speciality %(of)s."),
    Kind.WOMEN: lambda: _("Women: found %(found)s, expected at least %(expected)s."),
    Kind.OWN: lambda: _("Own staff: found %(found)s, expected at least %(expected)s; who is lent or in training does not count."),
    Kind.PINNED: lambda: _("%(who)s must be in the team."),
    Kind.MOST_OF_UNIT: lambda: _("Of one unit: found %(found)s, expected at most %(expected)s."),
    Kind.LEAST_UNITS: lambda: _("Units: found %(found)s, expected at least %(expected)s."),
    Kind.PERSON: lambda: _("%(who)s cannot go."),
    Kind.TWICE: lambda: _("%(who)s is named twice."),
}  # fmt: skip


def _of(kind: Kind | Way, of: str) -> str:
    return str(TeamRole(of).label) if kind == Kind.ROLE and of in TeamRole.values else of


def rule_words(rule: Rule) -> str:
    """A demand of the team."""
    told = {"of": _of(rule.kind, rule.of), "least": rule.least}
    return {
        Kind.ROLE: lambda: _("%(of)s (at least %(least)s)"), Kind.SKILL: lambda: _("speciality %(of)s"),
        Kind.WOMEN: lambda: _("women (at least %(least)s)"),
    }.get(rule.kind, lambda: _("own staff (at least %(least)s)"))() % told  # fmt: skip


def why_not_words(person: Candidate, days: tuple[Any, Any]) -> str:
    """Why somebody cannot go; empty if they can. 回避 and the clause come first and alone."""
    if person.bar is not None:
        return person.bar.words
    if person.beyond is not None:
        return _("beyond the level of the request; to be taken to “%(level)s” by who applied") % {
            "level": person.beyond.label
        }
    return clauses(away_words(each) for each in person.away_in(days))


def away_words(away: Away) -> str:
    """What keeps somebody busy and until when; never for which matter."""
    told = {"first": long_day(away.starts), "last": long_day(away.ends - away.ends.resolution)}
    return _AWAY[away.why]() % told


_AWAY = {
    AwayFor.TEAM: lambda: _("In another team from %(first)s to %(last)s"),
    AwayFor.LENT: lambda: _("On loan for another matter from %(first)s to %(last)s"),
    AwayFor.LEAVE: lambda: _("On leave from %(first)s to %(last)s"),
    AwayFor.POST: lambda: _("Holds no post here from %(first)s to %(last)s"),
}


def reasons_words(reasons: Iterable[Mapping[str, Any]]) -> list[str]:
    """Why a proposal names somebody, as it was kept with the member."""
    return [words for each in reasons if (words := _reason(each))]


def _reason(reason: Mapping[str, Any]) -> str:
    return {
        "own": lambda: _("own staff"),
        "woman": lambda: _("woman"),
        "skill": lambda: _("speciality %(of)s") % {"of": reason.get("of", "")},
        "full_time": lambda: _("full-time"),
        "load": lambda: (
            _("%(days)s days in teams in the last twelve months") % {"days": reason.get("days", 0)}
        ),
        "way": lambda: _("%(kilometres)s km as the crow flies") % {"kilometres": reason.get("kilometres")},
    }.get(str(reason.get("kind")), str)()


def gives_words(gives: Sequence[Give], ground: Ground) -> list[str]:
    """What would have to give together. Of people beyond the level not each by name: the level, and how many more it brings."""
    names = {each.person: each.name for each in ground.people}
    levels = [level for each in gives if each.kind is Way.LIFT and (level := level_in(each.of))]
    told = [give_words(each, names) for each in gives if each.kind is not Way.LIFT]
    return [*told, *([level_words(max(levels, key=LEVELS.index), ground)] if levels else [])]


def level_words(level: RequestLevel, ground: Ground) -> str:
    """The next level as a way forward, with how many more people could go then."""
    number = ground.further(level)
    words = ngettext("take it to “%(level)s”: %(number)s more person could go", "take it to “%(level)s”: %(number)s more people could go", number)  # fmt: skip
    return words % {"level": level.label, "number": number}


def give_words(give: Give, names: Mapping[int, str]) -> str:
    """One thing that would have to give so that somebody fits."""
    told = {
        "of": _of(give.kind, give.of), "found": give.found, "enough": give.enough,
        "who": names.get(int(give.person), "") if give.person else "", "day": long_day(give.starts) if give.starts else "",
    }  # fmt: skip
    return _GIVE[give.kind]() % told


_GIVE: Mapping[Kind | Way, Any] = {
    Kind.SIZE: lambda: _("%(enough)s people instead of %(found)s"),
    Kind.ROLE: lambda: _("%(of)s: %(enough)s instead of %(found)s"),
    Kind.SKILL: lambda: _("without the speciality %(of)s"),
    Kind.WOMEN: lambda: _("%(enough)s women instead of %(found)s"),
    Kind.OWN: lambda: _("%(enough)s own staff instead of %(found)s"),
    Kind.PINNED: lambda: _("without %(who)s"),
    Kind.MOST_OF_UNIT: lambda: _("%(enough)s people of one unit instead of %(found)s"),
    Kind.LEAST_UNITS: lambda: _("%(enough)s units instead of %(found)s"),
    Way.FREE: lambda: _("%(who)s freed from what keeps them busy"),
    Way.LATER: lambda: _("begin on %(day)s, for as many days"),
}


def roles_words(roles: Sequence[str]) -> str:
    """What a member is in the team."""
    return listed(str(TeamRole(each).label) for each in roles if each in TeamRole.values)
