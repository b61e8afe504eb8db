"""Which zone is meant by words: a code, its name, or another way of saying it."""

from datetime import date

from django.utils.translation import gettext as _

from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.lists import listed
from xiezuo.zones.models import Zone, ZoneRecord
from xiezuo.zones.naming import plain_name


def resolve_zone(commission: Commission, words: str, on: date) -> Zone:
    """The one zone that `words` mean on a day: its code, its name, an alias of it, or a name that it had or will have.

    Raises `NotThere` for none and `BadInput` for several, which it names. One query.
    """
    rows = list(
        ZoneRecord.objects.current().filter(commission=commission).select_related("zone").order_by("starts", "pk")
    )  # fmt: skip
    for found in (
        _by_code(rows, words),
        _today(rows, words, on, exact=True),
        _today(rows, words, on),
        _ever(rows, words),
    ):
        if len(found) == 1:
            return found.popitem()[1]
        if found:
            told = _("“%(words)s” means several zones: %(zones)s; expected one of their codes.")
            raise BadInput(told % {"words": words, "zones": listed(sorted(zone.code for zone in found.values()))})  # fmt: skip
    raise NotThere(_("There is no zone “%(words)s”.") % {"words": words})


def _by_code(rows: list[ZoneRecord], words: str) -> dict[int, Zone]:
    wanted = words.strip().casefold()
    return {row.zone_id: row.zone for row in rows if row.zone.code.casefold() == wanted}


def _today(rows: list[ZoneRecord], words: str, on: date, *, exact: bool = False) -> dict[int, Zone]:
    standing = [row for row in rows if row.starts <= on < row.ends]
    if exact:
        return {row.zone_id: row.zone for row in standing if row.name == words.strip()}
    return {row.zone_id: row.zone for row in standing if plain_name(row.name) == plain_name(words)}


def _ever(rows: list[ZoneRecord], words: str) -> dict[int, Zone]:
    return {row.zone_id: row.zone for row in rows if plain_name(row.name) == plain_name(words)}
