"""What zone plans tell the apps above them."""

from xiezuo.shared.events import Event

plan_consultation_opened = Event(
    "units were asked for their opinion on a zone plan: commission: int, plan: int, number: int, units: list[int] (asked "
    "just now, or again until another day), last_day: date, by: Actor, now: datetime"
)
plan_consultation_answered = Event(
    "a unit has said all it has to say of a zone plan: commission: int, plan: int, unit: int, by: Actor, now: datetime"
)
plan_consultation_ended = Event(
    "a zone plan takes no more opinions, because it was applied for or given up: commission: int, plan: int, now: datetime"
)
plan_decided = Event(
    "the ledger took over a zone plan: commission: int, plan: int, number: int, starts: date, units: list[int] (whose "
    "zone, role or leader changes), people: list[int] (whose zones change), now: datetime"
)
