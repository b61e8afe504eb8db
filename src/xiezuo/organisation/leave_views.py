"""Screens of days away: entered for a person, and cancelled."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from xiezuo.accounts.api import actor_of
from xiezuo.organisation import forms, policies
from xiezuo.organisation import leave_operations as operations
from xiezuo.organisation.entering import Screen, Step, entered, not_now, person_row, take_part
from xiezuo.organisation.leave_shown import leave_words
from xiezuo.organisation.models import Leave
from xiezuo.organisation.queries import entry
from xiezuo.organisation.queries.leave import units_answering
from xiezuo.organisation.states import LeaveKind
from xiezuo.organisation.warnings import Occasion, warnings_of
from xiezuo.shared import clock
from xiezuo.shared.errors import NotThere, refuse_if
from xiezuo.ui.absence import period_words
from xiezuo.ui.blocks import Changed, Difference
from xiezuo.ui.choices import words_of
from xiezuo.ui.links import address


@take_part
@never_cache
def enter_leave(request: HttpRequest, person: int) -> HttpResponse:
    """Somebody is away for some days; whoever is in a team then is named before it is entered."""
    someone = person_row(request, person)
    units = units_answering(someone.pk, clock.today())
    refuse_if(policies.may_enter_leave(actor_of(request.user), request.commission.pk, units))
    name = entry.named(someone)

    def step(form: forms.LeaveForm) -> Step:
        told = form.told()
        summary = f"{words_of(LeaveKind, told['kind'])} · {period_words(told['starts'], told['ends'])}"
        notes = warnings_of(Occasion.LEAVE, request, someone, told["starts"], told["ends"])
        act = partial(operations.enter_leave, person=someone, **told)
        done = _("Entered: the days away of %(person)s.") % {"person": name}
        return Step(None, told["starts"], act, done, notes, Difference([Changed(name, None, summary)]))

    form = partial(forms.LeaveForm, initial={"starts": request.day})
    lead = _("%(person)s. Enter no more than the days and a word: nothing of health or family.") % {"person": name}  # fmt: skip
    back = address(request, "organisation:person", someone.pk)
    return entered(request, Screen(_("Enter days away"), form, step, back, lead))


@take_part
@never_cache
def cancel_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody is not away after all."""
    row = _leave(request, pk)
    units = units_answering(row.person_id, clock.today())
    if reasons := policies.may_cancel_leave(actor_of(request.user), row, units):
        return not_now(request, row.person_id, reasons)
    name = entry.named(row.person)

    def step(_form: object) -> Step:
        act = partial(operations.cancel_leave, leave=row)
        done = _("Cancelled: the days away of %(person)s.") % {"person": name}
        return Step(None, request.day, act, done, [], Difference([Changed(name, leave_words(row), None)]))

    back = address(request, "organisation:person", row.person_id)
    return entered(
        request, Screen(_("Cancel days away"), None, step, back, name, confirm=_("Cancel these days away"))
    )


def _leave(request: HttpRequest, pk: int) -> Leave:
    rows = Leave.objects.filter(commission=request.commission, pk=pk)
    found = rows.select_related("person", "commission").first()
    if found is None:
        raise NotThere(_("There is no such entry in this ledger."))
    return found
