"""What a correction of a post says, as it is kept, carried and shown: values without rows, so that they can wait."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xiezuo.organisation.correction_operations import CORRECTABLE, differing
from xiezuo.organisation.models import Assignment, Commission, Unit
from xiezuo.organisation.queries import unit_names
from xiezuo.organisation.rehearsal import post_values
from xiezuo.shared.errors import NotThere

UNITS, DAYS = ("unit", "from_unit"), ("starts", "ends")


def kept_of(assignment: Assignment) -> dict[str, Any]:
    """What the ledger says of a post now, as it can be kept: units by their number, days in ISO."""
    return {name: _kept(name, getattr(assignment, name)) for name in CORRECTABLE}


def kept_changes(assignment: Assignment, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes that differ, as they can be kept. Raises `Refused` if nothing differs."""
    return {name: _kept(name, value) for name, value in differing(assignment, changes).items()}


def changes_of(kept: Mapping[str, Any], commission: Commission) -> dict[str, Any]:
    """Kept changes as `correct_post` is told them. Raises `NotThere` if a unit is gone."""
    return {name: _meant(name, value, commission) for name, value in kept.items()}


def words_of_changes(
    before: Mapping[str, Any], changes: Mapping[str, Any], on: date
) -> list[tuple[str, str, str]]:
    """What · before · after of kept changes, in words, with units as they are called on a day."""
    units = {value for kept in (before, changes) for name in UNITS if (value := kept.get(name))}
    names = unit_names(units, on)
    old, new = (post_values(_row(kept), names) for kept in (before, {**before, **changes}))
    blank = _("(blank)")
    return [
        (label, old[label] or blank, value or blank) for label, value in new.items() if old[label] != value
    ]


def words_of_post(kept: Mapping[str, Any], on: date) -> list[tuple[str, str]]:
    """What a kept post says, in words; what it leaves blank is not told."""
    names = unit_names({value for name in UNITS if (value := kept.get(name))}, on)
    return [(label, value) for label, value in post_values(_row(kept), names).items() if value]


def _kept(name: str, value: Any) -> Any:
    if name in UNITS:
        return None if value is None else value.pk
    return value.isoformat() if name in DAYS else value


def _meant(name: str, value: Any, commission: Commission) -> Any:
    if name in DAYS:
        return date.fromisoformat(value)
    if name in UNITS and value is not None:
        unit = Unit.objects.filter(commission=commission, pk=value).first()
        if unit is None:
            raise NotThere(_("There is no such entry in this ledger."))
        return unit
    return value


def _row(kept: Mapping[str, Any]) -> Assignment:
    """A post that is in no ledger: only its words are asked for."""
    said = {f"{name}_id" if name in UNITS else name: value for name, value in kept.items()}
    return Assignment(**{**said, **{name: date.fromisoformat(kept[name]) for name in DAYS}})
