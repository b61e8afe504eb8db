"""What stands against closing a request: everything that was begun must be ended or handed on, and told by both sides."""

from django.db.models import Q
from django.utils.translation import gettext as _

from xiezuo.accounts.api import as_the_product
from xiezuo.collaboration.models import Evaluation, Incident, Letter, Paper, Request, Task
from xiezuo.collaboration.queries.work import helping_units
from xiezuo.collaboration.states import EvaluationSide, IncidentState, LetterOutcome, Result
from xiezuo.collaboration.work.policies import Part, sides
from xiezuo.shared.errors import Reason


def against_closing(request: Request) -> list[Reason]:
    """Every reason, whoever closes. An empty list means that nothing is open. Seven queries.

    A result 失实 needs its clearing done (domain.md P17). A line of a second letter (二次交办) that was verified needs no third.
    """
    with as_the_product():
        return [
            *_open_tasks(request), *_open_letters(request), *_missing_sides(request), *_empty_index(request),
            *_uncleared(request), *_open_incidents(request),
        ]  # fmt: skip


def _open_tasks(request: Request) -> list[Reason]:
    count = Task.objects.filter(request=request, done_on=None, dropped_on=None).count()
    words = _("%(count)s tasks are neither done nor dropped with a reason.")
    return [Reason("tasks", words % {"count": count})] if count else []


def _open_letters(request: Request) -> list[Reason]:
    lines = Letter.objects.filter(request=request)
    unverified = lines.filter(outcome=LetterOutcome.OPEN).count()
    unmended = Q(outcome__in=(LetterOutcome.PARTLY, LetterOutcome.NOT_DONE), again=None, repeats=None)
    left = lines.filter(unmended).count()
    first = _("%(count)s problems in rectification letters are not verified.")
    second = _("%(count)s problems are not rectified and not given out a second time (二次交办).")
    found = [(unverified, Reason("letters", first % {"count": unverified})), (left, Reason("again", second % {"count": left}))]  # fmt: skip
    return [reason for count, reason in found if count]


def _missing_sides(request: Request) -> list[Reason]:
    told = set(Evaluation.objects.filter(request=request).values_list("side", flat=True))
    needed = sides(request, Part(helped_by=helping_units(request)))
    words = _("The evaluation by “%(side)s” is missing.")
    return [Reason(f"evaluation-{side.name.lower()}", words % {"side": EvaluationSide(side).label}) for side in needed if side not in told]  # fmt: skip


def _empty_index(request: Request) -> list[Reason]:
    if Paper.objects.filter(request=request).exists():
        return []
    return [Reason("index", _("The index of the file is empty; enter at least one paper."))]


def _uncleared(request: Request) -> list[Reason]:
    if request.result != Result.UNFOUNDED:
        return []
    if Task.objects.filter(request=request, clears=True, done_on__isnull=False).exists():
        return []
    return [
        Reason("clearing", _("The result is “unfounded”: the clearing in public (澄清正名) is not done."))
    ]


def _open_incidents(request: Request) -> list[Reason]:
    count = Incident.objects.filter(request=request).exclude(state=IncidentState.CLOSED).count()
    words = _("%(count)s safety incidents are not closed.")
    return [Reason("incidents", words % {"count": count})] if count else []
