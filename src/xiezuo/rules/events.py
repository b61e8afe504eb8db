"""What the regulations tell the apps above them."""

from xiezuo.shared.events import Event

consultation_opened = Event(
    "units were asked for their opinion on a draft: commission: int, regulation: int, edition: int, units: list[int], "
    "last_day: date, by: Actor, now: datetime"
)
regulation_issued = Event(
    "an edition was decided on: commission: int, regulation: int, edition: int, purpose: str (试行, 施行, 废止), "
    "starts: date, units: list[int] (empty: everybody), now: datetime"
)
clause_ended = Event(
    "a clause on which something rests ends on a day: commission: int, regulation: int, edition: int, anchor: int, "
    "label: str, ends: date, leanings: list[int], unit: int | None (who drafts it), now: datetime"
)
trial_ending = Event(
    "a trial ends within thirty days and nothing was applied for: commission: int, regulation: int, edition: int, "
    "trial_until: date, unit: int | None (who drafts it), now: datetime; told once"
)
consultation_answered = Event(
    "a unit has said all it has to say of a draft: commission: int, regulation: int, edition: int, unit: int, by: Actor, "
    "now: datetime"
)
consultation_ended = Event(
    "a draft takes no more opinions, because it was sent for review or given up: commission: int, regulation: int, "
    "edition: int, now: datetime"
)
