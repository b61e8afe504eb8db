"""The writes of the log, of minutes of joint meetings, and of the index of the file: rows are added and never changed."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.collaboration.models import JointMeeting, LogEntry, Member, Paper, Request
from xiezuo.collaboration.queries.requests import units_standing
from xiezuo.collaboration.queries.work import names_in, part_of
from xiezuo.collaboration.requests.moving_operations import held
from xiezuo.collaboration.work import policies
from xiezuo.collaboration.work.asked import Handed, Met
from xiezuo.collaboration.work.chain import is_digest
from xiezuo.collaboration.work.holding import written
from xiezuo.collaboration.work.plan_operations import LONGEST, note
from xiezuo.shared.errors import Reason, refuse_if
from xiezuo.shared.pointers import against_words

DAY_HOURS = Decimal(24)
HALF = Decimal("0.5")


@transaction.atomic
def note_work(
    *, request: Request, day: date, hours: Decimal, what: str, member: int | None = None, sure: bool = False, key: UUID,
    by: Actor, now: datetime,
) -> LogEntry:  # fmt: skip
    """Enter what a member did on a day, as a pointer, and the hours, by halves. Without `member` one's own.

    Raises `Refused` for a day outside the member's days, and for more than 24 hours of a member on one day.
    """
    row = held(request)
    if earlier := written(LogEntry, key, by):
        return earlier
    today = timezone.localdate(now)
    part = part_of(by, row, today)
    refuse_if(policies.may_log(by, row, part, member))
    who = member or part.member
    with as_the_product():
        refuse_if(_against_entry(row, who, day=day, hours=hours, what=what, today=today, sure=sure))
        entry = LogEntry.objects.create(
            request=row, member_id=who, day=day, hours=hours, what=what.strip(), by=by.name, at=now, key=key
        )  # fmt: skip
    note(row, {"log": entry.pk}, by, now)
    return entry


def _against_entry(row: Request, who: int | None, *, day: date, hours: Decimal, what: str, today: date, sure: bool) -> list[Reason]:  # fmt: skip
    found = against_words(what, field="what", sure=sure)
    if not what.strip():
        found.append(Reason("what", _("Say what was done, by a pointer such as a task or a number.")))
    member = Member.objects.filter(request=row, pk=who or 0, joined_at__isnull=False).first()
    if member is None:
        return [*found, Reason("member", _("This is no member of the team."))]
    # Until they leave: work that was given more time goes on past the days that were planned.
    last = min(today, member.left_on or today)
    if not member.starts <= day <= last:
        words = _("%(found)s is found; expected a day in the team, from %(first)s to %(last)s.")
        found.append(Reason("day", words % {"found": day, "first": member.starts, "last": last}))
    return [*found, *_against_hours(row, member, day, hours)]


def _against_hours(row: Request, member: Member, day: date, hours: Decimal) -> list[Reason]:
    if hours % HALF or not 0 <= hours <= DAY_HOURS:
        words = _("%(found)s hours are found; expected 0 to 24 by halves.")
        return [Reason("hours", words % {"found": hours})]
    before = LogEntry.objects.filter(request=row, member=member, day=day).aggregate(all=Sum("hours"))["all"]
    if (before or 0) + hours > DAY_HOURS:
        words = _("%(before)s hours of this member on %(day)s are entered already; a day has 24.")
        return [Reason("hours", words % {"before": before, "day": day})]
    return []


@transaction.atomic
def note_meeting(*, request: Request, met: Met, key: UUID, by: Actor, now: datetime) -> JointMeeting:
    """Keep the minutes of a joint meeting. Who stood out is told as a number only."""
    row = held(request)
    if earlier := written(JointMeeting, key, by):
        return earlier
    today = timezone.localdate(now)
    refuse_if(policies.may_meet(by, row, part_of(by, row, today)))
    with as_the_product():
        team = list(Member.objects.filter(request=row, joined_at__isnull=False))
        refuse_if(_against_meeting(row, met, team, today))
        chair = names_in([each for each in team if each.pk == met.chair], met.day).get(met.chair or 0, "")
        meeting = JointMeeting.objects.create(
            request=row, day=met.day, chair=chair, present=list(dict.fromkeys(met.present)), stood_out=met.stood_out,
            safety=met.safety.strip(), resolved=met.resolved.strip(), owner_id=met.owner, due_on=met.due_on, by=by.name,
            at=now, key=key,
        )  # fmt: skip
    note(row, {"meeting": meeting.pk}, by, now)
    return meeting


def _against_meeting(row: Request, met: Met, team: list[Member], today: date) -> list[Reason]:
    found = [
        *against_words(met.resolved, field="resolved", sure=met.sure, most=LONGEST),
        *against_words(met.safety, field="safety", sure=met.sure, most=LONGEST),
    ]
    if not met.resolved.strip():
        found.append(Reason("resolved", _("Say what was resolved.")))
    if met.day > today:
        words = _("%(found)s is still to come; expected today, %(today)s, or an earlier day.")
        found.append(Reason("day", words % {"found": met.day, "today": today}))
    ids = {each.pk for each in team}
    if not met.present or not {*met.present, *([met.chair] if met.chair else [])} <= ids:
        found.append(Reason("present", _("Name who was present, of the members of the team.")))
    if met.stood_out > len(team) + len(row.axis):
        found.append(Reason("stood_out", _("More stood out than belong to the team.")))
    return [*found, *_against_owner(row, met)]


def _against_owner(row: Request, met: Met) -> list[Reason]:
    found = []
    if met.owner is not None and not units_standing(row.commission, [met.owner], met.day):
        found.append(Reason("owner", _("There is no such unit.")))
    if met.due_on is not None and met.owner is None:
        found.append(Reason("owner", _("Say which unit does it by %(day)s.") % {"day": met.due_on}))
    if met.due_on is not None and met.due_on < met.day:
        found.append(Reason("due_on", _("%(day)s lies before the meeting.") % {"day": met.due_on}))
    return found


@transaction.atomic
def add_paper(*, request: Request, paper: Handed, key: UUID, by: Actor, now: datetime) -> Paper:
    """Enter a paper in the index of the file; the paper itself stays where it lies. Raises `Refused` with every reason."""
    row = held(request)
    if earlier := written(Paper, key, by):
        return earlier
    today = timezone.localdate(now)
    refuse_if(policies.may_file(by, row, part_of(by, row, today)))
    refuse_if(_against_paper(paper, today))
    with as_the_product():
        kept = Paper.objects.create(
            request=row, position=Paper.objects.filter(request=row).count() + 1, name=paper.name.strip(), pages=paper.pages,
            secrecy_from=paper.secrecy_from.strip(), kept_at=paper.kept_at.strip(), digest=paper.digest.strip().lower(),
            handed_by=paper.handed_by.strip(), taken_by=paper.taken_by.strip(), handed_on=paper.handed_on, by=by.name,
            at=now, key=key,
        )  # fmt: skip
    note(row, {"paper": kept.pk}, by, now)
    return kept


def _against_paper(paper: Handed, today: date) -> list[Reason]:
    texts = {"name": paper.name, "secrecy_from": paper.secrecy_from, "kept_at": paper.kept_at}
    signed = {"handed_by": paper.handed_by, "taken_by": paper.taken_by}
    found = [each for field, text in texts.items() for each in against_words(text, field=field, sure=paper.sure, most=100)]  # fmt: skip
    found += [each for field, text in signed.items() for each in against_words(text, field=field, sure=True, most=30)]  # fmt: skip
    if not paper.name.strip():
        found.append(Reason("name", _("Say what the paper is called, such as 工作方案.")))
    if not 1 <= paper.pages <= 9999:
        found.append(Reason("pages", _("%(found)s pages are found; expected 1 to 9999.") % {"found": paper.pages}))  # fmt: skip
    if paper.digest.strip() and not is_digest(paper.digest.strip().lower()):
        words = _("The check number has %(found)s characters or others than 0-9 and a-f; expected the 64 of SHA-256.")  # fmt: skip
        found.append(Reason("digest", words % {"found": len(paper.digest.strip())}))
    if paper.handed_on is not None and paper.handed_on > today:
        words = _("%(found)s is still to come; expected today, %(today)s, or an earlier day.")
        found.append(Reason("handed_on", words % {"found": paper.handed_on, "today": today}))
    if bool(paper.handed_by.strip()) != bool(paper.taken_by.strip()):
        found.append(Reason("taken_by", _("A handing over has two signatures: who handed it over and who took it.")))  # fmt: skip
    return found
