"""What happens to zones that act as one and to authorisations, for the apps above."""

from xiezuo.shared.events import Event

joining_told = Event(
    "zones act as one, part tomorrow, or have parted: commission: int, joining: int, number: int, units: list[int], "
    "stage: str (begun, parting, parted), first_day: date, last_day: date, now: datetime; each stage told once"
)
authorisation_told = Event(
    "a deputy secretary coordinates a support office by authority, does so until tomorrow, or no more: commission: int, "
    "authorisation: int, number: int, unit: int, person: int, stage: str (begun, parting, parted), first_day: date, "
    "last_day: date, now: datetime; each stage told once"
)
