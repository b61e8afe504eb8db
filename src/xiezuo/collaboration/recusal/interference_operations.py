"""The writes of the register of interference: filed, read by name, noted. There is none that changes or deletes a row.

Source: 监察法 66, 监察官法 46. The name of who intervened goes into its sealed table and nowhere else: not into the journal,
not into a message, not into the answer of the operation.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from xiezuo.accounts.api import Actor, as_the_product
from xiezuo.audit.api import Act, record
from xiezuo.collaboration.models import Interference, InterferenceStep, Intervener
from xiezuo.collaboration.queries.interference import interference_shown
from xiezuo.collaboration.queries.requests import request_shown
from xiezuo.collaboration.recusal import interference_policies as policies
from xiezuo.collaboration.recusal.interference_filed import Filing, number_filed
from xiezuo.organisation.api import Commission
from xiezuo.shared.errors import refuse, refuse_if


@transaction.atomic
def file_interference(*, commission: Commission, filing: Filing, key: UUID, by: Actor, now: datetime) -> str:
    """Register that somebody asked, meddled or pleaded: the number, which is all that the filer sees of it again.

    Whoever takes part names the matter that they read; anybody of the staff files without one. The same form sent again
    gives the same number. Raises `Refused` with every reason, `NotThere` for a matter that the filer does not read.
    """
    refuse_if(policies.may_file(by, commission.pk))
    _must_see(commission, filing)
    return _filed(commission, filing, key, by, now)


@transaction.atomic
def file_from_paper(*, commission: Commission, filing: Filing, key: UUID, by: Actor, now: datetime) -> str:
    """The same from a paper that `filing.filer` signed, entered by the case-management office outside the matter."""
    took_part = filing.request is not None and _took_part(filing.request)
    refuse_if(policies.may_file_from_paper(by, commission.pk, took_part=took_part))
    if not filing.filer.strip():
        refuse("filer", _("Say whose paper it is."))
    _must_see(commission, filing)
    return _filed(commission, filing, key, by, now)


@transaction.atomic
def read_intervener(*, interference: Interference, by: Actor, now: datetime) -> Intervener:
    """Who intervened, for who is entitled; each reading is an act in the journal. Raises `NotThere`, `Refused`."""
    refuse_if(policies.may_read(by, interference.commission_id))
    row = interference_shown(interference.commission, interference.pk)
    found = Intervener.objects.get(interference=row)
    _note(Act.INTERFERENCE_READ, row, by, now)
    return found


@transaction.atomic
def note_step(*, interference: Interference, said: str, sure: bool = False, key: UUID, by: Actor, now: datetime) -> InterferenceStep:  # fmt: skip
    """Say what was done about it: noted, or handed on by a pointer. The same form sent again adds nothing."""
    refuse_if(policies.may_note(by, interference.commission_id))
    row = interference_shown(interference.commission, interference.pk)
    if earlier := InterferenceStep.objects.filter(key=key, interference=row).first():
        return earlier
    refuse_if(policies.against_note(said, sure=sure))
    with as_the_product():
        step = InterferenceStep.objects.create(
            interference=row, said=said.strip(), by=by.name, at=now, key=key
        )
    _note(Act.INTERFERENCE_NOTED, row, by, now)
    return step


def _must_see(commission: Commission, filing: Filing) -> None:
    if filing.request is not None:
        request_shown(commission, filing.request)


def _took_part(request: int) -> bool:
    """Whether whoever acts ever took part in a request, by the database's own answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY(xz_took_part())", [request])
        return bool(cursor.fetchone()[0])


def _filed(commission: Commission, filing: Filing, key: UUID, by: Actor, now: datetime) -> str:
    with as_the_product():
        # The row of the commission is held, so that two filings never take one number.
        Commission.objects.select_for_update().get(pk=commission.pk)
        if earlier := Interference.objects.filter(key=key).first():
            if earlier.filed_by != by.user_id:
                refuse("foreign-form", _("This form was sent by somebody else; open it anew."))
            return number_filed(earlier.year, earlier.number)
        refuse_if(policies.against_filing(filing, timezone.localdate(now)))
        row = _written(commission, filing, key, by, now)
    _note(Act.INTERFERENCE_FILED, row, by, now)
    return number_filed(row.year, row.number)


def _written(commission: Commission, filing: Filing, key: UUID, by: Actor, now: datetime) -> Interference:
    year = timezone.localdate(now).year
    last = Interference.objects.filter(commission=commission, year=year).aggregate(last=Max("number"))["last"]
    row = Interference.objects.create(
        commission=commission, year=year, number=(last or 0) + 1, request_id=filing.request, kind=filing.kind, on=filing.on,
        how=filing.how.strip(), filed_by=by.user_id or 0, filed_name=filing.filer.strip() or by.name, filed_at=now, key=key,
    )  # fmt: skip
    Intervener.objects.create(interference=row, name=filing.name.strip(), office=filing.office.strip())
    return row


def _note(act: Act, row: Interference, by: Actor, now: datetime) -> None:
    """The act in the journal, with the number of the entry alone."""
    details = {"number": number_filed(row.year, row.number)}
    record(
        act,
        by=by,
        at=now,
        commission_code=row.commission.code,
        target=f"interference:{row.pk}",
        details=details,
    )
