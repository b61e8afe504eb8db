"""What happens to requests, teams, recusals and loans, for the apps above."""

from xiezuo.shared.events import Event

request_moved = Event(
    "a request moved: request: Request, verb: RequestVerb, by: Actor, now: datetime; inside the mover's transaction"
)
member_changed = Event("somebody was chosen, joined or left a team: member: Member, by: Actor, now: datetime")
declaration_asked = Event("a candidate is asked to declare: declaration: Declaration, by: Actor, now: datetime")  # fmt: skip
recusal_raised = Event("a question of recusal waits for its decider: recusal: Recusal, by: Actor, now: datetime")  # fmt: skip
recusal_decided = Event("a question of recusal was decided: recusal: Recusal, by: Actor, now: datetime")
override_asked = Event("the secretary is asked to set a recusal aside: recusal: Recusal, by: Actor, now: datetime")  # fmt: skip
override_refused = Event("the secretary lets a recusal stand that was to be set aside: recusal: Recusal, by: Actor, now: datetime")  # fmt: skip
incident_moved = Event(
    "a safety incident was filed, reported, escalated or closed: incident: Incident, verb: IncidentVerb, by: Actor, now: datetime"
)
letter_sent = Event("a rectification letter went out: letters: list[Letter] of one number, by: Actor, now: datetime")  # fmt: skip
loan_told = Event(
    "a loan ends in 30 days, in 7 days, or has ended: lent: Lent, stage: str (30, 7, ended), now: datetime; each told once"
)
