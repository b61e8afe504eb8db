"""Figures of loans: how many people are on loan on a day, by kind, and how many began to be trained on the job."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xiezuo.accounts.api import Ability
from xiezuo.collaboration.figures.matters import FIRST_PLACE, adds_up
from xiezuo.collaboration.loans.standing import held_against_limits
from xiezuo.collaboration.models import Lent
from xiezuo.collaboration.states import LoanKind
from xiezuo.figures.api import Ask, Asked, Asking, Balance, Column, Figure, Sides
from xiezuo.organisation.api import unit_names
from xiezuo.organisation.columns import unit_name

Rows = QuerySet[Any, Any]
PEOPLE = pgettext_lazy("unit of count", "people")


def _lent(asked: Asked) -> Rows:
    rows = Lent.objects.filter(starts__isnull=False, chosen=True)
    return asked.of_commissions(rows.annotate(commission_id=F("loan__commission_id"), position=F("pk")))


def running(asked: Asked) -> Rows:
    """On loan on the day, and not returned by it."""
    rows = _lent(asked).filter(starts__lte=asked.day, ends__gt=asked.day)
    return rows.filter(Q(returned_on=None) | Q(returned_on__gt=asked.day))


def _trained(asked: Asked) -> Rows:
    return _lent(asked).filter(loan__kind=LoanKind.SHADOWING, starts__gte=asked.first, starts__lte=asked.last)


COLUMNS = (
    Column("home", _("Home unit"), unit_name("home_id"), link="unit", link_id="home_id"),
    Column("unit", _("Unit that uses them"), unit_name("loan__unit_id"), link="unit", link_id="loan__unit_id"),
    Column("loan_kind", pgettext_lazy("loan", "Kind of loan"), "loan__kind"),
    Column("since", _("Since"), "starts"), Column("until", _("Until"), "ends"),
)  # fmt: skip


def _figure(key: str, title: Any, definition: Any, place: int, rows: Any, **more: Any) -> Figure:
    return Figure(
        key=f"collaboration.{key}", title=title, definition=definition, unit=PEOPLE, order=FIRST_PLACE + 40 + place, rows=rows,
        record="lent", columns=COLUMNS, **more,
    )  # fmt: skip


def _of(kind: LoanKind) -> Any:
    return lambda asked: running(asked).filter(loan__kind=kind)


FIGURES = (
    _figure("on_loan", _("People on loan"), _("People lent, on trial, in a temporary post or training on the job on the day."), 0, running),
    _figure("on_loan_matter", _("Of which lent for one matter"), _("Of the people on loan, those of the kind 专案借调."), 1, _of(LoanKind.MATTER)),
    _figure("on_loan_post", _("Of which lent to a post"), _("Of the people on loan, those of the kind 岗位借调."), 2, _of(LoanKind.POST)),
    _figure("on_loan_trial", _("Of which on trial in a post"), _("Of the people on loan, those of the kind 试岗."), 3, _of(LoanKind.TRIAL)),
    _figure("on_loan_holding", _("Of which in a temporary post"), _("Of the people on loan, those of the kind 挂职."), 4, _of(LoanKind.HOLDING)),
    _figure("on_loan_shadowing", _("Of which training on the job"), _("Of the people on loan, those of the kind 跟班."), 5, _of(LoanKind.SHADOWING)),
    _figure("trainees", _("People who began training on the job"), _("Loans of the kind 跟班 begun in the period; whoever comes again counts again."), 6, _trained, monthly=True),
)  # fmt: skip


def _within_limits(ask: Ask) -> Mapping[int, Sides]:
    """Loans of the ledger that break no limit, against all of them."""
    found = _units_beyond(ask.asking)
    return {commission: Sides(units.count(None), len(units)) for commission, units in found.items()}


def _beyond_limits(asking: Asking) -> dict[int, list[str]]:
    """Units that use people on loan beyond a limit, in official order: nobody by name, for whoever may know the number."""
    words, told = gettext("%(unit)s: %(count)s beyond a limit"), dict[int, list[str]]()
    for commission, units in _units_beyond(asking).items():
        counts = Counter(unit for unit in units if unit is not None)
        told[commission] = [words % {"unit": name, "count": counts[unit]} for unit, name in unit_names(counts, asking.on).items()]  # fmt: skip
    return told


def _units_beyond(asking: Asking) -> dict[int, list[int | None]]:
    """For each loan of the ledger on the day the unit that uses it beyond a limit; None for one within its limits."""
    found: dict[int, list[int | None]] = {commission: [] for commission in asking.commissions}
    for row, _limits, breaks in held_against_limits(asking.commissions, asking.on, asking.known):
        found[row.commission_id].append(row.unit_id if breaks else None)
    return found


BALANCES = (
    Balance(
        id="collaboration.loans_within_limits", kind="expectation", order=FIRST_PLACE + 6, sides=_within_limits, missing=_beyond_limits,
        rule=_("Loans of the ledger within their limits = loans of the ledger"), opens="collaboration:ledger-loans", opens_for=Ability.ARRANGE_LOANS,
    ),
    adds_up("on_loan_by_kind", _("People on loan = the sum of the kinds of loan"), 5, "on_loan", *(f"on_loan_{kind.name.lower()}" for kind in LoanKind)),
)  # fmt: skip
