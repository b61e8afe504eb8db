"""What a notice can be about, and why it comes to somebody: choices that the pages put into words."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NoticeKind(models.TextChoices):
    """What happened."""

    DECIDE = "decide", _("An application waits for your decision")
    MEND = "mend", _("Your application was returned to be mended")
    CONFIRM_PAPER = "confirm_paper", _("A decision entered from paper waits to be confirmed")
    OPINION = "opinion", _("Your unit is asked for its opinion")
    PLAN_OPINION = "plan_opinion", _("Your unit is asked for its opinion on a zone plan")
    PLAN_DECIDED = "plan_decided", _("A zone plan was decided that concerns you")
    APPROVED = "approved", _("Your application is approved")
    REFUSED = "refused", _("Your application is refused")
    COORDINATE = "coordinate", _("An application of a unit that you keep contact with")
    STANDS_IN = "stands_in", _("You decide for somebody who is absent")
    STOOD_IN = "stood_in", _("You no longer decide for somebody who was absent")
    HANDED_OVER = "handed_over", _("An application was handed over to you")
    ISSUED = "issued", _("A regulation was issued")
    CLAUSE_ENDED = "clause_ended", _("A clause ended on which something rests")
    TRIAL_ENDS = "trial_ends", _("The trial of a regulation ends soon")
    ZONES_JOINED = "zones_joined", _("Zones act as one")
    ZONES_PART = "zones_part", _("Zones act as one for the last day")
    ZONES_PARTED = "zones_parted", _("Zones have parted again")
    AUTHORISED = "authorised", _("A deputy secretary coordinates a support office by authority")
    AUTHORITY_ENDS = "authority_ends", _("An authority over a support office has its last day")
    AUTHORITY_ENDED = "authority_ended", _("An authority over a support office has ended")
    YEAR_MISSING = "year_missing", _("The work calendar needs a year that nobody has entered")
    WRITE_REQUEST = "write_request", _("What acted first is to be asked for in writing")
    NOT_WRITTEN = "not_written", _("What acted first was not asked for in writing in time")
    FORM_TEAM = "form_team", _("A request is approved and needs its team")
    MEMBER_MOVED = "member_moved", _("A member left a team of yours, moved to another post")
    LEFT_TEAM = "left_team", _("You left a team, as your post has changed")
    TEAM_SENT = "team_sent", _("You are sent with a team")
    DECLARE = "declare", _("You are to declare whether you have ties")
    DECLARE_ON_PAPER = "declare_on_paper", _("One of your people without an account is to declare on paper")
    DECIDE_RECUSAL = "decide_recusal", _("A question of recusal waits for your decision")
    OWN_RECUSAL = "own_recusal", _("A question of recusal about you was decided")
    RECUSAL_DECIDED = "recusal_decided", _("A question of recusal was decided in a team of yours")
    OVERRIDE_ASKED = "override_asked", _("You are asked whether somebody takes part who must stand out")
    WORK_HALF = "work_half", _("Half of the time of a request has gone")
    WORK_LATE = "work_late", _("The work of a request is late")
    LETTER = "letter", _("A rectification letter came to your unit")
    INCIDENT = "incident", _("A safety incident is to be reported upward in time")
    INCIDENT_LATE = "incident_late", _("A safety incident was not reported upward in time")
    LOAN_ENDS = "loan_ends", _("A loan ends soon")
    LOAN_ENDED = "loan_ended", _("A loan has ended")
    DAILY = "daily", _("What waits for you today")


class Because(models.TextChoices):
    """Why a notice comes to this account and to no other."""

    NAMED = "named", _("the rule names you for this step")
    ADDED = "added", _("a signer added you")
    RAISED = "raised", _("the step passed its limit, or nobody in it may decide, so it came one level up")
    STANDS_IN = "stands_in", _("you decide for somebody who is absent")
    URGED = "urged", _("the applicant asks for it again")
    OWN = "own", _("you applied for it")
    CONTACT = "contact", _("you keep contact with the unit: you coordinate and do not decide")
    SIGNED = "signed", _("the decision was entered in your name")
    SECOND = "second", _("a second person of your office confirms it, never whoever entered it")
    UNIT = "unit", _("you speak for the unit that is asked")
    HANDED = "handed", _("it was somebody else's before")
    CHOSEN = "chosen", _("you were named as the stand-in")
    SCOPE = "scope", _("it holds for your unit")
    MOVES = "moves", _("the zone, role or leader of your unit changes, or what you lead")
    ZONES = "zones", _("your unit is in one of the zones, or you lead one")
    OFFICE = "office", _("it is your office, or you who coordinate it")
    DRAFTED = "drafted", _("your unit drafted it")
    LEANS = "leans", _("something that your office keeps rests on it")
    KEEPS = "keeps", _("your office keeps the work calendar")
    LEADS = "leads", _("your unit is in the lead, or asked for it")
    MEMBER = "member", _("you are in its team")
    CANDIDATE = "candidate", _("you are to join its team")
    HEADS = "heads", _("you head the unit of whoever is to join")
    DECIDES = "decides", _("you are the one who decides on this person")
    PERSON = "person", _("it was about you")
    RECEIVES = "receives", _("your unit is to put right what was found")
    SAFETY = "safety", _("you answer for safety in it, or it goes to you by the clock")
    LOAN = "loan", _("you are lent, lend or use somebody, or keep the loans")
    ABOVE = "above", _("you agreed to it, asked for it, or register it")
    MORNING = (
        "morning",
        pgettext_lazy("notice", "it is told on every working morning on which something waits"),
    )


TASKS = (
    NoticeKind.DECIDE, NoticeKind.MEND, NoticeKind.CONFIRM_PAPER, NoticeKind.OPINION, NoticeKind.PLAN_OPINION,
    NoticeKind.YEAR_MISSING, NoticeKind.WRITE_REQUEST, NoticeKind.FORM_TEAM, NoticeKind.DECLARE, NoticeKind.DECIDE_RECUSAL,
    NoticeKind.INCIDENT,
)  # fmt: skip
"""Cleared by the thing being done, by whomever; nothing else clears them. All others go once they are known."""

OF_REGULATIONS = (NoticeKind.OPINION, NoticeKind.ISSUED, NoticeKind.CLAUSE_ENDED, NoticeKind.TRIAL_ENDS)
"""Kinds whose matter is a regulation."""

OF_PLANS = (NoticeKind.PLAN_OPINION, NoticeKind.PLAN_DECIDED)
"""Kinds whose matter is a zone plan."""

OF_JOININGS = (NoticeKind.ZONES_JOINED, NoticeKind.ZONES_PART, NoticeKind.ZONES_PARTED)
"""Kinds whose matter is a joining of zones."""

OF_AUTHORISATIONS = (NoticeKind.AUTHORISED, NoticeKind.AUTHORITY_ENDS, NoticeKind.AUTHORITY_ENDED)
"""Kinds whose matter is an authorisation."""

OF_REQUESTS = (
    NoticeKind.WRITE_REQUEST, NoticeKind.NOT_WRITTEN, NoticeKind.FORM_TEAM, NoticeKind.TEAM_SENT, NoticeKind.MEMBER_MOVED,
    NoticeKind.RECUSAL_DECIDED, NoticeKind.WORK_HALF, NoticeKind.WORK_LATE,
)  # fmt: skip
"""Kinds whose matter is a request for collaboration."""

OF_INCIDENTS = (NoticeKind.INCIDENT, NoticeKind.INCIDENT_LATE)
"""Kinds whose matter is a safety incident; their particulars say of which request."""

_OF_RECUSALS = (NoticeKind.DECIDE_RECUSAL, NoticeKind.OWN_RECUSAL, NoticeKind.OVERRIDE_ASKED)
_OF_LOANS = (NoticeKind.LOAN_ENDS, NoticeKind.LOAN_ENDED)

FROM_HERE: dict[NoticeKind, str] = {
    **dict.fromkeys((NoticeKind.STANDS_IN, NoticeKind.STOOD_IN), "inbox:delegations"),
    NoticeKind.DAILY: "inbox:list",
    NoticeKind.YEAR_MISSING: "rules:calendar",
    **dict.fromkeys(OF_REGULATIONS, "rules:regulation"),
    **dict.fromkeys(OF_JOININGS, "zones:joining"),
    **dict.fromkeys(OF_AUTHORISATIONS, "zones:authorisation"),
    **dict.fromkeys(OF_PLANS, "zones:plan"),
    **dict.fromkeys(OF_REQUESTS, "collaboration:request"),
    **dict.fromkeys(_OF_RECUSALS, "collaboration:question"),
    **dict.fromkeys(_OF_LOANS, "collaboration:loan"),
    NoticeKind.DECLARE: "collaboration:declaration",
    **dict.fromkeys((NoticeKind.DECLARE_ON_PAPER, NoticeKind.LEFT_TEAM), "home:work"),
    NoticeKind.LETTER: "collaboration:letter",
    **dict.fromkeys(OF_INCIDENTS, "collaboration:incident"),
}
"""Where the matter of a notice is looked at; what is not here is an approval and has its page in the inbox."""

WITHOUT_A_THING = (
    NoticeKind.STANDS_IN,
    NoticeKind.STOOD_IN,
    NoticeKind.YEAR_MISSING,
    NoticeKind.DAILY,
    NoticeKind.DECLARE_ON_PAPER,
    NoticeKind.LEFT_TEAM,
)
"""Kinds whose page is not that of one thing."""
