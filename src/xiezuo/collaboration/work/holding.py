"""A form of the work sent twice is written once: its key leads to the row that it wrote."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.shared.errors import refuse


def written(model: Any, key: UUID, by: Actor) -> Any:
    """The row of `model` that the form with this key wrote, or None; a key of somebody else's form is refused.

    Asked while the request is held, so that of two sendings the second sees the row of the first.
    """
    with as_the_product():
        row = model.objects.filter(key=key).order_by("pk").first()
    if row is not None and getattr(row, "by", None) not in (None, "", by.name):
        refuse("foreign-form", _("This form was sent by somebody else; open it anew."))
    return row
