"""What stands against a talk or an incident as it was told. Every reason names its field. As the product."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.collaboration.models import Incident, Member, Request, Talk
from xiezuo.collaboration.queries.safety import responsible_on, standing_out, talks_replaceable, team_on
from xiezuo.collaboration.requests.against import FEWEST_OWN
from xiezuo.collaboration.safety.asked import STRETCHES, Happened, Held, Stretch, Upward
from xiezuo.collaboration.states import IncidentKind, Standing
from xiezuo.collaboration.work.chain import is_digest
from xiezuo.shared.errors import Reason
from xiezuo.shared.lists import listed
from xiezuo.shared.pointers import against_pointer, against_words

FEWEST = 2
LONGEST_TALK = timedelta(hours=24)
"""A talk that is told to be longer is a slip of the pen; how long one may be is nowhere laid down (domain.md §3.3)."""
LONGEST_DEVICE = 40


def shown(instant: datetime) -> str:
    """An instant as it is written in a refusal."""
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M:%S}"


def against_talk(row: Request, talk: Held, now: datetime) -> list[Reason]:
    """Everything that stands against a talk: its times, who talked, its room, its stretches, what it replaces."""
    times = list(_against_times(talk, now))
    return [
        *times, *([] if times else _against_team(row, talk)), *against_pointer(talk.room, field="room", sure=talk.sure),
        *_against_stretches(talk, now), *_against_replacing(row, talk),
    ]  # fmt: skip


def _against_times(talk: Held, now: datetime) -> Iterator[Reason]:
    if talk.ended <= talk.started:
        words = _("The talk is told to end at %(end)s; expected a time after %(start)s.")
        yield Reason("ended", words % {"end": shown(talk.ended), "start": shown(talk.started)})
    elif talk.ended - talk.started > LONGEST_TALK:
        yield Reason("ended", _("The talk is told to be longer than 24 hours; look at its times again."))
    if talk.ended > now:
        words = _("%(found)s is still to come; a talk is told of after it has ended.")
        yield Reason("ended", words % {"found": shown(talk.ended)})


def _against_team(row: Request, talk: Held) -> Iterator[Reason]:
    on = timezone.localdate(talk.started)
    team = {each.pk: each for each in team_on(row, on)}
    yield from _against_talkers(row, talk, team)
    if talk.custodian not in team:
        words = _("Say which member of the team keeps the recording, of those who were in it on %(day)s.")
        yield Reason("custodian", words % {"day": on})
    yield from _against_officer(row, on)


def _against_talkers(row: Request, talk: Held, team: Mapping[int, Member]) -> Iterator[Reason]:
    named = set(talk.talkers)
    if not named <= set(team):
        yield Reason("talkers", _("Somebody who is named was not in the team on that day."))
        return
    if len(named) < FEWEST:
        words = _("%(found)s is named; a talk is held by at least %(least)s members (Supervision Law, article 44).")  # fmt: skip
        yield Reason("talkers", words % {"found": len(named), "least": FEWEST})
    own = sum(team[each].standing == Standing.OWN for each in named)
    if own < FEWEST_OWN:
        words = _("What gathers evidence needs at least %(least)s own staff (Supervision Law, article 44); found %(found)s.")  # fmt: skip
        yield Reason("talkers", words % {"least": FEWEST_OWN, "found": own})
    if {team[each].person_id for each in named} & standing_out(row, talk.started):
        yield Reason("talkers", _("Somebody who is named had to stand out by then (回避), or the question was open."))  # fmt: skip


def _against_officer(row: Request, on: date) -> list[Reason]:
    return [] if responsible_on(row, on).officer else [nobody_named(on)]


def nobody_named(on: date) -> Reason:
    """Why nothing goes on without a safety officer who was named in the team on that day (工作规则 70)."""
    words = _("No safety officer was named in the team on %(day)s. Name one on the page of the team first (监督执纪工作规则第七十条).")  # fmt: skip
    return Reason("officer", words % {"day": on})


def _against_stretches(talk: Held, now: datetime) -> Iterator[Reason]:
    if not 1 <= len(talk.stretches) <= STRETCHES:
        words = _("%(found)s stretches of the recording are found; expected 1 to %(most)s.")
        yield Reason("started_1", words % {"found": len(talk.stretches), "most": STRETCHES})
    for place, each in enumerate(talk.stretches, 1):
        yield from _against_stretch(talk, each, place, now)
        yield from _against_repeating(talk.stretches[: place - 1], each, place)


def _against_stretch(talk: Held, each: Stretch, place: int, now: datetime) -> Iterator[Reason]:
    if each.stopped <= each.started:
        words = _("The recorder is told to stop at %(end)s; expected a time after %(start)s.")
        yield Reason(f"stopped_{place}", words % {"end": shown(each.stopped), "start": shown(each.started)})
    elif each.stopped <= talk.started or each.started >= talk.ended:
        words = _("This stretch lies outside the talk, which was from %(start)s to %(end)s.")
        yield Reason(f"started_{place}", words % {"start": shown(talk.started), "end": shown(talk.ended)})
    if each.stopped > now:
        yield Reason(f"stopped_{place}", _("%(found)s is still to come.") % {"found": shown(each.stopped)})
    if not is_digest(each.digest.strip().lower()):
        words = _("The check number has %(found)s characters or others than 0-9 and a-f; expected the 64 of SHA-256.")  # fmt: skip
        yield Reason(f"digest_{place}", words % {"found": len(each.digest.strip())})
    if not each.device.strip():
        yield Reason(f"device_{place}", _("Give the number of the device."))
    yield from against_words(each.device, field=f"device_{place}", sure=True, most=LONGEST_DEVICE)


def _against_repeating(before: tuple[Stretch, ...], each: Stretch, place: int) -> Iterator[Reason]:
    """One file is entered once, and one device records one stretch at a time."""
    for other in before:
        if other.digest.strip().lower() == each.digest.strip().lower():
            yield Reason(f"digest_{place}", _("This is the check number of another stretch of this talk."))
        elif other.device.strip() == each.device.strip() and other.started < each.stopped and each.started < other.stopped:  # fmt: skip
            yield Reason(f"started_{place}", _("The same device is told to have recorded two stretches at once."))  # fmt: skip


def _against_replacing(row: Request, talk: Held) -> Iterator[Reason]:
    standing = talks_replaceable(row)
    yield from _against_entered_twice(standing, talk)
    if talk.replaces is None:
        return
    if talk.replaces not in {each.pk for each in standing}:
        yield Reason("replaces", _("This talk was replaced already, or is none of this request."))
    if not talk.because.strip():
        yield Reason("because", _("Say what was entered wrongly."))
    yield from against_words(talk.because, field="because", sure=talk.sure)


def _against_entered_twice(standing: Sequence[Talk], talk: Held) -> Iterator[Reason]:
    """Nobody talks twice at once: of two who enter one talk the second is told."""
    for each in standing:
        together = (
            each.started < talk.ended and talk.started < each.ended and set(each.talkers) & set(talk.talkers)
        )
        if together and each.pk != talk.replaces:
            words = _("Talk %(number)s of these people was at the same time, from %(start)s to %(end)s. If it was entered wrongly, replace it.")  # fmt: skip
            told = {"number": each.position, "start": shown(each.started), "end": shown(each.ended)}
            yield Reason("started", words % told)


def against_happening(row: Request, happened: Happened, now: datetime) -> list[Reason]:
    """Everything that stands against an incident as it was told; somebody must have been named for safety when it happened."""
    instants = list(_against_instants(happened, now))
    named = [] if instants else _against_officer(row, timezone.localdate(happened.occurred_at))
    words = against_words(happened.said, field="said", sure=happened.sure)
    return [*_against_kind(happened), *instants, *named, *words]


def _against_kind(happened: Happened) -> Iterator[Reason]:
    if happened.kind not in IncidentKind.values:
        words = _("“%(found)s” is no kind of incident; expected one of %(known)s.")
        yield Reason("kind", words % {"found": happened.kind[:20], "known": listed(IncidentKind.values)})
    elif happened.kind == IncidentKind.OTHER and not happened.said.strip():
        yield Reason("said", _("Say by a pointer what it was."))


def _against_instants(happened: Happened, now: datetime) -> Iterator[Reason]:
    if happened.occurred_at > now:
        yield Reason("occurred_at", _("%(found)s is still to come.") % {"found": shown(happened.occurred_at)})
    elif not happened.occurred_at <= happened.known_at <= now:
        words = _("%(found)s is found; expected a time from %(first)s, when it happened, to now.")
        told = {"found": shown(happened.known_at), "first": shown(happened.occurred_at)}
        yield Reason("known_at", words % told)


def against_report(incident: Incident, upward: Upward, now: datetime) -> list[Reason]:
    """Everything that stands against a report as it was told; a late one is none of it."""
    found = [*against_words(upward.office, field="office", sure=True, most=60), *against_words(upward.paper_no, field="paper_no", sure=True, most=60)]  # fmt: skip
    if not upward.office.strip():
        found.append(Reason("office", _("Say to which office it was reported.")))
    if not upward.paper_no.strip():
        found.append(Reason("paper_no", _("Give the number of the report.")))
    if not incident.known_at <= upward.reported_at <= now:
        words = _("%(found)s is found; expected a time from %(first)s, when it became known, to now.")
        told = {"found": shown(upward.reported_at), "first": shown(incident.known_at)}
        found.append(Reason("reported_at", words % told))
    return found


def against_measures(said: str, *, sure: bool) -> list[Reason]:
    """What stands against the words with which an incident is closed."""
    if not said.strip():
        return [Reason("said", _("Say which measures were taken, by a pointer."))]
    return against_words(said, field="said", sure=sure)
