"""Questions about talks and incidents: for the reader as the database shows them; who was responsible, as the product."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Role, User, as_the_product, persons_of
from xiezuo.collaboration.models import Incident, Member, Recusal, Request, Talk
from xiezuo.collaboration.queries.telling import number_of_request
from xiezuo.collaboration.queries.work import members_of, names_in
from xiezuo.collaboration.safety.gaps import Gap, Span, gaps_of
from xiezuo.collaboration.states import IncidentState, RecusalDecision, TeamRole
from xiezuo.organisation.api import Commission, person_names, role_of_post
from xiezuo.organisation.models import Assignment, UnitRecord
from xiezuo.rules.api import edition_begun_under
from xiezuo.shared.errors import NotThere


def talks_of(row: Request) -> list[Talk]:
    """The talks of a request with their stretches, the first first; those that were replaced too. Two queries."""
    rows = Talk.objects.filter(request=row).select_related("incident", "replaced_by")
    return list(rows.prefetch_related("recordings").order_by("position"))


def talk_shown(commission: Commission, pk: int) -> Talk:
    """One talk with its request. Raises `NotThere` if there is none, or none for the reader. Two queries."""
    rows = Talk.objects.select_related("request__commission", "incident", "replaced_by", "replaces")
    found = rows.prefetch_related("recordings").filter(request__commission=commission, pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such talk, or it is not for you."))
    return found


def gaps_in(talk: Talk) -> list[Gap]:
    """What was not recorded of a talk whose stretches are at hand."""
    return gaps_of(Span(talk.started, talk.ended), (Span(each.started, each.stopped) for each in talk.recordings.all()))  # fmt: skip


def incidents_of(row: Request) -> list[Incident]:
    """The incidents of a request with their steps, the first first. Two queries."""
    return list(Incident.objects.filter(request=row).prefetch_related("steps").order_by("position"))


def incident_shown(commission: Commission, pk: int) -> Incident:
    """One incident with its steps. Raises `NotThere` if there is none, or none for the reader. Two queries."""
    rows = Incident.objects.filter(commission=commission, pk=pk).select_related("commission")
    found = rows.prefetch_related("steps").first()
    if found is None:
        raise NotThere(_("There is no such incident, or it is not for you."))
    return found


def open_incidents(commission: Commission) -> QuerySet[Incident]:
    """The incidents that are not closed, whose report is due first first. As the database shows them."""
    rows = Incident.objects.filter(commission=commission).exclude(state=IncidentState.CLOSED)
    return rows.prefetch_related("steps").order_by("due_at", "pk")


def numbers_of(incidents: Iterable[Incident]) -> dict[int, str]:
    """The numbers of the requests of incidents, which whoever sees the incident may know. One query."""
    with as_the_product():
        rows = Request.objects.filter(pk__in={each.request_id for each in incidents})
        return {row.pk: number_of_request(row) for row in rows}


def request_of_incident(incident: Incident) -> Request | None:
    """The request of an incident, for who reads it; None for the secretary, to whom the incident alone went. One query."""
    return Request.objects.select_related("commission").filter(pk=incident.request_id).first()


@dataclass(frozen=True)
class Responsible:
    """Who answers for safety on a day: the head of the unit in the lead and the leader of the team first, the officer named."""

    head: int | None
    leader: Member | None
    officer: Member | None


def responsible_on(row: Request, on: date) -> Responsible:
    """Who answered for the safety of a request on a day. As the product. Three queries."""
    team = team_on(row, on)
    return Responsible(_head(row.lead_id, on), _as(team, TeamRole.LEADER), _as(team, TeamRole.SAFETY))


def _as(team: Iterable[Member], role: TeamRole) -> Member | None:
    return next((each for each in team if role in each.roles), None)


def team_on(row: Request, on: date) -> list[Member]:
    """Who was in the team on a day, by the order in which they were chosen; the day on which somebody left counts. One query."""
    rows = Member.objects.filter(request=row, joined_at__isnull=False, starts__lte=on)
    return list(rows.filter(Q(left_on=None) | Q(left_on__gte=on)).order_by("pk"))


def _head(unit: int | None, on: date) -> int | None:
    """The person who headed a unit on a day, by the ledger and not by accounts."""
    record = UnitRecord.objects.on(on).filter(unit=unit or 0).first()
    if record is None:
        return None
    for post in Assignment.objects.on(on).filter(unit=record.unit_id).order_by("position", "pk"):
        if role_of_post(kind=record.kind, name=record.name, post=post.post) == Role.UNIT_HEAD:
            return post.person_id
    return None


def standing_out(row: Request, until: datetime | None = None) -> set[int]:
    """The persons who must stand out of a request, or may have to; of questions raised before `until`. One query."""
    rows = Recusal.objects.filter(request=row, decision__in=(RecusalDecision.OPEN, RecusalDecision.RECUSED))
    rows = rows.filter(raised_at__lt=until) if until else rows
    return set(rows.values_list("person_id", flat=True))


def accounts_standing_out(row: Request) -> set[int]:
    """The accounts that are not even reminded that a request is there (保密法 21). Two queries."""
    rows = Recusal.objects.filter(request=row, decision__in=(RecusalDecision.OPEN, RecusalDecision.RECUSED))
    named = list(rows.values_list("account", "person_id"))
    persons = {person for _account, person in named}
    known = persons_of(commission=row.commission_id)
    return {account for account, _person in named if account} | {
        account for account, person in known.items() if person in persons
    }


def persons_called(incident: Incident, on: date) -> dict[str, str]:
    """What the head, the leader and the safety officer of an incident are called; empty for who was none. Two queries."""
    with as_the_product():
        rows = Member.objects.filter(
            pk__in=[each for each in (incident.leader_id, incident.officer_id) if each]
        )
        people = {each.pk: each.person_id for each in rows}
        told = {"head": incident.head_id, "leader": people.get(incident.leader_id or 0), "officer": people.get(incident.officer_id)}  # fmt: skip
        names = person_names({each for each in told.values() if each}, on)
    return {name: names.get(person or 0, "") for name, person in told.items()}


def talkers_called(row: Request, on: date) -> dict[int, str]:
    """Everybody who joined the team and what they are called, by member: those who have left too. Two queries."""
    return names_in(members_of(row), on)


def called(accounts: Collection[str], on: date) -> dict[str, str]:
    """The persons behind the names of accounts, as far as they were confirmed. Two queries."""
    with as_the_product():
        users = User.objects.filter(username__in=set(accounts), person__isnull=False).exclude(
            person_confirmed_by=""
        )
        people = dict(users.values_list("username", "person"))
        names = person_names({each for each in people.values() if each}, on)
    return {account: names[person] for account, person in people.items() if person in names}


def rule_words(incident: Incident) -> str:
    """The rule that an incident's clock goes by, with its clause; that of the work rule itself where the county has none. One query."""
    if incident.rule is None:
        return _("the 24 hours of 监督执纪工作规则第七十条; the county has no deadline T11 to count by")
    with as_the_product():
        rule = edition_begun_under(incident.commission, incident.rule)
    return "，".join(each for each in (f"{rule.code} {rule.name}", rule.clause) if each)


def talks_replaceable(row: Request) -> list[Talk]:
    """The talks of a request that a further row may still replace. One query."""
    return list(Talk.objects.filter(request=row, replaced_by=None).order_by("position"))
