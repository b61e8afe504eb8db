"""Whether an item of equipment can be used on a day."""

from datetime import date
from enum import StrEnum
from typing import Protocol

from xiezuo.sites.states import Condition


class EquipmentState(StrEnum):
    """What an item that is in place is on a day, the best first."""

    SOUND = "sound"
    OUT_OF_DATE = "out_of_date"
    FAULTY = "faulty"


class Item(Protocol):
    """The facts of an item that its state rests on."""

    condition: str
    faulty_from: date | None
    repaired_on: date | None
    valid_until: date | None


def is_faulty(item: Item, on: date) -> bool:
    """Days of fault and repair go before the undated word 故障, which otherwise holds all the time."""
    if item.faulty_from is None and item.repaired_on is None:
        return item.condition == Condition.FAULTY
    begun = item.faulty_from is None or item.faulty_from <= on
    return begun and (item.repaired_on is None or on < item.repaired_on)


def state_of(item: Item, on: date) -> EquipmentState:
    """The state of an item in place on the day; the last day of validity still counts as in date."""
    if is_faulty(item, on):
        return EquipmentState.FAULTY
    out_of_date = item.valid_until is not None and item.valid_until < on
    return EquipmentState.OUT_OF_DATE if out_of_date else EquipmentState.SOUND
