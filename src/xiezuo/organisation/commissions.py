"""Which commission is asked about, and since when it has a ledger."""

import difflib
from datetime import date

from django.db.models import Min
from django.utils.translation import gettext as _

from xiezuo.organisation.models import Commission, UnitRecord
from xiezuo.shared.errors import BadInput, NotThere
from xiezuo.shared.periods import ALWAYS


class SeveralCommissions(BadInput):
    """A commission must be named, because the installation holds several."""


class NoLedger(NotThere):
    """The installation holds no commission yet."""


def chosen_commission(code: str | None) -> Commission:
    """The commission with `code`; without a code the only one, or the first by code for a screen.

    Raises `NoLedger` while nothing has been loaded.
    """
    commissions = Commission.objects.all()
    found = commissions.filter(code=code).first() if code else None
    chosen = found or commissions.first()
    if chosen is None:
        raise NoLedger(_("No county has been loaded yet: load its ledger book first."))
    return chosen


def named_commission(code: str | None) -> Commission:
    """The commission with `code`; without a code the only one. Raises `SeveralCommissions` or `NotThere`."""
    known = {commission.code: commission for commission in Commission.objects.all()}
    if not code and len(known) > 1:
        raise SeveralCommissions(
            _("The installation holds several commissions; name one with --commission: %(codes)s")
            % {"codes": ", ".join(sorted(known))}
        )
    if code and code not in known:
        near = difflib.get_close_matches(code, known, n=3) or sorted(known)[:5]
        raise NotThere(
            _("There is no commission “%(code)s”; known are: %(near)s")
            % {"code": code, "near": ", ".join(near) or "—"}
        )
    return known[code] if code else chosen_commission(None)


def first_day(commission: Commission) -> date | None:
    """The first day on which a unit of the commission stood; None while it has none."""
    answer = UnitRecord.objects.current().filter(commission=commission).aggregate(first=Min("starts"))
    return answer["first"]


def must_exist_on(commission: Commission, day: date) -> None:
    """Raise `NotThere` if the commission had no unit yet on `day`."""
    first = first_day(commission)
    if first is None or (first > day and first != ALWAYS):
        raise NotThere(
            _("%(name)s did not exist on %(day)s; its ledger begins on %(first)s")
            % {"name": commission.name, "day": day.isoformat(), "first": first.isoformat() if first else "—"}
        )


def ledger_version(commission: Commission) -> int:
    """The number of the ledger's last change, as this transaction leaves it; the journal keeps it with each change."""
    return Commission.objects.values_list("ledger_version", flat=True).get(pk=commission.pk)
