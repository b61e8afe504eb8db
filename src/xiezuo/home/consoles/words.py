"""Words of the consoles: acts of the journal, chains, instants, values as they were written down."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiezuo.accounts.api import shown_actor
from xiezuo.audit.api import DONE, Act
from xiezuo.ui.parts import State
from xiezuo.ui.words import Words

# By their values, as the journal keeps them for ever.
_ACTS: dict[str, Words] = {
    "account.logged_in": gettext_lazy("logged in"),
    "account.log_in_refused": gettext_lazy("log-in refused"),
    "account.logged_out": gettext_lazy("logged out"),
    "account.created": gettext_lazy("account opened"),
    "account.enabled": gettext_lazy("account enabled"),
    "account.disabled": gettext_lazy("account disabled"),
    "account.password_set": gettext_lazy("password set"),
    "account.person_named": gettext_lazy("person of an account named"),
    "account.person_confirmed": gettext_lazy("person of an account confirmed"),
    "account.person_refused": gettext_lazy("person of an account refused"),
    "rights.grant_proposed": gettext_lazy("grant proposed"),
    "rights.grant_confirmed": gettext_lazy("grant confirmed"),
    "rights.grant_refused": gettext_lazy("grant refused"),
    "approvals.submitted": gettext_lazy("application submitted"),
    "approvals.moved": gettext_lazy("application moved on"),
    "approvals.form_taken": gettext_lazy("form of an application taken"),
    "approvals.delegation_made": gettext_lazy("stand-in named"),
    "approvals.delegation_ended": gettext_lazy("stand-in ended"),
    "approvals.phrase_kept": gettext_lazy("standard phrase kept"),
    "approvals.phrase_dropped": gettext_lazy("standard phrase dropped"),
    "notices.known": gettext_lazy("notices known"),
    "notices.day_told": gettext_lazy("day's notices told"),
    "notices.calendar_issued": gettext_lazy("secret calendar address issued"),
    "notices.calendar_ended": gettext_lazy("secret calendar address ended"),
    "rights.grant_withdrawn": gettext_lazy("grant taken back"),
    "rights.grant_ended": gettext_lazy("grant ended"),
    "rights.appointed_at_server": gettext_lazy("role given at the server"),
    "rights.reviewed": gettext_lazy("rights reviewed"),
    "rights.asked": gettext_lazy("asked who can see"),
    "account.locked_out": gettext_lazy("locked out"),
    "account.unlocked": gettext_lazy("unlocked"),
    "account.sessions_ended": gettext_lazy("sessions ended"),
    "account.card_issued": gettext_lazy("code card issued"),
    "account.factor_added": gettext_lazy("second factor added"),
    "account.factor_ended": gettext_lazy("second factor ended"),
    "account.factor_refused": gettext_lazy("second factor refused"),
    "account.step_up_passed": gettext_lazy("confirmed who it is"),
    "account.recovery_opened": gettext_lazy("recovery asked for"),
    "account.recovery_confirmed": gettext_lazy("recovery confirmed"),
    "account.recovery_used": gettext_lazy("recovery used"),
    "account.door_policy_set": gettext_lazy("policy of the door set"),
    "access.refused": gettext_lazy("access refused"),
    "system.job_retried": gettext_lazy("background job tried again"),
    "rules.defaults_loaded": gettext_lazy("default work rules loaded"),
    "rules.stated": gettext_lazy("work rule stated"),
    "rules.ended": gettext_lazy("work rule ended"),
    "regulation.begun": gettext_lazy("edition of a regulation begun"),
    "regulation.text_saved": gettext_lazy("text of a regulation saved"),
    "regulation.consulted": gettext_lazy("units asked about a regulation"),
    "regulation.opinion_given": gettext_lazy("opinion on a regulation given"),
    "regulation.opinion_closed": gettext_lazy("answer on a regulation closed"),
    "regulation.opinion_settled": gettext_lazy("opinion on a regulation settled"),
    "regulation.sent": gettext_lazy("decision on a regulation applied for"),
    "regulation.decided": gettext_lazy("decision on a regulation taken into effect"),
    "regulation.dropped": gettext_lazy("draft of a regulation given up"),
    "regulation.read": gettext_lazy("regulation taken note of"),
    "regulation.file_taken": gettext_lazy("file of a regulation taken"),
    "regulation.clause_linked": gettext_lazy("something linked to a clause"),
    "regulation.clause_unlinked": gettext_lazy("link to a clause removed"),
    "zone_plan.begun": gettext_lazy("zone plan begun"),
    "zone_plan.saved": gettext_lazy("zone plan saved"),
    "zone_plan.consulted": gettext_lazy("units asked about a zone plan"),
    "zone_plan.opinion_given": gettext_lazy("opinion on a zone plan given"),
    "zone_plan.opinion_closed": gettext_lazy("answer on a zone plan closed"),
    "zone_plan.opinion_settled": gettext_lazy("opinion on a zone plan settled"),
    "zone_plan.sent": gettext_lazy("decision on a zone plan applied for"),
    "zone_plan.decided": gettext_lazy("decision on a zone plan taken into effect"),
    "zone_plan.filed": gettext_lazy("earlier decision on zones entered"),
    "zone_plan.dropped": gettext_lazy("zone plan given up"),
    "zone_plan.file_taken": gettext_lazy("file of a zone plan taken"),
    "zone_proposals.asked": gettext_lazy("proposals for zones asked for"),
    "zone_proposals.cancelled": gettext_lazy("proposals for zones cancelled"),
    "zone_proposals.answered": gettext_lazy("proposals for zones answered"),
    "zone_ground.loaded": gettext_lazy("what zones are drawn on loaded"),
    "zone_joining.asked": gettext_lazy("zones asked to act as one"),
    "zone_joining.decided": gettext_lazy("decision on zones that act as one taken into effect"),
    "zone_joining.ended": gettext_lazy("zones that acted as one parted early"),
    "zone_authorisation.asked": gettext_lazy("authority over a support office asked for"),
    "zone_authorisation.decided": gettext_lazy(
        "decision on authority over a support office taken into effect"
    ),
    "zone_authorisation.ended": gettext_lazy("authority over a support office ended early"),
    "zone_meeting.planned": gettext_lazy("zone meeting called"),
    "zone_meeting.saved": gettext_lazy("minutes of a zone meeting saved"),
    "zone_meeting.held": gettext_lazy("zone meeting held"),
    "zone_meeting.cancelled": gettext_lazy("zone meeting called off"),
    "zone_meeting.item_done": gettext_lazy("decision of a zone meeting carried out"),
    "zone_meeting.file_taken": gettext_lazy("paper of a zone meeting taken"),
    "request.saved": gettext_lazy("request for collaboration saved"),
    "request.moved": gettext_lazy("request for collaboration moved on"),
    "request.followed": gettext_lazy("request for collaboration followed its approval"),
    "request.widened": gettext_lazy("readers of a request widened"),
    "request.team_chosen": gettext_lazy("members of a team chosen"),
    "request.team_changed": gettext_lazy("members of a team changed"),
    "recusal.declaration_asked": gettext_lazy("declaration of ties asked for"),
    "recusal.declaration_given": gettext_lazy("ties declared"),
    "recusal.raised": gettext_lazy("question of recusal raised"),
    "recusal.decided": gettext_lazy("question of recusal decided"),
    "recusal.override_asked": gettext_lazy("override of a recusal asked for"),
    "recusal.override_refused": gettext_lazy("override of a recusal refused"),
    "recusal.overridden": gettext_lazy("recusal overridden by the higher approver"),
    "interference.filed": gettext_lazy("interference filed"),
    "interference.read": gettext_lazy("name in the register of interference read"),
    "interference.noted": gettext_lazy("step of an interference noted"),
    "loan.asked": gettext_lazy("loan asked for"),
    "loan.decided": gettext_lazy("loan decided"),
    "loan.moved": gettext_lazy("loan moved on"),
    "pairing.made": gettext_lazy("units paired"),
    "pairing.moved": gettext_lazy("pairing moved on"),
    "request.work_noted": gettext_lazy("work of a team noted"),
    "request.letter_sent": gettext_lazy("rectification letter sent"),
    "request.letter_verified": gettext_lazy("rectification verified"),
    "request.talk_recorded": gettext_lazy("recording of a talk entered"),
    "request.incident_filed": gettext_lazy("safety incident filed"),
    "request.incident_moved": gettext_lazy("safety incident led on"),
    "request.evaluated": gettext_lazy("request for collaboration evaluated"),
    "request.form_taken": gettext_lazy("form of a request taken"),
    "request.effectiveness_taken": gettext_lazy("table of effectiveness taken"),
    "calendar.year_added": gettext_lazy("year of the work calendar added"),
    "calendar.day_added": gettext_lazy("day of the work calendar added"),
    "calendar.day_removed": gettext_lazy("day of the work calendar removed"),
    "organisation.commission_set_up": gettext_lazy("commission set up"),
    "organisation.standard_switched": gettext_lazy("standard switched"),
    "book.uploaded": gettext_lazy("ledger book uploaded"),
    "book.loaded": gettext_lazy("ledger book loaded"),
    "book.refused": gettext_lazy("ledger book refused"),
    "book.load_withdrawn": gettext_lazy("load withdrawn"),
    "book.word_mapped": gettext_lazy("word mapped"),
    "book.exported": gettext_lazy("ledger book exported"),
    "list.exported": gettext_lazy("list exported"),
    "page.printed": gettext_lazy("marked page printed"),
    "reports.file_taken": gettext_lazy("file of a report taken"),
    "list.view_saved": gettext_lazy("view saved"),
    "list.view_forgotten": gettext_lazy("view forgotten"),
    "organisation.person_added": gettext_lazy("person added"),
    "organisation.post_taken_up": gettext_lazy("post taken up"),
    "organisation.post_given_up": gettext_lazy("post given up"),
    "organisation.person_moved": gettext_lazy("person moved"),
    "organisation.post_corrected": gettext_lazy("post corrected"),
    "organisation.correction_proposed": gettext_lazy("correction proposed"),
    "organisation.post_struck": gettext_lazy("post struck"),
    "organisation.share_begun": gettext_lazy("share in the division of work begun"),
    "organisation.share_ended": gettext_lazy("share in the division of work ended"),
    "organisation.leave_entered": gettext_lazy("days away entered"),
    "organisation.leave_cancelled": gettext_lazy("days away cancelled"),
    "organisation.personal_data_shown": gettext_lazy("personal data shown"),
    "reports.template_saved": gettext_lazy("report template saved"),
    "reports.written": gettext_lazy("report written"),
    "reports.issued": gettext_lazy("report issued"),
    "journal.exported": gettext_lazy("journal exported"),
    "journal.verified": gettext_lazy("journal verified"),
    "journal.key_made": gettext_lazy("key of the journal made"),
    "journal.wall_raised": gettext_lazy("wall of the database raised"),
    "journal.ledger_witnessed": gettext_lazy("state of the ledger noted"),
}

_FIELDS: dict[str, Words] = {
    "role": gettext_lazy("Role"),
    "scope": gettext_lazy("Over"),
    "commission": gettext_lazy("Commission"),
    "starts": gettext_lazy("From"),
    "ends": gettext_lazy("Until before"),
    "reason": gettext_lazy("Reason"),
    "said": gettext_lazy("Remark"),
    "remark": gettext_lazy("Remark"),
    "proposed_by": gettext_lazy("Proposed by"),
    "decided_by": gettext_lazy("Decided by"),
    "substitutes": gettext_lazy("Stands in for an administrator"),
    "person": gettext_lazy("Number of the person"),
    "entries": gettext_lazy("Entries read"),
    "ok": gettext_lazy("Unbroken"),
    "first_break": gettext_lazy("First break"),
    "file": gettext_lazy("File"),
    "page": gettext_lazy("Address"),
    "rows": gettext_lazy("Rows"),
    "on": gettext_lazy("As of"),
    "ability": gettext_lazy("What is seen"),
    "found": gettext_lazy("What was found"),
    "factor": gettext_lazy("Second factor"),
    "ended": gettext_lazy("Ended"),
    "why": gettext_lazy("Because of"),
    "name": gettext_lazy("Name"),
    "route": gettext_lazy("Page"),
    "method": gettext_lazy("Method"),
    "idle_minutes": gettext_lazy("Minutes without a click before a session ends"),
    "absolute_hours": gettext_lazy("Hours after which every session ends"),
    "sessions_at_once": gettext_lazy("Sessions of one account at once"),
    "password_length": gettext_lazy("Least length of a password"),
    "password_days": gettext_lazy("Days after which a password must be changed"),
    "second_factor": gettext_lazy("Who must prove a second factor"),
    "totp_allowed": gettext_lazy("An authenticator app is allowed as a second factor"),
    "known": gettext_lazy("The account exists"),
    "shut": gettext_lazy("Was locked out"),
    "stage": gettext_lazy("Step at the door"),
    "temporary_until": gettext_lazy("Good until"),
    "ledger_version": gettext_lazy("Edition of the ledger"),
}

INSTALLATION = "*"
"""How the chain of the installation itself is named in addresses, where an empty text means nothing."""


def act_words(act: str) -> Words:
    """What an act is called; one that a later release brought is shown as it stands."""
    return _ACTS.get(act, act)


def act_choices() -> list[tuple[str, Words]]:
    """Every act with its words, as the entries of a filter menu."""
    return [(act.value, act_words(act)) for act in Act]


def who_words(name: str) -> str:
    """Who acted, in words where it was no account."""
    return _("nobody logged in") if name == "anonymous" else shown_actor(name)


def field_words(name: str) -> Words:
    """What a field of an entry is called; one that has no words is shown as it stands."""
    return _FIELDS.get(name, name)


def origin_words(origin: str) -> str:
    """From where an act came: an address stands for itself."""
    return {"command": _("command line"), "job": _("background job")}.get(origin, origin)


def result_state(result: str) -> State:
    """How an act ended, in words."""
    return State(_("done"), "good") if result == DONE else State(_("refused"), "bad")


def chain_words(code: str, names: dict[str, str]) -> str:
    """Whose chain of the journal it is."""
    return names.get(code, code) if code not in ("", INSTALLATION) else _("the installation")


def instant_words(at: datetime | None) -> str:
    """Day and time to the second, in the time zone of the installation."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def minute_words(at: datetime | None) -> str:
    """Day and time to the minute."""
    return instant_words(at)[:16]


def day_starts(day: date) -> datetime:
    """The first instant of a day in the time zone of the installation."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_over(day: date) -> datetime:
    """The first instant after a day."""
    return day_starts(day + timedelta(days=1))


def value_words(value: Any) -> str:
    """A value of an entry as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)
