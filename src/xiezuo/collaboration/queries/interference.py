"""The register of interference for who may read it, without the names, which lie in a sealed table of their own."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiezuo.accounts.api import as_the_product
from xiezuo.collaboration.models import Interference, InterferenceStep, Request
from xiezuo.collaboration.queries.telling import number_of_request
from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import NotThere


def register_of(commission: Commission) -> QuerySet[Interference]:
    """Entries that the reader may see, the newest first, as the database shows them."""
    return Interference.objects.filter(commission=commission).order_by("-pk")


def interference_shown(commission: Commission, pk: int) -> Interference:
    """One entry. Raises `NotThere` if there is none, or none for the reader. One query."""
    found = register_of(commission).select_related("commission").filter(pk=pk).first()
    if found is None:
        raise NotThere(_("There is no such entry in the register, or it is not for you."))
    return found


def steps_of(row: Interference) -> list[InterferenceStep]:
    """What was done about it, the first first. One query."""
    return list(row.steps.order_by("pk"))


def matter_pointed_at(row: Interference) -> str:
    """The number of the matter, which a reader outside it may know and nothing more; empty of a sealed one. One query."""
    if row.request_id is None:
        return ""
    with as_the_product():
        found = Request.objects.filter(pk=row.request_id, sealed=False).first()
    return number_of_request(found) if found else ""
